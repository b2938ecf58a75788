"""The one place that asks the time: days, business days, ages."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tests import make
from youthcourt import clock


def test_the_clock_can_be_held_and_goes_on_afterwards():
    noon = datetime(2026, 7, 4, 12, 0, tzinfo=timezone(timedelta(hours=-4)))

    with clock.at(noon):
        held = clock.now(), clock.now()

    assert held == (datetime(2026, 7, 4, 16, 0, tzinfo=UTC),) * 2
    assert clock.now() == make.SATURDAY


def test_it_goes_on_even_when_something_breaks():
    with pytest.raises(ZeroDivisionError), clock.at(datetime(2030, 1, 1, tzinfo=UTC)):
        raise ZeroDivisionError

    assert clock.now() == make.SATURDAY


def test_a_moment_without_a_time_zone_is_no_moment():
    naive = make.SATURDAY.replace(tzinfo=None)

    with pytest.raises(ValueError, match="time zone"), clock.at(naive):
        pass


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/New_York", date(2026, 3, 7)),
        ("America/Los_Angeles", date(2026, 3, 7)),
        ("UTC", date(2026, 3, 8)),
        ("Pacific/Auckland", date(2026, 3, 8)),
    ],
)
def test_it_is_another_day_elsewhere(zone, day):
    with clock.at(datetime(2026, 3, 8, 4, 30, tzinfo=UTC)):
        assert clock.today(zone) == day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 8, 4, 59, tzinfo=UTC), date(2026, 3, 7)),  # a minute before midnight, winter time
        (datetime(2026, 3, 8, 5, 0, tzinfo=UTC), date(2026, 3, 8)),
        (datetime(2026, 3, 9, 3, 59, tzinfo=UTC), date(2026, 3, 8)),  # summer time since that morning
        (datetime(2026, 3, 9, 4, 0, tzinfo=UTC), date(2026, 3, 9)),
        (datetime(2026, 11, 2, 4, 59, tzinfo=UTC), date(2026, 11, 1)),  # and back
        (datetime(2026, 11, 2, 5, 0, tzinfo=UTC), date(2026, 11, 2)),
    ],
)
def test_midnight_is_where_the_court_is_through_both_changes_of_the_hour(moment, day):
    with clock.at(moment):
        assert clock.today("America/New_York") == day


MONDAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (MONDAY, 0, MONDAY),
        (MONDAY, 1, date(2026, 3, 10)),
        (MONDAY, 4, date(2026, 3, 13)),
        (MONDAY, 5, date(2026, 3, 16)),
        (date(2026, 3, 13), 1, date(2026, 3, 16)),  # from a Friday
        (date(2026, 3, 14), 1, date(2026, 3, 16)),  # from a Saturday
        (date(2026, 3, 15), 1, date(2026, 3, 16)),  # from a Sunday
        (MONDAY, 15, date(2026, 3, 30)),
    ],
)
def test_business_days_leave_out_weekends(start, days, end):
    assert clock.add_business_days(start, days) == end


def test_business_days_are_the_mondays_to_fridays_in_between():
    for days in range(40):
        for start in (MONDAY + timedelta(days=offset) for offset in range(7)):
            end = clock.add_business_days(start, days)
            between = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
            assert sum(day.weekday() < 5 for day in between) == days


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2010, 5, 1), date(2026, 4, 30), 15),
        (date(2010, 5, 1), date(2026, 5, 1), 16),
        (date(2010, 12, 31), date(2027, 1, 1), 16),
        (date(2012, 2, 29), date(2025, 2, 28), 12),  # a leap day's birthday is March 1 in common years
        (date(2012, 2, 29), date(2025, 3, 1), 13),
        (date(2012, 2, 29), date(2028, 2, 28), 15),
        (date(2012, 2, 29), date(2028, 2, 29), 16),
        (date(2010, 3, 1), date(2028, 2, 29), 17),
        (date(2026, 3, 7), date(2026, 3, 7), 0),
    ],
)
def test_age_counts_full_years(born_on, day, age):
    assert clock.age_on(born_on, day) == age
