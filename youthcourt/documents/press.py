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
from contextlib import suppress
from pathlib import Path
from typing import Any

from youthcourt.errors import PaperFailed

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
# What a person's own configuration of fonts may need; none of it is a secret.
_KEPT = ("PATH", "HOME", "LANG", "XDG_CACHE_HOME", "FONTCONFIG_PATH", "FONTCONFIG_FILE")
_said = logging.getLogger("weasyprint")


class Press:
    """One such process."""

    def __init__(self, seconds: int = SECONDS) -> None:
        self.papers = 0
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, str(Path(__file__).parent), str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            close_fds=True,
        )

    def pdf(self, copies: list[str], style: str) -> bytes:
        """The copies as one PDF; PaperFailed when they cannot be set within the limits."""
        assert self.process.stdin is not None
        self.papers += 1
        more = MORE_SECONDS * (len(copies) - 1)
        until = time.monotonic() + PATIENCE + more
        order = {"copies": copies, "style": style, "more_seconds": more}
        try:
            self.process.stdin.write(json.dumps(order).encode() + b"\n")
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
        return pdf

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
        self.free: queue.LifoQueue[Press | None] = queue.LifoQueue()
        for _place in range(PRESSES):
            self.free.put(None)
        atexit.register(self.close)

    def pdf(self, copies: list[str], style: str) -> bytes:
        try:
            press = self.free.get(timeout=PATIENCE)
        except queue.Empty:
            raise PaperFailed("busy") from None
        try:
            if press is not None and press.is_worn:
                press.end()
                press = None
            press = press or Press()
            return press.pdf(copies, style)
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
