"""`flask audit`: noted outside, checked against what was noted, told by the exit code."""

import json

import pytest
from sqlalchemy import text

from tests import make
from tests.cast import cast_of
from tests.conftest import app_on
from tests.database import in_hand
from tests.migrated import a_copy, the_template  # noqa: F401 - fixtures
from youthcourt.extensions import db, writing


@pytest.fixture
def run(migrated_database):
    """A command on a court whose trail is kept."""
    app = app_on(migrated_database)
    with app.app_context(), writing():
        cast_of(make.court())
        db.session.commit()
        db.session.remove()

        def run(*words):
            result = app.test_cli_runner().invoke(args=["audit", *map(str, words)])
            db.session.remove()
            return result

        yield run
        db.engine.dispose()


@pytest.fixture
def anchors(run, tmp_path):
    assert run("anchor", "--to", tmp_path / "anchors.jsonl").exit_code == 0
    return tmp_path / "anchors.jsonl"


def tamper(*statements):
    """What somebody does who may do anything to the database."""
    triggers = {
        "sqlite": [f"DROP TRIGGER audit_event_is_never_{done}" for done in ("altered", "removed")],
        "postgresql": ["DROP TRIGGER audit_event_is_never_altered ON audit_event"],
    }
    with in_hand().begin() as connection:
        for statement in [*triggers[connection.dialect.name], *statements]:
            connection.execute(text(statement))


CUT = [
    "DELETE FROM audit_event WHERE number > 5",
    "UPDATE audit_head SET count = 5, hash = (SELECT hash FROM audit_event WHERE number = 5)",
]


def test_the_end_of_each_trail_is_noted_line_after_line(run, anchors):
    again = run("anchor", "--to", anchors)

    noted = [json.loads(line) for line in anchors.read_text().splitlines()]
    assert [(line["court"], line["at"]) for line in noted] == [(1, "2026-03-07T17:00:00+00:00")] * 2
    assert f"Court 1: {noted[0]['entries']} entries, head {noted[0]['head']}" in again.output


def test_a_sound_trail_ends_with_0(run, anchors):
    result = run("verify", "--anchors", anchors)

    assert (result.exit_code, ": sound." in result.output) == (0, True)


def test_a_broken_link_is_named_and_ends_with_1(run, anchors):
    tamper("UPDATE audit_event SET event = 'case.probed' WHERE number = 7")

    result = run("verify", "--anchors", anchors)

    told = "Court 1: entry 7: The entry was changed after it was written."
    assert (result.exit_code, told in result.output) == (1, True)


def test_a_tail_that_was_cut_ends_with_2_and_needs_the_anchors(run, anchors):
    tamper(*CUT)

    results = [run("verify"), run("verify", "--anchors", anchors)]

    assert [result.exit_code for result in results] == [0, 2]
    assert "The trail is not the one that was noted outside." in results[1].output
