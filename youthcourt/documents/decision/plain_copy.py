"""The respondent's copy of an order, in plain words and large letters: what, by when, and whom to ask."""

from __future__ import annotations

from typing import Any

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import (
    LETTERHEAD_NEEDED,
    Paper,
    language_for,
    letterhead,
    local,
)
from youthcourt.i18n import lazy as _l
from youthcourt.models import DispositionOrder, OrderItem

PLAIN_COPY = Kind(
    "plain_copy",
    _l("The plan in plain words"),
    Phase.DECISION,
    says={
        "given_name": _l("The young person's first name"),
        "judge": _l("The judge"),
        "agency": _l("Who referred the case"),
        "number": _l("The number of the order"),
        "appeal_until": _l("The last day to ask the judge to look again"),
        "court_name": _l("The name of the court"),
        "court_phone": _l("The court's phone number"),
    },
    texts={
        "lead": _l(
            "Hello {given_name}. Young people of your age listened to you and made a plan with you. "
            "Judge {judge} has signed it."
        ),
        "anew": _l("It is new. The plan before it no longer counts."),
        "service": _l("You help at a place that we choose with you. You get no money for it."),
        "jury_duty": _l(
            "You sit on the panel for other young people, as others did for you. We tell you the days."
        ),
        "apology": _l("You write to say that you are sorry, and what you will do now. We help you with it."),
        "essay": _l("You write a text in your own words and bring it to us."),
        "workshop": _l("You come to a class. We tell you when and where."),
        "tutoring": _l("Somebody helps you with your school work. We tell you who."),
        "restitution": _l("You pay back this money. We tell you how. You may pay in small parts."),
        "other": _l("We tell you how it is done."),
        "all_done": _l("Your case ends. We tell {agency} that you did it."),
        "help": _l("Call us. You are not in trouble for asking: **{court_phone}**"),
        "ask_again": _l(
            "- You can ask the judge to look at one part again. Say which part, and why. You have until "
            "{appeal_until}."
        ),
        "say_no": _l(
            "- You can say no to the whole plan. Then your case goes back to {agency}.\n"
            "- Your parent or guardian can do the same. Talk with them first."
        ),
        "what_counts": _l(
            "This is the plan in plain words. The order {number} with the signature of the judge is what "
            "counts."
        ),
    },
)


def plain_copy(order: DispositionOrder) -> Paper:
    """What the order asks of the young person, said to them."""
    case, court = order.case, order.court
    return Paper(
        kind=PLAIN_COPY,
        title=_l("My plan, case %(number)s", number=case.number),
        reference=order.number or case.number,
        language=language_for(case.respondent),
        facts={
            **letterhead(court),
            **({"printed_at": local(order.signed_at, court)} if order.signed_at else {}),
            "number": order.number,
            "given_name": {"name": case.respondent.given_name, "lang": case.respondent.language},
            "judge": order.judge.name,
            "items": [
                _item(each) for each in sorted(order.items, key=lambda item: (item.due_on, item.id or 0))
            ],
            "change_reason": order.change_reason,
            "appeal_until": order.appeal_until,
            "amends": order.amends.number if order.amends else None,
            "agency": case.referral.agency.name,
        },
        needed=LETTERHEAD_NEEDED | {"items": _l("What has to be done")},
        mark="" if order.is_signed else _l("Draft"),
    )


def _item(item: OrderItem) -> dict[str, Any]:
    activity = item.activity
    return {
        "kind": activity.kind,
        "activity": activity.name,
        "description": activity.description,
        "amount": item.amount,
        "unit": activity.unit,
        "due_on": item.due_on,
        "builds": item.builds,
    }
