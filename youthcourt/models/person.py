"""People. What somebody is to the court - respondent, guardian, juror - is kept elsewhere."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Self

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, and_, func, or_, select
from sqlalchemy.orm import (
    InstrumentedAttribute,
    Mapped,
    Session,
    mapped_column,
    object_session,
    relationship,
    validates,
)

from youthcourt.clock import age_on
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models.accounts.user import User
from youthcourt.models.court.court import Court, School
from youthcourt.models.intake.safe_contact import KEPT_APART, SafeContact

from .audit import Audited
from .base import CourtOwned, Record, Versioned


class TieKind(StrEnum):
    """What ties two people, so that one cannot judge the other."""

    KIN = "kin"
    HOUSEHOLD = "household"
    KNOWS = "knows"
    OBJECTED = "objected"
    WITNESS = "witness"


TIE_WORDS = {
    TieKind.KIN: _l("Of the same family"),
    TieKind.HOUSEHOLD: _l("Live in one home"),
    TieKind.KNOWS: _l("Know each other"),
    TieKind.OBJECTED: _l("The family objects"),
    TieKind.WITNESS: _l("Saw what happened"),
}


class Person(CourtOwned, Versioned, Audited, Record):
    """A human being."""

    __table_args__ = (Index("ix_person_by_name", "court_id", "family_name", "given_name"),)

    given_name: Mapped[str]
    family_name: Mapped[str]
    born_on: Mapped[date | None]
    gender: Mapped[str] = mapped_column(default="")
    race: Mapped[str] = mapped_column(default="")
    ethnicity: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    needs_interpreter: Mapped[bool] = mapped_column(default=False)
    mailing_address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"))
    school: Mapped[School | None] = relationship()
    guardianships: Mapped[list[Guardianship]] = relationship(
        back_populates="ward", foreign_keys="Guardianship.ward_id"
    )

    # While it stands, what is kept here of how to reach somebody is what anybody may see.
    safe_contact: Mapped[SafeContact | None] = relationship(
        primaryjoin=lambda: and_(SafeContact.person_id == Person.id, SafeContact.lifted_at.is_(None)),
        viewonly=True,
        uselist=False,
    )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def short_name(self) -> str:
        """First name and last initial: what jurors see of anybody."""
        return short_name(self.given_name, self.family_name)

    @validates(*KEPT_APART)
    def _keep_apart(self, name: str, told: str) -> str:
        """A new address of somebody who may only be reached safely is kept apart, whoever writes it down."""
        session = object_session(self)
        if not told or self.id is None or session is None:
            return told  # somebody new
        with session.no_autoflush:
            apart = self.safe_contact
        if apart is None:
            return told
        setattr(apart, KEPT_APART[name], told)
        return ""

    def age_on(self, day: date) -> int | None:
        return age_on(self.born_on, day) if self.born_on else None

    @property
    def guardians(self) -> list[Person]:
        return [each.guardian for each in self.guardianships if each.ended_on is None]

    def ties_of_all(self, session: Session) -> dict[int, TieKind]:
        """Everybody tied to this person, by number, with the tie."""
        mine = select(Tie).where(or_(Tie.person_id == self.id, Tie.other_id == self.id))
        return {
            tie.other_id if tie.person_id == self.id else tie.person_id: tie.kind
            for tie in session.scalars(mine)
        }


def spelling(address: str) -> str:
    """An address or a number as it is compared: however it was typed, it is the same place."""
    return " ".join(address.lower().replace(",", " ").split())


def short_name(given_name: str, family_name: str) -> str:
    """First name and last initial."""
    return f"{given_name} {family_name[:1]}.".strip() if family_name else given_name


class Guardianship(CourtOwned, Versioned, Audited, Record):
    """Who stands for a young person, until when."""

    ward_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    ward: Mapped[Person] = relationship(foreign_keys=ward_id, back_populates="guardianships")
    guardian_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    guardian: Mapped[Person] = relationship(foreign_keys=guardian_id)
    relation: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]


class Tie(CourtOwned, Audited, Record):
    """Two people who know each other too well for one to judge the other."""

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    other: Mapped[Person] = relationship(foreign_keys=other_id)
    kind: Mapped[TieKind]
    note: Mapped[str] = mapped_column(default="")

    @classmethod
    def of(cls, person: Person) -> Select[Self]:
        """What ties this person to others, in the order in which it was noted."""
        return select(cls).where(or_(cls.person_id == person.id, cls.other_id == person.id)).order_by(cls.id)

    @classmethod
    def between(cls, person: Person, other: Person, kind: TieKind, by: User | None, note: str = "") -> Self:
        """Write down what ties two people. Said twice it is one tie, and the later note stands."""
        if person is other:
            raise RuleBroken(_("This is the same person."), field="juror")
        known = cls.of(person).where(or_(cls.person_id == other.id, cls.other_id == other.id))
        tie = person.session.scalars(known.where(cls.kind == kind).limit(1)).first()
        if tie is None:
            tie = cls(court=person.court, person=person, other=other, kind=kind, note=note)
            person.session.add(tie)
        elif note in ("", tie.note):
            return tie
        tie.note = note
        tie.record("tie.noted", by=by, kind=kind, person=person.id, other=other.id)
        return tie

    def other_than(self, person: Person) -> Person:
        """Whom this ties to that person."""
        return self.other if self.person is person else self.person

    def take_back(self, by: User) -> None:
        """It was written down by mistake."""
        self.record("tie.taken_back", by=by, kind=self.kind, person=self.person_id, other=self.other_id)
        self.session.delete(self)


def _same_word(column: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    """The same letters, large or small. SQLite knows that of ASCII alone: Ángel is looked for as is too."""
    return or_(func.lower(column) == word.lower(), column == word)


def namesakes(court: Court, given_name: str, family_name: str, born_on: date | None) -> list[Person]:
    """People of the same name, and the same birthday where both are known."""
    session = court.session
    found = select(Person).where(
        Person.court_id == court.id,
        _same_word(Person.given_name, given_name),
        _same_word(Person.family_name, family_name),
    )
    if born_on:
        found = found.where(or_(Person.born_on.is_(None), Person.born_on == born_on))
    return list(session.scalars(found))
