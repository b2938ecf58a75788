"""The seat forecast: can owed sittings be paid in time, and have coming days enough jurors?"""

from flask import Blueprint

from youthcourt.permissions import Permission
from youthcourt.procedures.jury import forecasting
from youthcourt.reports.jury import schedules as schedule_lists
from youthcourt.views.access import me, permitted
from youthcourt.views.page import page

bp = Blueprint("forecasts", __name__, url_prefix="/forecast")


@bp.route("/")
@permitted(Permission.KEEP_JURORS)
def index():
    court = me().court
    return page(
        "forecasts/index.html",
        owed=forecasting.expectations(court),
        days=schedule_lists.seats_ahead(court),
        missing=schedule_lists.no_show_percent(court),
    )
