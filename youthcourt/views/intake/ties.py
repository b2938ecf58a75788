"""Who is family, lives in one home or knows each other, so that nobody judges or sits beside their own."""

from flask import Blueprint, flash, redirect, request, url_for
from sqlalchemy.orm import contains_eager, joinedload

from youthcourt.extensions import db
from youthcourt.forms.intake.tie import TieForm
from youthcourt.i18n import _
from youthcourt.models import Case, Juror, Person, Tie, TieKind
from youthcourt.permissions import Permission
from youthcourt.procedures.intake.tied import OF_ONE_HOME
from youthcourt.views.access import load, me, permitted
from youthcourt.views.page import page

bp = Blueprint("ties", __name__)

WHO = joinedload(Case.respondent)


@bp.route("/cases/<int:case_id>/ties", methods=["GET", "POST"])
@permitted(Permission.SEAT_PANEL)
def of_case(case_id):
    """The jurors who cannot hear this case."""
    case = load(Case.visible_to(me()), case_id, WHO)
    return _ties(case.respondent, tuple(TieKind), case=case)


@bp.route("/jurors/<int:juror_id>/ties", methods=["GET", "POST"])
@permitted(Permission.SEAT_PANEL)
def of_juror(juror_id):
    """Other jurors who do not sit on one panel with this one. Nothing of anybody's case is shown here."""
    juror = load(Juror.visible_to(me()), juror_id, joinedload(Juror.person))
    return _ties(juror.person, OF_ONE_HOME, juror=juror)


def _ties(person, kinds, **of_whom):
    jurors = {juror.person: juror for juror in _jurors()}
    form = TieForm((juror for other, juror in jurors.items() if other is not person), kinds)
    if form.validate_on_submit():
        other = form.juror.record.person
        facts = {"kind": form.kind.data, "note": form.note.data}
        if form.carry_out(Tie.between, person, other, **facts, by=me()):
            flash(_("Written down: %(name)s. The next draw respects it.", name=other))
            return redirect(request.path)
    noted = db.session.scalars(Tie.of(person).options(joinedload(Tie.person), joinedload(Tie.other)))
    told = [(tie, tie.other_than(person)) for tie in noted if tie.kind in kinds]
    return page("ties/index.html", form, told=[each for each in told if each[1] in jurors], **of_whom)


def _jurors():
    """Everybody who may be drawn, by name."""
    asked = Juror.visible_to(me()).where(Juror.left_on.is_(None)).join(Juror.person)
    by_name = asked.order_by(Person.given_name, Person.family_name, Juror.id)
    return db.session.scalars(by_name.options(contains_eager(Juror.person))).all()


@bp.route("/cases/<int:case_id>/ties/<int:tie_id>/removal", methods=["POST"])
@permitted(Permission.SEAT_PANEL)
def strike_from_case(case_id, tie_id):
    case = load(Case.visible_to(me()), case_id, WHO)
    return _strike(case.respondent, tie_id, url_for("ties.of_case", case_id=case.id))


@bp.route("/jurors/<int:juror_id>/ties/<int:tie_id>/removal", methods=["POST"])
@permitted(Permission.SEAT_PANEL)
def strike_from_juror(juror_id, tie_id):
    juror = load(Juror.visible_to(me()), juror_id, joinedload(Juror.person))
    return _strike(juror.person, tie_id, url_for("ties.of_juror", juror_id=juror.id))


def _strike(person, tie_id, back):
    """Take a tie back that was noted by mistake. One that is gone already was taken back by somebody else."""
    tie = db.session.scalars(Tie.of(person).where(Tie.id == tie_id)).first()
    if tie is not None:
        tie.take_back(by=me())
    flash(_("Taken back."))
    return redirect(back)
