"""A closed day was opened again, to correct what was written down."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .court_session import CourtSession


class Reopening(CourtOwned, Record):
    """Who opened a closed day again, when and why, and who had closed it. It stays with the day for ever."""

    court_session_id: Mapped[int] = mapped_column(ForeignKey("court_session.id"), index=True)
    court_session: Mapped[CourtSession] = relationship(back_populates="reopenings")
    reason: Mapped[str]
    was_closed_at: Mapped[datetime]
    was_closed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    was_closed_by: Mapped[User] = relationship(foreign_keys=was_closed_by_id)
    reopened_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship(foreign_keys=by_id)
