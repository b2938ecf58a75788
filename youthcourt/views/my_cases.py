"""A family's own case."""

from flask import Blueprint, render_template

from .access import open_to_everyone

bp = Blueprint("my_cases", __name__, url_prefix="/my-case")


@bp.route("/")
@open_to_everyone
def index():
    return render_template("errors/404.html")
