"""What a plan is judged by, aim by aim, counted again from the facts and the places alone."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from youthcourt.checker.reading import AT_A_HEARING, Day, Facts, Place, Seating, as_places


def count(facts: Facts, seed: str, places: Iterable[Iterable[str]]) -> dict[str, int]:
    """Every aim in the court's order, each the less the better."""
    day = Day(facts)
    seating = Seating(day, as_places(places))
    first = ("lost", "which", "seats") if day.keep is None else ("lost", "which", "seats", "changes")
    order = (*first, *day.rules["order"], "lottery", "placing")
    return {aim: AIMS[aim](day, seed, seating) for aim in order}


def lot(seed: str, *key: str) -> int:
    """Twenty bits of chance: how the SHA-256 of the seed and what the lot is for begins."""
    text = "|".join([seed, *key])
    return int(hashlib.sha256(text.encode("utf-8")).hexdigest()[:5], 16)


def halves_up(above: int, below: int) -> int:
    """A fraction rounded to a whole number, exactly: a half goes to the higher one."""
    return (2 * above + below) // (2 * below)


def lost(day: Day, _seed: str, seating: Seating) -> int:
    return sum(not seating.panel(name) for name in day.hearings)


def which(day: Day, seed: str, seating: Seating) -> int:
    def rank(name: str) -> tuple[int, int, str]:
        return -(day.hearings[name].get("priority") or 0), lot(seed, "hearing", name), name

    docket = sorted(day.hearings, key=rank)
    return sum(len(docket) - place for place, name in enumerate(docket) if not seating.panel(name))


def seats(day: Day, _seed: str, seating: Seating) -> int:
    asked = sum(day.asked_for(role, name) for name in day.hearings for role in ("juror", "bailiff", "clerk"))
    return asked - sum(role in AT_A_HEARING for _who, role, _where in seating.places)


def changes(day: Day, _seed: str, seating: Seating) -> int:
    was = [place for place in day.keep or () if day.is_place(place)]
    sat = {(who, where) for who, role, where in seating.places if role in AT_A_HEARING}
    given_up = sum(
        role in AT_A_HEARING
        and (who, where) not in sat
        and any(day.may_take(who, each, where) for each in AT_A_HEARING)
        for who, role, where in was
    )
    sent_home = sum(
        role == "reserve" and day.may_wait(who, where) and not _is_anywhere(day, seating, who, where)
        for who, role, where in was
    )
    new = sum(_newness(day, set(was), place) for place in seating.places if place[1] in AT_A_HEARING)
    return 10 * given_up + sent_home + new


def _is_anywhere(day: Day, seating: Seating, who: str, block: str) -> bool:
    return any(day.block_of(role, where) == block for role, where in seating.places_of.get(who, ()))


def _newness(day: Day, was: set[Place], place: Place) -> int:
    """What it costs that somebody is asked to sit where they did not."""
    who, role, where = place
    if place in was:
        return 0
    if any((who, other, where) in was for other in AT_A_HEARING):
        return 1
    if (who, "reserve", day.block_of(role, where)) in was:
        return 1
    return 2 if any(person == who for person, _role, _where in was) else 5


def duty(day: Day, _seed: str, seating: Seating) -> int:
    waiting = [name for name in day.people if not seating.sittings_of(name) and _might_sit_off(day, name)]
    return sum(_risk(day.people[name]["owes"], day.people[name].get("chances") or 0) for name in waiting)


def _might_sit_off(day: Day, who: str) -> bool:
    owes = (day.people[who].get("owes") or 0) > 0
    return owes and any(day.may_take(who, role, name) for name in day.hearings for role in AT_A_HEARING)


def _risk(owes: int, chances: int) -> int:
    return 100 if chances <= owes else max(1, halves_up(20 * owes, chances))


def standby(day: Day, _seed: str, seating: Seating) -> int:
    missing = sum(
        max(0, (block.get("reserves") or 0) - len(seating.those_at("reserve", name)))
        for name, block in day.blocks.items()
    )
    return missing + sum(not _has_cover(day, seating, name) for name in day.hearings)


def _has_cover(day: Day, seating: Seating, hearing: str) -> bool:
    waiting = seating.those_at("reserve", day.hearings[hearing]["block"])
    return any(day.may_take(who, "juror", hearing) for who in waiting)


def mix(day: Day, _seed: str, seating: Seating) -> int:
    return sum(_mix_of(day, seating, name) for name in day.hearings if seating.panel(name))


def _mix_of(day: Day, seating: Seating, hearing: str) -> int:
    new = sum(map(day.is_new, seating.panel(hearing)))
    cost = int(new == 0)
    if day.rules["experience"] == "wanted":
        cost += 4 * sum(map(day.is_new, seating.those_at("foreperson", hearing)))
        cost += max(0, new - day.first_timers(hearing))
    return cost


def balance(day: Day, _seed: str, seating: Seating) -> int:
    return sum(_balance_of(day, seating, name) for name in day.hearings if seating.panel(name))


def _balance_of(day: Day, seating: Seating, hearing: str) -> int:
    panel = [day.people[who] for who in seating.panel(hearing)]
    cost = 0
    if percent := day.rules["school_most"]:
        most = -(-day.hearings[hearing]["seats"] * percent // 100)
        schools = Counter(person["school"] for person in panel if person.get("school"))
        cost += sum(max(0, there - most) for there in schools.values())
    for quota in day.rules["quotas"]:
        there = sum((person.get("groups") or {}).get(quota["group"]) == quota["value"] for person in panel)
        cost += max(0, quota["least"] - there) + max(0, there - quota["most"])
    return cost


def fair_share(day: Day, _seed: str, seating: Seating) -> int:
    band = day.rules["band"]
    a_seat = halves_up(100, band)
    cost = 0
    for who, places in seating.places_of.items():
        person, sittings = day.people[who], seating.sittings_of(who)
        credit, taken = halves_up(person.get("credit") or 0, band), person.get("places_taken") or 0
        cost += sum((2 * n - 1) * a_seat - 2 * credit for n in range(taken + 1, taken + sittings + 1))
        cost += (len(places) - sittings) * (a_seat - credit)
    return cost


def lottery(_day: Day, seed: str, seating: Seating) -> int:
    return sum(1 + lot(seed, "person", who) for who, _role, _where in seating.places)


def placing(_day: Day, seed: str, seating: Seating) -> int:
    return sum(1 + lot(seed, "place", who, role, where) for who, role, where in seating.places)


AIMS = {
    "lost": lost,
    "which": which,
    "seats": seats,
    "changes": changes,
    "duty": duty,
    "standby": standby,
    "mix": mix,
    "balance": balance,
    "fair_share": fair_share,
    "lottery": lottery,
    "placing": placing,
}
