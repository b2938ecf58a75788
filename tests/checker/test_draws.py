"""A draw that was kept: touched anywhere, it is not sound."""

import copy
import hashlib

import pytest

from tests.checker.saturday import facts, places
from youthcourt.checker import count, examine
from youthcourt.checker.draws import PARTS, digest

SECRET = "Rain on the 14th"


def draw(public="", seed=None, **changed):
    """As a court keeps it, with every digest right whatever was changed."""
    seed = seed or (f"{SECRET}:{public.strip()}" if public.strip() else SECRET)
    kept = {
        "facts": facts(),
        "secret": SECRET,
        "public": public,
        "commitment": hashlib.sha256(SECRET.encode()).hexdigest(),
        "seed": seed,
        "places": places(),
    } | changed
    kept.setdefault("facts_digest", digest(kept["facts"]))
    kept.setdefault("counted", count(facts(), seed, places()))
    return sealed(kept)


def sealed(kept):
    return kept | {"digest": digest({name: value for name, value in kept.items() if name != "digest"})}


def rules_of(lines):
    return [line.partition(":")[0] for line in lines]


def test_a_draw_is_sound():
    assert examine(draw()) == []
    assert examine(draw(public=" 4 2 6\n")) == []


def test_a_digest_is_what_sha256sum_says():
    """printf '{"a":["é",1],"b":null}' | sha256sum"""
    expected = "e7b73c1dc558b94aafd8654cc4cfb57f6bce68dd229b0f15120aaf4ccb51060a"

    assert digest({"b": None, "a": ["é", 1]}) == expected


@pytest.mark.parametrize(
    ("touched", "named"),
    [
        ({"facts_digest": "0" * 64}, ["facts_digest"]),
        ({"commitment": hashlib.sha256(b"Sun on the 14th").hexdigest()}, ["commitment"]),
        ({"secret": "Sun on the 14th"}, ["commitment", "seed"]),
        ({"seed": "another"}, ["seed"]),
        ({"public": "4 2 6", "seed": SECRET}, ["seed"]),
        ({"places": places()[:-1]}, ["standby", "fair_share", "lottery", "placing"]),
        ({"places": [*places(), ["a", "juror", "h2"]]}, ["one place", "day_full", "size"]),
        ({"counted": {}}, ["lost", "which", "seats"]),
        ({"facts": facts(bars=[["a", None]])}, ["barred", "barred"]),
        ({"facts": facts(format="day-9")}, ["facts"]),
        ({"facts": facts(candidates=[*facts()["candidates"], facts()["candidates"][0]])}, ["facts"]),
        ({"facts": facts(blocks=facts()["blocks"][:1])}, ["facts"]),
        ({"facts": facts(rules=facts()["rules"] | {"order": ["duty"]})}, ["facts"]),
    ],
)
def test_a_draw_that_says_what_is_not_so_is_named_though_its_digest_fits(touched, named):
    lines = examine(draw(**touched))

    assert rules_of(lines)[: len(named)] == named


def test_a_claim_of_fewer_is_named_with_what_was_counted():
    kept = draw()
    kept["counted"]["seats"] = 1

    assert examine(sealed(kept)) == ["seats: claimed 1, counted 2"]


@pytest.mark.parametrize("part", PARTS)
def test_a_draw_that_lacks_a_part_is_named(part):
    kept = draw()
    del kept[part]

    assert examine(kept) == [f"draw: without {part}"]


def test_every_value_of_a_draw_is_under_its_digest():
    """Each value in it is changed once, wherever it stands, and the digest left as it was."""
    kept, touched = draw(), 0
    for path in paths(kept):
        if path == ("digest",):
            continue
        changed = copy.deepcopy(kept)
        *way, last = path
        inside = changed
        for step in way:
            inside = inside[step]
        inside[last] = f"{inside[last]} or so"
        touched += 1
        assert "digest" in rules_of(examine(changed)), path
    print(f"count: values of a draw changed one by one, each of them noticed = {touched}")


def paths(value, way=()):
    """The way to each text, number and truth in it."""
    if isinstance(value, dict):
        for name, inside in value.items():
            yield from paths(inside, (*way, name))
    elif isinstance(value, list):
        for at, inside in enumerate(value):
            yield from paths(inside, (*way, at))
    else:
        yield way
