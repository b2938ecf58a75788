"""Random days: the independent checker finds no fault with any plan, and counts what the planner claims."""

import json
from pathlib import Path

import pytest

from tests.planning import days
from tests.planning.planted import all_mistakes, dense_days, is_caught
from tests.planning.verdicts import faults
from tests.torture.days import checked_days
from youthcourt.checker.reading import Day
from youthcourt.planning.planning import plan

HOW_MANY = {"little": 70, "tiny": 50, "small": 1}


def test_the_checker_finds_no_fault_with_any_plan():
    proofs = checked_days(HOW_MANY)  # raises at the first fault

    assert proofs["certificate"] > proofs["search"]
    print(f"count: days checked by the independent checker = {proofs['days']}")


def test_a_day_that_the_solver_calls_impossible_at_first_has_its_plan():
    """With presolve, HiGHS 1.15.1 finds no best choice here at `fair_share`, though it has just found one."""
    facts = json.loads(Path(__file__).with_name("called_impossible.json").read_text())

    made = plan(facts, "day 102779")

    assert faults(facts, "day 102779", made) == []
    assert made.counted["fair_share"] == -4


def test_a_day_is_the_same_whenever_it_is_made():
    assert days.day(3, "little", "hostile") == days.day(3, "little", "hostile")
    assert days.day(3, "little", "hostile") != days.day(8, "little", "hostile")


@pytest.mark.parametrize("mood", days.MOODS)
def test_days_of_every_mood_have_what_makes_them_hard(mood):
    made = [days.day(number, "little", mood) for number in range(40)]

    for what in ("apart", "pins", "bars", "keep"):
        assert any(facts[what] for facts in made), what
    for what in ("places_taken", "owes", "open_case", "left"):
        assert any(person[what] for facts in made for person in facts["candidates"]), what
    assert any(person["age"] is None for facts in made for person in facts["candidates"])
    assert any(person["places_left"] == 0 for facts in made for person in facts["candidates"])
    assert any(each["ties"] for facts in made for each in facts["hearings"])
    assert {len(Day(facts).blocks) for facts in made} > {2}


def test_each_mistake_planted_in_the_planner_is_caught(monkeypatch):
    """On some dense day; `make torture ONLY=days` has the figures of forty."""
    dense = dense_days()
    assert not any(is_caught(*each) for each in dense[:8])  # without a mistake there is nothing to catch
    missed, mistakes = [], all_mistakes(dense)

    for name, planted in mistakes.items():
        with planted(monkeypatch):
            if not any(is_caught(*each) for each in dense):
                missed.append(name)

    assert missed == []
    print(f"count: mistakes planted in the planner, each caught by the checker = {len(mistakes)}")
