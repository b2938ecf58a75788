"""The plan depends on the facts and the seed, and on nothing else; and it moves as it should when they do."""

import json
import os
import random
import subprocess
import sys

from tests.planning import days
from youthcourt.planning.day import digest
from youthcourt.planning.planning import plan

DAYS = 12
ELSEWHERE = """
import json, sys
from youthcourt.planning.day import digest
from youthcourt.planning.planning import plan
for facts, seed in json.load(sys.stdin):
    print(digest(plan(facts, seed).facts()))
"""


def some(size="little", many=DAYS, mood=None, since=1000):
    return [(days.day(number, size, mood), days.seed_of(number)) for number in range(since, since + many)]


def shuffled(value, chance):
    """The same facts, told in another order."""
    if isinstance(value, dict):
        return {name: shuffled(value[name], chance) for name in chance.sample(list(value), len(value))}
    if isinstance(value, list):
        inside = [shuffled(each, chance) for each in value]
        return chance.sample(inside, len(inside)) if is_a_set(value) else inside
    return value


def told(made):
    """All that is said of a plan. Its certificate names rows by their number, which may be others."""
    return {name: value for name, value in made.facts().items() if name != "certificate"}


def is_a_set(value):
    """Lists of records, and of groups and places; not [13, 18], the court's order, or a place itself."""
    return bool(value) and all(isinstance(each, dict | list) for each in value)


def test_facts_told_in_another_order_give_the_same_plan():
    chance, told_otherwise = random.Random(7), 0

    for facts, seed in some():
        otherwise = shuffled(facts, chance)
        told_otherwise += json.dumps(otherwise) != json.dumps(facts)
        assert told(plan(otherwise, seed)) == told(plan(facts, seed))

    assert told_otherwise == DAYS


def test_another_process_makes_the_same_plans():
    """Python scatters its sets by PYTHONHASHSEED, which is another one in every process."""
    asked = json.dumps(some(many=8))

    answer = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        input=asked,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONHASHSEED": "1"},
    )

    assert answer.stdout.split() == [digest(plan(facts, seed).facts()) for facts, seed in some(many=8)]


def test_another_seed_makes_another_plan():
    differ = [
        plan(facts, seed).places != plan(facts, f"{seed} again").places
        for facts, seed in some(mood="easy", many=6)
    ]

    assert sum(differ) >= 4


def test_whoever_comes_as_well_loses_nobody_a_hearing_or_a_seat():
    better = 0
    for facts, seed in some(mood="tight"):
        before = plan(facts, seed).counted
        newcomer = days.ready_for_anything("one more", facts)

        after = plan(facts | {"candidates": [*facts["candidates"], newcomer]}, seed).counted

        assert first_aims(after) <= first_aims(before)
        better += first_aims(after) < first_aims(before)
    assert better


def first_aims(counted):
    return [counted[aim] for aim in ("lost", "which", "seats")]


def test_who_has_no_place_and_never_comes_changes_nothing():
    gone = 0
    for facts, seed in some(many=12):
        made = plan(facts, seed)
        named = {each[0] for each in (*made.places, *facts["pins"], *(facts["keep"] or ()))}
        staying = [each for each in facts["candidates"] if each["id"] in named]
        gone += len(facts["candidates"]) - len(staying)

        assert plan(facts | {"candidates": staying}, seed).places == made.places
    assert gone


def test_a_plan_of_which_nobody_is_missing_is_mended_by_nothing():
    for facts, seed in some():
        made = plan(facts | {"keep": None}, seed)

        mended = plan(facts | {"keep": [list(place) for place in made.places]}, seed)

        assert mended.counted["changes"] == 0
        assert mended.places == made.places


def test_a_pin_where_somebody_sits_anyway_changes_nothing():
    pinned = 0
    for facts, seed in some(many=12):
        made = plan(facts, seed)
        pins = [list(place) for place in made.places[::3]]
        pinned += len(pins)

        assert plan(facts | {"pins": [*facts["pins"], *pins]}, seed).places == made.places
    assert pinned


def test_what_the_court_puts_first_is_served_first():
    """No other order of the soft aims does better in the one that comes first."""
    differ = 0
    for facts, seed in some(many=5, mood="tight"):
        orders = [days.SOFT_AIMS[at:] + days.SOFT_AIMS[:at] for at in range(len(days.SOFT_AIMS))]
        counted = [
            plan(facts | {"rules": facts["rules"] | {"order": order}}, seed).counted for order in orders
        ]
        for order, best in zip(orders, counted, strict=True):
            assert best[order[0]] == min(each[order[0]] for each in counted)
        differ += len({each["duty"] for each in counted} | {each["mix"] for each in counted}) > 2
    assert differ
