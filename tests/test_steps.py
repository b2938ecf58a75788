"""Whoever does whatever next in a court, what must always be so is so."""

import pytest

from tests.database import empty
from tests.torture import doings, steps
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.models.completion.time_credit import Account
from youthcourt.procedures.decision import signing
from youthcourt.walls import connection_of

STEPS = {"sqlite": 150, "postgresql": 50}
ENOUGH_TO_FIND_A_FAULT = 250


@pytest.fixture(scope="module")
def beginning(tmp_path_factory):
    return steps.Beginning(tmp_path_factory.mktemp("steps"))


@pytest.fixture
def walk(engine_name, beginning, request):
    if engine_name == "sqlite":
        yield beginning.walk(1)
        return
    app, stage = steps.set_the_stage(request.getfixturevalue("database_url"))
    yield steps.Walk(app, 1, stage)
    with app.app_context():
        empty()


def test_on_a_random_walk_through_the_work_all_that_must_hold_does(walk, engine_name):
    many = STEPS[engine_name]

    counts = walk.go(many)

    assert counts["steps"] == many
    assert counts["steps that were carried out"] > many / 3
    assert counts["steps that were refused"] > many / 10
    print(f"count: stateful steps on {engine_name} = {counts['steps']}")


def test_the_same_walk_goes_the_same_way(beginning):
    def way_of(number):
        walk = beginning.walk(number)
        walk.go(20)
        return walk.history

    first, again, other = way_of(7), way_of(7), way_of(8)

    assert first == again != other


# Planted faults, each with what people have to do for it to come to light


def one_sided_credits(monkeypatch):
    account_of = Account.of
    monkeypatch.setattr(Account, "of", lambda court, _person: account_of(court, None))


def changes_without_their_line(monkeypatch):
    monkeypatch.setattr(m.Hearing, "record", lambda *_args, **_particulars: None)


def orders_without_the_judges_answer(monkeypatch):
    monkeypatch.setattr(m.Deliberation, "_sign_off", lambda *_args, **_by: None)


def versions_that_fall(monkeypatch):
    sign_order = signing.sign_order

    def sign_and_set_back(order, **said):
        sign_order(order, **said)
        db.session.flush()
        connection_of(db.session()).exec_driver_sql('UPDATE "case" SET version = 1')

    monkeypatch.setattr(signing, "sign_order", sign_and_set_back)


@pytest.mark.parametrize(
    ("plant", "way", "words"),
    [
        (
            one_sided_credits,
            [doings.plan_day, doings.book, doings.the_day_comes, doings.check_in_jurors, doings.close_day],
            "a time credit that does not go from the court to the person who sat",
        ),
        (changes_without_their_line, [doings.place, doings.move, doings.hold], "a change without its line"),
        (orders_without_the_judges_answer, [doings.approve], "a signed order without the judge's answer"),
        (versions_that_fall, [doings.approve, doings.credit], "fell from"),
    ],
)
def test_a_planted_fault_is_found(plant, way, words, beginning, monkeypatch):
    monkeypatch.setattr(doings, "WEIGHTS", [1 if each in way else 0 for each in doings.ALL])
    plant(monkeypatch)

    with pytest.raises(steps.NotSo, match=words):
        beginning.walk(1).go(ENOUGH_TO_FIND_A_FAULT)


def test_a_page_that_crashes_is_found(beginning, monkeypatch):
    for endpoint in beginning.app.view_functions:
        monkeypatch.setitem(beginning.app.view_functions, endpoint, lambda **_numbers: 1 / 0)

    with pytest.raises(steps.NotSo, match="answered 500 to"):
        beginning.walk(1).go(steps.STEPS_BETWEEN_LOOKS)
