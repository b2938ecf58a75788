"""Remarks of the adult in the room, for the judge."""

from flask import Blueprint, flash, redirect, url_for
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.forms.decision.answer import RemarkForm
from youthcourt.i18n import _
from youthcourt.models import Case, Hearing, MonitorRemark
from youthcourt.permissions import Permission
from youthcourt.views.access import load, me, permitted
from youthcourt.views.page import page

bp = Blueprint("remarks", __name__, url_prefix="/hearings/<int:hearing_id>/remarks")

_HEARING = (
    joinedload(Hearing.case).joinedload(Case.respondent),
    selectinload(Hearing.remarks).joinedload(MonitorRemark.by),
)


@bp.route("/new", methods=["GET", "POST"])
@permitted(Permission.RUN_HEARING)
def write(hearing_id):
    hearing = load(Hearing.visible_to(me()), hearing_id, *_HEARING)
    form = RemarkForm()
    if form.validate_on_submit() and form.carry_out(MonitorRemark.write, hearing, form.text.data, by=me()):
        flash(_("Your remark is kept for the judge."))
        return redirect(url_for("hearings.show", hearing_id=hearing.id))
    return page(
        "remarks/write.html", form, hearing=hearing, why_not_write=MonitorRemark.why_not_write(hearing)
    )
