"""Thousands of random days against the checker, tiny ones against every plan, mistakes planted."""

import json
import os
import subprocess
import sys
from collections import Counter
from itertools import islice

import pytest

from tests.planning import days
from tests.planning.planted import CAUGHT_AT_LEAST, all_mistakes, dense_days, is_caught
from tests.planning.test_exactness import compare, tiny_days
from tests.planning.test_sameness import ELSEWHERE
from tests.planning.verdicts import verdict
from youthcourt.planning.day import digest
from youthcourt.planning.planning import plan
from youthcourt.planning.solving import NoPlan

HOW_MANY = {"little": 4000, "tiny": 1000, "small": 60, "medium": 20, "large": 2}
TINY_DAYS, MOST_CHOICES = 300, 20_000
SCATTERS = ("0", "1", "2", "3")
SINCE = 100_000  # other days than those of the ordinary tests


class Faulty(AssertionError):
    """A plan that is not what the definition of a day says."""


def checked_days(how_many):
    proofs = Counter()
    for size, many in how_many.items():
        for number in range(SINCE, SINCE + many):
            try:
                lines, made = verdict(number, size)
            except NoPlan as why:
                raise Faulty(f"day {number}, {size}: no plan, though one was made by hand") from why
            if lines:
                raise Faulty(f"day {number}, {size}: {lines}")
            proofs[made.proof] += 1
            proofs["only one"] += made.is_only_one
            proofs["days"] += 1
    return proofs


def times_caught(patch, dense):
    """For each mistake planted in the planner: on how many dense days the checker finds fault."""
    caught = {}
    for name, planted in all_mistakes(dense).items():
        with planted(patch):
            caught[name] = sum(is_caught(facts, seed) for facts, seed in dense)
        if caught[name] < CAUGHT_AT_LEAST:
            raise Faulty(f"{name} forgotten: caught on {caught[name]} of {len(dense)} days only")
    return caught


def same_elsewhere(many):
    """Days planned alike in processes whose sets come in another order."""
    asked = [(days.day(number, "little"), days.seed_of(number)) for number in range(SINCE, SINCE + many)]
    here = [digest(plan(facts, seed).facts()) for facts, seed in asked]
    for scatter in SCATTERS:
        command = [sys.executable, "-c", ELSEWHERE]
        env = os.environ | {"PYTHONHASHSEED": scatter}
        told = subprocess.run(
            command, input=json.dumps(asked), capture_output=True, text=True, check=True, env=env
        )
        if told.stdout.split() != here:
            raise Faulty(f"with PYTHONHASHSEED={scatter} some plan is another")
    return many * len(SCATTERS)


def figures(how_many=HOW_MANY, tiny=TINY_DAYS, again=100):
    proofs = checked_days(how_many)
    with pytest.MonkeyPatch.context() as patch:
        caught = times_caught(patch, dense_days())
    plans = [compare(*each) for each in islice(tiny_days(MOST_CHOICES), tiny)]
    return {
        "days checked by the independent checker": proofs["days"],
        "of them proved by a certificate alone": proofs["certificate"],
        "of them shown to have no second best plan": proofs["only one"],
        "mistakes planted in the planner, each caught": len(caught),
        "fewest of 40 dense days on which one was caught": min(caught.values()),
        "tiny days planned like the best of every plan": len(plans),
        "plans tried for them": sum(plans),
        "days planned the same in other processes": same_elsewhere(again),
    }
