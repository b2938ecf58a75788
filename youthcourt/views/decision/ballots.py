"""Secret votes on a phone: called, cast, counted when all are in; and the one item left to the judge."""

from flask import Blueprint, flash, redirect, url_for

from youthcourt.forms.base import TaskForm
from youthcourt.forms.decision.deliberation import LeaveOpenForm, VoteForm
from youthcourt.i18n import _
from youthcourt.permissions import Permission
from youthcourt.views.access import me, permitted
from youthcourt.views.text import amount

from .jury_room import VOTE, in_room, room_page

bp = Blueprint("ballots", __name__, url_prefix="/deliberations/<int:hearing_id>")


def _to_vote(hearing_id):
    return redirect(url_for("ballots.vote", hearing_id=hearing_id))


@bp.route("/vote", methods=["GET", "POST"])
@permitted(Permission.DELIBERATE)
def vote(hearing_id):
    hearing, deliberation = in_room(hearing_id, VOTE)
    form = VoteForm(deliberation)
    if form.validate_on_submit() and form.carry_out(
        deliberation.vote, form.agrees.data == "yes", seen_round=form.round.data, by=me()
    ):
        flash(_("Your vote is in."))
        return _to_vote(hearing_id)
    return room_page(
        "ballots/vote.html",
        form,
        hearing,
        why_not_call=deliberation.why_not_call_vote(me()),
        why_not_close=_why_not_close(deliberation),
        why_not_leave_open=deliberation.why_not_leave_to_judge(me()),
    )


def _why_not_close(deliberation):
    here = deliberation.round
    return here.why_not_close() if here else _("This vote is over.")


@bp.route("/vote/call", methods=["POST"])
@permitted(Permission.DELIBERATE)
def call(hearing_id):
    """The foreperson asks for a vote on the plan as it stands."""
    _hearing, deliberation = in_room(hearing_id, VOTE)
    deliberation.call_vote(by=me())
    return _to_vote(hearing_id)


@bp.route("/vote/close", methods=["GET", "POST"])
@permitted(Permission.DELIBERATE)
def close(hearing_id):
    """The foreperson waits no longer for those who have not voted."""
    hearing, deliberation = in_room(hearing_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(deliberation.close_vote, by=me()):
        return _to_vote(hearing_id)
    why_not = deliberation.why_not_lead(me()) or _why_not_close(deliberation)
    return room_page("ballots/close.html", form, hearing, why_not=why_not)


@bp.route("/vote/left-open", methods=["GET", "POST"])
@permitted(Permission.DELIBERATE)
def leave_open(hearing_id):
    """We cannot agree how much of one thing: the judge shall say."""
    hearing, deliberation = in_room(hearing_id)
    form = LeaveOpenForm(_disputed(deliberation))
    if form.validate_on_submit() and form.carry_out(deliberation.leave_to_judge, form.item.record, by=me()):
        flash(_("The judge will set it. Now vote on the rest."))
        return _to_vote(hearing_id)
    why_not = deliberation.why_not_leave_to_judge(me())
    return room_page("ballots/leave_open.html", form, hearing, why_not=why_not)


def _disputed(deliberation):
    """The items on which more than one amount was named, each with its range in words."""
    ranges = {item: deliberation.disputed_range(item) for item in deliberation.proposals}
    return {
        item: _(
            "%(what)s: from %(least)s to %(most)s",
            what=item.activity.name,
            least=amount(lowest, item.activity.unit),
            most=amount(highest, item.activity.unit),
        )
        for item, (lowest, highest) in ranges.items()
        if lowest < highest
    }
