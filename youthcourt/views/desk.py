"""What needs somebody today, for each role."""

from flask import Blueprint, render_template

from .access import open_to_everyone

bp = Blueprint("desk", __name__)


@bp.route("/")
@open_to_everyone
def show():
    return render_template("errors/404.html")
