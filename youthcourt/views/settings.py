"""The court's own rules."""

from flask import Blueprint, render_template

from .access import open_to_everyone

bp = Blueprint("settings", __name__, url_prefix="/settings")


@bp.route("/")
@open_to_everyone
def show():
    return render_template("errors/404.html")
