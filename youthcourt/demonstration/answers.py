"""What a judge takes back, what families answer to an order, and what the judge answers them."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from youthcourt.models import (
    Acceptance,
    ActivityKind,
    Appeal,
    AppealItem,
    DispositionOrder,
    HowAnswered,
    Item,
    MonitorRemark,
    Rejection,
)
from youthcourt.procedures.decision.signing import sign_order

from . import words
from .ending import give_back
from .season import Fate, Turn
from .stage import Stage, Story

# A name, as a finger draws it on a screen.
STROKES = "M40 120L60 60L90 130L120 70L150 130M180 100L210 60L240 120L300 90L360 120"
# Of ten families so many sign on the tablet in the court room, and so many the sheet of paper.
WAYS = {HowAnswered.DRAWN: 6, HowAnswered.ON_PAPER: 3, HowAnswered.TYPED: 1}
REMARKED = 0.08


def remark(stage: Stage, order: DispositionOrder, rng: Random) -> None:
    """The coordinator noticed something in the room that the judge should know."""
    if rng.random() < REMARKED:
        MonitorRemark.write(order.deliberation.hearing, rng.choice(words.REMARKS), by=stage.coordinator)


def think_again(stage: Stage, order: DispositionOrder) -> DispositionOrder:
    """The judge takes the order back, before anybody answered, and signs another one in its place."""
    judge = order.judge
    stage.keep()
    order.unsign("An amount of another case had slipped in.", by=judge)
    anew = DispositionOrder.draft_for(order.deliberation, by=judge)
    stage.keep()
    sign_order(anew, seen=anew.fingerprint(), by=judge)
    return anew


def answer(stage: Stage, order: DispositionOrder, fate: Fate) -> None:
    """What the family says to the order in the court room."""
    rng = Random(f"{stage.season.seed}/{fate.number}/answer")
    family = [order.case.respondent, *order.case.respondent.guardians[:1]]
    stage.keep()
    if fate.takes(Turn.REJECTED):
        Rejection.give(order, family[-1], words.REJECTION, by=stage.colleague, on_paper=True)
        stage.enter(give_back(stage, order.case, fate, rng))
        return
    if fate.turns & {Turn.APPEALS, Turn.APPEAL_WON}:
        stage.enter(_appeal(stage, order, fate))
        return
    for person in family:
        how = rng.choices(list(WAYS), list(WAYS.values()))[0]
        drawn = {HowAnswered.DRAWN: STROKES, HowAnswered.TYPED: person.name}.get(how, "")
        Acceptance.give(order, person, how, signature=drawn, by=stage.colleague)


def _appeal(stage: Stage, order: DispositionOrder, fate: Fate) -> Story:
    """A guardian objects to one part two days later; the judge answers within the week."""
    case = order.case
    day = stage.court.today
    yield stage.at(day + timedelta(days=2), 9, 20)
    service = next(each for each in order.items if each.activity.kind is ActivityKind.SERVICE)
    stage.keep()
    appeal = Appeal.make(
        order, case.respondent.guardians[0], {service: words.APPEAL}, by=stage.colleague, on_paper=True
    )
    yield stage.at(day + timedelta(days=5), 17, 30)
    if case.order is order and not case.is_closed:
        _look_again(stage, order, appeal.items[0], fate)


def _look_again(stage: Stage, order: DispositionOrder, asked: AppealItem, fate: Fate) -> None:
    judge = order.judge
    if fate.takes(Turn.APPEALS):
        stage.is_refused(asked.stand, "", by=judge)
        asked.stand(words.APPEAL_STANDS, by=judge)
        return
    amendment = DispositionOrder.amendment_of(order, by=judge)
    items = [Item(each.activity, each.amount, each.due_on, each.builds) for each in amendment.items]
    later = [
        Item(i.activity, i.amount, i.due_on + timedelta(days=7), i.builds)
        if i.activity is asked.item.activity
        else i
        for i in items
    ]
    amendment.change(later, words.APPEAL_WON, by=judge)
    stage.keep()
    sign_order(amendment, seen=amendment.fingerprint(), by=judge)
