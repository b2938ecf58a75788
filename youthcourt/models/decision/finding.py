"""What a panel finds: four questions, an answer to each, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt.i18n import lazy as _l
from youthcourt.models.base import CourtOwned, Record, Versioned

if TYPE_CHECKING:
    from .deliberation import Deliberation


class Question(StrEnum):
    """The four findings: what jurors listen for. (Time Dollar Youth Court)"""

    OWNS_IT = "owns_it"
    SEES_IMPACT = "sees_impact"
    SEES_NEED = "sees_need"
    IS_READY = "is_ready"


QUESTION_WORDS = {
    Question.OWNS_IT: _l("Do they own what they did?"),
    Question.SEES_IMPACT: _l("Do they see how it touched their family, the community and the person harmed?"),
    Question.SEES_NEED: _l("Do they see that something needs to change?"),
    Question.IS_READY: _l("Are they ready and willing to work at it?"),
}


class Answer(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


ANSWER_WORDS = {Answer.YES: _l("Yes"), Answer.PARTLY: _l("Partly"), Answer.NO: _l("No")}


class Finding(CourtOwned, Versioned, Record):
    """The panel's answer to one of the four questions, and why."""

    __table_args__ = (UniqueConstraint("deliberation_id", "question"),)

    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"))
    deliberation: Mapped[Deliberation] = relationship(back_populates="findings")
    question: Mapped[Question]
    answer: Mapped[Answer]
    reason: Mapped[str]
