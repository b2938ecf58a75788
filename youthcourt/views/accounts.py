"""Signing in and out, joining by invitation, and the reader's language."""

import re

from flask import Blueprint, abort, flash, redirect, request, session, url_for
from flask_login import current_user, login_user

from youthcourt.extensions import db
from youthcourt.forms.account import JoinForm, SignInForm
from youthcourt.i18n import LANGUAGES, _
from youthcourt.models import Invitation, recognise

from .access import open_to_everyone
from .page import page

bp = Blueprint("accounts", __name__)

# Browsers drop tabs and line ends from an address and take a backslash for a slash: none is let through.
PLACE_HERE = re.compile(r"/(?![/\\])[^\\\s\x00-\x1f\x7f]*")
SITE = re.compile(r"^https?://[^/]*")


@bp.route("/sign-in", methods=["GET", "POST"])
@open_to_everyone
def sign_in():
    form = SignInForm()
    if form.validate_on_submit():
        user = recognise(db.session(), form.email.data, form.password.data)
        if user is not None:
            _begin(user)
            return redirect(_safe(request.args.get("next")))
        form.form_errors.append(_("This e-mail address and password do not belong together."))
    return page("accounts/sign_in.html", form)


@bp.route("/sign-out", methods=["POST"])
@open_to_everyone
def sign_out():
    if current_user.is_authenticated:
        current_user.sign_out_everywhere()
    session.clear()
    response = redirect(url_for("accounts.sign_in"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.route("/join/<token>", methods=["GET", "POST"])
@open_to_everyone
def join(token):
    invitation = Invitation.opened_by(db.session(), token)
    if invitation is None:
        abort(404)
    form = JoinForm()
    if form.validate_on_submit():
        _begin(invitation.accept(form.password.data))
        flash(_("Welcome. Your account is ready."))
        return redirect(url_for("desk.show"))
    return page("accounts/join.html", form, name=invitation.user.name)


@bp.route("/language", methods=["POST"])
@open_to_everyone
def language():
    if request.form.get("language") not in LANGUAGES:
        abort(400)
    session["language"] = request.form["language"]
    return redirect(_safe(request.form.get("next") or SITE.sub("", request.referrer or "")))


def _begin(user):
    """A fresh session: whatever was known of the reader before stays behind, except their language."""
    spoken = session.get("language")
    session.clear()
    if spoken:
        session["language"] = spoken
    login_user(user)


def _safe(target):
    """A place on this site, or the desk."""
    return target if PLACE_HERE.fullmatch(target or "") else url_for("desk.show")
