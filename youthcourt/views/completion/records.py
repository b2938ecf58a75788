"""Old records: what is due, what is kept back, what is sealed and what was destroyed."""

from flask import Blueprint, abort, current_app, flash, redirect, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.documents.completion.destruction_certificate import destruction_certificate
from youthcourt.forms.base import TaskForm
from youthcourt.forms.completion.record import HoldForm, LiftForm, ReasonForm
from youthcourt.i18n import _, reader_language
from youthcourt.models import Case, LegalHold, Letter, LetterKind, Obligation, Person, Purge, seeing_sealed
from youthcourt.models.person import Guardianship
from youthcourt.notices.family import tell_family
from youthcourt.permissions import Permission
from youthcourt.procedures.completion import purging, retaining, sealing
from youthcourt.procedures.completion.ledger import Ledger
from youthcourt.reports.completion import records as record_lists
from youthcourt.views import readings
from youthcourt.views.access import load, me, permitted
from youthcourt.views.page import page
from youthcourt.views.papers import printed

bp = Blueprint("records", __name__, url_prefix="/records")

NOTICES = {LetterKind.SEALING_NOTICE, LetterKind.DESTRUCTION_NOTICE}
# A record with what the rules about it look at.
WHOLE = (
    joinedload(Case.respondent).selectinload(Person.guardianships).joinedload(Guardianship.guardian),
    joinedload(Case.closure),
    joinedload(Case.referral),
    selectinload(Case.holds).joinedload(LegalHold.placed_by),
    selectinload(Case.obligations).joinedload(Obligation.activity),
)


def _seeing():
    """As far as this reader may see."""
    return seeing_sealed(me().may(Permission.SEE_SEALED))


def _record(case_id):
    """A closed record of the reader's own court, sealed or not as far as they may see; 404 otherwise."""
    closed = select(Case).where(Case.court_id == me().court_id, Case.closure.has())
    with _seeing():
        return load(closed, case_id, *WHOLE)


def _shown(template, form, case, **context):
    """The page of one task with a record, and the letters that its family got."""
    with _seeing():
        letters = case.session.scalars(
            select(Letter).where(Letter.case_id == case.id, Letter.kind.in_(NOTICES)).order_by(Letter.id)
        ).all()
        return page(template, form, case=case, rule=sealing.rule_for(case), letters=letters, **context)


def _back(words):
    flash(words)
    return redirect(url_for("records.index"))


@bp.route("/")
@permitted(Permission.SEE_RETENTION)
def index():
    with _seeing():
        parts = record_lists.review(me().court)
    return page("records/index.html", parts=parts, is_cool=record_lists.is_cool, reader=me())


@bp.route("/clock", methods=["POST"])
@permitted(Permission.SEAL_CASE)
def work_out():
    retaining.work_out(me().court)
    return _back(_("Everything is worked out anew."))


# Sealing


@bp.route("/<int:case_id>/sealing", methods=["GET", "POST"])
@permitted(Permission.SEAL_CASE, fresh=True)
def seal(case_id):
    case, form = _record(case_id), ReasonForm()
    if form.validate_on_submit() and form.carry_out(sealing.seal, case, form.reason.data, by=me()):
        return _back(_("The record is sealed. Nobody but a named few can find it."))
    return _shown("records/seal.html", form, case, why_not=sealing.why_not_seal(case))


@bp.route("/sealed")
@permitted(Permission.SEE_SEALED)
def sealed():
    with seeing_sealed():
        rows = record_lists.sealed(me().court)
    readings.lists((row.id for row in rows), "sealed")
    return page("records/sealed.html", rows=rows)


@bp.route("/sealed/<int:case_id>/opening", methods=["GET", "POST"])
@permitted(Permission.SEE_SEALED, fresh=True)
def unseal(case_id):
    case, form = _record(case_id), ReasonForm()
    standing = sealing.standing(case) or abort(404)
    with seeing_sealed():
        if form.validate_on_submit() and form.carry_out(sealing.unseal, standing, form.reason.data, by=me()):
            return _back(_("The record is open again."))
        return _shown("records/unseal.html", form, case, standing=standing)


# Letters to the family, before its address goes


@bp.route("/<int:case_id>/notices/<kind>", methods=["POST"])
@permitted(Permission.SEAL_CASE)
def write_notice(case_id, kind):
    case = _record(case_id)
    if kind not in NOTICES:
        abort(404)
    with _seeing():
        letter = tell_family(case, LetterKind(kind), by=me())
        case.session.flush()
    return redirect(url_for("records.notice", letter_id=letter.id))


@bp.route("/letters/<int:letter_id>", methods=["GET", "POST"])
@permitted(Permission.SEAL_CASE)
def notice(letter_id):
    mine = select(Letter).where(Letter.court_id == me().court_id, Letter.kind.in_(NOTICES))
    with _seeing():
        letter = load(mine, letter_id, joinedload(Letter.case))
        form = TaskForm()
        if form.validate_on_submit() and form.carry_out(letter.send, by=me()):
            return _back(_("The letter is noted as sent."))
        return page("records/notice.html", form, letter=letter)


# Holding


@bp.route("/<int:case_id>/hold", methods=["GET", "POST"])
@permitted(Permission.HOLD_CASE)
def hold(case_id):
    case, form = _record(case_id), HoldForm()
    facts = (case, form.reason.data, form.note.data)
    if form.validate_on_submit() and form.carry_out(LegalHold.place, *facts, by=me()):
        return _back(_("Nothing of this record goes until the hold is lifted."))
    return _shown("records/hold.html", form, case)


@bp.route("/<int:case_id>/hold/lifting", methods=["GET", "POST"])
@permitted(Permission.HOLD_CASE)
def lift(case_id):
    case, form = _record(case_id), LiftForm()
    standing = case.hold or abort(404)
    if form.validate_on_submit() and form.carry_out(standing.lift, form.note.data, by=me()):
        return _back(_("The hold is lifted."))
    return _shown("records/lift.html", form, case, standing=standing)


# Destroying: one proposes, another confirms


@bp.route("/<int:case_id>/destruction", methods=["GET", "POST"])
@permitted(Permission.PURGE_CASE, fresh=True)
def propose(case_id):
    case, form = _record(case_id), ReasonForm()
    with _seeing():
        if form.validate_on_submit() and form.carry_out(purging.propose, case, form.reason.data, by=me()):
            return _back(_("Proposed. Another person has to confirm it."))
        return _shown("records/propose.html", form, case, why_not=purging.why_not_propose(case))


def _proposed(case):
    with _seeing():
        return purging.proposal_of(case) or abort(404)


@bp.route("/<int:case_id>/destruction/withdrawal", methods=["POST"])
@permitted(Permission.PURGE_CASE)
def withdraw(case_id):
    with _seeing():
        purging.withdraw(_proposed(_record(case_id)), by=me())
    return _back(_("The record stays."))


@bp.route("/<int:case_id>/destruction/confirmation", methods=["GET", "POST"])
@permitted(Permission.PURGE_CASE, fresh=True)
def confirm(case_id):
    case, form = _record(case_id), TaskForm()
    proposed, ledger = _proposed(case), Ledger(current_app.config["BACKUPS"])
    with _seeing():
        if form.validate_on_submit() and form.carry_out(purging.confirm, proposed, by=me(), ledger=ledger):
            return _back(_("The record is destroyed."))
        why_not = purging.why_not_confirm(proposed, by=me())
        return _shown("records/confirm.html", form, case, proposed=proposed, why_not=why_not)


@bp.route("/destroyed")
@permitted(Permission.SEE_RETENTION)
def destroyed():
    return page("records/destroyed.html", rows=record_lists.destroyed(me().court))


@bp.get("/destroyed/<int:purge_id>/certificate")
@permitted(Permission.SEE_RETENTION)
def certificate(purge_id):
    whole = (joinedload(Purge.court), joinedload(Purge.proposed_by), joinedload(Purge.confirmed_by))
    purge = load(select(Purge).where(Purge.court_id == me().court_id), purge_id, *whole)
    return printed(destruction_certificate(purge, reader_language()), "destruction", purge)
