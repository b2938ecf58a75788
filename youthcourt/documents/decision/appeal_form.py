"""The form on which a family asks the judge to look at parts of an order again."""

from __future__ import annotations

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import LETTERHEAD_NEEDED, Paper, language_for, letterhead, local, named
from youthcourt.i18n import lazy as _l
from youthcourt.models import DispositionOrder

APPEAL_FORM = Kind(
    "appeal_form",
    _l("Form to ask the judge to look again"),
    Phase.DECISION,
    says={
        "respondent": _l("The young person"),
        "judge": _l("The judge"),
        "number": _l("The number of the order"),
        "case_number": _l("The case number"),
        "signed_on": _l("The day of the order"),
        "until": _l("The last day to ask"),
        "court_name": _l("The name of the court"),
        "court_address": _l("The court's address"),
        "court_phone": _l("The court's phone number"),
    },
    texts={
        "lead": _l(
            "Is a part of the plan too much, too soon, or not fair? You can ask Judge {judge} to look at it "
            "again. You need no lawyer, it costs nothing, and nobody holds it against you."
        ),
        "how": _l(
            "- Tick each part that you mean, and write why in your own words.\n"
            "- Sign at the end: the young person, a parent or guardian, or both.\n"
            "- Bring or send this page to the court by **{until}**: {court_address}.\n"
            "- You can do the same on your own page of the court's website."
        ),
        "meanwhile": _l(
            "Until the judge has answered, the plan goes on as it is. The judge answers each part in "
            "writing: it stays, or it is changed. Questions? Call us: {court_phone}."
        ),
    },
)


def appeal_form(order: DispositionOrder) -> Paper:
    """Each part of the order with a box to tick and room to say why, in the family's language."""
    case, court = order.case, order.court
    can_ask = court.days_to_appeal > 0
    return Paper(
        kind=APPEAL_FORM,
        title=_l("Please look at it again, case %(number)s", number=case.number),
        reference=order.number or case.number,
        language=language_for(case.respondent),
        facts={
            **letterhead(court),
            "number": order.number,
            "case_number": case.number,
            "respondent": named(case.respondent),
            "guardians": [named(each) for each in case.respondent.guardians],
            "judge": order.judge.name,
            "signed_on": local(order.signed_at, court).date() if order.signed_at else None,
            "until": order.appeal_until,
            "items": [
                {
                    "activity": each.activity.name,
                    "amount": each.amount,
                    "unit": each.activity.unit.value,
                    "due_on": each.due_on,
                }
                for each in order.items
            ],
        },
        needed=LETTERHEAD_NEEDED
        | {"number": _l("The order is not signed yet"), "items": _l("What has to be done")},
        lacks=()
        if can_ask
        else (str(_l("This court's rules give no days in which to ask the judge to look again.")),),
        mark="" if order.is_signed else _l("Draft"),
    )
