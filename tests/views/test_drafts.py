"""Words that were typed and not sent: kept for one person, offered when they come back, gone when sent."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import text

from tests import make
from youthcourt import clock
from youthcourt.extensions import db
from youthcourt.models import Case, Draft, Submission
from youthcourt.models.draft import KEPT_DAYS, MOST_OF_ONE_PERSON
from youthcourt.permissions import Role

OFFER = "You have words here that you have not sent"
WORDS = "She draws every day & looks after her brother.\n“Mostly horses.”"


@pytest.fixture
def case(court, cast):
    case = make.accepted(court, cast.cora)
    db.session.flush()
    return case


@pytest.fixture
def page(case):
    return f"/cases/{case.id}/interview"


@pytest.fixture
def cora(cast, case, sign_in):
    return sign_in(cast.cora)


def keep(browser, page, **typed):
    return browser.post("/drafts/", data={"draft_of": page, **(typed or {"strengths": WORDS})})


def texts(html):
    return {
        name: unescape(words).lstrip("\r\n")
        for name, words in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', html, re.S)
    }


def kept():
    return db.session.query(Draft).order_by(Draft.id).all()


# Coming back


def test_who_comes_back_is_offered_the_words_and_may_put_them_back(cora, page):
    keep(cora, page)

    offered, put_back = cora.get(page).text, cora.get(f"{page}?put_back=1").text

    assert OFFER in offered
    assert "You typed them on Mar 7, 2026, 12:00" in offered
    assert texts(offered)["strengths"] == ""
    assert texts(put_back)["strengths"] == WORDS


def test_after_signing_in_anew_on_another_device_the_words_are_there(cora, cast, page, sign_in):
    keep(cora, page)
    cora.post("/sign-out")

    answer = sign_in(cast.cora).get(f"{page}?put_back=1")

    assert texts(answer.text)["strengths"] == WORDS


def test_what_is_kept_again_takes_the_place_of_what_was_kept_before(cora, page):
    keep(cora, page, strengths="Draws")

    keep(cora, page, strengths="Draws and sings", own_words="I ran")

    assert [draft.typed for draft in kept()] == [{"strengths": ["Draws and sings"], "own_words": ["I ran"]}]


def test_the_script_is_answered_without_a_page(cora, page):
    answer = cora.post(
        "/drafts/", data={"draft_of": page, "strengths": WORDS}, headers={"Sec-Fetch-Mode": "cors"}
    )

    assert (answer.status_code, answer.text, len(kept())) == (204, "", 1)


def test_without_a_script_a_button_keeps_the_words(cora, page):
    shown = cora.get(page).text

    answer = cora.post("/drafts/", data={"draft_of": page, "strengths": WORDS}, follow_redirects=True)

    assert re.search(r'<noscript>.*formaction="/drafts/".*</noscript>', shown, re.S)
    assert "Your words are kept for 14 days. Only you can see them." in answer.text


def test_what_is_thrown_away_is_not_offered_again(cora, page):
    keep(cora, page)

    cora.post("/drafts/removal", data={"draft_of": page})

    assert OFFER not in cora.get(page).text
    assert kept() == []


def test_a_new_number_is_given_so_that_words_put_back_can_be_sent(cora, case, page):
    keep(cora, page, strengths=WORDS, request_id="the first")
    again = cora.get(f"{page}?put_back=1").text
    number = re.search(r'name="request_id"[^>]*value="([^"]*)"', again)[1]

    answer = cora.post(page, data={"held_on": make.TODAY, "strengths": WORDS, "request_id": number})

    assert (answer.status_code, number == "the first") == (302, False)


def test_keeping_words_does_not_use_up_the_number_of_the_form(cora, case, page):
    form = {"held_on": str(make.TODAY), "strengths": WORDS, "request_id": "once"}
    cora.post("/drafts/", data={"draft_of": page, **form})

    cora.post(page, data=form)

    db.session.refresh(case)
    assert case.interview.strengths == WORDS


# The end of a draft


def test_a_form_that_is_carried_out_leaves_no_draft(cora, page):
    keep(cora, page)

    cora.post(page, data={"held_on": make.TODAY, "strengths": WORDS})

    assert kept() == []


def test_a_form_that_is_refused_leaves_the_draft(cora, page):
    keep(cora, page)

    answer = cora.post(page, data={"held_on": make.TODAY, "strengths": ""})

    assert (answer.status_code, len(kept())) == (422, 1)


def test_drafts_and_numbers_nobody_came_back_for_are_swept(cora, cast, case, page, sign_in):
    keep(cora, page)
    db.session.add(Submission(request_id="old", user_id=cast.cora.id, location="/", received_at=clock.now()))
    db.session.commit()
    with clock.at(clock.now() + timedelta(days=KEPT_DAYS, seconds=1)):
        sign_in(cast.cora).post(
            f"/cases/{case.id}/decline", data={"reason": "no_contact", "note": "", "request_id": "new"}
        )

    assert kept() == []
    assert [each.request_id for each in db.session.query(Submission)] == ["new"]


def test_a_draft_goes_with_its_case(cora, case, page):
    keep(cora, page)
    keep(cora, "/referrals/new", narrative="Another young person")

    for table in ("referral", "screening", "case"):
        column = "id" if table == "case" else "case_id"
        db.session.execute(text(f'DELETE FROM "{table}" WHERE {column} = :case'), {"case": case.id})

    assert [draft.page for draft in kept()] == ["/referrals/new"]


def test_one_person_keeps_so_many_and_no_more(cora, cast, case, page):
    for number in range(MOST_OF_ONE_PERSON + 3):
        keep(cora, f"/cases/{number + 1}/interview")

    assert len(kept()) == MOST_OF_ONE_PERSON


# Whose it is


def test_nobody_else_is_shown_the_words(cora, court, cast, page, sign_in):
    keep(cora, page)
    other = sign_in(make.user(court, "Carl Okoro", Role.COORDINATOR))

    other.post("/drafts/removal", data={"draft_of": page})
    shown = other.get(f"{page}?put_back=1").text

    assert OFFER not in shown
    assert texts(shown)["strengths"] == ""
    assert len(kept()) == 1


def test_keeping_says_the_same_for_a_case_of_another_court_as_for_none(cora, cast):
    elsewhere = make.court("Elsewhere")
    theirs = make.accepted(elsewhere, make.user(elsewhere, "Eve Lee", Role.COORDINATOR))
    db.session.commit()

    answers = [keep(cora, f"/cases/{number}/interview") for number in (theirs.id, 99_999)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert [draft.case_id for draft in kept()] == [None, None]
    assert db.session.get(Case, theirs.id) is not None


@pytest.mark.parametrize(
    "meant", ["", "nowhere", "//example.org/", "/sign-in", "/drafts/", "/desk/", "/static/x"]
)
def test_words_are_kept_for_pages_that_take_a_form_and_no_others(cora, meant):
    assert keep(cora, meant).status_code == 422
    assert kept() == []


def test_too_many_words_are_refused(cora, page):
    assert keep(cora, page, strengths="x" * 300_000).status_code == 413


def test_a_form_with_a_password_keeps_nothing(client):
    assert "data-draft" not in client.get("/sign-in").text
