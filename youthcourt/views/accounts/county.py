"""Going to the county's sign-in and coming back. Without its settings, none of these pages exists."""

from flask import Blueprint, abort, current_app, flash, redirect, request, session, url_for

from youthcourt.extensions import db, writing
from youthcourt.forms.base import TaskForm
from youthcourt.i18n import _
from youthcourt.models import CountyIdentity, HowSignedIn
from youthcourt.permissions import Permission
from youthcourt.procedures.accounts import county_sign_in
from youthcourt.procedures.accounts.county_sign_in import Asked, County
from youthcourt.views.access import me, open_to_everyone, permitted
from youthcourt.walls import connection_of, visiting

from . import signing_in
from .returning import safe

bp = Blueprint("county", __name__)


def of_settings():
    """The county that this installation trusts; None when there is none."""
    told = current_app.config.get("OIDC")
    return County(**told) if told else None


def _county():
    return of_settings() or abort(404)


def _send_away(purpose, to):
    address, asked = county_sign_in.send_away(_county(), _back())
    session["county"] = {"asked": vars(asked), "purpose": purpose, "next": to}
    return redirect(address)


def _back():
    return url_for("county.back", _external=True)


@bp.route("/sign-in/county")
@open_to_everyone
def sign_in():
    return _send_away("sign_in", request.args.get("next"))


@bp.route("/account/county")
@permitted(Permission.KEEP_OWN_ACCOUNT, fresh=True)
def link():
    return _send_away(f"link {me().id}", url_for("own_factors.show"))


@bp.route("/sign-in/county/back")
@open_to_everyone
def back():
    """Somebody comes back from the county: an answer to what this browser asked, taken once."""
    county, kept = _county(), session.pop("county", None)
    if kept is None:
        return redirect(url_for("accounts.sign_in"))
    told = county_sign_in.believe(county, Asked(**kept["asked"]), _back(), request.args)
    _begin_writing()
    if kept["purpose"] == "sign_in":
        return _enter(county, told, kept["next"])
    return _link(county, told, kept)


def _begin_writing():
    """The protocol comes back by a link, and what it brings is kept all the same."""
    db.session.rollback()
    with writing():
        connection_of(db.session())


def _enter(county, told, to):
    known = CountyIdentity.known_as(db.session(), county.issuer, told.subject)
    if known is None or known.user.ended_at:
        flash(_("This county sign-in belongs to no account here. Sign in as before, then link it."), "error")
        return redirect(url_for("accounts.sign_in"))
    with visiting(db.session(), known.court_id):
        known.note_use()
        owes = signing_in.owes_factor(known.user) and not told.showed_factor
    signing_in.begin(known.user, how=HowSignedIn.COUNTY, awaiting_factor=owes)
    if told.showed_factor:
        signing_in.show_factor_here()
    return redirect(safe(to))


def _link(county, told, kept):
    here = signing_in.signed_in()
    if here is None or here.awaiting_factor or kept["purpose"] != f"link {here.user_id}":
        return redirect(url_for("accounts.sign_in"))
    CountyIdentity.link(here.user, county.issuer, told.subject, by=here.user)
    flash(_("From now on you can sign in with %(name)s.", name=county.name))
    return redirect(safe(kept["next"]))


@bp.route("/account/county/remove", methods=["POST"])
@permitted(Permission.KEEP_OWN_ACCOUNT, fresh=True)
def unlink():
    linked = CountyIdentity.of(me(), _county().issuer) or abort(404)
    if TaskForm().carry_out(linked.unlink, by=me()):
        flash(_("The county sign-in is removed."))
    return redirect(url_for("own_factors.show"))
