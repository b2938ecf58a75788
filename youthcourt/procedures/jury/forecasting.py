"""What is still owed in jury duty, and whether there are days left on which it can be paid."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.i18n import lazy as _l
from youthcourt.models import (
    CLOSED_STAGES,
    ActivityKind,
    Case,
    Court,
    CourtSession,
    Juror,
    Obligation,
    ObligationState,
    SanctionActivity,
    Sitting,
    SittingState,
)

from .availability import (
    WHOLE,
    Says,
    booked_days,
    coming_days,
    is_fit,
    may_come,
    places_a_month,
    says,
    within_limit,
)

Timed = tuple[date, list[time]]  # a day, and the times at which its hearings start
SPARE = 1  # days: with no more than these to spare, it is tight
COMING = (SittingState.BOOKED, SittingState.CHECKED_IN)


class Outlook(StrEnum):
    """Whether owed sittings can be paid before they are due."""

    SAFE = "safe"
    TIGHT = "tight"
    AT_RISK = "at_risk"


OUTLOOK_WORDS = {
    Outlook.SAFE: _l("Safe"),
    Outlook.TIGHT: _l("Tight"),
    Outlook.AT_RISK: _l("At risk"),
}


@dataclass(frozen=True)
class Owed:
    """Sittings that somebody owes, and the days on which they can still pay them."""

    owes: int
    chances: int


@dataclass(frozen=True)
class Expected:
    """One duty as it stands: what is left, what is booked before it is due, what could be offered."""

    obligation: Obligation
    juror: Juror | None
    left: int
    booked: int
    could: int
    said_nothing: bool
    is_fit: bool = True  # on any of the days left

    @property
    def due_on(self) -> date:
        return self.obligation.due_on

    @property
    def is_trained(self) -> bool:
        return self.juror is not None and self.juror.is_trained_on(self.juror.court.today)

    @property
    def outlook(self) -> Outlook:
        spare = self.booked + self.could - self.left
        if spare < 0:
            return Outlook.AT_RISK
        return Outlook.TIGHT if spare <= SPARE else Outlook.SAFE


def open_duties(court: Court) -> list[Obligation]:
    """The jury duty that is owed in this court, first due first."""
    owed = (
        select(Obligation)
        .join(Obligation.case)
        .join(Obligation.activity)
        .where(
            Obligation.court_id == court.id,
            Obligation.state == ObligationState.OPEN,
            SanctionActivity.kind == ActivityKind.JURY_DUTY,
            Case.stage.not_in(CLOSED_STAGES),
        )
        .order_by(Obligation.due_on, Obligation.id)
        .options(
            joinedload(Obligation.case).joinedload(Case.respondent),
            selectinload(Obligation.service_records),
            selectinload(Obligation.sittings).joinedload(Sitting.court_session),
        )
    )
    return list(court.session.scalars(owed))


def chances(court_session: CourtSession, jurors: Iterable[Juror]) -> dict[int, Owed]:
    """What each of these jurors owes, and on how many days from this one on they can still pay it.

    Of several duties the most pressing counts, with all that is due before it. Who owes nothing is left out;
    for whom every day is past, this one is the only chance.
    """
    court, by_person = court_session.court, {juror.person_id: juror.id for juror in jurors}
    duties: dict[int, list[Obligation]] = defaultdict(list)
    for duty in open_duties(court):
        if duty.case.respondent_id in by_person:
            duties[duty.case.respondent_id].append(duty)
    last = max((duty.due_on for owed in duties.values() for duty in owed), default=court_session.held_on)
    days = _timed(coming_days(court, court_session.held_on, max(last, court_session.held_on)))
    owing = _jurors_of(court, duties)
    booked = booked_days(owing.values(), court.today, last)
    return {
        by_person[person_id]: _most_pressing(owing[person_id], owed, days, booked)
        for person_id, owed in duties.items()
    }


def _timed(days: Iterable[CourtSession]) -> list[Timed]:
    return [(day.held_on, day.starts) for day in days]


def _jurors_of(court: Court, person_ids: Iterable[int]) -> dict[int, Juror]:
    """The jurors that these people are, by the number of the person."""
    theirs = select(Juror).where(Juror.court_id == court.id, Juror.person_id.in_(list(person_ids)))
    return {juror.person_id: juror for juror in court.session.scalars(theirs.options(*WHOLE))}


def _most_pressing(
    juror: Juror, duties: list[Obligation], days: list[Timed], booked: dict[int, list[date]]
) -> Owed:
    limit, owes, found = places_a_month(juror.court), 0, []
    possible = [day for day, starts in days if _is_chance(juror, day, starts, booked)]
    for duty in duties:
        owes += duty.amount_left
        in_time = within_limit([day for day in possible if day <= duty.due_on], limit)
        found.append(Owed(owes, max(1, in_time)))
    return min(found, key=lambda owed: owed.chances - owed.owes)


def _is_chance(juror: Juror, day: date, starts: list[time], booked: dict[int, list[date]]) -> bool:
    return is_fit(juror, day) if day in booked[juror.id] else may_come(juror, day, starts)


def expectations(court: Court) -> list[Expected]:
    """Every open duty of the court, the most worrying first."""
    duties = open_duties(court)
    jurors = _jurors_of(court, {duty.case.respondent_id for duty in duties})
    last = max((duty.due_on for duty in duties), default=court.today)
    days = _timed(coming_days(court, court.today + timedelta(days=1), last))  # nobody is asked for today
    booked = booked_days(jurors.values(), court.today.replace(day=1), last)
    spoken_for: Counter[int] = Counter()  # days that an earlier duty of the same person needs
    told = []
    for duty in duties:
        juror = jurors.get(duty.case.respondent_id)
        each = _expect(duty, juror, days, booked, spoken_for[duty.case.respondent_id])
        spoken_for[duty.case.respondent_id] += max(0, each.left - each.booked)
        told.append(each)
    return sorted(told, key=lambda each: (_WORST_FIRST[each.outlook], each.due_on, each.obligation.id))


_WORST_FIRST = {Outlook.AT_RISK: 0, Outlook.TIGHT: 1, Outlook.SAFE: 2}


def _expect(
    duty: Obligation,
    juror: Juror | None,
    days: list[Timed],
    booked: dict[int, list[date]],
    spoken_for: int,
) -> Expected:
    in_time = [(day, starts) for day, starts in days if day <= duty.due_on]
    pays = sum(
        sitting.state in COMING and duty.court.today <= sitting.court_session.held_on <= duty.due_on
        for sitting in duty.sittings
    )
    if juror is None:
        return Expected(duty, None, duty.amount_left, pays, 0, said_nothing=True)
    taken = booked[juror.id]
    free = [day for day, starts in in_time if day not in taken and may_come(juror, day, starts)]
    limit = places_a_month(juror.court)
    could = within_limit([*taken, *free], limit) - within_limit(taken, limit)
    silent = all(says(juror, day, starts) is Says.NOTHING for day, starts in in_time)
    return Expected(
        duty,
        juror,
        left=duty.amount_left,
        booked=pays,
        could=max(0, could - spoken_for),
        said_nothing=silent,
        is_fit=not in_time or any(is_fit(juror, day) for day, _starts in in_time),
    )


@dataclass(frozen=True)
class Fit:
    """Sittings that a plan asks for, and the days on which they could be paid before they are due."""

    asked: int
    due_on: date
    days: int
    could: int

    @property
    def outlook(self) -> Outlook:
        spare = self.could - self.asked
        if spare < 0:
            return Outlook.AT_RISK
        return Outlook.TIGHT if spare <= SPARE else Outlook.SAFE


def fit(court: Court, asked: int, due_on: date) -> Fit:
    """Whether so many sittings fit before a day, on the days planned so far, as somebody new would come."""
    days = [day.held_on for day in coming_days(court, court.today + timedelta(days=1), due_on)]
    return Fit(asked, due_on, len(days), within_limit(days, places_a_month(court)))


def at_risk(court: Court) -> int:
    """How many duties can hardly be paid in time any more."""
    return sum(each.outlook is Outlook.AT_RISK for each in expectations(court))
