"""Who is expected on a night, and whether they have come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from youthcourt.models import Hearing, SittingState, short_name

from .night_rows import Rows


class Part(StrEnum):
    """As what somebody is expected."""

    JUDGE = "judge"
    YOUTH = "youth"
    GUARDIAN = "guardian"
    INTERPRETER = "interpreter"
    JUROR = "juror"


@dataclass(frozen=True)
class Oath:
    """The oath that a juror takes next, or has taken, for a hearing that was not heard yet."""

    hearing_id: int
    seat_id: int
    room: str
    sworn_at: datetime | None


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
    oath: Oath | None = None
    has_ahead: bool = False  # of a judge: something is still to be heard
    language: str = ""  # of an interpreter, who is known by name only when one was booked


def expected(rows: Rows) -> list[Expected]:
    """Everybody, by the time they are expected at."""
    people = [*_judges(rows), *_families(rows), *_jurors(rows)]
    order = list(Part)
    people.sort(key=lambda each: (each.due_at, order.index(each.part), each.place, each.name, each.key))
    return people


def _judges(rows: Rows) -> Iterable[Expected]:
    first: dict[int, Hearing] = {}
    for hearing in sorted(rows.hearings, key=lambda each: each.block.starts_at):
        first.setdefault(hearing.judge_id, hearing)
    busy = {hearing.judge_id for hearing in rows.hearings if hearing.is_ahead}
    for hearing in first.values():
        came_at, due_at = rows.judges_here.get(hearing.judge_id), hearing.block.starts_at
        yield Expected(
            key=f"judge-{hearing.judge_id}",
            part=Part.JUDGE,
            name=hearing.judge.name,
            phone="",
            due_at=due_at,
            place=hearing.room.name,
            came_at=came_at,
            minutes_late=rows.late(due_at, came_at) if hearing.is_ahead else 0,
            hearing_id=hearing.id,
            is_settled=not hearing.is_ahead,
            has_ahead=hearing.judge_id in busy,
        )


def _families(rows: Rows) -> Iterable[Expected]:
    guardians = defaultdict(list)
    for each in rows.guardians:
        guardians[each.hearing_id].append(each)
    for hearing in rows.hearings:
        young = hearing.case.respondent
        yield _of_family(rows, hearing, Part.YOUTH, young)
        for each in guardians[hearing.id]:
            yield _of_family(rows, hearing, Part.GUARDIAN, each)
        family: list[Any] = [young, *guardians[hearing.id]]
        needing = [each for each in family if each.needs_interpreter]
        if needing:
            yield _interpreter(rows, hearing, needing[0].language)


def _of_family(rows: Rows, hearing: Hearing, part: Part, person: Any) -> Expected:
    came_at, due_at = rows.came.get((hearing.id, person.id)), hearing.block.starts_at
    return Expected(
        key=f"family-{hearing.id}-{person.id}",
        part=part,
        name=short_name(person.given_name, person.family_name),
        phone=person.phone,
        due_at=due_at,
        place=hearing.room.name,
        came_at=came_at,
        minutes_late=rows.late(due_at, came_at) if hearing.is_ahead else 0,
        hearing_id=hearing.id,
        person_id=person.id,
        is_settled=not hearing.is_ahead,
    )


def _interpreter(rows: Rows, hearing: Hearing, language: str) -> Expected:
    booked = [each.name for each in hearing.interpreters if each.language == language]
    came_at, due_at = rows.interpreters_here.get(hearing.id), hearing.block.starts_at
    return Expected(
        key=f"interpreter-{hearing.id}",
        part=Part.INTERPRETER,
        name=booked[0] if booked else "",
        language=language,
        phone="",
        due_at=due_at,
        place=hearing.room.name,
        came_at=came_at,
        minutes_late=rows.late(due_at, came_at) if hearing.is_ahead else 0,
        hearing_id=hearing.id,
        is_settled=not hearing.is_ahead,
    )


def _jurors(rows: Rows) -> Iterable[Expected]:
    opens_at = min((block.starts_at for block in rows.day.blocks), default=rows.now)
    for each in rows.jurors:
        theirs = [rows.by_id[seat.hearing_id] for seat in rows.of_juror[each.juror_id]]
        first = min(theirs, key=lambda hearing: hearing.block.starts_at, default=None)
        due_at = first.block.starts_at if first else opens_at
        is_awaited = each.state == SittingState.BOOKED and not rows.day.is_closed
        yield Expected(
            key=f"juror-{each.id}",
            part=Part.JUROR,
            name=short_name(each.given_name, each.family_name),
            phone=each.phone,
            due_at=due_at,
            place=first.room.name if first else "",
            came_at=each.checked_in_at if each.state != SittingState.NO_SHOW else None,
            minutes_late=rows.late(due_at, None) if is_awaited else 0,
            hearing_id=first.id if first else None,
            sitting_id=each.id,
            is_settled=each.state == SittingState.CREDITED,
            is_missed=each.state == SittingState.NO_SHOW,
            is_walk_in=each.is_walk_in,
            is_sworn=any(seat.sworn_at for seat in rows.of_juror[each.juror_id]),
            oath=_oath(rows, rows.of_juror[each.juror_id]),
        )


def _oath(rows: Rows, seats: list[Any]) -> Oath | None:
    """Of all the hearings at which this juror sits, the one that comes first now."""
    ahead = [seat for seat in seats if rows.by_id[seat.hearing_id].is_ahead]
    if not ahead:
        return None
    seat = min(ahead, key=lambda each: rows.by_id[each.hearing_id].block.starts_at)
    return Oath(seat.hearing_id, seat.id, rows.by_id[seat.hearing_id].room.name, seat.sworn_at)
