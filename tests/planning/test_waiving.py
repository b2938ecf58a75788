"""Where a court lets a rule go to save a hearing: the checker finds just that broken, and nothing else."""

from collections import Counter

import pytest

from tests.planning import days
from youthcourt.checker import check, count
from youthcourt.checker.rules import WAIVABLE
from youthcourt.planning.day import Day
from youthcourt.planning.eligibility import PRICE_OF_WAIVING
from youthcourt.planning.model import model_of
from youthcourt.planning.planning import plan
from youthcourt.planning.shortage import ways_out
from youthcourt.planning.solving import solve


def test_both_know_the_same_rules_that_may_be_let_go():
    assert sorted(WAIVABLE) == sorted(PRICE_OF_WAIVING)


@pytest.fixture(scope="module")
def ways():
    """Ways out of days that cannot be filled, each with the facts, the seed and the places taken."""
    found = []
    for number in range(40):
        facts, seed = days.day(number, "tiny", "dense"), days.seed_of(number)
        for way in ways_out(facts, seed, plan(facts, seed)):
            if way.waived and not way.more and way.kind != "mixed":
                model = model_of(Day.of(facts), seed, may_waive=[way.kind])
                found.append((way, facts, seed, model.places(solve(model.linear).chosen)))
    return found


def test_a_way_out_breaks_what_it_says_and_nothing_else(ways):
    kinds = Counter()
    for way, facts, seed, places in ways:
        kinds[way.kind] += 1
        assert check(facts, seed, places, waived=way.waived) == []
        for each in way.waived:
            assert check(facts, seed, places, waived=[other for other in way.waived if other != each]) != []

    assert len(kinds) > 1
    print(f"count: ways out that break what they say and nothing else = {kinds.total()}")


def test_a_way_out_leads_where_it_says(ways):
    for way, facts, seed, places in ways:
        counted = count(facts, seed, places)
        assert (counted["lost"], counted["seats"]) == (way.lost, way.seats)
