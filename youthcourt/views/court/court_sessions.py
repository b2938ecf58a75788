"""Days of hearings: planning, docket, the day itself."""

from flask import Blueprint, flash, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.extensions import db
from youthcourt.forms.court.court_session import BookingForm, CourtSessionForm, PlacementForm
from youthcourt.i18n import _, ngettext
from youthcourt.models import Case, CaseStage, CourtSession, Hearing, Juror, Panel, Reopening, User
from youthcourt.permissions import Permission, Role
from youthcourt.procedures.court import hearing_day
from youthcourt.procedures.jury import availability
from youthcourt.reports.court import hearing_days
from youthcourt.reports.jury import jurors as juror_lists
from youthcourt.views import places
from youthcourt.views.access import load, me, permitted
from youthcourt.views.listing import listing
from youthcourt.views.page import page
from youthcourt.views.protection import record_number
from youthcourt.views.text import short_day

from . import preparations
from .hearings import WHOLE

bp = Blueprint("court_sessions", __name__, url_prefix="/court-sessions")

# A day with its grid of times and rooms, and who has which place of it.
GRID = (
    selectinload(CourtSession.rooms),
    selectinload(CourtSession.blocks),
    selectinload(CourtSession.hearings).options(
        joinedload(Hearing.case).joinedload(Case.respondent),
        joinedload(Hearing.block),
        joinedload(Hearing.room),
        joinedload(Hearing.judge),
        joinedload(Hearing.deliberation),
        selectinload(Hearing.panels).selectinload(Panel.seats),
    ),
)
# ... and with all that it is asked to be ready for court.
WHOLE_DAY = (
    selectinload(CourtSession.blocks),
    selectinload(CourtSession.reopenings).joinedload(Reopening.by),
    *preparations.OF_DAY,
)
BOOKABLE = (joinedload(Juror.person), selectinload(Juror.absences))


@bp.route("/")
@permitted(Permission.SEE_DOCKET)
def index():
    return page(
        "court_sessions/index.html",
        coming=hearing_days.coming_days(me()),
        past=listing(hearing_days.past_days(me())),
        case_id=request.args.get("case", type=record_number),
    )


@bp.route("/new", methods=["GET", "POST"])
@permitted(Permission.KEEP_SESSION)
def new():
    court = me().court
    last = select(CourtSession).where(CourtSession.court_id == court.id).order_by(CourtSession.id.desc())
    form = CourtSessionForm(court, words=places, like=db.session.scalars(last.limit(1)).first())
    if form.validate_on_submit():
        planned = form.carry_out(CourtSession.plan, court, **form.plan, by=me())
        if planned:
            flash(_("%(day)s is planned. Now place the cases.", day=short_day(planned.held_on)))
            return redirect(url_for("court_sessions.show", court_session_id=planned.id))
    return page("court_sessions/new.html", form)


@bp.route("/<int:court_session_id>")
@permitted(Permission.SEE_DOCKET)
def show(court_session_id):
    """The day as its reader may see it: whole for a coordinator, a judge's own hearings for a judge."""
    court_session = load(CourtSession.visible_to(me()), court_session_id, *WHOLE_DAY)
    of_day = Hearing.visible_to(me()).where(Hearing.court_session_id == court_session.id).options(*WHOLE)
    docket = [hearing for hearing in db.session.scalars(of_day).unique() if hearing.is_live]
    keeps = me().may(Permission.KEEP_SESSION)
    return page(
        "court_sessions/show.html",
        court_session=court_session,
        docket={(hearing.block_id, hearing.room_id): hearing for hearing in docket},
        off_docket=[h for h in court_session.hearings if not h.is_live] if keeps else [],
        booked=hearing_days.booked(court_session) if keeps else [],
        waiting=hearing_days.waiting(me().court) if keeps else [],
        keeps=keeps,
        missing=court_session.missing() if keeps else [],
        coming_changes=[] if keeps else _own_changes(court_session),
    )


def _own_changes(court_session):
    """What a judge will be told of their own hearings once the docket is published again."""
    told = preparations.told_changes(court_session)
    sides = ((each, {row.judge_id for row in (each[0].was, each[0].now) if row}) for each in told)
    return [each for each, judges in sides if me().id in judges]


@bp.route("/<int:court_session_id>/hearings/new", methods=["GET", "POST"])
@permitted(Permission.PLACE_HEARING)
def place(court_session_id):
    court_session = load(CourtSession.visible_to(me()), court_session_id, *GRID)
    form = PlacementForm(
        court_session,
        db.session.scalars(_to_place(me().court)).all(),
        db.session.scalars(User.in_role(me().court, Role.JUDGE)).all(),
        words=places,
        case=request.args.get("case", type=record_number),
        place=request.args.get("place"),
    )
    if form.validate_on_submit():
        where = {"block": form.place.block, "room": form.place.room, "judge": form.judge.record}
        hearing = form.carry_out(court_session.place_hearing, form.case.record, **where, by=me())
        if hearing:
            flash(_("%(case)s is on the docket.", case=hearing.case.number))
            return redirect(url_for("court_sessions.show", court_session_id=court_session.id))
    return page("court_sessions/place.html", form, court_session=court_session)


def _to_place(court):
    """Cases that wait for a hearing, and those that just got theirs, to say so when one is named."""
    stages = (CaseStage.ADMITTED, CaseStage.HEARING_SET)
    waiting = select(Case).where(Case.court_id == court.id, Case.stage.in_(stages))
    return waiting.options(joinedload(Case.respondent)).order_by(Case.stage_since, Case.id)


@bp.route("/<int:court_session_id>/jurors", methods=["GET", "POST"])
@permitted(Permission.KEEP_JURORS)
def book(court_session_id):
    court_session = load(CourtSession.visible_to(me()), court_session_id, selectinload(CourtSession.sittings))
    rows = juror_lists.free_on(court_session)
    form = BookingForm(rows, words=places.juror)
    if form.validate_on_submit():
        asked = select(Juror).where(Juror.court_id == me().court_id, Juror.id.in_(form.jurors.data))
        jurors = db.session.scalars(
            asked.options(joinedload(Juror.person), selectinload(Juror.absences))
        ).all()
        booked = form.carry_out(hearing_day.book_many, jurors, court_session, by=me())
        if booked:
            flash(ngettext("%(num)s juror is booked.", "%(num)s jurors are booked.", len(booked)))
            return redirect(url_for("court_sessions.show", court_session_id=court_session.id))
    said = availability.said_about(court_session, [row.id for row in rows])
    return page("court_sessions/book.html", form, court_session=court_session, rows=rows, said=said)
