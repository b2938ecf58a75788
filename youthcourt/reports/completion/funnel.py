"""The funnel: what became of the referrals of one period, from the first letter to the completed plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from youthcourt.i18n import LazyString
from youthcourt.i18n import lazy as _l
from youthcourt.models import (
    AuditEvent,
    Case,
    CaseFigure,
    Closure,
    ClosureReason,
    Court,
    DispositionOrder,
    Hearing,
    HearingState,
    OrderItem,
    Outcome,
    Referral,
    ReportingPeriod,
    SanctionActivity,
    Unit,
)

MOST_PERIODS = 12


@dataclass(frozen=True)
class Ordered:
    """How much of one activity was ordered, in its unit, in how many cases."""

    activity: str
    unit: Unit
    amount: int
    cases: int


@dataclass(frozen=True)
class Funnel:
    """Cases by how far they came. Each was referred in the period; all is counted as of one day."""

    starts_on: date
    ends_on: date
    as_of: date
    referred: int
    declined: int
    declined_by_reason: tuple[tuple[ClosureReason, int], ...]
    left_before_date: int
    waiting_for_date: int
    scheduled: int
    failed_to_appear: int
    left_before_hearing: int
    waiting_for_hearing: int
    heard: int
    ordered: tuple[Ordered, ...]
    past_deadline: int
    completed: int
    completed_before_deadline_passed: int


@dataclass(frozen=True)
class Step:
    """One line of the funnel: how many cases, out of how many of the step it comes from."""

    key: str
    count: int
    of: int
    words: LazyString
    of_words: LazyString
    is_usual: bool = True

    @property
    def percent(self) -> float | None:
        """The share in percent; None where there is nothing to be a share of."""
        return 100 * self.count / self.of if self.of else None


OF_REFERRED, OF_SCHEDULED = _l("of those referred"), _l("of those with a date")
OF_HEARD, OF_PAST = _l("of those heard"), _l("of those past it")


def steps(told: Funnel) -> list[Step]:
    """The funnel from top to bottom. What is nothing in most courts is left out where it is nothing."""
    referred, scheduled = told.referred, told.scheduled
    all_steps = [
        Step("referred", referred, referred, _l("Referred"), OF_REFERRED),
        Step("declined", told.declined, referred, _l("Not accepted"), OF_REFERRED),
        Step("left", told.left_before_date, referred, _l("Left before a date was set"), OF_REFERRED, False),
        Step("waiting", told.waiting_for_date, referred, _l("No date yet"), OF_REFERRED, False),
        Step("scheduled", scheduled, referred, _l("Scheduled"), OF_REFERRED),
        Step("failed", told.failed_to_appear, scheduled, _l("Failed to appear"), OF_SCHEDULED),
        Step("quit", told.left_before_hearing, scheduled, _l("Left before the hearing"), OF_SCHEDULED, False),
        Step("set", told.waiting_for_hearing, scheduled, _l("Hearing still ahead"), OF_SCHEDULED, False),
        Step("heard", told.heard, scheduled, _l("Heard"), OF_SCHEDULED),
        Step("past", told.past_deadline, told.heard, _l("Past their deadline"), OF_HEARD),
        Step("completed", told.completed, told.past_deadline, _l("Completed"), OF_PAST),
    ]
    return [step for step in all_steps if step.count or step.is_usual]


def last_day_kept(court: Court) -> date:
    """The day up to which the court's records tell: that of the last line in the trail, today at most."""
    last = court.session.scalar(select(func.max(AuditEvent.at)).where(AuditEvent.court_id == court.id))
    return min(last.astimezone(ZoneInfo(court.time_zone)).date(), court.today) if last else court.today


def funnel(court: Court, starts_on: date, ends_on: date, as_of: date) -> Funnel:
    """What became of the referrals received from `starts_on` to `ends_on`, counted on the day `as_of`."""
    session = court.session
    figures = session.scalars(_figures(court, starts_on, ends_on)).all()
    cases: list[Any] = [*session.execute(_cases(court, starts_on, ends_on)).all(), *map(_counted, figures)]
    declined = [each for each in cases if each.outcome is Outcome.DECLINED]
    scheduled = [each for each in cases if each.was_scheduled]
    heard = [each for each in scheduled if each.was_heard]
    unheard = [each for each in scheduled if not each.was_heard]
    before = [each for each in cases if not each.was_scheduled and each.outcome is not Outcome.DECLINED]
    failed = [each for each in unheard if each.has_failed]
    past = [each for each in heard if each.deadline is not None and each.deadline < as_of]
    return Funnel(
        starts_on=starts_on,
        ends_on=ends_on,
        as_of=as_of,
        referred=len(cases),
        declined=len(declined),
        declined_by_reason=tuple(Counter(each.reason for each in declined).most_common()),
        left_before_date=_closed(before),
        waiting_for_date=len(before) - _closed(before),
        scheduled=len(scheduled),
        failed_to_appear=len(failed),
        left_before_hearing=_closed(each for each in unheard if not each.has_failed),
        waiting_for_hearing=sum(each.outcome is None and not each.has_failed for each in unheard),
        heard=len(heard),
        ordered=_ordered(court, starts_on, ends_on, figures),
        past_deadline=len(past),
        completed=_completed(past),
        completed_before_deadline_passed=_completed(heard) - _completed(past),
    )


def usual_days(period: ReportingPeriod | None, as_of: date) -> tuple[date, date]:
    """The days of this period; where a court keeps none, the year until now."""
    return (period.starts_on, period.ends_on) if period else (as_of - timedelta(days=364), as_of)


def periods_of(court: Court) -> Select[str, date, date]:
    """The periods that a court keeps, latest first."""
    return (
        select(ReportingPeriod.name, ReportingPeriod.starts_on, ReportingPeriod.ends_on)
        .where(ReportingPeriod.court_id == court.id)
        .order_by(ReportingPeriod.ends_on.desc())
        .limit(MOST_PERIODS)
    )


def _closed(cases: Iterable[Any]) -> int:
    return sum(each.outcome is not None for each in cases)


def _completed(cases: Iterable[Any]) -> int:
    return sum(each.outcome is Outcome.COMPLETED for each in cases)


def _in_period(court: Court, starts_on: date, ends_on: date) -> Select[Any]:
    return (
        select(Case.id)
        .join(Referral, Referral.case_id == Case.id)
        .where(Case.court_id == court.id, Referral.referred_on.between(starts_on, ends_on))
    )


def _cases(court: Court, starts_on: date, ends_on: date) -> Any:
    """One row a case: how it ended if it did, how far it came, and the first order's last due date."""
    of_case = Hearing.case_id == Case.id
    deadline = (
        select(func.max(OrderItem.due_on))
        .join(DispositionOrder, OrderItem.order_id == DispositionOrder.id)
        .where(
            DispositionOrder.case_id == Case.id,
            DispositionOrder.signed_at.is_not(None),
            ~DispositionOrder.unsigning.has(),
            DispositionOrder.amends_id.is_(None),
        )
        .scalar_subquery()
    )
    return (
        _in_period(court, starts_on, ends_on)
        .outerjoin(Closure, Closure.case_id == Case.id)
        .with_only_columns(
            Closure.outcome,
            Closure.reason,
            exists().where(of_case).label("was_scheduled"),
            exists().where(of_case, Hearing.state == HearingState.HELD).label("was_heard"),
            exists().where(of_case, Hearing.state == HearingState.FAILED_TO_APPEAR).label("has_failed"),
            deadline.label("deadline"),
        )
    )


@dataclass(frozen=True)
class _Counted:
    """A case that is sealed or destroyed, as its figure lets it count: days are known by their month."""

    outcome: Outcome
    reason: ClosureReason
    was_scheduled: bool
    was_heard: bool
    has_failed: bool
    deadline: date | None


def _figures(court: Court, starts_on: date, ends_on: date) -> Select[Any]:
    """The figures of cases referred in a period, as far as the middle of a month says."""
    return select(CaseFigure).where(
        CaseFigure.court_id == court.id, CaseFigure.referred_about.between(starts_on, ends_on)
    )


def _counted(figure: CaseFigure) -> _Counted:
    """What no longer can be seen still counts, so that the figures of a past year stay what they were."""
    return _Counted(
        Outcome(figure.outcome),
        ClosureReason(figure.reason),
        figure.was_scheduled,
        figure.was_heard,
        figure.has_failed,
        figure.referred_about if figure.had_deadline else None,
    )


def _ordered(
    court: Court, starts_on: date, ends_on: date, figures: Sequence[CaseFigure]
) -> tuple[Ordered, ...]:
    """What the orders in force ask for: those that no signed amendment has taken the place of."""
    amendment = aliased(DispositionOrder)
    is_replaced = exists().where(
        and_(
            amendment.amends_id == DispositionOrder.id,
            amendment.signed_at.is_not(None),
            ~amendment.unsigning.has(),
        )
    )
    sums = (
        select(
            SanctionActivity.id,
            SanctionActivity.name,
            SanctionActivity.unit,
            func.sum(OrderItem.amount),
            func.count(),
        )
        .join(OrderItem, OrderItem.activity_id == SanctionActivity.id)
        .join(DispositionOrder, OrderItem.order_id == DispositionOrder.id)
        .where(
            DispositionOrder.case_id.in_(_in_period(court, starts_on, ends_on)),
            DispositionOrder.signed_at.is_not(None),
            ~DispositionOrder.unsigning.has(),
            ~is_replaced,
        )
        .group_by(SanctionActivity.id, SanctionActivity.name, SanctionActivity.unit)
        .order_by(SanctionActivity.position, SanctionActivity.id)
    )
    seen: dict[int, list[Any]] = {row[0]: list(row[1:]) for row in court.session.execute(sums)}
    for activity, amounts in _ordered_then(court, figures).items():
        line = seen.setdefault(activity.id, [activity.name, activity.unit, 0, 0])
        line[2] += sum(amounts)
        line[3] += len(amounts)
    return tuple(Ordered(*line) for line in seen.values())


def _ordered_then(court: Court, figures: Sequence[CaseFigure]) -> dict[SanctionActivity, list[int]]:
    """What the orders of sealed and destroyed cases asked for, amount by amount."""
    found: dict[SanctionActivity, list[int]] = {}
    if not any(figure.ordered for figure in figures):
        return found
    of_court = select(SanctionActivity).where(SanctionActivity.court_id == court.id)
    known = {str(each.id): each for each in court.session.scalars(of_court)}
    for figure in figures:
        for number, amount in figure.ordered.items():
            if number in known:
                found.setdefault(known[number], []).append(amount)
    return found
