"""Who of a family gets an envelope of their own, and what stands in its window."""

from __future__ import annotations

from typing import Any

from youthcourt.i18n import _, speaking
from youthcourt.models import Case, Person
from youthcourt.models.person import spelling

from .paper import language_for, lines_of, named


def envelopes(case: Case, to: Person | None = None) -> tuple[dict[str, Any], ...]:
    """One for each household of the family, or that of whom it goes `to`: the copies of a letter."""
    with speaking(language_for(case.respondent)):
        return tuple(_envelope(*each) for each in _households(case) if to is None or to in each[0])


def homes_of(case: Case) -> list[tuple[list[Person], list[str]]]:
    """The households to which something can be mailed: who lives there, and the address.

    Whoever may only be reached safely is in none of them.
    """
    everybody = (case.respondent, *case.respondent.guardians)
    family = [each for each in everybody if not each.safe_contact]
    return [home for home in _homes(family) if home[1]] if family else []


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
