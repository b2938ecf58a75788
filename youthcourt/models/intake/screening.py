"""The decision whether the court takes a case."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.i18n import lazy as _l
from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.case import Case


class DeclineReason(StrEnum):
    """Why a case was not accepted, as the referrer reads it."""

    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    OFFENCE_EXCLUDED = "offence_excluded"
    EARLIER_PARTICIPATION = "earlier_participation"
    NO_CONTACT = "no_contact"
    NO_ADMISSION = "no_admission"
    FAMILY_DECLINED = "family_declined"
    OTHER = "other"


DECLINE_WORDS = {
    DeclineReason.TOO_YOUNG: _l("Younger than this court takes"),
    DeclineReason.TOO_OLD: _l("Older than this court takes"),
    DeclineReason.OFFENCE_EXCLUDED: _l("The offense is not on this court's list"),
    DeclineReason.EARLIER_PARTICIPATION: _l("Took part here before"),
    DeclineReason.NO_CONTACT: _l("The family could not be reached"),
    DeclineReason.NO_ADMISSION: _l("The young person does not admit it"),
    DeclineReason.FAMILY_DECLINED: _l("The family prefers the other way"),
    DeclineReason.OTHER: _l("Another reason"),
}


class Screening(CourtOwned, Record):
    """Accepted or declined, why, by whom."""

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    case: Mapped[Case] = relationship(back_populates="screening")
    is_accepted: Mapped[bool]
    reason: Mapped[DeclineReason | None]
    note: Mapped[str] = mapped_column(default="")
    override_reason: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    decided_by: Mapped[User] = relationship()

    @classmethod
    def accepted(cls, case: Case, by: User, override_reason: str) -> Self:
        return cls(
            court=case.court,
            is_accepted=True,
            override_reason=override_reason,
            decided_by=by,
            decided_at=clock.now(),
        )

    @classmethod
    def declined(cls, case: Case, reason: DeclineReason, note: str, by: User) -> Self:
        return cls(
            court=case.court,
            is_accepted=False,
            reason=reason,
            note=note,
            decided_by=by,
            decided_at=clock.now(),
        )
