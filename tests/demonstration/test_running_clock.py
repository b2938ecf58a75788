"""The demonstration's own time."""

from datetime import timedelta

from tests import make
from youthcourt import clock
from youthcourt.demonstration.running_clock import RunningClock, behind


def test_the_last_line_of_the_trail_is_now(court, session):
    court.record("court.looked_at", by=None)
    session.flush()

    with clock.at(make.SATURDAY + timedelta(days=30)):
        assert behind(session) == timedelta(days=30)


def test_a_database_without_a_trail_lives_in_our_time(session):
    assert behind(session) == timedelta()


def test_a_request_is_answered_at_that_time_and_ours_goes_on_outside():
    asked = []

    def app(_environ, _start_response):
        asked.append(clock.now())
        return [b""]

    RunningClock(app, behind=timedelta(days=3))({}, None)

    assert asked == [make.SATURDAY - timedelta(days=3)]
    assert clock.now() == make.SATURDAY
