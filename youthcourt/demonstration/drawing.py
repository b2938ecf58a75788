"""Panels before the evening: drawn for the whole of it, and what moves once they are."""

from __future__ import annotations

from itertools import chain
from random import Random

from youthcourt.models import (
    AdjournmentReason,
    CourtSession,
    Draw,
    DrawKind,
    Hearing,
    HowServed,
    SeatRole,
)
from youthcourt.notices.docket import publish_and_tell
from youthcourt.procedures.court.hearing_day import excuse
from youthcourt.procedures.jury import carrying_out, drawing, wishing
from youthcourt.procedures.jury.seating import candidates

from . import words
from .booking import call_in
from .season import Fate, Turn
from .stage import Stage

EXCUSED_BEFORE = 0.04
UNSURE_NIGHT = 3
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
    if night.held_on > stage.season.as_of or not night.docket:
        return
    _wish(stage, night)
    _draw(stage, night)
    make_ready(stage, night)


def make_ready(stage: Stage, night: CourtSession) -> None:
    """Publish the docket, or what has changed of it; tell the families, book who interprets."""
    stage.keep()
    if night.why_not_publish() is None:
        publish_and_tell(night, by=stage.coordinator)
    for hearing in night.docket if night.published else ():
        _prepare(stage, hearing)


def _prepare(stage: Stage, hearing: Hearing) -> None:
    for language in hearing.languages_missing:
        if hearing.is_ahead:
            hearing.book_interpreter(language, words.INTERPRETER, by=stage.colleague)
            if stage.is_first("interpreter ill"):
                stage.keep()
                hearing.release_interpreter(language, by=stage.colleague)
                stage.keep()
                hearing.book_interpreter(language, words.INTERPRETER, by=stage.colleague)
    if hearing.is_ahead and not hearing.is_family_told:
        is_early = hearing.sits_on > stage.court.today
        hearing.serve(HowServed.BY_MAIL if is_early else HowServed.BY_PHONE, by=stage.colleague)
        if stage.is_first("wrong family"):
            stage.keep()
            hearing.take_back_notice(by=stage.colleague)
            hearing.serve(HowServed.BY_HAND, by=stage.colleague)


def lay_down_lots(stage: Stage, night: CourtSession) -> None:
    """The play is the same each time, and so are its lots."""
    laid_down = Draw.next_of(night)
    laid_down.lay_down(f"{stage.season.seed}-{night.held_on}-{len(night.draws)}")
    stage.keep()


def _wish(stage: Stage, night: CourtSession) -> None:
    """The demonstration's juror leads the panel that deliberates tonight."""
    leads = stage.demo_juror
    for hearing in night.docket:
        if leads and _fate(stage, hearing).takes(Turn.DELIBERATING_TONIGHT):
            wishing.pin(night, leads, SeatRole.FOREPERSON, hearing, words.PIN_REASON, by=stage.coordinator)
    if night is stage.nights.get(UNSURE_NIGHT):
        _change_minds(stage, night)


def _change_minds(stage: Stage, night: CourtSession) -> None:
    """Somebody is kept off a panel and somebody is given a place; both are taken back."""
    by, hearing = stage.coordinator, night.docket[0]
    may_sit = [each.juror for each in candidates(hearing) if each.may_sit]
    kept_off = wishing.bar(night, may_sit[0], hearing, words.BAR_REASON, by=by)
    stage.is_refused(wishing.pin, night, may_sit[0], SeatRole.JUROR, hearing, words.PIN_REASON, by=by)
    given = wishing.pin(night, may_sit[1], SeatRole.JUROR, hearing, words.PIN_REASON, by=by)
    stage.keep()
    for wish in (kept_off, given):
        wishing.lift(wish, by=by)
    stage.keep()


def _draw(stage: Stage, night: CourtSession) -> None:
    """Draw the whole evening; while a case has no panel, one more volunteer is called, and again."""
    by, drawn = stage.coordinator, None
    for _volunteer in chain([None], call_in(stage, night)):
        if drawn is not None:
            drawing.discard(drawn, by=by)
        drawn = _drawn(stage, night)
        if drawn.counted and not drawn.counted["lost"]:
            break
    if drawn is not None and night is stage.nights.get(UNSURE_NIGHT):  # a second one, to choose between two
        drawing.discard(drawn, by=by)
        drawn = _drawn(stage, night)
    if drawn is not None:
        carrying_out.publish(drawn, by=by)
    stage.keep()


def _drawn(stage: Stage, night: CourtSession) -> Draw:
    lay_down_lots(stage, night)
    drawn = drawing.ask(night, by=stage.coordinator)
    if night is stage.nights.get(UNSURE_NIGHT):  # the machine was switched off meanwhile
        drawing.fail(drawn, drawing.begin(drawn), "ended")
        drawing.start_again(drawn, by=stage.coordinator)
        stage.keep()
    drawing.solve(drawn)
    stage.keep()
    return drawn


def mend(stage: Stage, night: CourtSession) -> None:
    """After the doors have opened: the least change, with those who have come and, if need be, more."""
    if not any(hearing.panel and hearing.is_ahead for hearing in night.docket):
        return
    mended = None
    for volunteer in chain([None], call_in(stage, night)):
        if volunteer is not None:
            volunteer.check_in(by=stage.colleague)
        if mended is not None:
            drawing.discard(mended, by=stage.coordinator)
        lay_down_lots(stage, night)
        mended = drawing.ask(night, by=stage.coordinator, kind=DrawKind.MEND, here_only=True)
        drawing.solve(mended)
        stage.keep()
        if mended.counted and not mended.counted["lost"]:
            break
    if mended is not None:
        carrying_out.publish(mended, by=stage.coordinator)
    stage.keep()


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
        lay_down_lots(stage, night)
        drawn = drawing.ask(night, by=stage.coordinator, kind=DrawKind.PANEL, only=hearing)
        drawing.solve(drawn)
        carrying_out.publish(drawn, by=stage.coordinator)
        stage.keep()


def excuse_some(stage: Stage, night: CourtSession, rng: Random) -> None:
    """A few jurors call in; reserves move up."""
    if not night.docket or night.held_on > stage.season.as_of:
        return
    for sitting in list(night.sittings):
        if sitting.juror is not stage.demo_juror and rng.random() < EXCUSED_BEFORE:
            excuse(sitting, rng.choice(words.JUROR_EXCUSES), by=stage.colleague)
    make_ready(stage, night)
