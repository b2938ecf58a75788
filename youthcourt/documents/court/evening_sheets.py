"""The evening on paper, for a night without power or network: lists at the door, a sheet for each room.

They are filled in by hand and typed in the next day. Nothing on them tells what anybody did.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from youthcourt.documents.decision.deliberation_sheet import activities_of
from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import (
    LETTERHEAD_NEEDED,
    Paper,
    known,
    lazy_day,
    letterhead,
    local,
    named_short,
)
from youthcourt.i18n import lazy as _l
from youthcourt.models import ANSWER_WORDS, QUESTION_WORDS, CourtSession, Hearing, Seat, SittingState

BLANK_SEATS = 2  # for whoever is called in from the reserve
BLANK_JURORS = 4  # for who comes without being booked
EXPECTED = (SittingState.BOOKED, SittingState.CHECKED_IN, SittingState.CREDITED, SittingState.NO_SHOW)

ROOM_SHEETS = Kind(
    "room_sheets",
    _l("Room sheets"),
    Phase.COURT,
    texts={"vote": _l("Vote with folded slips. Write down the numbers only, never who voted how.")},
)

SIGN_IN_SHEETS = Kind(
    "sign_in_sheets",
    _l("Sign-in sheets"),
    Phase.COURT,
    texts={
        "promise": _l(
            "I will not tell anybody, by words or signs, who was here tonight or what I heard. I will listen "
            "to everybody and decide fairly."
        ),
        "care": _l(
            "Keep this list at the desk and let nobody read on it but their own line. Whoever comes signs "
            "that they tell nothing of others."
        ),
    },
)


def sign_in_sheets(day: CourtSession, language: str = "en") -> Paper:
    """Two lists for the desk at the door: the jurors, and the families, by first name and last initial."""
    return Paper(
        kind=SIGN_IN_SHEETS,
        title=_l("Sign-in sheets of %(day)s", day=lazy_day(day.held_on)),
        reference=day.held_on.isoformat(),
        language=known(language),
        facts={
            **letterhead(day.court),
            "held_on": day.held_on,
            "place": day.place or day.court.place,
            "jurors": _jurors(day),
            "families": [_family(hearing) for hearing in day.docket],
            "blank_jurors": BLANK_JURORS,
        },
        needed=LETTERHEAD_NEEDED | {"place": _l("The place of the hearings")},
        mark="" if day.is_published else _l("Draft"),
        copies=({"part": "jurors"}, {"part": "families"}),
    )


def room_sheets(day: CourtSession, language: str = "en", of: Hearing | None = None) -> Paper:
    """One sheet for each hearing, or of one: who came, who took the oath, what was found and decided."""
    hearings = [of] if of else day.docket
    return Paper(
        kind=ROOM_SHEETS,
        title=_l("Room sheets of %(day)s", day=lazy_day(day.held_on)),
        reference=day.held_on.isoformat(),
        language=known(language),
        facts={
            **letterhead(day.court),
            "held_on": day.held_on,
            "questions": list(QUESTION_WORDS.values()),
            "answers": list(ANSWER_WORDS.values()),
            "blank_seats": BLANK_SEATS,
        },
        lacks=tuple(str(each) for hearing in hearings for each in hearing.missing()),
        mark="" if day.is_published else _l("Draft"),
        copies=tuple(_room(hearing) for hearing in hearings) or (_empty_room(),),
    )


def _jurors(day: CourtSession) -> list[dict[str, str]]:
    booked = [each.juror.person for each in day.sittings if each.state in EXPECTED]
    return [named_short(each) for each in sorted(booked, key=lambda person: person.short_name)]


def _family(hearing: Hearing) -> dict[str, Any]:
    return {
        "starts_at": local(hearing.block.starts_at, hearing.court),
        "room": hearing.room.name,
        "people": [named_short(each) for each in hearing.family],
        "interpreter": next(iter(hearing.languages_needed), None),
    }


def _room(hearing: Hearing) -> dict[str, Any]:
    panel = hearing.panel
    return {
        "number": hearing.case.number,
        "starts_at": local(hearing.block.starts_at, hearing.court),
        "room": hearing.room.name,
        "judge": hearing.judge.name,
        "family": [named_short(each) for each in hearing.family],
        "interpreters": [{"name": each.name, "language": each.language} for each in hearing.interpreters],
        "seats": list(_seats(panel.standing if panel else ())),
        "activities": activities_of(hearing),
    }


def _empty_room() -> dict[str, Any]:
    """A sheet without a hearing yet: everything on it is written by hand."""
    names = ("number", "starts_at", "room", "judge")
    return {**dict.fromkeys(names), "family": [], "interpreters": [], "seats": [], "activities": []}


def _seats(seats: Iterable[Seat]) -> Iterable[dict[str, Any]]:
    for seat in sorted(seats, key=lambda seat: (not seat.is_foreperson, seat.is_reserve, seat.number)):
        yield {**named_short(seat.juror.person), "role": str(seat.role)}
