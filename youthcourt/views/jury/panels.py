"""Panels: seated, sworn, and who was stood down. How they are drawn is a matter of the day: see draws.py."""

from flask import Blueprint, abort, flash

from youthcourt.errors import RuleBroken
from youthcourt.forms.base import TaskForm
from youthcourt.forms.decision.deliberation import TakeOverForm
from youthcourt.forms.jury.panel import LeaveForm, SeatForm
from youthcourt.i18n import _, ngettext
from youthcourt.permissions import Permission
from youthcourt.procedures.jury import seating
from youthcourt.views import places
from youthcourt.views.access import me, permitted
from youthcourt.views.court.hearings import back_to, of_reader, whole_page
from youthcourt.views.page import page

bp = Blueprint("panels", __name__, url_prefix="/hearings/<int:hearing_id>/panel")


@bp.route("/seat", methods=["GET", "POST"])
@permitted(Permission.SEAT_PANEL)
def seat(hearing_id):
    """Who takes an open seat: the proposals, best first, and why the others may not."""
    hearing, panel = _with_panel(hearing_id)
    taken = {seat.juror_id for seat in panel.standing if not seat.is_reserve}
    looked_at = seating.candidates(hearing)
    candidates = [each for each in looked_at if each.juror.id not in taken]
    form = SeatForm(
        seating.stand_ins(hearing, looked_at), [each.juror for each in candidates], words=places.stand_in
    )
    if form.validate_on_submit():
        chosen = form.juror.record
        seated = form.carry_out(seating.seat_juror, panel, getattr(chosen, "juror", chosen), by=me())
        if seated:
            flash(_("%(name)s has a seat.", name=seated.juror))
            return back_to(hearing, "panel")
    return page("panels/seat.html", form, hearing=hearing, candidates=candidates)


def _with_panel(hearing_id):
    hearing = of_reader(hearing_id)
    return hearing, hearing.panel or abort(404)


def _with_seat(hearing_id, seat_id):
    hearing, panel = _with_panel(hearing_id)
    return hearing, next((seat for seat in panel.seats if seat.id == seat_id), None) or abort(404)


@bp.route("/seats/<int:seat_id>/foreperson", methods=["POST"])
@permitted(Permission.SEAT_PANEL)
def foreperson(hearing_id, seat_id):
    hearing, seat = _with_seat(hearing_id, seat_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(seat.panel.name_foreperson, seat, by=me()):
        flash(_("%(name)s is the foreperson.", name=seat.juror))
        return back_to(hearing, "panel")
    return whole_page(hearing, form)


@bp.route("/seats/<int:seat_id>/oath", methods=["POST"])
@permitted(Permission.RUN_HEARING)
def swear(hearing_id, seat_id):
    hearing, seat = _with_seat(hearing_id, seat_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(seat.swear, by=me()):
        return back_to(hearing, "panel")
    return whole_page(hearing, form)


@bp.route("/oaths", methods=["POST"])
@permitted(Permission.RUN_HEARING)
def swear_all(hearing_id):
    """The oath of everybody who is here, taken together."""
    hearing, panel = _with_panel(hearing_id)
    form = TaskForm()
    if form.validate_on_submit():
        sworn = panel.swear_present(by=me())
        took = ngettext("%(num)s juror took the oath.", "%(num)s jurors took the oath.", sworn)
        flash(
            took if sworn else _("Nobody is here who has not taken the oath."), "success" if sworn else "info"
        )
        return back_to(hearing, "panel")
    return whole_page(hearing, form)


@bp.route("/seats/<int:seat_id>/oath/undo", methods=["POST"])
@permitted(Permission.RUN_HEARING)
def undo_oath(hearing_id, seat_id):
    hearing, seat = _with_seat(hearing_id, seat_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(seat.take_back_oath, by=me()):
        return back_to(hearing, "panel")
    return whole_page(hearing, form)


@bp.route("/seats/<int:seat_id>/stand-down", methods=["GET", "POST"])
@permitted(Permission.SEAT_PANEL)
def stand_down(hearing_id, seat_id):
    return _leave(hearing_id, seat_id, seating.WhyLeft.STAND_DOWN)


@bp.route("/seats/<int:seat_id>/conflict", methods=["GET", "POST"])
@permitted(Permission.SEAT_PANEL)
def conflict(hearing_id, seat_id):
    return _leave(hearing_id, seat_id, seating.WhyLeft.CONFLICT)


@bp.route("/seats/<int:seat_id>/objection", methods=["GET", "POST"])
@permitted(Permission.SEAT_PANEL)
def objection(hearing_id, seat_id):
    return _leave(hearing_id, seat_id, seating.WhyLeft.OBJECTION)


def _leave(hearing_id, seat_id, why):
    """A juror leaves the panel. Who takes the seat is proposed, and the coordinator decides."""
    hearing, seat = _with_seat(hearing_id, seat_id)
    others = [sitting.juror for sitting in hearing.court_session.sittings]
    form = LeaveForm(seating.stand_ins(hearing) if seat.decides_ahead else [], others, words=places.stand_in)
    facts = {"reason": form.reason.data, "takes": form.taker, "by": me()}
    if form.validate_on_submit() and (up := form.carry_out(seating.vacate, seat, why, **facts)):
        flash(_said(seat, up))
        return back_to(hearing, "panel")
    return page("panels/leave.html", form, hearing=hearing, seat=seat, kind=why.value)


def _said(seat, up):
    """carry_out says True when nobody took the seat."""
    if up is True:
        return _("%(name)s no longer sits on this panel.", name=seat.juror)
    return _("%(name)s no longer sits on this panel. %(up)s has the seat.", name=seat.juror, up=up.juror)


@bp.route("/reserve", methods=["GET", "POST"])
@permitted(Permission.SEAT_PANEL)
def take_over(hearing_id):
    """A reserve who heard the case decides, when the foreperson cannot say so on a phone."""
    hearing, panel = _with_panel(hearing_id)
    room = hearing.deliberation
    if room is None:
        raise RuleBroken(_("This hearing has not been held."))
    form = TakeOverForm(panel)
    if form.validate_on_submit() and form.carry_out(room.let_take_over, form.reserve.record, by=me()):
        flash(_("%(name)s decides now.", name=form.reserve.record.juror))
        return back_to(hearing, "panel")
    why_not = room.why_not_let_take_over(me()) or room.why_not_fill_up()
    return page("panels/take_over.html", form, hearing=hearing, why_not=why_not)


@bp.route("/seats/<int:seat_id>/return", methods=["POST"])
@permitted(Permission.SEAT_PANEL)
def reinstate(hearing_id, seat_id):
    """It was a mistake, or settled: the juror has the seat again."""
    hearing, seat = _with_seat(hearing_id, seat_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(seating.reinstate, seat, by=me()):
        flash(_("%(name)s has the seat again.", name=seat.juror))
        return back_to(hearing, "panel")
    return whole_page(hearing, form)
