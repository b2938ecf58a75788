"""Receiving referrals."""

from flask import Blueprint, flash, redirect, url_for

from youthcourt.forms.intake.referral import ReferralForm
from youthcourt.i18n import _
from youthcourt.permissions import Permission
from youthcourt.procedures.intake.referring import receive_referral
from youthcourt.views.access import me, permitted
from youthcourt.views.page import page

bp = Blueprint("referrals", __name__, url_prefix="/referrals")


@bp.route("/new", methods=["GET", "POST"])
@permitted(Permission.RECEIVE_REFERRAL)
def new():
    court = me().court
    form = ReferralForm(court)
    if form.validate_on_submit():
        known = form.knows_it_is_new.data
        if case := form.carry_out(receive_referral, court, form.facts(), by=me(), knows_it_is_new=known):
            flash(_("The referral is kept as case %(number)s. Decide about it next.", number=case.number))
            return redirect(url_for("cases.show", case_id=case.id))
    return page("referrals/new.html", form)
