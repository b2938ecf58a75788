"""To the referrer: your referral is here, under this number, and you hear from us by this day."""

from __future__ import annotations

from youthcourt.documents.family import dated
from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import LETTERHEAD_NEEDED, Paper, letterhead, lines_of, named
from youthcourt.i18n import lazy as _l
from youthcourt.models import Case, User

REFERRAL_ACKNOWLEDGEMENT = Kind(
    "referral_acknowledgement",
    _l("We have your referral"),
    Phase.INTAKE,
    says={
        "court_name": _l("The name of the court"),
        "court_phone": _l("The court's phone number"),
        "number": _l("The case number"),
        "respondent": _l("The young person"),
        "agency": _l("Who referred the case"),
        "referred_on": _l("The day of the referral"),
        "decide_by": _l("The day by which the court decides"),
    },
    texts={
        "lead": _l(
            "Thank you for your referral of {respondent}. It reached {court_name} on {referred_on} and has "
            "the number **{number}** here."
        ),
        "next": _l(
            "We write to you by **{decide_by}** whether we take the case. If we do, we meet the family, a "
            "panel of young people hears the case, and we tell you how it ended. You need do nothing more."
        ),
        "amiss": _l(
            "Is something in this letter not right, or do you have papers that belong to this referral? Call "
            "us before that day: {court_phone}."
        ),
        "secret": _l(
            "This letter names a young person. Please keep it where only those can read it who work on the "
            "referral."
        ),
    },
    issued=True,
)


def referral_acknowledgement(case: Case, by: User | None = None) -> Paper:
    """What was referred, when, under which numbers, and when the referrer hears from the court."""
    referral, court = case.referral, case.court
    return Paper(
        kind=REFERRAL_ACKNOWLEDGEMENT,
        title=_l("Your referral, case %(number)s", number=case.number),
        reference=case.number,
        facts={
            **letterhead(court),
            "dated": dated(court),
            "recipients": [
                {"name": name, "lang": "en"}
                for name in (referral.referring_person, referral.agency.name)
                if name.strip()
            ],
            "address": lines_of(referral.agency.address),
            "number": case.number,
            "agency": referral.agency.name,
            "agency_reference": referral.agency_reference,
            "respondent": named(case.respondent),
            "offence": case.offence.name,
            "statute": case.offence.statute,
            "incident_on": referral.incident_on,
            "referred_on": referral.referred_on,
            "decide_by": case.decide_by,
            "signed_by": by.name if by else None,
        },
        needed=LETTERHEAD_NEEDED
        | {"address": _l("The address of the referrer"), "signed_by": _l("Who signs the letter")},
    )
