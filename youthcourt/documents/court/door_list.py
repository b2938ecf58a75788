"""The list for whoever stands at the door: who is expected when, and in which room. Never why."""

from __future__ import annotations

from typing import Any

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
from youthcourt.models import CourtSession, Hearing

DOOR_LIST = Kind(
    "door_list",
    _l("Door list"),
    Phase.COURT,
    says={
        "held_on": _l("The day"),
        "place": _l("The place of the hearings"),
        "court_name": _l("The name of the court"),
        "court_phone": _l("The court's phone number"),
    },
    texts={
        "care": _l(
            "Keep this list in your hand and do not hang it up. Ask for the first name, show the way to the "
            "room, and never say a family name or a reason aloud."
        ),
        "unknown": _l("Somebody is not on this list? Be kind, let them sit down, and fetch the coordinator."),
    },
)


def door_list(day: CourtSession, language: str = "en") -> Paper:
    """In large letters, in the order in which people come: first names and initials."""
    return Paper(
        kind=DOOR_LIST,
        title=_l("Door list of %(day)s", day=lazy_day(day.held_on)),
        reference=day.held_on.isoformat(),
        language=known(language),
        facts={
            **letterhead(day.court),
            "held_on": day.held_on,
            "place": day.place or day.court.place,
            "expected": [_expected(hearing) for hearing in day.docket],
        },
        needed=LETTERHEAD_NEEDED | {"place": _l("The place of the hearings")},
        mark="" if day.is_published else _l("Draft"),
    )


def _expected(hearing: Hearing) -> dict[str, Any]:
    return {
        "starts_at": local(hearing.block.starts_at, hearing.court),
        "room": hearing.room.name,
        "people": [named_short(each) for each in hearing.family],
        "interpreter": next(iter(hearing.languages_needed), None),
    }
