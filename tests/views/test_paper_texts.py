"""The passages of papers in a court's own words: typed, looked at, kept, and taken back."""

import re
import subprocess

import pytest

from tests import make
from youthcourt import models as m
from youthcourt.extensions import db

ADDRESS = "/settings/papers/hearing_notice/lead/en"
USUAL = "Please come to the hearing of case {number}."


@pytest.fixture
def browser(sign_in, cast):
    return sign_in(cast.cora)


@pytest.fixture
def hearing(court, cast):
    case = make.admitted(court, cast.cora)
    return make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)


def send(browser, words, address=ADDRESS):
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', browser.get(ADDRESS).text)[1]
    return browser.post(address, data={"words": words, "seen": seen})


def own(court):
    db.session.expire_all()
    return court.wording.get(("hearing_notice", "lead", "en"))


def words_of(pdf):
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def test_a_passage_is_changed_and_taken_back_and_every_version_is_shown(browser, court):
    first = send(browser, "Come to {place}.\r\n\r\nWe wait for you.")
    page = browser.get(ADDRESS).text

    assert (first.status_code, own(court)) == (302, "Come to {place}.\n\nWe wait for you.")
    assert USUAL in page  # beside it, to go back to
    browser.post(f"{ADDRESS}/default")
    assert own(court) is None
    assert "We wait for you." in browser.get(ADDRESS).text  # how it was


@pytest.mark.parametrize("words", ["", USUAL])
def test_no_words_or_the_usual_ones_are_no_version_of_their_own(browser, court, words):
    send(browser, "Come.")

    send(browser, words)

    assert own(court) is None


def test_a_fact_that_the_paper_does_not_have_is_refused_beside_the_field(browser, court):
    answer = send(browser, "Bring {money} to {place}.")

    assert answer.status_code == 422
    assert "This paper has no fact called {money}." in answer.text
    assert "Bring {money} to {place}." in answer.text
    assert own(court) is None


def test_what_a_colleague_wrote_meanwhile_is_not_written_over(browser, court, cast):
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', browser.get(ADDRESS).text)[1]
    m.PaperText.write(court, "hearing_notice", "lead", "en", "Theirs.", by=cast.cora)
    db.session.commit()

    answer = browser.post(ADDRESS, data={"words": "Mine.", "seen": seen})

    assert (answer.status_code, own(court)) == (409, "Theirs.")
    assert ("Theirs." in answer.text, "Mine." in answer.text) == (True, True)


def test_a_look_at_it_prints_the_typed_words_on_a_real_paper_and_keeps_nothing(browser, court, hearing):
    pdf = send(browser, "We **wait** for {respondent}.", f"{ADDRESS}/preview")

    text = words_of(pdf.data)
    assert (pdf.mimetype, own(court)) == ("application/pdf", None)
    assert ("We wait for Jordan Tate." in text, "preview" in text.lower()) == (True, True)


def test_a_look_in_spanish_is_a_paper_in_spanish(browser, hearing):
    pdf = browser.post("/settings/papers/hearing_notice/lead/es/preview", data={"words": "Venga, por favor."})

    text = words_of(pdf.data)
    assert ("Venga, por favor." in text, "Sus derechos" in text) == (True, True)


def test_without_a_record_there_is_nothing_to_look_at(browser):
    answer = browser.post(f"{ADDRESS}/preview", data={"words": "Come."})

    assert answer.location.endswith(ADDRESS)
    assert "There is nothing yet to print this paper about." in browser.get(ADDRESS).text


def test_an_administrator_words_papers_and_looks_at_no_case(sign_in, cast, hearing):
    browser = sign_in(cast.ada)

    page = browser.get(ADDRESS)

    assert (page.status_code, "Look at it on a real paper" in page.text) == (200, False)
    assert browser.post(f"{ADDRESS}/preview", data={"words": "Come."}).status_code == 403


@pytest.mark.parametrize(
    "where", ["docket_of_nobody/lead/en", "hearing_notice/nothing/en", "hearing_notice/lead/xx"]
)
def test_what_no_paper_says_is_not_found(browser, where):
    assert browser.get(f"/settings/papers/{where}").status_code == 404


def test_hostile_words_stay_words(browser, court, hearing):
    hostile = (
        '<script>alert(1)</script> [x](javascript:1) <img src="file:///etc/passwd"> {{ 7*7 }} ' + "x" * 3000
    )

    send(browser, hostile)

    page = browser.get("/settings/papers/hearing_notice").text
    assert ("<script>alert(1)" in page, "&lt;script&gt;alert(1)" in page) == (False, True)
    text = words_of(browser.get(f"/papers/hearing_notice/{hearing.id}").data)
    assert ("<script>alert(1)</script>" in text, "{{ 7*7 }}" in text, "root:" in text) == (True, True, False)
