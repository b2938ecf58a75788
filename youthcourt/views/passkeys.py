"""Signing in with a passkey alone; and the questions that our script carries to a device.

The random part of a question stays in this browser's session, and whether it was answered in the database,
so an answer counts once, here, and for what was asked.
"""

from flask import Blueprint, Response, current_app, make_response, redirect, request, session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from youthcourt.extensions import db
from youthcourt.forms.account import SignInForm
from youthcourt.forms.second_factor import PasskeyAnswerForm
from youthcourt.i18n import _
from youthcourt.models import HowSignedIn
from youthcourt.models.throttle import Door
from youthcourt.procedures import passkeys

from . import signing_in, throttling
from .access import open_to_everyone
from .page import page
from .returning import safe

bp = Blueprint("passkeys", __name__, url_prefix="/sign-in/passkey")


@bp.route("/question", methods=["POST"])
@open_to_everyone
def ask_anybody():
    return ask()


@bp.route("", methods=["POST"])
@open_to_everyone
def sign_in():
    form = PasskeyAnswerForm()
    tried = throttling.trial(Door.FACTOR, "passkey")
    passkey = _proved(form.answer.data)
    if passkey is None:
        throttling.note_failure(tried)
        refused = SignInForm(formdata=None)
        refused.form_errors.append(_("This passkey did not work here. Try again, or use your password."))
        response = make_response(page("accounts/sign_in.html", refused))
        response.status_code = 422
        return response
    signing_in.begin(passkey.user, how=HowSignedIn.PASSKEY)
    return redirect(safe(request.args.get("next")))


# ---- Questions and answers --------------------------------------------------------------------------


def site():
    return passkeys.Site(current_app.config["PASSKEY_ORIGIN"])


def ask(user=None):
    return _put(*passkeys.question(db.session(), site(), user))


def ask_to_add(user):
    return _put(*passkeys.question_to_add(user, site()))


def _put(challenge, options):
    session["passkey_question"] = bytes_to_base64url(challenge)
    return Response(options, mimetype="application/json")


def _asked():
    """The random part of the last question put to this browser. It is asked for once."""
    return base64url_to_bytes(session.pop("passkey_question", ""))


def _proved(answer, user=None):
    return passkeys.proved_by(db.session(), site(), _asked(), answer or "", user)


def is_proved(user, answer):
    return _proved(answer, user) is not None


def add(user, answer, name):
    return passkeys.add(user, site(), _asked(), answer or "", name, by=user)
