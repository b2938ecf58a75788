"""One's own second steps: the app, the passkeys, the recovery codes. Each change asks again who it is."""

from flask import Blueprint, flash, redirect, url_for

from youthcourt.forms.base import TaskForm
from youthcourt.i18n import _
from youthcourt.models import CountyIdentity, Passkey, WhyEnded, end_sign_ins
from youthcourt.permissions import Permission
from youthcourt.procedures.accounts import second_factor
from youthcourt.views.access import load, me, permitted
from youthcourt.views.page import page

from . import passkey_questions, setting_up
from .county import of_settings
from .signing_in import show_factor_here, signed_in

bp = Blueprint("own_factors", __name__, url_prefix="/account/second-step")


def _here():
    return url_for("own_factors.show")


def _page(form=None):
    factors = second_factor.factors_of(me())
    return page(
        "own_factors/show.html",
        form,
        factors=factors,
        why_not=second_factor.why_not_remove(me(), factors),
        is_needed=me().works_here,
        county_identity=_county_identity(),
    )


def _county_identity():
    county = of_settings()
    return CountyIdentity.of(me(), county.issuer) if county else None


@bp.route("/")
@permitted(Permission.KEEP_OWN_ACCOUNT)
def show():
    return _page()


def _elsewhere():
    """What changes how somebody signs in ends what was signed in before."""
    end_sign_ins(me(), WhyEnded.FACTOR_CHANGED, by=me(), but=signed_in())


def _added(words):
    def done(codes):
        show_factor_here()
        _elsewhere()
        if codes:
            return page("second_steps/codes.html", codes=codes, go_on=_here(), user=me())
        flash(words)
        return redirect(_here())

    return done


@bp.route("/app", methods=["GET", "POST"])
@permitted(Permission.KEEP_OWN_ACCOUNT, fresh=True)
def add_app():
    return setting_up.app(me(), _added(_("Your app is set up.")), back=_here())


@bp.route("/app/remove", methods=["GET", "POST"])
@permitted(Permission.KEEP_OWN_ACCOUNT, fresh=True)
def remove_app():
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(second_factor.remove_app, me(), by=me()):
        _elsewhere()
        flash(_("Your app is removed."))
        return redirect(_here())
    return page("own_factors/remove.html", form, what=_("your authenticator app"))


@bp.route("/passkeys/question", methods=["POST"])
@permitted(Permission.KEEP_OWN_ACCOUNT, fresh=True)
def ask_new_passkey():
    return passkey_questions.ask_to_add(me())


@bp.route("/passkeys/new", methods=["GET", "POST"])
@permitted(Permission.KEEP_OWN_ACCOUNT, fresh=True)
def add_passkey():
    question = url_for("own_factors.ask_new_passkey")
    return setting_up.passkey(me(), _added(_("Your passkey is set up.")), question=question, back=_here())


@bp.route("/passkeys/<int:passkey_id>/remove", methods=["GET", "POST"])
@permitted(Permission.KEEP_OWN_ACCOUNT, fresh=True)
def remove_passkey(passkey_id):
    passkey = load(Passkey.of_owner(me()), passkey_id)
    form = TaskForm()
    name = passkey.name
    if form.validate_on_submit() and form.carry_out(second_factor.remove_passkey, passkey, by=me()):
        _elsewhere()
        flash(_("The passkey “%(name)s” is removed.", name=name))
        return redirect(_here())
    return page("own_factors/remove.html", form, what=_("the passkey “%(name)s”", name=name))


@bp.route("/recovery-codes", methods=["GET", "POST"])
@permitted(Permission.KEEP_OWN_ACCOUNT, fresh=True)
def make_codes():
    form = TaskForm()
    if form.validate_on_submit() and (codes := form.carry_out(second_factor.make_codes, me(), by=me())):
        return page("second_steps/codes.html", codes=codes, go_on=_here(), user=me())
    return page("own_factors/make_codes.html", form, left=second_factor.factors_of(me()).codes_left)
