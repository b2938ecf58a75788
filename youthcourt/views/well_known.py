"""For machines and for finders of weaknesses: whom to tell, and that nothing here is to be indexed."""

from datetime import timedelta

from flask import Blueprint, Response, abort, current_app

from youthcourt import clock
from youthcourt.i18n import LANGUAGES

from .access import open_to_everyone

bp = Blueprint("well_known", __name__)

GOOD_FOR = timedelta(days=180)  # the standard wants less than a year (RFC 9116)


@bp.get("/.well-known/security.txt")
@open_to_everyone
def security():
    """Whom to write to about a weakness. Where nobody is named there is no such page."""
    contact = current_app.config["SECURITY_CONTACT"]
    if not contact:
        abort(404)
    expires = (clock.now() + GOOD_FOR).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [f"Contact: {contact}", f"Expires: {expires}", f"Preferred-Languages: {', '.join(LANGUAGES)}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@bp.get("/robots.txt")
@open_to_everyone
def robots():
    return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")
