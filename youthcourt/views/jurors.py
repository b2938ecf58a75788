"""Jurors, their training and their bookings."""

from flask import Blueprint, render_template

from .access import open_to_everyone

bp = Blueprint("jurors", __name__, url_prefix="/jurors")


@bp.route("/")
@open_to_everyone
def index():
    return render_template("errors/404.html")
