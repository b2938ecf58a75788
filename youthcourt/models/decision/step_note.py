"""The seven steps in which a panel comes to its decision, and what it notes at each."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt.i18n import lazy as _l
from youthcourt.models.base import CourtOwned, Record, Versioned

if TYPE_CHECKING:
    from .deliberation import Deliberation


class TableStep(StrEnum):
    """The order in which a panel works. (Youth court deliberation worksheets)"""

    RULES = "rules"
    FACTS = "facts"
    HARM = "harm"
    NEEDS = "needs"
    REPAIR = "repair"
    CHOOSE = "choose"
    VERDICT = "verdict"


TABLE_STEP_WORDS = {
    TableStep.RULES: _l("How we talk"),
    TableStep.FACTS: _l("What happened"),
    TableStep.HARM: _l("Who was harmed, and how"),
    TableStep.NEEDS: _l("What each one needs"),
    TableStep.REPAIR: _l("What would repair it"),
    TableStep.CHOOSE: _l("What they should do"),
    TableStep.VERDICT: _l("What we found, and why"),
}


class StepNote(CourtOwned, Versioned, Record):
    """What the foreperson noted at one step, for the panel."""

    __table_args__ = (UniqueConstraint("deliberation_id", "step"),)

    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"))
    deliberation: Mapped[Deliberation] = relationship(back_populates="notes")
    step: Mapped[TableStep]
    words: Mapped[str]
