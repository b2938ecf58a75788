"""The jury room, on a phone: each juror alone, then one table, seven steps, and the decision read out."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.forms.base import TaskForm
from youthcourt.forms.decision.deliberation import (
    AloneForm,
    FindingsForm,
    NoteForm,
    PlanForm,
    StepAsideForm,
    TakeOverForm,
)
from youthcourt.i18n import LANGUAGES, _, reader_language, speaking
from youthcourt.models import Answer, Draft, Hearing, Phase, Question, TableStep
from youthcourt.permissions import Permission
from youthcourt.procedures.decision import deliberating, signing
from youthcourt.reports.decision import plain_words
from youthcourt.views import live
from youthcourt.views.access import load, me, permitted
from youthcourt.views.page import page

from .jury_room import (
    CASE,
    LIMITS,
    STATE,
    beat,
    in_room,
    place,
    room_page,
    standing,
    state_of,
)

bp = Blueprint("deliberations", __name__, url_prefix="/deliberations/<int:hearing_id>")

STEPS = list(TableStep)


@bp.route("")
@permitted(Permission.DELIBERATE)
def show(hearing_id):
    hearing = load(
        Hearing.deliberated_by(current_user),
        hearing_id,
        *CASE,
        *STATE,
        LIMITS,
        joinedload(Hearing.block),
        joinedload(Hearing.room),
        selectinload(Hearing.words_said),
    )
    return page(
        "deliberations/show.html",
        hearing=hearing,
        deliberation=hearing.deliberation,
        stands=standing(hearing),
        go_on=place(hearing) if hearing.deliberation else None,
    )


@bp.route("/waiting")
@permitted(Permission.DELIBERATE)
def waiting(hearing_id):
    """How far the panel is, asked for again and again by the pages of the room."""
    hearing = load(Hearing.deliberated_by(current_user), hearing_id)
    seen = request.args.get("state", "")

    def facts():
        whole = load(Hearing.deliberated_by(current_user), hearing_id, *STATE, joinedload(Hearing.court))
        return {
            "hearing": whole,
            "stands": standing(whole),
            "is_new": bool(seen) and seen != state_of(whole),
            "place": place(whole),
            "tells_of_seat": "told" not in request.args,
        }

    return live.answer(beat(hearing), "deliberations/waiting.html", facts)


# Alone


@bp.route("/alone", methods=["GET", "POST"])
@permitted(Permission.DELIBERATE)
def alone(hearing_id):
    """What I think, before I hear the others."""
    hearing, deliberation = in_room(hearing_id)
    if request.method == "GET" and deliberation.phase is not Phase.ALONE:
        return redirect(place(hearing))
    seat = hearing.panel.seat_of(me())
    form = AloneForm.of(deliberation, deliberation.worksheet_of(seat) if seat else None)
    if form.validate_on_submit() and form.carry_out(deliberation.hand_in, form.answers, form.ideas, by=me()):
        flash(_("Handed in. Nobody sees whose it is."))
        return redirect(place(hearing))
    return room_page(
        "deliberations/alone.html", form, hearing, questions=list(Question), grid=deliberation.grid
    )


@bp.route("/opening", methods=["GET", "POST"])
@permitted(Permission.DELIBERATE)
def open_table(hearing_id):
    """The foreperson waits no longer for those who have not handed in."""
    hearing, deliberation = in_room(hearing_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(deliberation.open_table, by=me(), without_missing=True):
        flash(_("The table is open. Talk now."))
        return redirect(url_for("deliberations.table", hearing_id=hearing_id))
    why_not = deliberation.why_not_open(me())
    return room_page("deliberations/open_table.html", form, hearing, why_not=why_not)


# Together


@bp.route("/table")
@permitted(Permission.DELIBERATE)
def table(hearing_id):
    """What we think so far: how many, never who."""
    hearing, deliberation = in_room(hearing_id)
    if not deliberation.is_open:
        return redirect(place(hearing))
    return room_page(
        "deliberations/table.html",
        None,
        hearing,
        spread=deliberation.spread,
        questions=list(Question),
        answers=list(Answer),
        all_steps=STEPS,
        activities=deliberation.hearing.court.activities,
    )


@bp.route("/steps/<int:number>", methods=["GET", "POST"])
@permitted(Permission.DELIBERATE)
def step(hearing_id, number):
    """One of the first five steps: what the court knows, and what the panel notes."""
    if number > len(STEPS):
        abort(404)
    here = STEPS[number - 1]
    if here in _PAGES_OF_THEIR_OWN:
        return redirect(url_for(_PAGES_OF_THEIR_OWN[here], hearing_id=hearing_id))
    hearing, deliberation = in_room(hearing_id)
    form = NoteForm(deliberation.note_on(here))
    if form.validate_on_submit() and form.carry_out(deliberation.note, here, form.words.data, by=me()):
        return redirect(url_for("deliberations.step", hearing_id=hearing_id, number=number + 1))
    return room_page("deliberations/step.html", form, hearing, number=number, here=here)


_PAGES_OF_THEIR_OWN = {TableStep.CHOOSE: "deliberations.plan", TableStep.VERDICT: "deliberations.findings"}


@bp.route("/plan", methods=["GET", "POST"])
@permitted(Permission.DELIBERATE)
def plan(hearing_id):
    hearing, deliberation = in_room(hearing_id)
    form = PlanForm.of(deliberation)
    if form.validate_on_submit() and form.carry_out(
        deliberating.write_plan, deliberation, form.lines, seen=form.seen.data, by=me()
    ):
        flash(_("Plan saved."))
        return redirect(url_for("deliberations.findings", hearing_id=hearing_id))
    return room_page(
        "deliberations/plan.html", form, hearing, grid=deliberation.grid, spread=deliberation.spread
    )


@bp.route("/findings", methods=["GET", "POST"])
@permitted(Permission.DELIBERATE)
def findings(hearing_id):
    hearing, deliberation = in_room(hearing_id)
    form = FindingsForm(deliberation)
    if form.validate_on_submit() and form.carry_out(
        deliberating.write_findings, deliberation, form.answers, seen=form.seen.data, by=me()
    ):
        flash(_("Findings saved."))
        return redirect(url_for("deliberations.check", hearing_id=hearing_id))
    return room_page(
        "deliberations/findings.html",
        form,
        hearing,
        questions=list(Question),
        answers=list(Answer),
        spread=deliberation.spread,
    )


@bp.route("/check")
@permitted(Permission.DELIBERATE)
def check(hearing_id):
    """The decision as the young person will read it, in either language, with hints that stop nobody."""
    hearing, deliberation = in_room(hearing_id)
    asked = request.args.get("language")
    reads = asked if asked in LANGUAGES else reader_language()
    with speaking(reads):
        return room_page(
            "deliberations/check.html",
            None,
            hearing,
            language=reads,
            hints=plain_words.hints_on(plain_words.words_of(deliberation)),
            why_not_call=deliberation.why_not_call_vote(me()),
        )


@bp.route("/send", methods=["GET", "POST"])
@permitted(Permission.DELIBERATE)
def send(hearing_id):
    hearing, deliberation = in_room(hearing_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(deliberation.decide, by=me()):
        Draft.forget_page(hearing.session, url_for("deliberations.alone", hearing_id=hearing_id))
        flash(_("The plan is with the judge. Now read it out."))
        return redirect(url_for("deliberations.reading", hearing_id=hearing_id))
    return room_page(
        "deliberations/send.html",
        form,
        hearing,
        measured=signing.measure(deliberation.proposals, deliberation),
        why_not_send=deliberation.why_not_decide(me()),
    )


@bp.route("/reading")
@permitted(Permission.DELIBERATE)
def reading(hearing_id):
    """The decision to read out, one thought a page, in large letters; not one that is thought about again."""
    hearing, deliberation = in_room(hearing_id)
    if not deliberation.is_decided:
        return redirect(place(hearing))
    last = len(deliberation.findings) + len(deliberation.proposals) + 2
    number = min(max(request.args.get("page", 1, type=int), 1), last)
    return room_page("deliberations/reading.html", None, hearing, number=number, last=last)


# The panel


@bp.route("/step-aside", methods=["GET", "POST"])
@permitted(Permission.DELIBERATE)
def step_aside(hearing_id):
    """I know somebody here."""
    hearing, deliberation = in_room(hearing_id)
    form = StepAsideForm()
    if form.validate_on_submit() and form.carry_out(
        deliberating.step_aside, deliberation, form.reason.data, by=me()
    ):
        Draft.forget_case(me(), hearing.case_id)
        flash(_("Thank you for saying so. You no longer decide this case. Please tell the coordinator."))
        return redirect(url_for("desk.show"))
    why_not = deliberation.why_not_change(me())
    return room_page("deliberations/step_aside.html", form, hearing, why_not=why_not)


@bp.route("/reserve", methods=["GET", "POST"])
@permitted(Permission.DELIBERATE)
def take_over(hearing_id):
    """A reserve who heard the case decides in the place of somebody who left."""
    hearing, deliberation = in_room(hearing_id)
    form = TakeOverForm(hearing.panel)
    if form.validate_on_submit() and form.carry_out(deliberation.let_take_over, form.reserve.record, by=me()):
        flash(_("%(name)s decides with you now.", name=form.reserve.record.juror.person.short_name))
        return redirect(place(hearing))
    why_not = deliberation.why_not_lead(me()) or deliberation.why_not_fill_up()
    return room_page("deliberations/take_over.html", form, hearing, why_not=why_not)
