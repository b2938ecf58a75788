"""A juror's own sittings; and checking jurors in on the day."""

from flask import Blueprint, flash, redirect, request, url_for
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.documents.square import square
from youthcourt.extensions import db
from youthcourt.forms.jury.panel import ReasonForm
from youthcourt.i18n import _
from youthcourt.models import (
    CourtSession,
    Juror,
    Sitting,
    SittingState,
    Swap,
    SwapState,
    juror_times,
    published_for,
)
from youthcourt.permissions import Permission
from youthcourt.procedures.court import door_codes, hearing_day
from youthcourt.procedures.jury import offering, swapping
from youthcourt.reports.jury import draws, seating_words
from youthcourt.reports.jury import jurors as juror_lists
from youthcourt.views.access import load, me, permitted
from youthcourt.views.page import page
from youthcourt.views.protection import record_number
from youthcourt.views.text import day

from . import availabilities

bp = Blueprint("sittings", __name__, url_prefix="/sittings")

MOST = 20
DAY = joinedload(Sitting.court_session).options(
    selectinload(CourtSession.blocks), selectinload(CourtSession.docket_versions)
)
_BOTH = (
    joinedload(Sitting.court_session),
    joinedload(Sitting.juror).joinedload(Juror.person),
)
SWAP_DAYS = (
    joinedload(Swap.sitting).options(*_BOTH),
    joinedload(Swap.given).options(*_BOTH),
    joinedload(Swap.taker).joinedload(Juror.person),
)


def recent(court):
    """Swaps of days that are still to come."""
    day = CourtSession.held_on > court.today
    return Swap.sitting.has(Sitting.court_session.has(day)) & (Swap.state != SwapState.WITHDRAWN)


@bp.route("/")
@permitted(Permission.SEE_OWN_SITTINGS)
def index():
    coming = (
        Sitting.of_juror(me())
        .join(Sitting.court_session)
        .where(
            CourtSession.held_on >= me().court.today,
            Sitting.state.in_((SittingState.BOOKED, SittingState.CHECKED_IN)),
        )
        .order_by(CourtSession.held_on)
        .limit(MOST)
    )
    sittings = db.session.scalars(coming.options(DAY)).all()
    return page(
        "sittings/index.html",
        coming=[(sitting, hearing_day.why_not_cancel(sitting)) for sitting in sittings],
        squares={each.id: square(door_codes.address_for(each)) for each in sittings if _is_awaited(each)},
        **_beside(availabilities.my_juror()),
        times_of=_times_of,
        past=db.session.execute(juror_lists.served_by(me())).all(),
        minutes=juror_lists.minutes_earned(me().person),
    )


def _is_awaited(sitting):
    """Whether the juror comes today and is not here yet: then a square on the phone checks them in."""
    day = sitting.court_session
    return sitting.state is SittingState.BOOKED and day.held_on == me().court.today


def _times_of(sitting):
    """When this juror sits on that day, as it was published."""
    version = sitting.court_session.published
    return juror_times(version.docket).get(sitting.juror_id, []) if version else []


def _beside(juror):
    """What else a juror finds here: days to take, days of others, and how their own swaps stand."""
    if juror is None:
        return {"juror": None, "swaps": {}, "answers": [], "open_days": [], "asked": [], "schedule": None}
    mine = (
        db.session.scalars(Swap.of_juror(me()).where(recent(me().court)).options(*SWAP_DAYS)).unique().all()
    )
    return {
        "juror": juror,
        "swaps": {swap.sitting_id: swap for swap in mine if swap.is_open},
        "answers": [swap for swap in mine if not swap.is_open or swap.asker is not juror],
        "open_days": offering.days_for(juror, by=me()),
        "asked": swapping.asked_of(juror, by=me()),
        "schedule": published_for(juror),
    }


@bp.route("/<int:sitting_id>/cancellation", methods=["GET", "POST"])
@permitted(Permission.SEE_OWN_SITTINGS)
def cancel(sitting_id):
    """I cannot come."""
    sitting = load(Sitting.of_juror(me()), sitting_id, DAY)
    form = ReasonForm()
    asked = form.validate_on_submit()
    if asked and form.carry_out(hearing_day.cancel, sitting, reason=form.reason.data, by=me()):
        flash(_("Thank you for telling us. You are not expected on %(day)s.", day=_day_of(sitting)))
        return redirect(url_for("sittings.index"))
    reason = hearing_day.why_not_cancel(sitting)
    return page("sittings/cancel.html", form, sitting=sitting, reason=reason)


@bp.route("/<int:sitting_id>/seat")
@permitted(Permission.SEE_OWN_SITTINGS)
def why(sitting_id):
    """Why I have a seat on this day, or none. Nothing of anybody else."""
    sitting = load(Sitting.of_juror(me()), sitting_id, DAY)
    reason = draws.of_juror(sitting)
    said = seating_words.why_you(reason) if reason else ""
    return page("sittings/why.html", sitting=sitting, reason=reason, said=said)


def _day_of(sitting):
    return day(sitting.court_session.held_on)


# For staff, on the day's page and the hearing's


def of_court(sitting_id):
    """A sitting on a day that is this reader's business."""
    days = CourtSession.visible_to(me()).with_only_columns(CourtSession.id)
    options = (
        joinedload(Sitting.court_session),
        joinedload(Sitting.juror).joinedload(Juror.person),
        selectinload(Sitting.obligation),
    )
    return load(Sitting.visible_to(me()).where(Sitting.court_session_id.in_(days)), sitting_id, *options)


def _back(sitting):
    """To the page the button was on: a hearing's, when it says so, else the day's."""
    if hearing_id := request.form.get("hearing", type=record_number):
        return redirect(url_for("hearings.show", hearing_id=hearing_id, _anchor="panel"))
    day_id = sitting.court_session_id
    return redirect(url_for("court_sessions.show", court_session_id=day_id, _anchor="jurors"))


@bp.route("/<int:sitting_id>/check-in", methods=["POST"])
@permitted(Permission.RUN_HEARING)
def check_in(sitting_id):
    sitting = of_court(sitting_id)
    sitting.check_in(by=me())
    return _back(sitting)


@bp.route("/<int:sitting_id>/check-in/undo", methods=["POST"])
@permitted(Permission.RUN_HEARING)
def undo_check_in(sitting_id):
    sitting = of_court(sitting_id)
    sitting.undo_check_in(by=me())
    return _back(sitting)


@bp.route("/<int:sitting_id>/excuse", methods=["GET", "POST"])
@permitted(Permission.KEEP_JURORS)
def excuse(sitting_id):
    """The juror called: they need not come."""
    sitting = of_court(sitting_id)
    form = ReasonForm()
    asked = form.validate_on_submit()
    if asked and form.carry_out(hearing_day.excuse, sitting, reason=form.reason.data, by=me()):
        flash(_("%(name)s is excused.", name=sitting.juror))
        return _back(sitting)
    return page("sittings/excuse.html", form, sitting=sitting)
