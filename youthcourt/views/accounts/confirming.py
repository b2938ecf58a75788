"""Please confirm it is you: what weighs most asks once more, and loses nothing that was typed."""

from collections.abc import Callable

from flask import Response, current_app, flash, g, make_response, redirect, render_template, request, url_for
from flask_login import current_user

from youthcourt.extensions import db
from youthcourt.forms.accounts.account import ConfirmFactorForm, ConfirmForm
from youthcourt.i18n import _
from youthcourt.models import User
from youthcourt.models.accounts import throttle
from youthcourt.models.accounts.throttle import Door
from youthcourt.procedures.accounts import second_factor

from . import passkey_questions, throttling
from .returning import here_again
from .signing_in import show_factor_here, show_password_here, signed_in

# The question is asked before the page is answered; a program sees that it must be answered first.
NOT_YET = 428
# What belongs to the question itself, and is not carried on.
OWN_FIELDS = {"csrf_token", "confirm_password", "confirm", "confirm_code", "answer"}


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
    html = render_template("own_account/confirm.html", form=form, kept=_kept(), email=current_user.email)
    return make_response(html, NOT_YET)


def _kept() -> list[tuple[str, str]]:
    """What was sent, to be sent on."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in OWN_FIELDS]


# ---- A second step, at this very moment -------------------------------------------------------------


def needs_factor(user: User) -> bool:
    """Whether a password is not enough for what asks for a second step. In a demonstration it may be."""
    return user.has_factor or bool(current_app.config["STAFF_NEED_SECOND_FACTOR"])


def ask_factor() -> Response | None:
    """The page that asks for a second step; None when it came with this form. A moment ago is not now."""
    if request.method == "GET" or g.get("factor_shown"):
        return None
    user = db.session.get_one(User, current_user.id)
    if not needs_factor(user):
        return ask()
    if not user.has_factor:
        flash(_("Set up a second step first. Signing asks for one."), "warning")
        return make_response(redirect(url_for("own_factors.show")))
    form = ConfirmFactorForm()
    if "answer" in request.form:
        return _judge_factor(form, passkey_questions.is_proved, request.form["answer"])
    if "confirm_code" in request.form:
        return _judge_factor(form, second_factor.is_proved_by, form.confirm_code.data or "")
    return _factor_question(form)


def _judge_factor(form: ConfirmFactorForm, proof: Callable[[User, str], bool], shown: str) -> Response | None:
    here = signed_in()
    assert here is not None, "only asked of whoever is signed in"
    tried = throttling.trial(Door.FACTOR, str(here.user_id))
    if wait := throttling.wait_for(tried):
        form.confirm_code.errors = [throttling.wait_words(wait)]
        return throttling.refusal(_factor_question(form), wait)
    if proof(here.user, shown):
        throttle.forgive(db.session(), tried)
        show_factor_here()
        db.session.commit()  # a code is used up, whatever the page now says to what was typed
        g.factor_shown = True  # should this request have to begin again, it was shown with it
        return None
    throttling.note_failure(tried)
    form.confirm_code.errors = [
        _("That was not right. Codes work once, so wait for a new one or try another.")
    ]
    return _factor_question(form)


def _factor_question(form: ConfirmFactorForm) -> Response:
    html = render_template(
        "own_account/confirm_factor.html",
        form=form,
        kept=_kept(),
        factors=second_factor.factors_of(current_user._get_current_object()),
    )
    return make_response(html, NOT_YET)
