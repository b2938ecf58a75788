"""The notice of hearing: tells the family when and where to come, and what to bring."""

from __future__ import annotations

from typing import Any

from youthcourt.documents.paper import (
    LETTERHEAD_NEEDED,
    Paper,
    language_for,
    letterhead,
    lines_of,
    local,
    named,
)
from youthcourt.i18n import _, speaking
from youthcourt.i18n import lazy as _l
from youthcourt.models import Case, Hearing, Person
from youthcourt.models.person import spelling
from youthcourt.procedures.court.door_codes import address_for

from .square import square


def hearing_notice(hearing: Hearing, to: Person | None = None) -> Paper:
    """One copy for each household of the family, or the copy of whom it goes `to`. No juror is named."""
    case, court = hearing.case, hearing.court
    # Who prints it at home finds what was published; the office prints what it is about to tell.
    published = hearing.published if to else None
    return Paper(
        kind="hearing_notice",
        title=_l("Notice of hearing, case %(number)s", number=case.number),
        reference=case.number,
        language=language_for(case.respondent),
        facts={
            **letterhead(court),
            "number": case.number,
            "respondent": named(case.respondent),
            "guardians": [named(each) for each in case.respondent.guardians],
            "held_on": hearing.court_session.held_on,
            "starts_at": local(published.starts_at if published else hearing.block.starts_at, court),
            "room": published.room if published else hearing.room.name,
            "place": hearing.court_session.place or court.place,
            "agency": case.referral.agency.name,
            "interpreter": _interpreter(case),
            "square": square(address_for(hearing)),
        },
        needed=LETTERHEAD_NEEDED
        | {
            "place": _l("The place of the hearing"),
            "guardians": _l("A guardian"),
            "address": _l("A mailing address of the family"),
        },
        mark="" if hearing.is_live else _l("Cancelled"),
        copies=_copies(case, to),
    )


def _copies(case: Case, to: Person | None) -> tuple[dict[str, Any], ...]:
    with speaking(language_for(case.respondent)):
        return tuple(_envelope(*each) for each in _households(case) if to is None or to in each[0])


def _interpreter(case: Case) -> str | None:
    """The language to interpret, as its code; None when nobody of the family asked for that."""
    family = (case.respondent, *case.respondent.guardians)
    return next((each.language for each in family if each.needs_interpreter), None)


def _households(case: Case) -> list[tuple[list[Person], list[str]]]:
    """Who gets an envelope, and its address: everybody at one place together.

    Who has no address is put with the others. Who may only be reached safely gets a copy of their own, and
    nobody's address stands on it.
    """
    everybody = (case.respondent, *case.respondent.guardians)
    apart = [each for each in everybody if each.safe_contact]
    family = [each for each in everybody if each not in apart]
    by_hand = [([each], [_("To be handed over at the court")]) for each in apart]
    return [*_homes(family), *by_hand] if family else by_hand


def _homes(family: list[Person]) -> list[tuple[list[Person], list[str]]]:
    known = [each for each in family if each.mailing_address.strip()]
    homes: dict[str, list[Person]] = {spelling(each.mailing_address): [] for each in known} or {"": []}
    first = next(iter(homes))
    for each in family:
        homes[spelling(each.mailing_address) if each in known else first].append(each)
    return [
        (people, lines_of(next((p.mailing_address for p in people if p in known), "")))
        for people in homes.values()
    ]


def _envelope(people: list[Person], address: list[str]) -> dict[str, Any]:
    return {"recipients": [named(each) for each in people], "address": address}
