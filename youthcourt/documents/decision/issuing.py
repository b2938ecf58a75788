"""Signing an order together with its papers: the bytes are fixed at that moment, and kept.

Setting a paper takes long, and on SQLite everybody who writes waits for whoever writes. So an order is signed
twice: once to know what its papers will say, which is undone; then, when they are printed and sealed, in
earnest. When anything of it fails nothing is signed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from youthcourt import clock
from youthcourt.documents.handing_out import check_for
from youthcourt.documents.paper import Paper, html_of, print_html
from youthcourt.errors import ChangedMeanwhile
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models import DispositionOrder, IssuedPaper, PaperKind, User
from youthcourt.procedures.decision.certificates import CourtCertificate
from youthcourt.procedures.paper_codes import code_for

from .court_seal import sealed
from .disposition_order import disposition_order
from .plain_copy import plain_copy

Sign = Callable[[datetime], DispositionOrder]


@dataclass(frozen=True)
class Said:
    """What one paper of an order will say."""

    kind: PaperKind
    language: str
    code: str
    html: tuple[str, ...]


@dataclass(frozen=True)
class Rehearsed:
    """What signing would come to: the moment, the papers, and what is needed to seal them."""

    at: datetime
    papers: tuple[Said, ...]
    seal: CourtCertificate | None
    reason: str
    place: str


@dataclass(frozen=True)
class Printed:
    """The papers of an order that is about to be signed, finished."""

    rehearsed: Rehearsed
    contents: tuple[bytes, ...]


def rehearse(sign: Sign, seal: CourtCertificate | None) -> Rehearsed:
    """Sign, to know what is said then. Whoever calls undoes it."""
    at, seal = clock.now(), seal if seal and seal.is_valid else None
    order = sign(at)
    reason = str(_l("Order %(number)s", number=order.number))
    return Rehearsed(at, _papers_of(order, seal), seal, reason, order.court.place)


def print_all(rehearsed: Rehearsed) -> Printed:
    """Set the papers and seal the order. PaperFailed when one cannot be made. Touches no database."""
    contents = []
    for paper in rehearsed.papers:
        content = print_html(list(paper.html))
        if rehearsed.seal and paper.kind is PaperKind.ORDER:
            content = sealed(content, rehearsed.seal, rehearsed.reason, rehearsed.place, rehearsed.at)
        contents.append(content)
    return Printed(rehearsed, tuple(contents))


def sign_as_printed(sign: Sign, printed: Printed, by: User) -> DispositionOrder:
    """Sign in earnest and keep the papers, if they still say what the order says."""
    rehearsed = printed.rehearsed
    order = sign(rehearsed.at)
    if _papers_of(order, rehearsed.seal) != rehearsed.papers:
        raise ChangedMeanwhile(_("The order changed since you opened it. Read it once more, then sign."))
    for said, content in zip(rehearsed.papers, printed.contents, strict=True):
        seal = rehearsed.seal if said.kind is PaperKind.ORDER else None
        IssuedPaper.keep(
            order,
            said.kind,
            content,
            said.language,
            by=by,
            code=said.code,
            certificate=seal.fingerprint if seal else None,
        )
    return order


def issue(order: DispositionOrder, by: User) -> None:
    """Print and keep the papers of an order that is signed, without a seal."""
    rehearsed = Rehearsed(clock.now(), _papers_of(order, None), None, "", "")
    for said, content in zip(rehearsed.papers, print_all(rehearsed).contents, strict=True):
        IssuedPaper.keep(order, said.kind, content, said.language, by=by, code=said.code)


def _papers_of(order: DispositionOrder, seal: CourtCertificate | None) -> tuple[Said, ...]:
    made: tuple[tuple[PaperKind, Paper], ...] = (
        (PaperKind.ORDER, disposition_order(order, seal)),
        (PaperKind.PLAIN_COPY, plain_copy(order)),
    )
    return tuple(_said(order, kind, paper, seal) for kind, paper in made)


def _said(order: DispositionOrder, kind: PaperKind, paper: Paper, seal: CourtCertificate | None) -> Said:
    code = code_for(order.court_id, kind, f"{order.number}")
    check = check_for(code, seal if kind is PaperKind.ORDER else None)
    return Said(kind, paper.language, code, tuple(html_of(paper, check=check)))
