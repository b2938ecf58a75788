"""The night board: who is expected and who is here, what goes on in each room, what needs somebody now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
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
    Post,
    Progress,
    Room,
    Seat,
    Sitting,
    SittingState,
    short_name,
)

from .night_changes import Change, changes

# Judges and interpreters are looked for before the hearing begins: there must be time to find another.
AHEAD = timedelta(minutes=10)
# A hearing that begins this much later than it was set for is said to be late.
NOTICEABLE = 10
# In the room, and not yet through: the next one waits.
IN_ROOM = (Progress.CALLED, Progress.IN_SESSION, Progress.DELIBERATING, Progress.TO_READ)


class Part(StrEnum):
    """As what somebody is expected."""

    JUDGE = "judge"
    YOUTH = "youth"
    GUARDIAN = "guardian"
    INTERPRETER = "interpreter"
    JUROR = "juror"


class Trouble(StrEnum):
    """What needs somebody now, the most pressing first."""

    FAMILY_LATE = "family_late"
    JUDGE_MISSING = "judge_missing"
    SHORT = "short"
    INTERPRETER_MISSING = "interpreter_missing"
    NO_FOREPERSON = "no_foreperson"
    NOBODY_WITH_THEM = "nobody_with_them"
    JUROR_LATE = "juror_late"
    SEAT_OPEN = "seat_open"


@dataclass(frozen=True)
class Expected:
    """Somebody who is expected on this day, and whether they have come."""

    key: str
    part: Part
    name: str
    phone: str
    due_at: datetime
    place: str
    came_at: datetime | None
    minutes_late: int
    hearing_id: int | None = None
    person_id: int | None = None
    sitting_id: int | None = None
    is_settled: bool = False  # did not come, was credited: no longer to be tapped
    is_missed: bool = False
    is_walk_in: bool = False
    is_sworn: bool = False
    language: str = ""  # of an interpreter, who is known by name only when one was booked


@dataclass(frozen=True)
class Need:
    """One thing that needs somebody, with what its sentence and its buttons ask."""

    trouble: Trouble
    key: str
    hearing: Hearing
    who: Expected | None = None
    number: int = 0
    stand_in: str = ""

    @property
    def rank(self) -> tuple[Any, ...]:
        return list(Trouble).index(self.trouble), self.hearing.block.starts_at, self.hearing.room.name


@dataclass(frozen=True)
class InRoom:
    """What goes on in one room, and when the next hearing there can begin."""

    room: Room
    now: Hearing | None
    next: Hearing | None
    begins_at: datetime | None
    minutes_late: int
    left: int
    sworn: int = 0
    seated: int = 0
    may_swear: int = 0

    @property
    def is_late(self) -> bool:
        return self.minutes_late >= NOTICEABLE

    @property
    def about(self) -> int:
        """How late, as nobody would say it to the minute."""
        return max(5, round(self.minutes_late / 5) * 5)


@dataclass(frozen=True)
class Board:
    """A day as it stands."""

    day: CourtSession
    rooms: list[InRoom]
    needs: list[Need]
    expected: list[Expected]
    changes: list[Change]

    @property
    def blocks(self) -> list[tuple[datetime, list[Expected]]]:
        """Everybody by the time they are expected at. Nobody changes places by coming."""
        by_time: dict[datetime, list[Expected]] = {}
        for each in self.expected:
            by_time.setdefault(each.due_at, []).append(each)
        return sorted(by_time.items())

    @property
    def here(self) -> int:
        return sum(each.came_at is not None for each in self.expected)

    @property
    def late(self) -> int:
        return sum(each.minutes_late > 0 for each in self.expected)


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


def board(day: CourtSession) -> Board:
    """The day as it stands at this moment."""
    return _Evening(day).board()


def wall(day: CourtSession) -> list[InRoom]:
    """What everybody in the waiting room may see: rooms and times, and nobody who is not called."""
    evening = _Evening(day, of_wall=True)
    return evening.rooms()


@dataclass
class _Evening:
    """The rows of a day, each list asked for once."""

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

    def board(self) -> Board:
        expected = [*self._judges(), *self._families(), *self._jurors()]
        order = list(Part)
        expected.sort(key=lambda each: (each.due_at, order.index(each.part), each.place, each.name, each.key))
        return Board(self.day, self.rooms(), self._needs(expected), expected, changes(self.day))

    def _late(self, due_at: datetime, came_at: datetime | None) -> int:
        if came_at is not None:
            return 0
        return max(0, int((self.now - due_at).total_seconds() // 60))

    # ---- Who is expected

    def _judges(self) -> Iterable[Expected]:
        first: dict[int, Hearing] = {}
        for hearing in sorted(self.hearings, key=lambda each: each.block.starts_at):
            first.setdefault(hearing.judge_id, hearing)
        for hearing in first.values():
            came_at, due_at = self.judges_here.get(hearing.judge_id), hearing.block.starts_at
            yield Expected(
                key=f"judge-{hearing.judge_id}",
                part=Part.JUDGE,
                name=hearing.judge.name,
                phone="",
                due_at=due_at,
                place=hearing.room.name,
                came_at=came_at,
                minutes_late=self._late(due_at, came_at) if hearing.is_ahead else 0,
                hearing_id=hearing.id,
                is_settled=not hearing.is_ahead,
            )

    def _families(self) -> Iterable[Expected]:
        guardians = defaultdict(list)
        for each in self.guardians:
            guardians[each.hearing_id].append(each)
        for hearing in self.hearings:
            young = hearing.case.respondent
            yield self._of_family(hearing, Part.YOUTH, young)
            for each in guardians[hearing.id]:
                yield self._of_family(hearing, Part.GUARDIAN, each)
            family: list[Any] = [young, *guardians[hearing.id]]
            needing = [each for each in family if each.needs_interpreter]
            if needing:
                yield self._interpreter(hearing, needing[0].language)

    def _of_family(self, hearing: Hearing, part: Part, person: Any) -> Expected:
        came_at, due_at = self.came.get((hearing.id, person.id)), hearing.block.starts_at
        return Expected(
            key=f"family-{hearing.id}-{person.id}",
            part=part,
            name=short_name(person.given_name, person.family_name),
            phone=person.phone,
            due_at=due_at,
            place=hearing.room.name,
            came_at=came_at,
            minutes_late=self._late(due_at, came_at) if hearing.is_ahead else 0,
            hearing_id=hearing.id,
            person_id=person.id,
            is_settled=not hearing.is_ahead,
        )

    def _interpreter(self, hearing: Hearing, language: str) -> Expected:
        booked = [each.name for each in hearing.interpreters if each.language == language]
        came_at, due_at = self.interpreters_here.get(hearing.id), hearing.block.starts_at
        return Expected(
            key=f"interpreter-{hearing.id}",
            part=Part.INTERPRETER,
            name=booked[0] if booked else "",
            language=language,
            phone="",
            due_at=due_at,
            place=hearing.room.name,
            came_at=came_at,
            minutes_late=self._late(due_at, came_at) if hearing.is_ahead else 0,
            hearing_id=hearing.id,
            is_settled=not hearing.is_ahead,
        )

    def _jurors(self) -> Iterable[Expected]:
        opens_at = min((block.starts_at for block in self.day.blocks), default=self.now)
        for each in self.jurors:
            theirs = [self.by_id[seat.hearing_id] for seat in self.of_juror[each.juror_id]]
            first = min(theirs, key=lambda hearing: hearing.block.starts_at, default=None)
            due_at = first.block.starts_at if first else opens_at
            is_awaited = each.state == SittingState.BOOKED and not self.day.is_closed
            yield Expected(
                key=f"juror-{each.id}",
                part=Part.JUROR,
                name=short_name(each.given_name, each.family_name),
                phone=each.phone,
                due_at=due_at,
                place=first.room.name if first else "",
                came_at=each.checked_in_at if each.state != SittingState.NO_SHOW else None,
                minutes_late=self._late(due_at, None) if is_awaited else 0,
                hearing_id=first.id if first else None,
                sitting_id=each.id,
                is_settled=each.state == SittingState.CREDITED,
                is_missed=each.state == SittingState.NO_SHOW,
                is_walk_in=each.is_walk_in,
                is_sworn=any(seat.sworn_at for seat in self.of_juror[each.juror_id]),
            )

    # ---- Rooms

    def rooms(self) -> list[InRoom]:
        """Each room that is used, with who is in it and who is next."""
        by_room = defaultdict(list)
        for hearing in sorted(self.hearings, key=lambda each: each.block.starts_at):
            by_room[hearing.room].append(hearing)
        return [self._in_room(room, by_room[room]) for room in sorted(by_room, key=lambda each: each.name)]

    def _in_room(self, room: Room, docket: list[Hearing]) -> InRoom:
        in_room = [hearing for hearing in docket if hearing.progress in IN_ROOM]
        now = in_room[-1] if in_room else None
        waiting = [hearing for hearing in docket if hearing.progress is Progress.EXPECTED]
        after = waiting[0] if waiting else None
        begins_at = self._begins_at(now, after) if after else None
        minutes = int((begins_at - after.block.starts_at).total_seconds() // 60) if after and begins_at else 0
        at_hand = now if now is not None and now.is_ahead else after
        return InRoom(
            room, now, after, begins_at, minutes, len(waiting), **self._oaths(at_hand) if at_hand else {}
        )

    def _begins_at(self, now: Hearing | None, after: Hearing) -> datetime:
        """When the next hearing can begin: not before its time, nor before the one in the room is through."""
        free_at = self.now
        if now is not None:
            began_at = now.began_at or now.block.starts_at
            free_at = max(free_at, began_at + timedelta(minutes=after.court.hearing_minutes))
        return max(after.block.starts_at, free_at)

    def _oaths(self, hearing: Hearing) -> dict[str, int]:
        sitting = _deciding(self.seats[hearing.id])
        return {
            "seated": len(sitting),
            "sworn": sum(seat.sworn_at is not None for seat in sitting),
            "may_swear": sum(seat.sworn_at is None and seat.juror_id in self.here for seat in sitting),
        }

    # ---- What needs somebody

    def _needs(self, expected: list[Expected]) -> list[Need]:
        if self.day.is_closed or self.day.held_on != self.day.court.today:
            return []
        found = [need for each in expected if (need := self._need_of(each))]
        alone = {need.hearing.id: need for need in found if need.trouble is Trouble.NOBODY_WITH_THEM}
        needs = [need for need in found if need.trouble is not Trouble.NOBODY_WITH_THEM] + [*alone.values()]
        for hearing in self.hearings:
            if hearing.is_ahead:
                needs += self._needs_of_panel(hearing)
        return sorted(needs, key=lambda each: each.rank)

    def _need_of(self, each: Expected) -> Need | None:
        """Somebody who should be here by now."""
        if each.came_at or each.is_settled or each.is_missed or each.hearing_id is None:
            return None
        early = AHEAD if each.part in (Part.JUDGE, Part.INTERPRETER) else timedelta()
        if self.now < each.due_at - early:
            return None
        trouble = {
            Part.YOUTH: Trouble.FAMILY_LATE,
            Part.JUDGE: Trouble.JUDGE_MISSING,
            Part.INTERPRETER: Trouble.INTERPRETER_MISSING,
            Part.JUROR: Trouble.JUROR_LATE,
        }.get(each.part)
        hearing = self.by_id[each.hearing_id]
        if trouble is None:
            trouble = Trouble.NOBODY_WITH_THEM if self._comes_alone(hearing) else None
        if trouble is None or (each.part is Part.JUROR and not hearing.is_ahead):
            return None
        return Need(trouble, f"need-{each.key}", hearing, who=each, number=each.minutes_late)

    def _comes_alone(self, hearing: Hearing) -> bool:
        """Whether the young person is here and nobody who stands for them."""
        came = [person_id for hearing_id, person_id in self.came if hearing_id == hearing.id]
        return came == [hearing.case.respondent_id]

    def _needs_of_panel(self, hearing: Hearing) -> Iterable[Need]:
        seats, court = self.seats[hearing.id], self.day.court
        sitting = _deciding(seats)
        waits = [seat.juror_id for seat in seats if seat.is_reserve]
        names = {each.juror_id: short_name(each.given_name, each.family_name) for each in self.jurors}
        waits.sort(key=lambda juror_id: juror_id not in self.here)
        stand_in = names.get(waits[0], "") if waits else ""
        short = court.panel_minimum - len(sitting)
        if short > 0:
            yield Need(Trouble.SHORT, f"short-{hearing.id}", hearing, number=short, stand_in=stand_in)
        elif not any(seat.is_foreperson for seat in sitting):
            yield Need(Trouble.NO_FOREPERSON, f"lead-{hearing.id}", hearing)
        elif len(sitting) < court.panel_size and waits:
            open_seats = court.panel_size - len(sitting)
            yield Need(Trouble.SEAT_OPEN, f"open-{hearing.id}", hearing, number=open_seats, stand_in=stand_in)


def _deciding(seats: Iterable[Any]) -> list[Any]:
    return [seat for seat in seats if seat.post == Post.PANEL and not seat.is_reserve]
