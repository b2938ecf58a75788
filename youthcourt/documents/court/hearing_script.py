"""The script of a hearing, step by step, with the oath and the four findings.

It lies where jurors sit, so it names everybody of the family by first name and last initial.
"""

from __future__ import annotations

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import (
    LETTERHEAD_NEEDED,
    Paper,
    known,
    letterhead,
    lines_of,
    local,
    named_short,
)
from youthcourt.i18n import lazy as _l
from youthcourt.i18n import speaking
from youthcourt.models import (
    QUESTION_WORDS,
    SPEAKER_WORDS,
    STEP_WORDS,
    Hearing,
    ScriptLine,
    Speaker,
    Spoken,
    Step,
    spoken,
    statements_in,
    voices_in,
)

SCRIPT_ON_PAPER = Kind("hearing_script", _l("Script of the hearing"), Phase.COURT)


def hearing_script(hearing: Hearing, language: str = "en") -> Paper:
    """What is said, by whom, in which order; a line that the court wrote in English alone stays so."""
    case, court, panel = hearing.case, hearing.court, hearing.panel
    foreperson = panel.foreperson if panel else None
    with speaking(known(language)):
        script = _script(hearing)
    return Paper(
        kind=SCRIPT_ON_PAPER,
        title=_l("Hearing script, case %(number)s", number=case.number),
        reference=case.number,
        language=known(language),
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
            "script": script,
            "statements": [lines_of(each) for each in statements_in(case)],
            "findings": list(QUESTION_WORDS.values()),
        },
        needed=LETTERHEAD_NEEDED
        | {
            "narrative": _l("What happened, for the coordinator to read aloud"),
            "foreperson": _l("The foreperson of the panel"),
            "guardians": _l("A guardian"),
        },
    )


def _script(hearing: Hearing) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Each step, its heading and its lines as the court says them: who speaks, and the words."""
    own, voices = ScriptLine.of(hearing.court), voices_in(hearing.case)
    return [
        (step.value, str(STEP_WORDS[step]), [_said(line) for line in spoken(own, step, voices)])
        for step in Step
    ]


def _said(line: Spoken) -> tuple[str, str]:
    is_done = line.speaker is Speaker.NOBODY
    return "" if is_done else str(SPEAKER_WORDS[line.speaker]), line.words
