"""Who of the family came to a hearing, and who was expected and did not come."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.base import CourtOwned, Record

from .family_absence import FamilyAbsence
from .on_docket import OnDocket

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.person import Person

    from .court_session import CourtSession
    from .hearing import Hearing


class Attendance(CourtOwned, Record):
    """Somebody of the family came to the hearing, on the day it was set for then."""

    __table_args__ = (UniqueConstraint("hearing_id", "court_session_id", "person_id"),)

    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    hearing: Mapped[Hearing] = relationship(back_populates="attendances")
    court_session_id: Mapped[int] = mapped_column(ForeignKey("court_session.id"))
    court_session: Mapped[CourtSession] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship()
    came_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()


class ReceivesFamily(OnDocket):
    """The part of a hearing to which the family comes."""

    __abstract__ = True

    @declared_attr
    def attendances(cls) -> Mapped[list[Attendance]]:
        return relationship("Attendance", back_populates="hearing", cascade="all, delete-orphan")

    @declared_attr
    def absences(cls) -> Mapped[list[FamilyAbsence]]:
        return relationship(
            "FamilyAbsence",
            back_populates="hearing",
            order_by="FamilyAbsence.id",
            cascade="all, delete-orphan",
        )

    # Questions

    @property
    def family(self) -> list[Person]:
        """Whoever is expected with the case: the young person and who stands for them."""
        return [self.case.respondent, *self.case.respondent.guardians]

    @property
    def present(self) -> list[Attendance]:
        """Who of the family has come to the day it is set for; who came to an earlier one went home."""
        return [each for each in self.attendances if each.court_session is self.court_session]

    def has_come(self, person: Person) -> bool:
        return any(attendance.person is person for attendance in self.present)

    def is_absent(self, person: Person) -> bool:
        return any(each.person is person for each in self.absences)

    def is_attended_by(self, person_id: int | None) -> bool:
        """Whether somebody of the family is here, at a hearing that is today and a day that is not over."""
        is_going_on = self.is_live and self.sits_on == self.court.today and not self.court_session.is_closed
        return is_going_on and any(each.person_id == person_id for each in self.present)

    def why_not_check_in(self) -> str | None:
        if why_not := self.why_not_change_day():
            return why_not
        if not self.is_ahead:
            return _("This hearing is settled.")
        return self.court_session.why_not_check_in()

    def why_not_note_absence(self, person: Person) -> str | None:
        if why_not := self.why_not_change_day():
            return why_not
        if self.sits_on > self.court.today:
            return _("The day of the hearing has not come yet.")
        return _("%(name)s is checked in.", name=person) if self.has_come(person) else None

    # Verbs

    def check_in(self, person: Person, by: User, at: datetime | None = None) -> None:
        """Somebody of the family has come. Saying it twice changes nothing."""
        if why_not := self.why_not_check_in():
            raise RuleBroken(why_not)
        self.attend(person, by=by, at=at)

    def undo_check_in(self, person: Person, by: User) -> None:
        if why_not := self.why_not_check_in():
            raise RuleBroken(why_not)
        for attendance in [each for each in self.present if each.person is person]:
            self.attendances.remove(attendance)
            self.record("hearing.check_in_undone", by=by, person=person.id)

    def attend(self, person: Person, by: User, at: datetime | None = None) -> None:
        """Somebody of the family was there, whatever came of the hearing; noted until the day is closed."""
        if why_not := self.why_not_change_day():
            raise RuleBroken(why_not)
        if self.sits_on > self.court.today:
            raise RuleBroken(_("People are checked in on the day of the hearing."))
        if person not in self.family:
            raise RuleBroken(_("This person is not expected at this hearing."))
        if self.has_come(person):
            return
        self.undo_absence(person, by=by)
        came = Attendance(court=self.court, court_session=self.court_session, person=person, by=by)
        came.came_at = self.happened_at(at)
        self.attendances.append(came)
        self.record("hearing.checked_in", by=by, person=person.id)

    def note_absence(self, person: Person, by: User) -> None:
        """Who stands for the young person was expected and did not come. Saying it twice changes nothing."""
        if why_not := self.why_not_note_absence(person):
            raise RuleBroken(why_not)
        if person not in self.case.respondent.guardians:
            raise RuleBroken(_("This person is not expected at this hearing."))
        if not self.is_absent(person):
            self.absences.append(FamilyAbsence(court=self.court, person=person, noted_at=clock.now(), by=by))
            self.record("hearing.absence_noted", by=by, person=person.id)

    def undo_absence(self, person: Person, by: User) -> None:
        if why_not := self.why_not_change_day():
            raise RuleBroken(why_not)
        for absence in [each for each in self.absences if each.person is person]:
            self.absences.remove(absence)
            self.record("hearing.absence_undone", by=by, person=person.id)
