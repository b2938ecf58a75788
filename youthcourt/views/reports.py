"""Figures."""

from flask import Blueprint, render_template

from .access import open_to_everyone

bp = Blueprint("reports", __name__, url_prefix="/reports")


@bp.route("/")
@open_to_everyone
def index():
    return render_template("errors/404.html")
