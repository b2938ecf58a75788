"""Why somebody sits, and why somebody does not: everybody has a reason, and none tells of a case."""

import json
from dataclasses import asdict

from tests.checker.saturday import facts, hearing, person
from youthcourt.planning.planning import plan
from youthcourt.planning.reasons import NOT_SEATED, SEATED, reasons

SEED = "4, 2, 6"


def told(day, who):
    return reasons(day, plan(day, SEED))[who]


def one_seat(*candidates, **changed):
    return facts(**{
        "hearings": [hearing("h", "nine", seats=1, least=1, bailiffs=0, clerks=0)],
        "blocks": [{"id": "nine", "reserves": 0}],
        "candidates": list(candidates),
    } | changed)  # fmt: skip


def test_everybody_has_a_reason():
    made = plan(facts(), SEED)

    found = reasons(facts(), made)

    assert set(found) == set("abcdefghijklmn")
    seated = {who for who, _role, _where in made.places}
    assert all(each.code in (SEATED if who in seated else NOT_SEATED) for who, each in found.items())


def test_who_is_owed_a_turn_sits_before_who_is_not():
    day = one_seat(person("a", credit=120), person("b", credit=-40))

    assert (told(day, "a").code, told(day, "a").credit, told(day, "a").line) == ("owed_turns", 120, -40)
    assert (told(day, "b").code, told(day, "b").aim) == ("outranked", "fair_share")


def test_who_must_serve_soon_sits_first():
    day = one_seat(person("a", owes=2, chances=2), person("b", credit=300))

    assert told(day, "a").code == "duty"
    assert told(day, "b").aim == "duty"


def test_between_equals_the_lot_decides():
    day = one_seat(person("a"), person("b"))

    assert sorted((told(day, each).code, told(day, each).aim) for each in "ab") == [
        ("lot", ""),
        ("outranked", "lottery"),
    ]


def test_a_pin_and_the_only_one_who_can_are_said():
    assert told(one_seat(person("a"), person("b"), pins=[["b", "foreperson", "h"]]), "b").code == "pinned"
    assert told(one_seat(person("a"), person("b", free=[])), "a").code == "nobody_else"
    assert told(one_seat(person("a"), person("b", free=[])), "b").code == "not_free"


def test_a_tie_to_a_case_is_never_told_apart_from_a_bar():
    """Which tie it is would tell who the respondent is."""
    tied = one_seat(
        person("a"), person("b"), person("c"),
        hearings=[hearing("h", "nine", seats=1, least=1, bailiffs=0, clerks=0, ties={"b": ["kin"]})],
        bars=[["c", "h"]],
    )  # fmt: skip

    assert told(tied, "b") == told(tied, "c")
    assert told(tied, "b").rules == {"conflict": 1}
    assert "kin" not in json.dumps(asdict(told(tied, "b")))
