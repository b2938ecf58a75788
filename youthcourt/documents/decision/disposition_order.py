"""The disposition order: what was found, what has to be done by when, and who signs. No juror is named."""

from __future__ import annotations

from typing import Any

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import (
    LETTERHEAD_NEEDED,
    Paper,
    language_for,
    letterhead,
    local,
    named,
)
from youthcourt.i18n import lazy as _l
from youthcourt.models import ANSWER_WORDS, QUESTION_WORDS, DispositionOrder, Finding, Item, Question
from youthcourt.procedures.decision.certificates import CourtCertificate

ORDER = Kind(
    "disposition_order",
    _l("Disposition order"),
    Phase.DECISION,
    says={
        "respondent": _l("The young person"),
        "guardians": _l("Parents and guardians"),
        "judge": _l("The judge"),
        "agency": _l("Who referred the case"),
        "case_number": _l("The case number"),
        "number": _l("The number of the order"),
        "last_due_on": _l("The last day of the plan"),
        "appeal_until": _l("The last day to ask the judge to look again"),
        "court_name": _l("The name of the court"),
        "court_phone": _l("The court's phone number"),
    },
    texts={
        "when_done": _l(
            "Everything is done by {last_due_on}. The case is then dismissed and {agency} is told so. If you "
            "need more time, call us before a day has passed, not after: {court_phone}."
        ),
        "ask_again": _l(
            "The family can ask the judge to look at parts of this order again until {appeal_until}."
        ),
        "received": _l("It was read aloud and explained. Each of us has received a copy."),
    },
)


def disposition_order(order: DispositionOrder, seal: CourtCertificate | None = None) -> Paper:
    """The order as it stands; a draft says so until the judge has signed. `seal` is what it will bear."""
    case, court, hearing = order.case, order.court, order.deliberation.hearing
    signed_at = local(order.signed_at, court) if order.signed_at else None
    return Paper(
        kind=ORDER,
        title=_l("Disposition order %(number)s", number=order.number)
        if order.number
        else _l("Draft of a disposition order, case %(number)s", number=case.number),
        reference=order.number or case.number,
        language=language_for(case.respondent),
        facts={
            **letterhead(court),
            **({"printed_at": signed_at} if signed_at else {}),
            "number": order.number,
            "case_number": case.number,
            "respondent": named(case.respondent),
            "guardians": [named(each) for each in case.respondent.guardians],
            "judge": order.judge.name,
            "heard_on": local(hearing.held_at, court).date() if hearing.held_at else hearing.sits_on,
            "signed_at": signed_at,
            "amends": order.amends.number if order.amends else None,
            "replaces": order.replaces.number if order.replaces else None,
            "appeal_until": order.appeal_until,
            "seal": _seal(seal),
            "findings": [_finding(order, question) for question in Question],
            "items": [_item(Item(i.activity, i.amount, i.due_on, i.builds)) for i in order.items],
            "differences": [
                {"activity": each.activity.name, "was": _item(each.was), "now": _item(each.now)}
                for each in order.differences()
            ],
            "change_reason": order.change_reason,
            "last_due_on": max((each.due_on for each in order.items), default=None),
            "agency": case.referral.agency.name,
            "digest": order.digest,
        },
        needed=LETTERHEAD_NEEDED
        | {"items": _l("What has to be done"), "guardians": _l("A guardian")}
        | ({"change_reason": _l("Why the plan was changed")} if order.differences() else {}),
        mark="" if order.is_signed else _l("Draft"),
    )


def _finding(order: DispositionOrder, question: Question) -> dict[str, Any]:
    found: Finding | None = order.deliberation.finding_on(question)
    return {
        "question": QUESTION_WORDS[question],
        "answer": ANSWER_WORDS[found.answer] if found else None,
        "reason": found.reason if found else None,
    }


def _seal(seal: CourtCertificate | None) -> dict[str, Any] | None:
    if seal is None:
        return None
    return {"subject": seal.subject, "until": seal.until.date(), "fingerprint": seal.fingerprint}


def _item(item: Item | None) -> dict[str, Any] | None:
    if item is None:
        return None
    return {
        "activity": item.activity.name,
        "amount": item.amount,
        "unit": item.activity.unit,
        "due_on": item.due_on,
        "builds": item.builds,
    }
