"""What the plan of a day is made from: plain facts about one day of a court, without a name in them.

The facts are JSON, so that they can be frozen with the draw, hashed, and planned again on any machine. This
page is their definition; `youthcourt/checker/` reads the same definition and nothing else of the planner.

    {"format": "day-1", "day": id, "held_on": "2026-11-28", "rules": {…}, "blocks": […], "hearings": […],
     "candidates": […], "apart": [[id, id], …], "pins": [[candidate, role, place], …],
     "bars": [[candidate, hearing or null], …], "keep": [[candidate, role, place], …] or null}

All ids are text. Rules are given whole; what is left out of a block, a hearing or a candidate is empty, null
or 0. What ties, apart, pins, bars and keep say of anybody or anything that is not there counts for nothing.
Seats, limits, numbers and days are whole; halves up means: to the higher number, also below 0.

A **place** is a hearing for the roles `juror`, `foreperson`, `bailiff` and `clerk`, and a block for the role
`reserve`. The panel of a hearing is its jurors and its foreperson; their percentages are of the seats it has,
filled or not. Who has never served is a first-timer. A hearing that has begun is not among the hearings: its
people are not free at its block, and it counts in their `places_taken`.

rules
    ages                [youngest, oldest] of those who sit, on that day; unknown is not of age
    schoolmates_apart   whether somebody of one of the hearing's schools may not sit on it
    open_cases_apart    whether somebody with an open case of their own may not sit at all
    places_a_day        most places, seats and reserve together, that one person takes on the day
    first_timers_most   percent of a panel's seats that people who never served may take, rounded down
    experience          "needed": never more first-timers than that, never a foreperson who has not served;
                        "wanted": the same, but as an aim
    school_most         percent of a panel's seats for people of one school, rounded up; 0 for no limit;
                        people without a school do not count
    quotas              [{"group": "age", "value": "13-14", "least": 1, "most": 3}, …]: how many of a panel
    band                what counts as the same share of service, in hundredths of a seat
    order               the court's order of "duty", "standby", "mix", "balance" and "fair_share", each once
blocks      {"id", "reserves": how many wait at that time}
hearings    {"id", "block", "seats": of the panel, "least": without which the panel cannot decide, "bailiffs",
             "clerks", "priority": the higher, the later it is given up, "schools": [id, …],
             "ties": {candidate: [kind, …]}}
candidates  {"id", "free": [block, …], "age": years or null, "school": id or "", "groups": {group: value},
             "trained_until": {role: day}, "served": times, "places_taken": on this day already,
             "places_left": seats, in any role, until the court's limit or null, "owes": sittings,
             "chances": days on which they can still pay them, this one among them,
             "credit": fair share of seats less seats taken, in hundredths, "open_case", "left"}
apart       two or more people of whom no two sit on one panel
pins        a place that somebody has: at a hearing, if it gets a panel at all; in reserve, in any case. Other
            rules hold all the same: where they forbid a pin at a hearing, it gets no panel; facts that forbid
            a pin in reserve have no plan
bars        somebody who does not sit on that hearing, or, with null, on none of that day
keep        the plan as it stands, when a plan is mended: those in it stay where they are if they can

Somebody **may take** a role at a hearing when it asks for that role, and they are free at its block, trained
for the role (a training is good through its last day), of age, have not left, have no tie to the case, no
bar, no shared school or open case where these count, and a place left today and until the court's limit; a
foreperson has served where experience is needed. Somebody may wait in **reserve** at a block when they may be
a juror at one of its hearings.

A plan keeps every rule: one place a block for each person; with those taken at most `places_a_day` places,
and at most `places_left` seats; of each panel none, or at least `least` and at most `seats`; one foreperson
for each panel; bailiffs and clerks only where there is a panel, no more than asked for; in reserve no more
than asked for; nobody apart together; pins; and, where experience is needed, at most the first-timers that
the rules allow.

A plan is the best one, aim by aim; a later aim never costs an earlier one anything. Counted are, each the
less the better:
    lost        hearings without a panel
    which       of n hearings by priority (highest first), then by lot (lowest first), then by id, the first
                counts n, the last 1, if lost
    seats       places of panels, bailiffs and clerks that stay open, those of lost hearings too
    changes     (with `keep`) 10 for each place at a hearing in `keep` whose person may have one there still,
                in whatever role, and has none; 1 for each place in reserve in `keep` whose person may wait
                there still and has no place at that block; and for each place at a hearing: 0 if its person
                had it in that role, 1 if they had another role there, else 1 if they were in reserve at that
                block, else 2 if they had any place that day, else 5
    duty        for each who owes, may take a place at a hearing, and has none: 100 where chances <= owes,
                else max(1, 20 * owes / chances), halves up
    standby     reserves missing from each block, and 1 for each hearing that nobody in its block's reserve
                may join as a juror
    mix         for each panel 1 if it has no first-timer; where experience is wanted, also 4 if the
                foreperson never served, and 1 for each first-timer above the limit
    balance     for each panel: each above the limit of a school; each missing from and each above a quota
    fair_share  with k the credit in bands, halves up, and s the bands that make one seat, halves up:
                somebody's n-th place of the day at a hearing, those taken counted, costs (2n - 1)s - 2k;
                each place in reserve s - k
    lottery     for each place, 1 + the lot of the person
    placing     for each place, 1 + the lot of person, role and place together
What a lot is stands in `lots.py`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

FORMAT = "day-1"
PANEL_ROLES = ("juror", "foreperson")
HEARING_ROLES = (*PANEL_ROLES, "bailiff", "clerk")
SOFT_AIMS = ("duty", "standby", "mix", "balance", "fair_share")

Facts = dict[str, Any]
Place = tuple[str, str, str]  # candidate, role, hearing or block


@dataclass(frozen=True)
class Quota:
    """How many of a panel belong to one group."""

    group: str
    value: str
    least: int
    most: int


@dataclass(frozen=True)
class Rules:
    """The court's rules for seating."""

    ages: tuple[int, int] = (13, 18)
    schoolmates_apart: bool = True
    open_cases_apart: bool = True
    places_a_day: int = 2
    first_timers_most: int = 50
    experience: str = "wanted"
    school_most: int = 50
    quotas: tuple[Quota, ...] = ()
    band: int = 25
    order: tuple[str, ...] = SOFT_AIMS


@dataclass(frozen=True)
class Block:
    """A time at which hearings start."""

    id: str
    reserves: int = 0


@dataclass(frozen=True)
class Hearing:
    """A case to be heard, as far as seating its panel goes."""

    id: str
    block: str
    seats: int
    least: int
    bailiffs: int = 0
    clerks: int = 0
    priority: int = 0
    schools: frozenset[str] = frozenset()
    ties: dict[str, list[str]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Candidate:
    """Somebody who might sit that day."""

    id: str
    free: frozenset[str] = frozenset()
    age: int | None = None
    school: str = ""
    groups: dict[str, str] = field(default_factory=dict, hash=False)
    trained_until: dict[str, str] = field(default_factory=dict, hash=False)
    served: int = 0
    places_taken: int = 0
    places_left: int | None = None
    owes: int = 0
    chances: int = 0
    credit: int = 0
    open_case: bool = False
    left: bool = False


@dataclass(frozen=True)
class Day:
    """Everything that a plan is made from."""

    day: str
    held_on: date
    rules: Rules
    blocks: tuple[Block, ...]
    hearings: tuple[Hearing, ...]
    candidates: tuple[Candidate, ...]
    apart: tuple[frozenset[str], ...] = ()
    pins: frozenset[Place] = frozenset()
    bars: frozenset[tuple[str, str | None]] = frozenset()
    keep: tuple[Place, ...] | None = None

    @classmethod
    def of(cls, facts: Facts) -> Day:
        """Read the facts. In whatever order they come, the day is the same."""
        if facts["format"] != FORMAT:
            raise ValueError(f"facts of a form that this version does not know: {facts['format']}")
        if sorted(facts["rules"]["order"]) != sorted(SOFT_AIMS):
            raise ValueError(f"an order that does not name each aim once: {facts['rules']['order']}")
        rules = dict(facts["rules"], quotas=tuple(Quota(**each) for each in facts["rules"]["quotas"]))
        keep = facts.get("keep")
        return cls(
            day=facts["day"],
            held_on=date.fromisoformat(facts["held_on"]),
            rules=_made(Rules, rules),
            blocks=tuple(sorted((_made(Block, each) for each in facts["blocks"]), key=_id)),
            hearings=tuple(sorted((_made(Hearing, each) for each in facts["hearings"]), key=_id)),
            candidates=tuple(sorted((_made(Candidate, each) for each in facts["candidates"]), key=_id)),
            apart=tuple(sorted((frozenset(each) for each in facts["apart"]), key=sorted)),
            pins=frozenset((who, role, place) for who, role, place in facts["pins"]),
            bars=frozenset((who, hearing) for who, hearing in facts["bars"]),
            keep=None if keep is None else tuple(sorted((who, role, place) for who, role, place in keep)),
        )


def _id(each: Block | Hearing | Candidate) -> str:
    return each.id


def _made(kind: type, known: Facts) -> Any:
    """A frozen record from its JSON: lists become tuples, and what is a set becomes one."""
    values = {}
    for each in fields(kind):
        if each.name in known:
            value = known[each.name]
            if isinstance(value, list):
                value = frozenset(value) if "frozenset" in str(each.type) else tuple(value)
            values[each.name] = value
    return kind(**values)


def digest(facts: Any) -> str:
    """SHA-256 of facts, a plan or both, in 64 hexadecimal digits; the order of keys does not matter."""
    kept = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(kept.encode()).hexdigest()
