"""Why and when a hearing moved to another day."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt.i18n import lazy as _l
from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.jury.panel import Panel

    from .court import Room
    from .court_session import TimeBlock
    from .hearing import Hearing


class AdjournmentReason(StrEnum):
    """Why a hearing moves to another day; counted for the court's figures."""

    FAMILY_ASKED = "family_asked"
    ILLNESS = "illness"
    INTERPRETER = "interpreter"
    PANEL_SHORT = "panel_short"
    COURT_CLOSED = "court_closed"
    OTHER = "other"


ADJOURNMENT_WORDS = {
    AdjournmentReason.FAMILY_ASKED: _l("The family asked"),
    AdjournmentReason.ILLNESS: _l("Illness"),
    AdjournmentReason.INTERPRETER: _l("No interpreter"),
    AdjournmentReason.PANEL_SHORT: _l("Too few jurors"),
    AdjournmentReason.COURT_CLOSED: _l("The court is closed that day"),
    AdjournmentReason.OTHER: _l("Another reason"),
}


class Adjournment(CourtOwned, Record):
    """A hearing was moved to another day."""

    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    hearing: Mapped[Hearing] = relationship(back_populates="adjournments")
    reason: Mapped[AdjournmentReason]
    note: Mapped[str] = mapped_column(default="")
    was_on: Mapped[date]
    # Where it was, so that it can go back there while the day is open; not known of old ones.
    was_block_id: Mapped[int | None] = mapped_column(ForeignKey("time_block.id"))
    was_block: Mapped[TimeBlock | None] = relationship()
    was_room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    was_room: Mapped[Room | None] = relationship()
    was_judge_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    was_judge: Mapped[User | None] = relationship(foreign_keys=was_judge_id)
    panel_id: Mapped[int | None] = mapped_column(ForeignKey("panel.id"))
    panel: Mapped[Panel | None] = relationship()
    adjourned_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship(foreign_keys=by_id)
