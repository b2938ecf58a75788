"""Mistakes planted in the planner: a rule forgotten, a family of rows, the terms of an aim."""

from contextlib import contextmanager

from tests.planning import days
from tests.planning.verdicts import faults
from youthcourt.planning import eligibility, linear, model
from youthcourt.planning.day import Day
from youthcourt.planning.planning import plan
from youthcourt.planning.solving import NoPlan

DENSE_DAYS = 40
CAUGHT_AT_LEAST = 5


def family(row_name):
    return row_name.partition(":")[0]


def families(facts, seed):
    """The kinds of rows that a day's model has, by the first word of their names."""
    return {family(row.name) for row in model.model_of(Day.of(facts), seed).linear.rows}


def all_mistakes(dense):
    """By name, everything that can be forgotten on these days."""
    rows = sorted(set().union(*(families(facts, seed) for facts, seed in dense)))
    return {
        **{f"rule {name}": forgetting_rule(name) for name in eligibility.RULES},
        **{f"row {name}": forgetting_rows(name) for name in rows},
        **{f"aim {name}": forgetting_terms(name) for name in model.AIMS if name != "waived"},
    }


def forgetting_rule(name):
    @contextmanager
    def planted(patch):
        with patch.context() as patched:
            patched.setitem(eligibility.RULES, name, lambda *_who: False)
            yield

    return planted


def forgetting_rows(name):
    kept = linear.Linear.rule

    def rule(self, row_name, *terms, **sides):
        if family(row_name) != name:
            kept(self, row_name, *terms, **sides)

    @contextmanager
    def planted(patch):
        with patch.context() as patched:
            patched.setattr(linear.Linear, "rule", rule)
            yield

    return planted


def forgetting_terms(name):
    """An aim that looks at every other thing only."""
    kept = linear.Linear.aim

    def aim(self, aim_name, terms, constant=0):
        if aim_name == name:
            terms = dict(list(terms.items())[::2])
        kept(self, aim_name, terms, constant)

    @contextmanager
    def planted(patch):
        with patch.context() as patched:
            patched.setattr(linear.Linear, "aim", aim)
            yield

    return planted


def dense_days(size="little"):
    return [(days.day(number, size, "dense"), days.seed_of(number)) for number in range(DENSE_DAYS)]


def is_caught(facts, seed):
    """Whether the checker finds fault with the plan of this day. That there is none at all is no catch."""
    try:
        made = plan(facts, seed)
    except NoPlan:
        return False
    return bool(faults(facts, seed, made))
