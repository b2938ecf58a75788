"""What the referring agency is told about a case, and when."""

from __future__ import annotations

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models import CLOSURE_WORDS, Case, CaseStage, Letter, LetterKind, User

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
    subject = _(
        "Case %(number)s, your referral of %(day)s", number=case.number, day=case.referral.referred_on
    )
    referral = case.referral
    to = ", ".join(part for part in (referral.referring_person, referral.agency.name) if part)
    body = "\n\n".join(_paragraphs(case, kind))
    return Letter.write(
        case, kind, to_name=to, to_address=referral.agency.address, subject=subject, body=body, by=by
    )


def _paragraphs(case: Case, kind: LetterKind) -> list[str]:
    name, court = case.respondent.name, case.court
    if kind is LetterKind.ACCEPTANCE:
        return [
            _("%(court)s has accepted your referral of %(name)s.", court=court, name=name),
            _("We will meet the family by %(day)s and tell you the outcome.", day=case.intake_by),
        ]
    closure = case.closure
    assert closure is not None, "the case is closed"
    why = str(CLOSURE_WORDS[closure.reason])
    opening = {
        LetterKind.DECLINE: _(
            "%(court)s has not accepted your referral of %(name)s.", court=court, name=name
        ),
        LetterKind.DISMISSAL: _("%(name)s has completed the plan. The case is dismissed.", name=name),
        LetterKind.RETURN: _("%(court)s returns the case of %(name)s to you.", court=court, name=name),
        LetterKind.WITHDRAWAL: _(
            "The family of %(name)s has withdrawn from %(court)s.", name=name, court=court
        ),
    }[kind]
    return [opening, *_reason(kind, why), *_done(case), *([closure.note] if closure.note else [])]


def _reason(kind: LetterKind, why: str) -> list[str]:
    return [] if kind is LetterKind.DISMISSAL else [_("Reason: %(why)s.", why=why)]


def _done(case: Case) -> list[str]:
    if not case.obligations:
        return []
    lines = [f"{o.activity}: {o.amount_done} / {o.amount_owed} ({o.activity.unit})" for o in case.obligations]
    return [_("What was done:") + "\n" + "\n".join(lines)]
