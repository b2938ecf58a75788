"""What waits for a judge, and what a judge signed lately."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from youthcourt import clock
from youthcourt.models import (
    CLOSED_STAGES,
    Appeal,
    AppealItem,
    Case,
    Deliberation,
    DispositionOrder,
    Hearing,
    Offence,
    OrderItem,
    Person,
    SanctionActivity,
    Unit,
    User,
)

LONGEST_LIST = 100
LATELY = 10
# Earlier orders are compared over so long, and not at all below so many: two would name the other one.
COMPARED = timedelta(days=730)
FEWEST_COMPARED = 3

_WHO = (Case.number, Person.given_name, Person.family_name, Offence.name.label("offence"))


def waiting(judge: User) -> Sequence[Any]:
    """The plans that this judge has not answered, oldest first."""
    plans = DispositionOrder.waiting_for(judge).join(Case.respondent).join(Case.offence)
    columns = plans.with_only_columns(Deliberation.id, Deliberation.decided_at, Hearing.sits_on, *_WHO)
    return judge.session.execute(columns.limit(LONGEST_LIST)).all()


def amendments(judge: User) -> Sequence[Any]:
    """Amendments that this judge began and has not signed."""
    begun = _orders(judge, DispositionOrder.id, *_WHO).where(
        DispositionOrder.signed_at.is_(None), DispositionOrder.amends_id.is_not(None)
    )
    return judge.session.execute(begun.order_by(DispositionOrder.id).limit(LONGEST_LIST)).all()


def appealed(judge: User) -> Sequence[Any]:
    """Orders of this judge of which a family asked for parts to be looked at again, oldest first."""
    is_open = Appeal.items.any(AppealItem.answer.is_(None))
    asked = _orders(judge, DispositionOrder.id, func.min(Appeal.appealed_at).label("at"), *_WHO)
    asked = asked.join(DispositionOrder.appeals).where(is_open, Case.stage.not_in(CLOSED_STAGES))
    grouped = asked.group_by(DispositionOrder.id, Case.id, Person.id, Offence.id)
    return judge.session.execute(grouped.order_by(func.min(Appeal.appealed_at)).limit(LONGEST_LIST)).all()


def signed_lately(judge: User) -> Sequence[Any]:
    """The last orders that this judge signed, newest first."""
    numbered = DispositionOrder.number.label("order_number")
    signed = _orders(judge, DispositionOrder.id, numbered, DispositionOrder.signed_at, *_WHO).where(
        DispositionOrder.signed_at.is_not(None)
    )
    newest = signed.order_by(DispositionOrder.signed_at.desc()).limit(LATELY)
    return judge.session.execute(newest).all()


@dataclass(frozen=True)
class Compared:
    """One activity in the earlier orders: in how many it stands, and between which amounts."""

    activity: str
    unit: Unit
    orders: int
    least: int
    middle: int
    most: int


@dataclass(frozen=True)
class LikeCases:
    """The orders in force of this court for the same class of offence, with no name and no number."""

    orders: int
    activities: tuple[Compared, ...]


def like_cases(case: Case) -> LikeCases | None:
    """What was ordered in like cases of the last two years; None when there are too few to show."""
    amendment = aliased(DispositionOrder)
    is_amended = (
        select(amendment.id)
        .where(amendment.amends_id == DispositionOrder.id, amendment.signed_at.is_not(None))
        .where(~amendment.unsigning.has())
        .exists()
    )
    rows = (
        select(SanctionActivity.name, SanctionActivity.unit, OrderItem.amount, OrderItem.order_id)
        .join(OrderItem, OrderItem.activity_id == SanctionActivity.id)
        .join(DispositionOrder, OrderItem.order_id == DispositionOrder.id)
        .join(Case, Case.id == DispositionOrder.case_id)
        .join(Offence, Offence.id == Case.offence_id)
        .where(
            DispositionOrder.court_id == case.court_id,
            DispositionOrder.signed_at > clock.now() - COMPARED,
            ~DispositionOrder.unsigning.has(),
            ~is_amended,
            Offence.offence_class == case.offence.offence_class,
            Case.respondent_id != case.respondent_id,
        )
        .order_by(SanctionActivity.position, SanctionActivity.id)
    )
    orders: set[int] = set()
    amounts: defaultdict[tuple[str, Unit], list[int]] = defaultdict(list)
    for name, unit, amount, order_id in case.session.execute(rows):
        orders.add(order_id)
        amounts[name, unit].append(amount)
    if len(orders) < FEWEST_COMPARED:
        return None
    shown = [
        Compared(name, unit, len(found), min(found), int(median(found)), max(found))
        for (name, unit), found in amounts.items()
        if len(found) >= FEWEST_COMPARED
    ]
    return LikeCases(len(orders), tuple(shown))


def _orders(judge: User, *columns: Any) -> Select[Any]:
    mine = DispositionOrder.visible_to(judge).where(DispositionOrder.judge_id == judge.id)
    joined = mine.join(DispositionOrder.case).join(Case.respondent).join(Case.offence)
    return joined.with_only_columns(*columns)
