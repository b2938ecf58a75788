"""Cases, from screening to closing."""

from flask import Blueprint, render_template

from .access import open_to_everyone

bp = Blueprint("cases", __name__, url_prefix="/cases")


@bp.route("/")
@open_to_everyone
def index():
    return render_template("errors/404.html")
