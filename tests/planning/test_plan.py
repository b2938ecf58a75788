"""The plan of a day: what it looks like, how it is kept, and the proof that goes with it."""

import io
import json
import subprocess
from dataclasses import replace
from itertools import product

import pytest

from tests.checker.saturday import facts, hearing, person, rules
from youthcourt.planning import in_its_own_process
from youthcourt.planning.day import Day, digest
from youthcourt.planning.linear import ones
from youthcourt.planning.model import model_of
from youthcourt.planning.plan import Move, Plan, certify, moves
from youthcourt.planning.planning import plan
from youthcourt.planning.solving import NoPlan, Stopped, solve
from youthcourt.planning.worker import work

SEED = "4, 2, 6"


@pytest.fixture(scope="module")
def made():
    return plan(facts(), SEED)


def test_every_panel_is_full_and_has_a_foreperson(made):
    roles = sorted(role for _who, role, where in made.places if where == "h1")

    assert roles == ["bailiff", "clerk", "foreperson", "juror", "juror"]
    assert (made.counted["lost"], made.counted["seats"]) == (0, 0)


def test_a_plan_comes_back_from_json_as_it_was(made):
    assert Plan.of(json.loads(json.dumps(made.facts()))) == made


def test_the_certificate_proves_the_plan_without_a_solver_and_that_there_is_no_other(made):
    verdict = certify(facts(), SEED, made)

    assert (made.proof, verdict.trouble, verdict.is_only_one) == ("certificate", None, True)


def test_no_legal_plan_in_which_two_people_have_swapped_passes_for_the_best(made):
    """Each of them keeps every rule; each is worse by a lot at least."""
    jurors = [place for place in made.places if place[1] == "juror"]
    tried = 0
    for one, other in product(jurors, jurors):
        if one[0] < other[0] and {one[2], other[2]} == {"h1", "h2"}:
            swapped = {(one[0], "juror", other[2]), (other[0], "juror", one[2])}
            places = tuple(sorted({*made.places} - {one, other} | swapped))
            tried += 1
            assert not certify(facts(), SEED, with_places(made, places)).is_proved

    assert tried >= 3
    print(f"count: worse plans turned down by the certificate = {tried}")


def with_places(made, places):
    """The plan with other places, and a certificate that claims them."""
    choice = model_of(Day.of(facts()), SEED).choice
    chosen = {each: value for each, value in made.certificate.chosen.items() if each not in choice.values()}
    chosen |= {choice[place]: 1 for place in places}
    return replace(made, places=places, certificate=replace(made.certificate, chosen=chosen))


def test_prices_that_were_touched_prove_nothing(made):
    prices = [each and {row: price // 2 for row, price in each.items()} for each in made.certificate.prices]
    touched = replace(made, certificate=replace(made.certificate, prices=prices))

    assert not certify(facts(), SEED, touched).is_proved


def test_a_certificate_for_another_seed_proves_nothing(made):
    assert not certify(facts(), "other dice", made).is_proved


def test_the_order_in_which_the_facts_come_changes_nothing(made):
    turned = facts()
    for several in ("blocks", "hearings", "candidates"):
        turned[several].reverse()

    assert plan(turned, SEED).places == made.places
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})


def test_another_seed_seats_others_where_all_else_is_equal(made):
    assert any(plan(facts(), f"seed {number}").places != made.places for number in range(5))


def test_the_hearing_that_has_waited_longest_is_kept():
    few = facts(
        hearings=[hearing("young", "nine", bailiffs=0, clerks=0), hearing("old", "nine", priority=9)],
        candidates=[person(name) for name in "abc"],
    )

    assert {where for _who, role, where in plan(few, SEED).places if role == "foreperson"} == {"old"}


def test_the_court_decides_which_aim_comes_first():
    """One place; a owes a sitting, b is owed a turn."""
    one_seat = facts(
        hearings=[hearing("h", "nine", seats=1, least=1, bailiffs=0, clerks=0)],
        blocks=[{"id": "nine", "reserves": 0}],
        candidates=[person("a", owes=1, chances=9), person("b", credit=300)],
    )
    duty_last = one_seat | {"rules": rules(order=["fair_share", "standby", "mix", "balance", "duty"])}

    assert plan(one_seat, SEED).places == (("a", "foreperson", "h"),)
    assert plan(duty_last, SEED).places == (("b", "foreperson", "h"),)


def test_nobody_moves_when_nobody_is_missing(made):
    again = plan(facts(keep=[list(place) for place in made.places]), "tonight")

    assert (again.places, again.counted["changes"]) == (made.places, 0)


def test_a_hole_is_filled_from_the_reserve_and_nobody_else_moves(made):
    missing = next(who for who, role, where in made.places if (role, where) == ("juror", "h1"))
    waiting = next(who for who, role, where in made.places if (role, where) == ("reserve", "nine"))
    called = {who for who, _role, _where in made.places} - {missing}
    here = [person(name, free=["nine", "ten"] if name in called else []) for name in "abcdefghijklmn"]

    mended = plan(facts(candidates=here, keep=[list(place) for place in made.places]), "tonight")

    at_hearings = {place for place in made.places if place[1] != "reserve"}
    changed = [each for each in moves(made.places, mended.places) if _moves_at_a_hearing(each)]
    assert {each.who for each in changed} - {missing} == {waiting}
    assert len(at_hearings & set(mended.places)) == len(at_hearings) - _places(at_hearings, missing)


def _places(places, person):
    return sum(who == person for who, _role, _where in places)


def _moves_at_a_hearing(move):
    return any(role != "reserve" for role, _where in {*move.before} ^ {*move.after})


def test_moves_tell_what_each_person_had_and_has():
    before, after = [("a", "juror", "h1"), ("b", "juror", "h1")], [("a", "juror", "h2"), ("b", "juror", "h1")]

    assert moves(before, after) == [Move("a", (("juror", "h1"),), (("juror", "h2"),))]


def if_seated(facts, seed, who, made):
    """The first aim that would suffer, and by how much, if somebody sat in spite of all; solved anew."""
    model = model_of(Day.of(facts), seed)
    model.linear.rule(f"in_spite_of_all:{who}", ones(model.seats_of[who]), least=1)
    solution = solve(model.linear)
    for aim in model.linear.aims:
        if worse := aim.value(solution.chosen) - made.counted[aim.name]:
            return aim.name, worse
    return None


def test_what_would_suffer_if_somebody_sat_who_does_not(made):
    many = facts(candidates=[person(f"p{number}", credit=number % 3 * 100) for number in range(24)])
    full = plan(many, SEED)

    told = {who: if_seated(many, SEED, who, full)[0] for who in full.outranked}

    assert set(told.values()) == {"fair_share", "lottery"}
    assert told == full.outranked
    assert if_seated(many, SEED, full.places[0][0], full) is None


def test_a_pin_in_reserve_that_the_rules_forbid_has_no_plan():
    with pytest.raises(NoPlan):
        plan(facts(pins=[["a", "reserve", "nine"]], bars=[["a", None]]), SEED)


def test_planning_stops_when_it_is_told_to():
    with pytest.raises(Stopped):
        plan(facts(), SEED, stop=lambda: True)


def test_facts_of_another_form_and_an_order_with_a_missing_aim_are_refused():
    for wrong in (facts(format="day-0"), facts(rules=rules(order=["duty"]))):
        with pytest.raises(ValueError, match=r"form|order"):
            plan(wrong, SEED)


def test_the_worker_tells_each_aim_and_then_the_plan(made):
    told = io.StringIO()

    work(io.StringIO(json.dumps({"facts": facts(), "seed": SEED})), told)

    lines = [json.loads(line) for line in told.getvalue().splitlines()]
    assert [line["aim"] for line in lines if "aim" in line] == list(made.counted)
    assert Plan.of(lines[-1]["plan"]) == made


def test_the_worker_runs_in_a_process_that_loads_nothing_of_the_house(made):
    asked = json.dumps({"facts": facts(), "seed": SEED})
    command, environment = in_its_own_process("worker")
    tells = "print(sorted(m for m in sys.modules if m.startswith('youth')), file=sys.stderr)"
    command[command.index("-c") + 1] += tells

    done = subprocess.run(command, env=environment, input=asked, capture_output=True, text=True, check=True)

    assert Plan.of(json.loads(done.stdout.splitlines()[-1])["plan"]) == made
    assert done.stderr == "[]\n"


def test_the_worker_says_why_there_is_no_plan():
    told = io.StringIO()

    impossible = facts(pins=[["a", "reserve", "nine"]], bars=[["a", None]])
    work(io.StringIO(json.dumps({"facts": impossible, "seed": SEED})), told)

    assert json.loads(told.getvalue().splitlines()[-1]) == {"no_plan": "Infeasible"}
