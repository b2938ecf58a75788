"""Who looked at which case, when: the openings that the audit trail tells of."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, String, and_, exists, func, select, true, type_coerce

from youthcourt.models import AuditEvent, Case, RoleGrant, User
from youthcourt.models.reading import READINGS
from youthcourt.permissions import STAFF, Permission

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


_works_here = exists().where(RoleGrant.user_id == User.id, RoleGrant.role.in_(STAFF))
_AS_FAMILY = '"page":"my_cases"'


def _told_to(user: User) -> ColumnElement[bool]:
    """Whose looks somebody is told of: who sees no cases hears of staff at work, not of who has a case."""
    if user.may(Permission.SEE_CASE):
        return true()
    words = func.coalesce(type_coerce(AuditEvent.particulars, String), "")
    return and_(_works_here, ~words.contains(_AS_FAMILY))


def of_court(user: User, reader_id: int | None, number: str, on: date | None) -> Select[Any]:
    """Every look at a case of their court that this user is told of, the latest first.

    Of one person, one case, one day, or all.
    """
    court = user.court
    found = (
        select(*_COLUMNS, Case.number)
        .outerjoin(AuditEvent.by)
        .outerjoin(Case, Case.id == AuditEvent.case_id)
        .where(AuditEvent.court_id == court.id, AuditEvent.event.in_(READINGS), _told_to(user))
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


def readers(user: User) -> Select[int, str]:
    """Everybody of whose looks this user may be told, by name."""
    found = select(User.id, User.name).where(User.court_id == user.court_id)
    if not user.may(Permission.SEE_CASE):
        found = found.where(_works_here)
    return found.order_by(User.name, User.id)
