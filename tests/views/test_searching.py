"""Searches by name: found as before, with no word of them in any address."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, unquote_plus, urlsplit

import pytest

from tests import make
from youthcourt import clock
from youthcourt.extensions import db
from youthcourt.permissions import GRANTED, Role
from youthcourt.views import searching

NAME = "Zephyrine"
ATTRIBUTE = re.compile(r'\s([\w-]+)="([^"]*)"')


def searched_lists(app):
    """The address of each list that can be searched, and what opens it."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if getattr(view, "is_searched", False):
            yield rule.rule, view.permissions


@pytest.fixture
def crowd(court, cast):
    """More young people, jurors and tasks of one name than a page holds."""
    for number in range(30):
        make.referred(court, cast.cora, name=f"{NAME} Number{number}")
        make.juror(court, f"{NAME} Juror{number}")
    db.session.commit()


def reader_of(permissions, cast):
    return cast.cora if set(permissions) & GRANTED[Role.COORDINATOR] else cast.ada


def readable(address):
    """An address with everything in it that anybody could read without a key."""
    values = [each for values in parse_qs(urlsplit(unescape(address)).query).values() for each in values]
    said = [address, unquote_plus(address)]
    for each in values:
        with suppress(ValueError):  # this one is no such code
            said.append(urlsafe_b64decode(each).decode("latin-1"))
    return " ".join(said).lower()


def addresses_of(answer):
    """Everything in an answer that a browser may ask for, wherever it stands; not what the field holds."""
    html = re.sub(r'name="words" value="[^"]*"', "", answer.get_data(as_text=True))
    found = [unescape(value) for _name, value in ATTRIBUTE.findall(html)]
    return [*found, answer.request.path, answer.request.query_string.decode(), answer.location or ""]


def said_by_addresses(app, sign_in, cast, words):
    """What addresses tell of a search for these words, on every list: found or not, paged or not."""
    told, count = [], 0
    for path, permissions in searched_lists(app):
        browser = sign_in(reader_of(permissions, cast))
        led = browser.post(path, data={"words": words})
        answers = [led, browser.get(led.location), browser.post(path, data={"words": words, "part": "1"})]
        for link in re.findall(r'rel="next" href="([^"]*)"', answers[1].text):
            answers.append(browser.get(unescape(link)))
        asked = [each for answer in answers for each in addresses_of(answer)]
        count += len(asked)
        told += [(path, each) for each in asked if words.lower() in readable(each)]
    return told, count


def test_no_address_holds_a_word_that_was_searched_for(app, sign_in, cast, crowd):
    told, count = said_by_addresses(app, sign_in, cast, NAME)
    told_of_nobody, more = said_by_addresses(app, sign_in, cast, "Quillonette")

    print(f"count: addresses without a word that was searched for = {count + more}")
    assert len(list(searched_lists(app))) >= 4
    assert told + told_of_nobody == []


def as_typed(words, *_):
    return words


def without_a_key(words, *_):
    return urlsafe_b64encode(words.encode()).decode()


@pytest.mark.parametrize("planted", [as_typed, without_a_key])
def test_a_planted_name_in_an_address_is_found(app, sign_in, cast, crowd, monkeypatch, planted):
    monkeypatch.setattr(searching, "encrypt", planted)
    monkeypatch.setattr(searching, "decrypt", lambda hidden, *_: hidden)

    told, _count = said_by_addresses(app, sign_in, cast, NAME)

    assert {path for path, _address in told} == {path for path, _permissions in searched_lists(app)}


def test_paging_filters_the_way_back_and_a_second_tab_keep_their_own_search(sign_in, cast, crowd):
    browser = sign_in(cast.cora)
    one = browser.post("/cases/", data={"words": NAME, "stage": "referred"}).location
    other = browser.post("/cases/", data={"words": "Number7", "stage": "all"}).location

    first = browser.get(one)
    second = browser.get(unescape(re.search(r'rel="next" href="([^"]*)"', first.text)[1]))
    beside = browser.get(other)
    back = browser.get(one)

    assert [page.text.count("/cases/") > 0 for page in (first, second)] == [True, True]
    assert (first.text.count(f"<bdi>{NAME}"), second.text.count(f"<bdi>{NAME}")) == (25, 5)
    assert beside.text.count(f"<bdi>{NAME}") == 1
    assert back.text.count(f"<bdi>{NAME}") == 25
    assert ['value="referred" selected' in page.text for page in (first, second, beside)] == [
        True,
        True,
        False,
    ]


def test_one_link_clears_the_search(sign_in, cast, crowd):
    browser = sign_in(cast.cora)

    page = browser.search("/jurors/", "Juror7").text
    clear = re.search(r'href="([^"]*)"><span>Clear the search', page)[1]
    cleared = browser.get(clear).text

    assert clear == "/jurors/"
    assert (page.count(f"<bdi>{NAME}"), cleared.count("<bdi>") > 20) == (1, True)
    assert "Clear the search" not in cleared


def test_a_search_is_read_by_its_own_sign_in_and_list_alone(sign_in, cast, crowd):
    browser, colleague = sign_in(cast.cora), sign_in(cast.cora)
    kept = browser.post("/cases/", data={"words": "Number7", "stage": "all"}).location

    answers = [
        colleague.get(kept, follow_redirects=True),
        browser.get(kept.replace("/cases/", "/jurors/"), follow_redirects=True),
        browser.get(kept[:-9] + "AAAAAAAA=", follow_redirects=True),
        browser.get("/cases/?search=%F0%9F%98%80", follow_redirects=True),
    ]

    assert ["That search has ended." in answer.text for answer in answers] == [True] * 4
    assert ["Number7" in answer.request.url for answer in answers] == [False] * 4
    assert answers[0].request.query_string == b"stage=all"


def test_an_address_tells_nobody_how_long_the_name_is(sign_in, cast):
    browser = sign_in(cast.cora)

    lengths = {
        len(browser.post("/cases/", data={"words": words}).location) for words in ("Al", "Maximiliana")
    }

    assert len(lengths) == 1


def test_a_search_after_the_sign_in_ended_leads_to_an_address_without_it(sign_in, cast):
    browser = sign_in(cast.cora)

    with clock.at(clock.now() + timedelta(hours=1)):
        answer = browser.post("/cases/", data={"words": NAME})

    assert answer.location == "/sign-in?next=/cases/"


@pytest.mark.parametrize("typed", ["\x00", "\u202e%_'\";--", "x" * 5000, "\U0001f600", "\ufdd0"])
def test_strange_words_find_nothing_and_break_nothing(sign_in, cast, typed):
    browser = sign_in(cast.cora)

    statuses = {browser.search(path, typed).status_code for path in ("/cases/", "/jurors/", "/obligations/")}

    assert statuses == {200}
