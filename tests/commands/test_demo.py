"""`flask demo`: what it builds, that the same seed builds the same, and what it refuses."""

import hashlib
import json
import re
import shutil
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests import make
from tests.conftest import app_on
from youthcourt import clock, create_app
from youthcourt import models as m
from youthcourt.demonstration import setting
from youthcourt.demonstration.figures import SMALLEST
from youthcourt.extensions import db


def app_at(folder, kind="test"):
    app = app_on(f"sqlite:///{folder}/demo.sqlite")
    return app if kind == "test" else create_app({**app.config, "YOUTHCOURT_ENV": kind})


@pytest.fixture
def empty(tmp_path):
    """An application whose database has not been made yet."""
    app = app_at(tmp_path)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def empty_beside(tmp_path_factory):
    """Another, beside the demonstration."""
    app = app_at(tmp_path_factory.mktemp("beside"))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder of a court that `flask demo build` made, and what it said."""
    folder = tmp_path_factory.mktemp("built")
    app = app_at(folder)
    result = run(app, "build", "--size", str(SMALLEST), "--seed", "3")
    with app.app_context():
        db.engine.dispose()
    return folder, result


@pytest.fixture
def demo(built, tmp_path):
    """A demonstration on a copy of that court."""
    shutil.copytree(built[0], tmp_path, dirs_exist_ok=True)
    app = app_at(tmp_path, "demo")
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def run(app, *args):
    with clock.at(make.SATURDAY):
        return app.test_cli_runner().invoke(args=["demo", *args])


def trail_of(app):
    """SHA-256 over the whole trail."""
    told = hashlib.sha256()
    columns = ("at", "event", "subject", "subject_id", "case_id", "by_id", "particulars")
    lines = select(*(getattr(m.AuditEvent, name) for name in columns)).order_by(m.AuditEvent.id)
    with app.app_context():
        for line in db.session.execute(lines):
            told.update(json.dumps([line.at.isoformat(), *line[1:]], sort_keys=True).encode())
        db.session.rollback()
    return told.hexdigest()


def test_build_makes_the_tables_and_plays_a_court_that_one_can_sign_in_to(built, demo):
    result = built[1]

    assert result.exit_code == 0, result.output
    assert re.findall(r"\w+@demo.example", result.output) == [
        "coordinator@demo.example",
        "judge@demo.example",
        "juror@demo.example",
        "family@demo.example",
        "admin@demo.example",
    ]
    with demo.app_context():
        assert [court.name for court in db.session.query(m.Court)] == [setting.NAME]
        assert db.session.query(m.Case).count() > SMALLEST
        # the last Monday before the Saturday of the tests
        assert db.session.query(func.max(m.AuditEvent.at)).scalar().date().isoformat() == "2026-03-02"


def test_a_database_that_has_a_court_is_not_built_over(demo):
    result = run(demo, "build")

    assert result.exit_code == 1
    assert "has a court already" in result.output


def test_a_build_that_is_stopped_leaves_no_court(empty, monkeypatch):
    monkeypatch.setattr("youthcourt.demonstration.arrival.tell_referrer", lambda *_args, **_kwargs: 1 / 0)

    result = run(empty, "build", "--size", str(SMALLEST))

    assert isinstance(result.exception, ZeroDivisionError)
    with empty.app_context():
        assert db.session.query(m.Court).count() == 0
        db.session.rollback()


def test_a_court_that_is_too_small_is_refused_in_words(empty):
    result = run(empty, "build", "--size", "3")

    assert result.exit_code == 1
    assert "too small to show every outcome" in result.output


@pytest.mark.parametrize("command", [("run",), ("build", "--fresh")])
def test_nothing_but_a_demonstration_is_served_or_started_over(empty, command):
    result = run(empty, *command)

    assert result.exit_code == 1
    assert "demonstrations only" in result.output


def test_a_fresh_build_starts_over_and_another_seed_plays_another_court(demo):
    before = trail_of(demo)

    result = run(demo, "build", "--fresh", "--size", str(SMALLEST), "--seed", "4")

    assert result.exit_code == 0, result.output
    assert trail_of(demo) != before
    with demo.app_context():
        assert db.session.query(m.Court).count() == 1


def test_the_same_seed_plays_the_same_court_down_to_every_line_of_its_trail(demo, empty_beside):
    result = run(empty_beside, "build", "--size", str(SMALLEST), "--seed", "3")

    assert result.exit_code == 0, result.output
    assert trail_of(empty_beside) == trail_of(demo)


def test_run_serves_the_court_in_the_evening_on_which_it_stands(demo, monkeypatch):
    served = []

    class Server:
        def __init__(self, host, port, app, **_options):
            served.append((host, port, app))

        def serve_forever(self):
            raise KeyboardInterrupt

    monkeypatch.setattr("youthcourt.commands.demo.make_server", Server)

    with clock.at(make.SATURDAY + timedelta(days=40)):
        result = demo.test_cli_runner().invoke(args=["demo", "run", "--port", "9001"])
        [(host, port, app)] = served
        now = app.now()

    assert result.exit_code == 0, result.output
    assert (host, port) == ("127.0.0.1", 9001)
    assert "http://127.0.0.1:9001" in result.output
    assert "Monday, March 2, 2026" in result.output
    assert now.date().isoformat() == "2026-03-02"
