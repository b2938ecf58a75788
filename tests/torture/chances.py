"""Lotteries with quotas against every panel listed; planned seasons with and without a favourite."""

from collections import Counter
from random import Random

from tests.planning.exact import IMPOSSIBLE, SOLVED, compare, random_case
from tests.planning.test_long_run import played
from youthcourt.planning.long_run import AS_EXPECTED, MORE_THAN_EXPECTED, RATE, alike, long_run
from youthcourt.planning.redrawing import redrawn

LOTTERIES, SEASONS, FAVOURITES, DRAWN_AGAIN, WEEKS = 1500, 200, 40, 10, 20
FAVOURITE = "P01"


class Unfair(AssertionError):
    """A favourite did not show, or chance was taken for favour too often."""


def verdicts(draws):
    return {each.who: each.verdict for each in long_run(draws) if each.verdict != AS_EXPECTED}


def drawn_again(facts, places):
    return redrawn(facts, places, times=10)


def false_alarms(seasons, way=alike):
    """In how many seasons planned without a favourite somebody seems to be one."""
    alarms = 0
    for number in range(seasons):
        alarms += bool(verdicts(way(*draw) for draw in played(WEEKS, seed=number)))
    if alarms > max(1, RATE * seasons):
        raise Unfair(f"{alarms} of {seasons} honest seasons raised an alarm")
    return alarms


def favourites_found(seasons, way=alike):
    for number in range(seasons):
        told = verdicts(way(*draw) for draw in played(WEEKS, favourite=FAVOURITE, seed=number))
        if told.get(FAVOURITE) != MORE_THAN_EXPECTED:
            raise Unfair(f"the favourite of season {number} does not show: {told}")
    return seasons


def figures(lotteries=LOTTERIES, seasons=SEASONS, favourites=FAVOURITES, again=DRAWN_AGAIN):
    random = Random(20261122)
    compared = Counter(compare(*random_case(random)) for _each in range(lotteries))
    return {
        "lotteries equal to brute force in fractions": compared[SOLVED],
        "colliding quotas shown to be a smallest set": compared[IMPOSSIBLE],
        "seasons planned without a favourite": seasons,
        "of them with a false alarm": false_alarms(seasons),
        "planted favourites found": favourites_found(favourites),
        "of seasons drawn again with other lots, with a false alarm": false_alarms(again, drawn_again),
        "planted favourites found there": favourites_found(again, drawn_again),
    }
