"""Hearings: placed, moved, held."""

from flask import Blueprint, abort, flash, redirect, url_for
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.extensions import db
from youthcourt.forms.base import TaskForm
from youthcourt.forms.court.hearing import AdjournmentForm, FailureForm, JudgeForm, MoveForm
from youthcourt.i18n import _
from youthcourt.models import (
    Adjournment,
    Attendance,
    Case,
    CourtSession,
    Deliberation,
    Guardianship,
    Hearing,
    Juror,
    Panel,
    Person,
    Replacement,
    Seat,
    Sitting,
    TimeBlock,
    User,
)
from youthcourt.permissions import Permission, Role
from youthcourt.procedures.court import changing_judge
from youthcourt.views import places
from youthcourt.views.access import load, me, permitted
from youthcourt.views.page import page
from youthcourt.views.text import clock_time, day

from .boards import to_night

bp = Blueprint("hearings", __name__, url_prefix="/hearings")

# All that a page about a hearing shows, and all that its rules look at.
WHOLE = (
    joinedload(Hearing.case).options(
        joinedload(Case.respondent).selectinload(Person.guardianships).joinedload(Guardianship.guardian),
        joinedload(Case.offence),
        selectinload(Case.agreements),
    ),
    joinedload(Hearing.block),
    joinedload(Hearing.room),
    joinedload(Hearing.judge),
    joinedload(Hearing.deliberation).selectinload(Deliberation.orders),
    selectinload(Hearing.steps),
    joinedload(Hearing.court_session).selectinload(CourtSession.sittings).joinedload(Sitting.juror),
    selectinload(Hearing.panels)
    .selectinload(Panel.seats)
    .joinedload(Seat.juror)
    .joinedload(Juror.person)
    .joinedload(Person.school),
    selectinload(Hearing.panels)
    .selectinload(Panel.seats)
    .selectinload(Seat.replacements)
    .joinedload(Replacement.taken_by),
    selectinload(Hearing.attendances).options(
        joinedload(Attendance.person), joinedload(Attendance.court_session)
    ),
    selectinload(Hearing.adjournments),
    selectinload(Hearing.notices),
    selectinload(Hearing.interpreters),
)
SAID = selectinload(Hearing.words_said)
# What moving it asks besides: the whole grid of the day.
PLACES = (
    selectinload(CourtSession.rooms),
    selectinload(CourtSession.blocks),
    selectinload(CourtSession.hearings).options(
        joinedload(Hearing.block),
        joinedload(Hearing.room),
        joinedload(Hearing.judge),
        joinedload(Hearing.case).joinedload(Case.respondent),
    ),
)
# And what putting back the last time it moved to another day asks.
LAST_PLACE = selectinload(Hearing.adjournments).options(
    joinedload(Adjournment.was_block).joinedload(TimeBlock.court_session).options(*PLACES),
    joinedload(Adjournment.was_room),
    joinedload(Adjournment.was_judge),
    joinedload(Adjournment.panel),
)


def of_reader(hearing_id, *options):
    """The hearing with this number, if it is this reader's business."""
    return load(Hearing.visible_to(me()), hearing_id, *WHOLE, SAID, *options)


def judges():
    return db.session.scalars(User.in_role(me().court, Role.JUDGE)).all()


@bp.route("/<int:hearing_id>")
@permitted(Permission.RUN_HEARING)
def show(hearing_id):
    return whole_page(of_reader(hearing_id))


def whole_page(hearing, form=None):
    """The page of a hearing; with a form when what was asked on it is refused."""
    here = {
        sitting.juror_id: sitting for sitting in hearing.court_session.sittings if sitting.state != "excused"
    }
    facts = {"may_return": _who_may_return(hearing), "may_undo": _may_undo(hearing)}
    return page("hearings/show.html", form, hearing=hearing, here=here, **facts)


def _who_may_return(hearing):
    """The seats of those who were stood down and can be given back."""
    if not me().may(Permission.SEAT_PANEL) or hearing.panel is None:
        return set()
    left = (seat for seat in hearing.panel.seats if seat.replacement)
    return {seat.id for seat in left if not seat.why_not_reinstate()}


def _may_undo(hearing):
    """Whether that they did not come, or the last adjournment, can be taken back."""
    if not me().may(Permission.ADJOURN_HEARING):
        return False
    if hearing.is_ahead:
        return bool(hearing.adjournments) and not hearing.why_not_undo_adjournment()
    return not hearing.why_not_undo_failure()


def back_to(hearing, anchor=None):
    return redirect(url_for("hearings.show", hearing_id=hearing.id, _anchor=anchor))


@bp.route("/<int:hearing_id>/people/<int:person_id>/check-in", methods=["POST"])
@permitted(Permission.RUN_HEARING)
def check_in(hearing_id, person_id):
    hearing = of_reader(hearing_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(hearing.check_in, _person(hearing, person_id), by=me()):
        return back_to(hearing, "people")
    return whole_page(hearing, form)


@bp.route("/<int:hearing_id>/people/<int:person_id>/check-in/undo", methods=["POST"])
@permitted(Permission.RUN_HEARING)
def undo_check_in(hearing_id, person_id):
    hearing = of_reader(hearing_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(
        hearing.undo_check_in, _person(hearing, person_id), by=me()
    ):
        return back_to(hearing, "people")
    return whole_page(hearing, form)


def _person(hearing, person_id):
    """Somebody of this family, or who has come with it; anybody else is as if they were not there."""
    respondent = hearing.case.respondent
    people = [respondent, *respondent.guardians, *(each.person for each in hearing.present)]
    return next((each for each in people if each.id == person_id), None) or abort(404)


@bp.route("/<int:hearing_id>/holding", methods=["GET", "POST"])
@permitted(Permission.RUN_HEARING)
def hold(hearing_id):
    hearing = of_reader(hearing_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(hearing.hold, by=me()):
        flash(_("The case was heard. The panel can now decide, each juror on their own phone."))
        return back_to(hearing)
    return page("hearings/hold.html", form, hearing=hearing)


@bp.route("/<int:hearing_id>/move", methods=["GET", "POST"])
@permitted(Permission.PLACE_HEARING)
def move(hearing_id):
    hearing = of_reader(hearing_id, joinedload(Hearing.court_session).options(*PLACES))
    form = MoveForm(hearing, judges(), words=places)
    if form.validate_on_submit():
        where = {"to": form.place.block, "room": form.place.room, "judge": form.judge.record}
        if form.carry_out(hearing.move, **where, by=me()):
            flash(_("Hearing moved to %(place)s.", place=places.place(hearing.block, hearing.room)))
            return back_to(hearing)
    return page("hearings/move.html", form, hearing=hearing)


@bp.route("/<int:hearing_id>/judge", methods=["GET", "POST"])
@permitted(Permission.PLACE_HEARING)
def change_judge(hearing_id):
    """Another judge hears what the judge of this hearing has still to hear that day, all or nothing."""
    hearing = of_reader(hearing_id, joinedload(Hearing.court_session).options(*PLACES))
    ahead = changing_judge.still_ahead(hearing.court_session, hearing.judge)
    others = [each for each in judges() if each is not hearing.judge]
    form = JudgeForm(ahead, others, words=places.hearing)
    if form.validate_on_submit():
        takes = form.judge.record
        if form.carry_out(changing_judge.change_judge, form.chosen, takes, by=me()):
            flash(_("%(name)s hears them now.", name=takes.name))
            return to_night(hearing.court_session)
    why_not = {str(each.id): changing_judge.why_not_hear(ahead, each) or _("Is free.") for each in others}
    return page("hearings/change_judge.html", form, hearing=hearing, ahead=ahead, hints=why_not)


@bp.route("/<int:hearing_id>/adjournment", methods=["GET", "POST"])
@permitted(Permission.ADJOURN_HEARING)
def adjourn(hearing_id):
    hearing = of_reader(hearing_id)
    was = hearing.court_session
    form = AdjournmentForm(hearing, _other_days(hearing), judges(), words=places)
    if form.validate_on_submit():
        where = {"to": form.place.block, "room": form.place.room, "judge": form.judge.record}
        why = {"reason": form.reason.data, "note": form.note.data}
        if form.carry_out(hearing.adjourn, **where, **why, by=me()):
            new_day = f"{day(hearing.sits_on)}, {clock_time(hearing.block.starts_at)}"
            flash(_("Hearing adjourned to %(day)s. Send the family a new notice.", day=new_day))
            return back_to(hearing) if was.held_on >= me().court.today else to_night(was)
    return page("hearings/adjourn.html", form, hearing=hearing)


def _other_days(hearing):
    """The days from today on that the hearing may move to."""
    days = CourtSession.visible_to(me()).where(
        CourtSession.id != hearing.court_session_id,
        CourtSession.held_on >= me().court.today,
        CourtSession.closed_at.is_(None),
    )
    ordered = days.order_by(CourtSession.held_on, CourtSession.id).limit(MOST_DAYS)
    return db.session.scalars(ordered.options(*PLACES)).all()


MOST_DAYS = 12


@bp.route("/<int:hearing_id>/adjournment/undo", methods=["POST"])
@permitted(Permission.ADJOURN_HEARING)
def undo_adjournment(hearing_id):
    hearing = of_reader(hearing_id, LAST_PLACE)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(hearing.undo_adjournment, by=me()):
        flash(_("The hearing is back in its place."))
        return back_to(hearing)
    return whole_page(hearing, form)


@bp.route("/<int:hearing_id>/failure/undo", methods=["POST"])
@permitted(Permission.ADJOURN_HEARING)
def undo_failure(hearing_id):
    hearing = of_reader(hearing_id, joinedload(Hearing.court_session).options(*PLACES))
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(hearing.undo_failure, by=me()):
        flash(_("The hearing can be held."))
        return back_to(hearing)
    return whole_page(hearing, form)


@bp.route("/<int:hearing_id>/failure", methods=["GET", "POST"])
@permitted(Permission.ADJOURN_HEARING)
def fail(hearing_id):
    hearing = of_reader(hearing_id)
    form = FailureForm()
    if form.validate_on_submit() and form.carry_out(hearing.fail_to_appear, note=form.note.data, by=me()):
        flash(_("Written down: %(name)s did not come.", name=hearing.case.respondent.name))
        return to_night(hearing.court_session)
    return page("hearings/fail.html", form, hearing=hearing)
