"""How a case ends: dismissed, given back, withdrawn; or it is still open."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from youthcourt.documents.completion.completion_certificate import completion_certificate
from youthcourt.documents.handing_out import hand_out
from youthcourt.documents.paper import initialed
from youthcourt.models import ActivityKind, Case, ClosureReason, IssuedPaper, Juror
from youthcourt.notices.referrer import tell_referrer

from . import words
from .season import Fate, Turn
from .stage import Stage, Story


def be_dismissed(stage: Stage, case: Case, fate: Fate, rng: Random) -> Story:
    """Everything is done: the coordinator asks, the judge dismisses, the referrer is told."""
    assert fate.ends_on is not None
    yield stage.at(fate.ends_on, 10)
    if fate.takes(Turn.EXCUSED):
        _excuse_seminar(stage, case, rng)
    while case.open_obligations:
        _bring_the_rest(stage, case)
        yield stage.at(stage.court.today + timedelta(days=1), 10, 5)
    if fate.takes(Turn.REVIEW):
        yield stage.at(stage.season.as_of - timedelta(days=1), 10)
    case.ask_dismissal("Everything is done and vouched for.", by=stage.coordinator)
    yield stage.at(stage.court.today + timedelta(days=rng.randint(2, 4)), 12, 20)
    assert case.hearing is not None
    if fate.takes(Turn.EXCUSED):
        case.keep_open("Tell me first what took the place of the seminar.", by=case.hearing.judge)
        yield stage.at(stage.court.today, 15)
        case.ask_dismissal("Two talks with the school counselor did.", by=stage.coordinator)
    case.dismiss(by=case.hearing.judge)
    tell_referrer(case, by=stage.coordinator).send(by=stage.coordinator)
    stage.former.append(case)
    _hand_out_certificate(stage, case)
    if fate.takes(Turn.STAYS_ON):
        yield stage.at(stage.court.today + timedelta(days=2), 17)
        stage.volunteers.append(Juror.enrol(case.respondent, by=stage.colleague))


def _hand_out_certificate(stage: Stage, case: Case) -> None:
    """Once in the year one is printed, goes to the wrong family, is withdrawn, and is printed once more."""
    if not stage.is_first("certificate in the wrong envelope"):
        return
    session, by = case.session, stage.coordinator
    for _time in range(2):
        stage.keep()
        printed = hand_out(completion_certificate(case), case, None, initialed(by.name))
        IssuedPaper.hand_out(session, printed.to_keep, printed.content, by_id=by.id)
        papers = IssuedPaper.all_of(session, case.court_id, "completion_certificate", case.id)
        if len(papers) == 1:
            papers[0].withdraw("It went to another family by mistake.", by=by)


def _bring_the_rest(stage: Stage, case: Case) -> None:
    """What an amendment or a lost log left over is done now; jury duty waits for the next evening."""
    for obligation in case.open_obligations:
        if obligation.activity.kind is not ActivityKind.JURY_DUTY:
            obligation.credit(
                obligation.amount_left,
                done_on=stage.court.today,
                vouched_by=stage.colleague.name,
                by=stage.coordinator,
            )


def _excuse_seminar(stage: Stage, case: Case, rng: Random) -> None:
    for obligation in case.open_obligations:
        if obligation.activity.kind is ActivityKind.WORKSHOP:
            obligation.excuse(rng.choice(words.EXCUSAL_REASONS), by=stage.coordinator)


def give_back(stage: Stage, case: Case, fate: Fate, rng: Random) -> Story:
    """The plan was given up: the case goes back to the referrer, with what was done."""
    assert fate.ends_on is not None
    yield stage.at(fate.ends_on, 15)
    reason = fate.closure or ClosureReason.PLAN_NOT_COMPLETED
    case.return_to_referrer(reason, rng.choice(words.RETURN_NOTES[reason]), by=stage.coordinator)
    tell_referrer(case, by=stage.coordinator).send(by=stage.coordinator)


def withdraw(stage: Stage, case: Case, fate: Fate, rng: Random) -> Story:
    """Young person or guardian no longer agrees; they may stop at any time."""
    assert fate.ends_on is not None
    yield stage.at(fate.ends_on, 11)
    family = [case.respondent, *case.respondent.guardians]
    case.withdraw(rng.choice(family), rng.choice(words.WITHDRAWALS), by=stage.colleague)
    tell_referrer(case, by=stage.colleague).send(by=stage.colleague)


def stay_open(stage: Stage, case: Case, fate: Fate, rng: Random) -> Story:
    """Still under way on the last day."""
    yield from ()
