"""The script of a hearing, step by step, with the oath, the four findings and the question guide.

It lies where jurors sit, so it names everybody of the family by first name and last initial.
"""

from __future__ import annotations

from youthcourt.i18n import lazy as _l
from youthcourt.models import QUESTION_WORDS, Case, Hearing

from .paper import LETTERHEAD_NEEDED, Paper, letterhead, lines_of, local, named_short
from .question_guide import questions_about


def hearing_script(hearing: Hearing) -> Paper:
    """What is said, by whom, in which order."""
    case, court, panel = hearing.case, hearing.court, hearing.panel
    foreperson = panel.foreperson if panel else None
    return Paper(
        kind="hearing_script",
        title=_l("Hearing script, case %(number)s", number=case.number),
        reference=case.number,
        facts={
            **letterhead(court),
            "number": case.number,
            "held_on": hearing.court_session.held_on,
            "starts_at": local(hearing.block.starts_at, court),
            "room": hearing.room.name,
            "judge": hearing.judge.name,
            "respondent": named_short(case.respondent),
            "guardians": [named_short(each) for each in case.respondent.guardians],
            "foreperson": named_short(foreperson.juror.person) if foreperson else None,
            "offence": case.offence.name,
            "incident_on": case.referral.incident_on,
            "narrative": lines_of(case.referral.narrative),
            "interpreter": case.respondent.language if case.respondent.needs_interpreter else None,
            "somebody_speaks": any(each.wants_to_speak for each in case.persons_harmed),
            "statements": _statements(case),
            "findings": list(QUESTION_WORDS.values()),
            "guide": questions_about(case.offence.name),
        },
        needed=LETTERHEAD_NEEDED
        | {
            "narrative": _l("What happened, for the coordinator to read aloud"),
            "foreperson": _l("The foreperson of the panel"),
            "guardians": _l("A guardian"),
        },
    )


def _statements(case: Case) -> list[list[str]]:
    """What persons harmed wrote to the panel. Who they are stays out of it."""
    return [lines_of(each.statement) for each in case.persons_harmed if each.statement.strip()]
