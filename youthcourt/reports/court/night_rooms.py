"""What goes on in each room on a night, and when the next hearing there can begin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from youthcourt.models import Hearing, Post, Progress, Room

from .night_rows import Rows

# A hearing that begins this much later than it was set for is said to be late.
NOTICEABLE = 10
# In the room, and not yet through: the next one waits.
IN_ROOM = (Progress.CALLED, Progress.IN_SESSION, Progress.DELIBERATING, Progress.TO_READ)


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


def rooms(rows: Rows) -> list[InRoom]:
    """Each room that is used, with who is in it and who is next."""
    by_room = defaultdict(list)
    for hearing in sorted(rows.hearings, key=lambda each: each.block.starts_at):
        by_room[hearing.room].append(hearing)
    return [_in_room(rows, room, by_room[room]) for room in sorted(by_room, key=lambda each: each.name)]


def _in_room(rows: Rows, room: Room, docket: list[Hearing]) -> InRoom:
    in_room = [hearing for hearing in docket if hearing.progress in IN_ROOM]
    now = in_room[-1] if in_room else None
    waiting = [hearing for hearing in docket if hearing.progress is Progress.EXPECTED]
    after = waiting[0] if waiting else None
    begins_at = _begins_at(rows, now, after) if after else None
    minutes = int((begins_at - after.block.starts_at).total_seconds() // 60) if after and begins_at else 0
    at_hand = now if now is not None and now.is_ahead else after
    return InRoom(
        room, now, after, begins_at, minutes, len(waiting), **_oaths(rows, at_hand) if at_hand else {}
    )


def _begins_at(rows: Rows, now: Hearing | None, after: Hearing) -> datetime:
    """When the next hearing can begin: not before its time, nor before the one in the room is through."""
    free_at = rows.now
    if now is not None:
        began_at = now.began_at or now.block.starts_at
        free_at = max(free_at, began_at + timedelta(minutes=after.court.hearing_minutes))
    return max(after.block.starts_at, free_at)


def _oaths(rows: Rows, hearing: Hearing) -> dict[str, int]:
    sitting = deciding(rows.seats[hearing.id])
    return {
        "seated": len(sitting),
        "sworn": sum(seat.sworn_at is not None for seat in sitting),
        "may_swear": sum(seat.sworn_at is None and seat.juror_id in rows.here for seat in sitting),
    }


def deciding(seats: Iterable[Any]) -> list[Any]:
    return [seat for seat in seats if seat.post == Post.PANEL and not seat.is_reserve]
