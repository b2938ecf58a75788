"""Signing an order: the plan begins, and whoever owes jury duty joins the jurors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from youthcourt.errors import ChangedMeanwhile, RuleBroken
from youthcourt.i18n import _
from youthcourt.models import Deliberation, DispositionOrder, GridLine, Juror, SanctionActivity, User


def sign_order(order: DispositionOrder, seen: str, by: User, at: datetime | None = None) -> DispositionOrder:
    """Sign what was seen, open the obligations, and enrol the respondent as a juror if they will sit."""
    order.sign(seen=seen, by=by, at=at)
    if any(each.is_open and each.activity.is_jury_duty for each in order.case.obligations):
        Juror.enrol(order.case.respondent, by=by, is_volunteer=False)
    return order


def approve_plan(
    deliberation: Deliberation, seen_revision: int, by: User, at: datetime | None = None
) -> DispositionOrder:
    """Sign exactly what the panel proposed. A draft that says anything else has to be read first."""
    order = DispositionOrder.draft_for(deliberation, by=by)
    if seen_revision != deliberation.revision:
        raise ChangedMeanwhile(_("The plan changed since you opened it. Read it once more, then sign."))
    if any(proposal.is_deadlocked for proposal in deliberation.proposals):
        raise RuleBroken(_("The panel left an amount to you. Set it first, then sign the order."))
    if order.differences():
        raise RuleBroken(_("You changed this plan before. Read the changed order, then sign it."))
    return sign_order(order, seen=order.fingerprint(), by=by, at=at)


class Asked(Protocol):
    """An item of a plan or of an order."""

    @property
    def activity(self) -> SanctionActivity: ...
    @property
    def amount(self) -> int: ...
    @property
    def due_on(self) -> date: ...


@dataclass(frozen=True)
class Measured:
    """One item beside the court's limits for this class of offence."""

    item: Asked
    limits: GridLine | None
    is_inside: bool
    is_late: bool


def measure(items: Iterable[Asked], deliberation: Deliberation) -> list[Measured]:
    """What a plan asks for, beside what the court's grid and days allow."""
    grid, last_day = deliberation.grid, deliberation.last_due_on
    measured = []
    for item in items:
        limits = grid.get(item.activity.id)
        is_inside = limits is None or limits.allows(item.amount)
        measured.append(Measured(item, limits, is_inside, is_late=item.due_on > last_day))
    return measured
