"""The agreement to take part: what the young person and a guardian say yes to, point by point."""

from __future__ import annotations

from typing import Any

from youthcourt.documents.family import interpreter_for, of_case
from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import LETTERHEAD_NEEDED, Paper, language_for, letterhead, lines_of, named
from youthcourt.i18n import _, speaking
from youthcourt.i18n import lazy as _l
from youthcourt.models import Case, Party, Person

AGREEMENT = Kind(
    "agreement",
    _l("Agreement to take part"),
    Phase.INTAKE,
    says={
        "number": _l("The case number"),
        "court_name": _l("The name of the court"),
        "court_phone": _l("The court's phone number"),
        "agency": _l("Who referred the case"),
        "respondent": _l("The young person"),
        "given_name": _l("The first name of the young person"),
        "guardians": _l("Parents and guardians"),
        "signer": _l("Who signs this copy"),
        "offence": _l("The offense"),
        "incident_on": _l("The day of the incident"),
    },
    texts={
        "youth_lead": _l(
            "I want the youth court to hear my case. I have read this paper, or somebody has read it to me, "
            "and I could ask whatever I wanted. I put my initials in each box that I agree to."
        ),
        "guardian_lead": _l(
            "I stand for {respondent}. I have read this paper, or somebody has read it to me, and I could "
            "ask whatever I wanted. I put my initials in each box that I agree to."
        ),
        "admits": _l(
            "I say that I did what this case is about: {offence}, on {incident_on}. I say so of my own free "
            "will. Nobody has made me."
        ),
        "accompanies": _l(
            "I come to the meetings and to the hearing together with {given_name}, and I help to keep the "
            "days of the plan."
        ),
        "waives_rights": _l(
            "In an ordinary court I could say nothing, a lawyer could speak for me, witnesses could be asked "
            "questions, and a judge would decide whether I did it. In the youth court I speak for myself, "
            "and young people make a plan with me. I give up those rights here, and only here. I may talk "
            "with a lawyer before I sign."
        ),
        "guardian_waives_rights": _l(
            "In an ordinary court {given_name} could say nothing, a lawyer could speak, witnesses could be "
            "asked questions, and a judge would decide about guilt. In the youth court {given_name} speaks, "
            "and young people make a plan. I agree that we give up those rights here, and only here. We may "
            "talk with a lawyer before we sign."
        ),
        "releases_report": _l(
            "{agency} may give the youth court the report of what happened. The school may tell it about "
            "grades and days missed. The panel hears a short summary, and never an address or a birth date. "
            "The youth court tells {agency} how the case ended."
        ),
        "promises_confidentiality": _l(
            "I tell nobody, by words, by signs or online, who was there or what was said: nothing of the "
            "panel, of other young people, of their families or of anybody who was hurt. Whoever breaks this "
            "promise may have to leave, and the case may go back to {agency}."
        ),
        "complies": _l(
            "I do what the plan asks, by its days. If I cannot, I call before the day has passed: "
            "{court_phone}."
        ),
        "choice": _l(
            "Taking part is a choice. Either of us may stop at any time. The case then goes back to "
            "{agency}, and nobody is punished for having stopped."
        ),
        "not_secret": _l(
            "One thing cannot stay secret: if somebody tells us that a child is being hurt, or that somebody "
            "is in danger, we must tell those who can help."
        ),
    },
)


def agreement(case: Case, to: Person | None = None) -> Paper:
    """One copy for each who signs, or the copy of whom it goes `to`: nobody's address stands on another's."""
    respondent, court = case.respondent, case.court
    guardians: list[tuple[Party, Person | None]] = [(Party.GUARDIAN, each) for each in respondent.guardians]
    signers = [(Party.YOUTH, respondent), *(guardians or [(Party.GUARDIAN, None)])]
    with speaking(language_for(respondent)):
        copies = tuple(_copy(*each) for each in signers if to is None or each[1] is to)
    return Paper(
        kind=AGREEMENT,
        title=_l("Agreement to take part, case %(number)s", number=case.number),
        reference=case.number,
        language=language_for(respondent),
        facts={
            **letterhead(court),
            **of_case(case),
            "offence": case.offence.name,
            "incident_on": case.referral.incident_on,
            "interpreter": interpreter_for(case),
        },
        needed=LETTERHEAD_NEEDED
        | {"signer": _l("A guardian"), "signer_address": _l("The mailing address of each who signs")},
        copies=copies,
        to_one=to is not None,
    )


def _copy(party: Party, signer: Person | None) -> dict[str, Any]:
    return {
        "is_youth": party is Party.YOUTH,
        "signer": named(signer) if signer else None,
        "signer_address": _address(signer),
    }


def _address(signer: Person | None) -> list[str]:
    """Where letters reach somebody. Of whom may only be reached safely none is asked for."""
    if signer is None:
        return []
    return (
        [_("as arranged with the court office")] if signer.safe_contact else lines_of(signer.mailing_address)
    )
