"""Whether the audit trail is as it was written: every seal made again and compared."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import psycopg
from sqlalchemy import Connection, String, select, type_coerce
from sqlalchemy.exc import DBAPIError

from youthcourt.i18n import lazy as _l
from youthcourt.models.audit import AuditEvent, commitment_to
from youthcourt.models.audit_chain import FORGOTTEN, GENESIS, AuditHead, columns_sealed, keys, sealed

_lines: Any = AuditEvent.__table__
_heads: Any = AuditHead.__table__
AT_A_TIME = 5_000
_OF_DRIVERS = (sqlite3.Error, psycopg.Error)


class Broken(StrEnum):
    """What can be wrong with a trail."""

    UNREADABLE = "unreadable"
    OUTSIDE = "outside"
    MISSING = "missing"
    UNTIED = "untied"
    CHANGED = "changed"
    WORDS_CHANGED = "words_changed"
    WORDS_GONE = "words_gone"
    END = "end"
    ANCHOR = "anchor"


BROKEN_WORDS = {
    Broken.UNREADABLE: _l("The entry cannot be read."),
    Broken.OUTSIDE: _l("An entry was put in from outside."),
    Broken.MISSING: _l("An entry is missing or out of its place."),
    Broken.UNTIED: _l("The entry does not follow the one before it."),
    Broken.CHANGED: _l("The entry was changed after it was written."),
    Broken.WORDS_CHANGED: _l("The details of the entry were changed after they were written."),
    Broken.WORDS_GONE: _l("The details of the entry are gone, and no purge accounts for it."),
    Broken.END: _l("The trail does not end where it should."),
    Broken.ANCHOR: _l("The trail is not the one that was noted outside."),
}


@dataclass(frozen=True)
class Anchor:
    """The head of a court's trail as it was noted outside the database."""

    court_id: int
    count: int
    hash: str


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong with a court's trail: at which entry, and what."""

    number: int | None
    broken: Broken


@dataclass(frozen=True)
class Checked:
    """What a check of one court's trail found: how many entries are sound, the last seal, the first fault."""

    court_id: int
    count: int
    head: str
    fault: Fault | None

    @property
    def is_sound(self) -> bool:
        return self.fault is None


def courts_with_trail(connection: Connection) -> list[int]:
    """The numbers of all courts of which anything is in the trail."""
    found = select(_lines.c.court_id).union(select(_heads.c.court_id))
    return sorted(connection.scalars(found))


def check_all(connection: Connection, anchors: Sequence[Anchor] = ()) -> list[Checked]:
    """Every trail there is, and every one that was noted outside, also when nothing of it is left."""
    courts = {*courts_with_trail(connection), *(anchor.court_id for anchor in anchors)}
    return [check(connection, court_id, anchors) for court_id in sorted(courts)]


def heads(connection: Connection) -> list[Anchor]:
    """Where each court's trail ends now."""
    found = select(_heads.c.court_id, _heads.c.count, _heads.c.hash).order_by(_heads.c.court_id)
    return [Anchor(*head) for head in connection.execute(found)]


def check(connection: Connection, court_id: int, anchors: Sequence[Anchor] = ()) -> Checked:
    """Read a court's whole trail, column by column as it is kept, and compare it with its seals."""
    reading = _Reading(court_id, _accounted_for(connection, court_id))
    noted = [anchor for anchor in anchors if anchor.court_id == court_id]
    reached = {0: GENESIS}
    try:
        with closing(_raw(connection, court_id)) as lines:
            fault = reading.first_fault(lines, noting={each.count for each in noted}, into=reached)
        fault = fault or _fault_of_end(connection, reading)
    except (DBAPIError, *_OF_DRIVERS, UnicodeDecodeError):  # somebody wrote bytes that are no text
        fault = Fault(reading.count + 1, Broken.UNREADABLE)
    if fault is None and (off := [each.count for each in noted if reached.get(each.count) != each.hash]):
        fault = Fault(min(off), Broken.ANCHOR)
    return Checked(court_id, reading.count, reading.head, fault)


class _Reading:
    """Goes along one chain; remembers the last seal, and which key was in use."""

    def __init__(self, court_id: int, forgotten: set[int]) -> None:
        self.court_id, self.forgotten = court_id, forgotten
        self.count, self.head = 0, GENESIS
        self.keys = keys()

    def first_fault(
        self, lines: Iterable[Any], noting: Collection[int], into: dict[int, str]
    ) -> Fault | None:
        """Go on to the first line that is not as it was written, noting the seals at these numbers."""
        for salt, particulars, previous, seal, *said in lines:
            is_sound = (
                said[1] == self.count + 1
                and previous == self.head
                and sealed(self.keys[0], previous, said) == seal
                and commitment_to(salt, particulars) == said[-1]
            )
            if is_sound:
                self.count, self.head = said[1], seal
            elif fault := self._fault_of(salt, particulars, previous, seal, said):
                return fault
            if self.count in noting:
                into[self.count] = self.head
        return None

    def _fault_of(
        self, salt: Any, particulars: Any, previous: Any, seal: Any, said: list[Any]
    ) -> Fault | None:
        """What is wrong with the next line; None when another key sealed it, or its words were forgotten."""
        number = said[1]
        if number is None or seal is None:
            return Fault(None, Broken.OUTSIDE)
        if number != self.count + 1:
            return Fault(self.count + 1, Broken.MISSING)
        if previous != self.head:
            return Fault(number, Broken.UNTIED)
        if not self._is_seal(seal, said):
            return Fault(number, Broken.CHANGED)
        self.count, self.head = number, seal
        return self._fault_of_words(number, salt, particulars, said[-1])

    def _is_seal(self, seal: str, said: list[Any]) -> bool:
        """Whether the key in use made this seal, or the one that came into use with this line."""
        while sealed(self.keys[0], self.head, said) != seal:
            if len(self.keys) == 1:
                return False
            del self.keys[0]  # a key that was given up seals nothing any more
        return True

    def _fault_of_words(self, number: int, salt: Any, particulars: Any, commitment: str) -> Fault | None:
        if particulars is None and salt is None:
            return None if number in self.forgotten else Fault(number, Broken.WORDS_GONE)
        if commitment_to(salt, particulars) != commitment:
            return Fault(number, Broken.WORDS_CHANGED)
        return None


def _raw(connection: Connection, court_id: int) -> Generator[Any]:
    columns = [_lines.c.salt, type_coerce(_lines.c.particulars, String), _lines.c.previous, _lines.c.hash]
    in_order = (
        select(*columns, *columns_sealed(connection.dialect.name))
        .where(_lines.c.court_id == court_id)
        .order_by(_lines.c.number, _lines.c.id)
        .execution_options(stream_results=True, max_row_buffer=AT_A_TIME)
    )
    with closing(connection.execute(in_order)) as found:
        ahead = found.fetchmany(1)  # has been read already; the others come as the driver's plain tuples
        yield from ahead
        while ahead and (batch := found.cursor.fetchmany(AT_A_TIME)):
            yield from batch


def _accounted_for(connection: Connection, court_id: int) -> set[int]:
    """The numbers of the lines whose particulars were forgotten on purpose."""
    told = select(type_coerce(_lines.c.particulars, String)).where(
        _lines.c.court_id == court_id, _lines.c.event == FORGOTTEN
    )
    numbers: set[int] = set()
    for particulars in connection.scalars(told):
        numbers.update(_numbers_in(particulars))
    return numbers


def _numbers_in(particulars: Any) -> list[int]:
    """What such a line lists; nothing when it was tampered with, which its own commitment then tells."""
    try:
        return [int(number) for number in json.loads(particulars)["numbers"]]
    except (TypeError, ValueError, KeyError):
        return []


def _fault_of_end(connection: Connection, reading: _Reading) -> Fault | None:
    heads = connection.execute(
        select(_heads.c.count, _heads.c.hash).where(_heads.c.court_id == reading.court_id)
    ).all()
    is_end = [tuple(head) for head in heads] == [(reading.count, reading.head)]
    return None if is_end or not (heads or reading.count) else Fault(reading.count, Broken.END)
