"""Is this paper genuine? For everybody, and without a name."""

from flask import Blueprint, redirect, url_for

from youthcourt.documents.kinds import KINDS
from youthcourt.extensions import db
from youthcourt.forms.check import CheckForm
from youthcourt.models import IssuedPaper
from youthcourt.procedures.paper_codes import as_written

from .access import open_to_everyone
from .page import page

bp = Blueprint("checks", __name__, url_prefix="/check")


@bp.route("/", methods=["GET", "POST"], strict_slashes=False)
@open_to_everyone
def ask():
    form = CheckForm()
    if form.validate_on_submit():
        return redirect(url_for("checks.answer", code=as_written(form.code.data)))
    return page("checks/ask.html", form)


@bp.route("/<code>")
@open_to_everyone
def answer(code):
    """A code that is unknown, or of a record that is sealed or destroyed, gets the same answer."""
    written = as_written(code)
    told = IssuedPaper.told(db.session(), written) if written else None
    return page(
        "checks/answer.html", code=written or code, told=told, kind=KINDS.get(told.kind) if told else None
    )
