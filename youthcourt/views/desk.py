"""What needs somebody today, for each role."""

from flask import Blueprint, redirect, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from youthcourt.extensions import db
from youthcourt.models import CaseStage, Hearing, Swap
from youthcourt.permissions import Permission, Role
from youthcourt.procedures.jury import forecasting
from youthcourt.reports import today
from youthcourt.reports.court import hearing_days

from .access import me, permitted
from .accounts import access_log
from .court import preparations
from .page import page

bp = Blueprint("desk", __name__)

# Where those go who have nothing on the desk itself.
ELSEWHERE = ((Role.FAMILY, "my_cases.index"), (Role.ADMINISTRATOR, "settings.show"))
STAFF = {Role.COORDINATOR, Role.JUDGE}
AT_THE_DESK = {*STAFF, Role.JUROR}


@bp.route("/")
@permitted(Permission.SEE_DESK)
def show():
    user = me()
    if not user.roles & AT_THE_DESK:
        return redirect(url_for(next(place for role, place in ELSEWHERE if role in user.roles)))
    parts = {
        Role.COORDINATOR: _coordinator,
        Role.JUDGE: _judge,
        Role.JUROR: _juror,
    }
    shown = {role.value: part(user) for role, part in parts.items() if role in user.roles}
    docket = hearing_days.docket_on(user.court.today, user) if user.roles & STAFF else []
    days = db.session.scalars(today.going_on(user.court)).all() if Role.COORDINATOR in user.roles else []
    return page("desk/show.html", **shown, docket=docket, has_docket=bool(user.roles & STAFF), boards=days)


def _coordinator(user):
    """The short lists, and the coming days that still miss something, each with what it is."""
    ahead = db.session.scalars(today.days_ahead(user.court).options(*preparations.OF_DAY)).all()
    return {
        **today.needs_coordinator(user.court),
        "unusual": access_log.open_notices(),
        "not_ready": [(day, missing) for day in ahead if (missing := day.missing())],
        "at_risk": forecasting.at_risk(user.court),
        "swaps": db.session.scalar(select(func.count()).select_from(Swap.to_decide(user).subquery())),
    }


def _judge(user):
    waiting = today.waits_for_judge(user)
    return {
        "plans": waiting.get(CaseStage.PROPOSED, 0),
        "closings": waiting.get(CaseStage.COMPLETION_REVIEW, 0),
        "reopened": db.session.scalars(today.reopened_days(user)).all(),
    }


def _juror(user):
    seated = Hearing.deliberated_by(user).options(
        joinedload(Hearing.block), joinedload(Hearing.room), joinedload(Hearing.court_session)
    )
    led = Hearing.led_as_juror(user).options(joinedload(Hearing.block), joinedload(Hearing.room))
    return {
        "next": today.next_sitting(user),
        "hearings": db.session.scalars(seated).all(),
        "led": db.session.scalars(led).all(),
    }
