"""The rows of a day as it stands, each list asked for once: what the night board is made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from youthcourt import clock
from youthcourt.models import (
    LIVE_STATES,
    Arrival,
    Attendance,
    Case,
    CourtSession,
    Deliberation,
    Guardianship,
    Hearing,
    Juror,
    Panel,
    Person,
    Seat,
    Sitting,
    SittingState,
)

# A hearing with all that says how far it is, and no more.
HEARINGS = (
    select(Hearing)
    .where(Hearing.court_session_id == bindparam("day"), Hearing.state.in_(LIVE_STATES))
    .order_by(Hearing.id)
    .options(
        joinedload(Hearing.case).joinedload(Case.respondent),
        joinedload(Hearing.block),
        joinedload(Hearing.room),
        joinedload(Hearing.judge),
        joinedload(Hearing.deliberation).selectinload(Deliberation.orders),
        selectinload(Hearing.steps),
        selectinload(Hearing.interpreters),
    )
)
GUARDIANS = (
    select(
        Hearing.id.label("hearing_id"),
        Person.id,
        Person.given_name,
        Person.family_name,
        Person.phone,
        Person.needs_interpreter,
        Person.language,
    )
    .join(Case, Hearing.case_id == Case.id)
    .join(Guardianship, Guardianship.ward_id == Case.respondent_id)
    .join(Person, Guardianship.guardian_id == Person.id)
    .where(
        Hearing.court_session_id == bindparam("day"),
        Hearing.state.in_(LIVE_STATES),
        Guardianship.ended_on.is_(None),
    )
    .order_by(Hearing.id, Guardianship.id)
)
CAME = select(Attendance.hearing_id, Attendance.person_id, Attendance.came_at).where(
    Attendance.court_session_id == bindparam("day")
)
ARRIVED = select(Arrival.judge_id, Arrival.hearing_id, Arrival.came_at).where(
    Arrival.court_session_id == bindparam("day")
)
JURORS = (
    select(
        Sitting.id,
        Sitting.juror_id,
        Sitting.state,
        Sitting.checked_in_at,
        Sitting.is_walk_in,
        Person.given_name,
        Person.family_name,
        Person.phone,
    )
    .join(Juror, Sitting.juror_id == Juror.id)
    .join(Person, Juror.person_id == Person.id)
    .where(Sitting.court_session_id == bindparam("day"), Sitting.state != SittingState.EXCUSED)
)
SEATS = (
    select(
        Panel.hearing_id,
        Seat.id,
        Seat.juror_id,
        Seat.is_reserve,
        Seat.is_foreperson,
        Seat.post,
        Seat.sworn_at,
    )
    .join(Panel, Seat.panel_id == Panel.id)
    .join(Hearing, Panel.hearing_id == Hearing.id)
    .where(
        Hearing.court_session_id == bindparam("day"),
        Hearing.state.in_(LIVE_STATES),
        Panel.dissolved_at.is_(None),
        Seat.stood_down_at.is_(None),
    )
    .order_by(Seat.number, Seat.id)
)


@dataclass
class Rows:
    """A day, and all that was asked of it."""

    day: CourtSession
    of_wall: bool = False
    now: datetime = field(default_factory=clock.now)

    def __post_init__(self) -> None:
        session, known = self.day.session, {"day": self.day.id}
        self.hearings = list(session.scalars(HEARINGS, known).unique())
        self.by_id = {hearing.id: hearing for hearing in self.hearings}
        self.seats: defaultdict[int, list[Any]] = defaultdict(list)
        self.of_juror: defaultdict[int, list[Any]] = defaultdict(list)
        self.jurors: Sequence[Any] = []
        if self.of_wall:
            return
        for seat in session.execute(SEATS, known):
            self.seats[seat.hearing_id].append(seat)
            self.of_juror[seat.juror_id].append(seat)
        self.jurors = session.execute(JURORS, known).all()
        self.guardians = session.execute(GUARDIANS, known).all()
        self.came = {(each.hearing_id, each.person_id): each.came_at for each in session.execute(CAME, known)}
        arrived = session.execute(ARRIVED, known).all()
        self.judges_here = {each.judge_id: each.came_at for each in arrived if each.judge_id}
        self.interpreters_here = {each.hearing_id: each.came_at for each in arrived if each.hearing_id}
        self.here = {each.juror_id for each in self.jurors if each.state == SittingState.CHECKED_IN}

    def late(self, due_at: datetime, came_at: datetime | None) -> int:
        if came_at is not None:
            return 0
        return max(0, int((self.now - due_at).total_seconds() // 60))
