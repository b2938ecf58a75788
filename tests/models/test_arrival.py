"""Judges and interpreters arrive: noted once, taken back, on the day and until it is closed."""

from datetime import timedelta

import pytest

from tests import make
from tests.refusals import refused
from tests.stages import day_with_hearing
from youthcourt import clock
from youthcourt import models as m


@pytest.fixture
def hearing(court, cast):
    return day_with_hearing(court, cast)


@pytest.fixture(params=["judge", "interpreter"])
def who(request, hearing, cast):
    return {"judge": cast.judy} if request.param == "judge" else {"hearing": hearing}


def test_an_arrival_is_noted_once_and_taken_back(hearing, who, cast, logged, session):
    day = hearing.court_session

    for _time in range(2):
        m.Arrival.note(day, by=cast.cora, **who)
    session.flush()
    came = m.Arrival.find(day, who.get("judge"), who.get("hearing"))
    kept = (came.came_at, came.by, came.audited_case_id)
    for _time in range(2):
        m.Arrival.take_back(day, by=cast.cora, **who)
        session.flush()

    assert kept == (clock.now(), cast.cora, hearing.case_id if "hearing" in who else None)
    assert m.Arrival.find(day, who.get("judge"), who.get("hearing")) is None
    assert [line[0] for line in logged()] == ["arrival.noted", "arrival.undone"]


def test_nobody_arrives_before_the_day_or_once_it_is_closed(hearing, who, cast):
    day = hearing.court_session
    with clock.at(make.SATURDAY - timedelta(days=1)):
        early = refused(m.Arrival.note, day, by=cast.cora, **who)
    day.closed_at = clock.now()

    assert early == "People are checked in on the day of the hearing."
    closed = "This day is closed. To change something, reopen it first."
    assert refused(m.Arrival.note, day, by=cast.cora, **who) == closed
    assert refused(m.Arrival.take_back, day, by=cast.cora, **who) == closed
