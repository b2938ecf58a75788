"""Cards to cut and to read the oath from, in both languages side by side. They say nothing of any case."""

from __future__ import annotations

from typing import Any

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import Paper, known, letterhead
from youthcourt.i18n import LANGUAGES, speaking
from youthcourt.i18n import lazy as _l
from youthcourt.models import Court, ScriptLine, Speaker, Step, spoken

# How many of each card: everybody in a room needs one of the second. Eight rows fill two sheets.
JURORS, EVERYBODY, INTERPRETERS = 2, 4, 2

INTERPRETER = "interpreter"

OATH_CARDS = Kind(
    "oath_cards",
    _l("Oath cards"),
    Phase.COURT,
    says={"court_name": _l("The name of the court")},
    texts={
        INTERPRETER: _l(
            "I promise to say in the other language everything that is said in this room: truly, completely, "
            "and adding nothing of my own. I take no side. I tell nobody, by words or by signs, who was here "
            "or what was said."
        ),
    },
)


def oath_cards(court: Court, language: str = "en") -> Paper:
    """The oaths of jurors and interpreters, and the promise of all, as this court's script has them."""
    return Paper(
        kind=OATH_CARDS,
        title=_l("Oath cards"),
        reference=court.case_prefix,
        language=known(language),
        facts={
            **letterhead(court),
            "languages": list(LANGUAGES),
            "cards": [
                {"copies": copies, **{code: card(court, code) for code in LANGUAGES}}
                for card, copies in ((_juror, JURORS), (_room, EVERYBODY), (_interpreter, INTERPRETERS))
            ],
        },
    )


def _juror(court: Court, language: str) -> dict[str, Any]:
    """What the judge asks the panel, and what it answers."""
    with speaking(language):
        said = _said(court, (Speaker.JUDGE, Speaker.JURORS), but=("oath_intro", "knows"))
        return {"heading": str(_l("The jurors' oath")), "said": said, "is_text": False}


def _room(court: Court, language: str) -> dict[str, Any]:
    with speaking(language):
        said = _said(court, (Speaker.EVERYBODY,))
        return {"heading": str(_l("The promise of everybody in this room")), "said": said, "is_text": False}


def _interpreter(court: Court, language: str) -> dict[str, Any]:
    with speaking(language):
        own = court.wording.get((OATH_CARDS.name, INTERPRETER, language))
        said = own or str(OATH_CARDS.texts[INTERPRETER])
        return {"heading": str(_l("The interpreter's oath")), "said": [said], "is_text": True}


def _said(court: Court, speakers: tuple[Speaker, ...], but: tuple[str, ...] = ()) -> list[str]:
    """The lines of the oath that these speakers say."""
    lines = spoken(ScriptLine.of(court), Step.OATH, frozenset())
    return [line.words for line in lines if line.speaker in speakers and line.key not in but]
