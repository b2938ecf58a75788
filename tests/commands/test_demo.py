"""`flask demo`: what it builds, and what it refuses."""

import re
from datetime import timedelta

import pytest

from tests import make
from tests.conftest import app_on
from youthcourt import clock, create_app
from youthcourt import models as m
from youthcourt.demonstration.figures import SMALLEST
from youthcourt.extensions import db


def settings_of(app, kind):
    return {**app.config, "YOUTHCOURT_ENV": kind}


@pytest.fixture
def empty(tmp_path):
    """An application whose database has not been made yet."""
    app = app_on(f"sqlite:///{tmp_path}/demo.sqlite")
    yield app
    with app.app_context():
        db.engine.dispose()


def run(app, *args):
    with clock.at(make.SATURDAY):
        return app.test_cli_runner().invoke(args=["demo", *args])


def test_build_makes_the_tables_and_plays_a_court_that_one_can_sign_in_to(empty):
    result = run(empty, "build", "--size", str(SMALLEST), "--seed", "3")

    assert result.exit_code == 0, result.output
    assert re.findall(r"\w+@demo.example", result.output) == [
        "coordinator@demo.example",
        "judge@demo.example",
        "juror@demo.example",
        "family@demo.example",
        "admin@demo.example",
    ]
    with empty.app_context():
        [court] = db.session.query(m.Court)
        assert db.session.query(m.Case).count() > SMALLEST
        # the last Monday before the Saturday of the tests
        assert max(line.at for line in db.session.query(m.AuditEvent)).date().isoformat() == "2026-03-02"
        assert court.name.endswith("Youth Court")
        db.session.rollback()

    again = run(empty, "build")

    assert again.exit_code == 1
    assert "has a court already" in again.output


def test_a_build_that_is_stopped_leaves_no_court(empty, monkeypatch):
    monkeypatch.setattr("youthcourt.demonstration.player.hand_out", lambda _session: 1 / 0)

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


def test_a_fresh_build_starts_over(empty):
    demo = create_app(settings_of(empty, "demo"))
    first = run(demo, "build", "--size", str(SMALLEST), "--seed", "3")
    with demo.app_context():
        before = db.session.query(m.AuditEvent).count()
        db.session.rollback()

    second = run(demo, "build", "--fresh", "--size", str(SMALLEST), "--seed", "4")

    assert (first.exit_code, second.exit_code) == (0, 0), second.output
    with demo.app_context():
        assert db.session.query(m.Court).count() == 1
        assert db.session.query(m.AuditEvent).count() != before
        db.session.rollback()
        db.engine.dispose()


def test_run_serves_the_court_in_the_evening_on_which_it_stands(empty, monkeypatch):
    served = []

    class Server:
        def __init__(self, host, port, app, **_options):
            served.append((host, port, app))

        def serve_forever(self):
            raise KeyboardInterrupt

    monkeypatch.setattr("youthcourt.commands.demo.make_server", Server)
    demo = create_app(settings_of(empty, "demo"))
    run(demo, "build", "--size", str(SMALLEST), "--seed", "3")

    with clock.at(make.SATURDAY + timedelta(days=40)):
        result = demo.test_cli_runner().invoke(args=["demo", "run", "--port", "9001"])

    [(host, port, app)] = served
    assert result.exit_code == 0, result.output
    assert (host, port) == ("127.0.0.1", 9001)
    assert "http://127.0.0.1:9001" in result.output
    assert "Monday, March 2, 2026" in result.output
    with clock.at(make.SATURDAY + timedelta(days=40)):
        assert app.now().date().isoformat() == "2026-03-02"
    with demo.app_context():
        db.engine.dispose()
