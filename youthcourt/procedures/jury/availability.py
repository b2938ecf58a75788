"""Whether a juror can come on a hearing day: what they said, training, age, the court's limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.i18n import _
from youthcourt.models import Court, CourtSession, Juror, Sitting, SittingState, TimeBlock

# What these questions look at, for whoever loads jurors to ask them.
WHOLE = (
    joinedload(Juror.person),
    selectinload(Juror.trainings),
    selectinload(Juror.absences),
    selectinload(Juror.availabilities),
)
LIVE = (SittingState.BOOKED, SittingState.CHECKED_IN, SittingState.CREDITED)


class Says(StrEnum):
    """What a juror has said about one day."""

    YES = "yes"
    NO = "no"
    NOTHING = "nothing"


def says(juror: Juror, day: date, starts: Sequence[time]) -> Says:
    """Whether they said that they can come on this day to a hearing that starts at one of these times."""
    if juror.is_away_on(day):
        return Says.NO
    if any(each.is_on(day) and any(map(each.covers, starts)) for each in juror.availabilities):
        return Says.YES
    said = any(not each.is_over(day) for each in juror.availabilities)
    return Says.NO if said else Says.NOTHING


def blocks_of(juror: Juror, court_session: CourtSession) -> list[TimeBlock]:
    """The times of a day at which a juror who is booked for it can be called.

    Who said from when until when is called then only; who was booked without having said so is there all day.
    """
    timed = zip(court_session.blocks, court_session.starts, strict=True)
    stated = [each for each in juror.availabilities if each.is_on(court_session.held_on)]
    free = [block for block, start in timed if any(each.covers(start) for each in stated)]
    return free or list(court_session.blocks)


def is_fit(juror: Juror, day: date) -> bool:
    """Whether training, age and the list of jurors let them sit on this day."""
    return _why_not_fit(juror, day) is None


def _why_not_fit(juror: Juror, day: date) -> str | None:
    age, court = juror.person.age_on(day), juror.court
    if juror.left_on:
        return _("%(name)s no longer sits.", name=juror)
    if not juror.is_trained_on(day):
        return _("%(name)s has no training that is good on this day.", name=juror)
    if age is None or not court.juror_youngest_age <= age <= court.juror_oldest_age:
        return _("%(name)s is not of the age for jurors on this day.", name=juror)
    return None


def may_come(juror: Juror, day: date, starts: Sequence[time]) -> bool:
    """Whether nothing speaks against this day: fit to sit, and they have not said that they cannot."""
    return is_fit(juror, day) and says(juror, day, starts) is not Says.NO


def said_about(court_session: CourtSession, juror_ids: Iterable[int]) -> dict[int, Says]:
    """What each of these jurors has said about a day."""
    asked = select(Juror).where(Juror.court_id == court_session.court_id, Juror.id.in_(list(juror_ids)))
    jurors = court_session.session.scalars(asked.options(*WHOLE))
    starts = court_session.starts
    return {juror.id: says(juror, court_session.held_on, starts) for juror in jurors}


# ---- Limits ---------------------------------------------------------------------------------------


def month_of(day: date) -> str:
    """The calendar month in which a day counts towards the court's limit."""
    return day.isoformat()[:7]


def places_a_month(court: Court) -> int | None:
    """On how many days of a month the court asks one juror at most; None where it has set no limit."""
    return court.seating_rules.places_a_month


def places_a_day(court: Court) -> int:
    """How many hearings of one day one juror sits on at most."""
    return court.seating_rules.places_a_day


def booked_days(jurors: Iterable[Juror], starts_on: date, ends_on: date) -> dict[int, list[date]]:
    """The days of a span for which each juror is booked, or on which they sat."""
    by_juror: dict[int, list[date]] = {juror.id: [] for juror in jurors}
    some = next(iter(jurors), None)
    if some is None:
        return by_juror
    booked = (
        select(Sitting.juror_id, CourtSession.held_on)
        .join(CourtSession, Sitting.court_session_id == CourtSession.id)
        .where(
            Sitting.court_id == some.court_id,
            Sitting.state.in_(LIVE),
            CourtSession.held_on.between(starts_on, ends_on),
        )
        .order_by(CourtSession.held_on)
    )
    for juror_id, held_on in some.session.execute(booked):
        if juror_id in by_juror:
            by_juror[juror_id].append(held_on)
    return by_juror


def month_is_full(juror: Juror, day: date, taken: Iterable[date] | None = None) -> bool:
    """Whether the court's limit of this month is reached; `taken` are their days, where they are known."""
    limit, month = places_a_month(juror.court), day.replace(day=1)
    if limit is None:
        return False
    if taken is None:
        taken = booked_days([juror], month, month + timedelta(days=30))[juror.id]
    return sum(each.replace(day=1) == month for each in taken) >= limit


def within_limit(days: Iterable[date], limit: int | None) -> int:
    """How many of these days one juror can be asked for, when no month may have more than the limit."""
    in_month = Counter(map(month_of, days))
    return sum(number if limit is None else min(number, limit) for number in in_month.values())


# ---- Days -----------------------------------------------------------------------------------------


def coming_days(court: Court, starts_on: date, ends_on: date, *options: Any) -> list[CourtSession]:
    """The hearing days of a span that are neither over nor closed, with their times."""
    days = (
        select(CourtSession)
        .where(
            CourtSession.court_id == court.id,
            CourtSession.closed_at.is_(None),
            CourtSession.held_on.between(max(starts_on, court.today), ends_on),
        )
        .order_by(CourtSession.held_on, CourtSession.id)
        .options(selectinload(CourtSession.blocks), *options)
    )
    return list(court.session.scalars(days))
