"""How fast a trail is checked, and what chaining adds to writing it: lines a second."""

import time
from tempfile import TemporaryDirectory

from tests import make
from tests.conftest import app_on
from tests.database import sqlite_database
from youthcourt import clock
from youthcourt.extensions import db, writing
from youthcourt.models import audit_chain
from youthcourt.procedures import checking_trail
from youthcourt.walls import in_every_court

LINES = 200_000


def run() -> dict[str, object]:
    """Processor time, on SQLite: whatever else the machine does meanwhile does not count."""
    with TemporaryDirectory() as folder, clock.at(make.SATURDAY):
        app = app_on(sqlite_database(folder))
        with app.app_context(), writing(), in_every_court():
            court = make.court()
            db.session.commit()
            for number in range(LINES):
                court.record("court.changed", by=None, changed={"panel_size": number})
            db.session.flush()
            chaining = _seconds(lambda: audit_chain.chain_new_lines(db.session()))
            db.session.commit()
            checking = _seconds(lambda: _check(court.id))
            db.session.remove()
            db.engine.dispose()
    return {
        "lines": LINES,
        "lines_chained_per_second": round(LINES / chaining),
        "lines_checked_per_second": round(LINES / checking),
    }


def _check(court_id: int) -> None:
    checked = checking_trail.check(db.session.connection(), court_id)
    assert checked.is_sound, checked


def _seconds(work) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
