"""The schedule of jurors, months ahead: proposed from what they said, changed by hand, published."""

from __future__ import annotations

import json
import secrets
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models import (
    LIVE_STATES,
    Court,
    CourtSession,
    Hearing,
    Juror,
    JurorSchedule,
    Obligation,
    ScheduledDay,
    ScheduledPlace,
    Sitting,
    User,
)
from youthcourt.planning import in_its_own_process
from youthcourt.procedures.court.hearing_day import sittings_to_book

from .availability import (
    LIVE,
    WHOLE,
    Says,
    booked_days,
    coming_days,
    is_fit,
    places_a_day,
    places_a_month,
    says,
)
from .forecasting import open_duties

LONGEST = timedelta(days=366)
MOST_DAYS = 120
USUAL_OF = 6  # days: how many hearings are usual is told by the last ones
NEAR = timedelta(days=14)  # from here on a docket counts as it stands
LATE_DAYS = 21
PATIENCE = 60  # seconds


@dataclass(frozen=True)
class Published:
    """How many were booked, and who could not be any more."""

    booked: int
    left_out: list[tuple[Juror, CourtSession]]


# ---- How many a day needs -------------------------------------------------------------------------


def usual_hearings(court: Court) -> int | None:
    """How many hearings a day of this court usually has; None when none was held yet."""
    held = (
        select(func.count(Hearing.id))
        .join(CourtSession, Hearing.court_session_id == CourtSession.id)
        .where(
            CourtSession.court_id == court.id,
            CourtSession.closed_at.is_not(None),
            Hearing.state.in_(LIVE_STATES),
        )
        .group_by(CourtSession.id, CourtSession.held_on)
        .order_by(CourtSession.held_on.desc())
        .limit(USUAL_OF)
    )
    counted = list(court.session.scalars(held))
    return -(-sum(counted) // len(counted)) if counted else None


def wanted_on(court_session: CourtSession, usual: int | None) -> int:
    """How many jurors a day needs: for its docket or the usual number of hearings, with reserves.

    One juror may sit on several hearings of a day, but on one at a time.
    """
    court, blocks = court_session.court, len(court_session.blocks)
    places = blocks * len(court_session.rooms)
    at_once = Counter(hearing.block_id for hearing in court_session.hearings if hearing.is_live)
    hearings = sum(at_once.values())
    is_settled = court_session.published is not None or court_session.held_on <= court.today + NEAR
    if not (is_settled and hearings):
        hearings = max(hearings, min(places, places if usual is None else usual))
    busiest = max(max(at_once.values(), default=0), -(-hearings // max(1, blocks)))
    posts = court.panel_size + court.seating_rules.bailiffs + court.seating_rules.clerks
    jurors = max(busiest * posts, -(-hearings * posts // places_a_day(court)))
    return jurors + busiest * court.panel_reserves


def booked_on(court_session: CourtSession) -> int:
    """How many jurors are booked for a day, or came."""
    return sum(sitting.state in LIVE for sitting in court_session.sittings)


# ---- The proposal ---------------------------------------------------------------------------------


def propose(
    court: Court,
    starts_on: date,
    ends_on: date,
    by: User,
    asks_everybody: bool = False,
    seed: str | None = None,
) -> JurorSchedule:
    """Propose whom to ask for which day of a span, and keep it as a draft that nobody is told of.

    With `asks_everybody`, those are asked too who have not said when they can come.
    """
    days = _days_to_plan(court, starts_on, ends_on)
    usual, seed = usual_hearings(court), seed or secrets.token_hex(8)
    wanted = {day.id: wanted_on(day, usual) for day in days}
    jurors = _jurors(court)
    facts = _facts(court, days, wanted, jurors, asks_everybody)
    asked = _best(facts, seed)["asked"]
    schedule = JurorSchedule(
        court=court,
        starts_on=starts_on,
        ends_on=ends_on,
        asks_everybody=asks_everybody,
        seed=seed,
        made_at=clock.now(),
        made_by=by,
    )
    court.session.add(schedule)
    _fill(schedule, days, wanted, jurors, asked)
    schedule.record("schedule.proposed", by=by, starts_on=starts_on, ends_on=ends_on, places=len(asked))
    return schedule


def _days_to_plan(court: Court, starts_on: date, ends_on: date) -> list[CourtSession]:
    if ends_on < starts_on:
        raise RuleBroken(_("The last day is before the first."), field="ends_on")
    if ends_on - starts_on > LONGEST:
        raise RuleBroken(_("Choose at most a year."), field="ends_on")
    drafts = select(JurorSchedule.id).where(
        JurorSchedule.court_id == court.id, JurorSchedule.published_at.is_(None)
    )
    if court.session.scalar(drafts.limit(1)):
        raise RuleBroken(_("There is a proposal already. Publish it, or throw it away first."))
    with_docket = (selectinload(CourtSession.hearings), selectinload(CourtSession.rooms))
    more = (*with_docket, selectinload(CourtSession.sittings))
    days = coming_days(court, max(starts_on, court.today + timedelta(days=1)), ends_on, *more)
    if not days:
        raise RuleBroken(
            _("No hearing day is planned in these months. Plan the days first."), field="ends_on"
        )
    return days[:MOST_DAYS]


def _jurors(court: Court) -> list[Juror]:
    asked = select(Juror).where(Juror.court_id == court.id, Juror.left_on.is_(None)).order_by(Juror.id)
    return list(court.session.scalars(asked.options(*WHOLE)))


def _facts(
    court: Court,
    days: Sequence[CourtSession],
    wanted: dict[int, int],
    jurors: Sequence[Juror],
    asks_everybody: bool,
) -> dict[str, Any]:
    """The facts of these months, as planning/season.py defines them."""
    first, last = days[0].held_on.replace(day=1), days[-1].held_on
    taken = booked_days(jurors, first, last + timedelta(days=31))
    duties = _duties_to_book(court)
    timed = [(day, day.starts) for day in days]
    candidates = []
    for juror in jurors:
        owes = duties.get(juror.person_id, [])
        accepts = {Says.YES, Says.NOTHING} if asks_everybody or owes else {Says.YES}
        candidates.append(
            {
                "id": str(juror.id),
                "can": [
                    str(day.id)
                    for day, starts in timed
                    if says(juror, day.held_on, starts) in accepts and is_fit(juror, day.held_on)
                ],
                "taken": [held_on.isoformat() for held_on in taken[juror.id]],
                "owes": [[_due(duty, last).isoformat(), sittings_to_book(duty)] for duty in owes],
                "most": None if juror.is_volunteer else sum(map(sittings_to_book, owes)),
            }
        )
    return {
        "format": "season-1",
        "places_a_month": places_a_month(court),
        "late_days": LATE_DAYS,
        "days": [
            {
                "id": str(day.id),
                "held_on": day.held_on.isoformat(),
                "wanted": max(0, wanted[day.id] - booked_on(day)),
            }
            for day in days
        ],
        "candidates": candidates,
    }


def _due(duty: Obligation, last: date) -> date:
    """What is overdue is owed as soon as may be: within this schedule."""
    return last if duty.is_overdue else duty.due_on


def _duties_to_book(court: Court) -> dict[int, list[Obligation]]:
    """The duties that have sittings left to book, by the person who owes them."""
    duties: dict[int, list[Obligation]] = defaultdict(list)
    for duty in open_duties(court):
        if sittings_to_book(duty) > 0:
            duties[duty.case.respondent_id].append(duty)
    return duties


def _best(facts: dict[str, Any], seed: str) -> dict[str, Any]:
    """The best proposal, made in a process of its own: no page loads the solver."""
    asked = json.dumps({"facts": facts, "seed": seed})
    command, environment = in_its_own_process("season")
    try:
        made = subprocess.run(
            command,
            env=environment,
            input=asked,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise RuleBroken(
            _("This takes too long for so many days. Choose fewer months."), field="ends_on"
        ) from None
    best: dict[str, Any] = json.loads(made.stdout)
    return best


def _fill(
    schedule: JurorSchedule,
    days: Sequence[CourtSession],
    wanted: dict[int, int],
    jurors: Iterable[Juror],
    asked: list[list[str]],
) -> None:
    by_number = {str(juror.id): juror for juror in jurors}
    for day in days:
        places = [
            ScheduledPlace(court=schedule.court, juror=by_number[who])
            for who, number in asked
            if number == str(day.id)
        ]
        schedule.days.append(
            ScheduledDay(court=schedule.court, court_session=day, wanted=wanted[day.id], places=places)
        )


# ---- By hand --------------------------------------------------------------------------------------


def why_not_ask(juror: Juror, day: ScheduledDay) -> str | None:
    """The rule that keeps a juror from being asked for a day of a schedule."""
    held_on = day.court_session.held_on
    if why_not := Sitting.why_not_book(juror, day.court_session):
        return why_not
    if not is_fit(juror, held_on):
        return _("%(name)s has no training or is not of the age for this day.", name=juror)
    limit = places_a_month(juror.court)
    if limit is not None and _in_month(juror, day) >= limit:
        return _("%(name)s has as many days in this month as the court allows.", name=juror)
    return None


def _in_month(juror: Juror, day: ScheduledDay) -> int:
    held_on = day.court_session.held_on
    month = held_on.replace(day=1)
    booked = booked_days([juror], month, month + timedelta(days=30))[juror.id]
    asked = [
        each.court_session.held_on
        for each in day.schedule.days
        if each is not day and any(place.juror_id == juror.id for place in each.places)
    ]
    return len({d for d in (*booked, *asked) if d.replace(day=1) == month})


def put(day: ScheduledDay, juror: Juror, by: User) -> ScheduledPlace:
    """Ask this juror for this day as well."""
    if why_not := why_not_ask(juror, day):
        raise RuleBroken(why_not, field="juror")
    return day.put(juror, by=by)


def put_many(day: ScheduledDay, jurors: Iterable[Juror], by: User) -> list[ScheduledPlace]:
    """Ask all of these for this day as well, or none when one cannot be."""
    return [put(day, juror, by=by) for juror in jurors]


def could_be_asked(day: ScheduledDay) -> list[tuple[Juror, Says]]:
    """Who could be put on this day by hand: first those who said yes, then nothing, then no."""
    taken = {place.juror_id for place in day.places}
    session = day.court_session
    found = [
        (juror, says(juror, session.held_on, session.starts))
        for juror in _jurors(day.court)
        if juror.id not in taken and is_fit(juror, session.held_on)
    ]
    booked = {sitting.juror_id for sitting in session.sittings if sitting.state in LIVE}
    able = [each for each in found if each[0].id not in booked and not each[0].is_away_on(session.held_on)]
    rank = {Says.YES: 0, Says.NOTHING: 1, Says.NO: 2}
    return sorted(able, key=lambda each: (rank[each[1]], each[0].person.name))


# ---- Publishing -----------------------------------------------------------------------------------


def publish(schedule: JurorSchedule, by: User) -> Published:
    """Book everybody who is asked. Whoever can no longer be is left out, and named to whoever publishes."""
    schedule.must_be_draft()
    duties = {
        person_id: [duty for duty in owed for _each in range(sittings_to_book(duty))]
        for person_id, owed in _duties_to_book(schedule.court).items()
    }
    booked, left_out = 0, []
    for day in sorted(schedule.days, key=lambda each: each.court_session.held_on):
        for place in day.places:
            juror, session = place.juror, day.court_session
            if Sitting.why_not_book(juror, session) or not is_fit(juror, session.held_on):
                left_out.append((juror, session))
                continue
            owed = duties.get(juror.person_id)
            Sitting.book(juror, session, by=by, obligation=owed.pop(0) if owed else None)
            booked += 1
    schedule.mark_published(booked, by=by)
    return Published(booked, left_out)


def whole_schedule() -> tuple[Any, ...]:
    """What a schedule is loaded with to be changed and published."""
    session = selectinload(JurorSchedule.days).joinedload(ScheduledDay.court_session)
    places = selectinload(JurorSchedule.days).selectinload(ScheduledDay.places)
    juror = places.joinedload(ScheduledPlace.juror)
    return (
        session.selectinload(CourtSession.sittings),
        session.selectinload(CourtSession.blocks),
        juror.joinedload(Juror.person),
        juror.selectinload(Juror.trainings),
        juror.selectinload(Juror.absences),
        juror.selectinload(Juror.availabilities),
        joinedload(JurorSchedule.made_by),
    )
