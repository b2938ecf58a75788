"""The schedule of jurors, months ahead: proposed, changed, published."""

from flask import Blueprint, abort, flash, redirect, url_for
from sqlalchemy.orm import joinedload

from youthcourt.extensions import db
from youthcourt.forms.base import TaskForm
from youthcourt.forms.jury.schedule import AskForm, ScheduleForm, WantedForm
from youthcourt.i18n import _, ngettext
from youthcourt.models import Juror, JurorSchedule
from youthcourt.permissions import Permission
from youthcourt.procedures.jury import publishing
from youthcourt.procedures.jury.availability import WHOLE
from youthcourt.reports.jury import schedules as schedule_lists
from youthcourt.views.access import load, me, permitted
from youthcourt.views.page import page
from youthcourt.views.text import short_day

bp = Blueprint("schedules", __name__, url_prefix="/schedules")


@bp.route("/")
@permitted(Permission.KEEP_JURORS)
def index():
    latest = JurorSchedule.of_court(me()).options(joinedload(JurorSchedule.made_by)).limit(12)
    return page("schedules/index.html", schedules=db.session.scalars(latest).all())


@bp.route("/new", methods=["GET", "POST"])
@permitted(Permission.KEEP_JURORS)
def new():
    court = me().court
    form = ScheduleForm(data=schedule_lists.usual_months(court))
    if form.validate_on_submit():
        months = {"starts_on": form.starts_on.data, "ends_on": form.ends_on.data}
        everybody = form.asks_everybody.data
        schedule = form.carry_out(publishing.propose, court, **months, by=me(), asks_everybody=everybody)
        if schedule:
            flash(_("Here is a proposal. Nobody is told of it yet: look at it, change it, then publish it."))
            return _to(schedule)
    return page("schedules/new.html", form)


def _to(schedule):
    return redirect(url_for("schedules.show", schedule_id=schedule.id))


@bp.route("/<int:schedule_id>")
@permitted(Permission.KEEP_JURORS)
def show(schedule_id):
    schedule = load(JurorSchedule.visible_to(me()), schedule_id, joinedload(JurorSchedule.made_by))
    days = schedule_lists.days_of(schedule)
    return page("schedules/show.html", schedule=schedule, days=days, people=schedule_lists.asked(schedule))


def _day_of(schedule, day_id):
    found = next((day for day in schedule.days if day.id == day_id), None)
    return found or abort(404)


@bp.route("/<int:schedule_id>/days/<int:day_id>", methods=["GET", "POST"])
@permitted(Permission.KEEP_JURORS)
def day(schedule_id, day_id):
    """One day: who is asked, and who else could be."""
    schedule = load(JurorSchedule.visible_to(me()), schedule_id, *publishing.whole_schedule())
    chosen = _day_of(schedule, day_id)
    could = [] if schedule.is_published else publishing.could_be_asked(chosen)
    form = AskForm()
    form.jurors.offer([juror for juror, _says in could])
    if form.validate_on_submit():
        asked = Juror.visible_to(me()).where(Juror.id.in_(form.jurors.data)).options(*WHOLE)
        jurors = db.session.scalars(asked).all()
        if form.carry_out(publishing.put_many, chosen, jurors, by=me()):
            flash(ngettext("%(num)s juror more is asked.", "%(num)s jurors more are asked.", len(jurors)))
            return redirect(url_for("schedules.day", schedule_id=schedule_id, day_id=day_id))
    booked = publishing.booked_on(chosen.court_session)
    context = {"schedule": schedule, "day": chosen, "could": could, "booked": booked}
    return page("schedules/day.html", form, places=schedule_lists.by_name(chosen), **context)


@bp.route("/<int:schedule_id>/days/<int:day_id>/need", methods=["GET", "POST"])
@permitted(Permission.KEEP_JURORS)
def want(schedule_id, day_id):
    """How many jurors this day needs."""
    schedule = load(JurorSchedule.visible_to(me()), schedule_id, *publishing.whole_schedule())
    chosen = _day_of(schedule, day_id)
    form = WantedForm(data={"wanted": chosen.wanted})
    if form.validate_on_submit() and form.carry_out(chosen.want, form.wanted.data, by=me()):
        return _to(schedule)
    return page("schedules/want.html", form, schedule=schedule, day=chosen)


@bp.route("/<int:schedule_id>/days/<int:day_id>/places/<int:place_id>/removal", methods=["POST"])
@permitted(Permission.KEEP_JURORS)
def take_out(schedule_id, day_id, place_id):
    schedule = load(JurorSchedule.visible_to(me()), schedule_id, *publishing.whole_schedule())
    chosen = _day_of(schedule, day_id)
    place = next((each for each in chosen.places if each.id == place_id), None) or abort(404)
    chosen.take_out(place, by=me())
    flash(_("%(name)s is not asked for this day.", name=place.juror))
    return redirect(url_for("schedules.day", schedule_id=schedule_id, day_id=day_id))


@bp.route("/<int:schedule_id>/publication", methods=["GET", "POST"])
@permitted(Permission.KEEP_JURORS)
def publish(schedule_id):
    schedule = load(JurorSchedule.visible_to(me()), schedule_id, *publishing.whole_schedule())
    form = TaskForm()
    published = form.carry_out(publishing.publish, schedule, by=me()) if form.validate_on_submit() else None
    if published:
        flash(ngettext("%(num)s place is booked.", "%(num)s places are booked.", published.booked))
        for juror, session in published.left_out:
            day = short_day(session.held_on)
            flash(_("%(name)s can no longer come on %(day)s.", name=juror, day=day), "warning")
        return _to(schedule)
    places = sum(len(day.places) for day in schedule.days)
    return page("schedules/publish.html", form, schedule=schedule, places=places)


@bp.route("/<int:schedule_id>/discarding", methods=["GET", "POST"])
@permitted(Permission.KEEP_JURORS)
def discard(schedule_id):
    schedule = load(JurorSchedule.visible_to(me()), schedule_id, *publishing.whole_schedule())
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(schedule.discard, by=me()):
        flash(_("The proposal is thrown away."))
        return redirect(url_for("schedules.index"))
    return page("schedules/discard.html", form, schedule=schedule)
