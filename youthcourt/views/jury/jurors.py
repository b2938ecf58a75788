"""Jurors, their training and their bookings. Nothing here tells who is or was a respondent."""

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.forms.base import TaskForm
from youthcourt.forms.jury.juror import (
    AbsenceForm,
    EnrolmentForm,
    InvitationForm,
    TrainingForm,
)
from youthcourt.i18n import _
from youthcourt.models import Juror, Person, namesakes
from youthcourt.permissions import Permission
from youthcourt.procedures.court import hearing_day
from youthcourt.procedures.jury import enrolling
from youthcourt.reports.accounts import accounts
from youthcourt.reports.jury import jurors as juror_lists
from youthcourt.reports.jury import turns as juror_turns
from youthcourt.views import places
from youthcourt.views.access import load, me, permitted
from youthcourt.views.listing import listing
from youthcourt.views.page import page
from youthcourt.views.searching import searched
from youthcourt.views.text import short_day

bp = Blueprint("jurors", __name__, url_prefix="/jurors")

# A juror with what the rules about them look at.
WHOLE = (
    joinedload(Juror.person).joinedload(Person.school),
    selectinload(Juror.trainings),
    selectinload(Juror.absences),
    selectinload(Juror.availabilities),
)


@bp.route("/", methods=["GET", "POST"])
@permitted(Permission.SEE_PEOPLE)
@searched()
def index(search):
    found = listing(juror_lists.listed(me(), search.words), per_page=juror_lists.PER_PAGE)
    template = "jurors/_list.html" if search.is_part else "jurors/index.html"
    return render_template(template, found=found, search=search)


@bp.route("/turns")
@permitted(Permission.SEAT_PANEL)
def turns():
    """Whether anybody sat more often, or less, than chance explains."""
    return page("jurors/turns.html", told=juror_turns.turns(me().court))


@bp.route("/new", methods=["GET", "POST"])
@permitted(Permission.KEEP_JURORS)
def new():
    court = me().court
    form = EnrolmentForm(court)
    if form.is_submitted():
        name = (form.given_name.data, form.family_name.data)
        form.ask_about(namesakes(court, *name, form.born_on.data), words=places.person)
    if form.validate_on_submit():
        whom = {"known": form.known, "is_new": form.is_new}
        juror = form.carry_out(enrolling.enrol_volunteer, court, form.facts, by=me(), **whom)
        if juror:
            flash(_("%(name)s is on the list of jurors. Write down the training next.", name=juror))
            return _to(juror)
    return page("jurors/new.html", form)


def _to(juror):
    return redirect(url_for("jurors.show", juror_id=juror.id))


@bp.route("/<int:juror_id>")
@permitted(Permission.SEE_PEOPLE)
def show(juror_id):
    juror = load(Juror.visible_to(me()), juror_id, *WHOLE)
    account = enrolling.account_of(juror.person)
    return page(
        "jurors/show.html",
        juror=juror,
        sittings=juror_lists.sittings_of(juror),
        minutes=juror_lists.minutes_earned(juror.person),
        account=account,
        account_email=accounts.shown_email(account),
    )


@bp.route("/<int:juror_id>/training", methods=["GET", "POST"])
@permitted(Permission.KEEP_JURORS)
def train(juror_id):
    juror = load(Juror.visible_to(me()), juror_id, *WHOLE)
    form = TrainingForm(me().court)
    if form.validate_on_submit():
        facts = {"held_on": form.held_on.data, "minutes": form.minutes.data, "topic": form.topic.data}
        if form.carry_out(juror.train, **facts, role=form.trained_for, by=me()):
            flash(_("Training is good until %(day)s.", day=short_day(juror.trainings[-1].valid_until)))
            return _to(juror)
    return page("jurors/train.html", form, juror=juror)


@bp.route("/<int:juror_id>/absence", methods=["GET", "POST"])
@permitted(Permission.KEEP_JURORS)
def be_away(juror_id):
    juror = load(Juror.visible_to(me()), juror_id, *WHOLE)
    form = AbsenceForm()
    if form.validate_on_submit():
        days = {"starts_on": form.starts_on.data, "ends_on": form.ends_on.data}
        if form.carry_out(hearing_day.be_away, juror, **days, by=me()):
            flash(_("Written down: %(name)s is away then.", name=juror))
            return _to(juror)
    return page("jurors/be_away.html", form, juror=juror)


@bp.route("/<int:juror_id>/invitation", methods=["GET", "POST"])
@permitted(Permission.KEEP_JURORS)
def invite(juror_id):
    juror = load(Juror.visible_to(me()), juror_id, *WHOLE)
    account = enrolling.account_of(juror.person)
    form = InvitationForm(juror, account)
    if form.validate_on_submit():
        token = form.carry_out(enrolling.invite_juror, juror, email=form.address, by=me())
        if token is True:  # there is a password already
            flash(_("%(name)s can see their sittings after signing in as before.", name=juror))
            return _to(juror)
        if token:
            link = url_for("accounts.join", token=token, _external=True)
            return page("jurors/invited.html", juror=juror, link=link)
    shown = {"account": account, "account_email": accounts.shown_email(account)}
    return page("jurors/invite.html", form, juror=juror, **shown)


@bp.route("/<int:juror_id>/leaving", methods=["GET", "POST"])
@permitted(Permission.KEEP_JURORS)
def leave(juror_id):
    juror = load(Juror.visible_to(me()), juror_id, *WHOLE)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(hearing_day.leave, juror, by=me()):
        flash(_("%(name)s is no longer asked to sit.", name=juror))
        return redirect(url_for("jurors.index"))
    return page("jurors/leave.html", form, juror=juror)
