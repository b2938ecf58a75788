"""A draw as it is kept, made by the planner and examined by the checker: both mean the same by every word."""

import json

import pytest

from tests.planning import days
from youthcourt.checker import examine
from youthcourt.planning.day import digest
from youthcourt.planning.lots import commitment, seed_of
from youthcourt.planning.planning import plan


def kept(number, public=""):
    """What is kept of a draw, after it has been JSON."""
    facts, secret = days.day(number, "little"), f"secret of {number}: «geheim»"
    made = plan(facts, seed_of(secret, public))
    draw = {
        "facts": facts,
        "facts_digest": digest(facts),
        "secret": secret,
        "public": public,
        "commitment": commitment(secret),
        "seed": seed_of(secret, public),
        "places": [list(place) for place in made.places],
        "counted": made.counted,
    }
    return json.loads(json.dumps(draw | {"digest": digest(draw)}))


@pytest.mark.parametrize("public", ["", " 4 2 6 ", "número 7"])
def test_what_the_planner_made_is_sound(public):
    assert [examine(kept(number, public)) for number in range(10, 13)] == [[]] * 3


def test_a_draw_repeated_with_another_roll_is_found_out():
    draw = kept(10, "4 2 6")

    other = kept(10, "6 6 6") | {"public": "4 2 6"}
    sealed = other | {"digest": digest({name: value for name, value in other.items() if name != "digest"})}

    assert examine(draw) == []
    assert examine(sealed) == ["seed: it does not follow from the secret and what was rolled in public"]
