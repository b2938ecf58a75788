"""The notice of hearing: tells the family when and where to come, and what to bring."""

from __future__ import annotations

from youthcourt.documents.envelopes import envelopes
from youthcourt.documents.family import interpreter_for
from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import (
    LETTERHEAD_NEEDED,
    Paper,
    language_for,
    letterhead,
    local,
    named,
)
from youthcourt.documents.square import square
from youthcourt.i18n import lazy as _l
from youthcourt.models import Hearing, Person
from youthcourt.procedures.court.door_codes import address_for

NOTICE = Kind(
    "hearing_notice",
    _l("Notice of hearing"),
    Phase.COURT,
    says={
        "number": _l("The case number"),
        "respondent": _l("The young person"),
        "guardians": _l("Parents and guardians"),
        "held_on": _l("The day of the hearing"),
        "starts_at": _l("The time of the hearing"),
        "place": _l("Where it is"),
        "room": _l("The room"),
        "agency": _l("Who referred the case"),
        "court_name": _l("The name of the court"),
        "court_phone": _l("The court's phone number"),
    },
    texts={
        "lead": _l("Please come to the hearing of case {number}."),
        "early": _l("Please come 15 minutes early, to sign in. Plan for about one hour."),
        "cannot_come": _l(
            "**You cannot come?** Call us before that day, and we will find another one: **{court_phone}**. "
            "If you do not come and do not call, your case may go back to {agency}."
        ),
        "bring": _l(
            "- This notice. Show its square at the door.\n"
            "- Papers we asked you for.\n"
            "- Anything you want the panel to see: a school report, a letter, a certificate."
        ),
        "will_happen": _l(
            "A panel of young people will ask what happened, who was touched by it, and what can put it "
            "right. They do not decide about guilt. They make a plan, and a judge checks it."
        ),
        "rights": _l(
            "- You speak for yourself, in your own words and in the language you know best. Your family is "
            "heard too.\n"
            "- What is said stays in the room. Everybody there promises it.\n"
            "- If you know somebody on the panel, tell us. That person will not sit in your hearing.\n"
            "- Taking part is your choice. You may stop at any time, and your case then goes back to "
            "{agency}."
        ),
        "interpreter_offer": _l(
            "- If anybody in your family wants an interpreter, call us. It costs you nothing."
        ),
        "interpreter_promised": _l("An interpreter will be there, at no cost to you."),
    },
)


def hearing_notice(hearing: Hearing, to: Person | None = None) -> Paper:
    """One copy for each household of the family, or the copy of whom it goes `to`. No juror is named."""
    case, court = hearing.case, hearing.court
    # Who prints it at home finds what was published; the office prints what it is about to tell.
    published = hearing.published if to else None
    return Paper(
        kind=NOTICE,
        title=_l("Notice of hearing, case %(number)s", number=case.number),
        reference=case.number,
        language=language_for(case.respondent),
        facts={
            **letterhead(court),
            "dated": court.today,
            "number": case.number,
            "respondent": named(case.respondent),
            "guardians": [named(each) for each in case.respondent.guardians],
            "held_on": hearing.court_session.held_on,
            "starts_at": local(published.starts_at if published else hearing.block.starts_at, court),
            "room": published.room if published else hearing.room.name,
            "place": hearing.court_session.place or court.place,
            "agency": case.referral.agency.name,
            "interpreter": interpreter_for(case),
            "square": square(address_for(hearing)),
        },
        needed=LETTERHEAD_NEEDED
        | {
            "place": _l("The place of the hearing"),
            "guardians": _l("A guardian"),
            "address": _l("A mailing address of the family"),
        },
        mark="" if hearing.is_live else _l("Cancelled"),
        copies=envelopes(case, to),
        to_one=to is not None,
    )
