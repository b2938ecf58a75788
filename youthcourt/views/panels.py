"""Panels: drawn by lot, seated, sworn, and who was stood down."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from youthcourt.extensions import db
from youthcourt.forms.base import TaskForm
from youthcourt.forms.panel import ReasonForm, SeatForm
from youthcourt.i18n import _, ngettext
from youthcourt.models import Hearing, Juror, Panel, Person
from youthcourt.permissions import Permission
from youthcourt.procedures import seating
from youthcourt.procedures.seating import Bar

from .access import me, permitted
from .hearings import back_to, of_reader, whole_page
from .page import page

bp = Blueprint("panels", __name__, url_prefix="/hearings/<int:hearing_id>/panel")

DRAWS = selectinload(Hearing.panels).joinedload(Panel.draw)


@bp.route("/draw", methods=["GET", "POST"])
@permitted(Permission.SEAT_PANEL)
def draw(hearing_id):
    hearing = of_reader(hearing_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(seating.draw_panel, hearing, by=me()):
        seated = len(hearing.panel.sitting_seats)
        words = ngettext("%(num)s juror is seated.", "%(num)s jurors are seated.", seated)
        flash(_("The panel is drawn. %(seated)s", seated=words))
        return back_to(hearing, "panel")
    return page(
        "panels/draw.html",
        form,
        hearing=hearing,
        candidates=seating.candidates(hearing),
        reason=seating.why_not_draw(hearing),
    )


@bp.route("/draws")
@permitted(Permission.SEAT_PANEL)
def draws(hearing_id):
    """Every draw for this hearing: what went in, each lot, what came out."""
    hearing = of_reader(hearing_id, DRAWS)
    return page("panels/draws.html", hearing=hearing, shown=_evidence(hearing), again=None)


@bp.route("/draws/<int:draw_id>/again")
@permitted(Permission.SEAT_PANEL)
def draw_again(hearing_id, draw_id):
    """Draw again from what was kept, and say whether the same panel comes out. Changes nothing."""
    hearing = of_reader(hearing_id, DRAWS)
    shown = [each for each in _evidence(hearing) if each.draw.id == draw_id]
    if not shown:
        abort(404)
    return page("panels/draws.html", hearing=hearing, shown=shown, again=seating.draw_again(shown[0].draw))


@dataclass
class Lot:
    """What became of one candidate in one draw."""

    name: str
    lot: str
    bars: list[Bar]
    place: str
    is_foreperson: bool


@dataclass
class Evidence:
    """One draw with the names of those in it."""

    draw: object
    panel: Panel
    lots: list[Lot]


def _evidence(hearing):
    drawn = [(panel, panel.draw) for panel in hearing.panels if panel.draw and panel.draw.facts]
    numbers = {each["juror"] for _panel, draw in drawn for each in draw.facts["candidates"]}
    rows = select(Juror.id, Person.given_name, Person.family_name).join(Juror.person)
    names = {
        row.id: f"{row.given_name} {row.family_name}"
        for row in db.session.execute(rows.where(Juror.court_id == hearing.court_id, Juror.id.in_(numbers)))
    }
    return [Evidence(draw, panel, _lots(draw, names)) for panel, draw in reversed(drawn)]


def _lots(draw, names):
    """Those who may sit by lot, lowest first, then those who may not."""
    places = {number: "seat" for number in draw.result["seats"]}
    places |= {number: "reserve" for number in draw.result["reserves"]}
    lots = [
        Lot(
            name=names.get(each["juror"], ""),
            lot=seating.lot(draw.seed, each["juror"]),
            bars=[Bar(bar) for bar in each["bars"]],
            place=places.get(each["juror"], ""),
            is_foreperson=each["juror"] == draw.result["foreperson"],
        )
        for each in draw.facts["candidates"]
    ]
    return sorted(lots, key=lambda lot: (bool(lot.bars), lot.lot))


@bp.route("/seat", methods=["GET", "POST"])
@permitted(Permission.SEAT_PANEL)
def seat(hearing_id):
    hearing, panel = _with_panel(hearing_id)
    taken = {seat.juror_id for seat in panel.seats if seat.stood_down_at is None}
    candidates = [each for each in seating.candidates(hearing) if each.juror.id not in taken]
    form = SeatForm(candidates)
    if form.validate_on_submit():
        seated = form.carry_out(seating.seat_juror, panel, form.juror.record, by=me())
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
        seats = [*panel.sitting_seats, *panel.reserves]
        ready = [seat for seat in seats if not seat.is_sworn and not seat.why_not_swear()]
        for seat in ready:
            seat.swear(by=me())
        took = ngettext("%(num)s juror took the oath.", "%(num)s jurors took the oath.", len(ready))
        flash(
            took if ready else _("Nobody is here who has not taken the oath."), "success" if ready else "info"
        )
        return back_to(hearing, "panel")
    return whole_page(hearing, form)


@bp.route("/seats/<int:seat_id>/stand-down", methods=["GET", "POST"])
@permitted(Permission.SEAT_PANEL)
def stand_down(hearing_id, seat_id):
    return _leave(hearing_id, seat_id, "stand_down", lambda seat: seat.stand_down)


@bp.route("/seats/<int:seat_id>/conflict", methods=["GET", "POST"])
@permitted(Permission.SEAT_PANEL)
def conflict(hearing_id, seat_id):
    return _leave(hearing_id, seat_id, "conflict", lambda seat: _of(seating.declare_conflict, seat))


@bp.route("/seats/<int:seat_id>/objection", methods=["GET", "POST"])
@permitted(Permission.SEAT_PANEL)
def objection(hearing_id, seat_id):
    return _leave(hearing_id, seat_id, "objection", lambda seat: _of(seating.object_to, seat))


def _of(procedure, seat):
    return lambda **words: procedure(seat, **words)


def _leave(hearing_id, seat_id, kind, verb):
    """A juror leaves the panel, with the reason; whoever moves up is named."""
    hearing, seat = _with_seat(hearing_id, seat_id)
    form = ReasonForm()
    if form.validate_on_submit():
        up = form.carry_out(verb(seat), reason=form.reason.data, by=me())
        if up:
            flash(_said(seat, up))
            return back_to(hearing, "panel")
    return page("panels/leave.html", form, hearing=hearing, seat=seat, kind=kind)


def _said(seat, up):
    """carry_out says True when nobody moved up."""
    if up is True:
        return _("%(name)s no longer sits on this panel.", name=seat.juror)
    return _("%(name)s no longer sits on this panel. %(up)s moved up.", name=seat.juror, up=up.juror)
