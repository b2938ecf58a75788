"""On tiny days, where every plan can be tried, the planner has the best: in every aim, and the very same."""

from itertools import count

from tests.checker.saturday import SEED, facts, hearing, person
from tests.planning import brute, days
from youthcourt.planning.lots import placing_lot
from youthcourt.planning.planning import plan

DAYS = 25
FEWEST, MOST = 200, 3000


def tiny_days(most=MOST):
    """Days with something to choose, and few enough ways to choose it; their numbers with them."""
    for number in count():
        tiny = days.day(number, "tiny")
        if FEWEST <= brute.how_many(tiny) <= most:
            yield number, tiny


def compare(number, tiny):
    """How many plans there were to choose from; fails where the planner's is not the best of them."""
    seed = days.seed_of(number)
    counted, plans, there_are = brute.best(tiny, seed)

    made = plan(tiny, seed)

    assert list(made.counted.values()) == counted, number
    assert made.places in plans, number
    assert len(plans) == 1 or not made.is_only_one, number
    return there_are


def test_the_plan_is_the_best_of_all_plans():
    tried = tiny_days()

    plans = sum(compare(*next(tried)) for _each in range(DAYS))

    print(f"count: tiny days planned like the best of every plan = {DAYS}")
    print(f"count: plans tried for them = {plans:,}")


def test_a_plan_does_not_claim_to_be_the_only_best_one_where_the_lots_are_equal_too():
    """Two people whose lots say the same whichever of two hearings each of them gets."""
    one, other = swappable("h1", "h2")
    equal = facts(
        hearings=[hearing(name, "nine", seats=1, least=1, bailiffs=0, clerks=0) for name in ("h1", "h2")],
        blocks=[{"id": "nine", "reserves": 0}],
        candidates=[person(one), person(other)],
    )
    _counted, plans, _there_are = brute.best(equal, SEED)

    made = plan(equal, SEED)

    assert len(plans) == 2
    assert made.places in plans
    assert not made.is_only_one


def swappable(first, second):
    """Two ids whose lots as forepersons of two hearings differ by the same."""
    by_difference, number = {}, 0
    while True:
        number += 1
        lots = [placing_lot(SEED, f"{number}", "foreperson", name) for name in (first, second)]
        other = by_difference.setdefault(lots[0] - lots[1], number)
        if other != number:
            return f"{other}", f"{number}"
