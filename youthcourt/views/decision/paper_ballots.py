"""A panel that decided on paper: the court's staff types in its sheet."""

from flask import Blueprint, flash, redirect, url_for
from flask_login import current_user

from youthcourt.errors import RuleBroken
from youthcourt.forms.decision.paper_ballot import PaperBallotForm
from youthcourt.i18n import _
from youthcourt.models import Hearing, Question
from youthcourt.permissions import Permission
from youthcourt.procedures.decision import deliberating
from youthcourt.views.access import load, me, permitted
from youthcourt.views.page import page

from .jury_room import ROOM

bp = Blueprint("paper_ballots", __name__, url_prefix="/hearings/<int:hearing_id>/paper-ballot")


@bp.route("", methods=["GET", "POST"])
@permitted(Permission.SEAT_PANEL)
def new(hearing_id):
    hearing = load(Hearing.visible_to(current_user), hearing_id, *ROOM)
    deliberation = hearing.deliberation
    if deliberation is None:
        raise RuleBroken(_("This hearing has not been held."))
    form = PaperBallotForm.of(deliberation)
    if form.validate_on_submit() and form.carry_out(
        deliberating.type_in_paper, deliberation, form.ballot, by=me()
    ):
        flash(_("The plan is with the judge."))
        return redirect(url_for("hearings.show", hearing_id=hearing_id))
    return page(
        "paper_ballots/new.html",
        form,
        hearing=hearing,
        deliberation=deliberation,
        questions=list(Question),
        grid=deliberation.grid,
        why_not=deliberation.why_not_lead(me(), on_paper=True),
    )
