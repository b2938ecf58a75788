"""The jury room: what a panel writes, kept whole or not at all; who steps aside; votes on paper."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from youthcourt.errors import ChangedMeanwhile, RuleBroken
from youthcourt.i18n import _
from youthcourt.models import (
    Answer,
    Deliberation,
    Purpose,
    Question,
    SanctionActivity,
    Seat,
    User,
)
from youthcourt.models.audit import plain
from youthcourt.procedures.jury import seating


@dataclass(frozen=True)
class PlanLine:
    """What the panel wants for one activity; the amount is in the activity's unit."""

    activity: SanctionActivity
    amount: int
    due_on: date
    builds: str = ""
    outside_reason: str = ""
    purpose: Purpose | None = None

    @property
    def says(self) -> tuple[object, ...]:
        return self.amount, self.due_on, self.purpose, self.builds, self.outside_reason


@dataclass(frozen=True)
class LeftOpen:
    """An item that a panel could not agree on: between which amounts, and how the vote before went."""

    activity: SanctionActivity
    lowest: int
    highest: int
    agreeing: int
    not_yet: int


@dataclass(frozen=True)
class PaperBallot:
    """All that a panel without phones wrote on its sheet."""

    findings: Mapping[Question, tuple[Answer, str]]
    lines: tuple[PlanLine, ...]
    agreeing: int
    not_yet: int
    left_open: LeftOpen | None = None


def findings_seen(deliberation: Deliberation) -> str:
    """A mark of the findings as they stand: who writes with an older one has not seen them."""
    return _mark({each.question.value: [each.answer, each.reason] for each in deliberation.findings})


def plan_seen(deliberation: Deliberation) -> str:
    """A mark of the plan as it stands."""
    return _mark({str(each.activity_id): list(each.says) for each in deliberation.proposals})


def write_findings(
    deliberation: Deliberation, answers: Mapping[Question, tuple[Answer, str]], seen: str, by: User
) -> None:
    """Keep the panel's answers to all four questions."""
    if seen != findings_seen(deliberation):
        raise ChangedMeanwhile(_("Somebody on your panel wrote at the same time. Compare, then save again."))
    for question, (answer, reason) in answers.items():
        deliberation.find(question, answer, reason, by=by)


def write_plan(deliberation: Deliberation, lines: Iterable[PlanLine], seen: str, by: User) -> None:
    """Make the plan say these lines and no others. Saved as it was, it leaves a vote on it alone."""
    if seen != plan_seen(deliberation):
        raise ChangedMeanwhile(
            _("Somebody on your panel changed the plan at the same time. Compare, then save again.")
        )
    _make_plan_say(deliberation, lines, by=by)


def _make_plan_say(
    deliberation: Deliberation, lines: Iterable[PlanLine], by: User, on_paper: bool = False
) -> None:
    before = {each.activity: each for each in deliberation.proposals}
    for line in lines:
        was = before.pop(line.activity, None)
        if was is None or was.says != line.says:
            deliberation.propose(
                line.activity,
                line.amount,
                line.due_on,
                by=by,
                builds=line.builds,
                outside_reason=line.outside_reason,
                purpose=line.purpose,
                on_paper=on_paper,
            )
    for dropped in before.values():
        deliberation.drop(dropped, by=by, on_paper=on_paper)


def merged(deliberation: Deliberation) -> list[PlanLine]:
    """A plan to begin with: what more than half of the sheets name, each at the middle amount."""
    spread = deliberation.spread
    if spread is None:
        return []
    named = [
        (activity, spread["activities"].get(str(activity.id)))
        for activity in deliberation.hearing.court.activities
    ]
    return [
        PlanLine(activity, told["median"], deliberation.last_due_on)
        for activity, told in named
        if told and 2 * told["named_by"] > spread["sheets"]
    ]


def step_aside(deliberation: Deliberation, reason: str, by: User) -> None:
    """A juror knows somebody here: they decide no longer, and what they wrote alone is taken out."""
    panel = deliberation.hearing.panel
    seat: Seat | None = panel.seat_of(by) if panel else None
    if why_not := deliberation.why_not_change(by):
        raise RuleBroken(why_not)
    assert seat is not None, "why_not_change() has looked"
    why = reason.strip() or _("Knows somebody in this case.")
    seating.vacate(seat, seating.WhyLeft.CONFLICT, why, by=by)


def type_in_paper(deliberation: Deliberation, ballot: PaperBallot, by: User) -> None:
    """What a panel found, planned and voted on paper, by the same rules; it goes to the judge at once."""
    for question, (answer, reason) in ballot.findings.items():
        deliberation.find(question, answer, reason, by=by, on_paper=True)
    _make_plan_say(deliberation, ballot.lines, by=by, on_paper=True)
    deliberation.session.flush()
    if ballot.left_open:
        _leave_open(deliberation, ballot.left_open, by=by)
    deliberation.type_in_vote(ballot.agreeing, ballot.not_yet, by=by)
    if why_not := deliberation.why_not_agreed():
        raise RuleBroken(why_not, field="agreeing")
    deliberation.decide(by=by, on_paper=True)


def _leave_open(deliberation: Deliberation, item: LeftOpen, by: User) -> None:
    proposal = next((each for each in deliberation.proposals if each.activity is item.activity), None)
    if proposal is None:
        raise RuleBroken(_("Only an item of the plan can be left to the judge."), field="left_open")
    deliberation.type_in_vote(item.agreeing, item.not_yet, by=by)
    deliberation.leave_to_judge(proposal, by=by, on_paper=True, between=(item.lowest, item.highest))


def _mark(says: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(plain(says), sort_keys=True).encode()).hexdigest()[:16]
