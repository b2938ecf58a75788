"""Sign-ins: one row each, with a secret that changes, limits to the second, and an end."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.refusals import refused
from youthcourt import clock
from youthcourt import models as m
from youthcourt.permissions import Role

CHROME = ("Chrome", "Windows")
SAFARI = ("Safari", "iPhone")


@pytest.fixture
def begun(cast, session):
    row, _token = m.SignedIn.begin(cast.cora, device=CHROME)
    session.flush()
    return row


def later(**amount):
    return clock.at(make.SATURDAY + timedelta(**amount))


def opened(session, token):
    session.flush()
    found = m.User.signed_in_by(session(), token)
    return found if found and not found.is_over else None


# The secret


def test_the_secret_opens_the_sign_in_and_is_not_kept(cast, session):
    row, token = m.SignedIn.begin(cast.cora)
    session.flush()

    kept = session.execute(select(m.SignedIn.__table__)).one()

    assert m.User.signed_in_by(session(), token) is row
    assert token not in [str(value) for value in kept]
    assert len(token) == 43  # 256 bits


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "' OR 1=1 --"])
def test_any_other_secret_opens_nothing(begun, session, token):
    assert m.User.signed_in_by(session(), token) is None


@pytest.mark.parametrize("show", ["show_password", "show_factor", "rotate"])
def test_showing_who_one_is_changes_the_secret(cast, session, show):
    row, first = m.SignedIn.begin(cast.cora, awaiting_factor=True)

    second = getattr(row, show)()

    assert (opened(session, first), opened(session, second)) == (None, row)


def test_no_two_secrets_are_alike(cast, begun):
    assert len({begun.rotate() for _time in range(100)}) == 100


# How long


@pytest.mark.parametrize(("who", "minutes"), [("cora", 15), ("judy", 15), ("ada", 15), ("juror", 30)])
def test_it_ends_to_the_second_when_nobody_is_there(court, cast, session, who, minutes):
    user = make.user(court, "Jon Juror", Role.JUROR) if who == "juror" else getattr(cast, who)
    row, _token = m.SignedIn.begin(user)

    why = []
    for seconds in (-1, 0, 1):
        with later(minutes=minutes, seconds=seconds):
            why.append(row.why_over())

    assert why == [None, m.WhyEnded.IDLE, m.WhyEnded.IDLE]


@pytest.mark.parametrize(("seconds", "why"), [(-1, None), (0, m.WhyEnded.TOO_LONG), (1, m.WhyEnded.TOO_LONG)])
def test_it_ends_to_the_second_after_twelve_hours_however_busy(begun, seconds, why):
    with later(hours=12, seconds=seconds):
        begun.seen_at = clock.now()

        assert begun.why_over() is why


def test_a_later_sight_of_its_owner_counts(begun):
    seen = make.SATURDAY + timedelta(seconds=50)

    why = []
    for seconds in (49, 50):
        with later(minutes=15, seconds=seconds):
            why.append(begun.why_over(seen))

    assert why == [None, m.WhyEnded.IDLE]


def test_an_earlier_sight_of_its_owner_does_not_count(begun):
    with later(minutes=10):
        begun.seen_at = clock.now()
    with later(minutes=20):
        assert begun.why_over(make.SATURDAY) is None


@pytest.mark.parametrize(("seconds", "is_fresh"), [(299, True), (300, False), (301, False)])
def test_who_one_is_was_shown_a_moment_ago_for_five_minutes(begun, seconds, is_fresh):
    with later(seconds=seconds):
        assert begun.is_fresh is is_fresh


def test_a_session_code_is_no_proof_of_who_one_is(cast):
    row, _token = m.SignedIn.begin(cast.cora, how=m.HowSignedIn.SESSION_CODE)

    assert not row.is_fresh


# Its end


def test_signing_out_ends_it_and_is_written_down(begun, cast, logged):
    begun.end(m.WhyEnded.SIGNED_OUT, by=cast.cora)

    assert begun.is_over
    assert logged() == [("account.signed_out", cast.cora, {"why": "signed_out"})]


def test_it_ends_once(begun, cast):
    begun.end(m.WhyEnded.SIGNED_OUT, by=cast.cora)

    assert refused(begun.end, m.WhyEnded.SIGNED_OUT, by=cast.cora) == "This sign-in has ended already."


def change_password(user):
    user.set_password("another quiet river stone")


def grant_role(user):
    user.grant(Role.JUDGE, by=None)


def end_account(user):
    user.ended_at = clock.now()


@pytest.mark.parametrize("change", [change_password, grant_role, end_account])
def test_what_changes_the_account_ends_every_sign_in(cast, session, change):
    tokens = [m.SignedIn.begin(cast.cora)[1] for _device in range(3)]
    others = m.SignedIn.begin(cast.judy)[1]

    change(cast.cora)

    assert [opened(session, token) for token in tokens] == [None] * 3
    assert opened(session, others).user is cast.judy


def test_changing_ones_password_ends_the_others_and_goes_on_here(cast, session):
    here, token = m.SignedIn.begin(cast.cora)
    _there, stolen = m.SignedIn.begin(cast.cora)

    cast.cora.change_password("another quiet river stone", here=here)

    assert (opened(session, stolen), opened(session, token)) == (None, here)


# New devices


def test_the_first_device_is_not_new_the_second_is_and_the_first_again_is_not(cast, session):
    devices = (CHROME, SAFARI, CHROME)

    new = []
    for device in devices:
        row, _token = m.SignedIn.begin(cast.cora, device=device)
        session.flush()
        new.append(row.is_new_device)

    assert new == [False, True, False]


def test_a_device_not_used_for_a_long_time_is_new_again(cast, session):
    m.SignedIn.begin(cast.cora, device=SAFARI)
    session.flush()
    with later(days=60):
        m.SignedIn.begin(cast.cora, device=CHROME)
        session.flush()
    with later(days=91):
        row, _token = m.SignedIn.begin(cast.cora, device=SAFARI)

        assert row.is_new_device


def test_what_was_tried_in_vain_is_written_down_when_the_owner_comes(cast, logged):
    m.SignedIn.begin(cast.cora, device=CHROME, failed=3)

    assert logged() == [
        ("account.sign_in_failed", None, {"count": 3}),
        ("account.signed_in", cast.cora, {"how": "password", "browser": "Chrome", "system": "Windows"}),
    ]
