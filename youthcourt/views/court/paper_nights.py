"""A night kept on paper, typed in later in one pass: the sign-in sheet, then sheet after sheet."""

from flask import Blueprint, flash, redirect, request, url_for
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.errors import RuleBroken
from youthcourt.forms.court.paper_night import ArrivalsForm, RoomSheetForm
from youthcourt.i18n import _
from youthcourt.models import CourtSession, Deliberation, FamilyAbsence, Hearing, Juror, Question, Sitting
from youthcourt.permissions import Permission
from youthcourt.procedures.court import paper_night
from youthcourt.procedures.jury import seating
from youthcourt.views import places
from youthcourt.views.access import load, me, permitted
from youthcourt.views.decision.jury_room import LIMITS
from youthcourt.views.page import page

from .hearings import WHOLE

bp = Blueprint("paper_nights", __name__)

OF_DAY = (
    selectinload(CourtSession.blocks),
    selectinload(CourtSession.sittings).options(
        joinedload(Sitting.juror).joinedload(Juror.person), joinedload(Sitting.obligation)
    ),
    selectinload(CourtSession.hearings).options(*WHOLE),
)


def _day(court_session_id):
    return load(CourtSession.visible_to(me()), court_session_id, *OF_DAY)


def _sheets(day):
    """The hearings of a day as their sheets lie there: room by room."""
    return sorted(day.docket, key=lambda each: (each.room.name, each.block.starts_at))


@bp.route("/court-sessions/<int:court_session_id>/paper")
@permitted(Permission.KEEP_SESSION)
def show(court_session_id):
    day = _day(court_session_id)
    settled = [each for each in day.hearings if not each.is_live]
    asked = paper_night.expected(day)
    return page(
        "paper_nights/show.html",
        day=day,
        why_not=day.why_not_check_in(),
        sheets=[*_sheets(day), *settled],
        unsigned=[each for each in asked if each.is_open and not each.is_here],
        came=[each for each in asked if each.is_here],
    )


@bp.route("/court-sessions/<int:court_session_id>/paper/jurors", methods=["GET", "POST"])
@permitted(Permission.KEEP_SESSION)
def arrivals(court_session_id):
    day = _day(court_session_id)
    form = ArrivalsForm(paper_night.expected(day))
    if form.validate_on_submit() and form.carry_out(
        paper_night.type_in_arrivals, day, form.came.data, by=me()
    ):
        flash(_("The sign-in sheet is typed in."))
        return _next_of(day)
    return page("paper_nights/arrivals.html", form, day=day, why_not=day.why_not_check_in())


def _next_of(day):
    """The next sheet; when there is none, the list with the way to closing the day."""
    ahead = next((each for each in _sheets(day) if each.is_ahead), None)
    if ahead is None:
        return redirect(url_for("paper_nights.show", court_session_id=day.id))
    return redirect(url_for("paper_nights.sheet", hearing_id=ahead.id))


@bp.route("/hearings/<int:hearing_id>/paper", methods=["GET", "POST"])
@permitted(Permission.KEEP_SESSION)
def sheet(hearing_id):
    """All that one room's sheet says of one case."""
    asked = load(Hearing.visible_to(me()), hearing_id)
    day = _day(asked.court_session_id)
    hearing = load(Hearing.visible_to(me()), hearing_id, *WHOLE, LIMITS, *OF_SHEET)
    why_not = _why_not(hearing)
    if why_not and request.method == "POST":
        raise RuleBroken(why_not)
    if why_not:
        return page("paper_nights/sheet.html", hearing=hearing, day=day, why_not=why_not)
    others = [each for each in seating.stand_ins(hearing) if each.is_here and not each.is_own_reserve]
    deliberation = Deliberation.before(hearing)
    form = RoomSheetForm.before(deliberation, others)
    if form.validate_on_submit() and form.carry_out(paper_night.type_in_sheet, hearing, form.sheet, by=me()):
        flash(_("%(place)s is typed in. The plan is with the judge.", place=places.at(hearing)))
        return _next_of(day)
    facts = {"deliberation": deliberation, "grid": deliberation.grid, "questions": list(Question)}
    return page("paper_nights/sheet.html", form, hearing=hearing, day=day, why_not=None, **facts)


OF_SHEET = (selectinload(Hearing.absences).joinedload(FamilyAbsence.person),)


def _why_not(hearing):
    if why_not := hearing.why_not_check_in():
        return why_not
    return None if hearing.panel else _("There is no panel.")
