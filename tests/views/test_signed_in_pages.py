"""What every page gives its reader: the way out, nothing for other sites, fields for password managers."""

import re

import pytest

from tests import make


@pytest.fixture
def judys(cast, sign_in):
    return sign_in(cast.judy)


def test_every_page_leads_out(judys):
    pages = [judys.get(path) for path in ("/", "/cases/", "/account/", "/nowhere", "/settings/")]

    assert [page.status_code for page in pages] == [200, 200, 200, 404, 403]
    assert [page.text.count('action="/sign-out"') for page in pages] == [1] * 5


def test_signing_out_clears_what_the_browser_keeps(judys):
    assert judys.post("/sign-out").headers["Clear-Site-Data"] == '"cache", "storage"'


def test_no_page_opens_itself_to_other_sites(judys):
    for path in ("/", "/sign-in", "/nowhere"):
        answer = judys.get(path, headers={"Origin": "https://elsewhere.example"})

        assert [name for name, _value in answer.headers if name.startswith("Access-Control")] == []


def test_every_page_names_its_letters(judys):
    kinds = {judys.get(path).headers["Content-Type"] for path in ("/", "/nowhere", "/settings/", "/sign-in")}

    assert kinds == {"text/html; charset=utf-8"}


def test_passwords_are_masked_and_left_to_password_managers(client, court, judys):
    pages = [client.get("/sign-in").text, judys.get("/account/password").text]
    fields = [field for page in pages for field in re.findall(r'<input[^>]*type="password"[^>]*>', page)]

    assert len(fields) >= 3
    for field in fields:
        assert re.search(r'autocomplete="(current|new)-password"', field), field


def test_nobody_changes_a_password_without_the_one_before(judys, cast, session):
    typed = {
        "now": "not the password at all",
        "password": "a quite different one",
        "repeated": "a quite different one",
    }

    answer = judys.post("/account/password", data=typed)

    session.refresh(cast.judy)
    assert answer.status_code == 422
    assert cast.judy.knows(make.PASSWORD)
