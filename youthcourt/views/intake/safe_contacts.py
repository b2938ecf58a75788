"""Somebody of a family may only be reached safely: their address is out of sight, and who asks is noted."""

from flask import Blueprint, flash, redirect, url_for
from sqlalchemy.orm import joinedload

from youthcourt.extensions import db
from youthcourt.forms.base import TaskForm
from youthcourt.forms.intake.safe_contact import SafeContactForm
from youthcourt.i18n import _
from youthcourt.models import Person, SafeContact
from youthcourt.permissions import Permission
from youthcourt.procedures.intake import safe_contact
from youthcourt.views.access import me, permitted
from youthcourt.views.page import page

from .cases import member

bp = Blueprint(
    "safe_contacts", __name__, url_prefix="/cases/<int:case_id>/people/<int:person_id>/safe-contact"
)


@bp.route("/", methods=["GET", "POST"])
@permitted(Permission.KEEP_SAFE_CONTACT)
def note(case_id, person_id):
    case, who = member(case_id, person_id)
    form = SafeContactForm()
    facts = (form.why.data or "", form.how.data or "")
    if form.validate_on_submit() and (
        noted := form.carry_out(safe_contact.keep_apart, case, who, *facts, by=me())
    ):
        for each in noted:
            flash(_("The address of %(name)s is out of sight.", name=each.person))
        return _back(case, who)
    return page("safe_contacts/note.html", form, case=case, who=who, apart=_standing(who))


@bp.route("/address", methods=["POST"])
@permitted(Permission.KEEP_SAFE_CONTACT)
def show(case_id, person_id):
    case, who = member(case_id, person_id)
    form = TaskForm()
    apart = _standing(who)
    if apart is None or not form.validate_on_submit():
        return _back(case, who)
    safe_contact.show(case, apart, by=me())
    return page("safe_contacts/show.html", case=case, who=who, apart=apart)


@bp.route("/end", methods=["GET", "POST"])
@permitted(Permission.KEEP_SAFE_CONTACT)
def lift(case_id, person_id):
    case, who = member(case_id, person_id)
    form = TaskForm()
    apart = _standing(who)
    if apart is None:
        return _back(case, who)
    if form.validate_on_submit() and form.carry_out(safe_contact.lift, case, apart, by=me()):
        flash(_("The address of %(name)s can be seen and used again.", name=who))
        return redirect(url_for("cases.show", case_id=case.id))
    return page("safe_contacts/lift.html", form, case=case, who=who)


def _back(case, who):
    return redirect(url_for("safe_contacts.note", case_id=case.id, person_id=who.id))


def _standing(who: Person) -> SafeContact | None:
    """What keeps this person's address out of sight, with who noted it; None while nothing does."""
    if who.safe_contact is None:
        return None
    whole = (joinedload(SafeContact.noted_by), joinedload(SafeContact.person))
    return db.session.get(SafeContact, who.safe_contact.id, options=whole, populate_existing=True)
