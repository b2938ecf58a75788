"""What respondents still owe, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, or_, select

from youthcourt.models import (
    CLOSED_STAGES,
    Case,
    Obligation,
    ObligationState,
    Person,
    SanctionActivity,
    ServiceRecord,
    User,
)

SOON_DAYS = 14


class Urgency(StrEnum):
    """Which of the open obligations somebody looks at."""

    ALL = "all"
    OVERDUE = "overdue"
    SOON = "soon"


_DONE = (
    select(func.coalesce(func.sum(ServiceRecord.amount), 0))
    .where(ServiceRecord.obligation_id == Obligation.id)
    .correlate(Obligation)
    .scalar_subquery()
)
_COLUMNS = (
    Obligation.id,
    Obligation.due_on,
    Obligation.amount_owed,
    _DONE.label("done"),
    SanctionActivity.name.label("activity"),
    SanctionActivity.unit,
    Case.id.label("case_id"),
    Case.number,
    Person.given_name,
    Person.family_name,
)


def still_owed(reader: User, urgency: Urgency, activity_id: int | None, wanted: str) -> Select[Any]:
    """Open obligations of running cases, overdue first; the columns that the list shows."""
    owed = (
        Obligation.visible_to(reader)
        .join(Obligation.case)
        .join(Case.respondent)
        .join(Obligation.activity)
        .where(
            Obligation.court_id == reader.court_id,
            Obligation.state == ObligationState.OPEN,
            Case.stage.not_in(CLOSED_STAGES),
            *_when(urgency, reader.court.today),
        )
        .with_only_columns(*_COLUMNS)
        .order_by(Obligation.due_on, Obligation.id)
    )
    if activity_id:
        owed = owed.where(Obligation.activity_id == activity_id)
    if wanted:
        name = func.lower(Person.given_name + " " + Person.family_name)
        owed = owed.where(
            or_(
                name.contains(wanted.lower(), autoescape=True),
                Case.number.icontains(wanted, autoescape=True),
            )
        )
    return owed


def activities_of(reader: User) -> Sequence[Any]:
    """The activities of the court, for a filter."""
    offered = select(SanctionActivity.id, SanctionActivity.name).where(
        SanctionActivity.court_id == reader.court_id
    )
    in_order = offered.order_by(SanctionActivity.position, SanctionActivity.id)
    return reader.session.execute(in_order).all()


def _when(urgency: Urgency, today: date) -> list[Any]:
    if urgency is Urgency.OVERDUE:
        return [Obligation.due_on < today]
    if urgency is Urgency.SOON:
        return [Obligation.due_on >= today, Obligation.due_on <= today + timedelta(days=SOON_DAYS)]
    return []
