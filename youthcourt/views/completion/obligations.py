"""What respondents owe and have done."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.forms.completion.obligation import CreditForm, ExcuseForm, ExtendForm
from youthcourt.i18n import _
from youthcourt.models import (
    Case,
    Court,
    Excusal,
    Extension,
    Guardianship,
    Obligation,
    Person,
    ServiceRecord,
    Sitting,
)
from youthcourt.permissions import Permission
from youthcourt.procedures.court.hearing_day import sittings_to_book
from youthcourt.reports.completion.obligations import Urgency, activities_of, still_owed
from youthcourt.views.access import load, me, permitted
from youthcourt.views.listing import listing
from youthcourt.views.page import page
from youthcourt.views.protection import record_number
from youthcourt.views.searching import searched
from youthcourt.views.text import amount, short_day

bp = Blueprint("obligations", __name__, url_prefix="/obligations")

A_PAGE = 50
TASK = (
    joinedload(Obligation.activity),
    joinedload(Obligation.case)
    .joinedload(Case.respondent)
    .selectinload(Person.guardianships)
    .joinedload(Guardianship.guardian),
    selectinload(Obligation.service_records),
)
WHOLE = (
    *TASK,
    joinedload(Obligation.order),
    selectinload(Obligation.service_records).joinedload(ServiceRecord.credited_by),
    selectinload(Obligation.extensions).joinedload(Extension.by),
    joinedload(Obligation.excusal).joinedload(Excusal.by),
    selectinload(Obligation.sittings).joinedload(Sitting.court_session),
)


@bp.route("/", methods=["GET", "POST"])
@permitted(Permission.CREDIT_SERVICE)
@searched("show", "activity")
def index(search):
    urgency = request.args.get("show", Urgency.ALL, type=Urgency)
    activity_id = request.args.get("activity", type=record_number)
    return page(
        "obligations/index.html",
        found=listing(still_owed(me(), urgency, activity_id, search.words), per_page=A_PAGE),
        urgency=urgency,
        activity_id=activity_id,
        search=search,
        activities=activities_of(me()),
        today=current_user.court.today,
    )


@bp.route("/<int:obligation_id>")
@permitted(Permission.CREDIT_SERVICE)
def show(obligation_id):
    obligation = _load(obligation_id, WHOLE)
    return page(
        "obligations/show.html",
        obligation=obligation,
        case=obligation.case,
        to_book=sittings_to_book(obligation) if obligation.activity.is_jury_duty else 0,
        why_not_credit=obligation.why_not_credit(me()),
        why_not_excuse=obligation.why_not_excuse(),
    )


@bp.route("/<int:obligation_id>/credit", methods=["GET", "POST"])
@permitted(Permission.CREDIT_SERVICE)
def credit(obligation_id):
    obligation = _load(obligation_id, (*TASK, joinedload(Obligation.court).selectinload(Court.sites)))
    form = CreditForm(obligation)
    if form.validate_on_submit() and (done := form.carry_out(obligation.credit, **form.facts, by=me())):
        flash(_("Credited: %(much)s.", much=amount(done.amount, obligation.activity.unit)))
        return redirect(url_for("obligations.show", obligation_id=obligation.id))
    return _task("obligations/credit.html", form, obligation, obligation.why_not_credit(me()))


@bp.route("/<int:obligation_id>/excusal", methods=["GET", "POST"])
@permitted(Permission.CREDIT_SERVICE)
def excuse(obligation_id):
    obligation = _load(obligation_id, TASK)
    form = ExcuseForm()
    if form.validate_on_submit() and form.carry_out(obligation.excuse, form.reason.data, by=me()):
        flash(_("%(what)s is excused.", what=obligation))
        return redirect(url_for("obligations.show", obligation_id=obligation.id))
    return _task("obligations/excuse.html", form, obligation, obligation.why_not_excuse())


@bp.route("/<int:obligation_id>/extension", methods=["GET", "POST"])
@permitted(Permission.CREDIT_SERVICE)
def extend(obligation_id):
    obligation = _load(obligation_id, TASK)
    form = ExtendForm()
    if form.validate_on_submit() and form.carry_out(
        obligation.extend, form.due_on.data, form.reason.data, by=me()
    ):
        flash(_("Due on %(day)s now.", day=short_day(obligation.due_on)))
        return redirect(url_for("obligations.show", obligation_id=obligation.id))
    return _task("obligations/extend.html", form, obligation, obligation.why_not_excuse())


def _load(obligation_id, options):
    return load(Obligation.visible_to(current_user), obligation_id, *options)


def _task(template, form, obligation, why_not):
    return page(template, form, obligation=obligation, case=obligation.case, why_not_now=why_not)
