"""The first meeting with a family: when and where it is, until it has been held."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.case import Case


class Appointment(CourtOwned, Audited, Record):
    """A family is asked to come at this time to this place. Of several, the last one counts."""

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    case: Mapped[Case] = relationship(back_populates="appointments")
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()

    @property
    def audited_case_id(self) -> int:  # type: ignore[override]
        return self.case_id or self.case.id

    @classmethod
    def make(cls, case: Case, starts_at: datetime, place: str, by: User) -> Self:
        """Set when and where the court meets the family; said again, it is another time."""
        if why_not := case.why_not_interview():
            raise RuleBroken(why_not)
        if starts_at <= clock.now():
            raise RuleBroken(_("This time is over."), field="starts_at")
        made = cls(court=case.court, starts_at=starts_at, place=place.strip(), made_at=clock.now(), by=by)
        case.appointments.append(made)
        made.record("appointment.made", by=by, starts_at=starts_at, place=made.place)
        return made
