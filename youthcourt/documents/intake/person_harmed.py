"""Papers for somebody whom an incident hurt. None names the young person, their family or where they live."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from youthcourt.documents.family import dated
from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import LETTERHEAD_NEEDED, Paper, language_for, letterhead, lines_of, local
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _, speaking
from youthcourt.i18n import lazy as _l
from youthcourt.models import Case, Hearing, PersonHarmed

# How long somebody has to answer a letter, and how long before a hearing we have to know.
DAYS_TO_ANSWER, DAYS_BEFORE = 14, 5

# How to reach somebody is told in one field: a number or an e-mail address is nothing for an envelope.
_IS_NO_ADDRESS = re.compile(r"@|^[\d\s()+./-]+$")

_SAYS = {
    "number": _l("The case number"),
    "court_name": _l("The name of the court"),
    "court_phone": _l("The court's phone number"),
    "harmed": _l("Who was hurt"),
    "agency": _l("Who referred the case"),
    "incident_on": _l("The day of the incident"),
    "answer_by": _l("The day by which to answer"),
}

HARMED_NOTICE = Kind(
    "harmed_notice",
    _l("Letter to a person who was hurt"),
    Phase.INTAKE,
    says=_SAYS,
    texts={
        "lead": _l(
            "Something happened on {incident_on} that hurt you or cost you something. Because of it {agency} "
            "has sent a young person to us, the {court_name}. You count in this, so we write to you."
        ),
        "what": _l(
            "In a youth court young people of the same age listen, ask who was hurt, and make a plan that "
            "puts things right as far as that can be done. A judge checks the plan. Nobody goes to jail here."
        ),
        "choose": _l(
            "How much you want to do with it is up to you. To do nothing is right, too. You can change your "
            "mind at any time. Tick what you would like, tear it off and send it to us, or call us: "
            "**{court_phone}**."
        ),
        "secret": _l(
            "The law protects young people, so we may not tell you everything. The young person is not told "
            "where you live or how to reach you."
        ),
        "help": _l(
            "Do you need help because of what happened: somebody to talk to, help with costs, or to feel "
            "safe? Call us, and we tell you who can help."
        ),
    },
    issued=True,
)

HARMED_INVITATION = Kind(
    "harmed_invitation",
    _l("Invitation to a person who was hurt"),
    Phase.INTAKE,
    says=_SAYS | {"held_on": _l("The day of the hearing")},
    texts={
        "lead": _l(
            "You asked us to tell you about the hearing. You are welcome there, and you need not come."
        ),
        "how": _l(
            "- Come to the desk of the court office. Somebody meets you there and stays with you.\n"
            "- You wait in a room of your own, apart from the family.\n"
            "- You may bring one person who is there for you.\n"
            "- You may speak, have your words read out, or only listen.\n"
            "- You may leave whenever you want."
        ),
        "who": _l(
            "The panel of young people, a judge, the young person with a parent or guardian, and somebody "
            "from the court."
        ),
        "promise": _l(
            "Everybody in the room promises to tell nobody who was there and what was said. We ask the same "
            "promise of you."
        ),
        "answer": _l(
            "Please tell us by **{answer_by}** whether you come and what you need: an interpreter, a chair "
            "near the door, a place for a wheelchair. Call {court_phone}."
        ),
        "instead": _l(
            "You would rather not come? You can write down what you want the panel to know, on the paper "
            "that comes with this letter, or tell us on the phone."
        ),
    },
    issued=True,
)

IMPACT_STATEMENT = Kind(
    "impact_statement",
    _l("Your words: impact statement"),
    Phase.INTAKE,
    says=_SAYS,
    texts={
        "purpose": _l(
            "Here you can say what happened to you because of the incident of {incident_on}. It helps the "
            "panel to understand, and to make a plan that repairs something."
        ),
        "optional": _l(
            "Nobody has to fill it in. You may leave out any question, and you may stop at any time."
        ),
        "who_may": _l(
            "You, if you were hurt or lost something; a parent for a child; somebody who speaks for a shop, "
            "a school or a neighborhood."
        ),
        "modes": _l(
            "Write here or on paper of your own, draw, record your voice, or tell us on the phone and we "
            "write it down: {court_phone}."
        ),
        "readers": _l(
            "The panel, the judge, the court office, and the young person with their family. **So do not "
            "write down your address, your phone number, your school or where you work.**"
        ),
        "attend": _l("You may come to the hearing and speak there, whether you fill this in or not."),
        "ask_day": _l("You may come to the hearing. Call us, and we tell you the day."),
        "send": _l(
            "Send it to the court office or bring it by **{answer_by}**. Somebody to help you with it: "
            "{court_phone}. Tell us when your address changes, so that our letters still reach you."
        ),
    },
)


def harmed_notice(harmed: PersonHarmed) -> Paper:
    """The first letter: what a youth court is, and what somebody who was hurt may wish from it."""
    case = harmed.case
    return Paper(
        kind=HARMED_NOTICE,
        title=_l("Letter about what happened, case %(number)s", number=case.number),
        reference=case.number,
        language=_language(harmed),
        facts={
            **_facts(harmed, answer_by=case.court.today + timedelta(days=DAYS_TO_ANSWER)),
            **_envelope(harmed),
            "offence": case.offence.name,
            "agency_reference": case.referral.agency_reference,
        },
        needed=LETTERHEAD_NEEDED | {"address": _l("How to reach the person who was hurt")},
    )


def harmed_invitation(harmed: PersonHarmed) -> Paper:
    """When and where the hearing is, for somebody who asked to be told."""
    if not wants_to_come(harmed):
        raise RuleBroken(_("This person has not asked to be told of the hearing."))
    case, hearing = harmed.case, ahead(harmed.case)
    return Paper(
        kind=HARMED_INVITATION,
        title=_l("Invitation to the hearing of case %(number)s", number=case.number),
        reference=case.number,
        language=_language(harmed),
        facts={
            **_facts(harmed, answer_by=_before(hearing)),
            **_envelope(harmed),
            "held_on": hearing.court_session.held_on if hearing else None,
            "starts_at": _starts_at(hearing) if hearing else None,
            "place": (hearing.court_session.place if hearing else "") or case.court.place,
        },
        needed=LETTERHEAD_NEEDED
        | {
            "held_on": _l("The day of the hearing"),
            "place": _l("The place of the hearing"),
            "address": _l("How to reach the person who was hurt"),
        },
    )


def impact_statement(harmed: PersonHarmed) -> Paper:
    """The form on which somebody says what it did to them. The day of the hearing for whoever asked for "
    "it."""
    hearing = ahead(harmed.case) if wants_to_come(harmed) else None
    return Paper(
        kind=IMPACT_STATEMENT,
        title=_l("Impact statement, case %(number)s", number=harmed.case.number),
        reference=harmed.case.number,
        language=_language(harmed),
        facts={
            **_facts(harmed, answer_by=_before(ahead(harmed.case))),
            "held_on": hearing.court_session.held_on if hearing else None,
            "starts_at": _starts_at(hearing) if hearing else None,
            "place": (hearing.court_session.place or harmed.court.place) if hearing else "",
        },
        needed=LETTERHEAD_NEEDED | {"answer_by": _l("The day by which to answer")},
    )


def wants_to_come(harmed: PersonHarmed) -> bool:
    return harmed.wants_notice or harmed.wants_to_speak


def ahead(case: Case) -> Hearing | None:
    """The hearing that is still to be held."""
    return case.hearing if case.hearing and case.hearing.is_ahead else None


def _facts(harmed: PersonHarmed, answer_by: date | None) -> dict[str, Any]:
    """What somebody who was hurt may know of a case: no name, no school and no address of the other side."""
    case = harmed.case
    return {
        **letterhead(case.court),
        "number": case.number,
        "harmed": _named(harmed),
        "agency": case.referral.agency.name,
        "incident_on": case.referral.incident_on,
        "answer_by": answer_by,
    }


def _envelope(harmed: PersonHarmed) -> dict[str, Any]:
    return {
        "dated": dated(harmed.case.court),
        "recipients": [_named(harmed)],
        "address": _address(harmed),
    }


def _address(harmed: PersonHarmed) -> list[str]:
    person = harmed.person
    if person and person.safe_contact:
        with speaking(_language(harmed)):
            return [_("To be handed over at the court")]
    told = lines_of((person.mailing_address if person else "") or harmed.contact)
    return [each for each in told if not _IS_NO_ADDRESS.search(each)]


def _named(harmed: PersonHarmed) -> dict[str, str]:
    return {"name": harmed.name, "lang": harmed.person.language if harmed.person else "en"}


def _language(harmed: PersonHarmed) -> str:
    return language_for(harmed.person) if harmed.person else "en"


def _starts_at(hearing: Hearing) -> Any:
    """When it begins: as the docket was published, else as it is placed."""
    told = hearing.published
    return local(told.starts_at if told else hearing.block.starts_at, hearing.court)


def _before(hearing: Hearing | None) -> date | None:
    """The day by which we have to know, never one that is gone."""
    if hearing is None:
        return None
    return max(hearing.court.today, hearing.court_session.held_on - timedelta(days=DAYS_BEFORE))
