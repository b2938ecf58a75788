"""Before a day of hearings: jurors are booked, and excused when they cannot come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models import (
    CLOSED_STAGES,
    OPEN_STATES,
    Case,
    CourtSession,
    Juror,
    Obligation,
    ObligationState,
    Sitting,
    SittingState,
    Swap,
    SwapState,
    User,
)


def book(juror: Juror, court_session: CourtSession, by: User) -> Sitting:
    """Book a juror; when a plan of theirs still asks for jury duty, the sitting pays it off."""
    return Sitting.book(juror, court_session, by=by, obligation=duty_to_pay(juror))


def book_many(jurors: Iterable[Juror], court_session: CourtSession, by: User) -> list[Sitting]:
    """Book several jurors for one day: all of them, or none when one cannot be booked."""
    return [book(juror, court_session, by=by) for juror in jurors]


def walk_in(juror: Juror, court_session: CourtSession, by: User) -> Sitting:
    """A juror whom nobody expected has come: booked and checked in at once. Saying it twice changes nothing.

    Where they may sit is asked when a seat is filled, by the same rules as of everybody.
    """
    if why_not := court_session.why_not_check_in():
        raise RuleBroken(why_not)
    open_ones = (s for s in court_session.sittings if s.state is not SittingState.EXCUSED)
    sitting = next((s for s in open_ones if s.juror_id == juror.id), None)
    if sitting is None:
        if juror.left_on:
            raise RuleBroken(_("%(name)s no longer sits.", name=juror))
        owed = duty_to_pay(juror)
        sitting = Sitting(juror=juror, court_session=court_session, court=juror.court, obligation=owed)
        sitting.is_walk_in = True
        juror.session.add(sitting)
        sitting.record("sitting.booked", by=by, held_on=court_session.held_on)
    elif sitting.state is SittingState.NO_SHOW:
        sitting.undo_miss(by=by)
    sitting.check_in(by=by)
    return sitting


def undo_check_in(sitting: Sitting, by: User) -> None:
    """It was ticked by mistake. Who was not expected either is not booked any more."""
    if sitting.is_walk_in and sitting.state is SittingState.CHECKED_IN:
        _undo_walk_in(sitting, by=by)
    else:
        sitting.undo_check_in(by=by)


def _undo_walk_in(sitting: Sitting, by: User) -> None:
    """It was somebody else: they were neither booked nor here."""
    sitting.undo_check_in(by=by)
    excuse(sitting, reason=_("Was written down by mistake."), by=by)


def excuse(sitting: Sitting, reason: str, by: User) -> None:
    """The juror need not come: they leave the panels they were to sit on that day, and reserves move up."""
    if not reason.strip():
        raise RuleBroken(_("Write the reason."), field="reason")
    for seat in sitting.seats:
        if seat.panel.hearing.is_ahead:
            seat.stand_down(reason=reason, by=by)
    sitting.excuse(reason=reason, by=by)
    _end_swaps_of(sitting, by=by)


def _end_swaps_of(sitting: Sitting, by: User) -> None:
    """Nobody looks for somebody to come on a day that is no longer theirs, or waits for it in exchange."""
    concerned = or_(Swap.sitting_id == sitting.id, Swap.given_id == sitting.id)
    for swap in sitting.session.scalars(select(Swap).where(concerned, Swap.state.in_(OPEN_STATES))):
        if swap.given_id == sitting.id and swap.state is SwapState.ANSWERED:
            swap.turn_down(by=by)
        else:
            swap.withdraw(by=by)


def why_not_cancel(sitting: Sitting) -> str | None:
    """Why a juror can no longer say by themselves that they cannot come."""
    if sitting.state is not SittingState.BOOKED:
        return _("This is no longer a booking that you can cancel.")
    if sitting.court_session.held_on <= sitting.court.today:
        return _("The day has come. Please call the court office.")
    return None


def cancel(sitting: Sitting, reason: str, by: User) -> None:
    """A juror says in good time that they cannot come."""
    if why_not := why_not_cancel(sitting):
        raise RuleBroken(why_not)
    excuse(sitting, reason=reason, by=by)


def leave(juror: Juror, by: User) -> None:
    """A juror stops. The days they were booked for are taken back, so that nobody waits for them."""
    for sitting in juror.sittings:
        if sitting.state is SittingState.BOOKED and not sitting.court_session.is_over:
            excuse(sitting, reason=_("No longer sits."), by=by)
    for stated in juror.availabilities:
        stated.withdraw(by=by)
    juror.leave(by=by)


def be_away(juror: Juror, starts_on: date, ends_on: date, by: User) -> None:
    """A juror cannot come on these days. Where they were booked, they are excused, so that others can be."""
    juror.be_away(starts_on=starts_on, ends_on=ends_on, by=by)
    for sitting in juror.sittings:
        day = sitting.court_session
        if sitting.state is SittingState.BOOKED and starts_on <= day.held_on <= ends_on and not day.is_over:
            excuse(sitting, reason=_("Is away."), by=by)


def say_away(juror: Juror, starts_on: date, ends_on: date, by: User) -> None:
    """A juror says by themselves that they cannot come; not on the day itself, when people count on them."""
    if starts_on <= juror.court.today:
        raise RuleBroken(_("The day has come. Please call the court office."), field="starts_on")
    be_away(juror, starts_on, ends_on, by=by)


def duty_to_pay(juror: Juror) -> Obligation | None:
    """The jury duty this juror owes that is due first and has sittings left to book."""
    owed = (
        select(Obligation)
        .join(Obligation.case)
        .where(
            Case.respondent_id == juror.person_id,
            Case.stage.not_in(CLOSED_STAGES),
            Obligation.state == ObligationState.OPEN,
        )
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
