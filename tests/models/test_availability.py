"""What a juror says about when they can come."""

from datetime import date, time, timedelta

import pytest

from tests import make
from youthcourt.errors import RuleBroken
from youthcourt.models import Availability, Week

SATURDAY, SUNDAY = 5, 6


@pytest.fixture
def juror(cast):
    return cast.jurors[0]


def days_of(stated, first=date(2026, 3, 1), number=92):
    """The days of March to May that are meant."""
    days = (first + timedelta(days=n) for n in range(number))
    return [f"{day.month}/{day.day}" for day in days if stated.is_on(day)]


@pytest.mark.parametrize(
    ("week", "days"),
    [
        (Week.EVERY, "3/7 3/14 3/21 3/28 4/4 4/11 4/18 4/25 5/2 5/9 5/16 5/23 5/30"),
        (Week.FIRST, "3/7 4/4 5/2"),
        (Week.SECOND, "3/14 4/11 5/9"),
        (Week.THIRD, "3/21 4/18 5/16"),
        (Week.FOURTH, "3/28 4/25 5/23"),
        (Week.LAST, "3/28 4/25 5/30"),
    ],
)
def test_a_usual_day_is_every_one_or_one_of_each_month(cast, juror, week, days):
    stated = Availability.state(juror, cast.cora, make.TODAY, weekday=SATURDAY, week=week)

    assert days_of(stated) == days.split()


def test_it_holds_from_its_first_day_through_its_last(cast, juror):
    span = {"starts_on": date(2026, 3, 14), "ends_on": date(2026, 4, 4)}
    stated = Availability.state(juror, cast.cora, weekday=SATURDAY, **span)

    assert days_of(stated) == ["3/14", "3/21", "3/28", "4/4"]


def test_without_a_weekday_every_day_of_the_span_is_meant(cast, juror):
    stated = Availability.state(juror, cast.cora, date(2026, 4, 3), ends_on=date(2026, 4, 5))

    assert days_of(stated) == ["4/3", "4/4", "4/5"]


def test_times_count_for_the_start_of_a_hearing(cast, juror):
    stated = Availability.state(
        juror, cast.cora, make.TODAY, weekday=SATURDAY, from_time=time(10), until_time=time(12)
    )

    starts = [time(9, 59), time(10), time(11, 59), time(12)]
    assert [stated.covers(each) for each in starts] == [False, True, True, False]


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        (
            {"ends_on": make.TODAY - timedelta(1), "weekday": 5},
            "ends_on",
            "The last day is before the first.",
        ),
        ({"starts_on": date(2026, 3, 1), "ends_on": date(2026, 3, 2)}, "starts_on", "This day is over."),
        ({"weekday": 5, "from_time": time(12), "until_time": time(12)}, "until_time", "The end is not later"),
    ],
)
def test_what_cannot_be_meant_is_refused(cast, juror, said, field, words):
    with pytest.raises(RuleBroken, match=words) as refused:
        Availability.state(juror, cast.cora, **{"starts_on": make.TODAY, **said})

    assert refused.value.field == field


def test_a_list_has_an_end(cast, juror, session):
    for _ in range(20):
        Availability.state(juror, cast.cora, make.TODAY, weekday=SUNDAY)
    session.flush()
    session.refresh(juror)

    with pytest.raises(RuleBroken, match="This list is full"):
        Availability.state(juror, cast.cora, make.TODAY, weekday=SUNDAY)


def test_saying_and_taking_back_are_written_down(cast, juror, session, logged):
    stated = Availability.state(juror, cast.cora, make.TODAY, weekday=SATURDAY)
    stated.withdraw(by=cast.cora)
    session.flush()
    session.refresh(juror)

    said = {"juror": juror.id, "starts_on": "2026-03-07", "ends_on": None}
    assert logged() == [
        ("availability.stated", cast.cora, said),
        ("availability.withdrawn", cast.cora, {"juror": juror.id}),
    ]
    assert juror.availabilities == []
