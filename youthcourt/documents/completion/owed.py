"""What is owed, as papers about a plan tell it, and a calendar of its days."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from youthcourt.documents.paper import local
from youthcourt.models import Case, Obligation, SittingState, Unit

FIRST_WEEKDAY = 6  # calendars on walls here begin with Sunday
MOST_MONTHS = 6
# What can be done bit by bit, so that a quarter of it is something to aim at.
_IN_QUARTERS = (Unit.MINUTES, Unit.CENTS)
QUARTERS = ((1, "¼"), (2, "½"), (3, "¾"))
_COMING = (SittingState.BOOKED, SittingState.CHECKED_IN)


def asked_of(case: Case) -> list[Obligation]:
    """What the plan asks, or asked, in the order in which it is due."""
    return sorted(
        (each for each in case.obligations if each.is_asked), key=lambda each: (each.due_on, each.id)
    )


def owed(obligation: Obligation) -> dict[str, Any]:
    """One part of a plan in figures, in the unit of its activity."""
    return {
        "activity": obligation.activity.name,
        "kind": obligation.activity.kind.value,
        "unit": obligation.activity.unit.value,
        "owed": obligation.amount_owed,
        "done": obligation.amount_done,
        "left": obligation.amount_left,
        "due_on": obligation.due_on,
        "is_open": obligation.is_open,
        "is_late": obligation.is_overdue,
    }


def days_in_court(obligation: Obligation) -> list[date]:
    """The days for which somebody is booked on a panel."""
    return sorted(s.court_session.held_on for s in obligation.sittings if s.state in _COMING)


def quarters_of(obligation: Obligation) -> list[dict[str, Any]]:
    """How much should be done by when, to be in time without hurry: three days on the way to the last."""
    signed_at = obligation.order.signed_at
    if signed_at is None or obligation.activity.unit not in _IN_QUARTERS:
        return []
    begins = local(signed_at, obligation.court).date()
    days = (obligation.due_on - begins).days
    return [
        {
            "part": sign,
            "on": begins + timedelta(days=days * quarter // 4),
            "amount": -(-obligation.amount_owed * quarter // 4),
        }
        for quarter, sign in QUARTERS
        if days > 0
    ]


def months(first: date, last: date, marks: Mapping[date, list[dict[str, str]]]) -> list[dict[str, Any]]:
    """The months from one day to another, week by week; a place outside the month is None."""
    begins = first.replace(day=1)
    found: list[dict[str, Any]] = []
    while begins <= last and len(found) < MOST_MONTHS:
        weeks = Calendar(FIRST_WEEKDAY).monthdatescalendar(begins.year, begins.month)
        days = [[_place(each, begins, marks) for each in week] for week in weeks]
        found.append({"first": begins, "weekdays": weeks[0], "weeks": days})
        begins = (begins + timedelta(days=31)).replace(day=1)
    return found


def _place(day: date, month: date, marks: Mapping[date, list[dict[str, str]]]) -> dict[str, Any] | None:
    return {"day": day.day, "marks": marks.get(day, [])} if day.month == month.month else None
