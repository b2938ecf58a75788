"""The coming months: the office proposes and publishes a schedule, jurors take open days and swap theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time, timedelta
from functools import partial

from youthcourt.models import CourtSession, Juror, JurorSchedule, OpenDate, Sitting, SittingState, Swap
from youthcourt.procedures.jury import offering, publishing, swapping

from .season import DAYS_BETWEEN, NIGHTS
from .stage import Stage, Story
from .today import NEXT_NIGHT

EVENINGS = 5
STARTS = (time(18, 30), time(19), time(19, 30), time(20))


def months_ahead(stage: Stage) -> Story:
    """Two days before tonight, when its panels are drawn and the coming evenings are planned."""
    day = stage.season.as_of - timedelta(days=2)
    yield stage.at(day, 9)
    evenings = [_plan(stage, number) for number in range(NEXT_NIGHT + 1, NEXT_NIGHT + 1 + EVENINGS)]
    yield stage.at(day, 10)
    _propose(stage, asks_everybody=False).discard(by=stage.coordinator)
    stage.keep()
    schedule = _propose(stage, asks_everybody=True)
    _change_by_hand(stage, schedule)
    publishing.publish(schedule, by=stage.coordinator)
    yield stage.at(day, 11)
    _offer_days(stage, evenings)
    yield stage.at(day, 15)
    _swap_days(stage, evenings)
    _ask_too_late(stage)


def _plan(stage: Stage, number: int) -> CourtSession:
    day = stage.season.as_of + timedelta(days=DAYS_BETWEEN * (number - NIGHTS))
    return CourtSession.plan(
        stage.court, day, list(STARTS), rooms=list(stage.court.rooms), by=stage.coordinator
    )


def _propose(stage: Stage, asks_everybody: bool) -> JurorSchedule:
    as_of = stage.season.as_of
    schedule = publishing.propose(
        stage.court,
        as_of + timedelta(days=DAYS_BETWEEN + 1),
        as_of + timedelta(days=DAYS_BETWEEN * (EVENINGS + 1)),
        by=stage.coordinator,
        asks_everybody=asks_everybody,
        seed=f"{stage.season.seed}-months-{asks_everybody}",
    )
    stage.keep()
    return schedule


def _change_by_hand(stage: Stage, schedule: JurorSchedule) -> None:
    """One juror is on the phone and would rather come on another day; the last day is made smaller."""
    first, last = schedule.days[0], schedule.days[-1]
    place = first.places[0]
    first.take_out(place, by=stage.coordinator)
    stage.keep()
    publishing.put(first, place.juror, by=stage.coordinator)
    last.want(max(0, last.wanted - 2), by=stage.coordinator)
    stage.keep()


def _offer_days(stage: Stage, evenings: list[CourtSession]) -> None:
    """Two evenings are offered; somebody takes a place at once, and one evening is full then."""
    first, second, third, *_rest = evenings
    for evening in (first, second, third):
        stage.court.session.refresh(evening)
        OpenDate.offer(evening, publishing.booked_on(evening) + 2, by=stage.coordinator)
    stage.keep()
    offered = stage.court.session.query(OpenDate).order_by(OpenDate.id).all()
    for open_date in offered[:2]:
        juror = _somebody(stage, partial(offering.why_not_take, open_date))
        if juror:
            offering.take(open_date, juror, by=stage.account_of(juror))
            stage.keep()
    offered[2].close(by=stage.coordinator)


def _somebody(stage: Stage, why_not: Callable[[Juror], str | None]) -> Juror | None:
    """The first volunteer, but for the demonstration's own, in whose way no rule stands."""
    others = [juror for juror in stage.volunteers if juror is not stage.demo_juror]
    return next((juror for juror in others if why_not(juror) is None), None)


def _booked(stage: Stage, evening: CourtSession) -> Iterator[Sitting]:
    stage.court.session.refresh(evening)
    for sitting in list(evening.sittings):
        if sitting.state is SittingState.BOOKED and sitting.juror is not stage.demo_juror:
            yield sitting


def _ask(stage: Stage, sitting: Sitting) -> Swap:
    asked = swapping.ask(sitting, by=stage.account_of(sitting.juror))
    stage.keep()
    return asked


def _swap_days(stage: Stage, evenings: list[CourtSession]) -> None:
    """One gives a day away, two exchange theirs at the second try, one comes after all, one still looks."""
    first, *others, last = evenings
    given_away_by = _ask(stage, next(_not_yet(stage, first)))
    taker = _somebody(stage, partial(swapping.why_not_take, given_away_by))
    if taker:
        swapping.take(given_away_by, taker, by=stage.account_of(taker))
    _exchange(stage, _ask(stage, next(_not_yet(stage, others[0]))), evenings)
    kept = next(_not_yet(stage, others[1]))
    _ask(stage, kept).withdraw(by=stage.account_of(kept.juror))
    _ask(stage, next(_not_yet(stage, last)))


def _not_yet(stage: Stage, evening: CourtSession) -> Iterator[Sitting]:
    return (sitting for sitting in _booked(stage, evening) if swapping.why_not_ask(sitting) is None)


def _exchange(stage: Stage, swap: Swap, evenings: list[CourtSession]) -> None:
    asker = stage.account_of(swap.asker)
    possible = [
        sitting
        for evening in evenings
        if evening is not swap.sitting.court_session
        for sitting in _booked(stage, evening)
        if swapping.why_not_exchange(swap, sitting) is None
    ]
    given = possible[0]
    for is_agreed in (False, True):
        swapping.offer_exchange(swap, given, by=stage.account_of(given.juror))
        stage.keep()
        if is_agreed:
            swapping.accept(swap, by=asker)
        else:
            swap.turn_down(by=asker)
        stage.keep()


def _ask_too_late(stage: Stage) -> None:
    """Seats of tonight are drawn: both agree, and the office has to say no."""
    tonight = stage.nights.get(NIGHTS)
    seated = [each for each in _booked(stage, tonight) if each.seats] if tonight else []
    for sitting in seated[:1]:
        swap = _ask(stage, sitting)
        taker = _somebody(stage, partial(swapping.why_not_take, swap))
        if taker is None:
            swap.withdraw(by=stage.account_of(sitting.juror))
            return
        swapping.take(swap, taker, by=stage.account_of(taker))
        stage.keep()
        reason = "The panel is drawn and its papers are printed."
        swapping.decide(swap, False, reason=reason, by=stage.coordinator)
