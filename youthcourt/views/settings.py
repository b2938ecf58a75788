"""The court's own rules and lists."""

from flask import Blueprint, abort, current_app, flash, redirect, url_for
from flask_login import current_user
from sqlalchemy import func, select

from youthcourt.extensions import db
from youthcourt.forms.base import TaskForm
from youthcourt.forms.settings import GROUPS, LISTS, RULE_WORDS, GridForm
from youthcourt.i18n import _
from youthcourt.permissions import Permission
from youthcourt.procedures.decision.certificates import Certificates
from youthcourt.views.accounts.access_log import open_notices

from .access import load, me, permitted
from .page import page

bp = Blueprint("settings", __name__, url_prefix="/settings")

LONGEST_LIST = 500


def _group(group):
    return GROUPS.get(group) or abort(404)


def _list(kind):
    return LISTS.get(kind) or abort(404)


@bp.route("/")
@permitted(Permission.SEE_SETTINGS)
def show():
    counts = {kind: _count(listed.model) for kind, listed in LISTS.items()}
    groups = {
        name: (heading, form_class(obj=current_user.court)) for name, (heading, form_class) in GROUPS.items()
    }
    return page(
        "settings/show.html",
        groups=groups,
        lists=LISTS,
        counts=counts,
        rule_words=RULE_WORDS,
        unusual=open_notices(),
        certificate=Certificates(current_app.config["CERTIFICATES"]).of(me().court),
    )


@bp.route("/change/<group>", methods=["GET", "POST"])
@permitted(Permission.CHANGE_SETTINGS)
def change(group):
    heading, form_class = _group(group)
    court = current_user.court
    form = form_class(obj=court)
    if form.validate_on_submit() and form.carry_out(court.change, form.facts, by=me()):
        flash(_("Settings saved."))
        return redirect(url_for("settings.show"))
    return page("settings/change.html", form, heading=heading)


@bp.route("/grid", methods=["GET", "POST"])
@permitted(Permission.CHANGE_SETTINGS)
def grid():
    court = current_user.court
    form = GridForm.of(court)
    if form.validate_on_submit() and form.carry_out(court.set_limits, form.limits, by=me()):
        flash(_("Limits saved."))
        return redirect(url_for("settings.show"))
    return page("settings/grid.html", form)


@bp.route("/lists/<kind>")
@permitted(Permission.SEE_SETTINGS)
def rows(kind):
    listed = _list(kind)
    found = select(listed.model).where(listed.model.court_id == current_user.court_id)
    in_order = found.order_by(*listed.order).limit(LONGEST_LIST)
    return page("settings/rows.html", kind=kind, listed=listed, rows=db.session.scalars(in_order).all())


@bp.route("/lists/<kind>/new", methods=["GET", "POST"])
@permitted(Permission.CHANGE_SETTINGS)
def add(kind):
    listed = _list(kind)
    form = listed.new_form()
    if form.validate_on_submit() and form.carry_out(
        listed.model.add, current_user.court, by=me(), **form.facts
    ):
        flash(_("Added: %(name)s.", name=form.name.data))
        return redirect(url_for("settings.rows", kind=kind))
    return page("settings/add.html", form, kind=kind, listed=listed)


@bp.route("/lists/<kind>/<int:row_id>", methods=["GET", "POST"])
@permitted(Permission.CHANGE_SETTINGS)
def edit(kind, row_id):
    listed = _list(kind)
    row = load(listed.model.visible_to(current_user), row_id)
    form = listed.form(obj=row)
    if form.validate_on_submit() and form.carry_out(row.change, by=me(), **form.facts):
        flash(_("Saved: %(name)s.", name=row))
        return redirect(url_for("settings.rows", kind=kind))
    return page(
        "settings/edit.html", form, kind=kind, listed=listed, row=row, why_not_remove=row.why_not_remove()
    )


@bp.route("/lists/<kind>/<int:row_id>/removal", methods=["GET", "POST"])
@permitted(Permission.CHANGE_SETTINGS)
def remove(kind, row_id):
    listed = _list(kind)
    row = load(listed.model.visible_to(current_user), row_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(row.remove, by=me()):
        flash(_("Removed: %(name)s.", name=row))
        return redirect(url_for("settings.rows", kind=kind))
    return page(
        "settings/remove.html", form, kind=kind, listed=listed, row=row, why_not_remove=row.why_not_remove()
    )


def _count(model):
    return db.session.scalar(select(func.count()).where(model.court_id == current_user.court_id))
