"""Every component on one page, for those who build pages. Not there in production."""

from flask import Blueprint, abort, current_app, render_template

from .access import open_to_everyone

bp = Blueprint("styleguide", __name__, url_prefix="/styleguide")


@bp.route("/")
@open_to_everyone
def index():
    if current_app.config["YOUTHCOURT_ENV"] not in ("demo", "test"):
        abort(404)
    return render_template("styleguide/index.html")
