"""Consents that nobody has to give: pictures and stories, and text messages. Each can be taken back."""

from __future__ import annotations

from typing import Any

from youthcourt.documents.family import everybody_of, of_case
from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import LETTERHEAD_NEEDED, Paper, language_for, letterhead, named
from youthcourt.i18n import lazy as _l
from youthcourt.models import Case

_SAYS = {
    "number": _l("The case number"),
    "court_name": _l("The name of the court"),
    "court_phone": _l("The court's phone number"),
    "respondent": _l("The young person"),
    "given_name": _l("The first name of the young person"),
    "guardians": _l("Parents and guardians"),
    "agency": _l("Who referred the case"),
}

MEDIA_CONSENT = Kind(
    "media_consent",
    _l("Pictures and stories: yes or no"),
    Phase.INTAKE,
    says=_SAYS,
    texts={
        "lead": _l(
            "Sometimes a newspaper, a television station or our own page wants to tell about the youth "
            "court. You say what we may show of {given_name}. A no changes nothing in the case."
        ),
        "unknown": _l("A picture or film in which nobody can recognize {given_name}"),
        "known": _l("A picture or film in which people can recognize {given_name}"),
        "words": _l("What {given_name} says or writes about the court, without a name"),
        "named_words": _l("What {given_name} says or writes about the court, with the first name"),
        "never": _l(
            "- what the case is about, and what was said at the hearing\n"
            "- the family name, the address or the school\n"
            "- anything about the person who was hurt"
        ),
        "both": _l(
            "We need two people who say yes: {given_name} and a parent or guardian. If one of you says no, "
            "it is no. What you tick here is good for one year."
        ),
        "take_back": _l(
            "You can take it back at any time, and you need not say why. Call {court_phone} or tell anybody "
            "who works here. We then stop using it and take it off our own page. What a newspaper has "
            "printed stays printed."
        ),
    },
)

TEXT_CONSENT = Kind(
    "text_consent",
    _l("Text messages: yes or no"),
    Phase.INTAKE,
    says=_SAYS,
    texts={
        "lead": _l(
            "We can remind you of your dates by text message (SMS). We only do so if you say yes here. You "
            "can take part in the youth court without it."
        ),
        "opt_in": _l(
            "If I tick yes, I agree that {court_name} sends text messages to the number I write down: about "
            "appointments, hearings and days by which something is due, no more than eight in a month. My "
            "phone company may charge for messages and data. I need not agree in order to take part."
        ),
        "secret": _l(
            "A message says a day, a time and a place. It never says why, and it names nobody. Whoever holds "
            "your phone can still read it, so write down a number that is yours alone."
        ),
        "take_back": _l(
            "- Answer **STOP** to any message, and no more come. Answer **HELP** to reach us.\n"
            "- Or call {court_phone}. You need not say why.\n"
            "- Is your number a new one? Tell us, or somebody else reads what was meant for you."
        ),
    },
)


def media_consent(case: Case) -> Paper:
    """What of a young person may be shown in public: each thing yes or no."""
    return Paper(
        kind=MEDIA_CONSENT,
        title=_l("Pictures and stories, case %(number)s", number=case.number),
        reference=case.number,
        language=language_for(case.respondent),
        facts=_facts(case),
        needed=LETTERHEAD_NEEDED | {"guardians": _l("A guardian")},
    )


def text_consent(case: Case) -> Paper:
    """Who wants text messages, at which number. Nobody's number is printed: each writes their own."""
    return Paper(
        kind=TEXT_CONSENT,
        title=_l("Text messages, case %(number)s", number=case.number),
        reference=case.number,
        language=language_for(case.respondent),
        facts={**_facts(case), "family": [named(each) for each in everybody_of(case)]},
        needed=LETTERHEAD_NEEDED | {"guardians": _l("A guardian")},
    )


def _facts(case: Case) -> dict[str, Any]:
    return {**letterhead(case.court), **of_case(case)}
