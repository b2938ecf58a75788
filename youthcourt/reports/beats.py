"""How a screen knows that something happened: a number that grows with every change that is committed.

It is read off the audit trail, which every change writes to: nothing more is written, no change is missed.
"""

from __future__ import annotations

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from youthcourt.models import AuditEvent
from youthcourt.models.reading import READINGS

# What a panel does among itself is seen in its own room alone: boards are not drawn anew with every vote.
_AMONG_THE_PANEL = (
    "deliberation.handed_in",
    "deliberation.opened",
    "deliberation.noted",
    "deliberation.found",
    "deliberation.proposed",
    "deliberation.dropped",
    "deliberation.vote_called",
    "deliberation.voted",
    "deliberation.vote_counted",
)
# A line takes its place in the chain when it is committed, so that the last place never comes late, as the
# number in its table would: two transactions may commit in the other order than they wrote.
OF_COURT = (
    select(AuditEvent.number)
    .where(
        AuditEvent.court_id == bindparam("court_id"),
        AuditEvent.number.is_not(None),
        AuditEvent.event.not_in((*READINGS, *_AMONG_THE_PANEL)),
    )
    .order_by(AuditEvent.number.desc())
    .limit(1)
)
# More than ever wait to be committed for one case at once.
_LAST = 50
_LAST_OF_CASE = (
    select(AuditEvent.number)
    .where(
        AuditEvent.court_id == bindparam("court_id"),
        AuditEvent.case_id == bindparam("case_id"),
        AuditEvent.event.not_in(READINGS),
    )
    .order_by(AuditEvent.id.desc())
    .limit(_LAST)
    .subquery()
)
OF_CASE = select(func.max(_LAST_OF_CASE.c.number))


def of_court(session: Session, court_id: int) -> int:
    """The last change that this court has seen: for a screen that shows a whole day."""
    return session.scalar(OF_COURT, {"court_id": court_id}) or 0


def of_case(session: Session, court_id: int, case_id: int) -> int:
    """The last change that this case has seen: for a screen in one room, which others should not wake."""
    return session.scalar(OF_CASE, {"court_id": court_id, "case_id": case_id}) or 0
