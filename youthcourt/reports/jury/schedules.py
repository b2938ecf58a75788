"""The schedule of jurors and the days ahead, as rows of what a page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from youthcourt.models import (
    Court,
    CourtSession,
    Juror,
    JurorSchedule,
    OpenDate,
    Person,
    ScheduledDay,
    ScheduledPlace,
    Sitting,
    SittingState,
)
from youthcourt.procedures.jury.availability import LIVE, coming_days
from youthcourt.procedures.jury.publishing import booked_on, usual_hearings, wanted_on

MONTHS = 6
AHEAD = timedelta(days=183)
FEWEST_KNOWN = 20  # sittings: before so many nobody can say how many stay away


@dataclass(frozen=True)
class DayAsked:
    """One day of a schedule: what it needs, what is booked, how many more are asked."""

    id: int
    court_session_id: int
    held_on: date
    wanted: int
    booked: int
    asked: int

    @property
    def filled(self) -> int:
        return self.booked + self.asked

    @property
    def short(self) -> int:
        return max(0, self.wanted - self.filled)


def usual_months(court: Court) -> dict[str, date]:
    """From tomorrow to the end of the sixth month from now."""
    today = court.today
    month = today.month + MONTHS
    first_after = date(today.year + month // 12, month % 12 + 1, 1)
    return {"starts_on": today + timedelta(days=1), "ends_on": first_after - timedelta(days=1)}


def days_of(schedule: JurorSchedule) -> list[DayAsked]:
    """The days of a schedule, in order. Once it is published, whoever is asked is booked."""
    booked = (
        select(func.count(Sitting.id))
        .where(Sitting.court_session_id == ScheduledDay.court_session_id, Sitting.state.in_(LIVE))
        .correlate(ScheduledDay)
        .scalar_subquery()
    )
    asked = (
        select(func.count(ScheduledPlace.id))
        .where(ScheduledPlace.scheduled_day_id == ScheduledDay.id)
        .correlate(ScheduledDay)
        .scalar_subquery()
    )
    rows = (
        select(
            ScheduledDay.id,
            ScheduledDay.court_session_id,
            CourtSession.held_on,
            ScheduledDay.wanted,
            booked.label("booked"),
            asked.label("asked"),
        )
        .join(CourtSession, ScheduledDay.court_session_id == CourtSession.id)
        .where(ScheduledDay.schedule_id == schedule.id)
        .order_by(CourtSession.held_on, ScheduledDay.id)
    )
    found = [DayAsked(**row._mapping) for row in schedule.session.execute(rows)]
    if schedule.is_published:
        return [DayAsked(**{**vars(day), "asked": 0}) for day in found]
    return found


def asked(schedule: JurorSchedule) -> Sequence[Any]:
    """How many days of a schedule ask each juror, by name; those whom none asks come first."""
    number = func.count(ScheduledDay.id)
    rows = (
        select(Juror.id, Person.given_name, Person.family_name, number.label("days"))
        .join(Person, Juror.person_id == Person.id)
        .outerjoin(ScheduledPlace, ScheduledPlace.juror_id == Juror.id)
        .outerjoin(
            ScheduledDay,
            (ScheduledDay.id == ScheduledPlace.scheduled_day_id) & (ScheduledDay.schedule_id == schedule.id),
        )
        .where(Juror.court_id == schedule.court_id, Juror.left_on.is_(None))
        .group_by(Juror.id, Person.given_name, Person.family_name)
        .order_by(number, Person.given_name, Person.family_name, Juror.id)
        .limit(1000)
    )
    return schedule.session.execute(rows).all()


def by_name(day: ScheduledDay) -> list[ScheduledPlace]:
    return sorted(day.places, key=lambda place: (place.juror.person.name, place.id))


@dataclass(frozen=True)
class SeatsAhead:
    """One coming day: what it needs, who is booked, how many of them will come as far as one can tell."""

    court_session_id: int
    held_on: date
    wanted: int
    booked: int
    expected: int
    is_offered: bool

    @property
    def short(self) -> int:
        return max(0, self.wanted - self.expected)


def no_show_percent(court: Court) -> int | None:
    """Of a hundred bookings, how many did not come so far; None while too few are known."""
    came = select(Sitting.state, func.count()).where(
        Sitting.court_id == court.id, Sitting.state.in_((SittingState.CREDITED, SittingState.NO_SHOW))
    )
    counted: dict[SittingState, int] = {
        state: number for state, number in court.session.execute(came.group_by(Sitting.state))
    }
    known = sum(counted.values())
    return round(100 * counted.get(SittingState.NO_SHOW, 0) / known) if known >= FEWEST_KNOWN else None


def seats_ahead(court: Court) -> list[SeatsAhead]:
    """The hearing days of the coming half year."""
    options = (CourtSession.hearings, CourtSession.rooms, CourtSession.sittings)
    tomorrow = court.today + timedelta(days=1)
    days = coming_days(court, tomorrow, court.today + AHEAD, *map(selectinload, options))
    usual, away = usual_hearings(court), no_show_percent(court) or 0
    offered = set(court.session.scalars(_offered(court)))
    return [
        SeatsAhead(
            day.id,
            day.held_on,
            wanted=wanted_on(day, usual),
            booked=booked_on(day),
            expected=booked_on(day) * (100 - away) // 100,
            is_offered=day.id in offered,
        )
        for day in days
    ]


def _offered(court: Court) -> Any:
    return select(OpenDate.court_session_id).where(
        OpenDate.court_id == court.id, OpenDate.closed_at.is_(None)
    )
