"""The deliberation: four findings, a plan inside the grid, and the votes of those who sit."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from youthcourt.models import ActivityKind, Answer, Deliberation, Hearing, Question, User

from . import words
from .sanctions import is_outside_grid, wished_for
from .season import Fate, Turn
from .stage import Stage

# No plan asks for all of these, so one is always left.
LATE_IDEAS = (
    ActivityKind.OTHER,
    ActivityKind.ESSAY,
    ActivityKind.APOLOGY,
    ActivityKind.RESTITUTION,
    ActivityKind.WORKSHOP,
    ActivityKind.TUTORING,
)


def deliberate(stage: Stage, hearing: Hearing, rng: Random) -> None:
    """The panel decides. One panel of the last evening is left in the middle of it."""
    fate, deliberation = stage.fates[hearing.case_id], hearing.deliberation
    assert deliberation is not None
    voters, lead = voters_of(stage, hearing)
    _find(deliberation, lead, rng)
    _propose(stage, deliberation, fate, lead, rng)
    if fate.takes(Turn.SPLIT_VOTE):
        stage.is_refused(deliberation.decide, by=lead)  # before the vote
    if fate.takes(Turn.SPLIT_VOTE):
        _split(stage, deliberation, voters, lead)
    if fate.takes(Turn.DELIBERATING_TONIGHT):
        vote(deliberation, [voter for voter in voters if voter is not lead])
        return
    vote(deliberation, voters)
    deliberation.decide(by=lead)


def voters_of(stage: Stage, hearing: Hearing) -> tuple[list[User], User]:
    """The accounts of those who decide, and the foreperson's among them."""
    panel = hearing.panel
    assert panel is not None
    assert panel.foreperson is not None
    voters = [stage.account_of(seat.juror) for seat in panel.sitting_seats]
    return voters, stage.account_of(panel.foreperson.juror)


def vote(deliberation: Deliberation, voters: list[User]) -> None:
    """Everybody agrees to the plan as it stands."""
    for voter in voters:
        deliberation.vote(True, seen_revision=deliberation.revision, by=voter)


def _find(deliberation: Deliberation, lead: User, rng: Random) -> None:
    """The later a reason stands in its list, the less the panel has found."""
    for question in Question:
        reasons = words.FINDINGS[question]
        rank = rng.choices(range(len(reasons)), (4, 3, 2, 1))[0]
        answer = (Answer.YES, Answer.YES, Answer.PARTLY, Answer.NO)[rank]
        deliberation.find(question, answer, reasons[rank], by=lead)


def _propose(stage: Stage, deliberation: Deliberation, fate: Fate, lead: User, rng: Random) -> None:
    for kind, amount, days in wished_for(fate, rng):
        why_outside = rng.choice(words.OUTSIDE_REASONS) if is_outside_grid(fate, kind, amount) else ""
        if why_outside:
            stage.is_refused(deliberation.propose, stage.activity(kind), amount, stage.court.today, by=lead)
        due_on = min(deliberation.hearing.sits_on + timedelta(days=days), deliberation.last_due_on)
        deliberation.propose(
            stage.activity(kind),
            amount,
            due_on,
            by=lead,
            builds=rng.choice(words.BUILDS[kind]),
            outside_reason=why_outside,
        )


def _split(stage: Stage, deliberation: Deliberation, voters: list[User], lead: User) -> None:
    """One juror does not agree with an item that was put in late; it is taken out and all vote anew."""
    known = {proposal.activity.kind for proposal in deliberation.proposals}
    kind = next(kind for kind in LATE_IDEAS if kind not in known)
    late = deliberation.propose(
        stage.activity(kind), 1, deliberation.last_due_on, by=lead, builds="To think it over again."
    )
    vote(deliberation, voters[:-1])
    deliberation.vote(False, seen_revision=deliberation.revision, by=voters[-1])
    stage.keep()
    deliberation.drop(late, by=lead)
    stage.keep()
