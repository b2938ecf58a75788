"""A step that is put back leaves what a step that is walked leaves, and is put back only where it may be."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from tests import make, memory, remembered
from tests.database import empty
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.procedures import checking_trail
from youthcourt.procedures.intake import referring

WALKED = 2  # the first time, and the second, when it is kept


@pytest.fixture
def walked(session, monkeypatch):
    """Notes each referral that is received in earnest, from a memory without anything in it."""
    names, receive = [], referring.receive_referral

    def noted(*args, **kwargs):
        names.append("received")
        return receive(*args, **kwargs)

    monkeypatch.setattr(memory, "_walked", set())
    monkeypatch.setattr(memory, "_kept", {})
    monkeypatch.setattr(referring, "receive_referral", noted)
    with memory.steps_kept():
        yield names


def begun_anew():
    db.session.rollback()
    db.session.remove()
    empty()
    return remembered.the_court_with_its_cast()


# PostgreSQL may number the rows of one flush otherwise at each walk.
@pytest.mark.only_on("sqlite")
def test_a_step_put_back_leaves_what_one_that_is_walked_leaves(walked):
    left, kept = [], []

    for _time in range(4):
        cast = begun_anew()
        deliberation = make.proposed(make.held(cast.court, cast))
        kept.append((deliberation.hearing.case.respondent.name, deliberation.is_decided))
        left.append(memory.rows())
        with db.engine.connect() as connection:
            (trail,) = checking_trail.check_all(connection)
        assert trail.is_sound

    assert len(walked) == WALKED
    assert kept == [("Jordan Tate", True)] * 4
    assert left[2] == left[3], "what was put back is, to the last seal, what was kept"
    # Secrets and salts are drawn by lot each time a step is walked; how many rows there are is not.
    assert {table: sorted(found) for table, found in left[0].items()} == {
        table: sorted(found) for table, found in left[3].items()
    }
    assert len(left[0][m.Voter.__table__]) >= 4


def test_what_comes_after_a_step_put_back_is_numbered_on_from_it(walked):
    for _time in range(3):
        cast = begun_anew()
        before = make.admitted(cast.court, cast.cora)

    after = make.person(cast.court, "Later Still")

    assert len(walked) == WALKED
    assert after.id > max(before.respondent_id, *(each.id for each in before.respondent.guardians))


@pytest.mark.parametrize(
    "meddle",
    [
        lambda court: db.session.execute(text("UPDATE court SET phone = '555-0199'")),
        lambda court: setattr(court, "phone", "555-0199"),
        lambda court: db.session.add(m.Room(court=court, name="Attic")),
    ],
    ids=["in SQL", "a record", "a new record"],
)
def test_no_step_is_put_back_once_something_else_was_changed(walked, meddle):
    for _time in range(3):
        cast = begun_anew()
        make.admitted(cast.court, cast.cora)
    cast = begun_anew()
    meddle(cast.court)

    make.admitted(cast.court, cast.cora)

    assert len(walked) == WALKED + 1


@pytest.mark.parametrize("differs", ["hour", "name"])
def test_no_step_is_put_back_at_another_hour_or_for_somebody_else(walked, differs):
    for _time in range(3):
        cast = begun_anew()
        make.admitted(cast.court, cast.cora)
    cast = begun_anew()
    later, name = (timedelta(hours=1), "Jordan Tate") if differs == "hour" else (timedelta(0), "Jo Lee")

    with clock.at(make.SATURDAY + later):
        case = make.admitted(cast.court, cast.cora, name)

    assert len(walked) == WALKED + 1
    assert case.respondent.name == name
