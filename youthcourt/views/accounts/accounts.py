"""Signing in and out, joining by invitation, choosing a new password, and the reader's language."""

import re

from flask import Blueprint, abort, flash, redirect, request, session, url_for

from youthcourt.extensions import db
from youthcourt.forms.accounts.account import ForgottenForm, JoinForm, SignInForm
from youthcourt.i18n import LANGUAGES, _
from youthcourt.models import Invitation, PasswordReset, recognise
from youthcourt.models.accounts import throttle
from youthcourt.models.accounts.throttle import Door
from youthcourt.views.access import open_to_everyone
from youthcourt.views.page import page
from youthcourt.walls import visiting

from . import signing_in, throttling
from .returning import safe

bp = Blueprint("accounts", __name__)

SITE = re.compile(r"^https?://[^/]*")


@bp.route("/sign-in", methods=["GET", "POST"])
@open_to_everyone
def sign_in():
    form = SignInForm()
    if not form.validate_on_submit():
        return page("accounts/sign_in.html", form)
    tried = throttling.trial(Door.SIGN_IN, form.email.data)
    if wait := throttling.wait_for(tried):
        form.form_errors.append(throttling.wait_words(wait))
        return throttling.refusal(page("accounts/sign_in.html", form), wait)
    user = recognise(db.session(), form.email.data, form.password.data)
    if user is None:
        throttling.note_failure(tried)
        form.form_errors.append(_("This e-mail address and password do not belong together."))
        return page("accounts/sign_in.html", form)
    failed = throttle.forgive(db.session(), tried)
    throttle.sweep(db.session())
    signing_in.begin(user, failed=failed)
    return redirect(safe(request.args.get("next")))


@bp.route("/sign-out", methods=["POST"])
@open_to_everyone
def sign_out():
    place = signing_in.end()
    response = redirect(url_for(place))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.route("/join/<token>", methods=["GET", "POST"])
@open_to_everyone
def join(token):
    return _choose(Invitation, token, Door.JOIN, "accounts/join.html", _("Welcome. Your account is ready."))


@bp.route("/reset/<token>", methods=["GET", "POST"])
@open_to_everyone
def reset(token):
    done = _("Your new password is ready. You are signed out everywhere else.")
    return _choose(PasswordReset, token, Door.RESET, "accounts/reset.html", done)


def _choose(kind, token, door, template, done):
    """The page behind a one-time link; links that open nothing are counted, so that guessing is slow."""
    tried = throttling.trial(door, token)
    if throttling.wait_for(tried):
        abort(429)
    link = kind.opened_by(db.session(), token)
    if link is None:
        if request.method == "POST":  # reading changes nothing
            throttling.note_failure(tried)
        abort(404)
    form = JoinForm(link.user)
    if form.validate_on_submit() and (user := _accept(form, link)):
        signing_in.begin(user)
        flash(done)
        return redirect(url_for("desk.show"))
    return page(template, form, name=link.user.name, shortest=link.user.shortest_password)


def _accept(form, link):
    with visiting(db.session(), link.court_id):
        return form.carry_out(link.accept, form.password.data)


@bp.route("/forgotten", methods=["GET", "POST"])
@open_to_everyone
def forgotten():
    """The court cannot send mail by itself: it is noted on the coordinators' desk, known address or not."""
    form = ForgottenForm()
    if form.validate_on_submit():
        asking = throttling.trial(Door.FORGOTTEN, form.email.data)
        if wait := throttling.wait_for(asking):
            form.form_errors.append(throttling.wait_words(wait))
            return throttling.refusal(page("accounts/forgotten.html", form), wait)
        throttle.note_failure(db.session(), asking)
        return redirect(url_for("accounts.asked"))
    return page("accounts/forgotten.html", form)


@bp.route("/forgotten/noted")
@open_to_everyone
def asked():
    return page("accounts/asked.html")


@bp.route("/language", methods=["POST"])
@open_to_everyone
def language():
    if request.form.get("language") not in LANGUAGES:
        abort(400)
    session["language"] = request.form["language"]
    return redirect(safe(request.form.get("next") or SITE.sub("", request.referrer or "")))
