"""A small day with a plan that keeps every rule, to be spoiled one rule at a time."""

SEED = "Kari rolled 4, 2, 6"
EVER = "2027-12-31"
ROLES = ("juror", "foreperson", "bailiff", "clerk")


def facts(**changed):
    """Two hearings at nine and one at ten, for panels of three; fourteen people who may do anything."""
    return {
        "format": "day-1",
        "day": "7",
        "held_on": "2026-11-28",
        "rules": rules(),
        "blocks": [{"id": "nine", "reserves": 1}, {"id": "ten", "reserves": 1}],
        "hearings": [hearing("h1", "nine"), hearing("h2", "nine"), hearing("h3", "ten")],
        "candidates": [person(name) for name in "abcdefghijklmn"],
        "apart": [],
        "pins": [],
        "bars": [],
        "keep": None,
    } | changed


def rules(**changed):
    return {
        "ages": [13, 18],
        "schoolmates_apart": True,
        "open_cases_apart": True,
        "places_a_day": 2,
        "first_timers_most": 67,
        "experience": "needed",
        "school_most": 0,
        "quotas": [],
        "band": 25,
        "order": ["duty", "standby", "mix", "balance", "fair_share"],
    } | changed


def hearing(name, block, **changed):
    return {
        "id": name,
        "block": block,
        "seats": 3,
        "least": 2,
        "bailiffs": 1,
        "clerks": 1,
        "priority": 0,
        "schools": ["Lincoln"],
        "ties": {},
    } | changed


def person(name, **changed):
    return {
        "id": name,
        "free": ["nine", "ten"],
        "age": 15,
        "school": "",
        "groups": {},
        "trained_until": dict.fromkeys(ROLES, EVER),
        "served": 2,
        "places_taken": 0,
        "places_left": None,
        "owes": 0,
        "chances": 0,
        "credit": 0,
        "open_case": False,
        "left": False,
    } | changed


def places():
    """A plan: k waits at nine, h at ten; l, m and n stay at home. a sits twice."""
    return [
        ["a", "foreperson", "h1"], ["b", "juror", "h1"], ["c", "juror", "h1"], ["d", "bailiff", "h1"],
        ["e", "clerk", "h1"],
        ["f", "foreperson", "h2"], ["g", "juror", "h2"], ["i", "juror", "h2"], ["j", "bailiff", "h2"],
        ["a", "foreperson", "h3"], ["b", "juror", "h3"], ["c", "juror", "h3"], ["d", "clerk", "h3"],
        ["k", "reserve", "nine"], ["h", "reserve", "ten"],
    ]  # fmt: skip
