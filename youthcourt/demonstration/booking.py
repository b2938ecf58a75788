"""Jurors for an evening: first those who owe jury duty, then volunteers."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from youthcourt.models import CourtSession, Juror, Sitting
from youthcourt.procedures.court.hearing_day import book, duty_to_pay

from .season import DAYS_BETWEEN, End
from .stage import Owing, Stage
from .today import NEXT_NIGHT


def book_jurors(stage: Stage, night: CourtSession, rng: Random) -> None:
    """First those who owe jury duty, as they have to; then volunteers until every panel can be drawn."""
    busiest = max(sum(h.block is block for h in night.docket) for block in night.blocks)
    wanted = busiest * (stage.court.panel_size + 2) + 3
    owing = [each for each in stage.owing if _wants_to_sit(each, night, rng)]
    for each in owing:
        _book(stage, each.juror, night)
    seatable = sum(_may_be_drawn(each.juror, night) for each in owing)
    for juror in _volunteers(stage, rng)[: max(6, wanted - seatable)]:
        _book(stage, juror, night)
    stage.is_refused(book, night.sittings[-1].juror, night, by=stage.coordinator)  # booked already


def _wants_to_sit(owing: Owing, night: CourtSession, rng: Random) -> bool:
    """Whether somebody comes this time: the dutiful in time to be done, others now and then."""
    juror, fate = owing.juror, owing.fate
    if owing.case.is_closed or not juror.is_trained_on(night.held_on) or duty_to_pay(juror) is None:
        return False
    if fate.end in (End.RETURNED, End.WITHDRAWS) and rng.random() < 0.65:
        return False
    if not owing.is_dutiful:
        return rng.random() < 0.6
    nights_left = 1 + max(0, ((fate.ends_on or night.held_on) - night.held_on).days) // DAYS_BETWEEN
    return nights_left <= owing.sittings_left + 1 or rng.random() < 0.8


def _volunteers(stage: Stage, rng: Random) -> list[Juror]:
    """Those who have been asked least come first; the demonstration's juror is asked every time."""
    shuffled = rng.sample(stage.volunteers, len(stage.volunteers))
    by_turn = sorted(shuffled, key=lambda juror: stage.times_booked[juror.id])
    return sorted(by_turn, key=lambda juror: juror is not stage.demo_juror)


def call_in(stage: Stage, night: CourtSession) -> Iterator[Sitting]:
    """Volunteers who are free after all, one after the other, each booked for this evening."""
    for juror in sorted(stage.volunteers, key=lambda juror: (stage.times_booked[juror.id], juror.id)):
        if juror.is_trained_on(night.held_on) and (sitting := _book(stage, juror, night)):
            yield sitting


def _book(stage: Stage, juror: Juror, night: CourtSession) -> Sitting | None:
    age = juror.person.age_on(night.held_on)
    if Sitting.why_not_book(juror, night) or (age or 0) > stage.court.juror_oldest_age:
        return None
    stage.times_booked[juror.id] += 1
    return book(juror, night, by=stage.coordinator)


def _may_be_drawn(juror: Juror, night: CourtSession) -> bool:
    age = juror.person.age_on(night.held_on)
    return age is not None and age >= juror.court.juror_youngest_age


def book_a_few(stage: Stage, rng: Random) -> None:
    """The evening after tonight is still a draft: some jurors, no panel yet."""
    if coming := stage.nights.get(NEXT_NIGHT):
        for juror in _volunteers(stage, rng)[:5]:
            _book(stage, juror, coming)
