"""Whom to ask for which day of the coming months: plain facts in, a proven best proposal out.

    cd youthcourt; python -m planning.season < {"facts": …, "seed": …}

writes {"asked": [[candidate, day], …], "counted": {aim: amount}, "proof": how it is proved}.

    {"format": "season-1", "places_a_month": n or null, "late_days": n,
     "days": [{"id", "held_on", "wanted": further jurors}],
     "candidates": [{"id", "can": [day id, …], "taken": [date, …], "owes": [[due on, sittings], …],
                     "most": further days they may be asked for, or null}]}

All ids are text. `can` are the days on which somebody can come and may sit; `taken` the dates for which they
are booked already, in the months of these days. A proposal keeps every rule: nobody is asked for a day on
which they cannot come, twice for one date, more often than `most`, or so that a calendar month has more of
their dates than `places_a_month`; no day has more than it wants.

It is the best one, aim by aim; a later aim never costs an earlier one anything. Counted are, each the less
the better:
    owed      for each who owes: the sittings that will not be paid in time, at the worst of their due dates
    open      places that stay open
    uneven    for each day with n places open: n squared, so that what is short is spread
    late      dates in the last `late_days` before a due date, of those who owe: better early than at the last
    fair      for each person with n dates in all, those taken counted: n squared, so that service is spread
    lottery   for each place, 1 + the lot of the person
    placing   for each place, 1 + the lot of person and day together
What a lot is stands in `lots.py`; the lots see to it that there is one best proposal.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TextIO

from .day import Facts
from .linear import Linear, Terms, ones
from .lots import persons_lot, placing_lot
from .solving import solve

FORMAT = "season-1"
AIMS = ("owed", "open", "uneven", "late", "fair", "lottery", "placing")


@dataclass(frozen=True)
class Proposal:
    """Who is asked for which day, what each aim came to, and how it is proved that nothing is better."""

    asked: tuple[tuple[str, str], ...]
    counted: dict[str, int]
    proof: str

    def facts(self) -> Facts:
        return {"asked": [list(each) for each in self.asked], "counted": self.counted, "proof": self.proof}


@dataclass
class _Season:
    facts: Facts
    seed: str
    linear: Linear = field(default_factory=Linear)
    choice: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.facts["format"] != FORMAT:
            raise ValueError(f"facts of a form that this version does not know: {self.facts['format']}")
        self.days = {each["id"]: each for each in sorted(self.facts["days"], key=lambda day: day["id"])}
        self.people = sorted(self.facts["candidates"], key=lambda each: each["id"])
        for person in self.people:
            for day in sorted(person["can"]):
                if day in self.days and self.days[day]["held_on"] not in person["taken"]:
                    self.choice[person["id"], day] = self.linear.variable()
        self.linear.placings = list(self.choice.values())

    def of_person(self, person: Facts) -> dict[str, int]:
        """The days somebody could be asked for, each with its variable."""
        return {
            day: self.choice[person["id"], day] for day in person["can"] if (person["id"], day) in self.choice
        }

    def held_on(self, day: str) -> str:
        held_on: str = self.days[day]["held_on"]
        return held_on


def propose(facts: Facts, seed: str) -> Proposal:
    """The best proposal for these months, the same for the same facts and seed on any machine."""
    season = _Season(facts, seed)
    for rule in (_once_a_date, _places_a_month, _most):
        for person in season.people:
            rule(season, person)
    steps = _open_places(season)
    _aim_owed(season)
    season.linear.aim("open", ones(steps))
    season.linear.aim("uneven", steps)
    _aim_late(season)
    _aim_fair(season)
    lots = {person["id"]: 1 + persons_lot(seed, person["id"]) for person in season.people}
    season.linear.aim("lottery", {each: lots[who] for (who, _day), each in season.choice.items()})
    where = {each: 1 + placing_lot(seed, who, "asked", day) for (who, day), each in season.choice.items()}
    season.linear.aim("placing", where)
    if not season.choice:
        return _told(season, [*season.linear.bounds], "nobody can come")
    solution = solve(season.linear)
    return _told(season, solution.chosen, solution.proof)


def _told(season: _Season, chosen: list[int], proof: str) -> Proposal:
    asked = tuple(sorted(place for place, variable in season.choice.items() if chosen[variable]))
    return Proposal(asked, count(season.facts, season.seed, asked), proof)


# The rules


def _once_a_date(season: _Season, person: Facts) -> None:
    by_date: dict[str, list[int]] = defaultdict(list)
    for day, variable in season.of_person(person).items():
        by_date[season.held_on(day)].append(variable)
    for held_on, variables in by_date.items():
        if len(variables) > 1:
            season.linear.rule(f"once:{person['id']}:{held_on}", ones(variables), most=1)


def _places_a_month(season: _Season, person: Facts) -> None:
    limit = season.facts["places_a_month"]
    if limit is None:
        return
    taken = Counter(held_on[:7] for held_on in person["taken"])
    by_month: dict[str, list[int]] = defaultdict(list)
    for day, variable in season.of_person(person).items():
        by_month[season.held_on(day)[:7]].append(variable)
    for month, variables in by_month.items():
        left = max(0, limit - taken[month])
        if len(variables) > left:
            season.linear.rule(f"month:{person['id']}:{month}", ones(variables), most=left)


def _most(season: _Season, person: Facts) -> None:
    variables = season.of_person(person).values()
    if person["most"] is not None and len(variables) > person["most"]:
        season.linear.rule(f"most:{person['id']}", ones(variables), most=person["most"])


def _open_places(season: _Season) -> Terms:
    """A step for each place that stays open, the first of a day costing 1, the next 3, then 5 …"""
    steps: Terms = {}
    by_day: dict[str, list[int]] = defaultdict(list)
    for (_who, day), variable in season.choice.items():
        by_day[day].append(variable)
    for day, facts in season.days.items():
        mine = {season.linear.variable(): 2 * number + 1 for number in range(facts["wanted"])}
        steps |= mine
        whole = {**ones(by_day[day]), **ones(mine)}
        season.linear.rule(f"wanted:{day}", whole, least=facts["wanted"], most=facts["wanted"])
    return steps


# The aims


def _due(person: Facts) -> list[tuple[str, int]]:
    """What is owed in all by each due date."""
    owed, found = 0, []
    for due_on, sittings in sorted(person["owes"]):
        owed += sittings
        found.append((due_on, owed))
    return found


def _aim_owed(season: _Season) -> None:
    terms: Terms = {}
    for person in season.people:
        if not person["owes"]:
            continue
        missing = season.linear.variable(_due(person)[-1][1])
        terms[missing] = 1
        for due_on, owed in _due(person):
            in_time = [v for day, v in season.of_person(person).items() if season.held_on(day) <= due_on]
            name = f"owed:{person['id']}:{due_on}"
            season.linear.rule(name, {**ones(in_time), missing: 1}, least=owed)
    season.linear.aim("owed", terms)


def _aim_late(season: _Season) -> None:
    terms: Terms = {}
    for person in season.people:
        for day, variable in season.of_person(person).items():
            if _is_late(person, season.held_on(day), season.facts["late_days"]):
                terms[variable] = 1
    season.linear.aim("late", terms)


def _is_late(person: Facts, held_on: str, late_days: int) -> bool:
    day = date.fromisoformat(held_on)
    dues = (date.fromisoformat(due_on) for due_on, _sittings in person["owes"])
    return any(due_on - timedelta(days=late_days) < day <= due_on for due_on in dues)


def _aim_fair(season: _Season) -> None:
    terms: Terms = {}
    for person in season.people:
        variables = season.of_person(person).values()
        if not variables:
            continue
        before = len(person["taken"])
        steps = {
            season.linear.variable(): 2 * number + 1 for number in range(before, before + len(variables))
        }
        terms |= steps
        whole = {**ones(variables), **dict.fromkeys(steps, -1)}
        season.linear.rule(f"fair:{person['id']}", whole, least=0, most=0)
    season.linear.aim("fair", terms)


# Counting, for whoever wants to compare


def count(facts: Facts, seed: str, asked: tuple[tuple[str, str], ...]) -> dict[str, int]:
    """What each aim comes to for a list of who is asked when, counted from the facts alone."""
    held_on = {day["id"]: day["held_on"] for day in facts["days"]}
    on_day = Counter(day for _who, day in asked)
    dates: dict[str, list[str]] = defaultdict(list)
    for who, day in asked:
        dates[who].append(held_on[day])
    short = [max(0, day["wanted"] - on_day[day["id"]]) for day in facts["days"]]
    people = facts["candidates"]
    return {
        "owed": sum(_unpaid(person, dates[person["id"]]) for person in people),
        "open": sum(short),
        "uneven": sum(number**2 for number in short),
        "late": sum(
            _is_late(person, each, facts["late_days"]) for person in people for each in dates[person["id"]]
        ),
        "fair": sum(
            (len(person["taken"]) + len(dates[person["id"]])) ** 2 - len(person["taken"]) ** 2
            for person in people
        ),
        "lottery": sum(1 + persons_lot(seed, who) for who, _day in asked),
        "placing": sum(1 + placing_lot(seed, who, "asked", day) for who, day in asked),
    }


def _unpaid(person: Facts, dates: list[str]) -> int:
    missing = (owed - sum(day <= due_on for day in dates) for due_on, owed in _due(person))
    return max(0, max(missing, default=0))


def work(asked: TextIO, told: TextIO) -> None:
    wanted: dict[str, Any] = json.load(asked)
    json.dump(propose(wanted["facts"], wanted["seed"]).facts(), told)


if __name__ == "__main__":
    work(sys.stdin, sys.stdout)
