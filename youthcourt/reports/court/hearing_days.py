"""Hearing days, their dockets and who is booked for them, as rows of what a page shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, exists, func, select

from youthcourt.models import (
    LIVE_STATES,
    Attendance,
    Case,
    CaseStage,
    Court,
    CourtSession,
    DocketVersion,
    Hearing,
    Juror,
    Panel,
    Person,
    Post,
    Room,
    Seat,
    Sitting,
    SittingState,
    TimeBlock,
    User,
)

MOST_HEARINGS = 100
MOST_SITTINGS = 300
MOST_WAITING = 50


def _seats_where(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    """How many deciding seats of the hearing's panel in force are so."""
    return (
        select(func.count(Seat.id))
        .join(Panel, Seat.panel_id == Panel.id)
        .where(
            Panel.hearing_id == Hearing.id,
            Panel.dissolved_at.is_(None),
            Seat.stood_down_at.is_(None),
            Seat.is_reserve.is_(False),
            Seat.post == Post.PANEL,
            *conditions,
        )
        .correlate(Hearing)
        .scalar_subquery()
    )


DOCKET = (
    select(
        Hearing.id,
        Hearing.state,
        TimeBlock.starts_at,
        Room.name.label("room"),
        Case.number,
        Person.given_name,
        Person.family_name,
        Person.needs_interpreter,
        User.name.label("judge"),
        exists()
        .where(
            Attendance.hearing_id == Hearing.id,
            Attendance.court_session_id == Hearing.court_session_id,
            Attendance.person_id == Case.respondent_id,
        )
        .correlate(Hearing, Case)
        .label("has_come"),
        _seats_where().label("seated"),
        _seats_where(Seat.sworn_at.is_not(None)).label("sworn"),
    )
    .join(Case, Hearing.case_id == Case.id)
    .join(Person, Case.respondent_id == Person.id)
    .join(TimeBlock, Hearing.block_id == TimeBlock.id)
    .join(Room, Hearing.room_id == Room.id)
    .join(User, Hearing.judge_id == User.id)
    .where(
        Hearing.court_id == bindparam("court_id"),
        Hearing.sits_on == bindparam("day"),
        Hearing.state.in_(LIVE_STATES),
    )
    .order_by(TimeBlock.starts_at, Room.name)
    .limit(MOST_HEARINGS)
)
DOCKET_OF_JUDGE = DOCKET.where(Hearing.judge_id == bindparam("judge_id"))


def docket_on(day: date, reader: User) -> Sequence[Any]:
    """The hearings of a day, by time and room: all for a coordinator, a judge's own for a judge."""
    known = {"court_id": reader.court_id, "day": day}
    if reader.is_staff:
        return reader.session.execute(DOCKET, known).all()
    return reader.session.execute(DOCKET_OF_JUDGE, {**known, "judge_id": reader.id}).all()


_first_start = (
    select(func.min(TimeBlock.starts_at))
    .where(TimeBlock.court_session_id == CourtSession.id)
    .correlate(CourtSession)
    .scalar_subquery()
)
_hearings = (
    select(func.count(Hearing.id))
    .where(Hearing.court_session_id == CourtSession.id, Hearing.state.in_(LIVE_STATES))
    .correlate(CourtSession)
    .scalar_subquery()
)
_booked = (
    select(func.count(Sitting.id))
    .where(
        Sitting.court_session_id == CourtSession.id,
        Sitting.state.in_((SittingState.BOOKED, SittingState.CHECKED_IN, SittingState.CREDITED)),
    )
    .correlate(CourtSession)
    .scalar_subquery()
)


_is_published = exists().where(DocketVersion.court_session_id == CourtSession.id).correlate(CourtSession)


def days(reader: User) -> Select[*tuple[Any, ...]]:
    """The hearing days that are this reader's business, with how full each is."""
    return CourtSession.visible_to(reader).with_only_columns(
        CourtSession.id,
        CourtSession.held_on,
        CourtSession.place,
        _is_published.label("is_published"),
        CourtSession.closed_at,
        _first_start.label("starts_at"),
        _hearings.label("hearings"),
        _booked.label("jurors"),
    )


def coming_days(reader: User) -> Sequence[Any]:
    """The days from today on, next first."""
    coming = days(reader).where(CourtSession.held_on >= reader.court.today)
    rows = coming.order_by(CourtSession.held_on, CourtSession.id).limit(MOST_WAITING)
    return reader.session.execute(rows).all()


def past_days(reader: User) -> Select[*tuple[Any, ...]]:
    """The days before today, last first."""
    past = days(reader).where(CourtSession.held_on < reader.court.today)
    return past.order_by(CourtSession.held_on.desc(), CourtSession.id.desc())


BOOKED = (
    select(
        Sitting.id,
        Sitting.state,
        Sitting.checked_in_at,
        Sitting.juror_id,
        Person.given_name,
        Person.family_name,
        Person.phone,
    )
    .join(Juror, Sitting.juror_id == Juror.id)
    .join(Person, Juror.person_id == Person.id)
    .where(Sitting.court_session_id == bindparam("court_session_id"), Sitting.state != SittingState.EXCUSED)
    .order_by(Person.given_name, Person.family_name)
    .limit(MOST_SITTINGS)
)


def booked(court_session: CourtSession) -> Sequence[Any]:
    """The jurors booked for a day, by name."""
    return court_session.session.execute(BOOKED, {"court_session_id": court_session.id}).all()


WAITING = (
    select(
        Case.id,
        Case.number,
        Case.stage_since,
        Person.given_name,
        Person.family_name,
        Person.needs_interpreter,
    )
    .join(Person, Case.respondent_id == Person.id)
    .where(Case.court_id == bindparam("court_id"), Case.stage == CaseStage.ADMITTED)
    .order_by(Case.stage_since, Case.id)
    .limit(MOST_WAITING)
)


def waiting(court: Court) -> Sequence[Any]:
    """The cases that wait for a hearing, longest first."""
    return court.session.execute(WAITING, {"court_id": court.id}).all()
