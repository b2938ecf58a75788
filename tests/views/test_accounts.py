"""Signing in and out, joining by invitation, the reader's language."""

import re

from tests import make
from youthcourt.models import Invitation
from youthcourt.permissions import Role


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(client, cast, session):
    session.commit()

    unknown = client.post("/sign-in", data={"email": "nobody@example.org", "password": "x" * 20})
    wrong = client.post("/sign-in", data={"email": cast.cora.email, "password": "x" * 20})

    assert (unknown.status_code, wrong.status_code) == (422, 422)
    assert _without_values(unknown.text) == _without_values(wrong.text)


def _without_values(html):
    """The page without what its fields hold: tokens, numbers and the address typed."""
    return re.sub(r'value="[^"]*"', "", html)


def test_a_cookie_is_worth_nothing_after_signing_out(sign_in, cast):
    browser = sign_in(cast.cora)
    stolen = browser.get_cookie("session").value

    browser.post("/sign-out")
    thief = browser.application.test_client()
    thief.set_cookie("session", stolen)

    assert thief.get("/cases/").status_code == 302


def test_an_invitation_opens_an_account_once(client, court, session):
    user = make.user(court, "Nia Novak", Role.JUROR, password=None)
    token = Invitation.issue(user)
    session.commit()
    chosen = {"password": make.PASSWORD, "again": make.PASSWORD}

    first = client.post(f"/join/{token}", data=chosen)
    second = client.application.test_client().post(f"/join/{token}", data=chosen)

    assert (first.status_code, second.status_code) == (302, 404)


def test_a_short_password_is_refused_beside_its_field(client, court, session):
    token = Invitation.issue(make.user(court, "Nia Novak", Role.JUROR, password=None))
    session.commit()

    answer = client.post(f"/join/{token}", data={"password": "short", "again": "short"})

    assert answer.status_code == 422
    assert "Use at least 15 characters." in answer.text


def test_the_language_stays_and_leads_back_to_the_page(client, court):
    answer = client.post("/language", data={"language": "es", "next": "/sign-in"})

    assert answer.location == "/sign-in"
    assert 'lang="es"' in client.get("/sign-in").text


def test_signing_in_never_leads_off_this_site(client, cast, session):
    session.commit()
    form = {"email": cast.cora.email, "password": make.PASSWORD}

    bad = ("//evil.example", "https://evil.example", "/\\evil.example")
    led = [client.post("/sign-in", query_string={"next": each}, data=form).location for each in bad]

    assert led == ["/", "/", "/"]
