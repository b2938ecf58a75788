"""Who left a seat, and who took it: kept so that it can be taken back while the day is open."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.person import Tie

    from .panel import Seat


class Replacement(CourtOwned, Record):
    """A juror was stood down, and perhaps somebody took the seat. Taken back, only the trail tells of it."""

    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    seat: Mapped[Seat] = relationship(foreign_keys=seat_id, back_populates="replacements")
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    taken_by: Mapped[Seat | None] = relationship(foreign_keys=taken_by_id)
    # Whether a deciding seat fell empty, and whether whoever left was the foreperson.
    left_seat: Mapped[bool] = mapped_column(default=False)
    led: Mapped[bool] = mapped_column(default=False)
    # What was written down about the two, so that neither is drawn for the other again.
    tie_id: Mapped[int | None] = mapped_column(ForeignKey("tie.id"))
    tie: Mapped[Tie | None] = relationship()
    made_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()
