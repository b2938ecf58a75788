"""A juror's own sittings."""

from flask import Blueprint, render_template

from .access import open_to_everyone

bp = Blueprint("sittings", __name__, url_prefix="/sittings")


@bp.route("/")
@open_to_everyone
def index():
    return render_template("errors/404.html")
