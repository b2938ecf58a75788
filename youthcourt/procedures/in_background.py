"""Work that no page waits for: a thread of the server does it, in small transactions of its own.

A page only asks, and keeps what was asked. Killed at any moment, the work leaves a row that says how far it
came; whoever looks at it sees that nobody works on it any more, and can start it again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from flask import Flask

from youthcourt import log
from youthcourt.extensions import db, writing
from youthcourt.models.base import Record
from youthcourt.walls import in_court

T = TypeVar("T", bound=Record)
Work = Callable[[int], None]


def start(
    app: Flask, court_id: int, work: Work, number: int, places: threading.Semaphore
) -> threading.Thread:
    """Let something that waits be worked on from now on, whatever becomes of the request that asked for it.

    `places` are those of its kind in each server process; who comes when they are taken waits.
    """
    worker = threading.Thread(target=_work, args=(app, court_id, work, number, places), daemon=True)
    worker.start()
    return worker


def _work(app: Flask, court_id: int, work: Work, number: int, places: threading.Semaphore) -> None:
    with places, app.app_context(), in_court(court_id):
        try:
            work(number)
        except Exception as mistake:  # nobody waits for an answer: the log says it, the page shows it
            log.crash("work.failed", mistake, reference=str(number), page=None)


@contextmanager
def transaction(model: type[T], number: int) -> Iterator[T | None]:
    """What is written down at one moment, about one row: whole or not at all. None when the row is gone.

    The row is held meanwhile, so that whoever wants to remove it comes before or after.
    """
    with writing():
        try:
            yield db.session.get(model, number, populate_existing=True, with_for_update={"key_share": True})
            db.session.commit()
        finally:
            db.session.rollback()
