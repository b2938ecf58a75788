"""An administrator removes what somebody lost: after asking, with a reason, and without seeing any of it."""

from datetime import timedelta

import pytest

from tests import make
from tests.factors import SEED, with_app
from youthcourt import clock
from youthcourt.permissions import Role

SAID = {"reason": "Phone fell into the harbor; she came in person", "is_checked": "y"}


@pytest.fixture
def path(cast, session):
    with_app(cast.cora)
    session.flush()
    return f"/people/{cast.cora.id}/lost-second-step"


def test_an_administrator_removes_it_and_ends_every_sign_in(sign_in, cast, path, logged):
    cora, ada = sign_in(cast.cora), sign_in(cast.ada)

    assert ada.post(path, data=SAID).status_code == 302

    assert not cast.cora.has_factor
    assert cora.get("/account/").status_code == 302
    removed = next(line for line in logged() if line[0] == "factor.removed")
    assert removed[1:] == (cast.ada, {"kind": "app", "reason": SAID["reason"]})


@pytest.mark.parametrize("left_out", ["reason", "is_checked"])
def test_it_asks_for_the_reason_and_for_having_checked(sign_in, cast, path, left_out):
    said = {key: value for key, value in SAID.items() if key != left_out}

    assert sign_in(cast.ada).post(path, data=said).status_code == 422
    assert cast.cora.has_factor


def test_it_asks_again_who_the_administrator_is(sign_in, cast, path):
    ada = sign_in(cast.ada)

    with clock.at(clock.now() + timedelta(minutes=6)):
        assert ada.post(path, data=SAID).status_code == 428

    assert cast.cora.has_factor


def test_the_page_of_the_account_leads_there(sign_in, cast, path):
    ada, cora = (sign_in(who).get(f"/people/{cast.cora.id}").text for who in (cast.ada, cast.cora))

    assert path in ada
    assert path not in cora


def test_nobody_else_does_it_and_no_court_for_another(sign_in, cast, path, session):
    there = make.user(make.court(name="Other Court"), "Olga Other", Role.ADMINISTRATOR)

    answers = [sign_in(who).post(path, data=SAID).status_code for who in (cast.cora, cast.judy, there)]

    assert answers == [403, 403, 404]
    assert cast.cora.has_factor


def test_nobody_does_it_for_themselves(sign_in, cast, session):
    with_app(cast.ada)
    session.flush()

    answer = sign_in(cast.ada).post(f"/people/{cast.ada.id}/lost-second-step", data=SAID)

    assert answer.status_code == 409
    assert cast.ada.has_factor


def test_no_secret_is_on_the_page(sign_in, cast, path):
    assert SEED not in sign_in(cast.ada).get(path).text


def test_the_command_line_helps_the_only_administrator(app, cast, session):
    with_app(cast.ada)
    session.commit()
    run = app.test_cli_runner().invoke

    strange = run(args=["factor", "remove-lost", "nobody@example.org", "--reason", "Lost"])
    done = run(args=["factor", "remove-lost", cast.ada.email, "--reason", "Lost phone"])
    again = run(args=["factor", "remove-lost", cast.ada.email, "--reason", "Lost phone"])

    assert [strange.exit_code, done.exit_code, again.exit_code] == [1, 0, 1]
    assert not cast.ada.has_factor
