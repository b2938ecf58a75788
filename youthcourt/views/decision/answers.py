"""What the family answers to an order: on their own phone, on the court's tablet, or noted by the office."""

from flask import Blueprint, abort, flash, redirect, url_for
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.forms.decision.answer import AcceptanceForm, AppealForm, RejectionForm
from youthcourt.i18n import _
from youthcourt.models import (
    Acceptance,
    Appeal,
    AppealItem,
    Case,
    DispositionOrder,
    Guardianship,
    OrderItem,
    Person,
    Rejection,
)
from youthcourt.permissions import Permission
from youthcourt.views.access import load, me, permitted
from youthcourt.views.page import page

bp = Blueprint("answers", __name__, url_prefix="/orders/<int:order_id>/people/<int:person_id>")

# What was said to an order, as pages show it.
ANSWERS = (
    selectinload(DispositionOrder.acceptances).joinedload(Acceptance.person),
    selectinload(DispositionOrder.rejections).joinedload(Rejection.person),
    selectinload(DispositionOrder.appeals).options(
        joinedload(Appeal.person),
        selectinload(Appeal.items).options(
            joinedload(AppealItem.item).joinedload(OrderItem.activity), joinedload(AppealItem.changed_by)
        ),
    ),
)
_ORDER = (
    joinedload(DispositionOrder.court),
    joinedload(DispositionOrder.judge),
    joinedload(DispositionOrder.case).options(
        selectinload(Case.orders),
        joinedload(Case.respondent).selectinload(Person.guardianships).joinedload(Guardianship.guardian),
    ),
    selectinload(DispositionOrder.items).joinedload(OrderItem.activity),
    *ANSWERS,
)


def _asked(order_id, person_id):
    """A signed order and one of its family; a family answers for nobody but themselves."""
    signed = DispositionOrder.visible_to(me()).where(DispositionOrder.signed_at.is_not(None))
    order = load(signed, order_id, *_ORDER)
    family = [order.case.respondent, *order.case.respondent.guardians]
    person = next((each for each in family if each.id == person_id), None) or abort(404)
    if not _is_office() and me().person_id != person.id:
        abort(404)
    return order, person


def _is_office():
    return me().may(Permission.NOTE_ANSWER)


def _back(order):
    if _is_office():
        return url_for("orders.show", order_id=order.id)
    return url_for("my_cases.show", case_id=order.case_id)


def _page(template, form, order, person, why_not):
    facts = {"order": order, "person": person, "back": _back(order), "is_office": _is_office()}
    return page(template, form, why_not_answer=why_not, is_own=order.case.respondent is person, **facts)


@bp.route("/yes", methods=["GET", "POST"])
@permitted(Permission.ANSWER_ORDER, Permission.NOTE_ANSWER)
def accept(order_id, person_id):
    order, person = _asked(order_id, person_id)
    form = AcceptanceForm(_is_office())
    if form.validate_on_submit() and form.carry_out(
        Acceptance.give, order, person, form.how, signature=form.given, by=me()
    ):
        flash(_("Thank you. It is written down that %(name)s said yes.", name=person))
        return redirect(_back(order))
    return _page("answers/accept.html", form, order, person, Acceptance.why_not_give(order, person, me()))


@bp.route("/no", methods=["GET", "POST"])
@permitted(Permission.ANSWER_ORDER, Permission.NOTE_ANSWER)
def reject(order_id, person_id):
    order, person = _asked(order_id, person_id)
    form = RejectionForm(_is_office())
    if form.validate_on_submit() and form.carry_out(
        Rejection.give,
        order,
        person,
        form.reason.data or "",
        on_paper=form.is_on_paper,
        by=me(),
    ):
        flash(_("It is written down that %(name)s said no. The court office will call.", name=person))
        return redirect(_back(order))
    return _page("answers/reject.html", form, order, person, Rejection.why_not_give(order, person, me()))


@bp.route("/again", methods=["GET", "POST"])
@permitted(Permission.ANSWER_ORDER, Permission.NOTE_ANSWER)
def appeal(order_id, person_id):
    order, person = _asked(order_id, person_id)
    form = AppealForm.of(order)(order, _is_office())
    if form.validate_on_submit() and form.carry_out(
        Appeal.make, order, person, form.why, on_paper=form.is_on_paper, by=me()
    ):
        flash(_("The judge will look at it again and answer. Until then the plan goes on."))
        return redirect(_back(order))
    return _page("answers/appeal.html", form, order, person, Appeal.why_not_make(order, person, me()))
