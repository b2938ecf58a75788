"""The nightly clock: which record is due when, by which rule, and what keeps it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from youthcourt import clock
from youthcourt.models import (
    CLOSED_STAGES,
    Blocked,
    Case,
    Court,
    Obligation,
    RecordKind,
    RetentionDate,
    RetentionRule,
    Trigger,
    User,
    seeing_sealed,
)

from . import purging, sealing


def work_out(court: Court) -> list[RetentionDate]:
    """Work out anew when each closed case of a court is due. Doing it twice changes nothing."""
    session = court.session
    rules = {kind: RetentionRule.of(court, kind) for kind in RecordKind}
    closed = (
        select(Case)
        .where(Case.court_id == court.id, Case.stage.in_(CLOSED_STAGES))
        .options(
            joinedload(Case.closure),
            joinedload(Case.respondent),
            selectinload(Case.holds),
            selectinload(Case.obligations).joinedload(Obligation.activity),
        )
    )
    with seeing_sealed():
        known = {
            each.case_id: each
            for each in session.scalars(select(RetentionDate).where(RetentionDate.court_id == court.id))
        }
        found = []
        for case in session.scalars(closed).unique():
            rule = rules[RecordKind(case.closure.outcome)] if case.closure else None
            dates = known.pop(case.id, None)
            if rule is not None:
                found.append(_dates_of(case, rule, dates))
        for left in known.values():
            session.delete(left)
        purging.drop_old_marks(court)
        session.flush()
    return found


def _dates_of(case: Case, rule: RetentionRule, dates: RetentionDate | None) -> RetentionDate:
    if dates is None:
        dates = RetentionDate(court=case.court, case=case)
        case.session.add(dates)
    assert case.closure is not None, "the case is closed"
    starts_on = rule.starts_on(case.closure.closed_on, case.respondent.born_on)
    blocked = sealing.blocked(case)
    if starts_on is None and rule.trigger is not Trigger.CLOSED:
        blocked = blocked or Blocked.NO_BIRTH_DATE
    now = {
        "rule": rule,
        "seal_on": rule.seal_on(starts_on),
        "destroy_on": rule.destroy_on(starts_on),
        "blocked": blocked,
    }
    if any(getattr(dates, name) != value for name, value in now.items()):
        for name, value in now.items():
            setattr(dates, name, value)
        dates.worked_out_at = clock.now()
    return dates


# Presets: common practice, to be checked by counsel before a court relies on them. A court edits them.

_PRESETS = (
    (RecordKind.COMPLETED, "Completed plans", Trigger.CLOSED_AND_18, 90, 365),
    (RecordKind.DECLINED, "Referrals not accepted", Trigger.CLOSED, 30, 365),
    (RecordKind.WITHDRAWN, "Withdrawn cases", Trigger.CLOSED_AND_18, 90, 365),
    (RecordKind.RETURNED, "Returned cases", Trigger.CLOSED_AND_18, 365, 730),
)


def add_usual_rules(court: Court, by: User | None) -> None:
    """Give a court that has no rules yet the usual ones to start from. No counsel has checked them."""
    for kind, name, trigger, seal_after, destroy_after in _PRESETS:
        if RetentionRule.of(court, kind) is None:
            RetentionRule.add(
                court,
                by=by,
                name=name,
                kind=kind,
                trigger=trigger,
                seal_after_days=seal_after,
                destroy_after_days=destroy_after,
                warn_days=30,
                needs_notice=True,
                keeps_mark=True,
                citation="",
                checked_by_counsel_on=None,
            )
