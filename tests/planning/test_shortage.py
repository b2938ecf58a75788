"""Where a day cannot be filled: which rules collide, and what would help."""

import pytest

from tests.checker.saturday import facts, hearing, person, rules
from youthcourt.checker import check
from youthcourt.planning.planning import plan
from youthcourt.planning.shortage import shortages, ways_out

SEED = "4, 2, 6"


def one_hearing(**changed):
    """A panel of three at nine, and nobody but those given."""
    return facts(**{
        "hearings": [hearing("h", "nine", bailiffs=0, clerks=0, least=3)],
        "blocks": [{"id": "nine", "reserves": 0}],
    } | changed)  # fmt: skip


TWO_AND = [person("a"), person("b")]


@pytest.mark.parametrize(
    ("third", "collide", "helps"),
    [
        ({"school": "Lincoln"}, ("same_school",), "same_school"),
        ({"free": []}, ("not_free",), "more"),
        ({"places_left": 0}, ("limit_reached",), "limit_reached"),
        ({"trained_until": {}}, ("not_trained",), "not_trained"),
    ],
)
def test_the_rule_that_stands_in_the_way_is_named_and_so_is_what_helps(third, collide, helps):
    short = one_hearing(candidates=[*TWO_AND, person("c", **third)])
    made = plan(short, SEED)

    assert [each.rules for each in shortages(short, SEED, made)] == [collide]
    assert helps in {way.kind for way in ways_out(short, SEED, made) if (way.lost, way.seats) == (0, 0)}


def test_the_colliding_rules_are_a_smallest_set():
    """Each of them alone, taken away, would let the hearing be held; here two stand behind one another."""
    twice = one_hearing(candidates=[*TWO_AND, person("c", school="Lincoln"), person("d", places_left=0)])
    made = plan(twice, SEED)

    (found,) = shortages(twice, SEED, made)

    assert (found.is_lost, found.open_seats) == (True, 3)
    assert set(found.rules) == {"same_school", "limit_reached"}


def test_a_way_out_taken_is_a_plan_that_only_breaks_what_it_says():
    short = one_hearing(candidates=[*TWO_AND, person("c", school="Lincoln")])
    made = plan(short, SEED)
    way = next(way for way in ways_out(short, SEED, made) if way.kind == "same_school")

    taken = plan(short | {"rules": rules(schoolmates_apart=False)}, SEED)

    assert [(rule, who) for rule, who, _hearing in way.waived] == [("same_school", "c")]
    assert len(check(short, SEED, taken.places)) == 1
    assert check(short, SEED, taken.places, waived=way.waived) == []


def test_further_jurors_are_counted_hearing_by_hearing():
    short = one_hearing(candidates=[person("a")])
    made = plan(short, SEED)

    assert [way.more for way in ways_out(short, SEED, made)] == [{"h": 2}]


def test_nothing_is_short_on_a_day_that_is_full():
    made = plan(facts(), SEED)

    assert (shortages(facts(), SEED, made), ways_out(facts(), SEED, made)) == ([], [])


def test_that_other_hearings_would_lose_their_people_is_said():
    two = one_hearing(
        hearings=[hearing(name, "nine", bailiffs=0, clerks=0, least=3) for name in ("h", "i")],
        candidates=[*TWO_AND, person("c")],
    )
    made = plan(two, SEED)

    (found,) = shortages(two, SEED, made)

    assert set(found.rules) == {"one_place_a_block", "others"}
