"""The end of an evening: what is not written down yet, one by one; closing the day, and opening it again."""

from flask import Blueprint, abort, flash, redirect, url_for
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.forms.base import TaskForm
from youthcourt.forms.jury.panel import ReasonForm
from youthcourt.i18n import _, ngettext
from youthcourt.models import (
    Attendance,
    CourtSession,
    FamilyAbsence,
    Hearing,
    Juror,
    Panel,
    Reopening,
    Seat,
    Sitting,
    SittingState,
)
from youthcourt.permissions import Permission
from youthcourt.procedures.court import closing
from youthcourt.procedures.jury import seating
from youthcourt.views.access import load, me, permitted
from youthcourt.views.page import page

from .preparations import OF_HEARING

bp = Blueprint("closings", __name__)

OF_DAY = (
    selectinload(CourtSession.blocks),
    selectinload(CourtSession.hearings).options(
        *OF_HEARING,
        selectinload(Hearing.attendances).joinedload(Attendance.person),
        selectinload(Hearing.absences).joinedload(FamilyAbsence.person),
        selectinload(Hearing.panels)
        .selectinload(Panel.seats)
        .joinedload(Seat.juror)
        .joinedload(Juror.person),
    ),
    selectinload(CourtSession.sittings).options(
        joinedload(Sitting.juror).joinedload(Juror.person),
        joinedload(Sitting.withheld),
        joinedload(Sitting.obligation),
    ),
    selectinload(CourtSession.reopenings).options(
        joinedload(Reopening.by), joinedload(Reopening.was_closed_by)
    ),
)


def _day(court_session_id):
    return load(CourtSession.visible_to(me()), court_session_id, *OF_DAY)


@bp.route("/court-sessions/<int:court_session_id>/closing", methods=["GET", "POST"])
@permitted(Permission.KEEP_SESSION)
def show(court_session_id):
    day = _day(court_session_id)
    form = TaskForm()
    if form.validate_on_submit():
        credited = form.carry_out(closing.close_day, day, by=me())
        if credited is not None:
            words = ngettext("%(num)s juror was credited.", "%(num)s jurors were credited.", len(credited))
            flash(_("The day is closed. %(credited)s", credited=words))
            return redirect(url_for("court_sessions.show", court_session_id=day.id))
    return _closing(day, form)


def _closing(day, form=None):
    return page(
        "closings/show.html",
        form,
        day=day,
        why_not=closing.why_not_close(day),
        points=closing.open_points(day),
        absent=[(h, each.person) for h in day.hearings for each in h.absences],
        here=[each for each in day.sittings if each.state is SittingState.CHECKED_IN],
        missed=[each for each in day.sittings if each.state is SittingState.NO_SHOW],
    )


def _note(day, verb, *args, **kwargs):
    """Write one thing down and come back to what is left; or say beside it why not."""
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(verb, *args, **kwargs, by=me()) is not None:
        return redirect(url_for("closings.show", court_session_id=day.id))
    return _closing(day, form)


def _with_day(sitting_id):
    """One of the jurors of a day that is this reader's business, and that day."""
    days = CourtSession.visible_to(me()).with_only_columns(CourtSession.id)
    sitting = load(Sitting.visible_to(me()).where(Sitting.court_session_id.in_(days)), sitting_id)
    return sitting, _day(sitting.court_session_id)


@bp.route("/sittings/<int:sitting_id>/missed", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def miss(sitting_id):
    sitting, day = _with_day(sitting_id)
    return _note(day, seating.miss, sitting)


@bp.route("/sittings/<int:sitting_id>/missed/undo", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def undo_miss(sitting_id):
    sitting, day = _with_day(sitting_id)
    return _note(day, seating.undo_miss, sitting)


@bp.route("/court-sessions/<int:court_session_id>/missed", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def miss_all(court_session_id):
    """Nobody of those who are still expected came."""
    day = _day(court_session_id)
    return _note(day, closing.miss_all, day)


@bp.route("/sittings/<int:sitting_id>/came", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def came(sitting_id):
    """A juror was there, and nobody had ticked it."""
    sitting, day = _with_day(sitting_id)
    return _note(day, sitting.check_in)


@bp.route("/sittings/<int:sitting_id>/credit/withholding", methods=["GET", "POST"])
@permitted(Permission.KEEP_SESSION)
def withhold(sitting_id):
    sitting, day = _with_day(sitting_id)
    form = ReasonForm()
    if form.validate_on_submit() and form.carry_out(sitting.withhold, form.reason.data, by=me()):
        return redirect(url_for("closings.show", court_session_id=day.id))
    return page("closings/withhold.html", form, sitting=sitting)


@bp.route("/sittings/<int:sitting_id>/credit", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def grant(sitting_id):
    sitting, day = _with_day(sitting_id)
    return _note(day, sitting.grant)


def _with_family(hearing_id, person_id):
    """A hearing with its day, and one of its family; anybody else is as if they were not there."""
    asked = load(Hearing.visible_to(me()), hearing_id)
    day = _day(asked.court_session_id)
    hearing = next(each for each in day.hearings if each.id == asked.id)
    return next((each for each in hearing.family if each.id == person_id), None) or abort(404), hearing, day


@bp.route("/hearings/<int:hearing_id>/people/<int:person_id>/presence", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def attend(hearing_id, person_id):
    person, hearing, day = _with_family(hearing_id, person_id)
    return _note(day, hearing.attend, person)


@bp.route("/hearings/<int:hearing_id>/people/<int:person_id>/absence", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def note_absence(hearing_id, person_id):
    person, hearing, day = _with_family(hearing_id, person_id)
    return _note(day, hearing.note_absence, person)


@bp.route("/hearings/<int:hearing_id>/people/<int:person_id>/absence/undo", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def undo_absence(hearing_id, person_id):
    person, hearing, day = _with_family(hearing_id, person_id)
    return _note(day, hearing.undo_absence, person)


@bp.route("/hearings/<int:hearing_id>/seats/<int:seat_id>/late-oath", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def swear(hearing_id, seat_id):
    """Somebody who had a place took the oath, and nobody had ticked it."""
    asked = load(Hearing.visible_to(me()), hearing_id)
    day = _day(asked.court_session_id)
    panel = next(each for each in day.hearings if each.id == asked.id).panel
    seat = next((each for each in panel.standing if each.id == seat_id), None) if panel else None
    return _note(day, (seat or abort(404)).swear)


@bp.route("/court-sessions/<int:court_session_id>/reopening", methods=["GET", "POST"])
@permitted(Permission.REOPEN_SESSION, fresh=True)
def reopen(court_session_id):
    day = _day(court_session_id)
    form = ReasonForm()
    if form.validate_on_submit() and form.carry_out(closing.reopen_day, day, form.reason.data, by=me()):
        flash(_("The day is open again. Its credits are taken back until you close it."))
        return redirect(url_for("closings.show", court_session_id=day.id))
    return page("closings/reopen.html", form, day=day)
