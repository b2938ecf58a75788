"""Jurors swap days. Until both have agreed, nobody learns who the other is."""

from flask import Blueprint, flash, redirect, url_for
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.extensions import db
from youthcourt.forms.base import TaskForm
from youthcourt.forms.jury.schedule import DecisionForm, ExchangeForm
from youthcourt.i18n import _
from youthcourt.models import CourtSession, Juror, Sitting, Swap, SwapState
from youthcourt.permissions import Permission
from youthcourt.procedures.jury import swapping
from youthcourt.views.access import load, me, permitted
from youthcourt.views.page import page
from youthcourt.views.text import day

from .availabilities import my_juror

bp = Blueprint("swaps", __name__)

_DAY = (
    joinedload(Sitting.court_session).options(
        selectinload(CourtSession.blocks), selectinload(CourtSession.sittings)
    ),
    joinedload(Sitting.juror).joinedload(Juror.person),
    joinedload(Sitting.obligation),
)
BOTH = (
    joinedload(Swap.sitting).options(*_DAY),
    joinedload(Swap.given).options(*_DAY),
    joinedload(Swap.taker).joinedload(Juror.person),
)


def _to_sittings():
    return redirect(url_for("sittings.index"))


@bp.route("/sittings/<int:sitting_id>/swap", methods=["GET", "POST"])
@permitted(Permission.SEE_OWN_SITTINGS)
def ask(sitting_id):
    """Somebody else, please."""
    sitting = load(Sitting.of_juror(me()), sitting_id, *_DAY)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(swapping.ask, sitting, by=me()):
        flash(_("We are looking for somebody. Until somebody is found, this day stays yours."))
        return _to_sittings()
    return page("swaps/ask.html", form, sitting=sitting, reason=swapping.why_not_ask(sitting))


def _of_somebody():
    """The swaps of others. Who comes late to one reads that somebody was faster."""
    return Swap.visible_to(me()).where(
        ~Swap.sitting.has(Sitting.juror.has(Juror.person_id == me().person_id))
    )


@bp.route("/swaps/<int:swap_id>", methods=["GET", "POST"])
@permitted(Permission.SEE_OWN_SITTINGS)
def answer(swap_id):
    """I can come instead."""
    swap, juror, form = load(_of_somebody(), swap_id, *BOTH), my_juror(), ExchangeForm()
    form.given.offer(_to_give(swap, juror), words=lambda sitting: day(sitting.court_session.held_on))
    if juror and form.validate_on_submit():
        given = form.given.record
        verb = swapping.offer_exchange if given else swapping.take
        if form.carry_out(verb, swap, given or juror, by=me()):
            flash(_("Thank you! %(what)s", what=_what_became_of(swap)))
            return _to_sittings()
    reason = swapping.why_not_take(swap, juror) if juror else _("You are not on the list of jurors.")
    return page("swaps/answer.html", form, swap=swap, reason=reason)


def _what_became_of(swap):
    if swap.state is SwapState.ANSWERED:
        return _("We ask the other juror whether they take your day.")
    if swap.state is SwapState.AGREED:
        return _("Seats are drawn already, so the court office has to say yes.")
    return _("You are booked for this day.")


def _to_give(swap, juror):
    """One's own days that the other could take."""
    if juror is None:
        return []
    coming = Sitting.of_juror(me()).join(Sitting.court_session).order_by(CourtSession.held_on)
    ahead = coming.where(CourtSession.held_on > me().court.today).options(*_DAY).limit(20)
    return [each for each in db.session.scalars(ahead) if not swapping.why_not_exchange(swap, each)]


def _asked_by_me(swap_id):
    mine = Sitting.juror.has(Juror.person_id == me().person_id)
    return load(Swap.of_juror(me()).where(Swap.sitting.has(mine)), swap_id, *BOTH)


@bp.route("/swaps/<int:swap_id>/agreement", methods=["POST"])
@permitted(Permission.SEE_OWN_SITTINGS)
def agree(swap_id):
    swap = swapping.accept(_asked_by_me(swap_id), by=me())
    flash(_("Agreed. %(what)s", what=_what_became_of_mine(swap)))
    return _to_sittings()


def _what_became_of_mine(swap):
    if swap.state is SwapState.AGREED:
        return _("Seats are drawn already, so the court office has to say yes.")
    return _("Your days are exchanged.")


@bp.route("/swaps/<int:swap_id>/no", methods=["POST"])
@permitted(Permission.SEE_OWN_SITTINGS)
def turn_down(swap_id):
    """Not this exchange: whoever asked, or whoever answered, says so."""
    load(Swap.of_juror(me()), swap_id, *BOTH).turn_down(by=me())
    flash(_("All right. Nothing changes with your days."))
    return _to_sittings()


@bp.route("/swaps/<int:swap_id>/withdrawal", methods=["POST"])
@permitted(Permission.SEE_OWN_SITTINGS)
def withdraw(swap_id):
    """I come after all."""
    _asked_by_me(swap_id).withdraw(by=me())
    flash(_("All right. The day stays yours."))
    return _to_sittings()


# For coordinators


@bp.route("/swaps/")
@permitted(Permission.KEEP_JURORS)
def index():
    """Swaps that both want, on days whose seats are drawn."""
    waiting = db.session.scalars(Swap.to_decide(me()).options(*BOTH).limit(50)).unique().all()
    return page("swaps/index.html", waiting=waiting)


@bp.route("/swaps/<int:swap_id>/decision", methods=["GET", "POST"])
@permitted(Permission.KEEP_JURORS)
def decide(swap_id):
    swap, form = load(Swap.visible_to(me()), swap_id, *BOTH), DecisionForm()
    if form.validate_on_submit() and form.carry_out(
        swapping.decide, swap, form.decision.data == "yes", reason=form.reason.data, by=me()
    ):
        flash(_("They are told on their pages."))
        return redirect(url_for("swaps.index"))
    return page("swaps/decide.html", form, swap=swap, reason=swapping.why_not_approve(swap))
