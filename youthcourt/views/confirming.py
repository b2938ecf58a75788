"""Please confirm it is you: what weighs most asks once more, and loses nothing that was typed."""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_login import current_user

from youthcourt.extensions import db
from youthcourt.forms.account import ConfirmForm
from youthcourt.i18n import _
from youthcourt.models import throttle
from youthcourt.models.throttle import Door

from . import throttling
from .returning import here_again
from .signing_in import show_password_here, signed_in

# The question is asked before the page is answered; a program sees that it must be answered first.
NOT_YET = 428
# What belongs to the question itself, and is not carried on.
OWN_FIELDS = {"csrf_token", "confirm_password", "confirm"}


def ask() -> Response | None:
    """The page that asks for the password; None when it was shown a moment ago, or is shown with this form.

    The page sends on, unseen, whatever was sent to it, so the task goes on where it was.
    """
    here = signed_in()
    assert here is not None, "only asked of whoever is signed in"
    if here.is_fresh:
        return None
    if request.method == "GET":
        return make_response(redirect(url_for("own_account.confirm", next=here_again())))
    form = ConfirmForm()
    return judge(form) if "confirm_password" in request.form else _question(form)


def judge(form: ConfirmForm) -> Response | None:
    """None when the password that came with the form is theirs, and the page that says so when it is not."""
    here = signed_in()
    assert here is not None, "only asked of whoever is signed in"
    tried = throttling.trial(Door.CONFIRM, str(here.user_id))
    if wait := throttling.wait_for(tried):
        form.confirm_password.errors = [throttling.wait_words(wait)]
        return throttling.refusal(_question(form), wait)
    if here.user.knows(form.confirm_password.data or ""):
        throttle.forgive(db.session(), tried)
        show_password_here()
        db.session.commit()  # confirmed is confirmed, whatever the page now says to what was typed
        return None
    throttling.note_failure(tried)
    form.confirm_password.errors = [_("This is not your password.")]
    return _question(form)


def _question(form: ConfirmForm) -> Response:
    kept = [(name, value) for name, value in request.form.items(multi=True) if name not in OWN_FIELDS]
    html = render_template("own_account/confirm.html", form=form, kept=kept, email=current_user.email)
    return make_response(html, NOT_YET)
