"""Jurors as lists show them. Nothing here tells who is or was a respondent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from youthcourt.models import (
    Absence,
    Account,
    CourtSession,
    Juror,
    Person,
    School,
    Sitting,
    SittingState,
    TimeCredit,
    Training,
    User,
)

PER_PAGE = 50
MOST = 500
COMING = (SittingState.BOOKED, SittingState.CHECKED_IN)

_trained_until = (
    select(func.max(Training.valid_until))
    .where(Training.juror_id == Juror.id)
    .correlate(Juror)
    .scalar_subquery()
)
_next_on = (
    select(func.min(CourtSession.held_on))
    .join(Sitting, Sitting.court_session_id == CourtSession.id)
    .where(
        Sitting.juror_id == Juror.id, Sitting.state.in_(COMING), CourtSession.held_on >= bindparam("today")
    )
    .correlate(Juror)
    .scalar_subquery()
)
_served = (
    select(func.count(Sitting.id))
    .where(Sitting.juror_id == Juror.id, Sitting.state == SittingState.CREDITED)
    .correlate(Juror)
    .scalar_subquery()
)
_full_name = func.lower(Person.given_name + " " + Person.family_name)

LISTED = (
    select(
        Juror.id,
        Person.given_name,
        Person.family_name,
        Person.born_on,
        School.name.label("school"),
        _trained_until.label("trained_until"),
        _next_on.label("next_on"),
        _served.label("served"),
    )
    .join(Person, Juror.person_id == Person.id)
    .join(School, Person.school_id == School.id, isouter=True)
    .where(Juror.court_id == bindparam("court_id"), Juror.left_on.is_(None))
    .order_by(Person.given_name, Person.family_name, Juror.id)
)


def listed(reader: User, words: str = "") -> Select[*tuple[Any, ...]]:
    """The court's jurors, by first name; `words` are parts of the name."""
    found = LISTED
    for word in words.lower().split():
        found = found.where(_full_name.contains(word, autoescape=True))
    return found.params(court_id=reader.court_id, today=reader.court.today)


def _booked_on(court_session_id: int) -> Any:
    return exists().where(
        Sitting.juror_id == Juror.id,
        Sitting.court_session_id == court_session_id,
        Sitting.state != SittingState.EXCUSED,
    )


def _away_on(day: date) -> Any:
    return exists().where(Absence.juror_id == Juror.id, Absence.starts_on <= day, Absence.ends_on >= day)


_trained_then = exists().where(
    Training.juror_id == Juror.id,
    Training.held_on <= bindparam("day"),
    Training.valid_until >= bindparam("day"),
)


def free_on(court_session: CourtSession) -> Sequence[Any]:
    """Jurors who can be asked for a day: not booked, not away, not gone. Who served least comes first."""
    day = court_session.held_on
    free = (
        select(
            Juror.id,
            Person.given_name,
            Person.family_name,
            Person.born_on,
            School.name.label("school"),
            _served.label("served"),
            _trained_then.correlate(Juror).label("is_trained"),
        )
        .join(Person, Juror.person_id == Person.id)
        .join(School, Person.school_id == School.id, isouter=True)
        .where(
            Juror.court_id == court_session.court_id,
            Juror.left_on.is_(None),
            ~_booked_on(court_session.id),
            ~_away_on(day),
        )
        .order_by(_served, Person.given_name, Person.family_name, Juror.id)
        .limit(MOST)
    )
    return court_session.session.execute(free, {"day": day}).all()


def not_booked(court_session: CourtSession) -> Sequence[Any]:
    """Jurors whom nobody expects on a day, by name: those who said they cannot come may still do."""
    rows = (
        select(Juror.id, Person.given_name, Person.family_name)
        .join(Person, Juror.person_id == Person.id)
        .where(
            Juror.court_id == court_session.court_id,
            Juror.left_on.is_(None),
            ~_booked_on(court_session.id),
        )
        .order_by(Person.given_name, Person.family_name, Juror.id)
        .limit(MOST)
    )
    return court_session.session.execute(rows).all()


SITTINGS = (
    select(Sitting.id, Sitting.state, CourtSession.id.label("court_session_id"), CourtSession.held_on)
    .join(CourtSession, Sitting.court_session_id == CourtSession.id)
    .where(Sitting.juror_id == bindparam("juror_id"))
    .order_by(CourtSession.held_on.desc(), Sitting.id.desc())
    .limit(PER_PAGE)
)


def sittings_of(juror: Juror) -> Sequence[Any]:
    """When a juror sat, sits and was excused, newest first."""
    return juror.session.execute(SITTINGS, {"juror_id": juror.id}).all()


_came, _went = aliased(TimeCredit), aliased(TimeCredit)
BALANCE = select(
    func.coalesce(select(func.sum(_came.minutes)).where(_came.to_id == Account.id).scalar_subquery(), 0)
    - func.coalesce(select(func.sum(_went.minutes)).where(_went.from_id == Account.id).scalar_subquery(), 0)
).where(Account.person_id == bindparam("person_id"))


def minutes_earned(person: Person | None) -> int:
    """Minutes on somebody's time account. Who has none yet has earned nothing; reading opens none."""
    return (person.session.scalar(BALANCE, {"person_id": person.id}) or 0) if person else 0


def served_by(user: User) -> Select[*tuple[Any, ...]]:
    """The sittings that the juror who asks has behind them, newest first."""
    done = (SittingState.CREDITED, SittingState.EXCUSED, SittingState.NO_SHOW)
    sittings = Sitting.of_juror(user).join(CourtSession, Sitting.court_session_id == CourtSession.id)
    return (
        sittings.where(or_(Sitting.state.in_(done), CourtSession.held_on < user.court.today))
        .with_only_columns(Sitting.id, Sitting.state, CourtSession.held_on)
        .order_by(CourtSession.held_on.desc())
        .limit(PER_PAGE)
    )
