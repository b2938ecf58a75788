"""What the comparison stands on: ways by hand that keep every rule, and days that are the same for each."""

import pytest

from tests.planning import coordinators
from tests.planning.courts import MEDIUM, SMALL, at_the_door, court_day
from tests.planning.season import World, gini, play
from youthcourt.checker import check, count
from youthcourt.planning.planning import plan

WAYS = [
    coordinators.first_come,
    coordinators.first_come_with_a_duty_list,
    coordinators.random_draw,
    coordinators.rotation,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_way_by_hand_keeps_every_rule_and_its_repair_too(way):
    checked = 0
    for size in (SMALL, MEDIUM):
        for number in range(4):
            facts = court_day(number, size)
            places = way(facts, "a hat")
            absent = {who for who, _role, _where in places[::8]}
            mended = coordinators.repaired(facts, places, absent)
            assert check(facts, "a hat", places) == []
            assert check(at_the_door(facts, places, absent), "a hat", mended) == []
            assert len(mended) > 10  # a way that seats nobody would keep every rule
            checked += 2

    print(f"count: plans by hand that break no rule, {way.__name__} = {checked}")


def test_the_plan_is_better_than_any_way_by_hand_aim_by_aim():
    compared = 0
    for number in range(4):
        facts = court_day(number, SMALL)
        made = plan(facts, "seed")
        for way in WAYS:
            by_that_way = count(facts, "seed", way(facts, "seed"))
            assert list(made.counted.values()) < [by_that_way[aim] for aim in made.counted]
            compared += 1

    print(f"count: plans better than one by hand = {compared}")


def test_a_season_is_the_same_whenever_it_is_played():
    def told():
        return play(World(1, SMALL), coordinators.rotation, coordinators.repaired, weeks=6)

    assert told() == told()


def test_a_way_that_breaks_a_rule_is_found_out_in_the_season():
    def careless(facts, seed):
        places = coordinators.first_come(facts, seed)
        return [*places, (places[0][0], "juror", places[-20][2])]

    told = play(World(1, SMALL), careless, lambda _facts, _places, _absent: [], weeks=2)

    assert told.checked == 4
    assert len(told.broken) >= 2


def test_gini_is_nought_for_equals_and_nearly_one_for_a_single_owner():
    assert gini([2, 2, 2, 2]) == 0
    assert gini([0, 0, 0, 8]) == 0.75
    assert gini([0, 0]) == 0
