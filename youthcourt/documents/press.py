"""Processes that set papers, apart from the application: what goes wrong there ends there."""

from __future__ import annotations

import atexit
import json
import logging
import os
import queue
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from youthcourt.errors import PaperFailed

from .leaf import Leaf

PRESSES = 2  # of each server process; who comes third waits
SECONDS = 20  # of processor time for one paper
MORE_SECONDS = 2  # for each copy after the first: a day of forty hearings has as many room sheets
PATIENCE = 30.0  # seconds, for a paper and for a free press
PAPERS_EACH = 200  # then a fresh one takes over, whatever memory the old one held on to

# The folder of papers as a package by itself, so that nothing else of the application is loaded with it.
_START = """
import sys, types
room = types.ModuleType("papers")
room.__path__ = [sys.argv[1]]
sys.modules["papers"] = room
from papers.press_room import work
work(sys.stdin.buffer, sys.stdout.buffer, seconds=int(sys.argv[2]))
"""
# Neither the machine's choice of fonts nor its language says how a paper looks.
FONTS = Path(__file__).with_name("fonts.conf")
_FIRST_FONT = Path("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf")
_KEPT = ("PATH", "HOME", "XDG_CACHE_HOME")  # none of it is a secret
# Where the fonts' packages are not those of Debian: whatever the machine has, as it finds it.
_ELSEWHERE = ("FONTCONFIG_PATH", "FONTCONFIG_FILE")
_said = logging.getLogger("weasyprint")
T = TypeVar("T")


@dataclass(frozen=True)
class Printed:
    """A PDF and how many pages it has."""

    content: bytes
    pages: int


def environment() -> dict[str, str]:
    """All that a press is told of the machine it runs on."""
    ours = _FIRST_FONT.exists()
    kept = {name: os.environ[name] for name in _KEPT + _ELSEWHERE * (not ours) if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", **({"FONTCONFIG_FILE": str(FONTS)} if ours else {})}


class Press:
    """One such process."""

    def __init__(self, seconds: int = SECONDS) -> None:
        self.papers = 0
        self.told: dict[str, Any] | None = None
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, str(Path(__file__).parent), str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            close_fds=True,
        )

    def pdf(self, copies: list[str], style: str) -> bytes:
        """The copies as one PDF; PaperFailed when they cannot be set within the limits."""
        return self.printed(copies, style).content

    def printed(self, copies: list[str], style: str) -> Printed:
        more = MORE_SECONDS * (len(copies) - 1)
        return self._ask({"copies": copies, "style": style, "more_seconds": more})

    def joined(self, leaves: tuple[Leaf, ...], contents: list[bytes], title: str, language: str) -> Printed:
        """Finished papers as one PDF, with their tags and bookmarks."""
        order = {"leaves": [asdict(each) for each in leaves], "title": title, "language": language}
        return self._ask({**order, "more_seconds": len(contents) // 10}, contents)

    @property
    def imprint(self) -> str:
        """The programs, libraries and fonts it works with. Waits until it has come up."""
        if self.told is None:
            try:
                self.told, rest = self._read_line(time.monotonic() + PATIENCE)
                assert not rest, "it speaks before it is asked"
            except (OSError, ValueError) as mistake:
                self.end()
                raise PaperFailed("ended") from mistake
        return str(self.told["imprint"])

    def _ask(self, order: dict[str, Any], contents: list[bytes] = []) -> Printed:  # noqa: B006 - only read
        assert self.process.stdin is not None
        assert self.imprint
        self.papers += 1
        until = time.monotonic() + PATIENCE + order["more_seconds"]
        order["sizes"] = [len(each) for each in contents]
        try:
            self.process.stdin.write(json.dumps(order).encode() + b"\n")
            for content in contents:
                self.process.stdin.write(content)
            self.process.stdin.flush()
            head, begun = self._read_line(until)
            pdf = self._read(begun, head["length"], until)
        except (OSError, ValueError) as mistake:  # it was ended, or it ended itself
            self.end()
            raise PaperFailed("ended") from mistake
        for complaint in head["said"]:
            _said.error("%s", complaint)
        if head["error"]:
            self.end()
            raise PaperFailed(head["error"])
        return Printed(pdf, head["pages"])

    def _read_line(self, until: float) -> tuple[dict[str, Any], bytes]:
        read = b""
        while b"\n" not in read:
            read += self._more(until)
        line, _end, begun = read.partition(b"\n")
        return json.loads(line), begun

    def _read(self, begun: bytes, length: int, until: float) -> bytes:
        parts, missing = [begun], length - len(begun)
        while missing > 0:
            parts.append(self._more(until))
            missing -= len(parts[-1])
        return b"".join(parts)

    def _more(self, until: float) -> bytes:
        assert self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], max(0.0, until - time.monotonic()))
        read = os.read(self.process.stdout.fileno(), 2**16) if ready else b""
        if not read:
            raise OSError("no answer")
        return read

    @property
    def is_worn(self) -> bool:
        return self.papers >= PAPERS_EACH or self.process.poll() is not None

    def end(self) -> None:
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(OSError):  # what was still to be written has nobody to read it
                    stream.close()
        self.process.wait()


class Printery:
    """The presses of one server process, started when the first papers are asked for."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.known_imprint: str | None = None
        self.free: queue.LifoQueue[Press | None] = queue.LifoQueue()
        for _place in range(PRESSES):
            self.free.put(None)
        atexit.register(self.close)

    def pdf(self, copies: list[str], style: str) -> bytes:
        return self.printed(copies, style).content

    def printed(self, copies: list[str], style: str) -> Printed:
        """The copies of a paper, one after the other."""
        return self._on_a_press(lambda press: press.printed(copies, style))

    def joined(self, leaves: tuple[Leaf, ...], contents: list[bytes], title: str, language: str) -> Printed:
        """Finished papers as one file, with their tags and bookmarks."""
        return self._on_a_press(lambda press: press.joined(leaves, contents, title, language))

    @property
    def imprint(self) -> str:
        """The programs, libraries and fonts with which papers are set here."""
        if self.known_imprint is None:
            self.known_imprint = self._on_a_press(lambda press: press.imprint)
        return self.known_imprint

    def _on_a_press(self, use: Callable[[Press], T]) -> T:
        try:
            press = self.free.get(timeout=PATIENCE)
        except queue.Empty:
            raise PaperFailed("busy") from None
        try:
            if press is not None and press.is_worn:
                press.end()
                press = None
            press = press or Press()
            return use(press)
        finally:
            self.free.put(press)

    def close(self) -> None:
        if self.owner != os.getpid():  # a fork of the server: these presses are its parent's
            return
        while not self.free.empty():
            if press := self.free.get_nowait():
                press.end()


_printery: Printery | None = None
_opening = threading.Lock()


def printery() -> Printery:
    """That of this process: a server that forks opens one in each."""
    global _printery
    with _opening:
        if _printery is None or _printery.owner != os.getpid():
            _printery = Printery()
        return _printery
