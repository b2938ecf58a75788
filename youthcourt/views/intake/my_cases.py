"""A family's own case."""

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.extensions import db
from youthcourt.models import Case, CourtSession, DispositionOrder, Obligation, Person, Sitting, SittingState
from youthcourt.models.case_lists import of_family
from youthcourt.permissions import Permission
from youthcourt.views.access import load, me, permitted
from youthcourt.views.decision.answers import ANSWERS

from . import case_page

bp = Blueprint("my_cases", __name__, url_prefix="/my-case")

MOST = 20

PLAN = selectinload(Case.obligations).options(
    joinedload(Obligation.activity),
    selectinload(Obligation.service_records),
    selectinload(Obligation.sittings).joinedload(Sitting.court_session).selectinload(CourtSession.blocks),
)


@bp.route("/")
@permitted(Permission.SEE_OWN_CASE)
def index():
    mine = of_family(me()).with_only_columns(Case.id, Case.number, Case.stage, Person.given_name)
    cases = db.session.execute(mine.join(Case.respondent).order_by(Case.id.desc()).limit(MOST)).all()
    if len(cases) == 1:
        return redirect(url_for("my_cases.show", case_id=cases[0].id))
    return render_template("my_cases/index.html", cases=cases)


@bp.route("/<int:case_id>")
@permitted(Permission.SEE_OWN_CASE)
def show(case_id):
    case = load(of_family(me()), case_id, *_EVERYTHING)
    return render_template(
        "my_cases/show.html",
        case=case,
        is_own=case.respondent_id == me().person_id,
        person=me().person,
        ahead=case.hearing if case.hearing and case.hearing.is_ahead else None,
        duties=_duties(case),
    )


_EVERYTHING = (
    joinedload(Case.respondent),
    case_page.HEARINGS,
    PLAN,
    selectinload(Case.orders).options(joinedload(DispositionOrder.judge), *ANSWERS),
    joinedload(Case.closure),
    selectinload(Case.agreements),
    selectinload(Case.appointments),
)


def _duties(case):
    """The hearing days on which the young person is booked as a juror, the next one first."""
    booked = [each for owed in case.obligations for each in owed.sittings]
    ahead = [each for each in booked if each.state is SittingState.BOOKED and not each.court_session.is_over]
    return sorted(ahead, key=lambda each: each.court_session.held_on)
