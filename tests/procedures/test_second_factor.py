"""A second factor is added, proved, kept while a role needs it, and removed when it is lost."""

import pyotp
import pytest

from tests import make
from tests.refusals import refused, refused_beside
from youthcourt import clock
from youthcourt.models import Authenticator, RecoveryCode
from youthcourt.models.accounts.authenticator import new_seed
from youthcourt.permissions import Role
from youthcourt.procedures.accounts import second_factor

SEED = new_seed()


def code(seed=SEED, step=0):
    return pyotp.TOTP(seed).at(int(clock.now().timestamp()) + 30 * step)


def with_app(user):
    return second_factor.add_app(user, SEED, code(step=-1), by=user)


def with_passkey(user, name="Phone", credential_id="a credential"):
    key = {"credential_id": credential_id, "public_key": b"public", "sign_count": 0}
    return second_factor.add_passkey(user, name, **key, by=user)


@pytest.fixture
def nia(court):
    """A juror: nothing asks her for a second factor."""
    return make.user(court, "Nia Novak", Role.JUROR)


def test_the_first_factor_brings_recovery_codes_and_a_second_one_does_not(cast, logged):
    codes = with_app(cast.cora)
    more = with_passkey(cast.cora)

    assert (len(codes), more) == (10, [])
    assert logged() == [
        ("factor.added", cast.cora, {"kind": "app"}),
        ("recovery_codes.made", cast.cora, {}),
        ("factor.added", cast.cora, {"kind": "passkey", "name": "Phone"}),
    ]


def test_a_wrong_code_adds_nothing(cast):
    assert refused_beside(second_factor.add_app, cast.cora, SEED, "000000", by=cast.cora) == (
        "code",
        "This is not the code that the app shows now. Type the newest one.",
    )
    assert not cast.cora.has_factor


def test_the_code_that_added_an_app_does_not_open_the_door_too(cast):
    with_app(cast.cora)

    assert not second_factor.app_accepts(cast.cora, code(step=-1))
    assert second_factor.app_accepts(cast.cora, code())


def test_a_new_app_takes_the_place_of_the_old_one(cast):
    with_app(cast.cora)
    new = new_seed()

    codes = second_factor.add_app(cast.cora, new, code(new, -1), by=cast.cora)

    assert codes == []
    assert not second_factor.app_accepts(cast.cora, code())
    assert second_factor.app_accepts(cast.cora, code(new))


def test_a_recovery_code_is_written_down_with_how_many_are_left(cast, logged):
    codes = with_app(cast.cora)

    assert second_factor.use_recovery_code(cast.cora, codes[3])
    assert not second_factor.use_recovery_code(cast.cora, codes[3])
    assert logged()[-1] == ("recovery_code.used", cast.cora, {"left": 9})


def test_the_last_factor_of_staff_stays_until_there_is_another(cast):
    with_app(cast.cora)
    assert "Add another one first" in refused(second_factor.remove_app, cast.cora, by=cast.cora)

    with_passkey(cast.cora)
    second_factor.remove_app(cast.cora, by=cast.cora)

    last = second_factor.factors_of(cast.cora).passkeys[0]
    assert "Add another one first" in refused(second_factor.remove_passkey, last, by=cast.cora)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.JUDGE, Role.ADMINISTRATOR])
def test_these_roles_need_one(court, role):
    assert make.user(court, "Some Body", role).works_here


@pytest.mark.parametrize("role", [Role.JUROR, Role.FAMILY])
def test_these_roles_may_have_one(court, role):
    user = make.user(court, "Some Body", role)
    with_app(user)

    second_factor.remove_app(user, by=user)

    assert not user.has_factor


def test_whoever_removes_their_last_factor_keeps_no_recovery_codes(nia):
    with_app(nia)

    second_factor.remove_app(nia, by=nia)

    assert RecoveryCode.left(nia) == 0


def test_an_administrator_removes_what_somebody_lost_with_the_reason(cast, logged):
    with_app(cast.cora)
    with_passkey(cast.cora)
    before = len(logged())

    second_factor.remove_lost(cast.cora, reason="Phone fell into the harbor", by=cast.ada)

    assert second_factor.factors_of(cast.cora).count == 0
    assert RecoveryCode.left(cast.cora) == 0
    assert [line[:2] for line in logged()[before:]] == [("factor.removed", cast.ada)] * 2
    assert logged()[-1][2] == {"kind": "app", "reason": "Phone fell into the harbor"}


def test_nobody_removes_their_own_as_lost_and_nothing_cannot_be_lost(cast):
    with_app(cast.ada)

    own = refused(second_factor.remove_lost, cast.ada, reason="Lost", by=cast.ada)
    none = refused(second_factor.remove_lost, cast.cora, reason="Lost", by=cast.ada)

    assert "Ask another administrator" in own
    assert "has no second step" in none


def test_one_device_is_kept_once_and_ten_at_most(cast):
    for number in range(10):
        with_passkey(cast.cora, credential_id=f"device {number}")

    assert "You have 10 passkeys" in refused(with_passkey, cast.cora, credential_id="one more")
    assert "has a passkey here already" in refused(with_passkey, cast.judy, credential_id="device 3")


def test_an_app_of_somebody_else_proves_nothing(cast):
    with_app(cast.cora)

    assert not second_factor.app_accepts(cast.judy, code())
    assert Authenticator.of(cast.judy) is None
