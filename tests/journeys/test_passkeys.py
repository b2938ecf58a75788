"""Passkeys in a real Chromium with a virtual authenticator: set up, sign in, and every forgery refused.

A passkey belongs to a name, so this house is opened as http://localhost and not as a number.
"""

import json
import os
import re
import socket
import subprocess
import sys
import urllib.request
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests import make
from tests.cast import cast_of
from tests.factors import codes_on_page, with_app
from tests.journeys.conftest import axe_faults, scrolls_sideways
from tests.journeys.conftest import sign_in as sign_in_on
from youthcourt import models as m
from youthcourt.procedures.accounts import passkeys

# What is kept of a passkey is tried on both engines in models/test_passkey.py.
pytestmark = pytest.mark.only_on("sqlite")
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="session")
def origin(database_url, live_app):
    """The house under a name of its own, on a port that is known before it starts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    name = f"http://localhost:{port}"
    environ = {
        **os.environ,
        "YOUTHCOURT_ENV": "test",
        "DATABASE_URL": database_url,
        "PASSKEY_ORIGIN": name,
    }
    command = ["-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "4", "--no-control-socket"]
    with subprocess.Popen(
        [sys.executable, *command, "wsgi:app"], env=environ, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            next(line for line in iter(server.stderr.readline, "") if "Listening at" in line)
            urllib.request.urlopen(f"{name}/sign-in", timeout=60).close()  # answered once it has started
            yield name
        finally:
            server.terminate()
            server.communicate()


@pytest.fixture
def nia(behind_the_scenes):
    """A coordinator with a password and nothing else."""
    with behind_the_scenes() as session:
        user = cast_of(make.court()).cora
        session.flush()
        return SimpleNamespace(id=user.id, email=user.email)


@pytest.fixture
def device(people, origin):
    """A browser with a device that signs: its page, and what the device knows."""

    def open_device(width="phone"):
        page = people(width, base_url=origin)
        wire = page.context.new_cdp_session(page)
        wire.send("WebAuthn.enable")
        number = wire.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})["authenticatorId"]
        return SimpleNamespace(page=page, wire=wire, number=number)

    return open_device


def keep_passkey(device, nia, name="Phone"):
    page = device.page
    sign_in_on(page, nia.email)
    page.goto("/account/second-step/passkeys/new")
    page.get_by_label("Name of this passkey").fill(name)
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Print your recovery codes")).to_be_visible()
    return page


def look(page):
    assert axe_faults(page) == []
    assert not scrolls_sideways(page), page.url


def signs_again(page):
    """Sign out, and in again with the passkey alone."""
    page.goto("/account/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    expect(page.get_by_text("Signed in as")).to_be_visible()


def test_a_passkey_is_set_up_and_is_then_the_whole_sign_in(device, nia, behind_the_scenes):
    mine = device()
    page = keep_passkey(mine, nia)
    look(page)
    assert len(codes_on_page(page.content())) == 10

    page.get_by_role("link", name="I keep the list. Go on").click()
    expect(page.get_by_text("Phone", exact=True)).to_be_visible()
    look(page)
    signs_again(page)

    with behind_the_scenes() as session:
        passkey = session.query(m.Passkey).one()
        assert (passkey.name, passkey.user_id) == ("Phone", nia.id)
        assert passkey.sign_count > 0
        assert session.query(m.SignedIn).order_by(m.SignedIn.id.desc()).first().how == "passkey"


def test_a_passkey_is_the_second_step_after_a_password(device, nia):
    page = keep_passkey(device(), nia)
    page.context.clear_cookies()

    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(nia.email)
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Use your passkey").click()

    page.wait_for_url(lambda url: "/sign-in" not in url)
    expect(page.get_by_text("Signed in as")).to_be_visible()


def test_a_device_that_does_not_check_its_owner_is_refused(device, nia):
    mine = device()
    page = keep_passkey(mine, nia)
    page.context.clear_cookies()
    mine.wire.send("WebAuthn.setUserVerified", {"authenticatorId": mine.number, "isUserVerified": False})

    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_text("That did not work, or you stopped it.")).to_be_visible()


SIGNED = """
async ({rp, challenge}) => {
  const text = (b) => btoa(String.fromCharCode(...new Uint8Array(b)))
    .replace(/\\+/g, '-').replace(/\\//g, '_').replace(/=+$/, '');
  const bytes = (t) => Uint8Array.from(atob(t.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const c = await navigator.credentials.get({publicKey: {rpId: rp, challenge: bytes(challenge),
    userVerification: 'required'}});
  const r = c.response;
  return JSON.stringify({id: c.id, rawId: text(c.rawId), type: c.type, response: {
    clientDataJSON: text(r.clientDataJSON), authenticatorData: text(r.authenticatorData),
    signature: text(r.signature), userHandle: text(r.userHandle)}});
}
"""


def base64url(raw):
    return passkeys.bytes_to_base64url(raw)


def test_what_a_real_device_signed_counts_once_for_its_question_and_place(
    device, nia, origin, behind_the_scenes
):
    """The device signs in earnest; its answers are put to the house in every wrong way, and the right one."""
    mine = device()
    page = keep_passkey(mine, nia)
    here = passkeys.Site(origin)

    def asked():
        with behind_the_scenes() as session:
            return passkeys.question(session(), here)[0]

    def opened(challenge, answer, site=here, user_id=None):
        with behind_the_scenes() as session:
            user = session.get(m.User, user_id) if user_id else None
            return passkeys.proved_by(session(), site, challenge, answer, user) is not None

    def sign(challenge):
        return page.evaluate(SIGNED, {"rp": "localhost", "challenge": base64url(challenge)})

    first, second = asked(), asked()
    answer = sign(first)
    altered = json.loads(answer)
    altered["response"]["signature"] = altered["response"]["signature"][:-8] + "AAAAAAAA"
    no_handle = json.loads(answer)
    no_handle["response"]["userHandle"] = base64url(b"somebody else")
    made_up = os.urandom(32)

    assert not opened(second, answer), "the answer to another question"
    assert not opened(first, answer, passkeys.Site(origin.replace("localhost", "127.0.0.1")))
    assert not opened(first, answer, passkeys.Site("https://evil.example"))
    assert not opened(first, answer, passkeys.Site(origin.rsplit(":", 1)[0] + ":1"))
    assert not opened(first, json.dumps(altered)), "an altered signature"
    assert not opened(first, json.dumps(no_handle)), "another account's name"
    assert not opened(first, answer, user_id=nia.id), "asked for signing in, answered as a second step"
    assert not opened(made_up, sign(made_up)), "a question that we never asked"
    for nonsense in ("", "{}", "[]", "null", '{"id": 1}', "\x00", answer[:-20]):
        assert not opened(first, nonsense), nonsense
    assert opened(first, sign(first)), "the right answer"
    assert not opened(first, sign(first)), "the same question again"

    with behind_the_scenes() as session:
        session.query(m.Passkey).one().sign_count = 10_000
    copied = asked()
    assert not opened(copied, sign(copied)), "a copy of the device counts behind the real one"


def test_a_planted_check_that_leaves_out_the_question_is_noticed(device, nia, origin, behind_the_scenes):
    """The control: with the wrong question taken for the right one, the same answer would open the door."""
    page = keep_passkey(device(), nia)
    here = passkeys.Site(origin)
    with behind_the_scenes() as session:
        first, second = (passkeys.question(session(), here)[0] for _time in range(2))
    answer = page.evaluate(SIGNED, {"rp": "localhost", "challenge": base64url(first)})

    with behind_the_scenes() as session, pytest.MonkeyPatch.context() as patch:
        lenient = passkeys.webauthn.verify_authentication_response
        patch.setattr(
            passkeys.webauthn,
            "verify_authentication_response",
            lambda **facts: lenient(**{**facts, "expected_challenge": first}),
        )
        assert passkeys.proved_by(session(), here, second, answer) is not None


def test_a_page_at_another_address_offers_no_passkey(people, nia, address):
    page = people("phone")

    page.goto("/sign-in")

    expect(page.get_by_label("Password")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("passkey"))).to_have_count(0)


def test_the_pages_of_the_second_step_are_accessible_on_a_phone_and_a_laptop(people, nia, behind_the_scenes):
    with behind_the_scenes() as session:
        user = session.get(m.User, nia.id)
        with_app(user)
    for width in ("phone", "laptop"):
        page = people(width)
        page.goto("/sign-in")
        page.get_by_label("E-mail address").fill(nia.email)
        page.get_by_label("Password").fill(make.PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("heading", name="One more step")).to_be_visible()
        look(page)
        page.get_by_role("link", name=re.compile("recovery code")).click()
        expect(page.get_by_role("heading", name="Use a recovery code")).to_be_visible()
        look(page)
