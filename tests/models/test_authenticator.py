"""Codes of an authenticator app: right for a minute and a half, and good once."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import text

from tests.together import at_once
from youthcourt import clock
from youthcourt.models import Authenticator
from youthcourt.models.accounts.authenticator import address_for_app, new_seed, step_of


def code_at(seed, seconds=0):
    return pyotp.TOTP(seed).at(int(clock.now().timestamp()) + seconds)


@pytest.fixture
def seed():
    return new_seed()


@pytest.fixture
def app_of_cora(cast, seed, session):
    kept = Authenticator.keep(cast.cora, seed, step=0)
    session.flush()
    return kept


def test_a_code_is_right_for_its_half_minute_and_one_on_either_side(seed):
    right = [seconds for seconds in range(-90, 91, 30) if step_of(seed, code_at(seed, seconds))]

    assert right == [-30, 0, 30]


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "abcdef", "\uff11\uff12\uff13\uff14\uff15\uff16", "-12345", "12 34"]
)
def test_what_is_no_code_is_refused(app_of_cora, typed):
    assert not app_of_cora.accepts(typed)


def test_a_code_may_be_typed_with_a_blank_in_it(app_of_cora, seed):
    code = code_at(seed)

    assert app_of_cora.accepts(f" {code[:3]} {code[3:]} ")


def test_a_code_counts_once_and_an_older_one_no_more(app_of_cora, seed):
    code, older = code_at(seed), code_at(seed, -30)

    assert pyotp.TOTP(seed).verify(code, for_time=clock.now())
    assert [app_of_cora.accepts(each) for each in (code, code, older)] == [True, False, False]


def test_the_next_code_counts_after_the_one_before(app_of_cora, seed):
    assert app_of_cora.accepts(code_at(seed))

    with clock.at(clock.now() + timedelta(seconds=30)):
        assert app_of_cora.accepts(code_at(seed))


def accepted_at_once(app, code):
    return at_once(app, lambda session: session.query(Authenticator).one().accepts(code)).count(True)


def test_of_many_who_type_one_code_at_once_one_comes_in(app, app_of_cora, seed, session):
    session.commit()

    assert accepted_at_once(app, code_at(seed)) == 1


def test_a_planted_app_without_memory_lets_many_in(app, app_of_cora, seed, session, monkeypatch):
    monkeypatch.setattr(Authenticator, "_use_up", lambda self, step: True)
    session.commit()

    assert accepted_at_once(app, code_at(seed)) > 1


def test_the_seed_cannot_be_read_in_the_database_nor_moved_to_another_account(
    app_of_cora, cast, seed, session
):
    other = Authenticator.keep(cast.judy, new_seed(), step=0)
    session.flush()
    rows = str(session.execute(text("SELECT * FROM authenticator")).all())

    other.encrypted_seed = app_of_cora.encrypted_seed

    assert seed not in rows
    assert not other.accepts(code_at(seed))
    assert app_of_cora.accepts(code_at(seed))


def test_after_the_secret_changed_the_next_code_brings_the_seed_under_the_new_one(
    app, app_of_cora, seed, monkeypatch
):
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [app.config["SECRET_KEY"]])
    monkeypatch.setitem(app.config, "SECRET_KEY", "a new secret of the installation")
    assert app_of_cora.accepts(code_at(seed))

    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [])

    assert app_of_cora.accepts(code_at(seed, 30))


def test_what_the_app_reads_names_the_account_and_the_court(cast, seed):
    address = address_for_app(seed, cast.cora)

    assert pyotp.parse_uri(address).secret == seed
    assert pyotp.parse_uri(address).name == cast.cora.email
    assert "Harbor" in pyotp.parse_uri(address).issuer
