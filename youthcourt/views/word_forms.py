"""A court's own Word forms: kept, filled in for a case, and given up."""

from flask import Blueprint, Response, flash, redirect, url_for
from sqlalchemy.orm import joinedload

from youthcourt.documents.intake.word_form import fields_in, filled_in
from youthcourt.extensions import db
from youthcourt.forms.base import TaskForm
from youthcourt.forms.paper import WordFormForm
from youthcourt.i18n import _
from youthcourt.models import FACTS_OF_EXTRA_PAPER, Case, WordForm
from youthcourt.permissions import Permission

from . import readings
from .access import load, me, permitted
from .page import page
from .papers import EXTRA
from .printing import CASE

bp = Blueprint("word_forms", __name__, url_prefix="/settings/word-forms")

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST = 100


@bp.route("/", methods=["GET", "POST"])
@permitted(Permission.CHANGE_SETTINGS)
def index():
    form = WordFormForm()
    if form.validate_on_submit() and form.carry_out(_upload, form):
        flash(_("The form is kept. You find it among the papers of every case."))
        return redirect(url_for("word_forms.index"))
    kept = WordForm.visible_to(me()).options(joinedload(WordForm.by)).order_by(WordForm.name).limit(MOST)
    return page(
        "word_forms/index.html", form, kept=db.session.scalars(kept).all(), facts=FACTS_OF_EXTRA_PAPER
    )


def _upload(form):
    with form.file.data.stream as upload:
        content = upload.read()
    return WordForm.upload(me().court, form.name.data, fields_in(content), content, by=me())


@bp.route("/<int:form_id>/removal", methods=["POST"])
@permitted(Permission.CHANGE_SETTINGS)
def remove(form_id):
    kept, form = load(WordForm.visible_to(me()), form_id), TaskForm()
    if form.validate_on_submit():
        form.carry_out(kept.remove, by=me())
        flash(_("Removed: %(name)s.", name=kept))
    return redirect(url_for("word_forms.index"))


@bp.get("/<int:word_form_id>/case/<int:case_id>")
@permitted(Permission.HOLD_INTAKE)
def fill(word_form_id, case_id):
    case = load(Case.visible_to(me()), case_id, *CASE, *EXTRA)
    kept = load(WordForm.visible_to(me()), word_form_id)
    readings.prints(case, "word_form")
    headers = {
        "Content-Disposition": f'attachment; filename="form-{case.number}.docx"',
        "Cache-Control": "no-store",
    }
    return Response(filled_in(kept, case), mimetype=DOCX, headers=headers)
