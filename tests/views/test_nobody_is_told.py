"""Nothing at the door tells which addresses have an account: not the words, and not the work."""

import re

import pytest

from tests import make
from tests.browser import counting_statements
from youthcourt.extensions import db
from youthcourt.models import AuditEvent
from youthcourt.models.accounts import password, throttle
from youthcourt.permissions import Role

UNKNOWN = "nobody.1@example.org"
DOORS = {"/sign-in": {"password": "not the password"}, "/forgotten": {}}


@pytest.fixture
def accounts(court, cast, session):
    """Addresses of every standing an account can have."""
    make.user(court, "Ines Invited", Role.JUDGE, email="invited@example.org", password=None)
    ended = make.user(court, "Eddy Ended", Role.JUDGE, email="ended@example.org")
    ended.end(by=cast.ada)
    session.commit()
    return [cast.cora.email, "invited@example.org", "ended@example.org", UNKNOWN]


class Hasher:
    """The real one, and how often it was asked."""

    def __init__(self, real, hashed):
        self._real, self._hashed = real, hashed

    def verify(self, kept, typed):
        self._hashed.append(len(kept))
        return self._real.verify(kept, typed)

    def __getattr__(self, name):
        return getattr(self._real, name)


class Watched:
    """Counts what the door does for one address: hashing, statements, words."""

    def __init__(self, app, monkeypatch):
        self.app, self.hashed = app, []
        monkeypatch.setattr(password, "_hasher", Hasher(password._hasher, self.hashed))

    def knock(self, door, email):
        self.hashed.clear()
        with counting_statements(db.engine) as statements:
            answer = self.app.test_client().post(door, data={"email": email, **DOORS[door]})
        shape = [statement.split("\n")[0][:60] for statement in statements]
        words = re.sub(r'value="[^"]*"', "", answer.text).replace(email, "")
        return answer.status_code, answer.location, words, len(self.hashed), shape


@pytest.mark.parametrize("door", DOORS)
def test_every_address_gets_the_same_answer_for_the_same_work(app, monkeypatch, accounts, door):
    watched = Watched(app, monkeypatch)
    watched.knock(door, "warming.up@example.org")

    answers = [watched.knock(door, email) for email in accounts]

    assert answers == [answers[-1]] * len(accounts)
    print(f"count: addresses told apart at {door} = {len({repr(each) for each in answers}) - 1}")


def test_a_door_that_hashes_nothing_for_strangers_is_noticed(app, monkeypatch, accounts):
    watched = Watched(app, monkeypatch)
    real = password.matches
    monkeypatch.setattr(password, "matches", lambda kept, typed: kept is not None and real(kept, typed))

    known, unknown = (watched.knock("/sign-in", email)[3] for email in (accounts[0], UNKNOWN))

    assert (known, unknown) == (1, 0)


def test_a_refusal_that_waits_reads_the_same_for_everybody(app, accounts):
    browser, told = app.test_client(), set()
    for email in accounts:
        for _time in range(throttle.ACCOUNT.free + 1):
            answer = browser.post("/sign-in", data={"email": email, "password": "not the password"})
        words = re.sub(r'value="[^"]*"', "", answer.text)
        told.add((answer.status_code, answer.headers["Retry-After"], words))

    assert len(told) == 1


def test_a_refusal_leaves_no_line_that_only_an_account_could_have(app, accounts, session):
    before = session.query(AuditEvent).count()

    for email in accounts:
        app.test_client().post("/sign-in", data={"email": email, "password": "not the password"})

    assert session.query(AuditEvent).count() == before


def test_nobody_is_there_on_an_empty_database(app, session):
    """No account comes with the house: whoever tries the usual ones finds nothing."""
    browser = app.test_client()
    usual = [
        ("admin@example.org", "admin"),
        ("root", "root"),
        ("admin", "password"),
        ("coordinator@demo.example", "second chances for all"),
    ]

    opened = [browser.post("/sign-in", data={"email": e, "password": p}).status_code for e, p in usual]

    assert opened == [422] * len(usual)
