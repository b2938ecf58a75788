"""Old records as the review list shows them: what is due, what is proposed, what is kept back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from youthcourt import clock
from youthcourt.models import (
    Case,
    Closure,
    Court,
    Destruction,
    LegalHold,
    Person,
    Purge,
    RetentionDate,
    RetentionRule,
    Sealing,
    User,
)

LONGEST = 300

_is_sealed = exists().where(Sealing.case_id == Case.id, Sealing.unsealed_at.is_(None)).correlate(Case)
_is_held = exists().where(LegalHold.case_id == Case.id, LegalHold.lifted_at.is_(None)).correlate(Case)
_WHOSE = (Case.id, Case.number, Person.given_name, Person.family_name)


def review(court: Court) -> dict[str, list[Any]]:
    """Closed records by what is to be done with them; each stands in one list only."""
    found: dict[str, list[Any]] = {"proposed": [], "kept": [], "destroy": [], "seal": [], "soon": []}
    for row in court.session.execute(_dated(court)):
        if part := _part_of(row, court):
            found[part].append(row)
    return found


def _dated(court: Court) -> Any:
    return (
        select(
            *_WHOSE,
            Closure.outcome,
            Closure.closed_on,
            RetentionRule.name.label("rule"),
            RetentionRule.warn_days,
            RetentionDate.seal_on,
            RetentionDate.destroy_on,
            RetentionDate.blocked,
            Destruction.not_before,
            Destruction.proposed_by_id,
            User.name.label("proposed_by"),
            _is_sealed.label("is_sealed"),
            _is_held.label("is_held"),
        )
        .join(Person, Case.respondent_id == Person.id)
        .join(Closure, Closure.case_id == Case.id)
        .join(RetentionDate, RetentionDate.case_id == Case.id)
        .join(RetentionRule, RetentionDate.rule_id == RetentionRule.id)
        .outerjoin(Destruction, Destruction.case_id == Case.id)
        .outerjoin(User, Destruction.proposed_by_id == User.id)
        .where(Case.court_id == court.id)
        .order_by(RetentionDate.seal_on, Case.id)
        .limit(LONGEST)
    )


def _part_of(row: Any, court: Court) -> str | None:
    today = court.today
    soon = today + timedelta(days=row.warn_days)
    seal_on = None if row.is_sealed else row.seal_on
    days = [day for day in (seal_on, row.destroy_on) if day]
    if row.not_before:
        return "proposed"
    if (row.blocked or row.is_held) and any(day <= soon for day in days):
        return "kept"
    if row.destroy_on and row.destroy_on <= today:
        return "destroy"
    if seal_on and seal_on <= today:
        return "seal"
    return "soon" if any(day <= soon for day in days) else None


def sealed(court: Court) -> Sequence[Any]:
    """The records under seal, newest first; asked by those who may see them."""
    rows = (
        select(*_WHOSE, Sealing.sealed_at, Sealing.reason, User.name.label("by"), RetentionDate.destroy_on)
        .join(Sealing, Sealing.case_id == Case.id)
        .join(Person, Case.respondent_id == Person.id)
        .join(User, Sealing.sealed_by_id == User.id)
        .outerjoin(RetentionDate, RetentionDate.case_id == Case.id)
        .where(Case.court_id == court.id, Sealing.unsealed_at.is_(None))
        .order_by(Sealing.sealed_at.desc())
        .limit(LONGEST)
    )
    return court.session.execute(rows).all()


def destroyed(court: Court) -> Sequence[Any]:
    """What was destroyed, newest first: days, rules and approvers, and nobody's name."""
    rows = select(Purge).where(Purge.court_id == court.id).order_by(Purge.purged_at.desc()).limit(LONGEST)
    people = (joinedload(Purge.proposed_by), joinedload(Purge.confirmed_by))
    return court.session.scalars(rows.options(*people)).all()


def is_cool(not_before: Any) -> bool:
    """Whether the cooling time of a proposal is over."""
    return bool(clock.now() >= not_before)
