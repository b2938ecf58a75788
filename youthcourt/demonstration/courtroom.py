"""The hearing itself: who comes, who is stood down, the oath, and that the case was heard."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from youthcourt.models import AdjournmentReason, Case, ClosureReason, Hearing, JudgeNote, Seat, Step
from youthcourt.notices.referrer import tell_referrer
from youthcourt.procedures.jury.seating import WhyLeft, reinstate, stand_ins, vacate

from . import words
from .arriving import fill
from .season import End, Fate, Turn
from .stage import Stage, Story

PASSES_ON = 0.04


def hear(stage: Stage, hearing: Hearing, rng: Random) -> None:
    """Call the case; everybody takes the oath. Whoever does not come has failed to appear."""
    fate = stage.fates[hearing.case_id]
    if fate.end is End.FAILED:
        _is_not_there(stage, hearing)
        stage.enter(_goes_back(stage, hearing.case))
        return
    family_comes(stage, hearing, rng)
    _changes_at_the_door(stage, hearing, fate, rng)
    fill(stage, hearing)
    if fate.takes(Turn.SPLIT_VOTE):
        stage.is_refused(hearing.hold, by=hearing.judge)  # before the oath
    assert hearing.panel is not None
    if rng.random() < PASSES_ON and not fate.takes(Turn.DELIBERATING_TONIGHT):
        hearing.panel.name_foreperson(_last_seat(hearing), by=stage.coordinator)  # at the panel's own wish
    hearing.begin(Step.ANNOUNCE, by=stage.colleague)
    _take_the_oath(stage, hearing, fate)


def ask(stage: Stage, hearing: Hearing) -> None:
    """The jurors ask. Whoever leads the room taps too far once, and back."""
    if stage.fates[hearing.case_id].takes(Turn.DELIBERATING_TONIGHT):
        hearing.begin(Step.LAST_WORDS, by=stage.colleague)
        stage.keep()
        hearing.undo_step(by=stage.colleague)
        stage.keep()
    hearing.begin(Step.QUESTIONS, by=stage.colleague)
    if stage.fates[hearing.case_id].takes(Turn.DELIBERATING_TONIGHT):
        _write_along(stage, hearing)


def _write_along(stage: Stage, hearing: Hearing) -> None:
    """Who asked is tapped, what the family said is written down, and the judge makes notes."""
    assert hearing.panel is not None
    for seat in hearing.panel.sitting_seats:
        hearing.note_question(seat, by=stage.colleague)
    stage.keep()
    hearing.undo_question(seat, by=stage.colleague)  # that was no question
    hearing.write_down(Step.GUARDIAN, words.SAID_BY_GUARDIAN, by=stage.colleague)
    JudgeNote.write(hearing, words.JUDGES_NOTE, by=hearing.judge)
    stage.keep()
    hearing.hold(by=hearing.judge)
    stage.keep()
    hearing.undo_hold(by=hearing.judge)  # one juror had not asked yet
    stage.keep()
    hearing.note_question(seat, by=stage.colleague)


def read_out(stage: Stage, hearing: Hearing) -> None:
    """The family hears what the panel decided, and goes home."""
    hearing.begin(Step.READ_OUT, by=stage.colleague)
    stage.keep()
    hearing.begin(Step.CLOSING, by=stage.colleague)


def _changes_at_the_door(stage: Stage, hearing: Hearing, fate: Fate, rng: Random) -> None:
    if fate.takes(Turn.MOVED):
        _is_almost_adjourned(stage, hearing)
    if fate.takes(Turn.CONFLICT):
        _leaves(stage, hearing, WhyLeft.CONFLICT, rng.choice(words.CONFLICTS))
    if fate.takes(Turn.OBJECTION):
        _leaves(stage, hearing, WhyLeft.OBJECTION, rng.choice(words.OBJECTIONS))


def _is_not_there(stage: Stage, hearing: Hearing) -> None:
    """Written down once the hall was looked through; once before, and taken back at a false hope."""
    words_said = "Called three times in the hall."
    hearing.fail_to_appear(words_said, by=stage.coordinator)
    stage.keep()
    hearing.undo_failure(by=stage.coordinator)
    stage.keep()
    hearing.fail_to_appear(words_said, by=stage.coordinator)


def _take_the_oath(stage: Stage, hearing: Hearing, fate: Fate) -> None:
    """Everybody of the panel, and the reserves who came: one of them may be needed."""
    assert hearing.panel is not None
    for seat in hearing.panel.sitting_seats:
        seat.swear(by=hearing.judge)
        _asks_first(stage, seat, fate)
    for seat in hearing.panel.reserves:
        if seat.why_not_swear() is None:
            seat.swear(by=hearing.judge)


def family_comes(stage: Stage, hearing: Hearing, rng: Random) -> None:
    """The respondent and the guardians are checked in; saying it twice changes nothing."""
    family = [hearing.case.respondent, *hearing.case.respondent.guardians]
    for person in family:
        hearing.check_in(person, by=stage.colleague)
    if len(family) > 2 and rng.random() < 0.3:
        stage.keep()
        hearing.undo_check_in(family[-1], by=stage.colleague)  # ticked by mistake
    stage.keep()


def _leaves(stage: Stage, hearing: Hearing, why: WhyLeft, reason: str) -> None:
    """A juror leaves at the last moment. The first reserve who is here takes the seat."""
    proposed = next((each.juror for each in stand_ins(hearing) if each.is_here), None)
    seat = _last_seat(hearing)
    vacate(seat, why, reason, by=stage.coordinator, takes=proposed)
    stage.keep()
    if why is WhyLeft.OBJECTION:  # it was another juror of that name
        reinstate(seat, by=stage.coordinator)
        stage.keep()
        vacate(_last_seat(hearing), why, reason, by=stage.coordinator, takes=proposed)
        stage.keep()


def _asks_first(stage: Stage, seat: Seat, fate: Fate) -> None:
    """Somebody had only raised a hand to ask something."""
    if fate.takes(Turn.CONFLICT) and seat.is_foreperson:
        stage.keep()
        seat.take_back_oath(by=stage.coordinator)
        stage.keep()
        seat.swear(by=seat.panel.hearing.judge)


def _is_almost_adjourned(stage: Stage, hearing: Hearing) -> None:
    """The mother feels ill and then better."""
    coming = [night for night in stage.nights.values() if night.held_on > hearing.sits_on]
    places = min(coming, key=lambda night: night.held_on).free_places() if coming else []
    if places:
        block, room = places[-1]
        judge = stage.judges[block.court_session.rooms.index(room)]
        hearing.adjourn(block, room, AdjournmentReason.ILLNESS, by=stage.coordinator, judge=judge)
        stage.keep()
        hearing.undo_adjournment(by=stage.coordinator)
        stage.keep()


def _last_seat(hearing: Hearing) -> Seat:
    assert hearing.panel is not None
    return hearing.panel.sitting_seats[-1]


def _goes_back(stage: Stage, case: Case) -> Story:
    yield stage.at(stage.court.today + timedelta(days=3), 10, 15)
    note = words.RETURN_NOTES[ClosureReason.FAILED_TO_APPEAR][0]
    case.return_to_referrer(ClosureReason.FAILED_TO_APPEAR, note, by=stage.coordinator)
    tell_referrer(case, by=stage.coordinator).send(by=stage.coordinator)
