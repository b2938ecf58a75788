"""What a panel may ask about one kind of offence. It says nothing of any case, so it is set only once."""

from __future__ import annotations

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import Paper, known, letterhead
from youthcourt.i18n import lazy as _l
from youthcourt.i18n import speaking
from youthcourt.models import Offence, QuestionSet

QUESTION_GUIDE = Kind(
    "question_guide",
    _l("Question guide for jurors"),
    Phase.COURT,
    says={"offence": _l("The kind of offense"), "court_name": _l("The name of the court")},
    texts={
        "how": _l(
            "Ask what you really want to know; nobody has to ask all of this. Each of you asks at least one "
            "question. Open questions, one at a time, and wait for the answer: silence is all right."
        ),
        "respect": _l(
            "- Look at the person, and say their first name.\n"
            "- Ask “how” and “what” rather than “why”: “why” sounds like blame.\n"
            "- Do not tell what you would have done. Do not laugh, and do not argue.\n"
            "- If an answer worries you for somebody's safety, tell the adult in the room at once."
        ),
    },
)


def question_guide(offence: Offence, language: str = "en") -> Paper:
    """The court's questions: those that fit this offence first, then those for every hearing."""
    with speaking(known(language)):
        sections = QuestionSet.guide_for(offence.court, offence)
    return Paper(
        kind=QUESTION_GUIDE,
        title=_l("Question guide: %(offense)s", offense=offence.name),
        reference=offence.court.case_prefix,
        language=known(language),
        facts={
            **letterhead(offence.court),
            "offence": offence.name,
            "guide": [(section.heading, section.questions) for section in sections],
        },
    )
