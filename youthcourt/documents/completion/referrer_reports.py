"""What the referrer is told when a plan is not kept: facts in the order in which they happened."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import (
    LETTERHEAD_NEEDED,
    Paper,
    known,
    lazy_day,
    letterhead,
    lines_of,
    local,
    named,
)
from youthcourt.errors import RuleBroken
from youthcourt.i18n import LazyString, _
from youthcourt.i18n import lazy as _l
from youthcourt.models import CLOSURE_WORDS, Case, CaseStage, HearingState, IssuedPaper, Obligation, User

from .owed import asked_of, owed
from .plan_letters import PROGRESS_LETTER, WARNING

# What is told of letters that the family was sent.
_LETTERS = {
    PROGRESS_LETTER.name: _l("Letter to the family: how far the plan is"),
    WARNING.name: _l("Letter to the family: what is late"),
}

_SAYS = {
    "respondent": _l("The young person"),
    "number": _l("The case number"),
    "agency": _l("Who referred the case"),
    "dated": _l("The date of the letter"),
    "referred_on": _l("The day of the referral"),
    "order_number": _l("The number of the order"),
    "ordered_on": _l("The day of the order"),
    "court_name": _l("The name of the court"),
    "court_phone": _l("The court's phone number"),
}

NONCOMPLIANCE_REPORT = Kind(
    "noncompliance_report",
    _l("Report on a plan that is not kept"),
    Phase.COMPLETION,
    says=_SAYS,
    texts={
        "lead": _l(
            "This is a report on the plan of {respondent}, whom you referred on {referred_on}. It states "
            "what was ordered, what was done by {dated}, and what we did about what was not."
        ),
        "basis": _l(
            "The figures are those of our records. Hours are counted where an adult at the place vouched for "
            "them."
        ),
        "next": _l(
            "The case is still with this court. If the rest is not done, it will be returned to you with all "
            "papers. Please tell us if you wish otherwise, or know of anything that bears on it: "
            "{court_phone}."
        ),
        "private": _l(
            "This report is about a minor. It is for {agency} alone, to decide about this case, and for no "
            "other use."
        ),
    },
    issued=True,
)

RETURN_TO_REFERRER = Kind(
    "return_to_referrer",
    _l("Return to the referrer"),
    Phase.COMPLETION,
    says=_SAYS | {"closed_on": _l("The day on which the case was returned")},
    texts={
        "lead": _l(
            "{court_name} returns the case of {respondent}, whom you referred on {referred_on}, to you as of "
            "{closed_on}. This court takes no further part in it."
        ),
        "records": _l(
            "What was said in our hearing was said in confidence, and our notes of it stay here. The "
            "agreement to take part says for what its admission may be used."
        ),
        "family": _l("Please tell the family yourselves what happens next: that is no longer ours to say."),
        "private": _l(
            "This letter is about a minor. It is for {agency} alone, to decide about this case, and for no "
            "other use."
        ),
    },
    issued=True,
)


def noncompliance_report(case: Case, by: User | None = None, language: str = "en") -> Paper:
    """Each part of the plan as it was ordered and as it stands, and what the court did about it."""
    return Paper(
        kind=NONCOMPLIANCE_REPORT,
        title=_l("Report on the plan, case %(number)s", number=case.number),
        reference=case.number,
        language=known(language),
        facts={**_of(case, by), "dated": case.court.today},
        needed=_NEEDED,
    )


def return_to_referrer(case: Case, by: User | None = None, language: str = "en") -> Paper:
    """That the case goes back, why, and what was done until then."""
    if case.stage is not CaseStage.RETURNED or case.closure is None:
        raise RuleBroken(_("This letter can be printed once the case is returned."))
    return Paper(
        kind=RETURN_TO_REFERRER,
        title=_l("Return of case %(number)s", number=case.number),
        reference=case.number,
        language=known(language),
        facts={
            **_of(case, by),
            "dated": case.closure.closed_on,
            "closed_on": case.closure.closed_on,
            "reason": CLOSURE_WORDS[case.closure.reason],
            "note": lines_of(case.closure.note),
        },
        needed={name: words for name, words in _NEEDED.items() if name != "items"},
    )


_NEEDED = LETTERHEAD_NEEDED | {
    "address": _l("The address of the referrer"),
    "items": _l("What has to be done"),
    "signed_by": _l("Who signs the letter"),
}


def _of(case: Case, by: User | None) -> dict[str, Any]:
    referral, order = case.referral, case.order
    names = [each for each in (referral.referring_person, referral.agency.name) if each]
    return {
        **letterhead(case.court),
        "recipients": [{"name": name, "lang": "en"} for name in names],
        "address": lines_of(referral.agency.address),
        "number": case.number,
        "respondent": named(case.respondent),
        "agency": referral.agency.name,
        "agency_reference": referral.agency_reference,
        "referred_on": referral.referred_on,
        "order_number": order.number if order else None,
        "ordered_on": local(order.signed_at, case.court).date() if order and order.signed_at else None,
        "items": [_part(each) for each in asked_of(case)],
        "steps": [{"on": on, "what": what} for on, what in sorted(_steps(case), key=lambda step: step[0])],
        "signed_by": by.name if by else None,
    }


def _part(obligation: Obligation) -> dict[str, Any]:
    """One part: by when it was first asked, and what was done last."""
    last = [each.done_on for each in obligation.service_records if each.amount > 0]
    first_due_on = obligation.extensions[0].was_on if obligation.extensions else obligation.due_on
    return {**owed(obligation), "first_due_on": first_due_on, "last_done_on": max(last, default=None)}


def _steps(case: Case) -> list[tuple[date, LazyString]]:
    """What the court did and what it waited for, each with its day."""
    steps = [
        (hearing.sits_on, _l("Hearing set; the family did not come"))
        for hearing in case.hearings
        if hearing.state is HearingState.FAILED_TO_APPEAR
    ]
    steps += _letters(case)
    for each in asked_of(case):
        steps += [
            (
                local(given.extended_at, case.court).date(),
                _l(
                    "More time given: %(what)s, until %(day)s",
                    what=each.activity.name,
                    day=lazy_day(given.now_on),
                ),
            )
            for given in each.extensions
        ]
    return steps


def _letters(case: Case) -> list[tuple[date, LazyString]]:
    """The letters about the plan that were handed out and not taken back."""
    of_plan = select(IssuedPaper.kind, IssuedPaper.issued_at).where(
        IssuedPaper.court_id == case.court_id,
        IssuedPaper.case_id == case.id,
        IssuedPaper.kind.in_(_LETTERS),
        ~IssuedPaper.withdrawal.has(),
    )
    found = case.session.execute(of_plan).all()
    return [(local(row.issued_at, case.court).date(), _LETTERS[row.kind]) for row in found]
