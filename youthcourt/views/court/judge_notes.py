"""A judge's private notes on a hearing: the one page that shows them, to the judge who wrote them."""

from flask import Blueprint, flash, redirect, url_for
from sqlalchemy.orm import joinedload

from youthcourt.forms.court.judge_note import JudgeNoteForm
from youthcourt.i18n import _
from youthcourt.models import Case, Hearing, JudgeNote
from youthcourt.permissions import Permission
from youthcourt.views.access import load, me, permitted
from youthcourt.views.page import page

bp = Blueprint("judge_notes", __name__, url_prefix="/hearings")


@bp.route("/<int:hearing_id>/my-notes", methods=["GET", "POST"])
@permitted(Permission.KEEP_JUDGE_NOTE)
def edit(hearing_id):
    case = joinedload(Hearing.case).joinedload(Case.respondent)
    hearing = load(Hearing.heard_by(me()), hearing_id, case)
    form = JudgeNoteForm(obj=JudgeNote.of(hearing, me()))
    if form.validate_on_submit() and form.carry_out(JudgeNote.write, hearing, form.words.data, by=me()):
        flash(_("Your notes are kept. Only you can read them."))
        return redirect(url_for("judge_notes.edit", hearing_id=hearing.id))
    return page("judge_notes/edit.html", form, hearing=hearing)
