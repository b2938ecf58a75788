"""To the referrer: the case is dismissed, and what was done until then."""

from __future__ import annotations

from typing import Any

from youthcourt.documents.family import dated
from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import LETTERHEAD_NEEDED, Paper, letterhead, lines_of, local, named
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models import Case, CaseStage, Hearing, Obligation

FINAL_REPORT = Kind(
    "final_report",
    _l("Dismissal and final report"),
    Phase.COMPLETION,
    says={
        "court_name": _l("The name of the court"),
        "court_phone": _l("The court's phone number"),
        "number": _l("The case number"),
        "respondent": _l("The young person"),
        "agency": _l("Who referred the case"),
        "closed_on": _l("The day the case ended"),
        "referred_on": _l("The day of the referral"),
        "order_number": _l("The number of the order"),
    },
    texts={
        "lead": _l(
            "{respondent} has done what the panel asked and the judge ordered. The case that you referred to "
            "us on {referred_on} is **dismissed**."
        ),
        "asks": _l(
            "Please close your file and note the dismissal in your records, so that nothing more is asked of "
            "{respondent} because of it."
        ),
        "secret": _l(
            "This report names a young person. Please keep it where only those can read it who work on the "
            "referral. What was said at the hearing is confidential and not part of it."
        ),
        "questions": _l("Questions about this report: {court_name}, {court_phone}."),
    },
    issued=True,
)


def final_report(case: Case) -> Paper:
    """What was ordered, what was done, when it ended, and who says so."""
    if case.stage is not CaseStage.COMPLETED or case.closure is None:
        raise RuleBroken(_("The final report can be printed once the case is completed."))
    referral, court, closure = case.referral, case.court, case.closure
    hearing = next((each for each in reversed(case.hearings) if each.is_held), None)
    return Paper(
        kind=FINAL_REPORT,
        title=_l("Dismissal and final report, case %(number)s", number=case.number),
        reference=case.number,
        facts={
            **letterhead(court),
            "dated": dated(court),
            "recipients": [
                {"name": name, "lang": "en"}
                for name in (referral.referring_person, referral.agency.name)
                if name.strip()
            ],
            "address": lines_of(referral.agency.address),
            "number": case.number,
            "agency": referral.agency.name,
            "agency_reference": referral.agency_reference,
            "respondent": named(case.respondent),
            "offence": case.offence.name,
            "referred_on": referral.referred_on,
            "heard_on": _heard_on(hearing) if hearing else None,
            "order_number": case.order.number if case.order else None,
            "closed_on": closure.closed_on,
            "items": [_item(each) for each in case.obligations if each.is_asked or each.excusal],
            "judge": closure.closed_by.name,
            "coordinator": case.completion_review.asked_by.name if case.completion_review else None,
        },
        needed=LETTERHEAD_NEEDED
        | {
            "address": _l("The address of the referrer"),
            "coordinator": _l("The coordinator who asked for the dismissal"),
        },
    )


def _heard_on(hearing: Hearing) -> Any:
    return local(hearing.held_at, hearing.court).date() if hearing.held_at else hearing.sits_on


def _item(owed: Obligation) -> dict[str, Any]:
    done = [each.done_on for each in owed.service_records if each.amount > 0]
    return {
        "activity": owed.activity.name,
        "unit": owed.activity.unit,
        "owed": owed.amount_owed,
        "done": owed.amount_done,
        "is_excused": owed.excusal is not None,
        "done_on": max(done, default=None),
    }
