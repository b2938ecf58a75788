"""What the checker counts, against what was counted by hand."""

import pytest

from tests.checker.saturday import SEED, facts, hearing, person, places, rules
from youthcourt.checker import count
from youthcourt.checker.aims import halves_up, lot


def counted(aim, seats=None, **changed):
    return count(facts(**changed), SEED, places() if seats is None else seats)[aim]


def with_people(**changed):
    """Everybody as ever, some changed."""
    return [person(name, **changed.get(name, {})) for name in "abcdefghijklmn"]


def at(hearing_id):
    return [each for each in places() if each[2] == hearing_id]


DOCKET = (("h1", "nine"), ("h2", "nine"), ("h3", "ten"))
NOT_TEN = [each for each in places() if each[2] not in ("h3", "ten")]


@pytest.mark.parametrize(
    ("key", "first_digits"),
    [
        (("person", "a"), "77322"),
        (("place", "a", "foreperson", "h1"), "44921"),
        (("hearing", "h1"), "5d0b1"),
    ],
)
def test_a_lot_is_what_sha256sum_says(key, first_digits):
    """printf '%s' 'Kari rolled 4, 2, 6|person|a' | sha256sum | cut -c1-5"""
    assert lot(SEED, *key) == int(first_digits, 16)


def test_halves_go_up_below_nought_too():
    assert [halves_up(each, 2) for each in (-3, -2, -1, 0, 1, 2, 3)] == [-1, -1, 0, 0, 1, 1, 2]


def test_the_aims_come_in_the_courts_order():
    order = ["mix", "fair_share", "balance", "duty", "standby"]

    aims = list(count(facts(rules=rules(order=order)), SEED, places()))

    assert aims == ["lost", "which", "seats", *order, "lottery", "placing"]


def test_changes_are_counted_when_a_plan_is_mended():
    assert list(count(facts(keep=[]), SEED, places()))[:5] == ["lost", "which", "seats", "changes", "duty"]


def test_a_hearing_without_a_panel_is_lost():
    assert [counted("lost"), counted("lost", NOT_TEN), counted("lost", [])] == [0, 1, 3]


def test_the_most_pressing_hearing_weighs_most():
    rank = {"h1": 1, "h2": 3, "h3": 2}
    docket = [hearing(name, block, priority=rank[name]) for name, block in DOCKET]

    lost = [counted("which", at(kept), hearings=docket) for kept in ("h1", "h2", "h3")]

    assert lost == [3 + 2, 2 + 1, 3 + 1]


def test_between_equals_the_lot_says_which_hearing_weighs_most():
    """Those of h3, h2 and h1 begin with 0d33d, 2c1f7 and 5d0b1."""
    assert [6 - counted("which", at(name)) for name in ("h3", "h2", "h1")] == [3, 2, 1]


def test_open_are_the_seats_of_panels_bailiffs_and_clerks():
    # 15 asked for; at h2 the clerk is missing, at h3 the bailiff.
    assert [counted("seats"), counted("seats", NOT_TEN), counted("seats", [])] == [2, 6, 15]


def kept(who, *instead):
    """The plan as it stood, where this person had these places instead of those they have now."""
    return [each for each in places() if each[0] != who] + [[who, *each] for each in instead]


@pytest.mark.parametrize(
    ("was", "cost"),
    [
        (places(), 0),
        (kept("b", ("juror", "h1"), ("juror", "h3")), 0),
        (kept("b", ("foreperson", "h1"), ("juror", "h3")), 1),
        (kept("f", ("reserve", "nine")), 1),
        (kept("f", ("reserve", "ten")), 2 + 1),
        (kept("b", ("juror", "h1")), 2),
        (kept("b"), 5 + 5),
        ([], 13 * 5),
    ],
)
def test_a_seat_costs_more_the_less_its_person_expects_it(was, cost):
    assert counted("changes", keep=was) == cost


@pytest.mark.parametrize(
    ("was", "changed", "cost"),
    [
        (kept("l", ("juror", "h1")), {}, 10),
        (kept("l", ("juror", "h1"), ("juror", "h3")), {}, 20),
        (kept("l", ("reserve", "nine")), {}, 1),
        (kept("l", ("juror", "h9")), {}, 0),
        (kept("z", ("juror", "h1")), {}, 0),
        (kept("l", ("juror", "h1")), {"bars": [["l", "h1"]]}, 0),
        (kept("l", ("juror", "h1")), {"candidates": with_people(l={"free": ["ten"]})}, 0),
        (
            kept("l", ("juror", "h1")),
            {"candidates": with_people(l={"trained_until": {"clerk": "2027-01-01"}})},
            10,
        ),
        (kept("b", ("juror", "h1"), ("juror", "h2")), {}, 2 + 10),  # b sits at h1, and at h3 instead of h2
    ],
)
def test_a_seat_lost_costs_ten_where_it_could_have_stayed(was, changed, cost):
    assert counted("changes", keep=was, **changed) == cost


@pytest.mark.parametrize(
    ("owes", "chances", "risk"),
    [
        (0, 0, 0),
        (1, 0, 100),
        (1, 1, 100),
        (2, 1, 100),
        (1, 2, 10),
        (1, 3, 7),
        (1, 8, 3),
        (3, 8, 8),
        (1, 40, 1),
        (1, 41, 1),
    ],
)
def test_what_is_owed_presses_as_chances_run_out(owes, chances, risk):
    people = with_people(l={"owes": owes, "chances": chances})

    assert counted("duty", candidates=people) == risk


OWING = {"owes": 1, "chances": 1}


def test_what_somebody_owes_presses_until_they_sit():
    assert counted("duty", candidates=with_people(k=OWING)) == 100  # to wait in reserve is not to sit
    assert counted("duty", candidates=with_people(a=OWING, d=OWING)) == 0


@pytest.mark.parametrize(
    "hindrance",
    [
        {"free": []},
        {"age": 19},
        {"left": True},
        {"trained_until": {"juror": "2026-11-27"}},
        {"open_case": True},
        {"places_left": 0},
        {"places_taken": 2},
        {"school": "Lincoln"},
    ],
)
def test_nobody_is_late_who_could_not_sit(hindrance):
    assert counted("duty", candidates=with_people(l=OWING | hindrance)) == 0


def test_a_clerk_owes_nothing_where_no_clerk_is_asked_for():
    people = with_people(l=OWING | {"trained_until": {"clerk": "2027-01-01"}})
    docket = [hearing(name, block, clerks=0) for name, block in DOCKET]

    assert counted("duty", candidates=people) == 100
    assert counted("duty", candidates=people, hearings=docket) == 0


def test_standby_counts_who_is_missing_and_hearings_without_cover():
    nobody_waits = [each for each in places() if each[1] != "reserve"]

    assert counted("standby") == 0
    assert counted("standby", nobody_waits) == 2 + 3
    assert counted("standby", bars=[["k", "h2"]]) == 1


def test_a_panel_without_a_first_timer_could_be_better_mixed():
    assert counted("mix") == 3
    assert counted("mix", candidates=with_people(b={"served": 0})) == 1  # b sits at h1 and at h3
    assert (
        counted("mix", NOT_TEN, candidates=with_people(d={"served": 0})) == 2
    )  # a bailiff is not of the panel


@pytest.mark.parametrize(("experience", "cost"), [("wanted", 4 + 1 + 2), ("needed", 2)])
def test_experience_counts_where_it_is_wanted(experience, cost):
    people = with_people(f={"served": 0}, g={"served": 0})

    assert counted("mix", candidates=people, rules=rules(experience=experience, first_timers_most=34)) == cost


@pytest.mark.parametrize(("percent", "cost"), [(0, 0), (1, 2), (33, 2), (34, 1), (66, 1), (67, 0)])
def test_a_panel_above_the_limit_of_one_school(percent, cost):
    people = with_people(**{key: {"school": "Washington"} for key in "fgi"})

    assert counted("balance", candidates=people, rules=rules(school_most=percent)) == cost


def test_each_missing_from_and_above_a_quota_counts():
    people = with_people(**{key: {"groups": {"age": "13-14"}} for key in "abc"}, f={"groups": {"age": "15"}})
    quota = {"group": "age", "value": "13-14", "least": 1, "most": 2}

    assert counted("balance", candidates=people, rules=rules(quotas=[quota])) == 1 + 1 + 1
    assert counted("balance", NOT_TEN, candidates=people, rules=rules(quotas=[quota])) == 1 + 1
    assert counted("balance", [], candidates=people, rules=rules(quotas=[quota])) == 0


@pytest.mark.parametrize(
    ("who", "cost"),
    [
        (person("f"), 4),  # one seat of four bands
        (person("f", credit=100), 4 - 2 * 4),
        (person("f", credit=12), 4),  # nearer to no band
        (person("f", credit=13), 4 - 2 * 1),
        (person("f", credit=-13), 4 + 2 * 1),
        (person("f", places_taken=1), 12),
    ],
)
def test_a_seat_costs_more_the_less_share_is_owed(who, cost):
    assert counted("fair_share", [["f", "foreperson", "h2"]], candidates=[who]) == cost


def test_a_second_seat_costs_three_times_as_much_and_waiting_half():
    two = [["a", "foreperson", "h1"], ["a", "clerk", "h3"]]
    waiting = [["a", "foreperson", "h1"], ["a", "reserve", "ten"]]

    assert counted("fair_share", two) == 4 + 12
    assert counted("fair_share", two, candidates=with_people(a={"credit": 50})) == 16 - 2 * 2 * 2
    assert counted("fair_share", waiting, candidates=with_people(a={"credit": 50})) == (4 - 4) + (4 - 2)


def test_halves_of_a_band_go_up():
    half_up = with_people(a={"credit": -20})  # half a band below nought: none

    assert counted("fair_share", [["a", "clerk", "h1"]], candidates=half_up, rules=rules(band=40)) == 3  # 2.5


def test_each_place_adds_its_lots():
    two = [["a", "foreperson", "h1"], ["a", "reserve", "ten"]]

    assert counted("lottery", two) == 2 * (1 + lot(SEED, "person", "a"))
    assert counted("placing", two) == 2 + sum(lot(SEED, "place", *each) for each in two)
