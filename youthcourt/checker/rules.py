"""Every rule that a plan must keep, each by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from youthcourt.checker.reading import AT_A_HEARING, Day, Facts, Seating, as_places


class Fault(NamedTuple):
    """A rule that a plan breaks, whose place breaks it, and where. Its text is a line to read."""

    rule: str
    who: str
    where: str
    how: str = ""

    def __str__(self) -> str:
        parts = (self.who and f"candidate {self.who}", self.where and f"at {self.where}", self.how)
        return f"{self.rule}: {', '.join(part for part in parts if part)}"


Faults = Iterator[Fault]

# A court may let one of these go for one person and one hearing ("" for a limit); the others never.
WAIVABLE = ("limit_reached", "same_school", "never_served", "not_trained")


def check(
    facts: Facts, seed: str, places: Iterable[Iterable[str]], waived: Iterable[tuple[str, str, str]] = ()
) -> list[str]:
    """A line for each rule that is broken; none for a plan that keeps them all.

    `waived` names what the court let go for this plan: rule, candidate, hearing. The seed breaks no rule, but
    a plan without one was not drawn.
    """
    let_go = {(rule, who, where) for rule, who, where in waived if rule in WAIVABLE}
    faults = [] if seed else [Fault("seed", "", "", "there is none")]
    faults += (each for each in _faults(facts, places) if each[:3] not in let_go)
    return [str(fault) for fault in faults]


def _faults(facts: Facts, places: Iterable[Iterable[str]]) -> Faults:
    day, named = Day(facts), as_places(places)
    for place in named:
        if not day.is_place(place):
            yield Fault("known", "", "", f"there is no such candidate, role or place: {', '.join(place)}")
    seating = Seating(day, named)
    for rule in RULES:
        yield from rule(day, seating)


def may_take(day: Day, seating: Seating) -> Faults:
    """Nobody has a place that they may not take. Limits are counted over all of somebody's places, below."""
    for who, role, where in seating.places:
        if role in AT_A_HEARING:
            for rule in day.obstacles(who, role, where):
                yield Fault(rule, who, where, f"as {role}")
        elif not day.may_wait(who, where):
            yield Fault("reserve", who, where, "may be a juror at none of its hearings")


def one_place_a_block(day: Day, seating: Seating) -> Faults:
    for who, places in seating.places_of.items():
        for block, times in Counter(day.block_of(role, where) for role, where in places).items():
            if times > 1:
                yield Fault("one place", who, block, f"has {times} at the same time")


def limits(day: Day, seating: Seating) -> Faults:
    for who, places in seating.places_of.items():
        person = day.people[who]
        taken, left = person.get("places_taken") or 0, person.get("places_left")
        if taken + len(places) > day.rules["places_a_day"]:
            yield Fault("day_full", who, "", f"{taken} taken and {len(places)} more")
        if left is not None and (sittings := seating.sittings_of(who)) > left:
            yield Fault("limit_reached", who, "", f"{sittings} seats, {left} left")


def panels(day: Day, seating: Seating) -> Faults:
    for name, hearing in day.hearings.items():
        size = len(seating.panel(name))
        if size and not hearing["least"] <= size <= hearing["seats"]:
            yield Fault("size", "", name, f"a panel of {size}")
        if size and (forepersons := len(seating.those_at("foreperson", name))) != 1:
            yield Fault("foreperson", "", name, f"{forepersons} of them")


def court_staff(day: Day, seating: Seating) -> Faults:
    for name in day.hearings:
        for role in ("bailiff", "clerk"):
            there = len(seating.those_at(role, name))
            if there and not seating.panel(name):
                yield Fault(role, "", name, "though there is no panel")
            if there > day.asked_for(role, name):
                yield Fault(role, "", name, f"{there} of them")


def reserves(day: Day, seating: Seating) -> Faults:
    for name, block in day.blocks.items():
        waiting = len(seating.those_at("reserve", name))
        if waiting > (block.get("reserves") or 0):
            yield Fault("reserves", "", name, f"{waiting} of them")


def apart(day: Day, seating: Seating) -> Faults:
    for name in day.hearings:
        for group in day.apart:
            together = sorted(group & set(seating.panel(name)))
            if len(together) > 1:
                yield Fault("apart", " and ".join(together), name)


def pins(day: Day, seating: Seating) -> Faults:
    has = set(seating.places)
    for pin in filter(day.is_place, day.pins):
        who, role, where = pin
        counts = role == "reserve" or seating.panel(where)
        if counts and pin not in has:
            yield Fault("pin", who, where, f"is not there as {role}")


def first_timers(day: Day, seating: Seating) -> Faults:
    if day.rules["experience"] != "needed":
        return
    for name in day.hearings:
        new = sum(map(day.is_new, seating.panel(name)))
        if new > day.first_timers(name):
            yield Fault("first-timers", "", name, f"{new} of them")


RULES = (may_take, one_place_a_block, limits, panels, court_staff, reserves, apart, pins, first_timers)
