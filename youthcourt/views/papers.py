"""Papers as PDF, and what is missing on one before it is printed."""

from typing import Any

from flask import Blueprint, Response, abort

from youthcourt.documents import shelf
from youthcourt.documents.paper import Paper, initialed
from youthcourt.permissions import Permission

from . import readings
from .access import load, me, permitted
from .completion import printing as completion
from .court import printing as court
from .decision import printing as decision
from .intake import printing as intake
from .page import page
from .printing import Printing

bp = Blueprint("papers", __name__, url_prefix="/papers")

# Browsers show a PDF in a small page of their own, which our strict policy would keep empty.
POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"

# Every kind of paper, by the name that stands in its address.
PRINTING: dict[str, Printing] = {
    **intake.PRINTING,
    **court.PRINTING,
    **decision.PRINTING,
    **completion.PRINTING,
}


@bp.get("/<kind>/<int:record_id>")
@permitted(Permission.PRINT_PAPER, Permission.PRINT_OWN_PAPER)
def show(kind, record_id):
    known, record = _printable(kind, record_id)
    if kept := known.kept(record):
        return as_pdf(kept.read(), known.stem, kept.order.number)
    return printed(known.make(record, me()), known.stem)


def printed(paper: Paper, stem: str) -> Response:
    """The paper as a PDF in the browser. What the office prints says who printed it."""
    reader = me()
    by = initialed(reader.name) if reader.may(Permission.PRINT_PAPER) else ""
    return as_pdf(shelf.printed(paper, reader.court_id, by), stem, paper.reference)


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
@permitted(Permission.PRINT_PAPER, Permission.PRINT_OWN_PAPER)
def check(kind, record_id):
    known, record = _printable(kind, record_id)
    paper = known.make(record, me())
    return page("papers/check.html", paper=paper, missing=paper.missing, kind=kind, record_id=record_id)


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
