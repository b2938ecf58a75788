"""The night board: who is expected and who is here, what goes on in each room, what needs somebody now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from youthcourt.models import CourtSession

from .night_arrivals import Expected, expected
from .night_changes import Change, changes
from .night_needs import Need, needs
from .night_rooms import InRoom, rooms
from .night_rows import Rows


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


def board(day: CourtSession) -> Board:
    """The day as it stands at this moment."""
    rows = Rows(day)
    people = expected(rows)
    return Board(day, rooms(rows), needs(rows, people), people, changes(day))


def wall(day: CourtSession) -> list[InRoom]:
    """What everybody in the waiting room may see: rooms and times, and nobody who is not called."""
    return rooms(Rows(day, of_wall=True))
