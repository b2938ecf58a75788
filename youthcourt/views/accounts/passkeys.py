"""Signing in with a passkey alone."""

from flask import Blueprint, make_response, redirect, request

from youthcourt.forms.accounts.account import SignInForm
from youthcourt.forms.accounts.second_factor import PasskeyAnswerForm
from youthcourt.i18n import _
from youthcourt.models import HowSignedIn
from youthcourt.models.accounts.throttle import Door
from youthcourt.views.access import open_to_everyone
from youthcourt.views.page import page

from . import passkey_questions, signing_in, throttling
from .returning import safe

bp = Blueprint("passkeys", __name__, url_prefix="/sign-in/passkey")


@bp.route("/question", methods=["POST"])
@open_to_everyone
def ask_anybody():
    return passkey_questions.ask()


@bp.route("", methods=["POST"])
@open_to_everyone
def sign_in():
    form = PasskeyAnswerForm()
    tried = throttling.trial(Door.FACTOR, "passkey")
    passkey = passkey_questions.proved(form.answer.data)
    if passkey is None:
        throttling.note_failure(tried)
        refused = SignInForm(formdata=None)
        refused.form_errors.append(_("This passkey did not work here. Try again, or use your password."))
        response = make_response(page("accounts/sign_in.html", refused))
        response.status_code = 422
        return response
    signing_in.begin(passkey.user, how=HowSignedIn.PASSKEY)
    return redirect(safe(request.args.get("next")))
