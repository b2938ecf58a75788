"""The whole case on paper, for the court's own file: who, what was said and decided, and what happened when.

Nobody but the coordinator prints it. Addresses and numbers stand in the record alone, not here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import LETTERHEAD_NEEDED, Paper, known, letterhead, local, named
from youthcourt.i18n import LazyString
from youthcourt.i18n import lazy as _l
from youthcourt.models import (
    ANSWER_WORDS,
    CLOSURE_WORDS,
    DECLINE_WORDS,
    HOW_SIGNED_WORDS,
    OBLIGATION_WORDS,
    QUESTION_WORDS,
    Case,
    DispositionOrder,
    Hearing,
    HearingState,
    Obligation,
    PersonHarmed,
    Question,
)
from youthcourt.models.case_lists import letters_of

from .case_cover import cover_of

CASE_FILE = Kind(
    "case_file",
    _l("The whole case file"),
    Phase.INTAKE,
    says={
        "number": _l("The case number"),
        "court_name": _l("The name of the court"),
        "given_name": _l("The first name of the young person"),
    },
    texts={
        "secret": _l(
            "**Confidential.** This is everything that the court has written down about a young person. It "
            "stays in the office. Whoever wants a copy asks the coordinator, who decides and writes it down."
        ),
        "elsewhere": _l(
            "Addresses and phone numbers stand in the record of the court and not on this paper. How jurors "
            "voted is kept nowhere."
        ),
    },
)

HEARING_WORDS = {
    HearingState.SET: _l("Set"),
    HearingState.HELD: _l("Held"),
    HearingState.FAILED_TO_APPEAR: _l("Did not come"),
    HearingState.CANCELLED: _l("Cancelled"),
}


def case_file(case: Case, language: str = "en") -> Paper:
    """Everything about one case in the order in which it came about."""
    referral = case.referral
    return Paper(
        kind=CASE_FILE,
        title=_l("The whole case file, case %(number)s", number=case.number),
        reference=case.number,
        language=known(language),
        facts={
            **letterhead(case.court),
            **cover_of(case),
            "incident_place": referral.incident_place,
            "narrative": referral.narrative.strip(),
            "persons_harmed": [_harmed(each) for each in case.persons_harmed],
            "decision": _decision(case),
            "interview": _interview(case),
            "agreements": [
                {"person": named(a.person), "signed_on": a.signed_on, "how": HOW_SIGNED_WORDS[a.how]}
                for a in case.agreements
            ],
            "hearings": [_hearing(each) for each in case.hearings],
            "findings": _findings(case),
            "orders": [_order(each) for each in case.orders if each.is_signed],
            "obligations": [_owed(each) for each in case.obligations],
            "letters": [
                {"subject": row.subject, "to": row.to_name, "written_on": _day(case, row.written_at)}
                | {"sent_on": _day(case, row.sent_at) if row.sent_at else None}
                for row in reversed(case.session.execute(letters_of(case)).all())
            ],
            "ended": _ended(case),
            "chronology": [
                {"on": on, "what": what} for on, what in sorted(_chronology(case), key=lambda each: each[0])
            ],
        },
        needed=LETTERHEAD_NEEDED
        | {"born_on": _l("The birth date"), "guardians": _l("A guardian"), "narrative": _l("What happened")},
    )


def _harmed(harmed: PersonHarmed) -> dict[str, Any]:
    wishes = {
        "wants_notice": _l("Wants to know when the hearing is"),
        "wants_to_speak": _l("Wants to be heard by the panel"),
        "wants_apology": _l("Wants an apology"),
        "wants_outcome": _l("Wants to know how it ended"),
    }
    return {
        "name": harmed.name,
        "lang": harmed.person.language if harmed.person else "en",
        "wishes": [words for wish, words in wishes.items() if getattr(harmed, wish)],
        "statement": harmed.statement.strip(),
    }


def _decision(case: Case) -> dict[str, Any] | None:
    screening = case.screening
    if screening is None:
        return None
    return {
        "is_accepted": screening.is_accepted,
        "on": _day(case, screening.decided_at),
        "by": screening.decided_by.name,
        "reason": DECLINE_WORDS[screening.reason] if screening.reason else None,
        "note": (screening.override_reason or screening.note).strip(),
    }


def _interview(case: Case) -> dict[str, Any] | None:
    held = case.interview
    if held is None:
        return None
    parts = (
        (_l("Good at"), held.strengths),
        (_l("Likes"), held.interests),
        (_l("In their own words"), held.own_words),
        (_l("School"), held.school_life),
        (_l("Home"), held.home_life),
        (_l("What else matters"), held.circumstances),
    )
    return {
        "held_on": held.held_on,
        "by": held.held_by.name,
        "parts": [{"title": title, "words": words.strip()} for title, words in parts if words.strip()],
    }


def _hearing(hearing: Hearing) -> dict[str, Any]:
    return {
        "starts_at": local(hearing.block.starts_at, hearing.court),
        "room": hearing.room.name,
        "judge": hearing.judge.name,
        "state": HEARING_WORDS[hearing.state],
    }


def _findings(case: Case) -> list[dict[str, Any]]:
    """What the panel found that heard the case last."""
    heard = next((each for each in reversed(case.hearings) if each.deliberation), None)
    if heard is None or heard.deliberation is None:
        return []
    found = [(question, heard.deliberation.finding_on(question)) for question in Question]
    return [
        {"question": QUESTION_WORDS[question], "answer": ANSWER_WORDS[each.answer], "reason": each.reason}
        for question, each in found
        if each
    ]


def _order(order: DispositionOrder) -> dict[str, Any]:
    return {
        "number": order.number,
        "judge": order.judge.name,
        "signed_on": _day(order.case, order.signed_at),
        "is_withdrawn": order.is_withdrawn,
        "items": [
            {"activity": i.activity.name, "amount": i.amount, "unit": i.activity.unit, "due_on": i.due_on}
            for i in order.items
        ],
    }


def _owed(owed: Obligation) -> dict[str, Any]:
    return {
        "activity": owed.activity.name,
        "unit": owed.activity.unit,
        "owed": owed.amount_owed,
        "done": owed.amount_done,
        "state": OBLIGATION_WORDS[owed.state],
        "records": [
            {"on": each.done_on, "amount": each.amount, "site": each.site, "vouched_by": each.vouched_by}
            for each in owed.service_records
            if each.amount > 0
        ],
    }


def _ended(case: Case) -> dict[str, Any] | None:
    closure = case.closure
    if closure is None:
        return None
    return {
        "reason": CLOSURE_WORDS[closure.reason],
        "on": closure.closed_on,
        "by": closure.closed_by.name,
        "note": closure.note.strip(),
    }


def _chronology(case: Case) -> Iterator[tuple[date, str | LazyString]]:
    """What happened on which day, by the record's own rows."""
    yield case.referral.incident_on, _l("The incident")
    yield case.referral.referred_on, _l("Referral received from %(agency)s", agency=case.referral.agency.name)
    if case.screening:
        words = _l("Case accepted") if case.screening.is_accepted else _l("Case not accepted")
        yield _day(case, case.screening.decided_at), words
    if case.interview:
        yield case.interview.held_on, _l("Intake interview held")
    for signed in case.agreements:
        yield signed.signed_on, _l("Agreement signed: %(party)s", party=signed.person.name)
    yield from _in_court(case)
    for owed in case.obligations:
        for done in owed.service_records:
            if done.amount > 0:
                yield done.done_on, _l("Done: %(what)s", what=owed.activity.name)
    if case.closure:
        yield case.closure.closed_on, CLOSURE_WORDS[case.closure.reason]


def _in_court(case: Case) -> Iterator[tuple[date, str | LazyString]]:
    for hearing in case.hearings:
        day = local(hearing.block.starts_at, case.court).date()
        yield day, _l("Hearing: %(state)s", state=HEARING_WORDS[hearing.state])
    for order in case.orders:
        if order.signed_at:
            yield _day(case, order.signed_at), _l("Order %(number)s signed", number=order.number)


def _day(case: Case, moment: datetime | None) -> date:
    assert moment is not None, "it has happened"
    return local(moment, case.court).date()
