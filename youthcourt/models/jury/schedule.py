"""The schedule of jurors, months ahead: who is asked for which hearing day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.accounts.user import User
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record, Versioned
from youthcourt.models.court.court_session import CourtSession

from .juror import Juror

MOST_WANTED = 500


class JurorSchedule(CourtOwned, Versioned, Audited, Record):
    """Whom a span of hearing days asks to come: a proposal, looked at and changed, then published."""

    starts_on: Mapped[date]
    ends_on: Mapped[date]
    # Whether those are asked too who have not said when they can come.
    asks_everybody: Mapped[bool]
    # The lots of the proposal. What else it was made from is not kept: it tells who owes a sitting.
    seed: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_by: Mapped[User] = relationship(foreign_keys=made_by_id)
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    published_by: Mapped[User | None] = relationship(foreign_keys=published_by_id)
    days: Mapped[list[ScheduledDay]] = relationship(back_populates="schedule", order_by="ScheduledDay.id")

    @classmethod
    def of_court(cls, user: User) -> Select[JurorSchedule]:
        """The schedules of the reader's court, newest first."""
        return cls.visible_to(user).order_by(cls.id.desc())

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    def why_not_change(self) -> str | None:
        return (
            _("This schedule is published. Book and excuse on the day itself.") if self.published_at else None
        )

    def must_be_draft(self) -> None:
        if why_not := self.why_not_change():
            raise RuleBroken(why_not)

    def discard(self, by: User) -> None:
        """Throw a proposal away. Nobody was told of it."""
        self.must_be_draft()
        self.record("schedule.discarded", by=by, starts_on=self.starts_on, ends_on=self.ends_on)
        for day in self.days:
            for place in day.places:
                self.session.delete(place)
            self.session.delete(day)
        self.session.flush()
        self.session.delete(self)

    def mark_published(self, booked: int, by: User) -> None:
        self.must_be_draft()
        self.published_at, self.published_by = clock.now(), by
        self.record(
            "schedule.published", by=by, starts_on=self.starts_on, ends_on=self.ends_on, booked=booked
        )


class ScheduledDay(CourtOwned, Record):
    """One hearing day of a schedule, and how many jurors it needs."""

    __table_args__ = (UniqueConstraint("schedule_id", "court_session_id"),)

    schedule_id: Mapped[int] = mapped_column(ForeignKey("juror_schedule.id"), index=True)
    schedule: Mapped[JurorSchedule] = relationship(back_populates="days")
    court_session_id: Mapped[int] = mapped_column(ForeignKey("court_session.id"), index=True)
    court_session: Mapped[CourtSession] = relationship()
    wanted: Mapped[int]
    places: Mapped[list[ScheduledPlace]] = relationship(
        back_populates="day", order_by="ScheduledPlace.id", cascade="all, delete-orphan"
    )

    def want(self, number: int, by: User) -> None:
        """Say how many jurors this day needs."""
        self.schedule.must_be_draft()
        if not 0 <= number <= MOST_WANTED:
            raise RuleBroken(_("Write a number from 0 to %(most)s.", most=MOST_WANTED), field="wanted")
        was, self.wanted = self.wanted, number
        if was != number:
            self._changed(by, was=was, wanted=number)

    def put(self, juror: Juror, by: User) -> ScheduledPlace:
        """Ask this juror for this day, too."""
        self.schedule.must_be_draft()
        if any(place.juror_id == juror.id for place in self.places):
            raise RuleBroken(_("%(name)s is asked for this day already.", name=juror), field="juror")
        place = ScheduledPlace(court=self.court, juror=juror, is_by_hand=True)
        self.places.append(place)
        self._changed(by, added=juror.id)
        return place

    def take_out(self, place: ScheduledPlace, by: User) -> None:
        """Do not ask this juror for this day."""
        self.schedule.must_be_draft()
        self.places.remove(place)
        self._changed(by, removed=place.juror_id)

    def _changed(self, by: User, **what: Any) -> None:
        self.schedule.record("schedule.changed", by=by, held_on=self.court_session.held_on, **what)


class ScheduledPlace(CourtOwned, Record):
    """One juror asked for one day of a schedule."""

    __table_args__ = (UniqueConstraint("scheduled_day_id", "juror_id"),)

    scheduled_day_id: Mapped[int] = mapped_column(ForeignKey("scheduled_day.id"), index=True)
    day: Mapped[ScheduledDay] = relationship(back_populates="places")
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), index=True)
    juror: Mapped[Juror] = relationship()
    # Put there by somebody, not by the proposal.
    is_by_hand: Mapped[bool] = mapped_column(default=False)


def published_for(juror: Juror) -> JurorSchedule | None:
    """The latest schedule that is published and not over."""
    found = select(JurorSchedule).where(
        JurorSchedule.court_id == juror.court_id,
        JurorSchedule.published_at.is_not(None),
        JurorSchedule.ends_on >= juror.court.today,
    )
    return juror.session.scalars(found.order_by(JurorSchedule.published_at.desc()).limit(1)).first()
