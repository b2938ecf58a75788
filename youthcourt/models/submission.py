"""A form that was sent once, so that sending it twice counts once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from .base import Record


class Submission(Record):
    """The answer that a form with this number got. A repeat is led to the same place."""

    request_id: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    location: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(index=True)
