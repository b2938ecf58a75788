"""The questions that our script carries to a device, and the answers that it brings back.

The random part of a question stays in this browser's session, and whether it was answered in the database,
so an answer counts once, here, and for what was asked.
"""

from flask import Response, current_app, session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from youthcourt.extensions import db
from youthcourt.procedures.accounts import passkeys


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


def proved(answer, user=None):
    return passkeys.proved_by(db.session(), site(), _asked(), answer or "", user)


def is_proved(user, answer):
    return proved(answer, user) is not None


def add(user, answer, name):
    return passkeys.add(user, site(), _asked(), answer or "", name, by=user)
