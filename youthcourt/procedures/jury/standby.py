"""How many wait in reserve: as many as this court's own days have shown to be needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import ceil, exp, lgamma

from sqlalchemy import func, select

from youthcourt.models import Court, CourtSession, Sitting, SittingState

LOOKED_BACK = timedelta(days=365)
FEWEST_SITTINGS = 30  # before that, a court has no history to speak of
DAYS_COVERED = 0.9
MOST_OF_SEATS = 0.5


@dataclass(frozen=True)
class Attendance:
    """How many of those who were booked came within a year, and how many did not without saying so."""

    came: int
    missed: int

    @property
    def is_known(self) -> bool:
        return self.came + self.missed >= FEWEST_SITTINGS

    @property
    def percent_missed(self) -> int:
        return round(100 * self.missed / max(1, self.came + self.missed))


@dataclass(frozen=True)
class Cover:
    """So many wait for so many seats; in so many of a hundred days nobody is missing."""

    seats: int
    reserves: int
    percent: int | None  # None while the court has no history


def attendance_of(court: Court) -> Attendance:
    """What the closed days of the last year have shown."""
    counted = (
        select(Sitting.state, func.count(Sitting.id))
        .join(CourtSession, Sitting.court_session_id == CourtSession.id)
        .where(
            Sitting.court_id == court.id,
            Sitting.state.in_((SittingState.CREDITED, SittingState.NO_SHOW)),
            CourtSession.held_on.between(court.today - LOOKED_BACK, court.today),
        )
        .group_by(Sitting.state)
    )
    found = {state: number for state, number in court.session.execute(counted)}
    return Attendance(found.get(SittingState.CREDITED, 0), found.get(SittingState.NO_SHOW, 0))


def cover(history: Attendance, seats: int, least: int) -> Cover:
    """The smallest reserve that is enough on 90 of 100 days, within bounds.

    Enough is: of all who were asked, seated or in reserve, no more stay away than wait. How many stay away
    follows the beta-binomial distribution for what was seen (with Jeffreys' prior of half a case each).
    """
    if not history.is_known or not seats:
        return Cover(seats, least if seats else 0, None)
    most = max(least, ceil(seats * MOST_OF_SEATS))
    reserves = next((r for r in range(least, most) if _is_enough(history, seats, r) >= DAYS_COVERED), most)
    return Cover(seats, reserves, round(100 * _is_enough(history, seats, reserves)))


def _is_enough(history: Attendance, seats: int, reserves: int) -> float:
    asked, a, b = seats + reserves, history.missed + 0.5, history.came + 0.5
    return sum(_chance(missing, asked, a, b) for missing in range(reserves + 1))


def _chance(missing: int, asked: int, a: float, b: float) -> float:
    ways = lgamma(asked + 1) - lgamma(missing + 1) - lgamma(asked - missing + 1)
    return exp(ways + _log_beta(missing + a, asked - missing + b) - _log_beta(a, b))


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
