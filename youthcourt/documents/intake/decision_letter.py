"""A letter of the outbox on paper, for the window of an envelope."""

from __future__ import annotations

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import LETTERHEAD_NEEDED, Paper, language_for, letterhead, lines_of, local
from youthcourt.i18n import lazy as _l
from youthcourt.models import Letter, LetterKind

DECISION_LETTER = Kind(
    "decision_letter",
    _l("Letter"),
    Phase.INTAKE,
    says={
        "court_name": _l("The name of the court"),
        "court_phone": _l("The court's phone number"),
        "subject": _l("What the letter is about"),
        "written_by": _l("Who wrote the letter"),
    },
    texts={"questions": _l("Do you have a question about this letter? Call us: {court_phone}.")},
    issued=True,
)

# Letters that are written in the language of the family; all others to those outside are in English.
_TO_FAMILY = (LetterKind.SEALING_NOTICE, LetterKind.DESTRUCTION_NOTICE, LetterKind.HEARING_CHANGE)


def decision_letter(letter: Letter) -> Paper:
    """What the referrer, a family, a judge or a juror is told, as it was written."""
    court = letter.court
    return Paper(
        kind=DECISION_LETTER,
        title=letter.subject,
        reference=letter.case.number if letter.case else local(letter.written_at, court).date().isoformat(),
        language=_language(letter),
        facts={
            **letterhead(court),
            "recipients": [{"name": name, "lang": _language(letter)} for name in lines_of(letter.to_name)],
            "address": lines_of(letter.to_address),
            "dated": local(letter.written_at, court).date(),
            "subject": letter.subject,
            "paragraphs": [lines_of(paragraph) for paragraph in letter.body.split("\n\n")],
            "written_by": letter.written_by.name,
        },
        needed=LETTERHEAD_NEEDED | {"address": _l("The address")},
    )


def _language(letter: Letter) -> str:
    """The language in which its words were written."""
    if letter.kind is LetterKind.JUROR_CHANGE and letter.person:
        return language_for(letter.person)
    return language_for(letter.case.respondent) if letter.case and letter.kind in _TO_FAMILY else "en"
