"""How fast a court is played: cases a second, and what a case costs in a court four times the size."""

import time
from datetime import date
from tempfile import TemporaryDirectory

from tests.conftest import app_on
from tests.database import sqlite_database
from youthcourt.demonstration.player import play
from youthcourt.extensions import db, writing

MONDAY = date(2026, 3, 2)
SMALL, LARGE = 40, 160


def run() -> dict[str, object]:
    """Processor time of two plays in one run. Their ratio tells growth, whatever machine it runs on."""
    small, large = seconds(SMALL), seconds(LARGE)
    return {
        "cases_per_second": round(LARGE / large, 1),
        f"seconds_for_{SMALL}": round(small, 1),
        f"seconds_for_{LARGE}": round(large, 1),
        "cost_of_a_case_large_to_small": round((large / LARGE) / (small / SMALL), 2),
    }


def seconds(size: int) -> float:
    with TemporaryDirectory() as folder:
        app = app_on(sqlite_database(folder))
        with app.app_context(), writing():
            began = time.process_time()
            play(db.session(), size=size, seed=1, as_of=MONDAY)
            db.session.commit()
            took = time.process_time() - began
            db.session.remove()
            db.engine.dispose()
    return took
