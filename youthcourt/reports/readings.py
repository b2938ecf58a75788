"""Who looked at which case, when: the openings that the audit trail tells of."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from youthcourt.models import AuditEvent, Case, Court, User
from youthcourt.models.reading import READINGS

_COLUMNS = (
    AuditEvent.id,
    AuditEvent.at,
    AuditEvent.event,
    AuditEvent.particulars,
    AuditEvent.case_id,
    AuditEvent.by_id,
    User.name.label("reader"),
)


def of_case(case: Case) -> Select[Any]:
    """Everybody who looked at a case, the latest first."""
    return (
        select(*_COLUMNS)
        .outerjoin(AuditEvent.by)
        .where(AuditEvent.court_id == case.court_id, AuditEvent.case_id == case.id)
        .where(AuditEvent.event.in_(READINGS))
        .order_by(AuditEvent.id.desc())
    )


def of_court(court: Court, reader_id: int | None, number: str, on: date | None) -> Select[Any]:
    """Every look at a case of this court, the latest first: of one person, one case, one day, or all."""
    found = (
        select(*_COLUMNS, Case.number)
        .outerjoin(AuditEvent.by)
        .outerjoin(Case, Case.id == AuditEvent.case_id)
        .where(AuditEvent.court_id == court.id, AuditEvent.event.in_(READINGS))
        .order_by(AuditEvent.id.desc())
    )
    if reader_id is not None:
        found = found.where(AuditEvent.by_id == reader_id)
    if number:
        found = found.where(Case.number.icontains(number, autoescape=True))
    if on is not None:
        begins = datetime.combine(on, time(), ZoneInfo(court.time_zone))
        ends = datetime.combine(on + timedelta(days=1), time(), ZoneInfo(court.time_zone))
        found = found.where(AuditEvent.at >= begins, AuditEvent.at < ends)
    return found


def readers(court: Court) -> Select[int, str]:
    """Everybody with an account here, by name."""
    return select(User.id, User.name).where(User.court_id == court.id).order_by(User.name, User.id)
