"""Papers as PDF, and what is missing on one before it is printed."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, url_for
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.documents import shelf
from youthcourt.documents.handing_out import hand_out
from youthcourt.documents.intake.extra_paper import extra_paper
from youthcourt.documents.kinds import KINDS
from youthcourt.documents.paper import Paper, initialed
from youthcourt.extensions import db
from youthcourt.forms.paper import WithdrawPaperForm
from youthcourt.i18n import _
from youthcourt.models import STATE_OF_PAPER_WORDS, Case, ExtraPaper, Hearing, IssuedPaper, WordForm
from youthcourt.permissions import Permission
from youthcourt.procedures.decision.certificates import Certificates
from youthcourt.procedures.paper_codes import shown_address
from youthcourt.reports import papers as lists

from . import readings
from .access import load, me, permitted
from .completion import printing as completion
from .court import printing as court
from .decision import printing as decision
from .intake import printing as intake
from .jury import printing as jury
from .page import page
from .printing import CASE, Printing

bp = Blueprint("papers", __name__, url_prefix="/papers")

# Browsers show a PDF in a small page of their own, which our strict policy would keep empty.
POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"

MOST_EXTRA = 100
EXTRA = (
    joinedload(Case.court),
    selectinload(Case.obligations),
    selectinload(Case.hearings).joinedload(Hearing.court_session),
)

# Every kind of paper, by the name that stands in its address.
PRINTING: dict[str, Printing] = {
    **intake.PRINTING,
    **jury.PRINTING,
    **court.PRINTING,
    **decision.PRINTING,
    **completion.PRINTING,
}


@bp.get("/<kind>/<int:record_id>")
@permitted(Permission.PRINT_PAPER, Permission.PRINT_OWN_PAPER, Permission.SEE_OWN_SITTINGS)
def show(kind, record_id):
    known, record = _printable(kind, record_id)
    if kept := known.kept(record):
        return as_pdf(kept.read(), known.stem, record.number)
    return printed(known.make(record, me()), known.stem, record)


def printed(paper: Paper, stem: str, record: Any) -> Response:
    """The paper as a PDF in the browser. What the office prints says who printed it.

    It is kept as it is handed out now, where its kind asks for that.
    """
    reader = me()
    by = initialed(reader.name) if reader.may(Permission.PRINT_PAPER) else ""
    if not (paper.kind.issued and paper.is_final):
        return as_pdf(shelf.printed(paper, reader.court_id, by), stem, paper.reference)
    certificate = Certificates(current_app.config["CERTIFICATES"]).of(record.court)
    paper_in_hand = hand_out(paper, record, certificate, by)
    readings.hands_out(paper_in_hand)
    return as_pdf(paper_in_hand.content, stem, paper.reference)


def as_pdf(content: bytes, stem: str, reference: str | None) -> Response:
    """A PDF in the browser; its name says the kind and the reference, and names nobody."""
    name = f"{stem}-{reference}.pdf"
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Content-Security-Policy": POLICY,
        "Cache-Control": "no-store",
    }
    return Response(content, mimetype="application/pdf", headers=headers)


@bp.get("/<kind>/<int:record_id>/check")
@permitted(Permission.PRINT_PAPER, Permission.PRINT_OWN_PAPER, Permission.SEE_OWN_SITTINGS)
def check(kind, record_id):
    known, record = _printable(kind, record_id)
    paper = known.make(record, me())
    return page("papers/check.html", paper=paper, missing=paper.missing, kind=kind, record_id=record_id)


@bp.get("/own/<int:extra_id>/<int:case_id>")
@permitted(Permission.HOLD_INTAKE)
def extra(extra_id, case_id):
    case = load(Case.visible_to(me()), case_id, *CASE, *EXTRA)
    paper = extra_paper(load(ExtraPaper.visible_to(me()), extra_id), case)
    readings.prints(case, "extra_paper")
    return printed(paper, "own", case)


@bp.get("/of-case/<int:case_id>")
@permitted(Permission.WITHDRAW_PAPER)
def handed_out(case_id):
    case = load(Case.visible_to(me()), case_id)
    facts = {"kinds": KINDS, "states": STATE_OF_PAPER_WORDS, "papers": lists.handed_out(case)}
    facts |= {"extra": _own(ExtraPaper), "word_forms": _own(WordForm)}
    return page("papers/handed_out.html", case=case, address=shown_address(), **facts)


def _own(model):
    """The court's own papers or forms, by name."""
    return db.session.scalars(model.visible_to(me()).order_by(model.name).limit(MOST_EXTRA)).all()


@bp.get("/kept/<int:paper_id>")
@permitted(Permission.WITHDRAW_PAPER)
def kept(paper_id):
    paper = load(IssuedPaper.visible_to(me()), paper_id)
    return as_pdf(paper.read(), "paper", paper.code or f"{paper.id}")


@bp.route("/kept/<int:paper_id>/withdrawal", methods=["GET", "POST"])
@permitted(Permission.WITHDRAW_PAPER)
def withdraw(paper_id):
    paper = load(IssuedPaper.visible_to(me()), paper_id, *lists.STANDING)
    form = WithdrawPaperForm()
    if form.validate_on_submit() and form.carry_out(paper.withdraw, form.reason.data, by=me()):
        flash(_("The paper is withdrawn."))
        return redirect(_papers_of(paper))
    title = KINDS[paper.kind].title if paper.kind in KINDS else paper.kind
    return page("papers/withdraw.html", form, paper=paper, title=title, why_not=paper.why_not_withdraw())


def _papers_of(paper):
    if paper.case_id is None:
        return url_for("desk.show")
    return url_for("papers.handed_out", case_id=paper.case_id)


def _printable(kind: str, record_id: int) -> tuple[Printing, Any]:
    """A kind of paper and the record it is about, for whoever may print it."""
    known, reader = PRINTING.get(kind), me()
    if known is None:
        abort(404)
    if not any(reader.may(permission) for permission in known.permissions):
        abort(403)
    record = load(known.printable(reader), record_id, *known.options)
    readings.prints(record, kind)
    return known, record
