"""How a screen knows that something happened: a number that grows with every change that is committed.

It is read off the audit trail, which every change writes to: nothing more is written, no change is missed.
"""

from __future__ import annotations

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from youthcourt.models import AuditEvent, AuditHead
from youthcourt.models.reading import READINGS

# The head of the chain counts lines as they are committed, one transaction after another.
OF_COURT = select(AuditHead.count).where(AuditHead.court_id == bindparam("court_id"))
# The last line's number would not do: two transactions may commit in the other order than they wrote.
# Who looks at a case changes nothing in it.
OF_CASE = select(func.count()).where(
    AuditEvent.court_id == bindparam("court_id"),
    AuditEvent.case_id == bindparam("case_id"),
    AuditEvent.event.not_in(READINGS),
)


def of_court(session: Session, court_id: int) -> int:
    """How many changes this court has seen: for a screen that shows a whole day."""
    return session.scalar(OF_COURT, {"court_id": court_id}) or 0


def of_case(session: Session, court_id: int, case_id: int) -> int:
    """How many changes this case has seen: for a screen in one room, which others should not wake."""
    return session.scalar(OF_CASE, {"court_id": court_id, "case_id": case_id}) or 0
