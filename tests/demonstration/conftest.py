"""An application on a database of its own, for plays that need one database only."""

import pytest

from tests.conftest import app_on
from tests.database import sqlite_database
from tests.lot import EVERY
from youthcourt.extensions import db, writing

# The whole published year takes minutes to play; the year of a small court is played each time.
collect_ignore = [] if EVERY else ["test_published_year.py"]


@pytest.fixture(scope="module")
def sqlite_app(tmp_path_factory):
    app = app_on(sqlite_database(tmp_path_factory.mktemp("play")))
    with app.app_context(), writing():
        yield app
        db.session.remove()
        db.engine.dispose()
