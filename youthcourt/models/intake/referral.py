"""How a case came to the court."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.case import Case
    from youthcourt.models.court.court import Agency, School
    from youthcourt.models.person import Person


class Referral(CourtOwned, Audited, Record):
    """Who sent the young person here, when, for what."""

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    case: Mapped[Case] = relationship(back_populates="referral")
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    agency: Mapped[Agency] = relationship()
    referring_person: Mapped[str] = mapped_column(default="")
    referring_contact: Mapped[str] = mapped_column(default="")
    agency_reference: Mapped[str] = mapped_column(default="")
    referred_on: Mapped[date]
    incident_on: Mapped[date]
    incident_place: Mapped[str] = mapped_column(default="")
    narrative: Mapped[str] = mapped_column(default="")
    school_at_incident_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"))
    school_at_incident: Mapped[School | None] = relationship()

    @property
    def audited_case_id(self) -> int:  # type: ignore[override]
        return self.case_id or self.case.id


class Companion(CourtOwned, Record):
    """Somebody who was part of the same incident; their own case when they have one here."""

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    case: Mapped[Case] = relationship(back_populates="companions", foreign_keys=case_id)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person | None] = relationship()
    name: Mapped[str]


class PersonHarmed(CourtOwned, Audited, Record):
    """Somebody the incident hurt, and what they wish to be told."""

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    case: Mapped[Case] = relationship(back_populates="persons_harmed")
    # A shop or a school has no person; a human being does, so that they never judge their own case.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person | None] = relationship()
    name: Mapped[str]
    contact: Mapped[str] = mapped_column(default="")
    wants_notice: Mapped[bool] = mapped_column(default=False)
    wants_to_speak: Mapped[bool] = mapped_column(default=False)
    wants_apology: Mapped[bool] = mapped_column(default=False)
    wants_outcome: Mapped[bool] = mapped_column(default=False)
    statement: Mapped[str] = mapped_column(default="")
