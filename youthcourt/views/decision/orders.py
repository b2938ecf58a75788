"""The judge's desk: what waits, the decision, the order."""

from functools import partial

from flask import Blueprint, current_app, flash, redirect, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.documents.decision import issuing
from youthcourt.extensions import db
from youthcourt.forms.decision.answer import StandForm, UnsignForm
from youthcourt.forms.decision.order import ApproveForm, ChangeForm, ReturnForm, SignForm
from youthcourt.i18n import _
from youthcourt.models import (
    Case,
    Court,
    Deliberation,
    DispositionOrder,
    GridLine,
    Guardianship,
    Hearing,
    Juror,
    MonitorRemark,
    Obligation,
    OrderItem,
    Panel,
    PaperKind,
    Person,
    Proposal,
    Seat,
)
from youthcourt.permissions import Permission
from youthcourt.procedures.decision import signing
from youthcourt.procedures.decision.certificates import Certificates
from youthcourt.procedures.jury import forecasting
from youthcourt.reports import beats
from youthcourt.reports.decision import orders as lists
from youthcourt.views import live
from youthcourt.views.access import load, me, permitted
from youthcourt.views.accounts.confirming import needs_factor
from youthcourt.views.page import page
from youthcourt.views.text import day

from .answers import ANSWERS

bp = Blueprint("orders", __name__, url_prefix="/orders")

_LIMITS = joinedload(Hearing.court).options(
    selectinload(Court.activities), selectinload(Court.grid).joinedload(GridLine.activity)
)
PROPOSED = (
    joinedload(Deliberation.hearing).options(
        _LIMITS,
        selectinload(Hearing.words_said),
        selectinload(Hearing.remarks).joinedload(MonitorRemark.by),
        joinedload(Hearing.judge),
        joinedload(Hearing.case).options(joinedload(Case.respondent), joinedload(Case.offence)),
        selectinload(Hearing.panels)
        .selectinload(Panel.seats)
        .joinedload(Seat.juror)
        .joinedload(Juror.person),
    ),
    selectinload(Deliberation.findings),
    selectinload(Deliberation.proposals).joinedload(Proposal.activity),
    selectinload(Deliberation.rounds),
    selectinload(Deliberation.sign_offs),
    selectinload(Deliberation.orders).selectinload(DispositionOrder.items).joinedload(OrderItem.activity),
)
_ITEMS = selectinload(DispositionOrder.items).joinedload(OrderItem.activity)
_ANSWERED = (
    *ANSWERS,
    selectinload(DispositionOrder.papers),
    joinedload(DispositionOrder.replaces),
    joinedload(DispositionOrder.case).options(
        joinedload(Case.respondent).selectinload(Person.guardianships).joinedload(Guardianship.guardian),
        selectinload(Case.obligations).options(
            selectinload(Obligation.service_records), selectinload(Obligation.sittings)
        ),
    ),
)
ORDER = (
    joinedload(DispositionOrder.case).options(
        joinedload(Case.respondent), joinedload(Case.offence), selectinload(Case.orders)
    ),
    joinedload(DispositionOrder.judge),
    _ITEMS,
    joinedload(DispositionOrder.amends).options(_ITEMS),
    joinedload(DispositionOrder.deliberation).options(
        selectinload(Deliberation.proposals).joinedload(Proposal.activity),
        joinedload(Deliberation.hearing).options(_LIMITS, joinedload(Hearing.case).joinedload(Case.offence)),
    ),
)


def _proposed(deliberation_id):
    return load(Deliberation.visible_to(current_user), deliberation_id, *PROPOSED)


def _order(order_id):
    return load(DispositionOrder.visible_to(current_user), order_id, *ORDER)


@bp.route("/")
@permitted(Permission.SIGN_ORDER)
def waiting():
    return page("orders/waiting.html", mark=_beat(), **_lists())


@bp.route("/part")
@permitted(Permission.SIGN_ORDER)
def waiting_part():
    return live.answer(_beat(), "orders/_waiting.html", _lists)


def _beat():
    return live.mark(beats.of_court(db.session(), me().court_id))


def _lists():
    judge = me()
    return {
        "waiting": lists.waiting(judge),
        "appealed": lists.appealed(judge),
        "amendments": lists.amendments(judge),
        "signed": lists.signed_lately(judge),
    }


@bp.route("/decide/<int:deliberation_id>")
@permitted(Permission.SIGN_ORDER)
def decide(deliberation_id):
    return _decision(_proposed(deliberation_id))


@bp.route("/decide/<int:deliberation_id>/approval", methods=["POST"])
@permitted(Permission.SIGN_ORDER, factor=True)
def approve(deliberation_id):
    form = ApproveForm(_proposed(deliberation_id))
    if form.validate_on_submit() and (
        order := _signed(form, partial(_approve, deliberation_id, form.revision.data))
    ):
        flash(_("Order %(number)s is signed.", number=order.number))
        return redirect(url_for("orders.show", order_id=order.id))
    return _decision(_proposed(deliberation_id), form)


@bp.route("/decide/<int:deliberation_id>/draft", methods=["POST"])
@permitted(Permission.SIGN_ORDER)
def draft(deliberation_id):
    order = DispositionOrder.draft_for(_proposed(deliberation_id), by=me())
    return redirect(url_for("orders.change", order_id=order.id))


@bp.route("/decide/<int:deliberation_id>/return", methods=["GET", "POST"])
@permitted(Permission.SIGN_ORDER)
def send_back(deliberation_id):
    deliberation = _proposed(deliberation_id)
    form = ReturnForm(deliberation.hearing.court)
    if form.validate_on_submit() and form.carry_out(
        deliberation.return_to_panel, form.question.data, meets_on=form.meets_on.data, by=me()
    ):
        flash(_("The panel meets again on %(day)s.", day=day(form.meets_on.data)))
        return redirect(url_for("orders.waiting"))
    return page(
        "orders/send_back.html",
        form,
        deliberation=deliberation,
        case=deliberation.hearing.case,
        why_not_return=deliberation.why_not_return(me()),
    )


@bp.route("/<int:order_id>/change", methods=["GET", "POST"])
@permitted(Permission.SIGN_ORDER)
def change(order_id):
    order = _order(order_id)
    form = ChangeForm.of(order)
    if form.validate_on_submit() and form.carry_out(
        order.change, form.items, reason=form.reason.data, by=me()
    ):
        flash(_("Changed. Read the whole order, then sign it."))
        return redirect(url_for("orders.sign", order_id=order.id))
    return page(
        "orders/change.html",
        form,
        order=order,
        grid=order.deliberation.grid,
        why_not_change=order.why_not_change(me()),
    )


@bp.route("/<int:order_id>/sign", methods=["GET", "POST"])
@permitted(Permission.SIGN_ORDER, factor=True)
def sign(order_id):
    order = _order(order_id)
    form = SignForm(order)
    if form.validate_on_submit():
        if signed := _signed(form, partial(_sign, order_id, form.seen.data)):
            flash(_("Order %(number)s is signed.", number=signed.number))
            return redirect(url_for("orders.show", order_id=signed.id))
        order = _order(order_id)
    return page(
        "orders/sign.html",
        form,
        order=order,
        differences=order.differences(),
        measured=signing.measure(order.items, order.deliberation),
        why_not_sign=order.why_not_sign(me()),
        **_about_signing(),
    )


@bp.route("/<int:order_id>")
@permitted(Permission.SEE_CASE)
def show(order_id):
    order = _signed_order(order_id)
    return page(
        "orders/show.html",
        order=order,
        in_force=order.case.order,
        differences=order.differences(),
        why_not_amend=order.why_not_amend(me()),
        why_not_unsign=order.why_not_unsign(me()),
        paper=order.paper(PaperKind.ORDER),
    )


def _signed_order(order_id):
    signed = DispositionOrder.visible_to(current_user).where(DispositionOrder.signed_at.is_not(None))
    return load(signed, order_id, *ORDER, *_ANSWERED)


@bp.route("/<int:order_id>/withdrawal", methods=["GET", "POST"])
@permitted(Permission.SIGN_ORDER, factor=True)
def unsign(order_id):
    order, form = _signed_order(order_id), UnsignForm()
    if form.validate_on_submit() and form.carry_out(order.unsign, form.reason.data, by=me()):
        flash(_("Order %(number)s is taken back. The plan waits for you again.", number=order.number))
        return redirect(url_for("orders.waiting"))
    return page("orders/unsign.html", form, order=order, why_not_unsign=order.why_not_unsign(me()))


@bp.route("/<int:order_id>/appeals", methods=["GET", "POST"])
@permitted(Permission.SIGN_ORDER)
def answer(order_id):
    order = _signed_order(order_id)
    first = next(iter(order.open_appeal_items), None)
    form = StandForm(first)
    if form.validate_on_submit() and form.carry_out(
        order.let_stand, form.item.data, form.reason.data, by=me()
    ):
        flash(_("Your answer is kept. The family reads it on their page."))
        return redirect(url_for("orders.answer", order_id=order.id))
    facts = {"first": first, "why_not_stand": first.why_not_stand(me()) if first else None}
    return page("orders/answer.html", form, order=order, why_not_amend=order.why_not_amend(me()), **facts)


@bp.route("/<int:order_id>/amendment", methods=["POST"])
@permitted(Permission.SIGN_ORDER)
def amend(order_id):
    amendment = DispositionOrder.amendment_of(_order(order_id), by=me())
    return redirect(url_for("orders.change", order_id=amendment.id))


def _decision(deliberation, form=None):
    """All that a judge needs to decide on one plan."""
    drafted = next((each for each in deliberation.orders if not each.is_signed), None)
    return page(
        "orders/decide.html",
        form,
        approve_form=form or ApproveForm(deliberation),
        deliberation=deliberation,
        hearing=deliberation.hearing,
        measured=signing.measure(deliberation.proposals, deliberation),
        changed=drafted if drafted and drafted.differences() else None,
        signed=next((each for each in deliberation.orders if each.is_standing), None),
        taken_back=[each for each in deliberation.orders if each.is_withdrawn],
        left_open=[each for each in deliberation.proposals if each.is_deadlocked],
        forecast=_forecast(deliberation),
        like=lists.like_cases(deliberation.hearing.case),
        why_not=deliberation.why_not_return(me()),
        **_about_signing(),
    )


def _forecast(deliberation):
    """Whether the sittings that the panel asks for fit before they are due; None when it asks for none."""
    duty = next((each for each in deliberation.proposals if each.activity.is_jury_duty), None)
    return forecasting.fit(deliberation.court, duty.amount, duty.due_on) if duty else None


# Signing


def _approve(deliberation_id, seen_revision, at):
    return signing.approve_plan(_proposed(deliberation_id), seen_revision, by=me(), at=at)


def _sign(order_id, seen, at):
    return signing.sign_order(_order(order_id), seen=seen, by=me(), at=at)


def _signed(form, sign):
    """The order, signed and kept as printed; None when it was refused. Nobody waits while it is printed."""
    rehearsed = form.carry_out(issuing.rehearse, sign, _certificate())
    if rehearsed is None:
        return None
    db.session.rollback()
    printed = issuing.print_all(rehearsed)
    return form.carry_out(issuing.sign_as_printed, sign, printed, by=me())


def _certificate():
    return Certificates(current_app.config["CERTIFICATES"]).of(me().court)


def _about_signing():
    """What the judge is told before signing: what will be asked for, and whether the order is sealed."""
    return {"asks_factor": needs_factor(me()), "certificate": _certificate()}
