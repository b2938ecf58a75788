"""The page of figures."""

import re
from datetime import timedelta

import pytest

from tests import make
from tests.browser import counting_statements
from youthcourt import models as m
from youthcourt.extensions import db


@pytest.fixture
def browser(sign_in, cast):
    return sign_in(cast.cora)


def text(answer):
    """The page's words without its tags, every run of white space as one blank."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def test_without_referrals_the_page_says_what_to_do_next(browser):
    answer = browser.get("/reports/")

    assert answer.status_code == 200
    assert "No referrals on these days" in text(answer)
    assert "New referral" in text(answer)


def test_the_page_shows_each_step_with_its_share(court, cast, browser, session):
    make.referred(court, cast.cora, name="Ana Open")
    make.referred(court, cast.cora, name="Ben Gone").decline(m.DeclineReason.NO_CONTACT, "", by=cast.cora)
    session.commit()

    shown = text(browser.get("/reports/"))

    assert "Not accepted 1 50.0 % of those referred" in shown
    assert "No date yet 1 50.0 % of those referred" in shown
    assert "The family could not be reached 1" in shown
    assert "2 referred, none heard yet." in shown


def test_the_days_are_those_of_the_latest_period_until_others_are_asked_for(court, cast, browser, session):
    before = make.TODAY - timedelta(days=20)
    m.ReportingPeriod.add(court, by=cast.cora, name="February", starts_on=before, ends_on=make.TODAY)
    make.referred(court, cast.cora, name="Ana Open")
    session.commit()

    usual = text(browser.get("/reports/"))
    other = text(browser.get("/reports/?starts_on=2026-01-01&ends_on=2026-01-31"))

    assert "Referrals received from Feb 15, 2026 to Mar 7, 2026" in usual
    assert "No referrals on these days" in other


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("starts_on=2026-02-01&ends_on=2026-01-01", "The last day is before the first."),
        ("starts_on=&ends_on=2026-01-01", "Give the first day."),
        ("starts_on=tomorrow&ends_on=2026-01-01", "Not a valid date value"),
    ],
)
def test_days_that_make_no_sense_are_refused_beside_the_field(browser, query, why):
    answer = browser.get(f"/reports/?{query}")

    assert answer.status_code == 422
    assert why in text(answer)


def test_another_courts_referrals_are_not_counted(court, cast, browser, session):
    there = make.court(name="Other Court")
    make.referred(there, cast.cora, name="Far Away")
    session.commit()

    assert "No referrals on these days" in text(browser.get("/reports/"))


def test_the_page_takes_as_many_statements_for_twelve_cases_as_for_one(court, cast, browser, session):
    make.referred(court, cast.cora, name="Ana One")
    session.commit()
    browser.get("/reports/")
    with counting_statements(db.engine) as few:
        browser.get("/reports/")
    for number in range(11):
        make.referred(court, cast.cora, name=f"Ana More{number}")
    session.commit()

    with counting_statements(db.engine) as many:
        browser.get("/reports/")

    assert len(many) == len(few)
    assert len(few) <= 10
