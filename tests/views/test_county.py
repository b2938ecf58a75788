"""A county's own sign-in: a real provider answers over HTTP, truly and in every false way."""

import base64
import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from tests.county import CLIENT_ID, CLIENT_SECRET, Provider
from tests.factors import with_app
from youthcourt import clock
from youthcourt.models import CountyIdentity
from youthcourt.procedures.accounts import county_sign_in


@pytest.fixture
def provider():
    with Provider() as running:
        yield running


@pytest.fixture
def county(app, provider, monkeypatch):
    told = {
        "issuer": provider.issuer,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "name": "County sign-in",
        "factor_words": frozenset({"mfa"}),
    }
    monkeypatch.setitem(app.config, "OIDC", told)
    monkeypatch.setitem(app.config, "STAFF_NEED_SECOND_FACTOR", True)
    return told


@pytest.fixture
def linked(cast, provider, session):
    """Cora has linked her county sign-in."""
    CountyIdentity.link(cast.cora, provider.issuer, provider.subject, by=cast.cora)
    session.commit()


def there_and_back(browser, start="/sign-in/county?next=/cases/", change=None):
    """Go to the county and come back with what it says; `change` alters the way back."""
    away = browser.get(start)
    assert away.status_code == 302, away.text
    came = requests.get(away.location, allow_redirects=False, timeout=10).headers["Location"]
    query = {key: values[0] for key, values in parse_qs(urlsplit(came).query).items()}
    return browser.get("/sign-in/county/back", query_string=(change or dict)(query))


def opens(browser):
    return browser.get("/cases/").status_code == 200


def test_who_has_linked_it_comes_in_by_it(app, county, linked, provider):
    provider.lie = lambda claims: {**claims, "amr": ["pwd", "mfa"]}
    browser = app.test_client()

    assert there_and_back(browser).location == "/cases/"
    assert opens(browser)


@pytest.mark.parametrize("amr", [None, ["pwd"], "mfa", ["mfa?"]])
def test_without_the_agreed_word_the_second_step_is_asked_here(app, county, linked, provider, amr):
    provider.lie = lambda claims: {**claims, "amr": amr}
    browser = app.test_client()
    there_and_back(browser)

    assert not opens(browser)
    assert browser.get("/cases/").location.startswith("/sign-in/second-step/")


def test_the_same_e_mail_address_is_no_link(app, county, cast, session):
    session.commit()
    browser = app.test_client()

    answer = there_and_back(browser)

    assert answer.location == "/sign-in"
    assert "belongs to no account here" in browser.get("/sign-in").text
    assert not opens(browser)


def test_the_same_number_of_another_issuer_is_no_link(app, county, cast, session, provider):
    CountyIdentity.link(cast.cora, "https://other.example", provider.subject, by=cast.cora)
    session.commit()
    browser = app.test_client()

    there_and_back(browser)

    assert not opens(browser)


def unsigned(claims):
    parts = [json.dumps(part).encode() for part in ({"alg": "none"}, claims)]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."


def with_shared_secret(claims):
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(CLIENT_SECRET), algorithms=["HS256"])


def with_strange_key(claims):
    strange = RSAKey.generate_key(2048, {"kid": "one"})
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, strange)


def changed(**facts):
    return lambda claims: {key: value for key, value in {**claims, **facts}.items() if value is not None}


def of_time(**facts):
    return lambda claims: {**claims, **{key: claims["iat"] + seconds for key, seconds in facts.items()}}


LIES = {
    "another question": changed(nonce="made up"),
    "no question": changed(nonce=None),
    "for somebody else": changed(aud="another application"),
    "for several without saying whom": changed(aud=[CLIENT_ID, "another application"]),
    "used by somebody else": changed(azp="another application"),
    "for nobody": changed(aud=None),
    "by another issuer": changed(iss="https://other.example"),
    "run out": of_time(exp=-61),
    "of yesterday": of_time(iat=-86_400),
    "of tomorrow": of_time(iat=86_400),
    "never runs out": changed(exp=None),
    "about nobody": changed(sub=""),
    "about no word": changed(sub=1234),
}
FORGERIES = {
    "unsigned": unsigned,
    "signed with our shared secret": with_shared_secret,
    "signed with a strange key": with_strange_key,
    "no token at all": lambda _claims: "token",
    "cut short": lambda claims: with_strange_key(claims)[:-10],
}


def is_refused(browser, **way_back):
    answer = there_and_back(browser, **way_back)
    return answer.status_code == 409 and not opens(browser)


def test_the_truth_with_nothing_changed_is_believed(app, county, linked, provider):
    provider.lie = changed(amr=["mfa"])

    assert not is_refused(app.test_client())


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_is_wrong_in_one_word_is_refused(app, county, linked, provider, lie):
    provider.lie = lambda claims: LIES[lie]({**claims, "amr": ["mfa"]})

    assert is_refused(app.test_client())


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_token_is_refused(app, county, linked, provider, forgery):
    provider.lie, provider.forge = changed(amr=["mfa"]), FORGERIES[forgery]

    assert is_refused(app.test_client())


WAYS_BACK = {
    "another state": lambda query: {**query, "state": "made up"},
    "no state": lambda query: {"code": query["code"]},
    "another code": lambda query: {**query, "code": "made up"},
    "no code": lambda query: {"state": query["state"]},
    "another issuer": lambda query: {**query, "iss": "https://other.example"},
}


@pytest.mark.parametrize("way", WAYS_BACK)
def test_a_way_back_that_was_changed_is_refused(app, county, linked, provider, way):
    provider.lie = changed(amr=["mfa"])

    assert is_refused(app.test_client(), change=WAYS_BACK[way])


def test_a_county_that_speaks_for_another_is_refused(app, county, linked, provider):
    provider.speaks_for = "https://other.example"

    assert app.test_client().get("/sign-in/county").status_code == 409


def test_the_way_back_works_once_and_in_one_browser(app, county, linked, provider):
    provider.lie = changed(amr=["mfa"])
    browser, thief, kept = app.test_client(), app.test_client(), {}

    there_and_back(browser, change=lambda query: kept.update(query) or query)
    again = [each.get("/sign-in/county/back", query_string=kept) for each in (browser, thief)]

    assert [answer.location for answer in again] == ["/sign-in", "/sign-in"]
    assert not opens(thief)


def test_a_planted_lenient_check_would_believe_another_question(app, county, linked, provider, monkeypatch):
    """The control: whoever leaves out the comparison of words lets the same lie in."""
    provider.lie = lambda claims: {**claims, "amr": ["mfa"], "nonce": "made up"}
    monkeypatch.setattr(county_sign_in, "compare_digest", lambda _one, _other: True)
    browser = app.test_client()

    there_and_back(browser)

    assert opens(browser)


def test_its_owner_links_it_after_showing_who_they_are(app, county, cast, sign_in, provider, logged):
    with_app(cast.cora)
    browser = sign_in(cast.cora)

    there_and_back(browser, start="/account/county")

    assert CountyIdentity.of(cast.cora, provider.issuer).subject == "1234"
    assert "county_sign_in.linked" in [line[0] for line in logged()]
    assert "County sign-in" in browser.get("/account/second-step/").text


def test_linking_asks_again_who_it_is(county, cast, sign_in):
    browser = sign_in(cast.cora)

    with clock.at(clock.now() + timedelta(minutes=6)):
        assert browser.get("/account/county").location.startswith("/account/confirm")


def test_a_link_begun_by_one_account_is_not_finished_by_another(county, cast, sign_in, provider):
    cora, judy = sign_in(cast.cora), sign_in(cast.judy)
    with cora.session_transaction() as before:
        assert "county" not in before
    cora.get("/account/county")
    with cora.session_transaction() as kept, judy.session_transaction() as other:
        other["county"] = kept["county"]

    judy.get(
        "/sign-in/county/back", query_string={"state": kept["county"]["asked"]["state"], "code": "code 0"}
    )

    assert CountyIdentity.of(cast.judy, provider.issuer) is None


def test_an_account_that_has_ended_does_not_come_back_by_it(app, county, linked, cast, session, provider):
    cast.cora.ended_at = clock.now()
    session.commit()
    browser = app.test_client()

    there_and_back(browser)

    assert not opens(browser)


def test_without_its_settings_nothing_of_it_is_there(client, cast, sign_in, session):
    page = client.get("/sign-in")

    assert "county" not in page.text.lower().replace("harbor county", "")
    assert client.get("/sign-in/county").status_code == 404
    assert client.get("/sign-in/county/back").status_code == 404
    assert sign_in(cast.cora).get("/account/county").status_code == 404
