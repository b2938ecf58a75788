"""Ready for court: what a day still misses, the notices and interpreters, and the published docket."""

from flask import Blueprint, flash, redirect, url_for
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.extensions import db
from youthcourt.forms.base import TaskForm
from youthcourt.forms.court.preparation import InterpreterForm, NoticeForm
from youthcourt.i18n import _, language_name, ngettext
from youthcourt.models import (
    Case,
    CourtSession,
    DocketVersion,
    Guardianship,
    Hearing,
    InterpreterBooking,
    Lack,
    NoticeServed,
    Panel,
    Person,
    User,
    papers_to_print,
)
from youthcourt.notices.docket import publish_and_tell
from youthcourt.permissions import Permission
from youthcourt.views.access import load, me, permitted
from youthcourt.views.page import page
from youthcourt.views.text import short_day

bp = Blueprint("preparations", __name__)

# What a hearing is asked to say what it still misses.
OF_HEARING = (
    joinedload(Hearing.block),
    joinedload(Hearing.room),
    joinedload(Hearing.judge).selectinload(User.grants),
    joinedload(Hearing.case).options(
        joinedload(Case.respondent).selectinload(Person.guardianships).joinedload(Guardianship.guardian),
        selectinload(Case.agreements),
    ),
    joinedload(Hearing.deliberation),
    selectinload(Hearing.panels).selectinload(Panel.seats),
    selectinload(Hearing.notices).joinedload(NoticeServed.by),
    selectinload(Hearing.interpreters).joinedload(InterpreterBooking.by),
)
# ... and a whole day.
OF_DAY = (
    selectinload(CourtSession.rooms),
    selectinload(CourtSession.hearings).options(*OF_HEARING),
    selectinload(CourtSession.docket_versions).joinedload(DocketVersion.published_by),
    selectinload(CourtSession.prints),
)


def day_of_reader(court_session_id, *options):
    return load(CourtSession.visible_to(me()), court_session_id, *OF_DAY, *options)


@bp.route("/court-sessions/<int:court_session_id>/readiness")
@permitted(Permission.KEEP_SESSION)
def show(court_session_id):
    return _readiness(day_of_reader(court_session_id))


def _readiness(day, form=None):
    ahead = [hearing for hearing in day.docket if hearing.is_ahead]
    return page(
        "preparations/show.html",
        form,
        day=day,
        missing=day.missing(),
        mend=mended_at,
        ahead=ahead,
        changes=told_changes(day),
        jurors_changed=len(day.jurors_changed()),
        untold=[hearing for hearing in ahead if not hearing.is_family_told],
        to_print=papers_to_print(day),
        how=NoticeForm(formdata=None),
    )


def mended_at(missing, day):
    """Where what is missing is mended: the page, and what to call the way there."""
    of_hearing = {"hearing_id": missing.hearing_id}
    case = {"case_id": next((h.case_id for h in day.hearings if h.id == missing.hearing_id), None)}
    of_day = {"court_session_id": day.id}
    places = {
        Lack.HEARINGS: (_("Place a case"), "court_sessions.place", of_day),
        Lack.JUDGE: (_("Choose a judge"), "hearings.move", of_hearing),
        Lack.ROOM: (_("Choose a room"), "hearings.move", of_hearing),
        Lack.AGREEMENTS: (_("Open the case"), "cases.show", case),
        Lack.PANEL: (_("Who sits where"), "draws.index", of_day),
        Lack.RESERVES: (_("Who sits where"), "draws.index", of_day),
        Lack.INTERPRETER: (_("Book somebody"), "preparations.interpreter", of_hearing),
        Lack.PUBLICATION: (_("Publish"), "preparations.show", {**of_day, "_anchor": "docket"}),
        Lack.NOTICE: (_("Note how they were told"), "preparations.show", {**of_day, "_anchor": "notices"}),
        Lack.PAPERS: (_("See the papers"), "preparations.show", {**of_day, "_anchor": "papers"}),
    }
    words, endpoint, values = places[missing.lack]
    return words, url_for(endpoint, **values)


def told_changes(day):
    """Each change with its hearing, where there still is one."""
    changes = day.changes()
    gone = {change.hearing for change in changes} - {hearing.id for hearing in day.hearings}
    moved = Hearing.visible_to(me()).where(Hearing.id.in_(gone)).options(*OF_HEARING)
    known = {h.id: h for h in (*day.hearings, *(db.session.scalars(moved).unique() if gone else ()))}
    return [(change, known.get(change.hearing)) for change in changes]


@bp.route("/court-sessions/<int:court_session_id>/publication", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def publish(court_session_id):
    day = day_of_reader(court_session_id)
    form = TaskForm()
    if form.validate_on_submit() and (version := form.carry_out(publish_and_tell, day, by=me())):
        letters = len(version.letters)
        told = ngettext("%(num)s letter is in the outbox.", "%(num)s letters are in the outbox.", letters)
        flash(_("Version %(number)s of the docket is published.", number=version.number))
        if letters:
            flash(told, "info")
        return redirect(url_for("preparations.show", court_session_id=day.id))
    return _readiness(day, form)


@bp.route("/court-sessions/<int:court_session_id>/dockets")
@permitted(Permission.KEEP_SESSION)
def dockets(court_session_id):
    """Every version that was published, and the letters that told of it."""
    day = day_of_reader(
        court_session_id, selectinload(CourtSession.docket_versions).selectinload(DocketVersion.letters)
    )
    return page("preparations/dockets.html", day=day, cases={h.id: h.case for h in day.hearings})


@bp.route("/court-sessions/<int:court_session_id>/notices", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def serve_all(court_session_id):
    """All printed and handed out: every family that was not told yet."""
    day = day_of_reader(court_session_id)
    form = NoticeForm()
    untold = [hearing for hearing in day.docket if hearing.is_ahead and not hearing.is_family_told]
    if form.validate_on_submit() and form.carry_out(_serve_each, untold, form.how.data):
        told = ngettext(
            "%(num)s family is noted as told.", "%(num)s families are noted as told.", len(untold)
        )
        flash(told)
        return redirect(url_for("preparations.show", court_session_id=day.id, _anchor="notices"))
    return _readiness(day, form)


def _serve_each(hearings, how):
    for hearing in hearings:
        hearing.serve(how, by=me())


def of_reader(hearing_id):
    whole = joinedload(Hearing.court_session).options(*OF_DAY)
    return load(Hearing.visible_to(me()), hearing_id, *OF_HEARING, whole)


def _back_to_notices(hearing):
    day_id = hearing.court_session_id
    return redirect(url_for("preparations.show", court_session_id=day_id, _anchor="notices"))


@bp.route("/hearings/<int:hearing_id>/notice", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def serve(hearing_id):
    hearing = of_reader(hearing_id)
    form = NoticeForm()
    if form.validate_on_submit() and form.carry_out(hearing.serve, form.how.data, by=me()):
        return _back_to_notices(hearing)
    return _readiness(hearing.court_session, form)


@bp.route("/hearings/<int:hearing_id>/notice/undo", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def take_back(hearing_id):
    hearing = of_reader(hearing_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(hearing.take_back_notice, by=me()):
        return _back_to_notices(hearing)
    return _readiness(hearing.court_session, form)


@bp.route("/hearings/<int:hearing_id>/interpreter", methods=["GET", "POST"])
@permitted(Permission.KEEP_SESSION)
def interpreter(hearing_id):
    hearing = of_reader(hearing_id)
    form = InterpreterForm(hearing)
    if form.validate_on_submit():
        booked = form.carry_out(hearing.book_interpreter, form.language.data, name=form.name.data, by=me())
        if booked:
            flash(
                _(
                    "%(name)s interprets into %(language)s.",
                    name=booked.name,
                    language=language_name(booked.language),
                )
            )
            return redirect(url_for("preparations.show", court_session_id=hearing.court_session_id))
    return page("preparations/interpreter.html", form, hearing=hearing, day_words=short_day)


@bp.route("/hearings/<int:hearing_id>/interpreter/<language>/release", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def release(hearing_id, language):
    hearing = of_reader(hearing_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(hearing.release_interpreter, language, by=me()):
        return redirect(url_for("preparations.show", court_session_id=hearing.court_session_id))
    return _readiness(hearing.court_session, form)
