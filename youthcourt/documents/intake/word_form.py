"""A court's own Word form, filled in with the facts of a case by mail merge."""

from __future__ import annotations

import json

from youthcourt.documents.locked_room import answer_of
from youthcourt.documents.paper import in_plain_text, language_for
from youthcourt.errors import PaperFailed, RuleBroken
from youthcourt.i18n import _, speaking
from youthcourt.models import FACTS_OF_EXTRA_PAPER, Case, WordForm

from .extra_paper import facts_of_case

LARGEST = 1_000_000  # bytes
BLANK = "____________________"


def fields_in(upload: bytes) -> list[str]:
    """The merge fields of an uploaded form; RuleBroken, in words, for a file that is none."""
    if len(upload) > LARGEST:
        raise RuleBroken(_("The file is too large: use one of at most 1 MB."), field="file")
    told = answer_of("word_room", b"{}\n" + upload)
    if told is None:
        raise RuleBroken(
            _(
                "This is no Word form that we can use. Save it as .docx, without macros and without links to "
                "files."
            ),
            field="file",
        )
    fields: list[str] = json.loads(told)
    if strange := [each for each in fields if each not in FACTS_OF_EXTRA_PAPER]:
        known = ", ".join(FACTS_OF_EXTRA_PAPER)
        raise RuleBroken(
            _("We have no fact for the field %(name)s. You can use %(known)s.", name=strange[0], known=known),
            field="file",
        )
    return fields


def filled_in(form: WordForm, case: Case) -> bytes:
    """The form with the facts of this case in plain words; what is missing leaves a line to write on."""
    with speaking(language_for(case.respondent)):
        facts = {name: _plain(fact) for name, fact in facts_of_case(case).items()}
    order = json.dumps({"facts": {name: facts[name] for name in form.fields}}).encode()
    done = answer_of("word_room", order + b"\n" + form.content)
    if done is None:
        raise PaperFailed("word")
    return done


def _plain(fact: object) -> str:
    return BLANK if fact in (None, "", []) else in_plain_text(fact)
