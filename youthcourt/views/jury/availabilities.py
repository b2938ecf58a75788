"""When a juror can come: said by themselves, or written down for them."""

from flask import Blueprint, abort, flash, redirect, url_for

from youthcourt.extensions import db
from youthcourt.forms.jury.availability import FreeDaysForm, UsualDayForm
from youthcourt.forms.jury.juror import AbsenceForm
from youthcourt.i18n import _
from youthcourt.models import Availability, Juror
from youthcourt.permissions import Permission
from youthcourt.procedures.court import hearing_day
from youthcourt.procedures.jury.availability import WHOLE
from youthcourt.views.access import load, me, permitted
from youthcourt.views.page import page

bp = Blueprint("availabilities", __name__)


def my_juror():
    """The juror who asks, with all that the rules about them look at; None when they are on no list."""
    mine = Juror.visible_to(me()).where(Juror.person_id == me().person_id)
    return db.session.scalars(mine.options(*WHOLE)).first() if me().person_id else None


def _mine():
    return my_juror() or abort(404)


def _page_of(juror):
    today = me().court.today
    stated = [each for each in juror.availabilities if not each.is_over(today)]
    away = [each for each in juror.absences if each.ends_on >= today]
    usual, days = [each for each in stated if each.is_usual], [each for each in stated if not each.is_usual]
    return {"juror": juror, "usual": usual, "days": sorted(days, key=lambda d: d.starts_on), "away": away}


@bp.route("/my-days/")
@permitted(Permission.SEE_OWN_SITTINGS)
def mine():
    return page("availabilities/mine.html", **_page_of(_mine()))


@bp.route("/my-days/usual", methods=["GET", "POST"])
@permitted(Permission.SEE_OWN_SITTINGS)
def say_usual():
    return _say(_mine(), UsualDayForm(me().court.today), "availabilities/say_usual.html", url_for(".mine"))


@bp.route("/my-days/single", methods=["GET", "POST"])
@permitted(Permission.SEE_OWN_SITTINGS)
def say_days():
    return _say(_mine(), FreeDaysForm(), "availabilities/say_days.html", url_for(".mine"))


def _say(juror, form, template, back):
    if form.validate_on_submit() and form.carry_out(Availability.state, juror, by=me(), **form.said):
        flash(_("Thank you. It is written down."))
        return redirect(back)
    return page(template, form, juror=juror, back=back, is_own=juror.person_id == me().person_id)


@bp.route("/my-days/away", methods=["GET", "POST"])
@permitted(Permission.SEE_OWN_SITTINGS)
def say_away():
    juror, form = _mine(), AbsenceForm()
    if form.validate_on_submit():
        days = {"starts_on": form.starts_on.data, "ends_on": form.ends_on.data}
        if form.carry_out(hearing_day.say_away, juror, **days, by=me()):
            flash(_("Thank you. You are not asked on these days."))
            return redirect(url_for(".mine"))
    return page("availabilities/say_away.html", form)


@bp.route("/my-days/<int:availability_id>/removal", methods=["POST"])
@permitted(Permission.SEE_OWN_SITTINGS)
def take_back(availability_id):
    load(Availability.of_juror(me()), availability_id).withdraw(by=me())
    flash(_("Removed. Days you are booked for stay booked."))
    return redirect(url_for(".mine"))


# For coordinators


def _to(juror):
    return url_for("availabilities.of_juror", juror_id=juror.id)


@bp.route("/jurors/<int:juror_id>/days")
@permitted(Permission.KEEP_JURORS)
def of_juror(juror_id):
    return page("availabilities/of_juror.html", **_page_of(load(Juror.visible_to(me()), juror_id, *WHOLE)))


@bp.route("/jurors/<int:juror_id>/days/usual", methods=["GET", "POST"])
@permitted(Permission.KEEP_JURORS)
def write_usual(juror_id):
    juror = load(Juror.visible_to(me()), juror_id, *WHOLE)
    return _say(juror, UsualDayForm(me().court.today), "availabilities/say_usual.html", _to(juror))


@bp.route("/jurors/<int:juror_id>/days/single", methods=["GET", "POST"])
@permitted(Permission.KEEP_JURORS)
def write_days(juror_id):
    juror = load(Juror.visible_to(me()), juror_id, *WHOLE)
    return _say(juror, FreeDaysForm(), "availabilities/say_days.html", _to(juror))


@bp.route("/availabilities/<int:availability_id>/removal", methods=["POST"])
@permitted(Permission.KEEP_JURORS)
def strike(availability_id):
    stated = load(Availability.visible_to(me()), availability_id)
    juror = stated.juror
    stated.withdraw(by=me())
    flash(_("Removed. Days they are booked for stay booked."))
    return redirect(_to(juror))
