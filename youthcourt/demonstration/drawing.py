"""Panels before the evening: drawn by lot, and what moves once they are."""

from __future__ import annotations

from itertools import chain
from random import Random

from youthcourt.errors import RuleBroken
from youthcourt.models import AdjournmentReason, CourtSession, Hearing, Juror
from youthcourt.procedures.hearing_day import excuse
from youthcourt.procedures.seating import candidates, draw_panel, lot

from . import words
from .booking import call_in
from .season import Fate, Turn
from .stage import Stage

EXCUSED_BEFORE = 0.04
ADJOURNED_FOR = (
    AdjournmentReason.FAMILY_ASKED,
    AdjournmentReason.ILLNESS,
    AdjournmentReason.INTERPRETER,
    AdjournmentReason.COURT_CLOSED,
    AdjournmentReason.PANEL_SHORT,
    AdjournmentReason.OTHER,
)


def draw_panels(stage: Stage, night: CourtSession) -> None:
    """Draw the panels of an evening that is at most some days ahead, and make it ready."""
    if night.held_on > stage.season.as_of:
        return
    for hearing in night.docket:
        _draw(stage, hearing)
    make_ready(stage, night)


def make_ready(stage: Stage, night: CourtSession) -> None:
    if night.why_not_make_ready() is None:
        night.make_ready(by=stage.coordinator)


def _draw(stage: Stage, hearing: Hearing) -> None:
    lots = f"{stage.season.seed}-{hearing.id}"
    if _fate(stage, hearing).takes(Turn.DELIBERATING_TONIGHT) and stage.demo_juror:
        lots = _lots_that_seat(stage.demo_juror, hearing, lots)
    for _volunteer in chain([None], call_in(stage, hearing.court_session)):
        try:
            draw_panel(hearing, by=stage.coordinator, seed=lots)
        except RuleBroken:  # too few may sit: one more volunteer is called
            continue
        return


def _lots_that_seat(juror: Juror, hearing: Hearing, lots: str) -> str:
    """The first lots with which this juror is drawn before all others, and so leads the panel."""
    free = [each.juror.id for each in candidates(hearing) if each.may_sit]
    tries = (f"{lots}-{number}" for number in range(1000))
    return next((seed for seed in tries if min(free, key=lambda each: lot(seed, each)) == juror.id), lots)


def _fate(stage: Stage, hearing: Hearing) -> Fate:
    return stage.fates[hearing.case_id]


def move_and_adjourn(stage: Stage, night: CourtSession, number: int) -> None:
    """Some families ask for another time, the same evening or the next."""
    for hearing in list(night.docket):
        fate = _fate(stage, hearing)
        if fate.takes(Turn.ADJOURNED) and fate.night == number + 1:
            _adjourn(stage, hearing, stage.nights[number + 1])
        elif fate.takes(Turn.MOVED):
            _move(stage, hearing)
    make_ready(stage, night)


def _adjourn(stage: Stage, hearing: Hearing, to: CourtSession) -> None:
    """Another evening, for each reason there is in turn."""
    reason = ADJOURNED_FOR[stage.adjourned % len(ADJOURNED_FOR)]
    stage.adjourned += 1
    block, room = to.free_places()[-1]
    judge = stage.judges[to.rooms.index(room)]
    hearing.adjourn(
        block, room, reason, by=stage.coordinator, note=words.ADJOURNMENT_NOTES.get(reason, ""), judge=judge
    )


def _move(stage: Stage, hearing: Hearing) -> None:
    """Another time on the same evening, where one is free; the panel is drawn anew."""
    night = hearing.court_session
    free = [place for place in night.free_places() if place[0] is not hearing.block]
    if free:
        block, room = free[0]
        hearing.move(block, room, stage.judges[night.rooms.index(room)], by=stage.coordinator)
        _draw(stage, hearing)


def excuse_some(stage: Stage, night: CourtSession, rng: Random) -> None:
    """A few jurors call in; reserves move up."""
    if not night.docket or night.held_on > stage.season.as_of:
        return
    for sitting in list(night.sittings):
        if sitting.juror is not stage.demo_juror and rng.random() < EXCUSED_BEFORE:
            excuse(sitting, rng.choice(words.JUROR_EXCUSES), by=stage.colleague)
    make_ready(stage, night)
