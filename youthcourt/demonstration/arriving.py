"""Jurors arrive: who comes, who stays away, and how short panels are filled."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from youthcourt.models import CourtSession, Hearing, Juror, SittingState
from youthcourt.procedures.seating import candidates, seat_juror

from .booking import call_in
from .drawing import make_ready, mend
from .second_steps import hand_tablet
from .stage import Stage

COMES, TICKED_BY_MISTAKE = 0.93, 0.1


def check_in(stage: Stage, night: CourtSession, rng: Random) -> None:
    """Jurors arrive. Whoever does not come leaves a seat to a reserve, or to somebody else who came."""
    for sitting in night.sittings:
        if sitting.state is not SittingState.BOOKED:
            continue
        if sitting.juror is stage.demo_juror or rng.random() < COMES:
            sitting.check_in(by=stage.colleague)
        elif rng.random() < TICKED_BY_MISTAKE:
            sitting.check_in(by=stage.colleague)
            sitting.undo_check_in(by=stage.colleague)
    mend(stage, night)
    for hearing in night.docket:
        fill(stage, hearing)
    make_ready(stage, night)
    hand_tablet(stage, night)


def fill(stage: Stage, hearing: Hearing) -> None:
    """A short panel gets jurors who have come and may sit; when none are left, volunteers are called in."""
    if hearing.panel is None:
        return
    may_sit: dict[int, bool] = {}
    for juror in _at_hand(stage, hearing.court_session):
        if len(hearing.panel.sitting_seats) > stage.court.panel_minimum:
            return
        if juror.id not in may_sit:  # somebody called in just now, or the first
            may_sit = {each.juror.id: each.may_sit for each in candidates(hearing)}
        if may_sit[juror.id]:
            _seat(stage, hearing, juror)
            may_sit = {}  # who sits changes who else may


def _at_hand(stage: Stage, night: CourtSession) -> Iterator[Juror]:
    yield from [each.juror for each in night.sittings if each.state is SittingState.CHECKED_IN]
    for sitting in call_in(stage, night):
        sitting.check_in(by=stage.colleague)
        yield sitting.juror


def _seat(stage: Stage, hearing: Hearing, juror: Juror) -> None:
    assert hearing.panel is not None
    if all(seat.juror is not juror for seat in hearing.panel.seats):
        seat_juror(hearing.panel, juror, by=stage.coordinator)
