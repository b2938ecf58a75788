"""Every page, opened by everybody who plays a part: what each answer carries, and what none may carry."""

import hashlib
import io
import json
import logging
import re
from datetime import date
from html import unescape

import pytest
from sqlalchemy import text

from tests import make
from tests.conftest import empty
from tests.everywhere import addresses, browsers_of, house
from youthcourt import clock, log
from youthcourt.extensions import Base, db, writing
from youthcourt.views.papers import POLICY as POLICY_OF_PAPERS
from youthcourt.views.protection import SECURITY_HEADERS

# Pages that note that somebody has looked: the one change that reading makes.
# Who looks is noted, and a letter that is printed is kept as it was handed out.
NOTED = {"audit_event", "audit_head", "unusual_reading", "signed_in", "paper_print", "issued_paper"}

CANARIES = {
    "given name": "Quillonette",
    "family name": "Zephyrbright",
    "guardian": "Marigoldine",
    "narrative": "took the velvet umbrella",
    "address": "77 Halfmoon Quay",
    "phone": "555-0177",
}
BORN_ON = date(2011, 2, 3)
LEADING = re.compile(r'\s(?:href|src|action|formaction|poster|data)="([^"]*)"')


class Visit:
    def __init__(self, reader, rule, path, answer):
        self.reader, self.rule, self.path, self.answer = reader, rule, path, answer

    def __repr__(self):
        return f"{self.reader} {self.path}: {self.answer.status_code}"


@pytest.fixture(scope="module")
def walk(app):
    """Every page opened by everybody, with what the log said and what stood in the database."""
    lines = io.StringIO()
    listening = log.handler(lines)
    with clock.at(make.SATURDAY):
        try:
            with app.app_context(), writing():
                known = house(name=f"{CANARIES['given name']} {CANARIES['family name']}", born_on=BORN_ON)
                _plant(known)
                db.session.commit()
                people = {name: user.email for name, user in known.people.items()}
            logging.getLogger().addHandler(listening)
            logging.getLogger("youthcourt").setLevel(logging.DEBUG)
            readers = browsers_of(app, people)
            before = fingerprint(app)
            visits = [
                Visit(name, rule, path, browser.get(path, buffered=True))
                for name, browser in readers.items()
                for rule, path in addresses(app, known.numbers)
            ]
            heads = [
                readers["cora"].head(path, buffered=True)
                for rule, path in addresses(app, known.numbers)
                if not rule.endpoint.startswith("papers.")  # which take long, and are answered alike
            ]
            yield visits, heads, before, fingerprint(app), lines
        finally:
            logging.getLogger().removeHandler(listening)
            with app.app_context(), writing():
                empty()


def _plant(known):
    respondent = known.case.respondent
    respondent.mailing_address, respondent.phone = CANARIES["address"], CANARIES["phone"]
    respondent.guardians[0].given_name = CANARIES["guardian"]
    known.case.referral.narrative = CANARIES["narrative"]


def fingerprint(app):
    """One number for all rows of each table, save where reading itself is noted."""
    with app.app_context(), db.engine.connect() as connection:
        return {
            table.name: hashlib.sha256(
                repr(sorted(map(repr, connection.execute(table.select())))).encode()
            ).hexdigest()
            for table in Base.metadata.sorted_tables
            if table.name not in NOTED
        }


def test_reading_changes_nothing(walk, app):
    _visits, _heads, before, after, _lines = walk

    print(f"count: tables unchanged by reading every page = {len(before)}")
    assert [name for name in before if before[name] != after[name]] == []


def test_a_planted_change_shows_in_the_fingerprint(walk, app):
    before = fingerprint(app)
    with app.app_context(), writing(), db.engine.begin() as connection:
        connection.execute(text("UPDATE person SET phone = '1' WHERE id = (SELECT min(id) FROM person)"))
    after = fingerprint(app)

    assert [name for name in before if before[name] != after[name]] == ["person"]


def expected_headers(visit):
    wanted = dict(SECURITY_HEADERS)
    if visit.answer.mimetype == "application/pdf":
        wanted["Content-Security-Policy"] = POLICY_OF_PAPERS
    return wanted


def test_every_answer_carries_every_protecting_header(walk):
    visits = walk[0]

    wrong = [
        (visit, name)
        for visit in visits
        for name, value in expected_headers(visit).items()
        if visit.answer.headers.getlist(name) != [value]
    ]

    print(f"count: answers with every protecting header = {len(visits)}")
    assert wrong == []


def test_no_answer_but_a_style_sheet_may_be_kept(walk):
    kept = [
        visit
        for visit in walk[0]
        if visit.rule.endpoint != "static" and visit.answer.headers.get("Cache-Control") != "no-store"
    ]

    assert kept == []


def test_no_answer_is_a_mistake_of_ours(walk):
    visits, heads, *_ = walk

    assert [visit for visit in visits if visit.answer.status_code >= 500] == []
    assert [head.request.path for head in heads if head.status_code >= 500 or head.data] == []


def addresses_in(html):
    """Everything that a page leads to, loads, or sends to."""
    return [unescape(found) for found in LEADING.findall(html)]


def title_of(html):
    found = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    return unescape(found[1]) if found else ""  # a part of a page has none


def pages(visits):
    for visit in visits:
        if visit.answer.mimetype == "text/html" and visit.answer.status_code != 302:
            yield visit, visit.answer.get_data(as_text=True)


def foreign(address):
    return not address.startswith(("/", "#", "?", "tel:", "mailto:")) or address.startswith("//")


def test_every_address_on_every_page_is_ours(walk):
    found = [(visit, each) for visit, html in pages(walk[0]) for each in addresses_in(html) if foreign(each)]

    assert foreign("https://fonts.example/a.css")
    assert foreign("//fonts.example/a.css")
    assert found == []


def words_in(where):
    """The private words that stand in a piece of text, whatever its letters' case."""
    low = where.lower().replace("+", " ").replace("%20", " ")
    days = (BORN_ON.isoformat(), BORN_ON.strftime("%m/%d/%Y"))
    return [word for word in (*CANARIES.values(), *days, make.PASSWORD) if word.lower() in low]


def test_no_address_title_or_file_name_holds_a_private_word(walk):
    found, shown = [], set()
    for visit, html in pages(walk[0]):
        shown.update(words_in(html))
        places = [title_of(html), *addresses_in(html)]
        found += [(visit, place) for place in places if words_in(place) and not place.startswith("tel:")]
    for visit in walk[0]:
        heads = f"{visit.answer.headers.get('Location')} {visit.answer.headers.get('Content-Disposition')}"
        found += [(visit, heads)] if words_in(heads) else []

    assert len(shown) >= len(CANARIES) - 1, "the private words stand on the pages, or this test sees nothing"
    assert found == []


def test_no_line_of_the_log_holds_a_private_word_and_each_is_json(walk):
    *_, lines = walk
    written = lines.getvalue().splitlines()

    assert len(written) > len(walk[0])
    assert [line for line in written if words_in(line)] == []
    assert {type(json.loads(line)) for line in written} == {dict}
    print(f"count: log lines without a private word = {len(written)}")


def test_a_planted_log_line_with_a_name_is_found(walk):
    planted = io.StringIO()
    listening = log.handler(planted)
    logging.getLogger("youthcourt").addHandler(listening)
    log.event("case.opened", who=CANARIES["given name"])
    logging.getLogger("youthcourt").removeHandler(listening)

    assert words_in(planted.getvalue()) == [CANARIES["given name"]]
