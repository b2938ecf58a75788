"""What is asked of a young person: what the panel wishes for, from what will be ordered in the end."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from youthcourt.models import ActivityKind, DispositionOrder, Item, OrderItem, Proposal
from youthcourt.procedures.founding import GRID

from .amounts import Amounts
from .season import DAYS_TO_COMPLETE, Fate, Turn

# kind, amount in its unit, days until it is due
Wish = tuple[ActivityKind, int, int]

# What may be asked for besides service, jury duty and seminars, with the share of plans that have it.
OTHERS = (
    (ActivityKind.APOLOGY, 1, 21, 0.55),
    (ActivityKind.ESSAY, 1, 30, 0.35),
    (ActivityKind.TUTORING, 360, 60, 0.08),
    (ActivityKind.RESTITUTION, 9000, 60, 0.07),
    (ActivityKind.OTHER, 1, 45, 0.05),
)


def ordered(fate: Fate) -> Amounts:
    """What the order in force says in the end."""
    assert fate.amounts is not None, "this case is never heard"
    return fate.amounts


def wished_for(fate: Fate, rng: Random) -> Iterator[Wish]:
    """What the panel puts into its plan."""
    amounts = ordered(fate)
    yield ActivityKind.SERVICE, minutes_at_first(fate), DAYS_TO_COMPLETE
    yield ActivityKind.JURY_DUTY, amounts.sittings, DAYS_TO_COMPLETE
    yield ActivityKind.WORKSHOP, amounts.workshops, 75
    for kind, amount, days, share in OTHERS:
        if rng.random() < share:
            yield kind, amount, days


def minutes_at_first(fate: Fate) -> int:
    """The service the panel proposes: another amount where judge or later events will change it."""
    hours = ordered(fate).hours
    least, most = GRID[fate.offence_class][ActivityKind.SERVICE]
    if fate.turns & {Turn.JUDGE_CHANGES, Turn.JUDGE_RETURNS, Turn.AMENDED}:
        hours = least if hours == most else most
    return 60 * hours


def is_outside_grid(fate: Fate, kind: ActivityKind, amount: int) -> bool:
    least, most = GRID[fate.offence_class].get(kind, (0, amount))
    scale = 60 if kind is ActivityKind.SERVICE else 1
    return not least * scale <= amount <= most * scale


def items_in_the_end(order: DispositionOrder, fate: Fate) -> list[Item]:
    """The order's items, with the service that is ordered in the end."""
    return [in_the_end(each, fate) for each in order.items]


def in_the_end(each: OrderItem | Proposal, fate: Fate) -> Item:
    is_service = each.activity.kind is ActivityKind.SERVICE
    amount = 60 * ordered(fate).hours if is_service else each.amount
    return Item(each.activity, amount, each.due_on, each.builds)
