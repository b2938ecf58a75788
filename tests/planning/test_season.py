"""Whom to ask for which day: against every possible list, and each rule broken on purpose."""

import json
import random
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from itertools import combinations

import pytest

from youthcourt.planning import in_its_own_process
from youthcourt.planning.season import AIMS, count, propose

SEASONS = 40
FIRST = date(2026, 3, 7)


def a_season(chance, days=3, people=3):
    """A few Saturdays and some people, of whom some owe, some have limits and some are booked already."""
    held = [(FIRST + timedelta(weeks=n)).isoformat() for n in range(days)]
    made = [
        {"id": f"d{n}", "held_on": held_on, "wanted": chance.choice([0, 1, 2, 2])}
        for n, held_on in enumerate(held)
    ]
    if chance.random() < 0.3:
        made[-1]["held_on"] = made[0]["held_on"]  # two dockets of one date
    return {
        "format": "season-1",
        "places_a_month": chance.choice([None, 1, 2]),
        "late_days": 10,
        "days": made,
        "candidates": [_person(chance, f"p{n}", made) for n in range(people)],
    }


def _person(chance, name, days):
    dates = sorted({day["held_on"] for day in days})
    return {
        "id": name,
        "can": [day["id"] for day in days if chance.random() < 0.7],
        "taken": chance.sample(dates, chance.choice([0, 0, 0, 1])),
        "owes": [[chance.choice(dates), 1] for _ in range(chance.choice([0, 0, 1, 2]))],
        "most": chance.choice([None, None, 1]),
    }


def broken(facts, asked):
    """Every rule that a list breaks, read from the facts and from nothing of the planner."""
    days = {day["id"]: day for day in facts["days"]}
    found = []
    for person in facts["candidates"]:
        mine = [day for who, day in asked if who == person["id"]]
        dates = [days[day]["held_on"] for day in mine] + person["taken"]
        months = Counter(each[:7] for each in dates)
        touched = {days[day]["held_on"][:7] for day in mine}
        if not set(mine) <= set(person["can"]):
            found.append("cannot come")
        if any(number > 1 for number in Counter(dates).values()):
            found.append("twice a date")
        if person["most"] is not None and len(mine) > person["most"]:
            found.append("too often")
        limit = facts["places_a_month"]
        if limit is not None and any(months[month] > limit for month in touched):
            found.append("too many in a month")
    on_day = Counter(day for _who, day in asked)
    if any(on_day[day] > days[day]["wanted"] for day in on_day):
        found.append("more than wanted")
    return found


def rank(facts, seed, asked):
    counted = count(facts, seed, asked)
    return [counted[aim] for aim in AIMS]


def best_of_all(facts, seed):
    """The best list by trying every one."""
    could = [(person["id"], day) for person in facts["candidates"] for day in sorted(person["can"])]
    lists = (each for size in range(len(could) + 1) for each in combinations(sorted(could), size))
    return min((each for each in lists if not broken(facts, each)), key=lambda each: rank(facts, seed, each))


def test_no_list_at_all_is_better_than_the_one_proposed():
    chance, wrong, short = random.Random(26), [], 0
    for number in range(SEASONS):
        facts, seed = a_season(chance), f"seed {number}"
        proposal = propose(facts, seed)
        best = best_of_all(facts, seed)
        short += bool(proposal.counted["open"])
        if (proposal.asked, list(proposal.counted.values())) != (best, rank(facts, seed, best)):
            wrong.append(number)

    print(f"count: seasons compared with every possible list = {SEASONS}")
    assert wrong == []
    assert short > 5


def test_larger_seasons_keep_every_rule():
    chance, found = random.Random(7), []
    for number in range(10):
        facts = a_season(chance, days=8, people=14)
        found += broken(facts, propose(facts, f"seed {number}").asked)

    assert found == []


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ([("p0", "d2")], "cannot come"),
        ([("p0", "d0"), ("p0", "d1")], "too many in a month"),
        ([("p1", "d0"), ("p1", "d3")], "too often"),
        ([("p0", "d0"), ("p0", "d4")], "twice a date"),
        ([("p0", "d0"), ("p1", "d0"), ("p2", "d0")], "more than wanted"),
    ],
)
def test_a_planted_broken_rule_is_found(planted, told):
    dates = ["2026-03-07", "2026-03-14", "2026-03-21", "2026-04-04", "2026-03-07"]
    days = [{"id": f"d{n}", "held_on": each, "wanted": 2} for n, each in enumerate(dates)]
    people = [
        {"id": "p0", "can": ["d0", "d1", "d4"], "taken": [], "owes": [], "most": None},
        {"id": "p1", "can": ["d0", "d3"], "taken": [], "owes": [], "most": 1},
        {"id": "p2", "can": ["d0"], "taken": [], "owes": [], "most": None},
    ]
    facts = {"format": "season-1", "places_a_month": 1, "late_days": 10, "days": days, "candidates": people}

    assert told in broken(facts, planted)


def test_the_order_in_which_facts_come_does_not_matter():
    chance = random.Random(3)
    facts = a_season(chance, days=6, people=9)
    shuffled = json.loads(json.dumps(facts))
    chance.shuffle(shuffled["days"])
    chance.shuffle(shuffled["candidates"])
    for person in shuffled["candidates"]:
        chance.shuffle(person["can"])

    assert propose(shuffled, "seed") == propose(facts, "seed")


def test_another_process_proposes_the_same():
    facts = a_season(random.Random(5), days=6, people=9)
    asked = json.dumps({"facts": facts, "seed": "seed"})

    command, environment = in_its_own_process("season")
    told = subprocess.run(command, env=environment, input=asked, capture_output=True, text=True, check=True)

    assert json.loads(told.stdout) == propose(facts, "seed").facts()


def test_between_equals_only_the_lot_decides():
    """Six equal people for one place: each seed gives one of them, and over the seeds each has a turn."""
    days = [{"id": "d", "held_on": "2026-03-07", "wanted": 1}]
    people = [{"id": f"p{n}", "can": ["d"], "taken": [], "owes": [], "most": None} for n in range(6)]
    facts = {
        "format": "season-1",
        "places_a_month": None,
        "late_days": 21,
        "days": days,
        "candidates": people,
    }

    asked = Counter(propose(facts, f"seed {n}").asked[0][0] for n in range(60))

    assert set(asked) == {person["id"] for person in people}


def test_who_owes_comes_before_who_does_not_and_before_the_last_weeks():
    days = [
        {"id": f"d{n}", "held_on": (FIRST + timedelta(weeks=n)).isoformat(), "wanted": 1} for n in range(6)
    ]
    everything = [day["id"] for day in days]
    owing = {"id": "owing", "can": everything, "taken": [], "owes": [["2026-04-11", 2]], "most": 2}
    free = [{"id": f"v{n}", "can": everything, "taken": [], "owes": [], "most": None} for n in range(2)]
    facts = {
        "format": "season-1",
        "places_a_month": None,
        "late_days": 21,
        "days": days,
        "candidates": [owing, *free],
    }

    proposal = propose(facts, "seed")

    mine = [day for who, day in proposal.asked if who == "owing"]
    assert (proposal.counted["owed"], proposal.counted["open"], proposal.counted["late"]) == (0, 0, 0)
    assert len(mine) == 2
    assert max(mine) <= "d2"


def test_the_long_comparison_notices_a_worse_proposal_and_a_broken_rule():
    seasons = import_module("tests.torture.seasons")  # which imports this module

    def one_less(facts, seed):
        made = propose(facts, seed)
        return replace(made, asked=made.asked[1:])

    def everybody(facts, seed):
        everything = tuple((each["id"], day) for each in facts["candidates"] for day in each["can"])
        return replace(propose(facts, seed), asked=everything)

    assert seasons.compared(3) >= 0
    assert seasons.kept(2) > 10
    with pytest.raises(seasons.Worse):
        seasons.compared(3, proposed=one_less)
    with pytest.raises(seasons.Worse):
        seasons.kept(2, proposed=everybody)
