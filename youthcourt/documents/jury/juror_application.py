"""How a young person asks to become a juror: blank to hand out, or with what the court knows already."""

from __future__ import annotations

from typing import Any

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import (
    LETTERHEAD_NEEDED,
    Paper,
    known,
    language_for,
    letterhead,
    lines_of,
    named,
)
from youthcourt.i18n import lazy as _l
from youthcourt.models import Court, Juror

_SAYS = {
    "court_name": _l("The name of the court"),
    "court_phone": _l("The court's phone number"),
    "youngest": _l("The youngest age of a juror"),
    "oldest": _l("The oldest age of a juror"),
}

JUROR_APPLICATION = Kind(
    "juror_application",
    _l("I want to be a juror"),
    Phase.JURY,
    says=_SAYS,
    texts={
        "lead": _l(
            "Jurors listen to somebody of their own age who has done something wrong, ask who was hurt, and "
            "make a plan that puts it right. You need to know nothing about law. We train you."
        ),
        "wanted": _l(
            "- You are {youngest} to {oldest} years old.\n"
            "- You can keep a secret.\n"
            "- You listen before you judge.\n"
            "- You come on the days you promised, or call before."
        ),
        "promise": _l(
            "I tell nobody, by words, by signs or online, who was at the court or what was said there. I "
            "tell the court at once if I know somebody in a case. What I wrote here is true."
        ),
        "parent": _l(
            "I know what a juror does here. I agree that my child is trained and sits on panels, and that "
            "the court may call or write to my child about the days. I can take this back at any time."
        ),
        "send": _l(
            "Give this to anybody at the court, or to your school. We call you: {court_name}, {court_phone}."
        ),
    },
)

# The same form with what the court knows already. It says what the blank one says, but to its reader.
JUROR_FORM = Kind(
    "juror_form",
    _l("Form of a juror, filled in"),
    Phase.JURY,
    says=_SAYS,
    texts={
        "check": _l(
            "This is what the court knows of you. Please correct what is wrong, fill in what is missing, and "
            "sign below. Then give it back: {court_name}, {court_phone}."
        ),
        "promise": JUROR_APPLICATION.texts["promise"],
        "parent": JUROR_APPLICATION.texts["parent"],
    },
)


def juror_application(court: Court, language: str = "en") -> Paper:
    """A blank form to hand out at a school."""
    nobody: dict[str, Any] = {
        "name": None,
        "born_on": None,
        "school": None,
        "phone": "",
        "email": "",
        "address": [],
    }
    return _paper(JUROR_APPLICATION, court, nobody, "blank", known(language))


def juror_form(juror: Juror) -> Paper:
    """The form with what the court knows of a juror, to be checked and signed for the file."""
    person = juror.person
    told = {
        "name": named(person),
        "born_on": person.born_on,
        "school": person.school.name if person.school else None,
        "phone": person.phone,
        "email": person.email,
        "address": lines_of(person.mailing_address),
    }
    return _paper(JUROR_FORM, juror.court, told, f"juror-{juror.id}", language_for(person))


def _paper(kind: Kind, court: Court, told: dict[str, Any], reference: str, language: str) -> Paper:
    return Paper(
        kind=kind,
        title=kind.title,
        reference=reference,
        language=language,
        facts={
            **letterhead(court),
            **told,
            "youngest": court.juror_youngest_age,
            "oldest": court.juror_oldest_age,
        },
        needed=LETTERHEAD_NEEDED,
    )
