"""The docket of a day, and the list that tells jurors where they sit."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import (
    LETTERHEAD_NEEDED,
    Paper,
    known,
    lazy_day,
    letterhead,
    local,
    named,
    named_short,
)
from youthcourt.i18n import lazy as _l
from youthcourt.models import CourtSession, Hearing, User

DOCKET_FOR_JURORS = Kind(
    "docket_for_jurors",
    _l("Docket for jurors"),
    Phase.COURT,
    texts={"ties": _l("If you know somebody in your hearing, tell the coordinator before it begins.")},
)

DOCKET = Kind("docket", _l("Docket"), Phase.COURT)


def docket(court_session: CourtSession, judge: User | None = None, language: str = "en") -> Paper:
    """The day by time and room, for the coordinator; for a judge only what they hear."""
    hearings = [each for each in court_session.docket if judge is None or each.judge is judge]
    return Paper(
        kind=DOCKET,
        title=_l("Docket of %(day)s", day=lazy_day(court_session.held_on)),
        reference=court_session.held_on.isoformat(),
        language=known(language),
        facts={
            **_day(court_session, hearings),
            "slots": _slots(hearings, _row),
            "judge": judge and judge.name,
        },
        needed=LETTERHEAD_NEEDED | {"place": _l("The place of the hearings")},
        lacks=tuple(str(each) for hearing in hearings for each in hearing.missing()),
        mark="" if court_session.is_published else _l("Draft"),
    )


def docket_for_jurors(court_session: CourtSession, language: str = "en") -> Paper:
    """Where each juror sits, in short names. It says nothing about who is heard."""
    hearings = court_session.docket
    return Paper(
        kind=DOCKET_FOR_JURORS,
        title=_l("Jurors of %(day)s", day=lazy_day(court_session.held_on)),
        reference=court_session.held_on.isoformat(),
        language=known(language),
        facts={**_day(court_session, hearings), "slots": _slots(hearings, _juror_row)},
        needed=LETTERHEAD_NEEDED | {"place": _l("The place of the hearings")},
        lacks=tuple(str(each) for hearing in hearings for each in hearing.missing()),
        mark="" if court_session.is_published else _l("Draft"),
    )


def _day(court_session: CourtSession, hearings: list[Hearing]) -> dict[str, Any]:
    return {
        **letterhead(court_session.court),
        "held_on": court_session.held_on,
        "place": court_session.place or court_session.court.place,
        "rooms": list(dict.fromkeys(each.room.name for each in hearings)),
        "hearing_count": len(hearings),
    }


def _slots(hearings: list[Hearing], row: Callable[[Hearing], dict[str, Any]]) -> list[dict[str, Any]]:
    """The hearings that start together, in one group each."""
    return [
        {
            "starts_at": local(block.starts_at, block.court_session.court),
            "rows": [row(each) for each in together],
        }
        for block, together in groupby(hearings, key=lambda hearing: hearing.block)
    ]


def _row(hearing: Hearing) -> dict[str, Any]:
    case, panel = hearing.case, hearing.panel
    foreperson = panel.foreperson if panel else None
    family = (case.respondent, *case.respondent.guardians)
    return {
        "number": case.number,
        "room": hearing.room.name,
        "respondent": named(case.respondent),
        "guardians": [named(each) for each in case.respondent.guardians],
        "offence": case.offence.name,
        "judge": hearing.judge.name,
        "foreperson": named_short(foreperson.juror.person) if foreperson else None,
        "juror_count": len(panel.sitting_seats) if panel else 0,
        "interpreter": next((each.language for each in family if each.needs_interpreter), None),
    }


def _juror_row(hearing: Hearing) -> dict[str, Any]:
    panel = hearing.panel
    seats = panel.sitting_seats if panel else []
    return {
        "number": hearing.case.number,
        "room": hearing.room.name,
        "jurors": [
            {**named_short(seat.juror.person), "is_foreperson": seat.is_foreperson}
            for seat in sorted(seats, key=lambda seat: (not seat.is_foreperson, seat.number))
        ],
        "reserves": [named_short(seat.juror.person) for seat in (panel.reserves if panel else [])],
    }
