"""A juror came and earns nothing for it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .juror import Sitting


class WithheldCredit(CourtOwned, Record):
    """Who decided that a juror who came is not credited, when, and why."""

    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), unique=True)
    sitting: Mapped[Sitting] = relationship(back_populates="withheld")
    reason: Mapped[str]
    withheld_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()
