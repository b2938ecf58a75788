"""The deliberation: four findings, a plan inside the grid, and the votes of those who sit."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from youthcourt.models import ActivityKind, Answer, Deliberation, Hearing, Purpose, Question, TableStep, User
from youthcourt.procedures.decision import deliberating

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


PURPOSES = {
    ActivityKind.SERVICE: Purpose.COMMUNITY,
    ActivityKind.JURY_DUTY: Purpose.COMMUNITY,
    ActivityKind.APOLOGY: Purpose.HARM,
    ActivityKind.RESTITUTION: Purpose.HARM,
}
# Panels whose jurors write alone first on their phones; the others talk at once.
WRITE_ALONE = 0.12
SOMEBODY_IS_NEEDED = 0.4


def deliberate(stage: Stage, hearing: Hearing, rng: Random) -> None:
    """The panel decides. One panel of the last evening is left in the middle of it."""
    fate, deliberation = stage.fates[hearing.case_id], hearing.deliberation
    assert deliberation is not None
    if fate.takes(Turn.ON_PAPER):
        _on_paper(stage, deliberation, fate, rng)
        return
    voters, lead = voters_of(stage, hearing)
    if fate.takes(Turn.STEPS_ASIDE) or _has_a_reserve_to_spare(stage, hearing, fate):
        _step_aside(stage, deliberation, voters, lead)
        voters, lead = voters_of(stage, hearing)
    is_split = fate.takes(Turn.SPLIT_VOTE)
    own = Random(f"{stage.season.seed}/alone/{fate.number}")
    if is_split or fate.takes(Turn.DELIBERATING_TONIGHT) or own.random() < WRITE_ALONE:
        _alone(stage, deliberation, fate, voters, own)
    if not deliberation.is_open:
        deliberation.open_table(by=lead, without_missing=True)
    _find(deliberation, lead, rng)
    _propose(stage, deliberation, fate, lead, rng)
    if is_split:
        deliberation.note(TableStep.HARM, words.NOTES[TableStep.HARM], by=lead)
        stage.is_refused(deliberation.decide, by=lead)  # before the vote
        _split(stage, deliberation, fate, voters, lead)
    if fate.takes(Turn.DELIBERATING_TONIGHT):
        called = deliberation.call_vote(by=lead)
        vote(deliberation, called.number, [voter for voter in voters if voter is not lead])
        return
    agree(deliberation, voters, lead)
    deliberation.decide(by=lead)


def voters_of(stage: Stage, hearing: Hearing) -> tuple[list[User], User]:
    """The accounts of those who decide, and the foreperson's among them."""
    panel = hearing.panel
    assert panel is not None
    assert panel.foreperson is not None
    voters = [stage.account_of(seat.juror) for seat in panel.sitting_seats]
    return voters, stage.account_of(panel.foreperson.juror)


def vote(deliberation: Deliberation, number: int, voters: list[User]) -> None:
    """These agree to the plan as it stands, in this round."""
    for voter in voters:
        deliberation.vote(True, seen_round=number, by=voter)


def agree(deliberation: Deliberation, voters: list[User], lead: User) -> None:
    """The foreperson calls the vote, and everybody agrees."""
    vote(deliberation, deliberation.call_vote(by=lead).number, voters)


def _alone(stage: Stage, deliberation: Deliberation, fate: Fate, voters: list[User], rng: Random) -> None:
    """Each juror writes what they think; now and then somebody does not."""
    missing = rng.choice(voters[1:]) if rng.random() < 0.3 and len(voters) > 3 else None
    service, duty = stage.activity(ActivityKind.SERVICE), stage.activity(ActivityKind.JURY_DUTY)
    for number, voter in enumerate(voters):
        if voter is missing:
            continue
        ratings = {}
        for question in Question:
            rank = rng.choices(range(4), (4, 3, 2, 1))[0]
            ratings[question] = (ANSWERS[rank], words.FINDINGS[question][rank])
        ideas = {}
        for activity in (service, duty):
            line = deliberation.grid[activity.id]
            ends = (line.minimum, line.maximum)
            ideas[activity] = ends[number] if number < 2 else rng.choice(ends)
        deliberation.hand_in(ratings, ideas, by=voter)


ANSWERS = (Answer.YES, Answer.YES, Answer.PARTLY, Answer.NO)


def _find(deliberation: Deliberation, lead: User, rng: Random) -> None:
    """The later a reason stands in its list, the less the panel has found."""
    for question in Question:
        reasons = words.FINDINGS[question]
        rank = rng.choices(range(len(reasons)), (4, 3, 2, 1))[0]
        deliberation.find(question, ANSWERS[rank], reasons[rank], by=lead)


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
            purpose=PURPOSES.get(kind, Purpose.STRENGTH),
        )


def _has_a_reserve_to_spare(stage: Stage, hearing: Hearing, fate: Fate) -> bool:
    """Few panels have a reserve who heard the case: on some of those, somebody is needed."""
    if hearing.panel is None or fate.turns & {Turn.SPLIT_VOTE, Turn.CONFLICT, Turn.OBJECTION}:
        return False
    heard_it = any(seat.is_sworn for seat in hearing.panel.reserves)
    return heard_it and Random(f"{stage.season.seed}/aside/{fate.number}").random() < SOMEBODY_IS_NEEDED


def _step_aside(stage: Stage, deliberation: Deliberation, voters: list[User], lead: User) -> None:
    """A juror recognises a cousin of somebody's. A reserve who heard the case takes the seat."""
    panel = deliberation.hearing.panel
    if panel is None or len(voters) <= stage.court.panel_minimum:
        return
    leaving = next(voter for voter in reversed(voters) if voter is not lead)
    deliberating.step_aside(deliberation, words.CONFLICTS[0], by=leaving)
    heard_it = [seat for seat in panel.reserves if panel.why_not_take_over(seat) is None]
    if heard_it:
        panel.take_over(heard_it[0], by=lead)
    stage.keep()


def _split(stage: Stage, deliberation: Deliberation, fate: Fate, voters: list[User], lead: User) -> None:
    """One juror does not agree with an item that was put in late; it is taken out and all vote anew."""
    known = {proposal.activity.kind for proposal in deliberation.proposals}
    kind = next(kind for kind in LATE_IDEAS if kind not in known)
    late = deliberation.propose(
        stage.activity(kind),
        1,
        deliberation.last_due_on,
        by=lead,
        builds="To think it over again.",
        purpose=Purpose.STRENGTH,
    )
    called = deliberation.call_vote(by=lead)
    vote(deliberation, called.number, voters[:-1])
    deliberation.vote(False, seen_round=called.number, by=voters[-1])
    stage.keep()
    called = deliberation.call_vote(by=lead)  # they talk, and try once more
    vote(deliberation, called.number, voters[:1])
    deliberation.drop(late, by=lead)  # with which that vote is void
    if fate.takes(Turn.DEADLOCK):
        hours = next(each for each in deliberation.proposals if each.activity.kind is ActivityKind.SERVICE)
        deliberation.leave_to_judge(hours, by=lead)
    stage.keep()


def _on_paper(stage: Stage, deliberation: Deliberation, fate: Fate, rng: Random) -> None:
    """The phones failed: the panel worked on its sheet, and the office types it in the same evening."""
    findings, lines = {}, []
    for question in Question:
        rank = rng.choices(range(4), (4, 3, 2, 1))[0]
        findings[question] = (ANSWERS[rank], words.FINDINGS[question][rank])
    for kind, amount, days in wished_for(fate, rng):
        why_outside = rng.choice(words.OUTSIDE_REASONS) if is_outside_grid(fate, kind, amount) else ""
        due_on = min(deliberation.hearing.sits_on + timedelta(days=days), deliberation.last_due_on)
        lines.append(
            deliberating.PlanLine(
                stage.activity(kind),
                amount,
                due_on,
                builds=rng.choice(words.BUILDS[kind]),
                outside_reason=why_outside,
                purpose=PURPOSES.get(kind, Purpose.STRENGTH),
            )
        )
    ballot = deliberating.PaperBallot(findings, tuple(lines), agreeing=len(deliberation.sitting), not_yet=0)
    deliberating.type_in_paper(deliberation, ballot, by=stage.coordinator)
