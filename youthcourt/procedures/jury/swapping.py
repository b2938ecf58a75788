"""Jurors swap days: one gives a day away, another comes instead or both exchange; the rules hold for both."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models import OPEN_STATES, CourtSession, Juror, Sitting, SittingState, Swap, SwapState, User
from youthcourt.procedures.court.hearing_day import book, excuse

from .offering import why_not_come


def why_not_ask(sitting: Sitting) -> str | None:
    """Why a juror can no longer look for somebody who comes instead of them."""
    if sitting.state is not SittingState.BOOKED:
        return _("You are not booked for this day any more.")
    if sitting.court_session.held_on <= sitting.court.today:
        return _("The day has come. Please call the court office.")
    if _standing(sitting):
        return _("You have asked already.")
    return None


def _standing(sitting: Sitting) -> Swap | None:
    found = select(Swap).where(Swap.sitting_id == sitting.id, Swap.state.in_(OPEN_STATES))
    return sitting.session.scalars(found).first()


def ask(sitting: Sitting, by: User) -> Swap:
    """Look for somebody who comes instead. Until somebody does, the day stays booked."""
    if why_not := why_not_ask(sitting):
        raise RuleBroken(why_not)
    return Swap.ask(sitting, by=by)


def why_not_take(swap: Swap, juror: Juror) -> str | None:
    """Why this juror may not come instead, in words for them."""
    if swap.asker is juror:
        return _("This is your own day.")
    return _why_not_open(swap) or why_not_come(juror, swap.sitting.court_session)


def _why_not_open(swap: Swap) -> str | None:
    """What became of a swap meanwhile, for somebody who wanted to answer it."""
    if swap.state in (SwapState.ANSWERED, SwapState.AGREED, SwapState.DONE):
        return _("Somebody else was a moment faster. Thank you for offering!")
    if swap.state is not SwapState.ASKED or swap.sitting.state is not SittingState.BOOKED:
        return _("Nobody has to come instead any more. Thank you for offering!")
    return None


MOST = 20
_DAY = selectinload(Swap.sitting).options(
    joinedload(Sitting.court_session).options(
        selectinload(CourtSession.blocks), selectinload(CourtSession.sittings)
    ),
    joinedload(Sitting.juror).joinedload(Juror.person),
)


def asked_of(juror: Juror, by: User) -> list[Swap]:
    """The days of others on which this juror may come instead. Whose days they are is not told."""
    asked = juror.session.scalars(Swap.open_in(by).options(_DAY).order_by(Swap.id).limit(MOST))
    return [swap for swap in asked if why_not_take(swap, juror) is None]


def take(swap: Swap, juror: Juror, by: User) -> Swap:
    """Come instead of somebody. They said yes when they asked."""
    _one_after_another(swap)
    if why_not := why_not_take(swap, juror):
        raise RuleBroken(why_not)
    _settle(swap, juror, by=by)
    return swap


def why_not_exchange(swap: Swap, given: Sitting) -> str | None:
    """Why two days may not be exchanged, in words for the juror who gives the second."""
    taker, asker = given.juror, swap.asker
    theirs, mine = swap.sitting.court_session, given.court_session
    if taker is asker:
        return _("This is your own day.")
    if given.state is not SittingState.BOOKED or mine.held_on <= given.court.today or _standing(given):
        return _("This is no longer a booking that you can give away.")
    if why_not := why_not_come(taker, theirs, instead_of=mine.held_on):
        return why_not
    if _is_too_late(given, theirs.held_on):
        return _("You owe this sitting, and the other day is after it is due. Call the court office.")
    if why_not_come(asker, mine, instead_of=theirs.held_on) or _is_too_late(swap.sitting, mine.held_on):
        return _("The other juror cannot come on this day.")  # why is nobody else's business
    return None


def _is_too_late(sitting: Sitting, day: date) -> bool:
    """Whether an owed sitting would be paid after it is due."""
    return sitting.obligation is not None and day > sitting.obligation.due_on


def offer_exchange(swap: Swap, given: Sitting, by: User) -> Swap:
    """Come instead, if the other comes on a day of one's own. They have to say yes first."""
    _one_after_another(swap)
    if why_not := _why_not_open(swap):
        raise RuleBroken(why_not)
    if why_not := why_not_exchange(swap, given):
        raise RuleBroken(why_not, field="given")
    swap.answer(given.juror, given, by=by)
    return swap


def accept(swap: Swap, by: User) -> Swap:
    """Who asked says yes to the exchange."""
    _one_after_another(swap)
    if swap.state is not SwapState.ANSWERED or swap.given is None:
        raise RuleBroken(_("This swap has gone on meanwhile. Look at your sittings again."))
    if why_not_exchange(swap, swap.given):
        raise RuleBroken(_("This exchange is no longer possible. Look for somebody else."))
    _settle(swap, swap.given.juror, by=by)
    return swap


def _one_after_another(swap: Swap) -> None:
    """Whoever answers at the same moment waits, and then sees what became of it."""
    swap.session.execute(select(Swap.id).where(Swap.id == swap.id).with_for_update(key_share=True))
    swap.session.refresh(swap, ["state", "version", "taker_id", "given_id"])


def _settle(swap: Swap, taker: Juror, by: User) -> None:
    """Both said yes. Where seats are drawn already, a coordinator decides; else it is done."""
    if swap.sitting.seats or (swap.given and swap.given.seats):
        swap.agree(taker, by=by)
    else:
        carry_out(swap, taker, by=by)


def carry_out(swap: Swap, taker: Juror, by: User) -> None:
    """Book each for the other's day. A sitting that is owed stays owed; the new day pays it, if it can."""
    given, sitting, asker = swap.given, swap.sitting, swap.asker
    swap.finish(taker, by=by)
    excuse(sitting, reason=_("Another juror comes instead."), by=by)
    if given:
        excuse(given, reason=_("Another juror comes instead."), by=by)
    swap.session.flush()
    book(taker, sitting.court_session, by=by)
    if given:
        book(asker, given.court_session, by=by)


def why_not_approve(swap: Swap) -> str | None:
    """Why a coordinator can no longer say yes."""
    if swap.state is not SwapState.AGREED or swap.taker is None:
        return _("This swap is settled.")
    if swap.sitting.state is not SittingState.BOOKED:
        return _("The first juror is not booked for this day any more.")
    if swap.given is not None:
        is_possible = swap.given.state is SittingState.BOOKED and not why_not_exchange(swap, swap.given)
    else:
        is_possible = not why_not_come(swap.taker, swap.sitting.court_session)
    return None if is_possible else _("The other juror may not come on this day any more.")


def approve(swap: Swap, by: User) -> None:
    """The coordinator says yes: seats are given up, reserves move up, and the other one is booked."""
    _one_after_another(swap)
    if why_not := why_not_approve(swap):
        raise RuleBroken(why_not)
    assert swap.taker is not None, "an agreed swap has two jurors"
    carry_out(swap, swap.taker, by=by)


def decide(swap: Swap, is_allowed: bool, reason: str, by: User) -> Swap:
    """The coordinator's answer to a swap that both want."""
    if is_allowed:
        approve(swap, by=by)
        return swap
    if swap.state is not SwapState.AGREED:
        raise RuleBroken(_("This swap is settled."))
    if not reason.strip():
        raise RuleBroken(_("Write the reason."), field="reason")
    swap.refuse(reason.strip(), by=by)
    return swap
