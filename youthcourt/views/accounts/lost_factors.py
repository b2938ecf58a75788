"""Somebody lost phone and list: an administrator lets them set up anew, after making sure who asks."""

from flask import Blueprint, flash, redirect, url_for

from youthcourt.forms.accounts.second_factor import LostFactorForm
from youthcourt.i18n import _
from youthcourt.models import User, WhyEnded, end_sign_ins
from youthcourt.permissions import Permission
from youthcourt.procedures.accounts import second_factor
from youthcourt.views.access import load, me, permitted
from youthcourt.views.page import page

bp = Blueprint("lost_factors", __name__)


@bp.route("/people/<int:user_id>/lost-second-step", methods=["GET", "POST"])
@permitted(Permission.REMOVE_LOST_FACTOR, fresh=True)
def remove(user_id):
    user = load(User.visible_to(me()), user_id)
    form = LostFactorForm()
    asked = form.validate_on_submit()
    if asked and form.carry_out(second_factor.remove_lost, user, reason=form.reason.data, by=me()):
        end_sign_ins(user, WhyEnded.FACTOR_CHANGED, by=me())
        flash(_("Removed. %(name)s sets up a new second step at the next sign-in.", name=user))
        return redirect(url_for("people.show", user_id=user.id))
    return page("lost_factors/remove.html", form, user=user, has_factor=user.has_factor)
