"""The night board at the door: who is here, what goes on in each room, and one tap for each thing."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from sqlalchemy.orm import joinedload, selectinload

from youthcourt import clock
from youthcourt.extensions import db
from youthcourt.forms.base import TaskForm
from youthcourt.forms.court.board import AbsenceForm, WalkInForm
from youthcourt.forms.fields import LONGEST_LINE, clean
from youthcourt.i18n import _
from youthcourt.models import (
    Arrival,
    Case,
    CourtSession,
    Guardianship,
    Hearing,
    Juror,
    Panel,
    Person,
    Seat,
    Sitting,
)
from youthcourt.permissions import Permission
from youthcourt.procedures.court import door_codes, hearing_day
from youthcourt.procedures.jury import seating
from youthcourt.reports import beats
from youthcourt.reports.court import boards
from youthcourt.reports.jury import jurors as juror_lists
from youthcourt.views import live, places
from youthcourt.views.access import load, me, open_to_everyone, permitted
from youthcourt.views.page import page
from youthcourt.walls import in_court

bp = Blueprint("boards", __name__, url_prefix="/court-sessions/<int:court_session_id>")

BLOCKS = selectinload(CourtSession.blocks)
# A hearing with what its taps ask.
FAMILY = (
    joinedload(Hearing.case)
    .joinedload(Case.respondent)
    .selectinload(Person.guardianships)
    .joinedload(Guardianship.guardian),
    selectinload(Hearing.attendances),
    joinedload(Hearing.court_session),
)
PANEL = selectinload(Hearing.panels).selectinload(Panel.seats).joinedload(Seat.juror).joinedload(Juror.person)


def _day(court_session_id, *options):
    return load(CourtSession.visible_to(me()), court_session_id, *options)


def _mark(day):
    """Another one with every change in this court, and with every minute, since people grow late."""
    return live.mark(beats.of_court(db.session(), day.court_id), clock.now().strftime("%H%M"))


@bp.route("/board")
@permitted(Permission.KEEP_SESSION)
def show(court_session_id):
    return _board(_day(court_session_id, BLOCKS))


def _board(day, form=None, words=""):
    """The whole board; with a form when what was tapped is refused."""
    facts = {"court_session": day, "mark": _mark(day), "board": boards.board(day), "words": words}
    return page("boards/show.html", form, **facts)


@bp.route("/board/part")
@permitted(Permission.KEEP_SESSION)
def part(court_session_id):
    day = _day(court_session_id, BLOCKS)
    return live.answer(
        _mark(day), "boards/_part.html", lambda: {"court_session": day, "board": boards.board(day)}
    )


@bp.route("/board/people", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def find(court_session_id):
    """Where no script sifts the list while somebody types."""
    words = clean(request.form.get("words", ""))[:LONGEST_LINE]
    return _board(_day(court_session_id, BLOCKS), words=words)


@bp.route("/wall")
@permitted(Permission.KEEP_SESSION)
def wall(court_session_id):
    day = _day(court_session_id)
    code = door_codes.code_for_wall(day) if _is_on(day) else None
    return page("boards/wall.html", court_session=day, mark=_mark(day), rooms=boards.wall(day), code=code)


def _is_on(day):
    return day.held_on == day.court.today and not day.is_closed


@bp.route("/wall/<code>")
@open_to_everyone
def wall_part(court_session_id, code):
    """What the screen shows. It goes on when the sign-in has ended, and can open nothing else."""
    court_id = door_codes.court_of_wall(code, court_session_id)
    if court_id is None:
        return page("boards/_over.html")
    with in_court(court_id):
        day = db.session.get_one(CourtSession, court_session_id)
        if not _is_on(day):
            return page("boards/_over.html")
        return live.answer(
            _mark(day), "boards/_wall.html", lambda: {"court_session": day, "rooms": boards.wall(day)}
        )


# One tap each


def _tapped(court_session_id, verb, *args, anchor=None, **kwargs):
    """Do what was tapped and show the board again; a tap that comes too late is told why on it."""
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(verb, *args, by=me(), **kwargs) is not None:
        return redirect(url_for("boards.show", court_session_id=court_session_id, _anchor=anchor))
    return _board(_day(court_session_id, BLOCKS), form)


def to_night(day):
    """Back to where a night goes on: its board while it is held, its sheets of paper once it is over."""
    there = "boards.show" if day.held_on == me().court.today else "paper_nights.show"
    return redirect(url_for(there, court_session_id=day.id))


def _sitting(court_session_id, sitting_id, *options):
    day = _day(court_session_id)
    of_day = Sitting.visible_to(me()).where(Sitting.court_session_id == day.id)
    whole = (joinedload(Sitting.court_session), joinedload(Sitting.juror).joinedload(Juror.person))
    return load(of_day, sitting_id, *whole, *options)


def _hearing(court_session_id, hearing_id, *options):
    day = _day(court_session_id)
    of_day = Hearing.visible_to(me()).where(Hearing.court_session_id == day.id)
    return load(of_day, hearing_id, *FAMILY, *options)


@bp.route("/board/sittings/<int:sitting_id>/check-in", methods=["POST"])
@permitted(Permission.RUN_HEARING)
def check_in(court_session_id, sitting_id):
    sitting = _sitting(court_session_id, sitting_id)
    return _tapped(court_session_id, sitting.check_in, anchor=f"juror-{sitting_id}")


@bp.route("/board/sittings/<int:sitting_id>/check-in/undo", methods=["POST"])
@permitted(Permission.RUN_HEARING)
def undo_check_in(court_session_id, sitting_id):
    sitting = _sitting(court_session_id, sitting_id)
    return _tapped(court_session_id, hearing_day.undo_check_in, sitting, anchor=f"juror-{sitting_id}")


@bp.route("/board/hearings/<int:hearing_id>/people/<int:person_id>/check-in", methods=["POST"])
@permitted(Permission.RUN_HEARING)
def check_in_family(court_session_id, hearing_id, person_id):
    hearing = _hearing(court_session_id, hearing_id)
    person, anchor = _of_family(hearing, person_id), f"family-{hearing_id}-{person_id}"
    return _tapped(court_session_id, hearing.check_in, person, anchor=anchor)


@bp.route("/board/hearings/<int:hearing_id>/people/<int:person_id>/check-in/undo", methods=["POST"])
@permitted(Permission.RUN_HEARING)
def undo_check_in_family(court_session_id, hearing_id, person_id):
    hearing = _hearing(court_session_id, hearing_id)
    person, anchor = _of_family(hearing, person_id), f"family-{hearing_id}-{person_id}"
    return _tapped(court_session_id, hearing.undo_check_in, person, anchor=anchor)


def _of_family(hearing, person_id):
    respondent = hearing.case.respondent
    family = (respondent, *respondent.guardians)
    return next((each for each in family if each.id == person_id), None) or abort(404)


@bp.route("/board/hearings/<int:hearing_id>/judge", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def judge_came(court_session_id, hearing_id):
    hearing = _hearing(court_session_id, hearing_id, joinedload(Hearing.judge))
    return _tapped(court_session_id, Arrival.note, hearing.court_session, judge=hearing.judge)


@bp.route("/board/hearings/<int:hearing_id>/judge/undo", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def judge_left(court_session_id, hearing_id):
    hearing = _hearing(court_session_id, hearing_id, joinedload(Hearing.judge))
    return _tapped(court_session_id, Arrival.take_back, hearing.court_session, judge=hearing.judge)


@bp.route("/board/hearings/<int:hearing_id>/interpreter", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def interpreter_came(court_session_id, hearing_id):
    hearing = _hearing(court_session_id, hearing_id)
    return _tapped(court_session_id, Arrival.note, hearing.court_session, hearing=hearing)


@bp.route("/board/hearings/<int:hearing_id>/interpreter/undo", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def interpreter_left(court_session_id, hearing_id):
    hearing = _hearing(court_session_id, hearing_id)
    return _tapped(court_session_id, Arrival.take_back, hearing.court_session, hearing=hearing)


@bp.route("/board/hearings/<int:hearing_id>/oaths", methods=["POST"])
@permitted(Permission.RUN_HEARING)
def swear_all(court_session_id, hearing_id):
    hearing = _hearing(court_session_id, hearing_id, PANEL)
    return _tapped(court_session_id, hearing.swear_panel)


@bp.route("/board/hearings/<int:hearing_id>/seats/<int:seat_id>/oath", methods=["POST"])
@permitted(Permission.RUN_HEARING)
def swear(court_session_id, hearing_id, seat_id):
    """A juror who came late takes the oath alone."""
    seat = _seat(court_session_id, hearing_id, seat_id)
    return _tapped(court_session_id, seat.swear, anchor=_row_of(seat))


@bp.route("/board/hearings/<int:hearing_id>/seats/<int:seat_id>/oath/undo", methods=["POST"])
@permitted(Permission.RUN_HEARING)
def undo_oath(court_session_id, hearing_id, seat_id):
    seat = _seat(court_session_id, hearing_id, seat_id)
    return _tapped(court_session_id, seat.take_back_oath, anchor=_row_of(seat))


def _seat(court_session_id, hearing_id, seat_id):
    hearing = _hearing(court_session_id, hearing_id, PANEL)
    seats = hearing.panel.seats if hearing.panel else []
    return next((each for each in seats if each.id == seat_id), None) or abort(404)


def _row_of(seat):
    """Where this juror stands on the board."""
    sittings = seat.panel.hearing.court_session.sittings
    return next((f"juror-{each.id}" for each in sittings if each.juror_id == seat.juror_id), None)


@bp.route("/board/sittings/<int:sitting_id>/absence", methods=["GET", "POST"])
@permitted(Permission.SEAT_PANEL)
def miss(court_session_id, sitting_id):
    """A juror did not come: who takes their seats is proposed, and the coordinator decides."""
    sitting = _sitting(court_session_id, sitting_id)
    seats = [seat for seat in sitting.seats if seat.decides_ahead]
    who = [(seat, seating.stand_ins(seat.panel.hearing)) for seat in seats]
    form = AbsenceForm.of(who, words=places.stand_in)
    facts = {"takes": form.takers, "by": me()}
    if form.validate_on_submit() and form.carry_out(seating.miss, sitting, **facts) is not None:
        flash(_("Written down: %(name)s did not come.", name=sitting.juror.person.short_name))
        return redirect(url_for("boards.show", court_session_id=court_session_id))
    return page("boards/miss.html", form, court_session=sitting.court_session, sitting=sitting, seats=seats)


@bp.route("/board/sittings/<int:sitting_id>/absence/undo", methods=["POST"])
@permitted(Permission.SEAT_PANEL)
def undo_miss(court_session_id, sitting_id):
    sitting = _sitting(court_session_id, sitting_id)
    return _tapped(court_session_id, seating.undo_miss, sitting, anchor=f"juror-{sitting_id}")


@bp.route("/board/walk-in", methods=["GET", "POST"])
@permitted(Permission.KEEP_JURORS)
def walk_in(court_session_id):
    """A juror came whom nobody expected."""
    day = _day(court_session_id, selectinload(CourtSession.sittings))
    form = WalkInForm(juror_lists.not_booked(day), words=places.juror)
    if form.validate_on_submit():
        juror = db.session.get_one(Juror, form.juror.data, options=[joinedload(Juror.person)])
        if form.carry_out(hearing_day.walk_in, juror, day, by=me()):
            flash(_("%(name)s is booked and here.", name=juror.person.short_name))
            return to_night(day)
    return page("boards/walk_in.html", form, court_session=day)
