"""The sheet on which hours are written down where they are worked, day by day, and signed for."""

from __future__ import annotations

from flask import current_app

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import LETTERHEAD_NEEDED, Paper, language_for, letterhead, named_short
from youthcourt.documents.square import square
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models import Obligation, Unit

ROWS = 7

TIME_SHEET = Kind(
    "time_sheet",
    _l("Time sheet"),
    Phase.COMPLETION,
    says={
        "worker": _l("The young person, by first name and initial"),
        "activity": _l("What is done"),
        "due_on": _l("By when"),
        "number": _l("The case number"),
        "court_name": _l("The name of the court"),
        "court_phone": _l("The court's phone number"),
    },
    texts={
        "for_worker": _l(
            "Take this sheet along each time, and have each day signed before you go home. Only the person "
            "in charge signs: what somebody else signs does not count. Bring the sheet to the court by "
            "{due_on}."
        ),
        "for_supervisor": _l(
            "Write each day in a row of its own and sign beside it. The hours count once you have signed. "
            "Tell us at the end, in your own words, how it went. If {worker} does not come, is hurt, or "
            "something is not right, call us the same day: {court_phone}. Thank you."
        ),
        "square": _l("For the court office, to enter the hours"),
    },
)


def time_sheet(obligation: Obligation) -> Paper:
    """Rows to fill in by hand. It lies at the place of work, so it says nothing of what anybody did."""
    case = obligation.case
    if obligation.activity.unit is not Unit.MINUTES:
        raise RuleBroken(_("A time sheet is for what is counted in hours."))
    return Paper(
        kind=TIME_SHEET,
        title=_l("Time sheet, case %(number)s", number=case.number),
        reference=case.number,
        language=language_for(case.respondent),
        facts={
            **letterhead(case.court),
            "number": case.number,
            "worker": named_short(case.respondent),
            "activity": obligation.activity.name,
            "unit": obligation.activity.unit.value,
            "owed": obligation.amount_owed,
            "left": obligation.amount_left,
            "due_on": obligation.due_on,
            "rows": ROWS,
            "square": square(_entry_of(obligation)),
        },
        needed=LETTERHEAD_NEEDED,
    )


def _entry_of(obligation: Obligation) -> str:
    """Where the office, signed in, enters the sheet. It opens nothing for anybody else."""
    return f"{current_app.config['PASSKEY_ORIGIN']}/obligations/{obligation.id}/credit"
