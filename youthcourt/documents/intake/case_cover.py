"""The first page of a case file: whose it is, and what is in it, comes later or is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from youthcourt.documents.family import interpreter_for, of_case
from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import LETTERHEAD_NEEDED, Paper, known, letterhead, local, named
from youthcourt.i18n import LazyString, _
from youthcourt.i18n import lazy as _l
from youthcourt.models import (
    STAGE_WORDS,
    Case,
    CaseStage,
    LetterKind,
    Party,
)
from youthcourt.models.case_lists import letters_of
from youthcourt.models.case_stage import BEFORE_ADMISSION

CASE_COVER = Kind(
    "case_cover",
    _l("Case cover and checklist"),
    Phase.INTAKE,
    says={
        "number": _l("The case number"),
        "court_name": _l("The name of the court"),
        "given_name": _l("The first name of the young person"),
    },
    texts={
        "secret": _l(
            "**Confidential.** This file belongs to a young person. It stays in the office, in a locked "
            "place, and nobody reads in it who does not work on this case."
        ),
        "by_hand": _l(
            "What has a box is kept on paper alone: tick it when it lies in the file. The rest is as the "
            "court's record says today."
        ),
    },
)

_DECIDED = {
    LetterKind.ACCEPTANCE,
    LetterKind.DECLINE,
}
_ENDED = {LetterKind.DISMISSAL, LetterKind.RETURN, LetterKind.WITHDRAWAL, LetterKind.DECLINE}
# Stages from which a hearing is set, from which an order is there.
_TO_BE_HEARD = (CaseStage.HEARING_SET, CaseStage.HEARD, CaseStage.PROPOSED)


@dataclass(frozen=True)
class Entry:
    """One thing that belongs into the file. `on`: since when it is there; `is_due`: it should be there "
    "now."""

    what: str | LazyString
    on: date | None = None
    is_due: bool = False
    detail: str = ""

    @property
    def state(self) -> str:
        return "there" if self.on else "missing" if self.is_due else "later"


def case_cover(case: Case, language: str = "en") -> Paper:
    """Whose file it is, and the list of what belongs into it."""
    entries = list(checklist(case))
    return Paper(
        kind=CASE_COVER,
        title=_l("Case cover and checklist, case %(number)s", number=case.number),
        reference=case.number,
        language=known(language),
        facts={
            **letterhead(case.court),
            **cover_of(case),
            "entries": [
                {"what": each.what, "on": each.on, "state": each.state, "detail": each.detail}
                for each in entries
            ],
            "on_paper": [
                _l("Report of the incident"),
                _l("Agreements with signatures"),
                _l("Pictures and stories: yes or no"),
                _l("Text messages: yes or no"),
                _l("Letter to a person who was hurt, and the answer"),
                _l("Time sheets and written work"),
            ],
        },
        needed=LETTERHEAD_NEEDED | {"born_on": _l("The birth date"), "guardians": _l("A guardian")},
        lacks=tuple(_("Missing in the file: %(what)s", what=e.what) for e in entries if e.state == "missing"),
    )


def cover_of(case: Case) -> dict[str, Any]:
    """What stands on the front of a file. No address: a cover lies open on a desk."""
    referral = case.referral
    return {
        **of_case(case),
        "born_on": case.respondent.born_on,
        "spoken": case.respondent.language,
        "interpreter": interpreter_for(case),
        "stage": STAGE_WORDS[case.stage],
        "offence": case.offence.name,
        "offence_class": case.offence.offence_class,
        "statute": case.offence.statute,
        "agency_reference": referral.agency_reference,
        "referred_on": referral.referred_on,
        "incident_on": referral.incident_on,
        "closed_on": case.closure.closed_on if case.closure else None,
        "is_held": case.hold is not None,
        "is_apart": any(each.safe_contact for each in (case.respondent, *case.respondent.guardians)),
        "companions": [
            named(each.person) if each.person else {"name": each.name, "lang": "en"}
            for each in case.companions
        ],
    }


def checklist(case: Case) -> Iterator[Entry]:
    """What the record says is there, comes later, or is missing now."""
    is_in = case.stage not in BEFORE_ADMISSION
    sent = _sent_on(case)
    yield Entry(_l("Referral"), case.referral.referred_on, detail=case.referral.agency.name)
    decided_on = _day(case, case.screening.decided_at) if case.screening else None
    yield Entry(_l("Decision to take the case"), decided_on, is_due=case.decide_by < case.court.today)
    yield Entry(
        _l("Letter to the referrer: taken or not"),
        min((on for kind, on in sent.items() if kind in _DECIDED), default=None),
        is_due=case.screening is not None,
    )
    if case.closure is None or case.interview:
        yield Entry(_l("Intake interview"), case.interview.held_on if case.interview else None, is_due=is_in)
        yield from _agreements(case, is_due=is_in)
        yield from _hearing(case)
    yield from _plan(case)
    if case.closure:
        yield Entry(_l("End of the case"), case.closure.closed_on)
        yield Entry(
            _l("Letter to the referrer: how it ended"),
            min((on for kind, on in sent.items() if kind in _ENDED), default=None),
            is_due=True,
        )


def _agreements(case: Case, is_due: bool) -> Iterator[Entry]:
    words = {
        Party.YOUTH: _l("Agreement of the young person"),
        Party.GUARDIAN: _l("Agreement of a guardian"),
    }
    for party in Party:
        signed = case.agreement_of(party)
        yield Entry(words[party], signed.signed_on if signed else None, is_due=is_due)


def _hearing(case: Case) -> Iterator[Entry]:
    hearing = case.hearing
    notice = hearing.notice if hearing else None
    yield Entry(
        _l("Notice of hearing, told to the family"),
        _day(case, notice.served_at) if notice else None,
        is_due=hearing is not None and case.stage in _TO_BE_HEARD,
    )
    held = next((each for each in reversed(case.hearings) if each.is_held and each.held_at), None)
    yield Entry(_l("Hearing held"), _day(case, held.held_at) if held else None)


def _plan(case: Case) -> Iterator[Entry]:
    for order in case.orders:
        if order.is_standing:
            yield Entry(_l("Disposition order"), _day(case, order.signed_at), detail=order.number or "")
    for owed in case.obligations:
        if owed.is_asked:
            done = max((each.done_on for each in owed.service_records), default=None)
            yield Entry(
                _l("Proof of what was done"),
                done if not owed.is_open else None,
                is_due=owed.is_overdue,
                detail=owed.activity.name,
            )


def _sent_on(case: Case) -> dict[LetterKind, date]:
    rows = case.session.execute(letters_of(case)).all()
    return {row.kind: _day(case, row.sent_at) for row in rows if row.sent_at}


def _day(case: Case, moment: Any) -> date:
    return local(moment, case.court).date()
