"""One's own account: where one is signed in, and the password."""

from flask import Blueprint, flash, redirect, request, url_for

from youthcourt.extensions import db
from youthcourt.forms.accounts.account import ConfirmForm, PasswordForm
from youthcourt.forms.base import TaskForm
from youthcourt.i18n import _, ngettext
from youthcourt.models import SignedIn, WhyEnded, end_sign_ins
from youthcourt.models.accounts import throttle
from youthcourt.models.accounts.throttle import Door
from youthcourt.permissions import Permission
from youthcourt.views.access import load, me, permitted
from youthcourt.views.page import page

from . import confirming, passkey_questions, throttling
from .devices import device_words
from .returning import safe
from .signing_in import show_password_here, signed_in

bp = Blueprint("own_account", __name__, url_prefix="/account")


@bp.route("/")
@permitted(Permission.KEEP_OWN_ACCOUNT)
def show():
    return page(
        "own_account/show.html",
        user=me(),
        user_has_factor=me().has_factor,
        sign_ins=_sign_ins(),
        here=signed_in(),
    )


def _sign_ins():
    """Where this person is signed in, this browser first."""
    found = [each for each in db.session.scalars(SignedIn.open_ones(me())) if not each.is_over]
    found.sort(key=lambda each: each is not signed_in())
    return [(each, device_words(each.browser, each.system)) for each in found]


@bp.route("/password", methods=["GET", "POST"])
@permitted(Permission.KEEP_OWN_ACCOUNT)
def password():
    user, here = me(), signed_in()
    form = PasswordForm(user)
    if form.validate_on_submit():
        tried = throttling.trial(Door.CONFIRM, str(user.id))
        if wait := throttling.wait_for(tried):
            form.now.errors = [throttling.wait_words(wait)]
            return throttling.refusal(page("own_account/password.html", form, user=user), wait)
        if not user.knows(form.now.data):
            throttling.note_failure(tried)
            form.now.errors = [_("This is not your password.")]
            return page("own_account/password.html", form, user=user)
        throttle.forgive(db.session(), tried)
        if form.carry_out(user.change_password, form.password.data, here=here):
            show_password_here()
            flash(_("Your password is changed. You are signed out everywhere else."))
            return redirect(url_for("own_account.show"))
    return page("own_account/password.html", form, user=user)


@bp.route("/sign-ins/<int:signed_in_id>/end", methods=["POST"])
@permitted(Permission.KEEP_OWN_ACCOUNT)
def end_one(signed_in_id):
    row = load(SignedIn.open_ones(me()), signed_in_id)
    if TaskForm().carry_out(row.end, WhyEnded.ENDED_ELSEWHERE, by=me()):
        flash(_("Signed out there."))
    return redirect(url_for("own_account.show"))


@bp.route("/sign-ins/end-others", methods=["POST"])
@permitted(Permission.KEEP_OWN_ACCOUNT)
def end_others():
    count = end_sign_ins(me(), WhyEnded.ENDED_ELSEWHERE, by=me(), but=signed_in())
    flash(ngettext("Signed out in %(num)s other place.", "Signed out in %(num)s other places.", count))
    return redirect(url_for("own_account.show"))


@bp.route("/confirm", methods=["GET", "POST"])
@permitted(Permission.KEEP_OWN_ACCOUNT)
def confirm():
    """Where a page that weighs a lot sends whoever opens it without having shown who they are lately."""
    form = ConfirmForm()
    if form.validate_on_submit():
        return confirming.judge(form) or redirect(safe(request.args.get("next")))
    return page("own_account/confirm.html", form, email=me().email, kept=())


@bp.route("/confirm/passkey", methods=["POST"])
@permitted(Permission.KEEP_OWN_ACCOUNT)
def ask_passkey():
    """A question for the passkeys of whoever is here."""
    return passkey_questions.ask(me())


@bp.route("/here", methods=["POST"])
@permitted(Permission.KEEP_OWN_ACCOUNT)
def stay():
    """Somebody is still there: the answer counts as being seen."""
    return "", 204
