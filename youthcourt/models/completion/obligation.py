"""What one respondent owes, and what was done about it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey, Index, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record, Versioned

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.case import Case
    from youthcourt.models.court.court import SanctionActivity
    from youthcourt.models.decision.order import DispositionOrder
    from youthcourt.models.decision.order_draft import Item
    from youthcourt.models.jury.juror import Sitting


class ObligationState(StrEnum):
    OPEN = "open"
    MET = "met"
    EXCUSED = "excused"
    WITHDRAWN = "withdrawn"


OBLIGATION_WORDS = {
    ObligationState.OPEN: _l("Still to do"),
    ObligationState.MET: _l("Done"),
    ObligationState.EXCUSED: _l("Excused"),
    ObligationState.WITHDRAWN: _l("No longer asked for"),
}

# What nobody asks for any more.
_OVER = (ObligationState.EXCUSED, ObligationState.WITHDRAWN)


class Obligation(CourtOwned, Versioned, Audited, Record):
    """One item of a plan, owed by one respondent. Amounts are in the activity's unit."""

    __table_args__ = (Index("ix_obligation_due", "court_id", "state", "due_on"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    case: Mapped[Case] = relationship(back_populates="obligations")
    # The order that last said what is owed: the first one, or an amendment.
    order_id: Mapped[int] = mapped_column(ForeignKey("disposition_order.id"))
    order: Mapped[DispositionOrder] = relationship()
    activity_id: Mapped[int] = mapped_column(ForeignKey("sanction_activity.id"))
    activity: Mapped[SanctionActivity] = relationship()
    amount_owed: Mapped[int]
    due_on: Mapped[date]
    builds: Mapped[str] = mapped_column(default="")
    state: Mapped[ObligationState] = mapped_column(default=ObligationState.OPEN)
    service_records: Mapped[list[ServiceRecord]] = relationship(
        back_populates="obligation", order_by="ServiceRecord.id"
    )
    sittings: Mapped[list[Sitting]] = relationship(back_populates="obligation", order_by="Sitting.id")
    extensions: Mapped[list[Extension]] = relationship(back_populates="obligation", order_by="Extension.id")
    excusal: Mapped[Excusal | None] = relationship(back_populates="obligation")

    @classmethod
    def follow(cls, order: DispositionOrder, by: User) -> None:
        """Make what is owed what the signed order says: new, changed, or no longer asked.

        What an amendment says as before keeps its later due date, and stays excused if it was.
        """
        obligations, changed = order.case.obligations, {each.activity for each in order.differences()}
        owed = {each.activity: each for each in obligations if each.state not in _OVER}
        for item in order.items:
            obligation = owed.pop(item.activity, None)
            if order.amends and item.activity not in changed:
                if obligation is not None:
                    obligation.order = order
                continue
            if obligation is None:
                obligation = cls(court=order.court, activity=item.activity, state=ObligationState.OPEN)
                order.case.obligations.append(obligation)
            obligation.order, obligation.amount_owed = order, item.amount
            obligation.due_on, obligation.builds = item.due_on, item.builds
            obligation._settle()
        for dropped in [each for each in owed.values() if each.is_open]:
            dropped.excuse(_("No longer asked for by order %(number)s.", number=order.number), by=by)

    @classmethod
    def go_back(cls, order: DispositionOrder) -> None:
        """An order was taken back: what it opened is withdrawn, what it changed is as it was before."""
        opened = [each for each in order.case.obligations if each.order is order and each.is_asked]
        if order.amends:
            cls._go_back_to(order.amends, order, {each.activity: each for each in opened})
            return
        for each in opened:
            each.state = ObligationState.WITHDRAWN

    @classmethod
    def _go_back_to(
        cls, before: DispositionOrder, order: DispositionOrder, opened: dict[SanctionActivity, Self]
    ) -> None:
        for difference in order.differences():
            obligation = opened.get(difference.activity)
            if difference.was is None and obligation:
                obligation.state = ObligationState.WITHDRAWN
            elif difference.was:
                if obligation is None:
                    obligation = cls(court=order.court, order=before, activity=difference.activity)
                    order.case.obligations.append(obligation)
                obligation._ask_again(difference.was)
        for each in opened.values():
            each.order = before if each.is_asked else order

    def _ask_again(self, item: Item) -> None:
        self.amount_owed, self.builds = item.amount, item.builds
        self.due_on = max([item.due_on, *(each.now_on for each in self.extensions)])
        self._settle()

    # Lists

    @classmethod
    def visible_to(cls, user: User) -> Select[Self]:
        """What is owed in the cases that are this reader's business."""
        case = cls.case.property.mapper.class_  # case.py imports this module
        return select(cls).where(cls.case_id.in_(case.visible_to(user).with_only_columns(case.id)))

    # Questions

    def __str__(self) -> str:
        return str(self.activity)

    @property
    def audited_case_id(self) -> int:  # type: ignore[override]
        return self.case_id or self.case.id

    @property
    def amount_done(self) -> int:
        return sum(record.amount for record in self.service_records)

    @property
    def amount_left(self) -> int:
        return max(0, self.amount_owed - self.amount_done)

    @property
    def is_open(self) -> bool:
        return self.state is ObligationState.OPEN

    @property
    def is_asked(self) -> bool:
        """Whether it is, or was, part of the plan that stands."""
        return self.state not in _OVER

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on < self.court.today

    def why_not_credit(self, by: User, by_sitting: bool = False) -> str | None:
        if self.activity.is_jury_duty and not by_sitting:
            return _("Jury duty is credited when the young person has sat.")
        if not self.is_open:
            return _("Nothing is owed here any more.")
        if self.case.is_closed:
            return _("This case is closed.")
        if by.person_id is not None and by.person_id in (
            self.case.respondent_id,
            *(g.id for g in self.case.respondent.guardians),
        ):
            return _("Nobody credits their own hours.")
        return None

    # Verbs

    def credit(
        self,
        amount: int,
        done_on: date,
        vouched_by: str,
        by: User,
        site: str = "",
        note: str = "",
        sitting: Sitting | None = None,
    ) -> ServiceRecord:
        """Write down what was done, where, and who vouched for it. Jury duty only comes from a sitting."""
        self._count_alone()
        if why_not := self.why_not_credit(by, by_sitting=sitting is not None):
            raise RuleBroken(why_not)
        if amount <= 0:
            raise RuleBroken(_("Give an amount above zero."), field="amount")
        if done_on > self.court.today:
            raise RuleBroken(_("This day is in the future."), field="done_on")
        if not vouched_by.strip():
            raise RuleBroken(_("Write who vouches for it."), field="vouched_by")
        if vouched_by.strip().lower() == self.case.respondent.name.lower():
            raise RuleBroken(_("Nobody vouches for their own hours."), field="vouched_by")
        if amount > self.amount_left and not note.strip():
            raise RuleBroken(_("This is more than was owed. Write a note that says why."), field="note")
        done = ServiceRecord(
            court=self.court,
            amount=amount,
            done_on=done_on,
            site=site,
            vouched_by=vouched_by.strip(),
            note=note,
            sitting=sitting,
            credited_at=clock.now(),
            credited_by=by,
        )
        self.service_records.append(done)
        self._settle()
        self.record(
            "obligation.credited",
            by=by,
            amount=amount,
            done_on=done_on,
            vouched_by=vouched_by,
            left=self.amount_left,
        )
        return done

    def take_back(self, sitting: Sitting, by: User) -> None:
        """The day of this sitting was reopened: what it counted is taken off, by a line of its own."""
        self._count_alone()
        given_back = {each.reverses_id for each in self.service_records}
        for done in [e for e in self.service_records if e.sitting_id == sitting.id and e.amount > 0]:
            if done.id in given_back:
                continue
            taken = ServiceRecord(
                court=self.court,
                amount=-done.amount,
                done_on=done.done_on,
                site=done.site,
                vouched_by=done.vouched_by,
                note=_("Taken back: the day was reopened."),
                sitting=sitting,
                reverses=done,
                credited_at=clock.now(),
                credited_by=by,
            )
            self.service_records.append(taken)
            if self.state is not ObligationState.EXCUSED:
                self._settle()
            self.record("obligation.taken_back", by=by, amount=done.amount, left=self.amount_left)

    def _count_alone(self) -> None:
        """Whoever credits the same thing at the same moment waits, and then counts what was kept before."""
        self.session.flush()
        lock = {"key_share": True}
        self.session.refresh(
            self, ["version", "amount_owed", "state", "service_records"], with_for_update=lock
        )

    def _settle(self) -> None:
        self.state = ObligationState.OPEN if self.amount_left else ObligationState.MET

    def why_not_excuse(self) -> str | None:
        return None if self.is_open and not self.case.is_closed else _("Nothing is owed here any more.")

    def excuse(self, reason: str, by: User) -> None:
        """Ask no more for this, with the reason."""
        if why_not := self.why_not_excuse():
            raise RuleBroken(why_not)
        if not reason.strip():
            raise RuleBroken(_("Write the reason."), field="reason")
        self.state = ObligationState.EXCUSED
        self.excusal = Excusal(court=self.court, reason=reason, excused_at=clock.now(), by=by)
        self.record("obligation.excused", by=by, reason=reason)

    def extend(self, due_on: date, reason: str, by: User) -> None:
        """Give more time, with the reason."""
        if why_not := self.why_not_excuse():
            raise RuleBroken(why_not)
        if due_on <= self.due_on:
            raise RuleBroken(_("The new date is not later than the old one."), field="due_on")
        if not reason.strip():
            raise RuleBroken(_("Write the reason."), field="reason")
        was, self.due_on = self.due_on, due_on
        self.extensions.append(
            Extension(
                court=self.court, was_on=was, now_on=due_on, reason=reason, extended_at=clock.now(), by=by
            )
        )
        self.record("obligation.extended", by=by, was=was, now=due_on, reason=reason)


class ServiceRecord(CourtOwned, Record):
    """Something that was done: how much, when, where, and who vouched for it."""

    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), index=True)
    obligation: Mapped[Obligation] = relationship(back_populates="service_records")
    amount: Mapped[int]
    done_on: Mapped[date]
    site: Mapped[str] = mapped_column(default="")
    vouched_by: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    # Jury duty: the sitting that was served.
    sitting_id: Mapped[int | None] = mapped_column(ForeignKey("sitting.id"))
    sitting: Mapped[Sitting | None] = relationship()
    # What this line takes back; its amount is below nothing.
    reverses_id: Mapped[int | None] = mapped_column(
        ForeignKey("service_record.id", ondelete="CASCADE"), unique=True
    )
    reverses: Mapped[ServiceRecord | None] = relationship(remote_side="ServiceRecord.id")
    credited_at: Mapped[datetime]
    credited_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    credited_by: Mapped[User] = relationship()


class Extension(CourtOwned, Record):
    """More time for one obligation."""

    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), index=True)
    obligation: Mapped[Obligation] = relationship(back_populates="extensions")
    was_on: Mapped[date]
    now_on: Mapped[date]
    reason: Mapped[str]
    extended_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()


class Excusal(CourtOwned, Record):
    """An obligation that is no longer asked for."""

    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), unique=True)
    obligation: Mapped[Obligation] = relationship(back_populates="excusal")
    reason: Mapped[str]
    excused_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()
