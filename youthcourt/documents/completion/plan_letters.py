"""Letters to a family while the plan is under way: how far it is, and what is late."""

from __future__ import annotations

from typing import Any

from youthcourt.documents.envelopes import envelopes
from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import LETTERHEAD_NEEDED, Paper, language_for, letterhead
from youthcourt.i18n import lazy as _l
from youthcourt.models import Case, User

from .owed import asked_of, owed

_SAYS = {
    "given_name": _l("The young person's first name"),
    "number": _l("The case number"),
    "agency": _l("Who referred the case"),
    "dated": _l("The date of the letter"),
    "next_due_on": _l("The next day on which something is due"),
    "last_due_on": _l("The last day of the plan"),
    "court_name": _l("The name of the court"),
    "court_phone": _l("The court's phone number"),
}

PROGRESS_LETTER = Kind(
    "progress_letter",
    _l("Progress letter"),
    Phase.COMPLETION,
    says=_SAYS,
    texts={
        "lead": _l(
            "Dear {given_name}, dear family,\n"
            "\n"
            "This is how far the plan has come, by what we have written down."
        ),
        "done": _l("This is done. It took time and effort, and we see it. Well done!"),
        "nothing_yet": _l("Nothing is written down as done yet. That is all right at the start."),
        "still": _l("This is what is left, and by when:"),
        "next": _l("The next day to keep in mind is **{next_due_on}**."),
        "all_done": _l(
            "Everything is done! We now ask the judge to end the case, and tell you as soon as that has "
            "happened."
        ),
        "help": _l(
            "Did you do something that is not on this list? Bring us the signed sheet. Is something in the "
            "way, or do you need more time? Call us at **{court_phone}**, the sooner the better. Asking is "
            "never a mistake."
        ),
        "end": _l("You have come this far. We look forward to the day on which it is all done."),
    },
    issued=True,
)

WARNING = Kind(
    "warning",
    _l("Warning letter"),
    Phase.COMPLETION,
    says=_SAYS,
    texts={
        "lead": _l(
            "Dear {given_name}, dear family,\n"
            "\n"
            "Something in the plan was not done by its day. We write to you now because there is still time "
            "to put it right."
        ),
        "late": _l("By now this should have been done:"),
        "call": _l(
            "**Please call us within seven days of {dated}: {court_phone}.** Tell us what happened. If there "
            "is a good reason, we can give more time, or find another way to do it. If you would rather "
            "speak another language, say which: we call back with somebody who speaks it."
        ),
        "otherwise": _l(
            "If we hear nothing, we have to write to {agency}. The case may then go back to them, and they "
            "decide what happens next. What you have done until now stays written down."
        ),
        "end": _l("We would much rather see you finish it here with us. Please call."),
    },
    issued=True,
)


def progress_letter(case: Case, by: User | None = None) -> Paper:
    """What is done, what is open, and what comes next, to each household of the family."""
    parts = asked_of(case)
    return _letter(
        PROGRESS_LETTER,
        case,
        by,
        title=_l("How far the plan is, case %(number)s", number=case.number),
        facts={
            "done": [owed(each) for each in parts if not each.is_open],
            "still": [owed(each) for each in parts if each.is_open],
        },
        needed={} if parts else {"still": _l("What has to be done")},
    )


def warning(case: Case, by: User | None = None) -> Paper:
    """What is late, what happens next, and whom to call."""
    late = [each for each in asked_of(case) if each.is_overdue]
    today = case.court.today
    return _letter(
        WARNING,
        case,
        by,
        title=_l("Something in the plan is late, case %(number)s", number=case.number),
        facts={"late": [{**owed(each), "days_late": (today - each.due_on).days} for each in late]},
        needed={"late": _l("What is late: nothing is, by what is written down")},
    )


def _letter(
    kind: Kind, case: Case, by: User | None, title: Any, facts: dict[str, Any], needed: dict[str, Any]
) -> Paper:
    still = [each.due_on for each in asked_of(case) if each.is_open]
    ahead = [each for each in still if each >= case.court.today]
    return Paper(
        kind=kind,
        title=title,
        reference=case.number,
        language=language_for(case.respondent),
        facts={
            **letterhead(case.court),
            "dated": case.court.today,
            "number": case.number,
            "given_name": {"name": case.respondent.given_name, "lang": case.respondent.language},
            "agency": case.referral.agency.name,
            "next_due_on": min(ahead, default=None),
            "last_due_on": max(still, default=None),
            "signed_by": by.name if by else None,
            **facts,
        },
        needed=LETTERHEAD_NEEDED
        | needed
        | {
            "signed_by": _l("Who signs the letter"),
            "address": _l("A mailing address of the family"),
        },
        copies=envelopes(case),
    )
