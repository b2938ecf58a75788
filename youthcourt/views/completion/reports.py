"""Figures."""

from flask import Blueprint, render_template, request

from youthcourt.extensions import db
from youthcourt.forms.completion.report import DaysForm
from youthcourt.models import ReportingPeriod
from youthcourt.permissions import Permission
from youthcourt.reports.completion.funnel import (
    funnel,
    last_day_kept,
    periods_of,
    steps,
    usual_days,
)
from youthcourt.views.access import me, permitted

bp = Blueprint("reports", __name__, url_prefix="/reports")


@bp.route("/")
@permitted(Permission.SEE_REPORT)
def index():
    court = me().court
    as_of = last_day_kept(court)
    starts_on, ends_on = usual_days(ReportingPeriod.latest_of(court), as_of)
    form = DaysForm(request.args or None, data={"starts_on": starts_on, "ends_on": ends_on})
    is_clear = not request.args or form.validate()
    told = funnel(court, form.starts_on.data, form.ends_on.data, as_of) if is_clear else None
    shown = {
        "told": told,
        "steps": told and steps(told),
        "periods": db.session.execute(periods_of(court)).all(),
    }
    return render_template("reports/index.html", form=form, **shown), 200 if told else 422
