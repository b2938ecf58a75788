"""The best plan of a tiny day by trying every one: the checker says which are plans, and which is better."""

from collections import Counter
from itertools import product
from math import prod

from youthcourt.checker import check, count
from youthcourt.checker.reading import AT_A_HEARING, Day

MOST = {"foreperson": 1}


def choices(facts):
    """For each candidate, every set of places that they might have, at most one a block."""
    day = Day(facts)
    found = []
    for who in day.people:
        blocks = []
        for block in day.blocks:
            here = [((who, "reserve", block),)] if day.may_wait(who, block) else []
            here += [
                ((who, role, name),)
                for name in day.hearings_at(block)
                for role in AT_A_HEARING
                if day.may_take(who, role, name)
            ]
            blocks.append([(), *here])
        found.append([sum(each, ()) for each in product(*blocks)])
    return found


def how_many(facts):
    return prod(map(len, choices(facts)))


def best(facts, seed):
    """What the best plan counts, every plan that counts that, and how many plans there are at all."""
    best_count, best_plans, plans = None, [], 0
    for sheet in sheets(choices(facts), Day(facts)):
        if check(facts, seed, sheet):
            continue
        plans += 1
        counted = list(count(facts, seed, sheet).values())
        if best_count is None or counted < best_count:
            best_count, best_plans = counted, []
        if counted == best_count:
            best_plans.append(tuple(sorted(sheet)))
    return best_count, best_plans, plans


def sheets(left, day, sheet=(), there=None):
    """Every choice of a set of places for each candidate, save where a post is filled twice over."""
    there = there or Counter()
    if not left:
        yield sheet
        return
    for places in left[0]:
        now = there + Counter(place[1:] for place in places)
        if all(now[post] <= asked(day, *post) for post in now):
            yield from sheets(left[1:], day, (*sheet, *places), now)


def asked(day, role, where):
    return day.blocks[where]["reserves"] if role == "reserve" else day.asked_for(role, where)
