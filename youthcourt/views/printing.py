"""What it takes to print a kind of paper: who may, of which records, and what is loaded with them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from youthcourt.documents.paper import Paper
from youthcourt.i18n import reader_language
from youthcourt.models import (
    Case,
    CourtSession,
    Hearing,
    IssuedPaper,
    Juror,
    Panel,
    Person,
    Referral,
    Seat,
    User,
)
from youthcourt.models.person import Guardianship
from youthcourt.permissions import Permission, Role


@dataclass(frozen=True)
class Printing:
    """Printing one kind of paper. `stem` begins the name of the file."""

    stem: str
    permissions: tuple[Permission, ...]
    printable: Callable[[User], Select[Any]]
    make: Callable[[Any, User], Paper]
    options: tuple[ORMOption, ...] = ()
    # The paper as it was handed out, where it was kept: then this is printed, and nothing is made anew.
    kept: Callable[[Any], IssuedPaper | None] = lambda record: None


def of(make: Callable[[Any], Paper]) -> Callable[[Any, User], Paper]:
    """A paper that is the same for every reader."""
    return lambda record, reader: make(record)


def spoken(make: Callable[[Any, str], Paper]) -> Callable[[Any, User], Paper]:
    """A paper for whoever works with it, in the language that they have chosen for their pages."""
    return lambda record, reader: make(record, reader_language())


def own(make: Callable[..., Paper]) -> Callable[[Any, User], Paper]:
    """Every copy for the office. One of the family gets theirs: where the others live is not told."""
    return lambda record, reader: make(
        record, to=None if reader.may(Permission.HOLD_INTAKE) else reader.person
    )


# Whose business a hearing is, for printing


def run_by(user: User) -> Select[Hearing]:
    """Hearings that the reader runs. Who only sits in one has no papers about it."""
    mine: list[ColumnElement[bool]] = [Hearing.judge_id == user.id]
    if Role.COORDINATOR in user.roles:
        mine.append(true())
    return select(Hearing).where(Hearing.court_id == user.court_id, or_(*mine))


# What papers are loaded with

FAMILY = joinedload(Case.respondent).selectinload(Person.guardianships).joinedload(Guardianship.guardian)
CASE = (
    FAMILY,
    joinedload(Case.offence),
    joinedload(Case.referral).joinedload(Referral.agency),
)
PANEL = selectinload(Panel.seats).joinedload(Seat.juror).joinedload(Juror.person)
HEARING = (
    joinedload(Hearing.court),
    joinedload(Hearing.court_session).selectinload(CourtSession.docket_versions),
    joinedload(Hearing.block),
    joinedload(Hearing.room),
    joinedload(Hearing.judge),
    joinedload(Hearing.case).options(*CASE, selectinload(Case.persons_harmed)),
    selectinload(Hearing.panels).options(PANEL),
)
DAY = (
    joinedload(CourtSession.court),
    selectinload(CourtSession.rooms),
    selectinload(CourtSession.docket_versions),
    selectinload(CourtSession.hearings).options(
        joinedload(Hearing.block),
        joinedload(Hearing.room),
        joinedload(Hearing.judge).selectinload(User.grants),
        joinedload(Hearing.case).options(FAMILY, joinedload(Case.offence), selectinload(Case.agreements)),
        selectinload(Hearing.panels).options(PANEL),
    ),
)
