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

PLAIN_COPY = Kind("plain_copy", _l("The plan in plain words"), Phase.DECISION)


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
