"""Handing a paper out: it gets a code, is sealed where its kind asks for it, and is kept byte for byte.

Printing takes a while and writes nothing; whoever prints keeps the paper afterwards, in a short transaction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from youthcourt import clock
from youthcourt.models import IssuedPaper, PaperState
from youthcourt.procedures.decision.certificates import CourtCertificate
from youthcourt.procedures.paper_codes import address_of_check, code_for, shown_address

from .decision.court_seal import sealed
from .paper import Check, Paper, render_pdf
from .square import square


@dataclass(frozen=True)
class HandedOut:
    """A paper in somebody's hands. `to_keep`: what is to be written down of it; nothing when it is kept."""

    content: bytes
    to_keep: dict[str, Any] = field(default_factory=dict)


def check_for(code: str, seal: CourtCertificate | None) -> Check:
    leads_to = square(f"{address_of_check()}/{code}")
    return Check(code, shown_address(), leads_to, seal.subject if seal else "")


def hand_out(paper: Paper, record: Any, certificate: CourtCertificate | None, by: str = "") -> HandedOut:
    """The paper as it was handed out before; a new one when what it says has changed since.

    `record` is what the paper is made of, `by` stands in its stamp. PaperFailed when it cannot be printed.
    """
    kind, digest, court = paper.kind, paper.digest, record.court
    last = IssuedPaper.last_of(record.session, court.id, kind.name, record.id, paper.language)
    if last and last.facts_digest == digest and last.state is PaperState.GENUINE:
        return HandedOut(last.read())
    number = last.number + 1 if last else 1
    seal = certificate if certificate and certificate.is_valid and kind.sealed else None
    code = code_for(court.id, kind.name, f"{record.id}.{paper.language}.{number}.{digest}")
    content = render_pdf(paper, by, check_for(code, seal))
    if seal:
        content = sealed(content, seal, str(paper.title), court.place, clock.now())
    to_keep = {
        "kind": kind.name,
        "record_id": record.id,
        "language": paper.language,
        "number": number,
        "facts_digest": digest,
        "code": code,
        "court_id": court.id,
        "case_id": getattr(record, "audited_case_id", None),
        "person_id": getattr(record, "person_id", None),
        "certificate": seal.fingerprint if seal else None,
    }
    return HandedOut(content, to_keep)
