"""After the password: show a second step, or set one up at the first sign-in."""

from flask import Blueprint, current_app, flash, redirect, request, url_for

from youthcourt.extensions import db
from youthcourt.forms.accounts.second_factor import (
    CodeForm,
    PasskeyAnswerForm,
    RecoveryCodeForm,
)
from youthcourt.i18n import _, ngettext
from youthcourt.models.accounts import throttle
from youthcourt.models.accounts.recovery_code import FEW
from youthcourt.models.accounts.throttle import Door
from youthcourt.procedures.accounts import second_factor
from youthcourt.views.access import while_owing_factor
from youthcourt.views.page import page

from . import passkey_questions, setting_up, throttling
from .returning import safe
from .signing_in import show_factor_here, signed_in

bp = Blueprint("second_steps", __name__, url_prefix="/sign-in/second-step")


def _user():
    """Whoever has shown their password here."""
    here = signed_in()
    assert here is not None, "only asked while somebody owes a second step"
    return here.user


def _next():
    return request.args.get("next")


@bp.route("/", methods=["GET", "POST"])
@while_owing_factor
def show():
    if not _user().has_factor:
        return redirect(url_for("second_steps.set_up", next=_next()))
    form = CodeForm()
    if form.validate_on_submit():
        return _judge(form, second_factor.app_accepts, form.code.data) or _through()
    return _question(form)


def _question(form):
    return page("second_steps/show.html", form, factors=second_factor.factors_of(_user()), next=_next())


@bp.route("/recovery-code", methods=["GET", "POST"])
@while_owing_factor
def recover():
    if not _user().has_factor:
        return redirect(url_for("second_steps.set_up", next=_next()))
    form = RecoveryCodeForm()
    if form.validate_on_submit():
        return _judge(form, second_factor.use_recovery_code, form.code.data) or _recovered()
    return page("second_steps/recover.html", form, next=_next())


@bp.route("/passkey/question", methods=["POST"])
@while_owing_factor
def ask_passkey():
    return passkey_questions.ask(_user())


@bp.route("/passkey", methods=["POST"])
@while_owing_factor
def show_passkey():
    form = PasskeyAnswerForm()
    return _judge(form, passkey_questions.is_proved, form.answer.data, answer=_question_again) or _through()


def _question_again(form):
    code_form = CodeForm(formdata=None)
    code_form.form_errors.extend(form.form_errors)
    return _question(code_form)


def _judge(form, proof, shown, answer=None):
    """None when this proves who they are; else the page that says it does not, and the try counts."""
    user = _user()
    tried = throttling.trial(Door.FACTOR, str(user.id))
    answer = answer or (lambda refused: page(TEMPLATES[type(refused)], refused, **_around()))
    if wait := throttling.wait_for(tried):
        form.form_errors.append(throttling.wait_words(wait))
        return throttling.refusal(answer(form), wait)
    if proof(user, shown):
        throttle.forgive(db.session(), tried)
        return None
    throttling.note_failure(tried)
    form.form_errors.append(_("That was not right. Codes work once, so wait for a new one or try another."))
    return answer(form)


TEMPLATES = {CodeForm: "second_steps/show.html", RecoveryCodeForm: "second_steps/recover.html"}


def _around():
    return {"factors": second_factor.factors_of(_user()), "next": _next()}


def _through():
    show_factor_here()
    return redirect(safe(_next()))


def _recovered():
    left = second_factor.factors_of(_user()).codes_left
    words = ngettext("You have %(num)s recovery code left.", "You have %(num)s recovery codes left.", left)
    if left <= FEW:
        words = _("%(left)s Make a new list soon, under “Your account”.", left=words)
    flash(words, "warning" if left <= FEW else "info")
    return _through()


# At the first sign-in of somebody whose role needs a second step


def _only_without_one():
    """Whoever has a second step shows it; a password alone must never add another."""
    return redirect(url_for("second_steps.show", next=_next())) if _user().has_factor else None


@bp.route("/set-up")
@while_owing_factor
def set_up():
    return _only_without_one() or page(
        "second_steps/set_up.html", next=_next(), origin=current_app.config["PASSKEY_ORIGIN"]
    )


@bp.route("/set-up/app", methods=["GET", "POST"])
@while_owing_factor
def set_up_app():
    return _only_without_one() or setting_up.app(_user(), _done, back=url_for("second_steps.set_up"))


@bp.route("/set-up/passkey/question", methods=["POST"])
@while_owing_factor
def ask_new_passkey():
    return _only_without_one() or passkey_questions.ask_to_add(_user())


@bp.route("/set-up/passkey", methods=["GET", "POST"])
@while_owing_factor
def set_up_passkey():
    return _only_without_one() or setting_up.passkey(
        _user(),
        _done,
        question=url_for("second_steps.ask_new_passkey"),
        back=url_for("second_steps.set_up"),
    )


def _done(codes):
    """They have a second step now, and have just shown it."""
    show_factor_here()
    return page("second_steps/codes.html", codes=codes, go_on=safe(_next()), user=_user())
