"""The facts of a day and its places, laid out for checking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

Facts = dict[str, Any]
Place = tuple[str, str, str]  # candidate, role, hearing or block

ON_THE_PANEL = ("juror", "foreperson")
AT_A_HEARING = ("juror", "foreperson", "bailiff", "clerk")


def as_places(places: Iterable[Iterable[str]]) -> list[Place]:
    """Places as they come out of JSON. Anything but three texts is a mistake of whoever asks."""
    return [(who, role, where) for who, role, where in places]


class Day:
    """What the facts say, found by id."""

    def __init__(self, facts: Facts) -> None:
        self.rules: Facts = facts["rules"]
        self.held_on = date.fromisoformat(facts["held_on"])
        self.blocks: dict[str, Facts] = {each["id"]: each for each in facts["blocks"]}
        self.hearings: dict[str, Facts] = {each["id"]: each for each in facts["hearings"]}
        self.people: dict[str, Facts] = {each["id"]: each for each in facts["candidates"]}
        self.apart = [set(group) for group in facts["apart"]]
        self.bars = {(who, where) for who, where in facts["bars"]}
        self.pins: list[Place] = [(who, role, where) for who, role, where in facts["pins"]]
        kept = facts.get("keep")
        self.keep: list[Place] | None = None if kept is None else [(a, role, b) for a, role, b in kept]

    def is_place(self, place: Place) -> bool:
        """Whether somebody who is a candidate could be named in this role there at all."""
        who, role, where = place
        there = where in self.blocks if role == "reserve" else role in AT_A_HEARING and where in self.hearings
        return there and who in self.people

    def block_of(self, role: str, where: str) -> str:
        return where if role == "reserve" else str(self.hearings[where]["block"])

    def hearings_at(self, block: str) -> list[str]:
        return [name for name, hearing in self.hearings.items() if hearing["block"] == block]

    def asked_for(self, role: str, hearing: str) -> int:
        """How many of a role a hearing asks for; a foreperson is one of its panel."""
        wanted = self.hearings[hearing]
        asked: int = {"juror": wanted["seats"], "foreperson": 1}.get(role) or wanted.get(f"{role}s") or 0
        return asked

    def first_timers(self, hearing: str) -> int:
        """How many of a panel may be people who have never served."""
        return int(self.hearings[hearing]["seats"] * self.rules["first_timers_most"] // 100)

    def may_take(self, who: str, role: str, hearing: str) -> bool:
        allowed = self.asked_for(role, hearing) > 0 and self.has_a_place_left(who)
        return allowed and not any(self.obstacles(who, role, hearing))

    def may_wait(self, who: str, block: str) -> bool:
        return any(self.may_take(who, "juror", hearing) for hearing in self.hearings_at(block))

    def has_a_place_left(self, who: str) -> bool:
        person = self.people[who]
        left = person.get("places_left")
        return (person.get("places_taken") or 0) < self.rules["places_a_day"] and (left is None or left > 0)

    def obstacles(self, who: str, role: str, hearing: str) -> Iterator[str]:
        """The rules that forbid somebody a role at a hearing, whatever else is planned."""
        forbidden = {
            "not_free": self.hearings[hearing]["block"] not in (self.people[who].get("free") or ()),
            "not_trained": not self._is_trained(who, role),
            "not_of_age": not self._is_of_age(who),
            "left": bool(self.people[who].get("left")),
            "tie": bool((self.hearings[hearing].get("ties") or {}).get(who)),
            "barred": bool({(who, hearing), (who, None)} & self.bars),
            "same_school": self._is_schoolmate(who, hearing),
            "open_case": bool(self.rules["open_cases_apart"] and self.people[who].get("open_case")),
            "never_served": role == "foreperson"
            and self.rules["experience"] == "needed"
            and self.is_new(who),
        }
        yield from (rule for rule, holds in forbidden.items() if holds)

    def is_new(self, who: str) -> bool:
        return (self.people[who].get("served") or 0) == 0

    def _is_trained(self, who: str, role: str) -> bool:
        until = (self.people[who].get("trained_until") or {}).get(role)
        return until is not None and date.fromisoformat(until) >= self.held_on

    def _is_of_age(self, who: str) -> bool:
        age = self.people[who].get("age")
        youngest, oldest = self.rules["ages"]
        return age is not None and youngest <= age <= oldest

    def _is_schoolmate(self, who: str, hearing: str) -> bool:
        school = self.people[who].get("school")
        same = bool(school) and school in (self.hearings[hearing].get("schools") or ())
        return bool(self.rules["schoolmates_apart"]) and same


class Seating:
    """Who is where, as far as the places name people, roles, hearings and blocks of the day."""

    def __init__(self, day: Day, places: Iterable[Place]) -> None:
        self.places = [place for place in places if day.is_place(place)]
        self.panels: dict[str, list[str]] = defaultdict(list)
        self.at: dict[tuple[str, str], list[str]] = defaultdict(list)  # by role and hearing or block
        self.places_of: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for who, role, where in self.places:
            self.at[role, where].append(who)
            self.places_of[who].append((role, where))
            if role in ON_THE_PANEL:
                self.panels[where].append(who)

    def sittings_of(self, who: str) -> int:
        """How many places at hearings somebody has."""
        return sum(role != "reserve" for role, _where in self.places_of.get(who, ()))

    def panel(self, hearing: str) -> list[str]:
        return self.panels.get(hearing, [])

    def those_at(self, role: str, where: str) -> list[str]:
        return self.at.get((role, where), [])
