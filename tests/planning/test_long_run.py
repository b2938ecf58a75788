"""Over many draws a favourite shows, and chance is not taken for favour."""

from collections import Counter
from fractions import Fraction
from itertools import product
from math import prod
from random import Random

import pytest

from tests.planning.courts import Size, Town, training
from youthcourt.planning.long_run import (
    AS_EXPECTED,
    FEWEST_ALIKE,
    LESS_THAN_EXPECTED,
    MORE_THAN_EXPECTED,
    RATE,
    PastDraw,
    alike,
    how_often,
    long_run,
)
from youthcourt.planning.planning import plan
from youthcourt.planning.redrawing import redrawn

SEASONS, DRAWS, PEOPLE, SEATS = 200, 26, 30, 9


def honest_season(number, favourite=None, outcast=None):
    """Draws by lot among those who could come."""
    random = Random(number)
    draws = []
    for _each in range(DRAWS):
        came = {f"P{person:02d}" for person in range(PEOPLE) if random.random() < 0.7}
        others = sorted(came - {favourite, outcast})
        seated = frozenset(random.sample(others, SEATS - (favourite in came)))
        chances = dict.fromkeys(came, SEATS / len(came))
        draws.append(PastDraw(chances, seated | ({favourite} & came)))
    return draws


def verdicts(standings):
    return {each.who: each.verdict for each in standings if each.verdict != AS_EXPECTED}


def test_how_often_is_what_listing_every_outcome_says():
    chances = [Fraction(1, 3), Fraction(1, 2), Fraction(1), Fraction(0), Fraction(1, 7)]
    listed = Counter()
    for outcome in product([0, 1], repeat=len(chances)):
        listed[sum(outcome)] += prod(
            chance if came else 1 - chance for came, chance in zip(outcome, chances, strict=True)
        )

    assert how_often([float(chance) for chance in chances]) == pytest.approx(
        [float(listed[times]) for times in range(6)]
    )


def test_a_range_holds_as_much_as_it_says_and_no_number_more():
    [one] = long_run([PastDraw({"Ana": 0.5}, frozenset()) for _each in range(100)])

    assert (one.expected, one.usual, one.widest, one.seated) == (50, (40, 60), (40, 60), 0)
    assert one.verdict == LESS_THAN_EXPECTED


def test_honest_seasons_raise_no_more_false_alarms_than_stated():
    with_alarm = beyond_the_usual = 0
    for number in range(SEASONS):
        standings = long_run(honest_season(number))
        with_alarm += bool(verdicts(standings))
        beyond_the_usual += any(not each.usual[0] <= each.seated <= each.usual[1] for each in standings)

    assert with_alarm <= RATE * SEASONS
    assert beyond_the_usual > SEASONS / 4  # what it would be if each were judged alone
    print(f"count: honest seasons of {SEASONS} with a false alarm = {with_alarm}")


def test_a_favourite_and_somebody_passed_over_show_in_every_season_and_nobody_else():
    found = 0
    for number in range(10):
        told = verdicts(long_run(honest_season(number, favourite="P07", outcast="P21")))
        assert told.pop("P07") == MORE_THAN_EXPECTED
        assert told.pop("P21") == LESS_THAN_EXPECTED
        found += 1

    print(f"count: planted favourites found = {found}")


def test_who_sat_without_a_chance_was_favoured():
    draws = [PastDraw({"Ana": 0.5}, frozenset({"Ben"}))]

    assert verdicts(long_run(draws)) == {"Ben": MORE_THAN_EXPECTED}


TINY = Size("tiny", hearings=2, seats=4, people=44, blocks=2)
WEEKS = 12


def played(weeks=WEEKS, favourite=None, seed=11):
    """Draws of a tiny court by the planner: credit evens out turns; a favourite is pinned when there."""
    random = Random(seed)
    town = Town(random, TINY)
    credit = Counter()
    for week in range(weeks):
        hearings = [hearing | {"least": 3, "schools": []} for hearing in town.hearings()]
        for hearing in hearings:
            hearing.pop("school")
        candidates = [candidate(number, credit, random) for number in range(TINY.people)]
        free = [who["id"] for who in candidates if who["free"]]
        facts = town.day(f"W{week}", "2026-11-28", hearings, candidates, [])
        if favourite in free:
            facts["pins"] = [[favourite, "juror", "H00"]]
        places = plan(facts, f"week {week}").places
        for who in free:
            credit[who] += 100 * len(places) // len(free)
        for who, _role, _where in places:
            credit[who] -= 100
        yield facts, places


def candidate(number, credit, random):
    name = f"P{number:02d}"
    return {
        "id": name,
        "free": ["B0", "B1"] if random.random() < 0.8 or number == 1 else [],
        "age": 15,
        "school": "",
        "trained_until": training(may_lead=number % 4 == 0, may_guard=number % 3 == 0),
        "served": number % 5,
        "owes": 1 if number % 9 == 0 else 0,
        "chances": 1 if number % 9 == 0 else 0,
        "credit": max(-300, min(300, credit[name])),
    }


@pytest.fixture(scope="module")
def honest():
    return list(played())


@pytest.fixture(scope="module")
def with_favourite():
    return list(played(favourite="P01"))


def drawn_again(facts, places):
    return redrawn(facts, places, times=4)


@pytest.mark.parametrize("way", [alike, drawn_again])
def test_the_planner_favours_nobody_and_whoever_is_pinned_every_week_shows(way, honest, with_favourite):
    assert verdicts(long_run(way(*draw) for draw in honest)) == {}
    assert verdicts(long_run(way(*draw) for draw in with_favourite)) == {"P01": MORE_THAN_EXPECTED}


def test_few_who_are_alike_are_compared_with_more():
    """Or a favourite who is a kind of his own would be just what is expected of his kind."""
    [(facts, _places)] = played(weeks=1)
    alone = next(who for who in facts["candidates"] if who["free"] and not who["owes"])
    alone["trained_until"] = {"juror": "2099-12-31", "clerk": "2099-12-31"}
    for hearing in facts["hearings"]:
        hearing["clerks"] = 1

    chance = alike(facts, [(alone["id"], "clerk", "H00")]).chances[alone["id"]]

    assert 0 < chance <= 1 / FEWEST_ALIKE


def test_whoever_is_barred_by_hand_could_have_been_seated_and_whoever_may_take_no_asked_role_could_not():
    [(facts, places)] = played(weeks=1)
    barred, clerk = [who for who in facts["candidates"] if who["free"] and not who["owes"]][:2]
    clerk["trained_until"] = {"clerk": "2099-12-31"}  # no hearing asks for one
    facts["bars"] = [[barred["id"], None]]

    chances = alike(facts, places).chances

    assert chances[barred["id"]] > 0
    assert clerk["id"] not in chances
