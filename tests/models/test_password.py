"""Passwords: which are good enough, and that they are kept as they were typed."""

import unicodedata

import pytest
from argon2 import PasswordHasher, extract_parameters
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.refusals import refused
from youthcourt.demonstration.sign_ins import PASSWORD as DEMONSTRATION
from youthcourt.models.accounts import password as passwords
from youthcourt.permissions import Role

NAMES = ("Cora Diaz", "cora.diaz@example.org", "Harbor County Youth Court", "12 Court Street, Harbor")
EASY = "This is too easy to guess. Put together three or four words that have nothing to do with you."
OURS = "This is mostly names and words of this court. Add words that have nothing to do with it."


def why_not(password, shortest=15):
    return passwords.why_not(password, shortest, NAMES)


@pytest.mark.parametrize(
    ("password", "shortest", "says"),
    [
        ("blue kettle", 12, "Use at least 12 characters."),
        ("blue kettles", 12, None),
        ("blue kettles s", 15, "Use at least 15 characters."),
        ("blue kettles so", 15, None),
        ("ab cd ef gh " * 10 + "ij kl mn", 15, None),
        ("ab cd ef gh " * 10 + "ij kl mn!", 15, "Use at most 128 characters."),
    ],
)
def test_a_password_has_from_so_many_to_so_many_characters(password, shortest, says):
    assert why_not(password, shortest) == says


@pytest.mark.parametrize(
    "password",
    [
        "copperkettlewalks",
        "лампа над тихой рекой",
        "竹林の中の静かな小さな古い池の音",
        "🦊🌵🎻🧵🪁🦉🧊🌋🪺🎲🦕🧭🪐🎈🧩",
    ],
)
def test_no_kind_of_character_is_asked_for(password):
    assert why_not(password) is None


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "aaaaaaaaaaaaaaaa",
        "123456789012345678",
        "qwertyuiopasdfgh",
        "abcdefghijklmnopq",
        "1q2w3e4r5t6y7u8i",
    ],
)
def test_what_everybody_tries_first_is_refused(password):
    assert why_not(password) == EASY


@pytest.mark.parametrize(
    "password",
    [
        "harborcountyyouthcourt",
        "Cora.Diaz@Example.org",
        "youthcourtjuror2026",
        "Harbor Youth Court 1",
        "jurycourtjudgeyouth",
        "CoraDiazHarborCounty!",
    ],
)
def test_names_and_words_of_the_court_are_refused(password):
    assert why_not(password) in (OURS, EASY)


@pytest.mark.parametrize("password", [make.PASSWORD, DEMONSTRATION])
def test_the_passwords_of_tests_and_demonstration_are_ones_that_people_may_choose(password):
    assert why_not(password) is None


def test_whoever_works_here_shows_a_second_factor_and_may_take_a_shorter_one(court, cast):
    juror = make.user(court, "Jon Juror", Role.JUROR)
    family = make.user(court, "Fay Family", Role.FAMILY)

    shortest = [user.shortest_password for user in (cast.cora, cast.judy, cast.ada, juror, family)]

    assert shortest == [12, 12, 12, 15, 15]


def test_a_password_that_is_refused_changes_nothing(cast, logged):
    before = cast.cora.password_hash

    assert refused(cast.cora.set_password, "harborcountyyouthcourt") == OURS
    assert (cast.cora.password_hash, logged()) == (before, [])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=128))
def test_what_was_typed_opens_however_its_accents_were_typed_and_nothing_else_does(password):
    kept = passwords.hashed(password)

    forms = [unicodedata.normalize(form, password) for form in ("NFC", "NFD")]

    assert all(passwords.matches(kept, form) for form in (password, *forms))
    assert not passwords.matches(kept, password + "x")
    assert not passwords.matches(kept, password[:-1] + ("b" if password[-1] == "a" else "a"))


def test_a_long_password_counts_to_its_last_character():
    kept = passwords.hashed("x" * 127 + "y")

    assert not passwords.matches(kept, "x" * 127 + "z")


def test_a_password_is_hashed_anew_when_our_figures_have_grown(court, cast, monkeypatch):
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))

    known = cast.cora.knows(make.PASSWORD)
    mistaken = cast.judy.knows("not the password")

    costs = [extract_parameters(user.password_hash).time_cost for user in (cast.cora, cast.judy)]
    assert (known, mistaken, costs) == (True, False, [2, 1])
    assert cast.cora.knows(make.PASSWORD)
