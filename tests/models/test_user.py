"""Accounts: invited, recognised, signed out, granted parts."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy import select

from tests import make
from tests.refusals import refused
from youthcourt import clock
from youthcourt import models as m
from youthcourt.models.accounts import password as passwords
from youthcourt.permissions import GRANTED, Permission, Role


def sign_in(client, email, password=make.PASSWORD):
    return client.post("/sign-in", data={"email": email, "password": password})


# Recognising


@pytest.mark.parametrize("email", ["cora.{}@example.org", "  CORA.{}@Example.org "])
def test_an_address_and_its_password_open_the_account(court, cast, session, email):
    assert m.recognise(session(), email.format(court.id), make.PASSWORD) is cast.cora


@pytest.mark.parametrize("password", ["", "four words long enough ", "Four words long enough", "x" * 5000])
def test_any_other_password_opens_nothing(court, cast, session, password):
    assert m.recognise(session(), cast.cora.email, password) is None


def test_an_address_without_an_account_opens_nothing(court, session):
    assert m.recognise(session(), "nobody@example.org", make.PASSWORD) is None


def test_an_account_whose_owner_has_chosen_no_password_yet_opens_with_none(court, session):
    invited = m.User.invite(court, "new@example.org", "New Person", Role.JUDGE, by=None)

    assert [m.recognise(session(), invited.email, password) for password in ("", "None", "x" * 12)] == (
        [None] * 3
    )


def test_an_account_that_has_ended_opens_no_more(court, cast, session):
    cast.cora.ended_at = clock.now()

    assert m.recognise(session(), cast.cora.email, make.PASSWORD) is None


def test_an_unknown_address_and_a_wrong_password_read_the_same(client, cast, session):
    session.commit()

    known, unknown = (
        sign_in(client, email, "not the password") for email in (cast.cora.email, "Qora.1@example.org")
    )

    as_typed = unknown.text.replace("Qora.1@example.org", cast.cora.email)
    assert (known.status_code, unknown.status_code) == (422, 422)
    assert _without_numbers(known.text) == _without_numbers(as_typed)


def _without_numbers(page):
    """The page without the numbers made anew for every form."""
    return [line for line in page.splitlines() if 'type="hidden"' not in line]


def test_an_unknown_address_costs_as_much_work_as_a_known_one(court, session, monkeypatch):
    """In earnest, both verify one hash of the same strength, so neither answers sooner."""
    verified = []

    class Watched(PasswordHasher):
        def verify(self, password_hash, password):
            verified.append(extract_parameters(password_hash))
            return super().verify(password_hash, password)

    monkeypatch.setattr(passwords, "_hasher", Watched(time_cost=2, memory_cost=19 * 1024, parallelism=1))
    user = make.user(court, "Olga Ivanova", Role.JUDGE)
    verified.clear()

    m.recognise(session(), user.email, "not the password")
    m.recognise(session(), "nobody@example.org", "not the password")

    known, unknown = verified
    assert known == unknown


def test_passwords_are_hashed_as_owasp_asks():
    """Argon2id with 19 MiB and two rounds, from the hash that stands for nobody: tests hash more quickly."""
    strength = extract_parameters(passwords._NOBODYS_HASH)

    assert (strength.type.name, strength.memory_cost, strength.time_cost, strength.parallelism) == (
        "ID",
        19 * 1024,
        2,
        1,
    )


def test_a_password_is_not_kept_as_it_is(court, cast, session):
    session.flush()

    kept = session.execute(select(m.User.__table__).where(m.User.id == cast.cora.id)).one()

    assert not any(make.PASSWORD in str(value) for value in kept)


def test_the_trail_never_tells_a_password(court, session):
    user = make.user(court, "Olga Ivanova", Role.JUDGE)

    lines = session.scalars(select(m.AuditEvent).where(m.AuditEvent.subject_id == user.id)).all()

    told = [(line.event, line.particulars) for line in lines if line.subject == "user"]
    assert told == [
        ("account.opened", {"role": "judge"}),
        ("account.role_granted", {"role": "judge"}),
        ("account.password_set", {}),
    ]


@pytest.mark.parametrize("password", ["", "eleven char", " " * 11])
def test_a_short_password_is_refused(cast, password):
    assert refused(cast.cora.set_password, password) == "Use at least 12 characters."


# Parts


def test_a_part_is_granted_once_and_logged(cast, logged):
    for _time in range(2):
        cast.cora.grant(Role.JUDGE, by=cast.ada)

    assert cast.cora.roles == {Role.COORDINATOR, Role.JUDGE}
    assert logged() == [("account.role_granted", cast.ada, {"role": "judge"})]


def test_a_part_that_has_ended_permits_nothing(cast):
    cast.cora.grants[0].ended_at = clock.now()

    assert (cast.cora.roles, [p for p in Permission if cast.cora.may(p)]) == (set(), [])


def test_whoever_has_two_parts_may_do_what_either_may(cast):
    cast.cora.grant(Role.JUROR, by=cast.ada)

    allowed = {permission for permission in Permission if cast.cora.may(permission)}

    assert allowed == GRANTED[Role.COORDINATOR] | GRANTED[Role.JUROR]


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        (Permission.SIGN_ORDER, {Role.JUDGE}),
        (Permission.DISMISS_CASE, {Role.JUDGE}),
        (Permission.DELIBERATE, {Role.JUROR}),
        (Permission.SEE_OWN_CASE, {Role.FAMILY}),
        (Permission.CREDIT_SERVICE, {Role.COORDINATOR}),
        (Permission.SEE_CASE, {Role.COORDINATOR, Role.JUDGE}),
        (Permission.KEEP_ACCOUNTS, {Role.COORDINATOR, Role.ADMINISTRATOR}),
    ],
)
def test_what_weighs_most_is_granted_to_few(permission, roles):
    assert {role for role in Role if permission in GRANTED[role]} == roles


# Invitations


def test_one_address_has_one_account(court, cast):
    again = f" {cast.cora.email.upper()}"

    assert refused(m.User.invite, court, again, "Somebody Else", Role.JUDGE, by=cast.ada) == (
        "This e-mail address cannot be used for a new account."
    )


def test_an_account_needs_an_address(court, cast):
    assert refused(m.User.invite, court, "  ", "Nobody", Role.JUDGE, by=cast.ada) == (
        "An account needs an e-mail address."
    )


def invited(court):
    user = m.User.invite(court, "new@example.org", "New Person", Role.JUDGE, by=None)
    return user, m.Invitation.issue(user)


def test_an_invitation_is_good_once(court, session):
    user, token = invited(court)

    m.Invitation.opened_by(session(), token).accept(make.PASSWORD)

    session.flush()
    assert m.recognise(session(), "new@example.org", make.PASSWORD) is user
    assert m.Invitation.opened_by(session(), token) is None


def test_an_invitation_is_good_for_a_while(court, session):
    _user, token = invited(court)
    opened = []
    for days in (13, 14):
        with clock.at(make.SATURDAY + timedelta(days=days)):
            opened.append(m.Invitation.opened_by(session(), token) is not None)

    assert opened == [True, False]


def test_a_new_invitation_ends_the_ones_before(court, session):
    """The first link may have gone to a wrong address; whoever has it must not choose the password later."""
    user, first = invited(court)

    second = m.Invitation.issue(user)

    assert (m.Invitation.opened_by(session(), first), m.Invitation.opened_by(session(), second).user) == (
        None,
        user,
    )


def test_an_invitation_of_somebody_else_stays_good(court, session):
    _user, token = invited(court)
    other = m.User.invite(court, "other@example.org", "Other Person", Role.JUDGE, by=None)

    m.Invitation.issue(other)

    assert m.Invitation.opened_by(session(), token) is not None


def test_the_secret_of_an_invitation_is_not_kept(court, session):
    _user, token = invited(court)
    session.flush()

    kept = session.execute(select(m.Invitation.__table__)).one()

    assert token not in [str(value) for value in kept]


def known_here(court, other, cast):
    make.user(court, "Known Here", Role.JUROR, email="known@example.org")


def known_in_another_court(court, other, cast):
    make.user(other, "Known There", Role.JUROR, email="known@example.org")


def closed_long_ago(court, other, cast):
    make.user(other, "Known Once", Role.JUDGE, email="known@example.org").end(by=make_administrator(other))


def make_administrator(court):
    return make.user(court, "Other Admin", Role.ADMINISTRATOR, email="other.admin@example.org")


@pytest.mark.parametrize("known", [known_here, known_in_another_court, closed_long_ago])
def test_an_address_that_is_taken_is_refused_in_the_same_words_wherever_it_is_known(court, cast, known):
    known(court, make.court(name="Other Court"), cast)

    refusal = refused(m.User.invite, court, "known@example.org", "Somebody", Role.JUDGE, by=cast.ada)

    assert refusal == "This e-mail address cannot be used for a new account."
