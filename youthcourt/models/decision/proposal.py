"""One item of what a panel proposes."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt.i18n import lazy as _l
from youthcourt.models.base import CourtOwned, Record, Versioned

if TYPE_CHECKING:
    from youthcourt.models.court.court import SanctionActivity

    from .deliberation import Deliberation


class Purpose(StrEnum):
    """What an activity is for. No item of a plan is there only to hurt."""

    STRENGTH = "strength"
    HARM = "harm"
    COMMUNITY = "community"


PURPOSE_WORDS = {
    Purpose.STRENGTH: _l("Builds a strength"),
    Purpose.HARM: _l("Repairs the harm"),
    Purpose.COMMUNITY: _l("Gives back to the community"),
}


class Proposal(CourtOwned, Versioned, Record):
    """One item of the plan: how much, by when, and what it repairs or builds."""

    __table_args__ = (UniqueConstraint("deliberation_id", "activity_id"),)

    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"))
    deliberation: Mapped[Deliberation] = relationship(back_populates="proposals")
    activity_id: Mapped[int] = mapped_column(ForeignKey("sanction_activity.id"))
    activity: Mapped[SanctionActivity] = relationship()
    amount: Mapped[int]
    due_on: Mapped[date]
    # None in plans that were made before panels had to choose one.
    purpose: Mapped[Purpose | None]
    builds: Mapped[str] = mapped_column(default="")
    outside_reason: Mapped[str] = mapped_column(default="")
    # Where the panel could not agree how much: the least and the most that were named. The judge decides.
    lowest: Mapped[int | None]
    highest: Mapped[int | None]

    @property
    def is_deadlocked(self) -> bool:
        return self.lowest is not None

    @property
    def says(self) -> tuple[object, ...]:
        """All that a change of this item would change."""
        return self.amount, self.due_on, self.purpose, self.builds, self.outside_reason
