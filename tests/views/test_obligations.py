"""What respondents owe, on the coordinator's pages."""

from datetime import timedelta

import pytest

from tests import make
from tests.browser import asked_by_the_page, counting_statements
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.permissions import Role


@pytest.fixture
def case(court, cast):
    """A case whose plan asks for 20 hours of service and two sittings."""
    return make.signed(make.proposed(make.held(court, cast)), cast.judy).case


@pytest.fixture
def service(case):
    return case.obligations[0]


@pytest.fixture
def duty(case):
    return case.obligations[1]


@pytest.fixture
def browser(cast, case, sign_in):
    return sign_in(cast.cora)


def typed(**facts):
    return {"amount": "5", "done_on": make.TODAY, "site": "Food pantry", "vouched_by": "Sr. Ruth", **facts}


def credit(browser, obligation, **facts):
    return browser.post(f"/obligations/{obligation.id}/credit", data=typed(**facts))


# The list


def test_the_list_says_what_is_left_and_whose_it_is(case, service, cast, browser):
    service.credit(300, done_on=make.TODAY, vouched_by="Sr. Ruth", by=cast.cora)
    db.session.commit()

    page = browser.get("/obligations/").text

    assert ("Jordan Tate" in page, "15 hours" in page, "of 20 hours" in page, "2 results" in page) == (
        True,
    ) * 4


def test_what_is_overdue_comes_first(case, service, duty, cast, browser):
    duty.due_on = make.TODAY - timedelta(days=3)
    db.session.commit()

    page = browser.get("/obligations/").text

    assert page.index(f"/obligations/{duty.id}") < page.index(f"/obligations/{service.id}")
    assert "3 days late" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("?show=overdue", 1),
        ("?show=soon", 0),
        ("?show=nonsense", 2),
        ("?page=99", 2),
    ],
)
def test_the_list_is_filtered(duty, browser, query, found):
    duty.due_on = make.TODAY - timedelta(days=3)
    db.session.commit()

    page = browser.get(f"/obligations/{query}").text

    assert page.count("<tr><th") - (1 if found else 0) == found


@pytest.mark.parametrize(
    ("words", "found"), [("TATE", 2), ("jordan t", 2), ("0001", 2), ("%", 0), ("Nobody", 0)]
)
def test_the_list_is_searched_by_name_and_number(duty, browser, words, found):
    page = browser.search("/obligations/", words).text

    assert page.count("<tr><th") - (1 if found else 0) == found


def test_the_list_is_filtered_by_activity(court, duty, browser):
    page = browser.get(f"/obligations/?activity={make.activity(court, 'jury_duty').id}").text

    assert (f"/obligations/{duty.id}" in page, "1 result" in page) == (True, True)


def test_what_a_closed_case_left_undone_is_not_listed(case, cast, browser):
    case.return_to_referrer(m.ClosureReason.PLAN_NOT_COMPLETED, "Nothing was done.", by=cast.cora)
    db.session.commit()

    assert "Nothing is owed" in browser.get("/obligations/").text


def test_the_list_takes_three_queries(browser):
    with counting_statements(db.engine) as statements:
        browser.get("/obligations/")

    assert len(asked_by_the_page(statements)) == 3


# One obligation


def test_the_page_shows_how_far_it_is_and_what_was_done(service, cast, browser):
    service.credit(300, done_on=make.TODAY, vouched_by="Sr. Ruth", site="Food pantry", by=cast.cora)
    db.session.commit()

    page = browser.get(f"/obligations/{service.id}").text

    assert ("5 of 20 hours done" in page, "Food pantry" in page, "Sr. Ruth" in page) == (True,) * 3


@pytest.mark.parametrize(("page", "queries"), [("", 5), ("/credit", 4), ("/excusal", 3), ("/extension", 3)])
def test_a_page_of_one_obligation_takes_few_queries(service, browser, page, queries):
    address = f"/obligations/{service.id}{page}"
    db.session.commit()
    db.session.expunge_all()

    with counting_statements(db.engine) as statements:
        browser.get(address)

    assert len(asked_by_the_page(statements)) == queries


def test_jury_duty_has_no_credit_button_but_a_way_to_book(duty, browser):
    page = browser.get(f"/obligations/{duty.id}").text

    assert (f"/obligations/{duty.id}/credit" in page, "Book on a hearing day" in page) == (False, True)


def test_crediting_jury_duty_by_hand_is_refused(duty, browser):
    answer = credit(browser, duty, amount="1")

    assert (answer.status_code, duty.service_records) == (409, [])


def test_another_courts_obligation_is_not_there(service, sign_in):
    elsewhere = make.court("Elsewhere")
    away = sign_in(make.user(elsewhere, "Ann Away", Role.COORDINATOR))

    assert away.get(f"/obligations/{service.id}").status_code == 404


# Crediting


@pytest.mark.parametrize(("amount", "minutes"), [("5", 300), ("1.5", 90), ("1,5", 90), ("1:45", 105)])
def test_hours_are_typed_as_people_write_them(service, browser, amount, minutes):
    answer = credit(browser, service, amount=amount)

    assert (answer.location, service.amount_done) == (f"/obligations/{service.id}", minutes)


def test_a_place_that_is_not_on_the_list_can_be_written(service, browser):
    credit(browser, service, site="", other_site="Grandmother's church")

    assert [record.site for record in service.service_records] == ["Grandmother's church"]


@pytest.mark.parametrize(
    ("facts", "status", "says"),
    [
        ({"amount": "some"}, 422, "Write the amount as a number."),
        ({"amount": ""}, 422, "Write how much was done."),
        ({"amount": "0"}, 409, "Give an amount above zero."),
        ({"amount": "21"}, 409, "Write a note that says why."),
        ({"amount": "99999999"}, 422, "This amount is too large."),
        ({"vouched_by": ""}, 422, "Write who vouches for it."),
        ({"vouched_by": "Jordan Tate"}, 409, "Nobody vouches for their own hours."),
        ({"done_on": make.TODAY + timedelta(days=1)}, 409, "This day is in the future."),
        ({"site": "A place of my own"}, 422, "Not a valid choice"),
    ],
)
def test_what_cannot_be_true_is_refused_in_words_and_kept_on_the_page(service, browser, facts, status, says):
    answer = credit(browser, service, note="", other_site="Typed before.", **facts)

    assert (answer.status_code, says in answer.text) == (status, True)
    assert "Typed before." in answer.text
    assert service.service_records == []


def test_more_than_was_owed_goes_with_a_note(service, browser):
    credit(browser, service, amount="21", note="Stayed to clean up.")

    assert (service.amount_done, service.state) == (1260, m.ObligationState.MET)


def test_a_guardian_who_coordinates_does_not_credit_their_own_child(court, case, service, sign_in):
    guardian = case.respondent.guardians[0]
    own = sign_in(make.user(court, "Renee Tate", Role.COORDINATOR, person=guardian))

    page, answer = own.get(f"/obligations/{service.id}").text, credit(own, service)

    assert "Nobody credits their own hours." in page
    assert (answer.status_code, service.service_records) == (409, [])


def test_the_same_form_sent_twice_counts_once(service, browser):
    credit(browser, service, request_id="one")
    credit(browser, service, request_id="one")

    assert service.amount_done == 300


# Excusing, more time


def test_excusing_takes_a_reason(service, browser):
    refused = browser.post(f"/obligations/{service.id}/excusal", data={"reason": ""})
    browser.post(f"/obligations/{service.id}/excusal", data={"reason": "Moved away."})

    assert (refused.status_code, service.state, service.excusal.reason) == (
        422,
        m.ObligationState.EXCUSED,
        "Moved away.",
    )


def test_more_time_takes_a_later_day_and_a_reason(service, browser):
    was, later = service.due_on, service.due_on + timedelta(days=14)

    refused = browser.post(f"/obligations/{service.id}/extension", data={"due_on": was, "reason": "Ill."})
    browser.post(f"/obligations/{service.id}/extension", data={"due_on": later, "reason": "Ill."})

    assert (refused.status_code, "not later than the old one" in refused.text) == (409, True)
    assert service.due_on == later


def test_what_is_overdue_says_so(service, cast, sign_in):
    with clock.at(make.SATURDAY + timedelta(days=100)):
        page = sign_in(cast.cora).get(f"/obligations/{service.id}").text

    assert "Overdue" in page
