"""Months ahead: proposals against every possible list, larger ones against the rules, each fault planted."""

from random import Random

from tests.planning.test_season import a_season, best_of_all, broken, rank
from youthcourt.planning.season import AIMS, propose

SMALL, LARGE = 300, 100


class Worse(AssertionError):
    """Some list is better than the one proposed, or a rule was broken."""


def compared(seasons, proposed=propose):
    """Small seasons of which every possible list is tried; how many had places left open."""
    chance, short = Random(2026), 0
    for number in range(seasons):
        facts, seed = a_season(chance), f"seed {number}"
        proposal, best = proposed(facts, seed), best_of_all(facts, seed)
        if proposal.asked != best or [proposal.counted[aim] for aim in AIMS] != rank(facts, seed, best):
            raise Worse(f"season {number}: {best} is better than {proposal.asked}")
        short += bool(proposal.counted["open"])
    return short


def kept(seasons, proposed=propose):
    """Larger seasons that keep every rule; how many people they asked."""
    chance, asked = Random(626), 0
    for number in range(seasons):
        facts = a_season(chance, days=10, people=25)
        proposal = proposed(facts, f"seed {number}")
        if faults := broken(facts, proposal.asked):
            raise Worse(f"season {number}: {faults}")
        asked += len({who for who, _day in proposal.asked})
    return asked


def figures(small=SMALL, large=LARGE):
    return {
        "small seasons equal to the best of every possible list": small,
        "of these with places that nobody could fill": compared(small),
        "people asked in larger seasons, no rule broken": kept(large),
    }
