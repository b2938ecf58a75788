"""Addresses for the mail of one day: on sheets of labels, and a page each for envelopes with a window.

Whoever may only be reached safely is on none of them; that somebody was left out is said before printing.
"""

from __future__ import annotations

from typing import Any

from youthcourt.documents.envelopes import homes_of
from youthcourt.documents.family import everybody_of
from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import Paper, known, lazy_day, letterhead, named
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models import CourtSession

# By how they lie on their sheet: 3 by 10 and 2 by 7 on Letter, 3 by 7 on A4.
LABELS_30 = Kind("labels_30", _l("Labels, 30 on a Letter sheet"), Phase.COURT)
LABELS_14 = Kind("labels_14", _l("Labels, 14 on a Letter sheet"), Phase.COURT)
LABELS_21 = Kind("labels_21", _l("Labels, 21 on an A4 sheet"), Phase.COURT)
ENVELOPE_PAGES = Kind("envelope_pages", _l("Pages for envelopes with a window"), Phase.COURT)


def labels_30(court_session: CourtSession, language: str = "en") -> Paper:
    return _labels(LABELS_30, court_session, language)


def labels_14(court_session: CourtSession, language: str = "en") -> Paper:
    return _labels(LABELS_14, court_session, language)


def labels_21(court_session: CourtSession, language: str = "en") -> Paper:
    return _labels(LABELS_21, court_session, language)


def envelope_pages(court_session: CourtSession, language: str = "en") -> Paper:
    """One page for each household, folded around whatever is mailed: its address shows in the window."""
    return _labels(ENVELOPE_PAGES, court_session, language)


def _labels(kind: Kind, day: CourtSession, language: str) -> Paper:
    cases = list(dict.fromkeys(hearing.case for hearing in day.docket if hearing.is_ahead))
    homes = [(case, people, address) for case in cases for people, address in homes_of(case)]
    reached = {person for _case, people, _address in homes for person in people}
    left_out = [case for case in cases if any(each not in reached for each in everybody_of(case))]
    return Paper(
        kind=kind,
        title=_l("Addresses for the mail of %(day)s", day=lazy_day(day.held_on)),
        reference=day.held_on.isoformat(),
        language=known(language),
        facts={
            **letterhead(day.court),
            "held_on": day.held_on,
            "homes": [_home(people, address) for _case, people, address in homes],
        },
        needed={"homes": _l("A mailing address of any family of this day")},
        lacks=tuple(
            _("Case %(number)s: somebody has no label. Hand theirs over at the court.", number=each.number)
            for each in left_out
        ),
    )


def _home(people: list[Any], address: list[str]) -> dict[str, Any]:
    return {"people": [named(each) for each in people], "address": address}
