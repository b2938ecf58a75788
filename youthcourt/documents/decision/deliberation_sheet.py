"""The deliberation on paper, for a jury room without phones. Short names only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import Paper, known, letterhead, named_short
from youthcourt.i18n import lazy as _l
from youthcourt.models import ANSWER_WORDS, QUESTION_WORDS, ActivityKind, DecisionRule, Hearing

# Steps 6 of a panel's work: learning first, then written work, then service, then jury duty.
ORDER_OF_CHOICE = (
    ActivityKind.WORKSHOP,
    ActivityKind.TUTORING,
    ActivityKind.APOLOGY,
    ActivityKind.ESSAY,
    ActivityKind.OTHER,
    ActivityKind.RESTITUTION,
    ActivityKind.SERVICE,
    ActivityKind.JURY_DUTY,
)

SHEET = Kind(
    "deliberation_sheet",
    _l("Deliberation sheet"),
    Phase.DECISION,
    says={
        "number": _l("The case number"),
        "respondent": _l("The young person, by first name and initial"),
        "offence": _l("The kind of offense"),
        "offence_class": _l("The class of the offense"),
        "last_due_on": _l("The last day of the plan"),
    },
    texts={
        "steps": _l(
            "1. Remember the rules: one speaks at a time, everybody speaks.\n"
            "2. Say together what happened.\n"
            "3. Who was harmed, and how?\n"
            "4. What does each one need: the young person, the family, the person harmed, the community?\n"
            "5. What would repair the harm?\n"
            "6. Choose: first learning, then written work, then service, then jury duty.\n"
            "7. Write it down with your reasons, and vote."
        ),
        "limits": _l(
            "The court's limits for offenses of class {offence_class}. Everything is done by {last_due_on}. "
            "To go beyond a limit, write why this case needs it."
        ),
        "jury_duty": _l("Jury duty is part of every plan."),
        "letters": _l(
            "In the last column, first a letter: S builds a strength, H repairs the harm, C gives back to "
            "the community. Then say it in words."
        ),
        "unanimous": _l("The plan goes to the judge when everybody agrees."),
        "majority": _l("The plan goes to the judge when more than half of you agree."),
        "secret": _l(
            "Vote in secret: each writes Agree or Not yet on a slip and folds it. The foreperson opens all "
            "of them together, writes down the counts and tears up the slips. No name stands beside a vote."
        ),
        "left_to_judge": _l(
            "After a vote that failed, one item may be left to the judge. Which, and from how much to how "
            "much?"
        ),
    },
)


def deliberation_sheet(hearing: Hearing, language: str = "en") -> Paper:
    """Seven steps, four findings, the plan within the court's limits, and the votes."""
    case, court, panel = hearing.case, hearing.court, hearing.panel
    seats = panel.sitting_seats if panel else []
    return Paper(
        kind=SHEET,
        title=_l("Deliberation sheet, case %(number)s", number=case.number),
        reference=case.number,
        language=known(language),
        facts={
            **letterhead(court),
            "number": case.number,
            "held_on": hearing.court_session.held_on,
            "room": hearing.room.name,
            "respondent": named_short(case.respondent),
            "offence": case.offence.name,
            "offence_class": case.offence.offence_class,
            "questions": list(QUESTION_WORDS.values()),
            "answers": list(ANSWER_WORDS.values()),
            "activities": activities_of(hearing),
            "last_due_on": hearing.sits_on + timedelta(days=court.days_to_complete),
            "jurors": [
                {**named_short(seat.juror.person), "is_foreperson": seat.is_foreperson} for seat in seats
            ],
            "is_unanimous": court.decision_rule is DecisionRule.UNANIMOUS,
            "jury_duty_mandatory": court.jury_duty_mandatory,
        },
        needed={"jurors": _l("The jurors of the panel")},
    )


def activities_of(hearing: Hearing) -> list[dict[str, Any]]:
    """What the court offers, in the order in which a panel thinks about it, with the limits of its grid."""
    court = hearing.court
    grid = court.grid_for(hearing.case.offence.offence_class)
    offered = [each for each in court.activities if each.is_offered]
    return [
        {
            "name": each.name,
            "unit": each.unit,
            "is_jury_duty": each.is_jury_duty,
            "minimum": grid[each.id].minimum if each.id in grid else None,
            "maximum": grid[each.id].maximum if each.id in grid else None,
        }
        for each in sorted(offered, key=lambda activity: ORDER_OF_CHOICE.index(activity.kind))
    ]
