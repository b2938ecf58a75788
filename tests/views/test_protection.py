"""What the application asks of a request before any page sees it, and what it says to a bad one."""

import io
import json
import logging
import re
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from flask import abort

from config import settings_from_env
from tests import make
from tests.browser import without_tokens
from tests.database import sqlite_database
from tests.everywhere import addresses
from youthcourt import clock, create_app, log
from youthcourt.extensions import db, writing
from youthcourt.permissions import Role
from youthcourt.views.access import open_to_everyone
from youthcourt.views.protection import ENCRYPTED_ONLY, SECURITY_HEADERS

WRITING = {"POST", "PUT", "PATCH", "DELETE"}
HERE = "http://localhost"
NUMBERS = {"party": "youth", "group": "office", "kind": "rooms", "token": "no-such-token"}


@pytest.fixture(scope="module")
def strict_app(tmp_path_factory):
    """The application as it is served, without the tests' leniency, and with pages that go wrong."""
    url = sqlite_database(tmp_path_factory.mktemp("strict"))
    app = create_app({**settings_from_env({"YOUTHCOURT_ENV": "test", "DATABASE_URL": url}), "TESTING": False})

    @app.get("/planted/<int:status>")
    @open_to_everyone
    def answer(status):
        if status == 500:
            raise ZeroDivisionError("Jordan Tate")
        abort(status)

    @app.post("/planted/form")
    @open_to_everyone
    def take():
        return "taken"

    with app.app_context(), writing():
        court = make.court()
        make.user(court, "Cora Diaz", Role.COORDINATOR, email="cora@example.org")
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def strict(strict_app):
    return strict_app.test_client()


def token_of(client, path="/sign-in"):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)[1]


# Forms that are not ours


def bad_requests(own, foreign):
    """Ways in which a form can come from elsewhere: its fields and its headers."""
    return {
        "no token": ({}, {}),
        "a made-up token": ({"csrf_token": "made up"}, {}),
        "somebody else's token": ({"csrf_token": foreign}, {}),
        "another site": ({"csrf_token": own}, {"Origin": "https://evil.example"}),
        "a site of almost this name": ({"csrf_token": own}, {"Origin": HERE + ".evil.example"}),
        "another port": ({"csrf_token": own}, {"Origin": HERE + ":8001"}),
        "nowhere": ({"csrf_token": own}, {"Origin": "null"}),
        "a frame elsewhere": ({"csrf_token": own}, {"Sec-Fetch-Site": "cross-site"}),
        "a neighbour": ({"csrf_token": own}, {"Sec-Fetch-Site": "same-site"}),
    }


def taken(app, client, requests):
    """Which bad requests came through to which page."""
    return [
        (rule.endpoint, method, how)
        for method in sorted(WRITING)
        for rule, path in addresses(app, NUMBERS, method)
        for how, (data, headers) in requests.items()
        if client.open(path, method=method, data=data, headers=headers).status_code != 400
    ]


def test_every_form_from_elsewhere_is_refused_on_every_page(strict_app, strict):
    requests = bad_requests(token_of(strict), token_of(strict_app.test_client()))

    found = taken(strict_app, strict, requests)

    pages = sum(1 for method in WRITING for _each in addresses(strict_app, NUMBERS, method))
    print(f"count: forms from elsewhere refused = {pages * len(requests)}")
    assert found == []


def test_a_form_of_ours_is_taken(strict):
    form = {"csrf_token": token_of(strict)}

    answers = [
        strict.post("/planted/form", data=form, headers=headers).text
        for headers in ({}, {"Origin": HERE}, {"Origin": HERE, "Sec-Fetch-Site": "same-origin"})
    ]

    assert answers == ["taken"] * 3


def test_with_the_checks_off_every_form_from_elsewhere_is_found(strict_app, strict, monkeypatch):
    requests = bad_requests(token_of(strict), "foreign")
    monkeypatch.setitem(strict_app.config, "WTF_CSRF_ENABLED", False)
    checks = strict_app.before_request_funcs[None]
    kept = [check for check in checks if check.__name__ != "_refuse_other_sites"]
    monkeypatch.setitem(strict_app.before_request_funcs, None, kept)

    found = {how for endpoint, _method, how in taken(strict_app, strict, requests) if "take" in endpoint}

    assert len(checks) == len(kept) + 1
    assert found == set(requests)


def test_a_token_from_before_the_sign_out_is_old(strict):
    old = token_of(strict)
    facts = {"email": "cora@example.org", "password": make.PASSWORD, "csrf_token": old}
    assert strict.post("/sign-in", data=facts).status_code == 302

    answer = strict.post("/planted/form", data={"csrf_token": old})

    assert answer.status_code == 400


# Names that the application does not answer to, and headers that nobody should believe


@pytest.mark.parametrize("path", ["/sign-in", "/no-such-page", "/static/app.css", "/planted/500"])
def test_under_a_strange_name_there_is_nothing_but_a_refusal(strict, path):
    answer = strict.get(path, base_url="http://evil.example", buffered=True)

    assert (answer.status_code, answer.text) == (400, "This is not the address of this court.")
    assert protected(answer)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Proto": "https", "X-Forwarded-Port": "444", "X-Forwarded-Prefix": "/evil"},
        {"Forwarded": "host=evil.example;proto=https"},
        {"X-Host": "evil.example", "X-Original-URL": "/cases/", "X-Rewrite-URL": "/cases/"},
        {"X-HTTP-Method-Override": "DELETE"},
    ],
)
def test_what_a_stranger_says_in_front_of_us_changes_nothing(strict, headers):
    plain = [strict.get(path) for path in ("/", "/cases/", "/sign-in")]

    told = [strict.get(path, headers=headers) for path in ("/", "/cases/", "/sign-in")]

    assert [(a.status_code, a.location) for a in told] == [(a.status_code, a.location) for a in plain]
    assert not any("evil" in answer.text for answer in told)


# Bad requests of other kinds


def protected(answer):
    wanted = {**SECURITY_HEADERS, "Cache-Control": "no-store"}
    if answer.headers.get("Cache-Control") == "no-cache":  # the style sheet
        wanted.pop("Cache-Control")
    return {name: answer.headers.get(name) for name in wanted} == wanted


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 415, 422, 429, 500, 501, 503])
def test_every_kind_of_refusal_is_a_page_of_ours_with_every_protecting_header(strict, status):
    answer = strict.get(f"/planted/{status}")

    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert protected(answer)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("TRACE", "/sign-in"),
        ("OPTIONS", "/sign-in"),
        ("PUT", "/sign-in"),
        ("DELETE", "/cases/1"),
        ("PATCH", "/cases/"),
        ("PROPFIND", "/"),
        ("GET", "/sign-out"),
    ],
)
def test_a_method_that_a_page_does_not_declare_is_refused(strict, method, path):
    answer = strict.open(path, method=method)

    assert (answer.status_code, protected(answer)) == (405, True)
    assert method not in answer.allow


def test_every_page_refuses_every_method_that_it_does_not_declare(strict_app, strict):
    declared = {}
    for method in ("GET", *WRITING):
        for rule, path in addresses(strict_app, NUMBERS, method):
            if rule.endpoint == "static":
                continue
            declared.setdefault(path, set()).add(method)
    asked = [
        (path, method)
        for path, methods in declared.items()
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS")
        if method not in methods
    ]

    wrong = [each for each in asked if strict.open(each[0], method=each[1]).status_code != 405]

    print(f"count: undeclared methods refused = {len(asked)}")
    assert wrong == []


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
def test_a_body_that_is_too_large_gets_a_page_that_says_so(strict_app, strict, kind):
    body = b"a" * (strict_app.config["MAX_CONTENT_LENGTH"] + 1)

    answer = strict.post("/sign-in", data=body, content_type=kind)

    assert answer.status_code == 413
    assert "That was too much at once" in answer.text


def test_a_body_without_a_length_is_cut_off_as_well(strict_app, strict):
    body = io.BytesIO(b"a" * (strict_app.config["MAX_CONTENT_LENGTH"] + 1))
    environ = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}

    answer = strict.post("/sign-in", input_stream=body, environ_overrides=environ)

    assert answer.status_code in (400, 413)


@pytest.mark.parametrize("body", [b"email=%FF", b"email=\xff", b"email=%C0%AF", b"email=%ED%A0%80"])
def test_a_form_that_is_not_utf_8_is_refused(strict, body):
    form = b"csrf_token=" + token_of(strict).encode() + b"&" + body

    answer = strict.post("/planted/form", data=form, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/cases/99999999999999999999", 404),
        ("/cases/2147483648", 404),
        ("/cases/-1", 404),
        ("/cases/1.5", 404),
        ("/cases/1/../../../etc/passwd", 404),
        ("/static/../../config.py", 404),
        ("/static/%2e%2e/%2e%2e/config.py", 404),
        ("/.git/config", 404),
        ("/join/%00", 400),
        ("/cases/?stage=%00", 400),
        ("/cases/?stage=%FF", 400),
    ],
)
def test_an_address_that_leads_nowhere_is_refused_in_words(strict, address, status):
    answer = strict.get(address)

    assert answer.status_code == status


# What is said to a person, and what stands in the log


def said_in(work):
    stream = io.StringIO()
    listening = log.handler(stream)
    ours = logging.getLogger("youthcourt")
    ours.addHandler(listening)
    level, _ = ours.level, ours.setLevel(logging.INFO)
    try:
        answer = work()
    finally:
        ours.setLevel(level)
        ours.removeHandler(listening)
    return answer, [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize("status", [400, 413, 500])
def test_the_number_on_an_error_page_stands_in_the_log(strict, status):
    answer, lines = said_in(lambda: strict.get(f"/planted/{status}"))

    number = re.search(r'<span class="num">([0-9A-F]{8})</span>', answer.text)[1]
    assert {line["reference"] for line in lines} == {number}
    assert [(line["event"], line["status"]) for line in lines if "status" in line] == [
        ("request.answered", status)
    ]


def test_a_mistake_of_ours_is_logged_with_its_place_and_without_its_words(strict):
    _answer, lines = said_in(lambda: strict.get("/planted/500"))

    crash = next(line for line in lines if line["event"] == "request.failed")
    assert (crash["error"], crash["page"]) == ("ZeroDivisionError", "answer")
    assert crash["frames"][-1].endswith(" answer")
    assert "Jordan" not in json.dumps(lines)


@pytest.mark.parametrize("page", ["cases", "jurors"])
def test_what_somebody_searches_for_is_not_in_the_log(sign_in, cast, page):
    browser = sign_in(cast.cora)

    answer, lines = said_in(lambda: browser.post(f"/{page}/", data={"words": "Zephyrine", "part": "1"}))

    assert "No " in answer.text  # it was searched for
    assert [line["page"] for line in lines if line["event"] == "request.answered"] == [f"{page}.index"]
    assert "zephyrine" not in json.dumps(lines).lower()


@pytest.mark.parametrize("status", [403, 404])
def test_two_denials_look_alike_to_the_letter(strict, status):
    one, other = (without_tokens(strict.get(f"/planted/{status}").data) for _ in range(2))

    assert one == other


def test_the_message_of_a_library_is_logged_as_its_place_alone():
    stream = io.StringIO()
    library = logging.getLogger("some.library")
    listening = log.handler(stream)
    library.addHandler(listening)
    library.warning("cannot draw %s", "Jordan Tate")
    library.removeHandler(listening)

    line = json.loads(stream.getvalue())
    assert (line["event"], line["logger"]) == ("library.said", "some.library")
    assert re.fullmatch(r"tests/views/test_protection\.py:\d+", line["place"])


# For machines


def test_whoever_finds_a_hole_is_told_whom_to_write_to(strict_app, strict, monkeypatch):
    monkeypatch.setitem(strict_app.config, "SECURITY_CONTACT", "mailto:safe@court.example.org")

    lines = dict(line.split(": ", 1) for line in strict.get("/.well-known/security.txt").text.splitlines())

    left = datetime.fromisoformat(lines.pop("Expires")) - clock.now()
    assert lines == {"Contact": "mailto:safe@court.example.org", "Preferred-Languages": "en, es"}
    assert 0 < left.days < 365


def test_where_nobody_is_named_there_is_no_such_page(strict):
    assert strict.get("/.well-known/security.txt").status_code == 404


def test_no_machine_is_to_index_anything(strict):
    assert strict.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_in_production_browsers_are_told_to_come_encrypted_only(strict_app, strict, monkeypatch):
    monkeypatch.setitem(strict_app.config, "PREFERRED_URL_SCHEME", "https")

    answers = [strict.get(path, buffered=True) for path in ("/sign-in", "/static/app.css", "/no-such-page")]

    assert [{name: answer.headers.get(name) for name in ENCRYPTED_ONLY} for answer in answers] == [
        ENCRYPTED_ONLY
    ] * 3


# Redirects stay at home

ELSEWHERE = [
    *("//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example"),
    *("/\\/evil.example", "\\/evil.example", "/\\\\evil.example", "https:evil.example", "http:/evil.example"),
    *("https://evil.example", "HTTPS://evil.example", "https:///evil.example", "http:\\\\evil.example"),
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"),
    *("\t//evil.example", "\n//evil.example", "\r\n//evil.example", " //evil.example", "/\t/evil.example"),
    *(
        "/\n/evil.example",
        "/\r/evil.example",
        "\t/\t/evil.example",
        "ht\ttps://evil.example",
        "\x00//evil.example",
    ),
    *("\x1f//evil.example", "\x0b//evil.example", "\u00a0//evil.example", "\u3000//evil.example"),
    *("//evil.example/..", "//evil.example%2f..", "//evil%E3%80%82example", "//evil\u3002example"),
    *(
        "\u2215\u2215evil.example",
        "\uff0f\uff0fevil.example",
        "/\uff0fevil.example",
        "\u29f8\u29f8evil.example",
    ),
    *("//localhost@evil.example", "https://localhost@evil.example", "http://localhost:80@evil.example/"),
    *("//evil.example#localhost", "//evil.example?localhost", "http://[::ffff:1.2.3.4]/", "//1249763844"),
    *("//0x7f.1", "//evil.example:80", "?next=//evil.example", "evil.example", "evil.example/cases"),
    *("../../evil.example", "./evil", "mailto:a@evil.example", "tel:1", "ftp://evil.example"),
    *("blob:https://evil.example/1", "about:blank", "view-source:http://evil.example", "ws://evil.example"),
    *(
        "/%0d%0aLocation: //evil.example",
        "/\r\nSet-Cookie: a=b",
        "//%65vil.example",
        "https:%2f%2fevil.example",
    ),
    *(
        "%2f%2fevil.example",
        "//[",
        "http://[evil",
        "//\\evil.example",
        "/.//evil.example",
        "/..//evil.example",
    ),
    *(";//evil.example", "/;@evil.example", "///", "//", "\\", "#//evil.example", "http:evil", ":80"),
]


def leads_home(location):
    """Whether a browser that reads this stays on our site: as the standard for addresses says."""
    as_read = re.sub(r"[\t\r\n]", "", location.strip("".join(map(chr, range(33))))).replace("\\", "/")
    parts = urlsplit(as_read)
    return not parts.scheme and not parts.netloc and re.match(r"/(?![/])", as_read) is not None


@pytest.mark.parametrize("where", ["//evil.example", "/\\evil.example", "\t//evil.example", "https:evil"])
def test_a_planted_way_out_is_seen(where):
    assert not leads_home(where)


@pytest.mark.parametrize("door", ["sign in", "language", "referrer"])
def test_no_redirect_leads_off_this_site(client, court, session, door):
    make.user(court, "Rita Redirect", Role.COORDINATOR, email="rita@example.org")
    session.commit()

    def location(target):
        if door == "sign in":
            facts = {"email": "rita@example.org", "password": make.PASSWORD}
            answer = client.post("/sign-in", query_string={"next": target}, data=facts)
        elif door == "language":
            answer = client.post("/language", data={"language": "es", "next": target})
        else:
            plain = target.encode("latin-1", "replace").decode("latin-1").translate({13: None, 10: None})
            answer = client.post("/language", data={"language": "es"}, headers={"Referer": plain})
        return answer.location if answer.status_code == 302 else "/"

    found = [(target, to) for target in ELSEWHERE if not leads_home(to := location(target))]

    print(f"count: ways off the site that are closed = {len(ELSEWHERE)}")
    assert len(ELSEWHERE) >= 60
    assert found == []
