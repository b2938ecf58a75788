"""When a juror can come, as they said it themselves or somebody wrote it down for them."""

from __future__ import annotations

import calendar
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from sqlalchemy import CheckConstraint, ForeignKey, Select, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record
from youthcourt.permissions import Role

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .juror import Juror

MOST = 20  # lines that one juror may write


class Week(StrEnum):
    """Which of the weeks of a month a usual day is in."""

    EVERY = "every"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    LAST = "last"


WEEK_WORDS = {
    Week.EVERY: _l("Every week"),
    Week.FIRST: _l("The first of the month"),
    Week.SECOND: _l("The second of the month"),
    Week.THIRD: _l("The third of the month"),
    Week.FOURTH: _l("The fourth of the month"),
    Week.LAST: _l("The last of the month"),
}
_NUMBERED = (Week.FIRST, Week.SECOND, Week.THIRD, Week.FOURTH)


class Availability(CourtOwned, Audited, Record):
    """A usual day, such as every Saturday from ten to one; or, without a weekday, every day of a span."""

    __table_args__ = (CheckConstraint("weekday IS NOT NULL OR ends_on IS NOT NULL", name="usual_or_ending"),)

    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), index=True)
    juror: Mapped[Juror] = relationship(back_populates="availabilities")
    weekday: Mapped[int | None]  # Monday is 0
    week: Mapped[Week] = mapped_column(default=Week.EVERY)
    # Hearings that start from then until then; without one, from the morning or to the night.
    from_time: Mapped[time | None]
    until_time: Mapped[time | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    stated_at: Mapped[datetime]
    stated_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    stated_by: Mapped[User] = relationship(foreign_keys=stated_by_id)

    @classmethod
    def of_juror(cls, user: User) -> Select[Self]:
        """What the juror who asks has said."""
        juror = cls.juror.property.mapper.class_
        if Role.JUROR not in user.roles or not user.person_id:
            return select(cls).where(false())
        mine = cls.juror.has(juror.person_id == user.person_id)
        return select(cls).where(cls.court_id == user.court_id, mine)

    @classmethod
    def state(
        cls,
        juror: Juror,
        by: User,
        starts_on: date,
        weekday: int | None = None,
        week: Week = Week.EVERY,
        ends_on: date | None = None,
        from_time: time | None = None,
        until_time: time | None = None,
    ) -> Self:
        """Write down when a juror can come: a usual day, or every day of a span."""
        if why_not := cls._why_not_state(juror, weekday, starts_on, ends_on, from_time, until_time):
            raise why_not
        stated = cls(
            court=juror.court,
            juror=juror,
            weekday=weekday,
            week=week if weekday is not None else Week.EVERY,
            starts_on=starts_on,
            ends_on=ends_on,
            from_time=from_time,
            until_time=until_time,
            stated_at=clock.now(),
            stated_by=by,
        )
        juror.session.add(stated)
        stated.record("availability.stated", by=by, juror=juror.id, starts_on=starts_on, ends_on=ends_on)
        return stated

    @staticmethod
    def _why_not_state(
        juror: Juror,
        weekday: int | None,
        starts_on: date,
        ends_on: date | None,
        from_time: time | None,
        until_time: time | None,
    ) -> RuleBroken | None:
        today = juror.court.today
        if juror.left_on:
            return RuleBroken(_("%(name)s no longer sits.", name=juror))
        if ends_on and ends_on < starts_on:
            return RuleBroken(_("The last day is before the first."), field="ends_on")
        if (ends_on or starts_on) < today and (ends_on or weekday is None):
            return RuleBroken(_("This day is over."), field="ends_on" if weekday is not None else "starts_on")
        if from_time and until_time and until_time <= from_time:
            return RuleBroken(_("The end is not later than the start."), field="until_time")
        if len([each for each in juror.availabilities if not each.is_over(today)]) >= MOST:
            return RuleBroken(_("This list is full. Remove a line that you no longer need first."))
        return None

    # Questions

    @property
    def is_usual(self) -> bool:
        return self.weekday is not None

    def is_over(self, today: date) -> bool:
        return self.ends_on is not None and self.ends_on < today

    def is_on(self, day: date) -> bool:
        """Whether this day is one of those that were meant."""
        if day < self.starts_on or (self.ends_on and day > self.ends_on):
            return False
        return self.weekday is None or (day.weekday() == self.weekday and _is_in_week(day, self.week))

    def covers(self, starts_at: time) -> bool:
        """Whether a hearing that starts at this time of day is meant."""
        if self.from_time and starts_at < self.from_time:
            return False
        return self.until_time is None or starts_at < self.until_time

    # Verbs

    def withdraw(self, by: User) -> None:
        """This is no longer so. What is booked stays booked."""
        self.record("availability.withdrawn", by=by, juror=self.juror_id)
        self.session.delete(self)


def _is_in_week(day: date, week: Week) -> bool:
    """Whether a day is, say, the second Saturday of its month, when it is a Saturday."""
    if week is Week.EVERY:
        return True
    if week is Week.LAST:
        return day.day + 7 > calendar.monthrange(day.year, day.month)[1]
    return (day.day - 1) // 7 == _NUMBERED.index(week)
