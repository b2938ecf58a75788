"""Papers as PDF, and what is missing on one before it is printed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort
from sqlalchemy import ColumnElement, Select, exists, or_, select, true
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from youthcourt.documents.completion.completion_certificate import completion_certificate
from youthcourt.documents.court.docket import docket, docket_for_jurors
from youthcourt.documents.court.evening_sheets import room_sheets, sign_in_sheets
from youthcourt.documents.court.hearing_notice import hearing_notice
from youthcourt.documents.court.hearing_script import hearing_script
from youthcourt.documents.decision.deliberation_sheet import deliberation_sheet
from youthcourt.documents.decision.disposition_order import disposition_order
from youthcourt.documents.decision.plain_copy import plain_copy
from youthcourt.documents.intake.decision_letter import decision_letter
from youthcourt.documents.paper import Paper, render_pdf
from youthcourt.i18n import reader_language
from youthcourt.models import (
    Case,
    Court,
    CourtSession,
    Deliberation,
    DispositionOrder,
    Hearing,
    IssuedPaper,
    Juror,
    Letter,
    Panel,
    PaperKind,
    Person,
    Referral,
    Seat,
    Sitting,
    User,
)
from youthcourt.models.person import Guardianship
from youthcourt.permissions import Permission, Role

from . import readings
from .access import load, me, permitted
from .page import page

bp = Blueprint("papers", __name__, url_prefix="/papers")

# Browsers show a PDF in a small page of their own, which our strict policy would keep empty.
POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


# Whose business a record is, for printing


def _announced_to(user: User) -> Select[Hearing]:
    """Hearings of the cases that the reader follows; a judge's notices are the coordinator's to send."""
    return select(Hearing).where(Hearing.case_id.in_(Case.visible_to(user).with_only_columns(Case.id)))


def _run_by(user: User) -> Select[Hearing]:
    """Hearings that the reader runs. Who only sits in one has no papers about it."""
    mine: list[ColumnElement[bool]] = [Hearing.judge_id == user.id]
    if Role.COORDINATOR in user.roles:
        mine.append(true())
    return select(Hearing).where(Hearing.court_id == user.court_id, or_(*mine))


def _days_of(user: User) -> Select[CourtSession]:
    """Days on which the reader hears a case; for coordinators every day of their court."""
    mine: list[ColumnElement[bool]] = [
        exists().where(Hearing.court_session_id == CourtSession.id, Hearing.judge_id == user.id)
    ]
    if Role.COORDINATOR in user.roles:
        mine.append(true())
    return select(CourtSession).where(CourtSession.court_id == user.court_id, or_(*mine))


def _orders_of(user: User) -> Select[DispositionOrder]:
    """Signed orders of the reader's cases; a draft only for its judge and the coordinator."""
    visible = DispositionOrder.visible_to(user)
    if Role.COORDINATOR in user.roles:
        return visible
    return visible.where(or_(DispositionOrder.signed_at.is_not(None), DispositionOrder.judge_id == user.id))


# What each paper needs to be loaded with

_FAMILY = joinedload(Case.respondent).selectinload(Person.guardianships).joinedload(Guardianship.guardian)
_CASE = (
    _FAMILY,
    joinedload(Case.offence),
    joinedload(Case.referral).joinedload(Referral.agency),
)
_PANEL = selectinload(Panel.seats).joinedload(Seat.juror).joinedload(Juror.person)
_HEARING = (
    joinedload(Hearing.court),
    joinedload(Hearing.court_session).selectinload(CourtSession.docket_versions),
    joinedload(Hearing.block),
    joinedload(Hearing.room),
    joinedload(Hearing.judge),
    joinedload(Hearing.case).options(*_CASE, selectinload(Case.persons_harmed)),
    selectinload(Hearing.panels).options(_PANEL),
)
_DAY = (
    joinedload(CourtSession.court),
    selectinload(CourtSession.rooms),
    selectinload(CourtSession.docket_versions),
    selectinload(CourtSession.hearings).options(
        joinedload(Hearing.block),
        joinedload(Hearing.room),
        joinedload(Hearing.judge).selectinload(User.grants),
        joinedload(Hearing.case).options(_FAMILY, joinedload(Case.offence), selectinload(Case.agreements)),
        selectinload(Hearing.panels).options(_PANEL),
    ),
)
_ORDER = (
    joinedload(DispositionOrder.court),
    joinedload(DispositionOrder.judge),
    joinedload(DispositionOrder.case).options(*_CASE),
    joinedload(DispositionOrder.deliberation).options(
        joinedload(Deliberation.hearing),
        selectinload(Deliberation.findings),
        selectinload(Deliberation.proposals),
    ),
    selectinload(DispositionOrder.items),
    selectinload(DispositionOrder.papers),
    joinedload(DispositionOrder.replaces),
)


@dataclass(frozen=True)
class Kind:
    """One kind of paper: who may print it, of which records, and how it is made."""

    stem: str
    permissions: tuple[Permission, ...]
    printable: Callable[[User], Select[Any]]
    make: Callable[[Any, User], Paper]
    options: tuple[ORMOption, ...] = ()
    # The paper as it was handed out, where it was kept: then this is printed, and nothing is made anew.
    kept: Callable[[Any], IssuedPaper | None] = lambda record: None


def _of(make: Callable[[Any], Paper]) -> Callable[[Any, User], Paper]:
    """A paper that is the same for every reader."""
    return lambda record, reader: make(record)


def _spoken(make: Callable[[Any, str], Paper]) -> Callable[[Any, User], Paper]:
    """A paper for whoever works with it, in the language that they have chosen for their pages."""
    return lambda record, reader: make(record, reader_language())


def _own_docket(day: CourtSession, reader: User) -> Paper:
    """The whole day for a coordinator; for a judge the hearings they hear."""
    return docket(day, judge=None if reader.is_staff else reader, language=reader_language())


def _own_notice(hearing: Hearing, reader: User) -> Paper:
    """Every envelope for the office. One of the family gets theirs: where the others live is not told."""
    return hearing_notice(hearing, to=None if reader.may(Permission.PLACE_HEARING) else reader.person)


KINDS = {
    "hearing_notice": Kind(
        "notice",
        (Permission.PLACE_HEARING, Permission.PRINT_OWN_PAPER),
        _announced_to,
        _own_notice,
        _HEARING,
    ),
    "docket": Kind(
        "docket",
        (Permission.SEE_DOCKET,),
        _days_of,
        _own_docket,
        _DAY,
    ),
    "docket_for_jurors": Kind(
        "jurors",
        (Permission.KEEP_SESSION,),
        _days_of,
        _spoken(docket_for_jurors),
        _DAY,
    ),
    "sign_in_sheets": Kind(
        "sign-in",
        (Permission.KEEP_SESSION,),
        _days_of,
        _spoken(sign_in_sheets),
        (*_DAY, selectinload(CourtSession.sittings).joinedload(Sitting.juror).joinedload(Juror.person)),
    ),
    "room_sheets": Kind(
        "rooms",
        (Permission.KEEP_SESSION,),
        _days_of,
        _spoken(room_sheets),
        (
            *_DAY,
            joinedload(CourtSession.court).options(selectinload(Court.activities), selectinload(Court.grid)),
            selectinload(CourtSession.hearings).selectinload(Hearing.interpreters),
        ),
    ),
    "hearing_script": Kind(
        "script",
        (Permission.RUN_HEARING,),
        _run_by,
        _spoken(hearing_script),
        _HEARING,
    ),
    "deliberation_sheet": Kind(
        "sheet",
        (Permission.RUN_HEARING,),
        _run_by,
        _spoken(deliberation_sheet),
        _HEARING,
    ),
    "disposition_order": Kind(
        "order",
        (Permission.PRINT_PAPER, Permission.PRINT_OWN_PAPER),
        _orders_of,
        _of(disposition_order),
        _ORDER,
        lambda order: order.paper(PaperKind.ORDER),
    ),
    "plain_copy": Kind(
        "plan",
        (Permission.PRINT_PAPER, Permission.PRINT_OWN_PAPER),
        _orders_of,
        _of(plain_copy),
        _ORDER,
        lambda order: order.paper(PaperKind.PLAIN_COPY),
    ),
    "completion_certificate": Kind(
        "certificate",
        (Permission.CLOSE_CASE, Permission.PRINT_OWN_PAPER),
        Case.visible_to,
        _of(completion_certificate),
        (_FAMILY, joinedload(Case.court)),
    ),
    "decision_letter": Kind(
        "letter",
        (Permission.SCREEN_CASE,),
        Letter.visible_to,
        _of(decision_letter),
        (joinedload(Letter.court), joinedload(Letter.case), joinedload(Letter.written_by)),
    ),
}


@bp.get("/<kind>/<int:record_id>")
@permitted(Permission.PRINT_PAPER, Permission.PRINT_OWN_PAPER)
def show(kind, record_id):
    known, record = _printable(kind, record_id)
    if kept := known.kept(record):
        return as_pdf(kept.read(), known.stem, kept.order.number)
    return printed(known.make(record, me()), known.stem)


def printed(paper: Paper, stem: str) -> Response:
    """The paper as a PDF in the browser."""
    return as_pdf(render_pdf(paper), stem, paper.reference)


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


def _printable(kind: str, record_id: int) -> tuple[Kind, Any]:
    """A kind of paper and the record it is about, for whoever may print it."""
    known, reader = KINDS.get(kind), me()
    if known is None:
        abort(404)
    if not any(reader.may(permission) for permission in known.permissions):
        abort(403)
    record = load(known.printable(reader), record_id, *known.options)
    readings.prints(record, kind)
    return known, record
