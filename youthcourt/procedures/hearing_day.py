"""Closing a day of hearings: whoever served is credited, whoever did not come is written down."""

from __future__ import annotations

from sqlalchemy import select

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.models import (
    Case,
    CourtSession,
    Juror,
    Obligation,
    ObligationState,
    Sitting,
    SittingState,
    User,
)


def close_day(court_session: CourtSession, by: User) -> list[Sitting]:
    """Close a day that is settled. Returns the sittings that were credited.

    A juror who came is credited, seated or not: being sent home is not their fault.
    """
    if why_not := court_session.why_not_close():
        raise RuleBroken(why_not)
    credited = []
    for sitting in court_session.sittings:
        if sitting.state is SittingState.CHECKED_IN:
            sitting.credit(by=by)
            credited.append(sitting)
        elif sitting.state is SittingState.BOOKED:
            sitting.miss(by=by)
    court_session.closed_at, court_session.closed_by = clock.now(), by
    court_session.record("court_session.closed", by=by, credited=len(credited))
    return credited


def book(juror: Juror, court_session: CourtSession, by: User) -> Sitting:
    """Book a juror; when a plan of theirs still asks for jury duty, the sitting pays it off."""
    return Sitting.book(juror, court_session, by=by, obligation=duty_to_pay(juror))


def duty_to_pay(juror: Juror) -> Obligation | None:
    """The jury duty this juror owes that is due first and has sittings left to book."""
    owed = (
        select(Obligation)
        .join(Obligation.case)
        .where(Case.respondent_id == juror.person_id, Obligation.state == ObligationState.OPEN)
        .order_by(Obligation.due_on)
    )
    for obligation in juror.session.scalars(owed):
        if obligation.activity.is_jury_duty and sittings_to_book(obligation) > 0:
            return obligation
    return None


def sittings_to_book(obligation: Obligation) -> int:
    """How many sittings are neither served nor booked yet."""
    booked = sum(
        sitting.state in (SittingState.BOOKED, SittingState.CHECKED_IN) for sitting in obligation.sittings
    )
    return obligation.amount_left - booked
