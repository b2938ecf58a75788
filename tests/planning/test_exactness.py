"""On tiny days, where every plan can be tried, the planner has the best: in every aim, and the very same."""

from itertools import count

from tests.planning import brute, days
from youthcourt.planning.planning import plan

DAYS = 25
FEWEST, MOST = 200, 3000


def tiny_days(most=MOST):
    """Days with something to choose, and few enough ways to choose it; their numbers with them."""
    for number in count():
        facts = days.day(number, "tiny")
        if FEWEST <= brute.how_many(facts) <= most:
            yield number, facts


def compare(number, facts):
    """How many plans there were to choose from; fails where the planner's is not the best of them."""
    seed = days.seed_of(number)
    counted, plans, there_are = brute.best(facts, seed)

    made = plan(facts, seed)

    assert list(made.counted.values()) == counted, number
    assert made.places in plans, number
    assert len(plans) == 1 or not made.is_only_one, number
    return there_are


def test_the_plan_is_the_best_of_all_plans():
    tried = tiny_days()

    plans = sum(compare(*next(tried)) for _each in range(DAYS))

    print(f"count: tiny days planned like the best of every plan = {DAYS}")
    print(f"count: plans tried for them = {plans:,}")
