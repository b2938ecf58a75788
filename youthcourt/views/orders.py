"""What waits for the judge, and orders."""

from flask import Blueprint, render_template

from .access import open_to_everyone

bp = Blueprint("orders", __name__, url_prefix="/orders")


@bp.route("/")
@open_to_everyone
def waiting():
    return render_template("errors/404.html")
