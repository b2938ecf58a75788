"""Whoever sees a case is noted, before they see it: a page that cannot be noted is not shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Response, g, request
from flask_login import current_user

from youthcourt import clock
from youthcourt.documents.handing_out import HandedOut
from youthcourt.extensions import db
from youthcourt.i18n import lazy as _l
from youthcourt.models import CourtSession, Hearing, IssuedPaper, Packet, PaperPrint, reading
from youthcourt.models.court.readiness import PAPERS_OF_DAY, PAPERS_OF_HEARING
from youthcourt.models.reading import Reader, Reading

# A form that is refused shows the case as well as a page that opens.
SHOWN = {200, 409, 422}

PAGE_WORDS = {
    "cases": _l("The case"),
    "my_cases": _l("The case, as the family sees it"),
    "hearings": _l("The hearing"),
    "panels": _l("The panel"),
    "scripts": _l("The script in the hearing room"),
    "judge_notes": _l("The notes of the judge"),
    "deliberations": _l("The jury room"),
    "orders": _l("The order"),
    "obligations": _l("What the young person owes"),
    "sittings": _l("A sitting"),
    "access_log": _l("Who has looked"),
    "records": _l("Old records"),
    "sealed": _l("Sealed records"),
    "safe_contacts": _l("How to reach somebody"),
    "hidden_address": _l("An address out of sight"),
    "packet": _l("Papers: all of a hearing day"),
    "hearing_notice": _l("Paper: hearing notice"),
    "docket": _l("Paper: docket of the day"),
    "docket_for_jurors": _l("Paper: docket for jurors"),
    "sign_in_sheets": _l("Paper: sign-in sheets"),
    "room_sheets": _l("Paper: room sheets"),
    "hearing_script": _l("Paper: hearing script"),
    "deliberation_sheet": _l("Paper: deliberation sheet"),
    "disposition_order": _l("Paper: order"),
    "plain_copy": _l("Paper: plan in plain words"),
    "completion_certificate": _l("Paper: certificate"),
    "decision_letter": _l("Paper: letter to the referrer"),
    "door_list": _l("Paper: door list"),
    "appeal_form": _l("Paper: form to ask the judge again"),
    "obligation_plan": _l("Paper: plan with calendar"),
    "time_sheet": _l("Paper: time sheet"),
    "site_letter": _l("Paper: letter to a service place"),
    "apology_guide": _l("Paper: guide to an apology"),
    "essay_guide": _l("Paper: guide to an essay"),
    "cover_sheet": _l("Paper: cover sheet"),
    "progress_letter": _l("Paper: progress letter"),
    "warning": _l("Paper: warning letter"),
    "noncompliance_report": _l("Paper: report on a plan that is not kept"),
    "return_to_referrer": _l("Paper: return to the referrer"),
    "extra_paper": _l("Paper: one of your own"),
    "word_form": _l("Paper: a Word form"),
}


def sees(record: Any) -> None:
    """The page shows the case of this record, if it has one."""
    case_id = getattr(record, "audited_case_id", None)
    if case_id is not None:
        _add(Reading(case_id, reading.OPENED, request.blueprint or ""))


def prints(record: Any, kind: str) -> None:
    """The paper is about the case of this record, or lists the cases of a whole day."""
    g.pop("readings", None)  # the paper says more than that its record was loaded
    if kind in PAPERS_OF_DAY:
        g.printed = [PaperPrint.facts_of(record, None, kind)]
    elif kind in PAPERS_OF_HEARING:
        g.printed = [PaperPrint.facts_of(record.court_session, record, kind)]
    if hasattr(record, "hearings"):
        for hearing in record.hearings:
            _add(Reading(hearing.case_id, reading.LISTED, kind))
    elif record.audited_case_id is not None:
        _add(Reading(record.audited_case_id, reading.PRINTED, kind))


def prints_packet(packet: Packet, day: CourtSession) -> None:
    """All papers of a day are printed at once, as they were when their facts were read."""
    printed = {(each["kind"], each["hearing"]) for each in packet.contains or ()}
    inside = [hearing for hearing in day.hearings if any(hearing.id == number for _kind, number in printed)]
    lists((hearing.case_id for hearing in inside), "packet")
    facts = [
        PaperPrint.facts_of(day, None, kind) for kind in PAPERS_OF_DAY if _is_whole(kind, printed, inside)
    ]
    facts += [
        PaperPrint.facts_of(day, hearing, kind)
        for hearing in inside
        for kind in PAPERS_OF_HEARING
        if (kind, hearing.id) in printed
    ]
    g.printed = [each | {"of_version": packet.of_version} for each in facts]


def _is_whole(kind: str, printed: set[tuple[str, int | None]], hearings: list[Hearing]) -> bool:
    """Whether a paper of the day is there, as one or as a sheet for each hearing."""
    return (kind, None) in printed or (
        bool(hearings) and all((kind, each.id) in printed for each in hearings)
    )


def lists(cases: Iterable[int], page: str) -> None:
    """The page names these cases in one list."""
    for case_id in cases:
        _add(Reading(case_id, reading.LISTED, page))


def _add(each: Reading) -> None:
    seen = g.setdefault("readings", {})
    if not seen:
        g.reader = Reader.of(current_user)  # while it is loaded
    seen[each] = None


def hands_out(paper: HandedOut) -> None:
    """The answer is a paper that is to be kept as it is handed out."""
    if paper.to_keep:
        g.setdefault("reader", Reader.of(current_user))
        g.handed_out = paper


@dataclass(frozen=True)
class ToNote:
    """What is to be written down of an answer before anybody sees it."""

    readings: list[Reading]
    printed: list[dict[str, Any]]
    handed_out: HandedOut | None

    def __bool__(self) -> bool:
        return bool(self.readings or self.handed_out)


def to_note(response: Response) -> ToNote | None:
    """What this answer shows of cases and the trail does not tell of yet, and what paper it hands out."""
    seen, printed, handed_out = g.pop("readings", {}), g.pop("printed", []), g.pop("handed_out", None)
    if response.status_code not in SHOWN or not (seen or handed_out):
        return None
    return ToNote(reading.not_noted(db.session(), g.reader, seen), printed, handed_out)


def note(to_note: ToNote) -> None:
    """Write down who sees what, what was printed, and a paper that is handed out; in its own transaction."""
    session = db.session()
    reading.note(session, g.reader, to_note.readings)
    for printed in to_note.printed:
        session.add(PaperPrint(**printed, by_id=g.reader.id, printed_at=clock.now()))
    if paper := to_note.handed_out:
        IssuedPaper.hand_out(session, paper.to_keep, paper.content, by_id=g.reader.id)


ROLE_WORDS = {
    "administrator": _l("administrator"),
    "coordinator": _l("coordinator"),
    "judge": _l("judge"),
    "juror": _l("juror"),
    "family": _l("family"),
}


def page_words(page: str) -> str:
    """A page as people call it."""
    return str(PAGE_WORDS.get(page, page))


# What every list of readings needs to be told in words.
WORDS = {"page_words": page_words, "role_words": ROLE_WORDS}
