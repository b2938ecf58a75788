"""One's own second steps: each change asks again who it is, ends the other sign-ins, and is written down."""

from datetime import timedelta

import pytest

from tests import make
from tests.factors import code, codes_on, hidden, with_app
from youthcourt import clock
from youthcourt.models import Passkey
from youthcourt.permissions import Role
from youthcourt.procedures.accounts import second_factor

MINE = "/account/second-step/"


@pytest.fixture
def nia(court):
    return make.user(court, "Nia Novak", Role.JUROR)


def passkey_of(user, name="Phone"):
    second_factor.add_passkey(
        user, name, credential_id=f"{name} of {user.id}", public_key=b"public", sign_count=0, by=user
    )
    return Passkey.of(user)[-1]


def set_up(browser):
    page = browser.get(MINE + "app")
    seed = "".join(page.text.split('<code class="key">')[1].split("</code>")[0].split())
    return browser.post(MINE + "app", data={"kept": hidden(page, "kept"), "code": code(seed)})


def test_a_juror_may_set_one_up_and_is_signed_out_elsewhere(sign_in, nia):
    elsewhere, here = sign_in(nia), sign_in(nia)

    done = set_up(here)

    assert len(codes_on(done)) == 10
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_the_page_tells_what_there_is(sign_in, cast, session):
    with_app(cast.cora)
    passkey_of(cast.cora, "Office laptop")
    session.commit()

    page = sign_in(cast.cora).get(MINE)

    assert "Office laptop" in page.text
    assert "10 codes are left on your list." in page.text


def test_the_last_one_of_staff_cannot_be_removed(sign_in, cast, session):
    with_app(cast.cora)
    browser = sign_in(cast.cora)

    answer = browser.post(MINE + "app/remove")

    assert answer.status_code == 409
    assert "Add another one first" in answer.text
    assert cast.cora.has_factor


def test_removing_one_of_two_ends_the_other_sign_ins(sign_in, cast, session, logged):
    with_app(cast.cora)
    passkey_of(cast.cora)
    elsewhere, here = sign_in(cast.cora), sign_in(cast.cora)

    assert here.post(MINE + "app/remove").status_code == 302

    assert elsewhere.get("/account/").status_code == 302
    assert "factor.removed" in [line[0] for line in logged()]


CHANGES = ["app", "app/remove", "passkeys/new", "passkeys/question", "recovery-codes", "passkeys/{}/remove"]


@pytest.mark.parametrize("path", CHANGES)
def test_each_change_asks_again_who_it_is(sign_in, cast, session, path):
    with_app(cast.cora)
    passkey = passkey_of(cast.cora)
    browser = sign_in(cast.cora)
    before = second_factor.factors_of(cast.cora).count

    with clock.at(clock.now() + timedelta(minutes=6)):
        answer = browser.post(MINE + path.format(passkey.id), data={"code": code()})

    assert answer.status_code == 428
    assert second_factor.factors_of(cast.cora).count == before


def test_nobody_removes_a_passkey_of_somebody_else(sign_in, cast, session):
    passkey_of(cast.judy)
    theirs = passkey_of(cast.judy, "Spare")
    session.flush()

    assert sign_in(cast.cora).post(f"{MINE}passkeys/{theirs.id}/remove").status_code == 404
    assert len(Passkey.of(cast.judy)) == 2


def test_a_new_list_replaces_the_old_one(sign_in, cast, session):
    old = with_app(cast.cora)
    browser = sign_in(cast.cora)

    page = browser.post(MINE + "recovery-codes")

    assert len(codes_on(page)) == 10
    assert not second_factor.use_recovery_code(cast.cora, old[0])


def test_who_has_no_second_step_gets_no_list(sign_in, nia):
    answer = sign_in(nia).post(MINE + "recovery-codes")

    assert answer.status_code == 409
    assert "Set up an app or a passkey first." in answer.text
