"""Open days: offered by a coordinator, taken by jurors."""

from flask import Blueprint, flash, redirect, url_for
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.extensions import db
from youthcourt.forms.base import TaskForm
from youthcourt.forms.jury.schedule import WantedForm
from youthcourt.i18n import _
from youthcourt.models import CourtSession, Juror, OpenDate, Sitting, Taking
from youthcourt.permissions import Permission
from youthcourt.procedures.jury import offering, publishing
from youthcourt.views.access import load, me, permitted
from youthcourt.views.page import page
from youthcourt.views.text import day

from .availabilities import my_juror

bp = Blueprint("open_dates", __name__)

_SESSION = joinedload(OpenDate.court_session)
DAY = _SESSION.options(selectinload(CourtSession.sittings), selectinload(CourtSession.blocks))
TAKEN = selectinload(OpenDate.takings).joinedload(Taking.sitting)
WHO = TAKEN.joinedload(Sitting.juror).joinedload(Juror.person)
DOCKET = (
    selectinload(CourtSession.hearings),
    selectinload(CourtSession.blocks),
    selectinload(CourtSession.rooms),
    selectinload(CourtSession.sittings),
)


@bp.route("/open-dates/")
@permitted(Permission.KEEP_JURORS)
def index():
    """The days that are offered, and who took a place."""
    offered = db.session.scalars(OpenDate.open_in(me()).options(DAY, WHO).limit(60)).all()
    return page("open_dates/index.html", offered=offered)


@bp.route("/court-sessions/<int:court_session_id>/offer", methods=["GET", "POST"])
@permitted(Permission.KEEP_JURORS)
def offer(court_session_id):
    court_session = load(CourtSession.visible_to(me()), court_session_id, *DOCKET)
    wanted = publishing.wanted_on(court_session, publishing.usual_hearings(me().court))
    form = WantedForm(data={"wanted": wanted})
    asked = form.validate_on_submit()
    if asked and form.carry_out(OpenDate.offer, court_session, form.wanted.data, by=me()):
        flash(_("Jurors see now that they can come on %(day)s.", day=day(court_session.held_on)))
        return redirect(url_for("open_dates.index"))
    booked = publishing.booked_on(court_session)
    return page("open_dates/offer.html", form, court_session=court_session, booked=booked)


@bp.route("/open-dates/<int:open_date_id>/closing", methods=["POST"])
@permitted(Permission.KEEP_JURORS)
def close(open_date_id):
    open_date = load(OpenDate.visible_to(me()), open_date_id, DAY)
    open_date.close(by=me())
    flash(_("This day is no longer offered. Whoever took a place keeps it."))
    return redirect(url_for("open_dates.index"))


@bp.route("/open-dates/<int:open_date_id>/place", methods=["GET", "POST"])
@permitted(Permission.SEE_OWN_SITTINGS)
def take(open_date_id):
    """I can come on this day."""
    open_date = load(OpenDate.visible_to(me()), open_date_id, DAY)
    juror, form = my_juror(), TaskForm()
    if juror and form.validate_on_submit() and form.carry_out(offering.take, open_date, juror, by=me()):
        flash(_("Thank you! You are booked for %(day)s.", day=day(open_date.court_session.held_on)))
        return redirect(url_for("sittings.index"))
    reason = offering.why_not_take(open_date, juror) if juror else _("You are not on the list of jurors.")
    return page("open_dates/take.html", form, open_date=open_date, reason=reason)
