"""Plans are worked out in a process of its own: killed, cancelled or finished, no page waits for it."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from tests import make
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.procedures import working
from youthcourt.procedures.jury import drawing

PATIENCE = 30

pytestmark = pytest.mark.only_on("sqlite")


@pytest.fixture
def draw(court, cast):
    """A draw that waits for its worker."""
    day = make.court_session(court, cast.cora)
    make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    asked = drawing.ask(day, by=cast.cora)
    db.session.commit()
    return asked


def work(app, court, draw):
    """A worker for it. On SQLite a test that looks holds the one writer's place, so it lets go first."""
    numbers = court.id, draw.id
    db.session.rollback()
    return working.start(app, *numbers)


def now(draw):
    db.session.rollback()
    db.session.refresh(draw)
    return draw.state


def test_a_plan_is_worked_out_beside_the_pages(app, court, draw):
    work(app, court, draw).join(PATIENCE)

    assert now(draw) is m.DrawState.PROPOSED
    assert (draw.counted["lost"], draw.is_proven, drawing.differences(draw)) == (0, True, [])


def test_two_workers_for_one_draw_work_it_out_once(app, court, draw):
    workers = [work(app, court, draw) for _ in range(2)]
    for each in workers:
        each.join(PATIENCE)

    assert now(draw) is m.DrawState.PROPOSED
    assert draw.attempt == 1


@pytest.fixture
def started(monkeypatch):
    """Each process that is started stands still, so that a test can end it at any moment."""
    begun, there = [], threading.Event()
    popen = subprocess.Popen

    def halted(*args, **kwargs):
        process = popen(*args, **kwargs)
        os.kill(process.pid, signal.SIGSTOP)
        begun.append(process)
        there.set()
        return process

    monkeypatch.setattr(working.subprocess, "Popen", halted)

    def wait():
        assert there.wait(PATIENCE)
        return begun[-1]

    return wait


def test_a_worker_killed_leaves_a_draw_that_can_be_started_again(
    app, court, cast, draw, started, monkeypatch
):
    worker = work(app, court, draw)
    started().kill()
    worker.join(PATIENCE)
    stopped = now(draw), draw.result, draw.counted
    monkeypatch.undo()

    drawing.start_again(draw, by=cast.cora)
    db.session.commit()
    work(app, court, draw).join(PATIENCE)

    assert stopped == (m.DrawState.FAILED, None, None)
    assert (now(draw), draw.attempt) == (m.DrawState.PROPOSED, 2)


def test_what_is_cancelled_ends_its_worker(app, court, cast, draw, started):
    worker = work(app, court, draw)
    process = started()
    db.session.rollback()
    db.session.refresh(draw)
    drawing.discard(draw, by=cast.cora)
    db.session.commit()

    worker.join(PATIENCE)

    assert process.poll() == -signal.SIGKILL
    assert now(draw) is m.DrawState.DISCARDED


def test_the_process_knows_no_secret_and_no_database(app, court, draw, started):
    worker = work(app, court, draw)
    process = started()
    with open(f"/proc/{process.pid}/environ", "rb") as environ:
        names = {line.split(b"=")[0] for line in environ.read().split(b"\0") if line}
    process.kill()
    worker.join(PATIENCE)

    assert names <= {b"PATH", b"HOME", b"LANG"}


LOADED = "import wsgi, sys; print([name for name in ('highspy', 'numpy') if name in sys.modules])"


def test_the_solver_is_never_loaded_into_a_process_that_serves_pages():
    environ = {**os.environ, "YOUTHCOURT_ENV": "test", "DATABASE_URL": "sqlite:///:memory:"}
    planted = LOADED.replace("import wsgi, sys", "import wsgi, sys, youthcourt.planning.planning")

    said = [
        subprocess.run(
            [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
        ).stdout
        for code in (LOADED, planted)
    ]

    assert said == ["[]\n", "['highspy', 'numpy']\n"]
