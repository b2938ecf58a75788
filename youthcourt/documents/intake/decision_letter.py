"""A letter of the outbox on paper, for the window of an envelope."""

from __future__ import annotations

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import LETTERHEAD_NEEDED, Paper, letterhead, lines_of, local
from youthcourt.i18n import lazy as _l
from youthcourt.models import Letter

DECISION_LETTER = Kind("decision_letter", _l("Letter"), Phase.INTAKE, issued=True)


def decision_letter(letter: Letter) -> Paper:
    """What the referrer, a family, a judge or a juror is told, as it was written."""
    court = letter.court
    return Paper(
        kind=DECISION_LETTER,
        title=letter.subject,
        reference=letter.case.number if letter.case else local(letter.written_at, court).date().isoformat(),
        facts={
            **letterhead(court),
            "recipients": [{"name": name, "lang": "en"} for name in lines_of(letter.to_name)],
            "address": lines_of(letter.to_address),
            "written_on": local(letter.written_at, court).date(),
            "subject": letter.subject,
            "paragraphs": [lines_of(paragraph) for paragraph in letter.body.split("\n\n")],
            "written_by": letter.written_by.name,
        },
        needed=LETTERHEAD_NEEDED | {"address": _l("The address")},
    )
