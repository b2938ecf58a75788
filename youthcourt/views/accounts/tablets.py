"""The court's tablet: a coordinator gives a juror or a family a code, and they sign in with it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, url_for
from sqlalchemy.orm import joinedload

from youthcourt.extensions import db
from youthcourt.forms.accounts.tablet import TabletForm
from youthcourt.forms.base import TaskForm
from youthcourt.i18n import _
from youthcourt.models import CourtSession, Deliberation, Hearing, HowSignedIn, TabletCode
from youthcourt.models.accounts.tablet_code import MINUTES
from youthcourt.models.accounts.throttle import Door
from youthcourt.permissions import Permission
from youthcourt.procedures.jury import enrolling
from youthcourt.reports.accounts import tablets
from youthcourt.views.access import load, me, open_to_everyone, permitted
from youthcourt.views.intake.case_page import FAMILY
from youthcourt.views.jury.sittings import of_court
from youthcourt.views.page import page

from . import signing_in, throttling

bp = Blueprint("tablets", __name__)

# A tablet that lies about untouched is nobody's any more.
IDLE_MINUTES = 10


@bp.route("/court-sessions/<int:court_session_id>/tablet")
@permitted(Permission.GIVE_TABLET_CODE)
def index(court_session_id):
    return _list(load(CourtSession.visible_to(me()), court_session_id))


def _list(court_session, form=None):
    here, families = tablets.present(court_session), tablets.families(court_session)
    return page("tablets/index.html", form, court_session=court_session, here=here, families=families)


@bp.route("/sittings/<int:sitting_id>/tablet-code", methods=["POST"])
@permitted(Permission.GIVE_TABLET_CODE)
def give(sitting_id):
    sitting = of_court(sitting_id)
    form = TaskForm()
    user = enrolling.account_of(sitting.juror.person)
    if form.validate_on_submit() and (digits := form.carry_out(TabletCode.give, sitting, user, by=me())):
        return _read_out(digits, sitting.juror.person, sitting.court_session_id)
    return _list(sitting.court_session, form)


def _read_out(digits, person, court_session_id):
    """The page that shows the digits this once."""
    shown = f"{digits[:4]} {digits[4:]}"
    facts = {"person": person, "court_session_id": court_session_id, "minutes": MINUTES}
    return page("tablets/code.html", digits=shown, **facts)


@bp.route("/hearings/<int:hearing_id>/people/<int:person_id>/tablet-code", methods=["POST"])
@permitted(Permission.GIVE_TABLET_CODE)
def give_family(hearing_id, person_id):
    hearing = load(Hearing.visible_to(me()), hearing_id, joinedload(Hearing.case).options(FAMILY))
    family = (hearing.case.respondent, *hearing.case.respondent.guardians)
    person = next((each for each in family if each.id == person_id), None) or abort(404)
    form = TaskForm()
    facts = (hearing, person, enrolling.account_of(person))
    if form.validate_on_submit() and (digits := form.carry_out(TabletCode.give_family, *facts, by=me())):
        return _read_out(digits, person, hearing.court_session_id)
    return _list(hearing.court_session, form)


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
    return redirect(_place_of(code))


def _place_of(code):
    """A juror who has one case left to decide today goes straight to it."""
    if code.sitting is None:
        return url_for("desk.show")
    theirs = Hearing.deliberated_by(code.user).with_only_columns(Hearing.id)
    is_decided = Hearing.deliberation.has(Deliberation.decided_at.is_not(None))
    of_day = theirs.where(Hearing.court_session_id == code.sitting.court_session_id, ~is_decided)
    found = db.session.scalars(of_day.limit(2)).all()
    return url_for("deliberations.show", hearing_id=found[0]) if len(found) == 1 else url_for("desk.show")


def _sit_down(code):
    """A sign-in for this day alone: it ends with the day, or when the tablet lies untouched."""
    court = (code.sitting or code.hearing).court
    tomorrow = court.today + timedelta(days=1)
    signing_in.begin(
        code.user,
        how=HowSignedIn.SESSION_CODE,
        awaiting_factor=False,
        runs_out_at=datetime.combine(tomorrow, time(), ZoneInfo(court.time_zone)),
        idle_minutes=IDLE_MINUTES,
        sitting=code.sitting,
        hearing=code.hearing,
    )
