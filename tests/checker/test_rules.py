"""Each rule, broken once: the checker names it and no other. A twin that just keeps it is left in peace."""

import pytest

from tests.checker.saturday import SEED, facts, hearing, places, rules
from youthcourt.checker import check
from youthcourt.checker.rules import RULES, WAIVABLE


class Scene:
    """The small day and its plan, to change."""

    def __init__(self):
        self.facts, self.places = facts(), places()

    def person(self, name, **changed):
        next(each for each in self.facts["candidates"] if each["id"] == name).update(changed)

    def hearing(self, name, **changed):
        next(each for each in self.facts["hearings"] if each["id"] == name).update(changed)

    def rules(self, **changed):
        self.facts["rules"].update(changed)

    def say(self, what, *lines):
        self.facts[what] = [*(self.facts[what] or ()), *map(list, lines)]

    def put(self, *lines):
        self.places += map(list, lines)

    def drop(self, *lines):
        self.places = [each for each in self.places if each not in [list(line) for line in lines]]

    def swap(self, old, new):
        self.places = [list(new) if each == list(old) else each for each in self.places]

    def found(self, **with_what):
        return {line.partition(":")[0] for line in check(self.facts, SEED, self.places, **with_what)}


def trained(role, until):
    return {
        each: until if each == role else "2027-12-31" for each in ("juror", "foreperson", "bailiff", "clerk")
    }


def without_h3(s):
    s.places = [each for each in s.places if each[2] not in ("h3", "ten")]


def only(s, **changed):
    """Everybody who sits at ten is of this kind."""
    for name in "abc":
        s.person(name, **changed)


# rule, what breaks it, what just keeps it
CASES = {
    "an unknown person": ("known", lambda s: s.put(("z", "juror", "h1")), None),
    "an unknown role": ("known", lambda s: s.put(("l", "judge", "h1")), None),
    "an unknown hearing": ("known", lambda s: s.put(("l", "juror", "h9")), None),
    "a block for a hearing": ("known", lambda s: s.put(("l", "juror", "nine")), None),
    "a hearing for a block": ("known", lambda s: s.put(("l", "reserve", "h1")), None),
    "not free": ("not_free", lambda s: s.person("f", free=["ten"]), lambda s: s.person("f", free=["nine"])),
    "a training that ended yesterday": (
        "not_trained",
        lambda s: s.person("g", trained_until=trained("juror", "2026-11-27")),
        lambda s: s.person("g", trained_until=trained("juror", "2026-11-28")),
    ),
    "no training for a foreperson": (
        "not_trained",
        lambda s: s.person("f", trained_until={"juror": "2027-01-01"}),
        lambda s: s.person("f", trained_until={"foreperson": "2026-11-28"}),
    ),
    "no training for a bailiff": (
        "not_trained",
        lambda s: s.person("j", trained_until={"juror": "2027-01-01"}),
        lambda s: s.person("j", trained_until={"bailiff": "2027-01-01"}),
    ),
    "no training for a clerk": (
        "not_trained",
        lambda s: s.person("e", trained_until=trained("clerk", "2026-01-01")),
        lambda s: s.person("e", trained_until={"clerk": "2027-01-01"}),
    ),
    "too young": ("not_of_age", lambda s: s.person("g", age=12), lambda s: s.person("g", age=13)),
    "too old": ("not_of_age", lambda s: s.person("j", age=19), lambda s: s.person("j", age=18)),
    "of unknown age": ("not_of_age", lambda s: s.person("g", age=None), None),
    "of age nought": (
        "not_of_age",
        lambda s: s.person("g", age=0),
        lambda s: (s.person("g", age=0), s.rules(ages=[0, 18])),
    ),
    "has left": ("left", lambda s: s.person("i", left=True), lambda s: s.person("l", left=True)),
    "tied to the case": (
        "tie",
        lambda s: s.hearing("h2", ties={"g": ["kin"]}),
        lambda s: s.hearing("h1", ties={"g": ["kin"], "f": []}),
    ),
    "tied to the case as its clerk": ("tie", lambda s: s.hearing("h1", ties={"e": ["knows", "kin"]}), None),
    "barred from the hearing": (
        "barred",
        lambda s: s.say("bars", ("g", "h2")),
        lambda s: s.say("bars", ("g", "h1"), ("l", None), ("z", None)),
    ),
    "barred from the day": ("barred", lambda s: s.say("bars", ("j", None)), None),
    "at school with the respondent": (
        "same_school",
        lambda s: s.person("g", school="Lincoln"),
        lambda s: (s.person("g", school="Lincoln"), s.rules(schoolmates_apart=False)),
    ),
    "of another school": (
        "same_school",
        lambda s: (s.person("g", school="Washington"), s.hearing("h2", schools=["Lincoln", "Washington"])),
        lambda s: (s.person("g", school="Washington"), s.hearing("h2", schools=["Lincoln", ""])),
    ),
    "with a case of their own": (
        "open_case",
        lambda s: s.person("i", open_case=True),
        lambda s: (s.person("i", open_case=True), s.rules(open_cases_apart=False)),
    ),
    "a foreperson who never served": (
        "never_served",
        lambda s: s.person("f", served=0),
        lambda s: (s.person("f", served=0), s.rules(experience="wanted")),
    ),
    "a clerk of whom none is asked": (
        "clerk",
        lambda s: s.hearing("h1", clerks=0),
        lambda s: s.hearing("h2", clerks=0),
    ),
    "in reserve, of age for nobody": ("reserve", lambda s: s.person("k", age=19), None),
    "in reserve, barred from one hearing": (
        "reserve",
        lambda s: s.say("bars", ("k", "h1"), ("k", "h2")),
        lambda s: s.say("bars", ("k", "h1"), ("k", "h3")),
    ),
    "in reserve, trained as a bailiff only": (
        "reserve",
        lambda s: s.person("k", trained_until={"bailiff": "2027-01-01"}),
        lambda s: s.person("k", trained_until={"juror": "2027-01-01"}),
    ),
    "in reserve without a seat left": (
        "reserve",
        lambda s: s.person("k", places_left=0),
        lambda s: s.person("k", places_left=1),
    ),
    "in reserve at a block without hearings": (
        "reserve",
        lambda s: (
            s.say("blocks"),
            s.facts["blocks"].append({"id": "one", "reserves": 1}),
            s.person("l", free=["one"]),
            s.put(("l", "reserve", "one")),
        ),
        lambda s: s.facts["blocks"].append({"id": "one", "reserves": 1}),
    ),
    "at two hearings at once": (
        "one place",
        lambda s: (s.rules(places_a_day=3), s.swap(("i", "juror", "h2"), ("b", "juror", "h2"))),
        lambda s: s.rules(places_a_day=3),
    ),
    "sitting and waiting at once": (
        "one place",
        lambda s: s.swap(("k", "reserve", "nine"), ("g", "reserve", "nine")),
        lambda s: s.swap(("h", "reserve", "ten"), ("g", "reserve", "ten")),
    ),
    "twice in one place": (
        "one place",
        lambda s: (s.drop(("i", "juror", "h2")), s.put(("g", "juror", "h2"))),
        lambda s: s.drop(("i", "juror", "h2")),
    ),
    "too many places a day": (
        "day_full",
        lambda s: s.person("a", places_taken=1),
        lambda s: (s.person("a", places_taken=1), s.rules(places_a_day=3)),
    ),
    "too many places a day, one in reserve": (
        "day_full",
        lambda s: (
            s.rules(places_a_day=2),
            s.person("g", places_taken=1),
            s.swap(("h", "reserve", "ten"), ("g", "reserve", "ten")),
        ),
        lambda s: s.swap(("h", "reserve", "ten"), ("g", "reserve", "ten")),
    ),
    "more seats than the limit leaves": (
        "limit_reached",
        lambda s: s.person("a", places_left=1),
        lambda s: (s.person("a", places_left=2), s.person("d", places_left=2)),
    ),
    "a seat, and none is left": (
        "limit_reached",
        lambda s: s.person("g", places_left=0),
        lambda s: s.person("g", places_left=1),
    ),
    "a panel too small": (
        "size",
        lambda s: s.drop(("g", "juror", "h2"), ("i", "juror", "h2")),
        lambda s: s.drop(("g", "juror", "h2")),
    ),
    "a panel too large": (
        "size",
        lambda s: s.put(("l", "juror", "h1")),
        lambda s: (s.put(("l", "juror", "h1")), s.hearing("h1", seats=4)),
    ),
    "no foreperson": (
        "foreperson",
        lambda s: s.swap(("f", "foreperson", "h2"), ("f", "juror", "h2")),
        lambda s: (
            s.swap(("f", "foreperson", "h2"), ("f", "juror", "h2")),
            s.swap(("g", "juror", "h2"), ("g", "foreperson", "h2")),
        ),
    ),
    "two forepersons": (
        "foreperson",
        lambda s: s.swap(("g", "juror", "h2"), ("g", "foreperson", "h2")),
        None,
    ),
    "a bailiff without a panel": (
        "bailiff",
        lambda s: (without_h3(s), s.put(("l", "bailiff", "h3"))),
        without_h3,
    ),
    "a clerk without a panel": ("clerk", lambda s: (without_h3(s), s.put(("l", "clerk", "h3"))), None),
    "two bailiffs for one": (
        "bailiff",
        lambda s: s.put(("l", "bailiff", "h1")),
        lambda s: (s.put(("l", "bailiff", "h1")), s.hearing("h1", bailiffs=2)),
    ),
    "two clerks for one": (
        "clerk",
        lambda s: s.put(("l", "clerk", "h1")),
        lambda s: (s.put(("l", "clerk", "h1")), s.hearing("h1", clerks=2)),
    ),
    "two in reserve for one": (
        "reserves",
        lambda s: s.put(("l", "reserve", "nine")),
        lambda s: s.drop(("k", "reserve", "nine")),
    ),
    "together though apart": (
        "apart",
        lambda s: s.say("apart", ("f", "i")),
        lambda s: s.say("apart", ("f", "a"), ("j", "g"), ("k", "f"), ("d", "b", "f")),
    ),
    "two of three together though apart": ("apart", lambda s: s.say("apart", ("l", "f", "g")), None),
    "a pin not kept": (
        "pin",
        lambda s: s.say("pins", ("l", "juror", "h2")),
        lambda s: s.say("pins", ("g", "juror", "h2"), ("z", "juror", "h2"), ("g", "juror", "h9")),
    ),
    "a pin kept in another role": ("pin", lambda s: s.say("pins", ("g", "foreperson", "h2")), None),
    "a pin in reserve not kept": (
        "pin",
        lambda s: s.say("pins", ("l", "reserve", "nine")),
        lambda s: s.say("pins", ("k", "reserve", "nine")),
    ),
    "a pin in reserve not kept where nobody sits": (
        "pin",
        lambda s: (without_h3(s), s.say("pins", ("l", "reserve", "ten"))),
        lambda s: (without_h3(s), s.say("pins", ("l", "juror", "h3"))),
    ),
    "too many first-timers": (
        "first-timers",
        lambda s: (s.rules(first_timers_most=66), s.person("g", served=0), s.person("i", served=0)),
        lambda s: (s.rules(first_timers_most=67), s.person("g", served=0), s.person("i", served=0)),
    ),
    "too many first-timers of few": (
        "first-timers",
        lambda s: (s.rules(first_timers_most=33), s.person("g", served=0)),
        lambda s: (s.rules(first_timers_most=33, experience="wanted"), s.person("g", served=0)),
    ),
}


def spoiled(change):
    scene = Scene()
    change(scene)
    return scene


def test_the_plan_that_the_others_spoil_keeps_every_rule():
    assert Scene().found() == set()


@pytest.mark.parametrize("case", CASES)
def test_a_broken_rule_is_named_and_no_other(case):
    rule, breaks, _keeps = CASES[case]

    assert spoiled(breaks).found() == {rule}


@pytest.mark.parametrize("case", [case for case in CASES if CASES[case][2]])
def test_what_just_keeps_the_rule_is_left_in_peace(case):
    assert spoiled(CASES[case][2]).found() == set()


def test_every_rule_of_the_checker_is_needed_to_catch_its_cases(monkeypatch):
    """Each rule is taken away once; then some case is caught no more."""
    missed = {}
    for rule in RULES:
        monkeypatch.setattr("youthcourt.checker.rules.RULES", [each for each in RULES if each is not rule])
        missed[rule.__name__] = [
            case for case, (name, breaks, _) in CASES.items() if name not in spoiled(breaks).found()
        ]

    assert [name for name, cases in missed.items() if not cases] == []
    print(f"count: planted breaches of a rule that the checker must name = {len(CASES)}")


def test_a_line_says_which_rule_who_and_where():
    lines = check(
        facts(hearings=[hearing("h1", "nine", ties={"c": ["kin"]}), *facts()["hearings"][1:]], rules=rules()),
        SEED,
        places(),
    )

    assert lines == ["tie: candidate c, at h1, as juror"]


def test_a_plan_without_a_seed_was_not_drawn():
    assert check(facts(), "", places()) == ["seed: there is none"]


def test_nobody_at_all_breaks_no_rule():
    assert check(facts(), SEED, []) == []


def test_what_is_left_out_of_the_facts_is_nothing():
    bare = facts(
        hearings=[{"id": "h1", "block": "nine", "seats": 2, "least": 1}],
        blocks=[{"id": "nine"}],
        candidates=[
            {
                "id": "a",
                "age": 15,
                "free": ["nine"],
                "served": 1,
                "trained_until": {"foreperson": "2027-01-01"},
            }
        ],
    )

    assert check(bare, SEED, [("a", "foreperson", "h1")]) == []
    assert check(bare, SEED, [("a", "foreperson", "h1"), ("a", "reserve", "nine")]) != []


WAIVERS = {
    "at school with the respondent": ("same_school", "g", "h2"),
    "a training that ended yesterday": ("not_trained", "g", "h2"),
    "more seats than the limit leaves": ("limit_reached", "a", ""),
    "a foreperson who never served": ("never_served", "f", "h2"),
}


@pytest.mark.parametrize("case", WAIVERS)
def test_what_the_court_let_go_for_this_plan_is_not_a_fault(case):
    rule, who, where = WAIVERS[case]
    scene = spoiled(CASES[case][1])

    assert scene.found(waived=[(rule, who, where)]) == set()
    assert scene.found(waived=[(rule, "b", "h1")]) == {rule}


def test_every_rule_that_may_be_let_go_is_tried():
    assert {rule for rule, _who, _where in WAIVERS.values()} == set(WAIVABLE)


def test_a_tie_to_the_case_is_never_let_go():
    scene = spoiled(CASES["tied to the case"][1])

    assert scene.found(waived=[("tie", "g", "h2")]) == {"tie"}
