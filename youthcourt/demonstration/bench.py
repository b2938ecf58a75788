"""The judge's part: sign what the panel proposed, change it, or ask the panel to think again."""

from __future__ import annotations

from random import Random

from sqlalchemy import select

from youthcourt.documents.decision.issuing import issue
from youthcourt.models import (
    ActivityKind,
    Deliberation,
    DispositionOrder,
    Hearing,
    Juror,
)
from youthcourt.procedures.decision.signing import sign_order

from . import words
from .answers import answer, remark, think_again
from .jury_room import agree, voters_of
from .plan_work import work
from .sanctions import in_the_end, items_in_the_end
from .season import Fate, Turn
from .stage import Owing, Stage


def pronounce(stage: Stage, hearing: Hearing, rng: Random) -> None:
    """Sign the order of a hearing whose panel has decided. From then on the young person works on it."""
    fate, deliberation, judge = stage.fates[hearing.case_id], hearing.deliberation, hearing.judge
    assert deliberation is not None
    if fate.takes(Turn.JUDGE_RETURNS):
        _think_again(stage, hearing, deliberation, fate, rng)
    order = DispositionOrder.draft_for(deliberation, by=judge)
    if fate.takes(Turn.JUDGE_CHANGES):
        stage.keep()
        stage.is_refused(order.change, items_in_the_end(order, fate), reason="", by=judge)
        order.change(items_in_the_end(order, fate), rng.choice(words.CHANGE_REASONS), by=judge)
    stage.keep()
    remark(stage, order, Random(f"{stage.season.seed}/{fate.number}/remark"))
    sign_order(order, seen=order.fingerprint(), by=judge)
    if fate.takes(Turn.UNSIGNED):
        order = think_again(stage, order)
    if fate.takes(Turn.DEMO_FAMILY):
        issue(order, by=judge)
    answer(stage, order, fate)
    if not fate.takes(Turn.REJECTED):
        _begin(stage, hearing, fate)


def _think_again(stage: Stage, hearing: Hearing, deliberation: Deliberation, fate: Fate, rng: Random) -> None:
    deliberation.return_to_panel(
        rng.choice(words.QUESTIONS_TO_PANEL), meets_on=stage.court.today, by=hearing.judge
    )
    voters, lead = voters_of(stage, hearing)
    service = next(p for p in deliberation.proposals if p.activity.kind is ActivityKind.SERVICE)
    item = in_the_end(service, fate)
    deliberation.propose(
        item.activity, item.amount, item.due_on, by=lead, builds=item.builds, purpose=service.purpose
    )
    agree(deliberation, voters, lead)
    deliberation.decide(by=lead)


def _begin(stage: Stage, hearing: Hearing, fate: Fate) -> None:
    person = hearing.case.respondent
    juror = stage.court.session.scalars(select(Juror).where(Juror.person_id == person.id)).one()
    if not juror.is_trained_on(stage.court.today):
        stage.untrained.append(juror)
    stage.owing.append(Owing(juror, hearing.case, fate))
    stage.enter(work(stage, hearing.case, fate))
