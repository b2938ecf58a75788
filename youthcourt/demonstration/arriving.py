"""Jurors arrive: who comes, who stays away, and how short panels are filled."""

from __future__ import annotations

from random import Random

from youthcourt.models import Arrival, CourtSession, Hearing, Juror, SittingState
from youthcourt.procedures.jury.seating import candidates, miss, seat_juror, undo_miss

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
            miss(sitting, by=stage.coordinator)
            stage.keep()
            undo_miss(sitting, by=stage.coordinator)  # the bus was late, they said, and did not come
            stage.keep()
    _note_judges_and_interpreters(stage, night)
    mend(stage, night)
    for hearing in night.docket:
        fill(stage, hearing)
    make_ready(stage, night)
    hand_tablet(stage, night)


def _note_judges_and_interpreters(stage: Stage, night: CourtSession) -> None:
    """One is taken for another, which is put right."""
    for hearing in night.docket:
        Arrival.note(night, by=stage.colleague, judge=hearing.judge)
        if hearing.case.respondent.needs_interpreter:
            Arrival.note(night, by=stage.colleague, hearing=hearing)
            stage.keep()
            Arrival.take_back(night, by=stage.colleague, hearing=hearing)
            stage.keep()
            Arrival.note(night, by=stage.colleague, hearing=hearing)
    stage.keep()


def fill(stage: Stage, hearing: Hearing) -> None:
    """A short panel gets jurors who have come and may sit; when none are left, volunteers are called in."""
    called = call_in(stage, hearing.court_session)
    while hearing.panel and len(hearing.panel.sitting_seats) <= stage.court.panel_minimum:
        free = _free_for(hearing)
        if free:
            seat_juror(hearing.panel, free[0], by=stage.coordinator)
        elif sitting := next(called, None):
            sitting.check_in(by=stage.colleague)
            stage.keep()
        else:
            return


def _free_for(hearing: Hearing) -> list[Juror]:
    """Who is here, may sit on this panel and has never left it."""
    assert hearing.panel is not None
    were_there = {seat.juror_id for seat in hearing.panel.seats}
    here = {
        sitting.juror_id
        for sitting in hearing.court_session.sittings
        if sitting.state is SittingState.CHECKED_IN
    }
    looked_at = [each.juror for each in candidates(hearing) if each.may_sit]
    return [juror for juror in looked_at if juror.id in here - were_there]
