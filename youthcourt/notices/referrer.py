"""What the referring agency is told about a case, and when. The words are in templates/notices."""

from __future__ import annotations

from typing import Any

from flask import current_app

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _, speaking
from youthcourt.models import Case, CaseStage, Letter, LetterKind, User

_KIND = {
    CaseStage.INTAKE_DUE: LetterKind.ACCEPTANCE,
    CaseStage.DECLINED: LetterKind.DECLINE,
    CaseStage.COMPLETED: LetterKind.DISMISSAL,
    CaseStage.RETURNED: LetterKind.RETURN,
    CaseStage.WITHDRAWN: LetterKind.WITHDRAWAL,
}


def tell_referrer(case: Case, by: User) -> Letter:
    """Write to the referrer what became of a case: taken, not taken, completed, returned, withdrawn."""
    kind = _KIND.get(case.stage)
    if kind is None:
        raise RuleBroken(_("There is nothing to tell the referrer at this stage."))
    referral = case.referral
    to = ", ".join(part for part in (referral.referring_person, referral.agency.name) if part)
    with speaking("en"):  # agencies are written to in English, whoever decides in whatever language
        subject = _written("referrer_subject", number=case.number, day=referral.referred_on)
        body = _body(case, kind)
    return Letter.write(
        case, kind, to_name=to, to_address=referral.agency.address, subject=subject, body=body, by=by
    )


def _body(case: Case, kind: LetterKind) -> str:
    closure = case.closure
    return _written(
        "referrer",
        kind=kind,
        court=case.court.name,
        name=case.respondent.name,
        intake_by=case.intake_by,
        reason=closure.reason if closure else None,
        note=closure.note.strip() if closure else "",
        obligations=case.obligations,
    )


def _written(template: str, **facts: Any) -> str:
    """The words of a template for these facts. No page is behind it, so it knows nothing else."""
    return current_app.jinja_env.get_template(f"notices/{template}.txt").render(facts).strip()
