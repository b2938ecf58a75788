"""Making the packet of a hearing day while the pages go on.

A thread reads the facts once, has what nobody has set before set on all presses, and joins it: the papers
of each hearing, then the hearings of the day. Each is kept as soon as it is there. Killed at any moment, the
next try finds them; what is unchanged is joined from what lies there, or is there already as a whole.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy.exc import IntegrityError

from youthcourt.errors import PaperFailed
from youthcourt.extensions import db
from youthcourt.i18n import speaking
from youthcourt.models import CourtSession, Packet, PrintedPaper
from youthcourt.procedures import in_background

from .court.packet import LOADED, Made, Section, contents_of, not_printed
from .kinds import KINDS
from .leaf import Leaf
from .paper import Paper, html_of, initialed, letterhead, style_sheet
from .press import PRESSES, Printed, printery
from .shelf import digest, key_of

HEARTBEAT = 10.0  # seconds between two signs of life while a paper takes long

_places = threading.BoundedSemaphore(1)  # of each server process: one packet takes all its presses


class NotWanted(Exception):
    """Somebody began anew, or a record of the court was sealed or destroyed meanwhile."""


def start(app: Flask, court_id: int, packet_id: int) -> threading.Thread:
    """Let a packet that waits be made from now on."""
    return in_background.start(app, court_id, make, packet_id, _places)


def make(packet_id: int) -> None:
    """Make one packet, and write down how far it has come and what became of it."""
    with in_background.transaction(Packet, packet_id) as packet:
        attempt = packet.begin() if packet else 0
    if not attempt:
        return  # somebody else has it, or nobody wants it any more
    try:
        _Packer(packet_id, attempt).pack()
    except NotWanted:
        return
    except Exception:
        with in_background.transaction(Packet, packet_id) as packet:
            if packet and packet.is_wanted(attempt):
                packet.fail()
        raise


@contextmanager
def _only_reading() -> Iterator[None]:
    """What is read at one moment; nobody who writes waits for it."""
    try:
        yield
    finally:
        db.session.rollback()


@dataclass
class _Piece:
    """One paper of a packet, and the digest under which it lies once it is set."""

    kind: str
    title: str
    where: str
    key: str
    paper: Paper | None  # None: it lies there as it was handed out
    handed_out: bytes = b""
    is_missing: bool = False
    why: str = ""


@dataclass
class _Bundle:
    """The pieces of a section: of the whole day, or of one hearing. Joined, they lie under a digest too."""

    title: str
    pieces: list[_Piece]
    hearing_id: int | None
    pages: int = 0

    def key(self, language: str) -> str:
        return digest("bundle", self.title, language, [(each.title, each.key) for each in self.pieces])


class _Packer:
    """Whoever makes one packet."""

    def __init__(self, packet_id: int, attempt: int) -> None:
        self.packet_id, self.attempt, self.done = packet_id, attempt, 0
        with _only_reading():
            packet = db.session.get_one(Packet, packet_id)
            day = db.session.get_one(CourtSession, packet.court_session_id, options=LOADED)
            self._read(packet, day)
        self.total = sum(len(bundle.pieces) + 1 for bundle in self.bundles) + 1

    def _read(self, packet: Packet, day: CourtSession) -> None:
        """All facts, once, so that every paper tells of one moment."""
        self.court_id, self.letterhead = day.court_id, letterhead(day.court)
        self.by, self.style = initialed(packet.asked_by.name), style_sheet()
        self.of_version = day.published.number if day.published else 0
        contents = contents_of(day, packet.kind, packet.language)
        self.title, self.language = contents.title, contents.language
        self.rooms = [(room, len(sections)) for room, sections in contents.rooms]
        self.bundles = [self._bundle(section) for section in contents.sections]

    def _bundle(self, section: Section) -> _Bundle:
        pieces = [self._piece(made, section.title) for made in section.papers]
        return _Bundle(section.title, pieces, section.hearing_id)

    def _piece(self, made: Made, where: str) -> _Piece:
        kind = KINDS[str(made.kind)]
        with speaking(self.language):
            title = str(kind.title)
        if isinstance(made, Paper):
            return _Piece(kind.name, title, where, key_of(made, self.by), made)
        return _Piece(kind.name, title, where, made.sha256, None, handed_out=made.read())

    def pack(self) -> None:
        if not self._lies_there():
            self._set_all()
            for bundle in self.bundles:
                self._join(bundle)
        self._finish()

    def _lies_there(self) -> bool:
        """Whether nothing has changed since the last packet of this kind."""
        return len(self._known([self._key(), *self._keys()])) == 1 + len(set(self._keys()))

    def _keys(self) -> list[str]:
        return [bundle.key(self.language) for bundle in self.bundles]

    def _key(self) -> str:
        return digest("packet", self.title, self.language, self.rooms, self._keys())

    def _known(self, keys: list[str]) -> dict[str, int]:
        with _only_reading():
            return PrintedPaper.known(db.session(), self.court_id, keys)

    # Setting each paper

    def _set_all(self) -> None:
        """Whatever was not set before, on all presses at once."""
        alike: dict[str, list[_Piece]] = {}
        for bundle in self.bundles:
            for piece in bundle.pieces:
                if piece.paper:
                    alike.setdefault(piece.key, []).append(piece)
        known = self._known(list(alike))
        self._go_on(sum(len(bundle.pieces) for bundle in self.bundles) - len(alike) + len(known))
        with ThreadPoolExecutor(PRESSES) as presses:
            setting = {
                presses.submit(printery().printed, self._markup(pieces[0]), self.style): pieces
                for key, pieces in alike.items()
                if key not in known
            }
            try:
                self._hear(setting)
            finally:
                presses.shutdown(wait=False, cancel_futures=True)

    def _hear(self, setting: Mapping[Future[Printed], list[_Piece]]) -> None:
        waiting = set(setting)
        while waiting:
            there, waiting = wait(waiting, timeout=HEARTBEAT, return_when=FIRST_COMPLETED)
            for each in there:
                try:
                    self._keep(setting[each][0].key, each.result())
                except PaperFailed as why:
                    self._leave_out(setting[each], str(why))
            self._go_on(0)

    def _markup(self, piece: _Piece) -> list[str]:
        assert piece.paper is not None
        return html_of(piece.paper, self.by)

    def _leave_out(self, pieces: list[_Piece], why: str) -> None:
        """Lay a page in the place of a paper that cannot be set, which says so."""
        for piece in pieces:
            paper = not_printed(self.letterhead, f"{piece.where}: {piece.title}", self.language)
            piece.paper, piece.key, piece.is_missing = paper, key_of(paper, self.by), True
            piece.why = why
            self._keep(piece.key, printery().printed(self._markup(piece), self.style))

    # Joining them

    def _join(self, bundle: _Bundle) -> None:
        key = bundle.key(self.language)
        if key in self._known([key]):
            self._go_on(1)
            return
        try:
            printed = self._joined(bundle)
        except PaperFailed as why:  # one that was handed out long ago, and is no PDF as ours are
            self._leave_out([piece for piece in bundle.pieces if not piece.paper], str(why))
            key, printed = bundle.key(self.language), self._joined(bundle)
        self._keep(key, printed)

    def _joined(self, bundle: _Bundle) -> Printed:
        keys = list(dict.fromkeys(piece.key for piece in bundle.pieces))
        handed_out = {piece.key: piece.handed_out for piece in bundle.pieces if not piece.paper}
        lying = self._contents([key for key in keys if key not in handed_out])
        leaves = tuple(
            Leaf(piece.title, paper=keys.index(piece.key), is_new=not piece.paper) for piece in bundle.pieces
        )
        return printery().joined(
            leaves, [{**lying, **handed_out}[key] for key in keys], bundle.title, self.language
        )

    def _contents(self, keys: list[str]) -> dict[str, bytes]:
        """What lies there under these digests. What is gone or spoilt meanwhile is set once more."""
        with _only_reading():
            found = PrintedPaper.of(db.session(), self.court_id, keys)
            lying = {key: paper.content for key, paper in found.items()}
        for bundle in self.bundles:
            for piece in bundle.pieces:
                if piece.key in keys and piece.key not in lying:
                    printed = printery().printed(self._markup(piece), self.style)
                    self._keep(piece.key, printed)
                    lying[piece.key] = printed.content
        return lying

    def _finish(self) -> None:
        key, keys = self._key(), self._keys()
        known = self._known([key, *keys])
        for bundle in self.bundles:
            bundle.pages = known[bundle.key(self.language)]
        if key not in known:
            lying = self._contents(keys)
            self._keep(
                key,
                printery().joined(
                    self._leaves(), [lying[each] for each in dict.fromkeys(keys)], self.title, self.language
                ),
            )
        with in_background.transaction(Packet, self.packet_id) as packet:
            found = PrintedPaper.of(db.session(), self.court_id, [key])
            if packet is None or not packet.is_wanted(self.attempt):
                raise NotWanted
            packet.go_on(self.total, self.total)
            packet.finish(
                found[key],
                parts=self._parts(),
                lacks=self._lacks(),
                contains=self._contains(),
                of_version=self.of_version,
            )

    def _leaves(self) -> tuple[Leaf, ...]:
        """The papers of the day, then each room with its hearings."""
        keys = list(dict.fromkeys(self._keys()))
        of_day, *hearings = (
            Leaf(bundle.title, paper=keys.index(bundle.key(self.language)), is_new=False)
            for bundle in self.bundles
        )
        below = iter(hearings)
        rooms = [
            Leaf(room, leaves=tuple(next(below) for _hearing in range(count))) for room, count in self.rooms
        ]
        return (of_day, *rooms)

    # What is told of it

    def _parts(self) -> list[dict[str, Any]]:
        """On which pages the papers of the day are, and those of each room."""
        of_day, *hearings = (bundle.pages for bundle in self.bundles)
        parts, last, below = (
            [{"title": self.bundles[0].title, "first": 1, "last": of_day}],
            of_day,
            iter(hearings),
        )
        for room, count in self.rooms:
            first, last = last + 1, last + sum(next(below) for _hearing in range(count))
            parts.append({"title": room, "first": first, "last": last})
        return parts

    def _lacks(self) -> list[dict[str, Any]]:
        missing = [piece for bundle in self.bundles for piece in bundle.pieces if piece.is_missing]
        return [{"paper": f"{piece.where}: {piece.title}", "why": piece.why} for piece in missing]

    def _contains(self) -> list[dict[str, Any]]:
        return [
            {"kind": piece.kind, "hearing": bundle.hearing_id}
            for bundle in self.bundles
            for piece in bundle.pieces
            if not piece.is_missing
        ]

    # Writing down, each in a transaction of its own

    def _keep(self, key: str, printed: Printed) -> None:
        """Keep one, as long as the packet is wanted. Who keeps the same at the same moment goes first."""
        try:
            self._keep_once(key, printed)
        except IntegrityError:
            self._keep_once(key, printed)

    def _keep_once(self, key: str, printed: Printed) -> None:
        with in_background.transaction(Packet, self.packet_id) as packet:
            self._say(packet, 1)
            PrintedPaper.keep(db.session(), self.court_id, key, printed.content, printed.pages)
        self.done += 1

    def _go_on(self, more: int) -> None:
        with in_background.transaction(Packet, self.packet_id) as packet:
            self._say(packet, more)
        self.done += more

    def _say(self, packet: Packet | None, more: int) -> None:
        if packet is None or not packet.is_wanted(self.attempt):
            raise NotWanted
        packet.go_on(min(self.done + more, self.total), self.total)
