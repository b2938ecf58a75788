"""Closing a day: what is asked for, one by one, and opening it again."""

from datetime import timedelta

import pytest

from tests import make, stages
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.procedures.court import closing


@pytest.fixture
def day(court, cast):
    return make.court_session(court, cast.cora)


@pytest.fixture
def case(court, cast):
    return make.admitted(court, cast.cora)


@pytest.fixture
def browser(sign_in, cast):
    return sign_in(cast.cora)


def text(answer):
    return " ".join(answer.get_data(as_text=True).split())


@pytest.fixture
def settled(cast, case, day):
    """A day whose only hearing failed, with one juror here and one absent."""
    make.hearing(case, day, cast.judy, cast.cora).fail_to_appear("", by=cast.cora)
    here, absent = make.booked(cast.jurors[:2], day, cast.cora)
    here.check_in(by=cast.cora)
    absent.miss(by=cast.cora)
    db.session.commit()
    return day


def test_closing_a_day_credits_who_came(settled, browser, cast):
    answer = browser.post(f"/court-sessions/{settled.id}/closing")

    db.session.refresh(settled)
    assert answer.location == f"/court-sessions/{settled.id}"
    assert settled.closed_by == cast.cora
    assert [each.state for each in settled.sittings] == [m.SittingState.CREDITED, m.SittingState.NO_SHOW]


def test_before_closing_the_page_says_who_gets_credit_and_who_does_not(settled, browser):
    shown = text(browser.get(f"/court-sessions/{settled.id}/closing"))

    assert "Each earns 2 hours when the day is closed." in shown
    assert shown.index("Amara Obi") < shown.index("Did not come") < shown.index("Ben Kim")


def test_whatever_is_missing_stands_there_with_a_button_of_its_own(court, cast, case, day, browser):
    hearing = make.hearing(case, day, cast.judy, cast.cora)
    first, second = make.booked(cast.jurors[:2], day, cast.cora)
    db.session.commit()
    shown = text(browser.get(f"/court-sessions/{day.id}/closing"))
    refused = browser.post(f"/court-sessions/{day.id}/closing")

    browser.post(f"/sittings/{first.id}/came")
    browser.post(f"/sittings/{second.id}/missed")
    left = text(browser.get(f"/court-sessions/{day.id}/closing"))

    assert "3 things to write down first" in shown
    assert f'href="/hearings/{hearing.id}"' in shown
    assert refused.status_code == 409
    assert f"{case.number}: was it held?" in text(refused)
    assert "1 thing to write down first" in left
    assert (first.state, second.state) == (m.SittingState.CHECKED_IN, m.SittingState.NO_SHOW)


def test_one_tap_says_that_none_of_the_expected_came(cast, day, browser):
    make.booked(cast.jurors[:3], day, cast.cora)
    db.session.commit()

    answer = browser.post(f"/court-sessions/{day.id}/missed")

    assert answer.location == f"/court-sessions/{day.id}/closing"
    assert {each.state for each in day.sittings} == {m.SittingState.NO_SHOW}


def test_a_tap_is_undone(settled, browser):
    absent = settled.sittings[1]

    browser.post(f"/sittings/{absent.id}/missed/undo")

    db.session.refresh(absent)
    assert absent.state is m.SittingState.BOOKED


def test_a_guardian_of_whom_nobody_said_whether_they_came_is_asked_for(court, cast, browser):
    hearing = make.proposed(stages.held(court, cast)).hearing
    mother = hearing.case.respondent.guardians[0]
    hearing.attendances[:] = [each for each in hearing.attendances if each.person is not mother]
    db.session.commit()
    there = f"/hearings/{hearing.id}/people/{mother.id}"
    asked = text(browser.get(f"/court-sessions/{hearing.court_session_id}/closing"))

    browser.post(f"{there}/absence")
    absent = hearing.is_absent(mother)
    browser.post(f"{there}/absence/undo")
    browser.post(f"{there}/presence")

    db.session.refresh(hearing)
    assert "did Renee Tate come?" in asked
    assert (absent, hearing.is_absent(mother), hearing.has_come(mother)) == (True, False, True)


def test_no_credit_takes_a_reason_and_can_be_undone(settled, browser):
    here = settled.sittings[0]
    page = f"/sittings/{here.id}/credit"

    empty = browser.post(f"{page}/withholding", data={"reason": " "})
    browser.post(f"{page}/withholding", data={"reason": "Left at once."})
    shown = text(browser.get(f"/court-sessions/{settled.id}/closing"))
    browser.post(page)

    db.session.refresh(here)
    assert empty.status_code == 422
    assert "Left at once." in shown
    assert here.withheld is None


def test_closing_twice_credits_once(settled, browser):
    browser.post(f"/court-sessions/{settled.id}/closing")

    again = browser.post(f"/court-sessions/{settled.id}/closing")

    assert again.status_code == 409
    assert "This day is closed." in text(again)
    assert db.session.query(m.TimeCredit).count() == 1


def test_a_day_that_was_never_closed_can_be_closed_later(settled, browser):
    with clock.at(make.SATURDAY + timedelta(days=2)):
        answer = browser.post(f"/court-sessions/{settled.id}/closing")

    assert answer.status_code == 302


@pytest.fixture
def closed(settled, cast):
    closing.close_day(settled, by=cast.cora)
    db.session.commit()
    return settled


def test_reopening_takes_a_reason_and_leads_to_what_is_open(closed, browser):
    empty = browser.post(f"/court-sessions/{closed.id}/reopening", data={"reason": ""})
    answer = browser.post(f"/court-sessions/{closed.id}/reopening", data={"reason": "Ben was here."})

    db.session.refresh(closed)
    assert (empty.status_code, answer.location) == (422, f"/court-sessions/{closed.id}/closing")
    assert [each.reason for each in closed.reopenings] == ["Ben was here."]
    assert not closed.is_closed


def test_the_judges_of_a_day_see_who_opened_it_again_and_why(closed, cast, sign_in):
    closing.reopen_day(closed, "Ben was here.", by=cast.cora)
    db.session.commit()
    judge = sign_in(cast.judy)

    desk, day = text(judge.get("/")), text(judge.get(f"/court-sessions/{closed.id}"))

    assert "Cora Diaz reopened the day" in desk
    assert "Ben was here." in desk
    assert "by Cora Diaz: Ben was here." in day


def test_only_who_may_reopen_is_offered_to(closed, cast, browser, sign_in):
    offered = f"/court-sessions/{closed.id}/reopening"

    for_office = text(browser.get(f"/court-sessions/{closed.id}"))
    for_judge = text(sign_in(cast.judy).get(f"/court-sessions/{closed.id}"))

    assert (offered in for_office, offered in for_judge) == (True, False)


def test_the_page_takes_no_more_statements_for_six_jurors_than_for_one(court, cast, day, browser, statements):
    make.booked(cast.jurors[:1], day, cast.cora)
    db.session.commit()
    one = statements(lambda: browser.get(f"/court-sessions/{day.id}/closing"))
    make.booked(cast.jurors[1:7], day, cast.cora)
    db.session.commit()

    six = statements(lambda: browser.get(f"/court-sessions/{day.id}/closing"))

    assert six == one <= 26
