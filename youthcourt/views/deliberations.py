"""The jury room, on a phone: listen, answer four questions, make a plan, vote, send it."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.errors import RuleBroken
from youthcourt.forms.base import TaskForm
from youthcourt.forms.deliberation import FindingsForm, PlanForm, VoteForm
from youthcourt.i18n import _
from youthcourt.models import (
    Case,
    Court,
    Deliberation,
    GridLine,
    Hearing,
    Panel,
    Proposal,
    Question,
    Seat,
    Vote,
)
from youthcourt.models.juror import Juror
from youthcourt.permissions import Permission
from youthcourt.procedures import deliberating, signing

from .access import load, me, permitted
from .page import page

bp = Blueprint("deliberations", __name__, url_prefix="/deliberations")

_case = joinedload(Hearing.case)
_room = joinedload(Hearing.deliberation)
CASE = (
    _case.joinedload(Case.respondent),
    _case.joinedload(Case.offence),
    _case.joinedload(Case.referral),
    _case.joinedload(Case.interview),
)
SEATS = (
    selectinload(Hearing.panels)
    .selectinload(Panel.seats)
    .joinedload(Seat.juror, innerjoin=True)
    .joinedload(Juror.person, innerjoin=True)
)
ROOM = (
    _case.joinedload(Case.respondent),
    _case.joinedload(Case.offence),
    SEATS,
    joinedload(Hearing.court).options(
        selectinload(Court.activities), selectinload(Court.grid).joinedload(GridLine.activity)
    ),
    _room.selectinload(Deliberation.findings),
    _room.selectinload(Deliberation.proposals).joinedload(Proposal.activity),
    _room.selectinload(Deliberation.votes).joinedload(Vote.seat),
    _room.selectinload(Deliberation.sign_offs),
)


def _in_room(hearing_id):
    """The hearing that this juror sits on today and its deliberation, once it was held."""
    hearing = load(Hearing.deliberated_by(current_user), hearing_id, *ROOM)
    if hearing.deliberation is None:
        raise RuleBroken(_("This hearing has not been held."))
    return hearing, hearing.deliberation


@bp.route("/<int:hearing_id>")
@permitted(Permission.DELIBERATE)
def show(hearing_id):
    hearing = load(
        Hearing.deliberated_by(current_user),
        hearing_id,
        *CASE,
        SEATS,
        joinedload(Hearing.block),
        joinedload(Hearing.room),
        _room.selectinload(Deliberation.sign_offs),
    )
    return page("deliberations/show.html", hearing=hearing, deliberation=hearing.deliberation)


@bp.route("/<int:hearing_id>/findings", methods=["GET", "POST"])
@permitted(Permission.DELIBERATE)
def findings(hearing_id):
    hearing, deliberation = _in_room(hearing_id)
    form = FindingsForm(deliberation)
    if form.validate_on_submit() and form.carry_out(
        deliberating.write_findings, deliberation, form.answers, seen=form.seen.data, by=me()
    ):
        flash(_("Findings saved."))
        return redirect(url_for("deliberations.plan", hearing_id=hearing_id))
    return _page("deliberations/findings.html", form, hearing, questions=list(Question))


@bp.route("/<int:hearing_id>/plan", methods=["GET", "POST"])
@permitted(Permission.DELIBERATE)
def plan(hearing_id):
    hearing, deliberation = _in_room(hearing_id)
    form = PlanForm.of(deliberation)
    if form.validate_on_submit() and form.carry_out(
        deliberating.write_plan, deliberation, form.lines, seen=form.seen.data, by=me()
    ):
        flash(_("Plan saved."))
        return redirect(url_for("deliberations.vote", hearing_id=hearing_id))
    return _page("deliberations/plan.html", form, hearing, grid=deliberation.grid)


@bp.route("/<int:hearing_id>/vote", methods=["GET", "POST"])
@permitted(Permission.DELIBERATE)
def vote(hearing_id):
    hearing, deliberation = _in_room(hearing_id)
    form = VoteForm(deliberation)
    if form.validate_on_submit() and form.carry_out(
        deliberation.vote, form.agrees.data == "yes", seen_revision=form.revision.data, by=me()
    ):
        flash(_("Your vote is in."))
        return redirect(url_for("deliberations.vote", hearing_id=hearing_id))
    return _page(
        "deliberations/vote.html",
        form,
        hearing,
        tally=deliberating.tally(hearing, me()),
        incomplete=deliberation.why_not_complete(),
        my_vote=_my_vote(deliberation),
    )


@bp.route("/<int:hearing_id>/votes")
@permitted(Permission.DELIBERATE)
def votes(hearing_id):
    hearing = load(Hearing.deliberated_by(current_user), hearing_id)
    tally = deliberating.tally(hearing, me())
    if tally is None:
        raise RuleBroken(_("This hearing has not been held."))
    seen_revision = request.args.get("revision", tally.revision, type=int)
    fragment = make_response(
        render_template("deliberations/tally.html", tally=tally, seen_revision=seen_revision)
    )
    fragment.set_etag(tally.mark)
    return fragment.make_conditional(request)


@bp.route("/<int:hearing_id>/send", methods=["GET", "POST"])
@permitted(Permission.DELIBERATE)
def send(hearing_id):
    hearing, deliberation = _in_room(hearing_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(deliberation.decide, by=me()):
        flash(_("The plan is with the judge. Thank you."))
        return redirect(url_for("deliberations.show", hearing_id=hearing_id))
    return _page(
        "deliberations/send.html",
        form,
        hearing,
        measured=signing.measure(deliberation.proposals, deliberation),
        why_not_send=deliberation.why_not_decide(me()),
    )


def _page(template, form, hearing, **context):
    """A page of the jury room, with what stands in the way of writing in it."""
    panel = hearing.panel
    return page(
        template,
        form,
        hearing=hearing,
        deliberation=hearing.deliberation,
        why_not_write=hearing.deliberation.why_not_change(me()),
        is_lead=panel is not None
        and panel.foreperson is not None
        and panel.foreperson is panel.seat_of(me()),
        **context,
    )


def _my_vote(deliberation):
    """How the reader voted on the plan as it is now; None when they have not."""
    votes = deliberation.current_votes
    return next((vote.agrees for vote in votes if vote.seat.juror.person_id == me().person_id), None)
