"""The one place that asks the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_standing_still: ContextVar[datetime | None] = ContextVar("standing_still", default=None)


def now() -> datetime:
    """This moment in UTC."""
    return _standing_still.get() or datetime.now(UTC)


def today(zone: str) -> date:
    """The day it is where the court is; `zone` is an IANA name such as America/New_York."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the clock at one moment: for tests and for playing a demonstration court."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    token = _standing_still.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _standing_still.reset(token)


def add_business_days(start: date, days: int) -> date:
    """The day `days` Mondays to Fridays after `start`. Holidays are not left out."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def age_on(born_on: date, day: date) -> int:
    """Full years of age. Who is born on February 29 has a birthday on March 1 of common years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
