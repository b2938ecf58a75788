"""The court's tablet: a coordinator gives a juror a code, the juror types it in and takes their seat."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, url_for

from youthcourt.extensions import db
from youthcourt.forms.base import TaskForm
from youthcourt.forms.tablet import TabletForm
from youthcourt.i18n import _
from youthcourt.models import CourtSession, HowSignedIn, TabletCode
from youthcourt.models.tablet_code import MINUTES
from youthcourt.models.throttle import Door
from youthcourt.permissions import Permission
from youthcourt.procedures import enrolling
from youthcourt.reports import tablets

from . import signing_in, throttling
from .access import load, me, open_to_everyone, permitted
from .page import page
from .sittings import of_court

bp = Blueprint("tablets", __name__)

# A tablet that lies about untouched is nobody's any more.
IDLE_MINUTES = 10


@bp.route("/court-sessions/<int:court_session_id>/tablet")
@permitted(Permission.GIVE_TABLET_CODE)
def index(court_session_id):
    return _list(load(CourtSession.visible_to(me()), court_session_id))


def _list(court_session, form=None):
    here = tablets.present(court_session)
    return page("tablets/index.html", form, court_session=court_session, here=here)


@bp.route("/sittings/<int:sitting_id>/tablet-code", methods=["POST"])
@permitted(Permission.GIVE_TABLET_CODE)
def give(sitting_id):
    sitting = of_court(sitting_id)
    form = TaskForm()
    user = enrolling.account_of(sitting.juror.person)
    if form.validate_on_submit() and (digits := form.carry_out(TabletCode.give, sitting, user, by=me())):
        shown = f"{digits[:4]} {digits[4:]}"
        return page("tablets/code.html", sitting=sitting, digits=shown, minutes=MINUTES)
    return _list(sitting.court_session, form)


@bp.route("/tablet", methods=["GET", "POST"])
@open_to_everyone
def enter():
    form = TabletForm()
    if not form.validate_on_submit():
        return page("tablets/enter.html", form)
    tried = throttling.trial(Door.SESSION_CODE, form.code.data)
    if wait := throttling.wait_for(tried):
        form.code.errors = [throttling.wait_words(wait)]
        return throttling.refusal(page("tablets/enter.html", form), wait)
    code = TabletCode.use(db.session(), form.code.data)
    if code is None:
        throttling.note_failure(tried)
        form.code.errors = [_("This code does not work. Ask the coordinator for a new one.")]
        return page("tablets/enter.html", form)
    _sit_down(code)
    return redirect(url_for("desk.show"))


def _sit_down(code):
    """A sign-in for this juror on this day: it ends with the day, or when the tablet lies untouched."""
    court = code.sitting.court
    tomorrow = court.today + timedelta(days=1)
    signing_in.begin(
        code.user,
        how=HowSignedIn.SESSION_CODE,
        awaiting_factor=False,
        runs_out_at=datetime.combine(tomorrow, time(), ZoneInfo(court.time_zone)),
        idle_minutes=IDLE_MINUTES,
        sitting=code.sitting,
    )
