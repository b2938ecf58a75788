"""The first meeting with the family: the interview and the agreement to take part."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.case import Case
    from youthcourt.models.person import Person


class Party(StrEnum):
    """Who has to agree before a case goes to a hearing."""

    YOUTH = "youth"
    GUARDIAN = "guardian"


class HowSigned(StrEnum):
    IN_PERSON = "in_person"
    BY_MAIL = "by_mail"
    ONLINE = "online"


HOW_SIGNED_WORDS = {
    HowSigned.IN_PERSON: _l("On paper, at the office"),
    HowSigned.BY_MAIL: _l("On paper, by mail"),
    HowSigned.ONLINE: _l("Online"),
}


class Interview(CourtOwned, Record):
    """What the family told the court: what the young person is good at first, then the circumstances."""

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    case: Mapped[Case] = relationship(back_populates="interview")
    held_on: Mapped[date]
    strengths: Mapped[str]
    interests: Mapped[str] = mapped_column(default="")
    own_words: Mapped[str] = mapped_column(default="")
    school_life: Mapped[str] = mapped_column(default="")
    home_life: Mapped[str] = mapped_column(default="")
    circumstances: Mapped[str] = mapped_column(default="")
    held_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    held_by: Mapped[User] = relationship()


class Agreement(CourtOwned, Record):
    """One person's agreement to take part, point by point."""

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    case: Mapped[Case] = relationship(back_populates="agreements")
    party: Mapped[Party]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship()
    admits: Mapped[bool]
    waives_rights: Mapped[bool]
    releases_report: Mapped[bool]
    promises_confidentiality: Mapped[bool]
    signed_on: Mapped[date]
    how: Mapped[HowSigned]
    kept_at: Mapped[datetime]
    kept_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kept_by: Mapped[User] = relationship()

    def why_not_valid(self, case: Case) -> str | None:
        """What is missing before this agreement counts. The admission is the young person's own."""
        if case.agreement_of(self.party):
            return _("This agreement is already kept.")
        if self.party is Party.YOUTH and self.person is not case.respondent:
            return _("The young person signs for themselves.")
        if self.party is Party.GUARDIAN and self.person not in case.respondent.guardians:
            return _("Only a guardian of this young person can sign as guardian.")
        if self.party is Party.YOUTH and not self.admits:
            return _("Without the admission the case cannot be heard here.")
        if not (self.waives_rights and self.releases_report and self.promises_confidentiality):
            return _("Each point of the agreement has to be agreed to.")
        if self.signed_on > case.court.today:
            return _("The day of signing is in the future.")
        if self.signed_on < case.referral.incident_on:
            return _("The day of signing is before the incident.")
        return None


class Withdrawal(CourtOwned, Record):
    """The family stopped taking part."""

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    case: Mapped[Case] = relationship(back_populates="withdrawal")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship()
    reason: Mapped[str] = mapped_column(default="")
    withdrawn_at: Mapped[datetime]
    kept_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kept_by: Mapped[User] = relationship()
