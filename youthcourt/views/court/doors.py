"""What the code on a letter opens: for staff of its court the check-in, for anybody else nothing."""

from flask import Blueprint
from flask_login import current_user
from sqlalchemy.orm import joinedload

from youthcourt.models import Hearing, Juror, Sitting
from youthcourt.permissions import Permission
from youthcourt.procedures.court import door_codes
from youthcourt.views.access import load, me, open_to_everyone
from youthcourt.views.page import page

from .boards import FAMILY

bp = Blueprint("doors", __name__, url_prefix="/door")

JUROR = (joinedload(Sitting.court_session), joinedload(Sitting.juror).joinedload(Juror.person))


@bp.route("/<code>")
@open_to_everyone
def show(code):
    """Whoever is not of this court's staff reads the same page for every code, known or not."""
    is_staff = current_user.is_authenticated and me().may(Permission.KEEP_SESSION)
    found = door_codes.opened(code, by=me()) if is_staff else None
    if isinstance(found, Hearing):
        hearing = load(Hearing.visible_to(me()), found.id, *FAMILY)
        return page("doors/check_in.html", day=hearing.court_session, hearing=hearing, sitting=None)
    if isinstance(found, Sitting):
        sitting = load(Sitting.visible_to(me()), found.id, *JUROR)
        return page("doors/check_in.html", day=sitting.court_session, hearing=None, sitting=sitting)
    return page("doors/show_it.html")
