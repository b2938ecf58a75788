"""How the court's papers look: chosen, looked at before it is saved, and given up again."""

from flask import Blueprint, Response, abort, flash, redirect, url_for

from youthcourt.documents.court.sample_notice import sample_notice
from youthcourt.documents.court.seal import redrawn
from youthcourt.documents.paper import render_pdf
from youthcourt.forms.base import TaskForm
from youthcourt.forms.court.look import LookForm
from youthcourt.i18n import _, reader_language
from youthcourt.models import Look, looked_at
from youthcourt.permissions import Permission
from youthcourt.views.access import me, permitted
from youthcourt.views.page import page
from youthcourt.views.papers import as_pdf

bp = Blueprint("looks", __name__, url_prefix="/settings/look")


@bp.route("/", methods=["GET", "POST"])
@permitted(Permission.CHANGE_SETTINGS)
def change():
    look = Look.of(me().court)
    form = LookForm(obj=look)
    if form.validate_on_submit() and form.carry_out(_choose, form, look):
        flash(_("Saved. Papers printed from now on look like this."))
        return redirect(url_for("looks.change"))
    return page("looks/change.html", form, look=look)


def _choose(form, look):
    return Look.choose(me().court, form.facts(look and look.seal, redrawn), by=me())


@bp.route("/preview", methods=["POST"])
@permitted(Permission.CHANGE_SETTINGS)
def preview():
    """A notice about nobody in the look that was chosen, which is not kept."""
    look = Look.of(me().court)
    form = LookForm(obj=look)
    if form.validate_on_submit() and (pdf := form.carry_out(_sample, form, look)):
        return as_pdf(pdf, "look", "sample")
    return page("looks/change.html", form, look=look)


def _sample(form, look):
    facts = looked_at(form.facts(look and look.seal, redrawn))
    return render_pdf(sample_notice(me().court, facts, reader_language()))


@bp.get("/seal")
@permitted(Permission.CHANGE_SETTINGS)
def seal():
    """The seal as it is kept, for the page that changes it."""
    look = Look.of(me().court)
    if look is None or look.seal is None:
        abort(404)
    return Response(look.seal, mimetype="image/png", headers={"Cache-Control": "no-store"})


@bp.route("/usual", methods=["GET", "POST"])
@permitted(Permission.CHANGE_SETTINGS)
def give_up():
    look, form = Look.of(me().court), TaskForm()
    if look is None:
        return redirect(url_for("looks.change"))
    if form.validate_on_submit() and form.carry_out(look.give_up, by=me()):
        flash(_("Papers have the usual look again."))
        return redirect(url_for("looks.change"))
    return page("looks/give_up.html", form)
