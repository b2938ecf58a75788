"""Working out a plan in a process of its own, while the pages go on.

A thread (see in_background.py) starts a process that knows no database, no setting and no secret, hands it
the facts, and writes down what it tells. Killed at any moment, the process leaves a draw that can be started
again; told to stop, it is killed.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask

from youthcourt import clock
from youthcourt.models import Draw
from youthcourt.planning import in_its_own_process

from . import in_background
from .jury import drawing

AT_ONCE = 2  # of each server process; who comes third waits
LISTENED = 0.5  # seconds between two looks whether it is still wanted
HEARTBEAT = 10  # looks between two signs of life

_free = threading.BoundedSemaphore(AT_ONCE)


def start(app: Flask, court_id: int, draw_id: int) -> threading.Thread:
    """Let a draw that waits be worked out from now on."""
    return in_background.start(app, court_id, work_out, draw_id, _free)


def work_out(draw_id: int) -> None:
    """Have one draw worked out, and write down what becomes of it."""
    with in_background.transaction(Draw, draw_id) as draw:
        attempt = drawing.begin(draw) if draw else 0
        asked = json.dumps({"facts": draw.facts, "seed": draw.seed}) if draw and attempt else ""
    if not attempt:
        return  # somebody else has it, or nobody wants it any more
    for line in _told(asked, draw_id, attempt):
        with in_background.transaction(Draw, draw_id) as draw:
            if draw:
                drawing.hear(draw, attempt, line)
    with in_background.transaction(Draw, draw_id) as draw:
        if draw:
            drawing.finish(draw, attempt)


def _told(asked: str, draw_id: int, attempt: int) -> Iterator[dict[str, Any]]:
    """The lines of a worker, for as long as its plan is wanted."""
    command, environment = in_its_own_process("worker")
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        close_fds=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        with _unless_it_is_gone():
            process.stdin.write(asked.encode())
            process.stdin.close()
        yield from _lines(process.stdout.fileno(), draw_id, attempt)
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


@contextmanager
def _unless_it_is_gone() -> Iterator[None]:
    """A worker that was killed reads nothing; that no plan came is noticed afterwards."""
    try:
        yield
    except BrokenPipeError:
        return


def _lines(stream: int, draw_id: int, attempt: int) -> Iterator[dict[str, Any]]:
    read, looks = b"", 0
    while True:
        ready, _, _ = select.select([stream], [], [], LISTENED)
        if not ready:
            looks += 1
            if not _is_wanted(draw_id, attempt, looks):
                return
            continue
        more = os.read(stream, 2**16)
        read += more
        while b"\n" in read:
            line, _end, read = read.partition(b"\n")
            yield json.loads(line)
        if not more:
            return


def _is_wanted(draw_id: int, attempt: int, looks: int) -> bool:
    """Whether to go on; now and then a sign of life is left."""
    with in_background.transaction(Draw, draw_id) as draw:
        if draw is None or not drawing.is_wanted(draw, attempt):
            return False
        if looks % HEARTBEAT == 0:
            draw.heard_at = clock.now()
        return True
