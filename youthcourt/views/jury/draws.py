"""Who sits where on a day: places given beforehand, drawn, compared, published, and mended at the door."""

from flask import Blueprint, abort, after_this_request, current_app, flash, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from youthcourt.extensions import db
from youthcourt.forms.base import TaskForm
from youthcourt.forms.jury.draw import AskForm, BarForm, MendForm, PinForm
from youthcourt.i18n import _
from youthcourt.models import (
    Bar,
    CourtSession,
    Draw,
    DrawKind,
    DrawState,
    Hearing,
    Juror,
    Panel,
    Pin,
    Seat,
    SittingState,
)
from youthcourt.permissions import Permission
from youthcourt.procedures import working
from youthcourt.procedures.jury import carrying_out, drawing, wishing
from youthcourt.reports.jury import draws as drawn
from youthcourt.reports.jury import seating_words
from youthcourt.views import places
from youthcourt.views.access import load, me, permitted
from youthcourt.views.court.court_sessions import GRID
from youthcourt.views.page import page
from youthcourt.views.protection import record_number

bp = Blueprint("draws", __name__, url_prefix="/court-sessions/<int:court_session_id>/draws")


# Who sits where now.
SEATED = (
    selectinload(CourtSession.hearings)
    .selectinload(Hearing.panels)
    .selectinload(Panel.seats)
    .joinedload(Seat.juror)
    .joinedload(Juror.person)
)
DRAWN = selectinload(CourtSession.draws).load_only(Draw.state, Draw.heard_at, Draw.asked_at)


def _day_of_reader(court_session_id):
    sittings = selectinload(CourtSession.sittings)
    return load(CourtSession.visible_to(me()), court_session_id, *GRID, SEATED, DRAWN, sittings)


def _draw_of(court_session, draw_id):
    of_day = select(Draw).where(Draw.id == draw_id, Draw.court_session_id == court_session.id)
    found = db.session.scalars(of_day.where(Draw.state != DrawState.COMMITTED)).first()
    return found or abort(404)


def _to(draw):
    where = {"court_session_id": draw.court_session_id, "draw_id": draw.id}
    return redirect(url_for("draws.show", **where))


@bp.route("/", methods=["GET", "POST"])
@permitted(Permission.SEAT_PANEL)
def index(court_session_id):
    """The day before it is drawn: wishes, earlier draws, and the button that draws it."""
    court_session = _day_of_reader(court_session_id)
    form = AskForm()
    if form.validate_on_submit():
        asked = form.carry_out(drawing.ask, court_session, by=me(), public=form.public.data)
        if asked:
            return _work_out(asked)
    return _day(court_session, form)


def _day(court_session, form):
    pins, bars = drawn.wishes_of(court_session)
    is_today = court_session.held_on == court_session.court.today
    came = any(sitting.state is SittingState.CHECKED_IN for sitting in court_session.sittings)
    return page(
        "draws/index.html",
        form,
        court_session=court_session,
        mending=MendForm(formdata=None, here_only=is_today and came),
        draws=drawn.drawn_for(court_session),
        next_draw=Draw.laid_down_for(court_session),
        stalled=drawing.is_stalled,
        pins=pins,
        bars=bars,
        why_not=drawing.why_not_ask(court_session),
    )


@bp.route("/mending", methods=["POST"])
@permitted(Permission.SEAT_PANEL)
def mend(court_session_id):
    """Find the least change after somebody did not come or had to leave."""
    court_session = _day_of_reader(court_session_id)
    form = MendForm()
    how = {"kind": DrawKind.MEND, "here_only": form.here_only.data}
    if form.validate_on_submit() and (asked := form.carry_out(drawing.ask, court_session, by=me(), **how)):
        return _work_out(asked)
    return _day(court_session, form)


@bp.route("/hearings/<int:hearing_id>", methods=["POST"])
@permitted(Permission.SEAT_PANEL)
def draw_panel(court_session_id, hearing_id):
    """Draw the panel of one hearing anew, while the others stay as they are."""
    court_session = _day_of_reader(court_session_id)
    only = next((each for each in court_session.hearings if each.id == hearing_id), None) or abort(404)
    form = TaskForm()
    how = {"kind": DrawKind.PANEL, "only": only}
    if form.validate_on_submit() and (asked := form.carry_out(drawing.ask, court_session, by=me(), **how)):
        return _work_out(asked)
    return _day(court_session, form)


def _work_out(draw):
    """Let a worker begin once the draw is kept, and show the page on which its progress is seen."""
    app, court_id, draw_id = current_app._get_current_object(), draw.court_id, draw.id  # type: ignore[attr-defined]

    @after_this_request
    def begin(response):
        if app.config["WORKS_IN_BACKGROUND"] and response.status_code < 400:
            working.start(app, court_id, draw_id)
        return response

    return _to(draw)


@bp.route("/<int:draw_id>")
@permitted(Permission.SEE_DOCKET)
def show(court_session_id, draw_id):
    draw = _draw_of(_day_of_reader(court_session_id), draw_id)
    return _one(draw)


def _one(draw, form=None):
    has_places = draw.facts is not None and draw.result is not None and "places" in draw.result
    return page(
        "draws/show.html",
        form,
        draw=draw,
        court_session=draw.court_session,
        shown=drawn.shown(draw, me(), words=places.at) if has_places else None,
        words=drawn.at_work(draw),
        ways=seating_words,
        figures=drawn.figures(draw),
        is_stalled=drawing.is_stalled(draw),
        why_not_publish=carrying_out.why_not_publish(draw) if has_places and not draw.is_at_work else None,
    )


@bp.route("/<int:draw_id>/progress")
@permitted(Permission.SEE_DOCKET)
def progress(court_session_id, draw_id):
    draw = _draw_of(_day_of_reader(court_session_id), draw_id)
    return page(
        "draws/_progress.html", draw=draw, words=drawn.at_work(draw), is_stalled=drawing.is_stalled(draw)
    )


@bp.route("/<int:draw_id>/publication", methods=["POST"])
@permitted(Permission.SEAT_PANEL)
def publish(court_session_id, draw_id):
    draw = _draw_of(_day_of_reader(court_session_id), draw_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(carrying_out.publish, draw, by=me()):
        flash(_("This is how people sit now."))
        return redirect(url_for("court_sessions.show", court_session_id=court_session_id))
    return _one(draw, form)


@bp.route("/<int:draw_id>/discard", methods=["POST"])
@permitted(Permission.SEAT_PANEL)
def discard(court_session_id, draw_id):
    """Throw a proposal away, or stop what is being worked out."""
    draw = _draw_of(_day_of_reader(court_session_id), draw_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(drawing.discard, draw, by=me()):
        flash(_("Nothing was changed."), "info")
        return redirect(url_for("draws.index", court_session_id=court_session_id))
    return _one(draw, form)


@bp.route("/<int:draw_id>/again", methods=["POST"])
@permitted(Permission.SEAT_PANEL)
def start_again(court_session_id, draw_id):
    """Work out again what was stopped, with the same facts and the same lots."""
    draw = _draw_of(_day_of_reader(court_session_id), draw_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(drawing.start_again, draw, by=me()):
        return _work_out(draw)
    return _one(draw, form)


@bp.route("/comparison")
@permitted(Permission.SEAT_PANEL)
def compare(court_session_id):
    """Two draws of a day side by side."""
    court_session = _day_of_reader(court_session_id)
    asked = [request.args.get(name, type=record_number) for name in ("one", "other")]
    two = [_draw_of(court_session, draw_id) for draw_id in asked if draw_id]
    if len(two) != 2:
        return redirect(url_for("draws.index", court_session_id=court_session_id))
    shown = {"two": two, "figures": list(map(drawn.figures, two)), "change": drawn.between(*two)}
    known = drawn.whereabouts(court_session, me())
    return page("draws/compare.html", court_session=court_session, whereabouts=known, **shown)


@bp.route("/pins/new", methods=["GET", "POST"])
@permitted(Permission.SEAT_PANEL)
def pin(court_session_id):
    return _wish(court_session_id, PinForm, wishing.pin, "draws/pin.html")


@bp.route("/bars/new", methods=["GET", "POST"])
@permitted(Permission.SEAT_PANEL)
def bar(court_session_id):
    return _wish(court_session_id, BarForm, wishing.bar, "draws/bar.html")


def _wish(court_session_id, form_of, verb, template):
    court_session = _day_of_reader(court_session_id)
    ahead = [hearing for hearing in court_session.docket if hearing.is_ahead]
    form = form_of(drawn.booked(court_session), ahead, words=places.hearing)
    if form.validate_on_submit():
        wanted = {"juror": form.juror.record, "hearing": form.hearing.record, "reason": form.reason.data}
        if "role" in form:
            wanted["role"] = form.role.data
        if form.carry_out(verb, court_session, by=me(), **wanted):
            flash(_("Written down. It counts in the next draw."))
            return redirect(url_for("draws.index", court_session_id=court_session_id))
    return page(template, form, court_session=court_session)


@bp.route("/pins/<int:pin_id>/lifting", methods=["POST"])
@permitted(Permission.SEAT_PANEL)
def lift_pin(court_session_id, pin_id):
    return _lift(Pin, court_session_id, pin_id)


@bp.route("/bars/<int:bar_id>/lifting", methods=["POST"])
@permitted(Permission.SEAT_PANEL)
def lift_bar(court_session_id, bar_id):
    return _lift(Bar, court_session_id, bar_id)


def _lift(kind, court_session_id, wish_id):
    court_session = _day_of_reader(court_session_id)
    wish = load(kind.visible_to(me()).where(kind.court_session_id == court_session.id), wish_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(wishing.lift, wish, by=me()):
        flash(_("Taken back."))
        return redirect(url_for("draws.index", court_session_id=court_session_id))
    return _day(court_session, form)
