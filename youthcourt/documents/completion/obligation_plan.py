"""The plan to hang up: what by when, a box to tick, and the weeks until the last day as a calendar."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import LETTERHEAD_NEEDED, Paper, language_for, letterhead
from youthcourt.i18n import lazy as _l
from youthcourt.models import Case, Obligation

from .owed import asked_of, days_in_court, months, owed, quarters_of

OBLIGATION_PLAN = Kind(
    "obligation_plan",
    _l("Plan with calendar"),
    Phase.COMPLETION,
    says={
        "given_name": _l("The young person's first name"),
        "number": _l("The case number"),
        "agency": _l("Who referred the case"),
        "last_due_on": _l("The last day of the plan"),
        "court_name": _l("The name of the court"),
        "court_phone": _l("The court's phone number"),
    },
    texts={
        "lead": _l(
            "Hello {given_name}. This is what you do, and by when. Hang this page where you see it every "
            "day: on the fridge, or beside your bed."
        ),
        "calendar": _l(
            "A number in a dark box is the last day for the part of the plan with that number. **J** is a "
            "day on which you sit on the panel."
        ),
        "pace": _l(
            "Do a little every week, and nothing is left for the last days. If you keep to these days, you "
            "are in time. They only help you: what counts is the last day."
        ),
        "more_time": _l(
            "Are you ill, is there trouble at home, or does a place not let you work? Call us **before** the "
            "day has passed: {court_phone}. You are not in trouble for asking. We find another way with you."
        ),
        "end": _l(
            "When every box is ticked, your case ends. We tell {agency} that you did it, and you get a "
            "certificate."
        ),
    },
)


def obligation_plan(case: Case) -> Paper:
    """What is still asked of somebody, in the order in which it is due, and on which days."""
    parts = asked_of(case)
    still = [each for each in parts if each.is_open]
    last_due_on = max((each.due_on for each in still or parts), default=None)
    return Paper(
        kind=OBLIGATION_PLAN,
        title=_l("Plan and calendar, case %(number)s", number=case.number),
        reference=case.number,
        language=language_for(case.respondent),
        facts={
            **letterhead(case.court),
            "number": case.number,
            "given_name": {"name": case.respondent.given_name, "lang": case.respondent.language},
            "agency": case.referral.agency.name,
            "items": [{**owed(each), "days_in_court": days_in_court(each)} for each in parts],
            "quarters": _quarters(parts),
            "last_due_on": last_due_on,
            "months": months(case.court.today, last_due_on, _marks(parts)) if last_due_on and still else [],
        },
        needed=LETTERHEAD_NEEDED | {"items": _l("What has to be done")},
    )


def _quarters(parts: list[Obligation]) -> list[dict[str, Any]]:
    """For what is done bit by bit, if the court goes by quarters."""
    return [
        {"number": number, **owed(each), "steps": steps}
        for number, each in enumerate(parts, start=1)
        if each.court.goes_by_quarters and each.is_open and (steps := quarters_of(each))
    ]


def _marks(parts: list[Obligation]) -> dict[date, list[dict[str, str]]]:
    """What stands on which day: the number of what is due, a quarter of it, or J for a day in court."""
    marks: dict[date, list[dict[str, str]]] = defaultdict(list)
    for number, each in enumerate(parts, start=1):
        if not each.is_open:
            continue
        marks[each.due_on].append({"kind": "due", "says": str(number)})
        for day in days_in_court(each):
            marks[day].append({"kind": "sits", "says": "J"})
        for step in quarters_of(each) if each.court.goes_by_quarters else ():
            marks[step["on"]].append({"kind": "step", "says": f"{number} {step['part']}"})
    return dict(marks)
