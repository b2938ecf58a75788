"""What a judge may ask in an order: item by item, beside what was proposed or ordered before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.case import Case
    from youthcourt.models.court.court import SanctionActivity

    from .deliberation import Deliberation
    from .order import DispositionOrder


@dataclass(frozen=True)
class Item:
    """What a judge wants for one activity: how much, by when, and why it builds or repairs."""

    activity: SanctionActivity
    amount: int
    due_on: date
    builds: str = ""


@dataclass(frozen=True)
class Difference:
    """One activity as it was proposed (or ordered before) and as it is now; None where it is not there."""

    activity: SanctionActivity
    was: Item | None
    now: Item | None


class OrderItem(CourtOwned, Record):
    """One activity of an order."""

    order_id: Mapped[int] = mapped_column(ForeignKey("disposition_order.id"), index=True)
    order: Mapped[DispositionOrder] = relationship(back_populates="items")
    activity_id: Mapped[int] = mapped_column(ForeignKey("sanction_activity.id"))
    activity: Mapped[SanctionActivity] = relationship()
    amount: Mapped[int]
    due_on: Mapped[date]
    builds: Mapped[str] = mapped_column(default="")


class DraftedByJudge(CourtOwned, Audited, Record):
    """The part of an order that says what is asked, and may be changed until it is signed."""

    __abstract__ = True

    if TYPE_CHECKING:  # what it asks of the order that it is part of
        case_id: Mapped[int]
        case: Mapped[Case]
        deliberation: Mapped[Deliberation]
        amends_id: Mapped[int | None]
        amends: Mapped[DispositionOrder | None]
        judge: Mapped[User]
        change_reason: Mapped[str]
        items: Mapped[list[OrderItem]]

        @property
        def is_signed(self) -> bool: ...

    # Questions

    @property
    def before(self) -> list[Item]:
        """What the panel proposed, or what the order this one amends says."""
        if self.amends:
            return [Item(i.activity, i.amount, i.due_on, i.builds) for i in self.amends.items]
        return [Item(p.activity, p.amount, p.due_on, p.builds) for p in self.deliberation.proposals]

    def differences(self) -> list[Difference]:
        """What is no longer as it was proposed or ordered before, activity by activity."""
        before = {item.activity: item for item in self.before}
        now = {i.activity: Item(i.activity, i.amount, i.due_on, i.builds) for i in self.items}
        return [
            Difference(activity, before.get(activity), now.get(activity))
            for activity in dict.fromkeys([*before, *now])
            if before.get(activity) != now.get(activity)
        ]

    def fingerprint(self) -> str:
        """SHA-256 over all that the order says, so that what is signed is what was seen."""
        says = {
            "case": self.case_id or self.case.id,
            "amends": self.amends_id,
            "reason": self.change_reason,
            "items": [
                [i.activity_id or i.activity.id, i.amount, i.due_on.isoformat(), i.builds] for i in self.items
            ],
        }
        return hashlib.sha256(json.dumps(says, sort_keys=True).encode()).hexdigest()

    def why_not_ask(self, item: Item) -> RuleBroken | None:
        """Whether an item can be ordered. One that stays as it was may be past: done, or overdue."""
        if item.amount <= 0:
            return RuleBroken(_("Give an amount above zero."), field="amount")
        if item.due_on < self.court.today and item not in self.before:
            return RuleBroken(_("The due date is in the past."), field="due_on")
        return self._why_not_within_range(item)

    def _why_not_within_range(self, item: Item) -> RuleBroken | None:
        """What a panel could not agree on, the judge sets within the range that it disagreed over."""
        open_to_judge = [] if self.amends else self.deliberation.proposals
        for each in open_to_judge:
            if each.activity is not item.activity or each.lowest is None or each.highest is None:
                continue
            if not each.lowest <= item.amount <= each.highest:
                return RuleBroken(
                    _("The panel disagreed within a range. Choose an amount inside it."), field="amount"
                )
        return None

    def why_not_change(self, by: User) -> str | None:
        if self.is_signed:
            return _("This order is signed. To change it, amend it.")
        return None if self.judge is by else _("Another judge heard this case.")

    # Verbs

    def change(self, items: list[Item], reason: str, by: User) -> None:
        """Order something else than was proposed, with the reason that everybody will read."""
        if why_not := self.why_not_change(by):
            raise RuleBroken(why_not)
        for item in items:
            if broken := self.why_not_ask(item):
                raise broken
        self._fill(items)
        self.change_reason = reason
        if self.differences() and not reason.strip():
            raise RuleBroken(_("You changed the plan. Write the reason."), field="reason")
        self.record(
            "order.changed",
            by=by,
            reason=reason,
            items=[[i.activity.name, i.amount, i.due_on] for i in items],
        )

    def _fill(self, items: list[Item]) -> None:
        self.items.clear()
        for item in items:
            self.items.append(
                OrderItem(
                    court=self.court,
                    activity=item.activity,
                    amount=item.amount,
                    due_on=item.due_on,
                    builds=item.builds,
                )
            )
