"""Days of hearings: planning, docket, the day itself."""

from flask import Blueprint, render_template

from .access import open_to_everyone

bp = Blueprint("court_sessions", __name__, url_prefix="/court-sessions")


@bp.route("/")
@open_to_everyone
def index():
    return render_template("errors/404.html")
