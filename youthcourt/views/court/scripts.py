"""The script of a hearing, on the tablet or phone of whoever leads the room: step by step, nothing forced."""

from flask import Blueprint, abort, flash, redirect, url_for
from sqlalchemy.orm import joinedload, selectinload

from youthcourt import clock
from youthcourt.extensions import db
from youthcourt.forms.base import TaskForm
from youthcourt.forms.court.script import StopForm, WordsForm
from youthcourt.i18n import LANGUAGES, _, language_now, ngettext, speaking
from youthcourt.models import (
    WORDS_KEPT_AT,
    Case,
    Deliberation,
    Hearing,
    Proposal,
    QuestionAsked,
    QuestionSet,
    ScriptLine,
    Step,
    spoken,
    statements_in,
    voices_in,
)
from youthcourt.notices.referrer import tell_referrer
from youthcourt.permissions import Permission
from youthcourt.reports import beats
from youthcourt.views import live
from youthcourt.views.access import load, me, permitted
from youthcourt.views.intake import case_page
from youthcourt.views.page import page

from .boards import to_night
from .hearings import WHOLE

bp = Blueprint("scripts", __name__, url_prefix="/hearings")

CLOCK = (selectinload(Hearing.steps), joinedload(Hearing.block))
SAID = (
    joinedload(Hearing.case).options(joinedload(Case.referral), selectinload(Case.persons_harmed)),
    selectinload(Hearing.questions_asked).joinedload(QuestionAsked.seat),
    selectinload(Hearing.words_said),
)
DECISION = joinedload(Hearing.deliberation).options(
    selectinload(Deliberation.findings),
    selectinload(Deliberation.proposals).joinedload(Proposal.activity),
    selectinload(Deliberation.sign_offs),
)


def led(hearing_id, *options):
    """The hearing with this number, if this reader leads its room."""
    return load(Hearing.led_by(me()), hearing_id, *WHOLE, *SAID, *options)


def step_named(name):
    return Step(name) if name in list(Step) else abort(404)


@bp.route("/<int:hearing_id>/script")
@permitted(Permission.LEAD_HEARING)
def show(hearing_id):
    """The step that the hearing has come to."""
    hearing = led(hearing_id, DECISION)
    return page_of(hearing, step_now(hearing))


def step_now(hearing):
    """Where whoever leads should look: the step begun last, or the one that is due."""
    last = hearing.step.step if hearing.step else Step.ANNOUNCE
    if hearing.is_decided:
        return last if hearing.is_read_out else Step.READ_OUT
    return Step.STEP_OUT if hearing.is_held else last


def page_of(hearing, step, form=None):
    """The page of one step; with a form when what was tapped on it is refused."""
    beat = beats.of_case(db.session(), hearing.court_id, hearing.case_id)
    return page(
        "scripts/step.html",
        form,
        hearing=hearing,
        step=step,
        following=following(step),
        said=said_at(hearing, step),
        guide=QuestionSet.guide_for(hearing.court, hearing.case.offence) if step is Step.QUESTIONS else [],
        statements=statements_read_by(hearing),
        words_kept_at=WORDS_KEPT_AT,
        reads_out=hearing.panel is not None and hearing.panel.seat_of(me()) is not None,
        mark=mark_of(hearing, beat),
        **times(hearing),
    )


def following(step):
    """The step after this one in the script; None after the last."""
    steps = list(Step)
    place = steps.index(step) + 1
    return steps[place] if place < len(steps) else None


def said_at(hearing, step):
    """The lines of a step, each with the same in the family's own language when the page is in another."""
    own, voices = ScriptLine.of(hearing.court), voices_in(hearing.case)
    here = spoken(own, step, voices)
    family = hearing.case.respondent.language
    if family not in LANGUAGES or family == language_now():
        return [(line, None) for line in here]
    with speaking(family):
        there = {line.key: line.words for line in spoken(own, step, voices)}
    return [(line, there.get(line.key)) for line in here]


def statements_read_by(hearing):
    """What the person harmed wrote: for staff, and for a juror who leads while it is being read out."""
    is_read_out_now = hearing.step is not None and hearing.step.step is Step.PERSON_HARMED
    if me().may(Permission.SEE_CASE) or (is_read_out_now and hearing.is_ahead):
        return statements_in(hearing.case)
    return []


def times(hearing):
    """Minutes since the hearing began, and since its last step; what is over stands still."""
    now = hearing.ended_at or clock.now()
    return {
        "minutes": _minutes(now - hearing.began_at) if hearing.began_at else None,
        "step_minutes": _minutes(clock.now() - hearing.step.began_at) if hearing.step else None,
    }


def _minutes(span):
    return max(0, int(span.total_seconds()) // 60)


def mark_of(hearing, beat):
    return live.mark(beat, *times(hearing).values())


@bp.route("/<int:hearing_id>/script/now")
@permitted(Permission.LEAD_HEARING)
def now(hearing_id):
    """What everybody who leads sees at once: the step, the time, and who has not asked yet.

    It says nothing of the case, so nobody is noted as having looked at it each time a screen asks.
    """
    found = Hearing.led_by(me()).where(Hearing.id == hearing_id)
    hearing = db.session.scalars(found.options(*CLOCK)).unique().first() or abort(404)
    beat = beats.of_case(db.session(), hearing.court_id, hearing.case_id)
    return live.answer(mark_of(hearing, beat), "scripts/_now.html", lambda: _now(found))


def _now(found):
    hearing = db.session.scalars(found.options(*WHOLE, *SAID)).unique().one()
    return {"hearing": hearing, **times(hearing)}


@bp.route("/<int:hearing_id>/script/steps/<step>", methods=["GET", "POST"])
@permitted(Permission.LEAD_HEARING)
def step(hearing_id, step):
    """One step: looked at, or begun."""
    hearing, wanted = led(hearing_id, DECISION), step_named(step)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(hearing.begin, wanted, by=me()):
        return back_to(hearing)
    return page_of(hearing, wanted, form if form.is_submitted() else None)


def back_to(hearing, anchor=None):
    return redirect(url_for("scripts.show", hearing_id=hearing.id, _anchor=anchor))


def tapped(hearing_id, verb, *args, anchor=None):
    """One button on the page of the current step."""
    hearing = led(hearing_id, DECISION)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(verb, hearing, *args, by=me()):
        return back_to(hearing, anchor)
    return page_of(hearing, step_now(hearing), form)


@bp.route("/<int:hearing_id>/script/undo", methods=["POST"])
@permitted(Permission.LEAD_HEARING)
def undo(hearing_id):
    return tapped(hearing_id, Hearing.undo_step)


@bp.route("/<int:hearing_id>/script/oaths", methods=["POST"])
@permitted(Permission.LEAD_HEARING)
def swear(hearing_id):
    """Everybody who is here took the oath together."""
    hearing = led(hearing_id)
    form = TaskForm()
    if form.validate_on_submit():
        sworn = hearing.panel.swear_present(by=me()) if hearing.panel else 0
        took = ngettext("%(num)s juror took the oath.", "%(num)s jurors took the oath.", sworn)
        flash(took if sworn else _("Nobody is here who has not taken the oath."))
    return back_to(hearing)


@bp.route("/<int:hearing_id>/script/oaths/<int:seat_id>", methods=["POST"])
@permitted(Permission.LEAD_HEARING)
def swear_one(hearing_id, seat_id):
    """Whoever came late takes the oath alone."""
    return tapped(hearing_id, _on_seat(_swear), seat_id, anchor="oaths")


@bp.route("/<int:hearing_id>/script/oaths/<int:seat_id>/undo", methods=["POST"])
@permitted(Permission.LEAD_HEARING)
def undo_oath(hearing_id, seat_id):
    return tapped(hearing_id, _on_seat(_take_back_oath), seat_id, anchor="oaths")


def _swear(_hearing, seat, by):
    seat.swear(by=by)


def _take_back_oath(_hearing, seat, by):
    seat.take_back_oath(by=by)


@bp.route("/<int:hearing_id>/script/questions/<int:seat_id>", methods=["POST"])
@permitted(Permission.LEAD_HEARING)
def ask(hearing_id, seat_id):
    return tapped(hearing_id, _on_seat(Hearing.note_question), seat_id, anchor="asked")


@bp.route("/<int:hearing_id>/script/questions/<int:seat_id>/undo", methods=["POST"])
@permitted(Permission.LEAD_HEARING)
def undo_question(hearing_id, seat_id):
    return tapped(hearing_id, _on_seat(Hearing.undo_question), seat_id, anchor="asked")


def _on_seat(verb):
    def on_seat(hearing, seat_id, by):
        seats = hearing.panel.seats if hearing.panel else []
        seat = next((each for each in seats if each.id == seat_id), None) or abort(404)
        return verb(hearing, seat, by=by)

    return on_seat


@bp.route("/<int:hearing_id>/script/steps/<step>/words", methods=["GET", "POST"])
@permitted(Permission.LEAD_HEARING)
def write(hearing_id, step):
    """Write down what somebody said at this step."""
    hearing, at = led(hearing_id), step_named(step)
    if at not in WORDS_KEPT_AT:
        abort(404)
    form = WordsForm(obj=hearing.words_at(at))
    if form.validate_on_submit() and form.carry_out(hearing.write_down, at, form.words.data, by=me()):
        flash(_("Written down. The panel and the judge can read it."))
        return redirect(url_for("scripts.step", hearing_id=hearing.id, step=at))
    return page("scripts/write.html", form, hearing=hearing, step=at)


@bp.route("/<int:hearing_id>/script/send-out", methods=["POST"])
@permitted(Permission.LEAD_HEARING)
def send_out(hearing_id):
    """The family steps out; the panel goes to decide."""
    return tapped(hearing_id, Hearing.hold)


@bp.route("/<int:hearing_id>/script/call-back", methods=["POST"])
@permitted(Permission.LEAD_HEARING)
def call_back(hearing_id):
    """The panel was sent out too early."""
    return tapped(hearing_id, Hearing.undo_hold)


@bp.route("/<int:hearing_id>/script/stop", methods=["GET", "POST"])
@permitted(Permission.STOP_HEARING)
def stop(hearing_id):
    """The young person no longer wants this court: the case goes back to the referrer, the room is free."""
    hearing = load(
        Hearing.visible_to(me()), hearing_id, *WHOLE, joinedload(Hearing.case).options(*case_page.RULES)
    )
    form = StopForm()
    if form.validate_on_submit() and form.carry_out(hearing.stop, reason=form.reason.data, by=me()):
        letter = tell_referrer(hearing.case, by=me())
        flash(_("The hearing is over. A letter to %(name)s is in the outbox.", name=letter.to_name))
        return (
            to_night(hearing.court_session)
            if hearing.court_session.is_over
            else redirect(url_for("hearings.show", hearing_id=hearing.id))
        )
    return page("scripts/stop.html", form, hearing=hearing)
