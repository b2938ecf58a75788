"""How a case ended, and what the referrer was told."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.i18n import lazy as _l
from youthcourt.models.base import CourtOwned, Record
from youthcourt.models.intake.screening import DECLINE_WORDS

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.case import Case


class Outcome(StrEnum):
    """The four ways a case ends."""

    COMPLETED = "completed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"


class ClosureReason(StrEnum):
    """Why it ended so: the reasons to decline, and those that come later."""

    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    OFFENCE_EXCLUDED = "offence_excluded"
    EARLIER_PARTICIPATION = "earlier_participation"
    NO_CONTACT = "no_contact"
    NO_ADMISSION = "no_admission"
    FAMILY_DECLINED = "family_declined"
    OTHER = "other"
    PLAN_COMPLETED = "plan_completed"
    WITHDREW = "withdrew"
    FAILED_TO_APPEAR = "failed_to_appear"
    PLAN_NOT_COMPLETED = "plan_not_completed"
    NEW_OFFENCE = "new_offence"
    MOVED = "moved"
    PLAN_REJECTED = "plan_rejected"


CLOSURE_WORDS = {ClosureReason(reason.value): words for reason, words in DECLINE_WORDS.items()} | {
    ClosureReason.PLAN_COMPLETED: _l("Completed the plan"),
    ClosureReason.WITHDREW: _l("The family withdrew"),
    ClosureReason.FAILED_TO_APPEAR: _l("Did not come to the hearing"),
    ClosureReason.PLAN_NOT_COMPLETED: _l("Did not complete the plan"),
    ClosureReason.NEW_OFFENCE: _l("A new offense"),
    ClosureReason.MOVED: _l("Moved away"),
    ClosureReason.PLAN_REJECTED: _l("The family said no to the plan"),
}

REASONS_TO_RETURN = (
    ClosureReason.FAILED_TO_APPEAR,
    ClosureReason.PLAN_NOT_COMPLETED,
    ClosureReason.NEW_OFFENCE,
    ClosureReason.MOVED,
    ClosureReason.PLAN_REJECTED,
    ClosureReason.OTHER,
)


class Closure(CourtOwned, Record):
    """The end of a case."""

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    case: Mapped[Case] = relationship(back_populates="closure")
    outcome: Mapped[Outcome]
    reason: Mapped[ClosureReason]
    note: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[date]
    closed_at: Mapped[datetime]
    closed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    closed_by: Mapped[User] = relationship()

    @classmethod
    def of(cls, case: Case, outcome: Outcome, reason: ClosureReason, note: str, by: User) -> Self:
        return cls(
            court=case.court,
            outcome=outcome,
            reason=reason,
            note=note,
            closed_on=case.court.today,
            closed_at=clock.now(),
            closed_by=by,
        )


class CompletionReview(CourtOwned, Record):
    """The coordinator says that everything is done and asks the judge to dismiss."""

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    case: Mapped[Case] = relationship(back_populates="completion_review")
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_by: Mapped[User] = relationship()
    note: Mapped[str] = mapped_column(default="")
