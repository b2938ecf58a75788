"""The first letter to a family: when we meet, what about, and what to bring."""

from __future__ import annotations

from youthcourt.documents.envelopes import envelopes
from youthcourt.documents.family import dated, interpreter_for, of_case
from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import LETTERHEAD_NEEDED, Paper, language_for, letterhead, local
from youthcourt.i18n import lazy as _l
from youthcourt.models import Case, Person

INTAKE_APPOINTMENT = Kind(
    "intake_appointment",
    _l("We would like to meet you"),
    Phase.INTAKE,
    says={
        "number": _l("The case number"),
        "respondent": _l("The young person"),
        "given_name": _l("The first name of the young person"),
        "guardians": _l("Parents and guardians"),
        "agency": _l("Who referred the case"),
        "court_name": _l("The name of the court"),
        "court_phone": _l("The court's phone number"),
        "intake_by": _l("The day by which the court meets the family"),
    },
    texts={
        "lead": _l(
            "{agency} has asked us to hear the case of {given_name}. Before you decide whether you want "
            "that, we would like to meet you."
        ),
        "what": _l(
            "We listen to {given_name} first, then to you. You tell us what happened, what goes well at home "
            "and at school, and what does not. We tell you how the youth court works: young people of the "
            "same age listen and make a plan that puts things right. You can ask us anything. Nobody is "
            "judged at this meeting."
        ),
        "bring": _l(
            "- This letter\n"
            "- The letters that you got from {agency}\n"
            "- The last school report, if you have it at hand\n"
            "- Your questions"
        ),
        "cannot": _l("**You cannot come then?** Call us, and we find another time: {court_phone}."),
        "silence": _l(
            "If we have not heard from you by {intake_by}, the case goes back to {agency}. We would rather "
            "hear from you."
        ),
        "choice": _l("Taking part is your choice. You may say no, at this meeting or later."),
        "interpreter": _l("An interpreter will be there, at no cost to you."),
        "no_interpreter": _l(
            "If anybody in your family wants an interpreter, or needs help to get in or to hear well, call "
            "us. It costs you nothing."
        ),
    },
    issued=True,
)


def intake_appointment(case: Case, to: Person | None = None) -> Paper:
    """One copy for each household, or the copy of whom it goes `to`, in the family's language."""
    court, appointment = case.court, case.appointment
    return Paper(
        kind=INTAKE_APPOINTMENT,
        title=_l("We would like to meet you, case %(number)s", number=case.number),
        reference=case.number,
        language=language_for(case.respondent),
        facts={
            **letterhead(court),
            **of_case(case),
            "dated": dated(court),
            "starts_at": local(appointment.starts_at, court) if appointment else None,
            "place": (appointment.place if appointment else "") or court.place,
            "interpreter": interpreter_for(case),
            "intake_by": case.intake_by,
        },
        needed=LETTERHEAD_NEEDED
        | {
            "starts_at": _l("When you meet the family"),
            "place": _l("Where you meet the family"),
            "guardians": _l("A guardian"),
            "address": _l("A mailing address of the family"),
            "intake_by": _l("The day by which the court meets the family"),
        },
        copies=envelopes(case, to),
        to_one=to is not None,
    )
