"""The court's rules for seating: each in a sentence, and what the court cares about first."""

from flask import Blueprint, flash, redirect, url_for

from youthcourt.forms.base import TaskForm
from youthcourt.forms.jury.seating_rules import (
    GROUP_WORDS,
    AimForm,
    QuotaForm,
    SeatingRulesForm,
)
from youthcourt.i18n import _
from youthcourt.models import AIM_HINTS
from youthcourt.permissions import Permission
from youthcourt.procedures.jury import standby
from youthcourt.views.access import me, permitted
from youthcourt.views.page import page

bp = Blueprint("seating_rules", __name__, url_prefix="/settings/seating")


@bp.route("/")
@permitted(Permission.SEE_SETTINGS)
def show():
    return _rules()


def _rules(form=None):
    rules = me().court.seating_rules
    return page(
        "seating_rules/show.html",
        form,
        rules=rules,
        shown=SeatingRulesForm(obj=rules, formdata=None),
        hints=AIM_HINTS,
        groups=GROUP_WORDS,
        history=standby.attendance_of(me().court),
        cover=_cover(),
    )


def _cover():
    """How many would wait for one panel."""
    court = me().court
    return standby.cover(standby.attendance_of(court), court.panel_size, court.panel_reserves)


@bp.route("/change", methods=["GET", "POST"])
@permitted(Permission.CHANGE_SETTINGS)
def change():
    rules = me().court.seating_rules
    form = SeatingRulesForm(obj=rules)
    if form.validate_on_submit() and form.carry_out(rules.change, form.facts, by=me()):
        flash(_("Rules for seating saved."))
        return redirect(url_for("seating_rules.show"))
    return page("seating_rules/change.html", form)


@bp.route("/aims", methods=["POST"])
@permitted(Permission.CHANGE_SETTINGS)
def put_before():
    """One aim moves a place forward."""
    rules, form = me().court.seating_rules, AimForm()
    if form.validate_on_submit() and form.carry_out(rules.put_before, form.aim.data, by=me()):
        return redirect(url_for("seating_rules.show", _anchor="aims"))
    return _rules(form)


@bp.route("/quotas/new", methods=["GET", "POST"])
@permitted(Permission.CHANGE_SETTINGS)
def add_quota():
    rules, form = me().court.seating_rules, QuotaForm()
    if form.validate_on_submit() and form.carry_out(rules.add_quota, form.facts, by=me()):
        return redirect(url_for("seating_rules.show", _anchor="quotas"))
    return page("seating_rules/add_quota.html", form)


@bp.route("/quotas/<int:place>/removal", methods=["POST"])
@permitted(Permission.CHANGE_SETTINGS)
def remove_quota(place):
    rules, form = me().court.seating_rules, TaskForm()
    if form.validate_on_submit() and form.carry_out(rules.remove_quota, place, by=me()):
        return redirect(url_for("seating_rules.show", _anchor="quotas"))
    return _rules(form)
