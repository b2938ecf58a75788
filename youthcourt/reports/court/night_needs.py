"""What needs somebody now on a night, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from youthcourt.models import Hearing, short_name

from .night_arrivals import Expected, Part
from .night_rooms import deciding
from .night_rows import Rows

# Judges and interpreters are looked for before the hearing begins: there must be time to find another.
AHEAD = timedelta(minutes=10)


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


def needs(rows: Rows, expected: list[Expected]) -> list[Need]:
    if rows.day.is_closed or rows.day.held_on != rows.day.court.today:
        return []
    of_people = [need for each in expected if (need := _need_of(rows, each))]
    alone = {need.hearing.id: need for need in of_people if need.trouble is Trouble.NOBODY_WITH_THEM}
    found = [need for need in of_people if need.trouble is not Trouble.NOBODY_WITH_THEM] + [*alone.values()]
    for hearing in rows.hearings:
        if hearing.is_ahead or (hearing.is_held and not hearing.is_decided):
            found += _needs_of_panel(rows, hearing)
    return sorted(found, key=lambda each: each.rank)


def _need_of(rows: Rows, each: Expected) -> Need | None:
    """Somebody who should be here by now."""
    if each.came_at or each.is_settled or each.is_missed or each.hearing_id is None:
        return None
    early = AHEAD if each.part in (Part.JUDGE, Part.INTERPRETER) else timedelta()
    if rows.now < each.due_at - early:
        return None
    trouble = {
        Part.YOUTH: Trouble.FAMILY_LATE,
        Part.JUDGE: Trouble.JUDGE_MISSING,
        Part.INTERPRETER: Trouble.INTERPRETER_MISSING,
        Part.JUROR: Trouble.JUROR_LATE,
    }.get(each.part)
    hearing = rows.by_id[each.hearing_id]
    if trouble is None:
        trouble = Trouble.NOBODY_WITH_THEM if _comes_alone(rows, hearing) else None
    if trouble is None or (each.part is Part.JUROR and not hearing.is_ahead):
        return None
    return Need(trouble, f"need-{each.key}", hearing, who=each, number=each.minutes_late)


def _comes_alone(rows: Rows, hearing: Hearing) -> bool:
    """Whether the young person is here and nobody who stands for them."""
    came = [person_id for hearing_id, person_id in rows.came if hearing_id == hearing.id]
    return came == [hearing.case.respondent_id]


def _needs_of_panel(rows: Rows, hearing: Hearing) -> Iterable[Need]:
    seats, court = rows.seats[hearing.id], rows.day.court
    sitting = deciding(seats)
    waits = [seat.juror_id for seat in seats if seat.is_reserve and _may_step_in(seat, hearing)]
    names = {each.juror_id: short_name(each.given_name, each.family_name) for each in rows.jurors}
    waits.sort(key=lambda juror_id: juror_id not in rows.here)
    stand_in = names.get(waits[0], "") if waits else ""
    short = court.panel_minimum - len(sitting)
    if short > 0:
        yield Need(Trouble.SHORT, f"short-{hearing.id}", hearing, number=short, stand_in=stand_in)
    elif not any(seat.is_foreperson for seat in sitting):
        yield Need(Trouble.NO_FOREPERSON, f"lead-{hearing.id}", hearing)
    elif len(sitting) < court.panel_size and waits:
        open_seats = court.panel_size - len(sitting)
        yield Need(Trouble.SEAT_OPEN, f"open-{hearing.id}", hearing, number=open_seats, stand_in=stand_in)


def _may_step_in(seat: Any, hearing: Hearing) -> bool:
    """While a panel decides, only a reserve who heard the whole case, under oath, may join it."""
    if hearing.held_at is None:
        return True
    return seat.sworn_at is not None and seat.sworn_at <= hearing.held_at
