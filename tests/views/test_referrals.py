"""Receiving a referral through its page."""

import pytest

from tests import make
from youthcourt import models as m
from youthcourt.permissions import Role


def typed(court, **facts):
    """A referral as it is typed."""
    return {
        "agency": court.agencies[0].id,
        "referring_person": "Officer Bell",
        "agency_reference": "HP-77",
        "referred_on": "2026-03-06",
        "offence": next(each.id for each in court.offences if each.name == "Shoplifting"),
        "incident_on": "2026-03-02",
        "incident_place": "Main Street",
        "narrative": "Took a jacket from a store.",
        "companions": "Lee Moss\n\n  Kai Reed  \n",
        "given_name": "Jordan",
        "family_name": "Tate",
        "born_on": "2011-02-03",
        "gender": "girl",
        "race": "Black or African American",
        "ethnicity": "Not Hispanic or Latino",
        "language": "en",
        "mailing_address": "5 Elm Street\nHarbor, NC",
        "phone": "555-0111",
        "email": "jordan@example.org",
        "school": make.school(court, "Lincoln High").id,
        "school_at_incident": make.school(court, "Harbor Middle").id,
        "guardians-0-given_name": "Renee",
        "guardians-0-family_name": "Tate",
        "guardians-0-relation": "mother",
        "guardians-0-same_address": "y",
        "guardians-0-language": "es",
        "guardians-0-needs_interpreter": "y",
        "guardians-1-language": "en",
        "harmed-0-name": "Corner Shop",
        "harmed-0-is_place": "y",
        "harmed-0-wants_apology": "y",
        "harmed-0-wants_outcome": "y",
        **facts,
    }


@pytest.fixture
def browser(sign_in, cast):
    return sign_in(cast.cora)


def case_of(session, number="YC-2026-0001"):
    return session.query(m.Case).filter_by(number=number).one_or_none()


def test_the_page_offers_the_courts_own_lists(browser, court):
    page = browser.get("/referrals/new").get_data(as_text=True)

    assert all(words in page for words in ("Harbor Police", "Shoplifting (class B)", "Lincoln High"))
    assert "Arson (class A), not on this court" in page
    assert "This is another incident" not in page


def test_a_referral_opens_a_case_with_everything_that_was_typed(browser, court, session):
    answer = browser.post("/referrals/new", data=typed(court))

    case = case_of(session)
    assert answer.headers["Location"] == f"/cases/{case.id}"
    referral, respondent = case.referral, case.respondent
    assert (referral.agency_reference, referral.incident_place) == ("HP-77", "Main Street")
    assert referral.school_at_incident.name == "Harbor Middle"
    assert (respondent.name, respondent.gender, respondent.race, respondent.ethnicity) == (
        "Jordan Tate",
        "girl",
        "Black or African American",
        "Not Hispanic or Latino",
    )
    assert respondent.school.name == "Lincoln High"
    assert [other.name for other in case.companions] == ["Lee Moss", "Kai Reed"]


def test_a_guardian_at_the_same_address_gets_it_and_an_empty_part_counts_for_nothing(browser, court, session):
    browser.post("/referrals/new", data=typed(court))

    (stands,) = case_of(session).respondent.guardianships
    guardian = stands.guardian
    assert (guardian.name, stands.relation, guardian.language) == ("Renee Tate", "mother", "es")
    assert (guardian.needs_interpreter, guardian.mailing_address) == (True, "5 Elm Street\nHarbor, NC")


def test_a_second_guardian_keeps_an_address_of_their_own(browser, court, session):
    second = {
        "guardians-1-given_name": "Ali",
        "guardians-1-family_name": "Tate",
        "guardians-1-mailing_address": "9 Oak Road",
    }

    browser.post("/referrals/new", data=typed(court, **second))

    addresses = {each.given_name: each.mailing_address for each in case_of(session).respondent.guardians}
    assert addresses == {"Renee": "5 Elm Street\nHarbor, NC", "Ali": "9 Oak Road"}


def test_a_shop_that_was_harmed_is_no_person_and_keeps_its_wishes(browser, court, session):
    browser.post("/referrals/new", data=typed(court))

    (harmed,) = case_of(session).persons_harmed
    assert (harmed.name, harmed.person) == ("Corner Shop", None)
    wishes = (harmed.wants_notice, harmed.wants_to_speak, harmed.wants_apology, harmed.wants_outcome)
    assert wishes == (False, False, True, True)


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(browser, court, session):
    answer = browser.post("/referrals/new", data=typed(court, family_name=" ", offence=""))

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="family_name-error"' in page
    assert 'id="offence-error"' in page
    assert "Officer Bell" in page
    assert case_of(session) is None


def test_a_guardian_without_a_first_name_is_asked_for(browser, court):
    facts = typed(court, **{"guardians-0-given_name": ""})

    answer = browser.post("/referrals/new", data=facts)

    assert answer.status_code == 422
    assert 'id="guardians-0-given_name-error"' in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"incident_on": "2026-03-07"}, "incident_on"),
        ({"referred_on": "2026-03-08"}, "referred_on"),
        ({"born_on": "2016-03-08"}, "born_on"),
        ({"born_on": "2000-01-01"}, "born_on"),
    ],
)
def test_a_rule_of_the_court_is_said_beside_the_field_that_breaks_it(browser, court, session, facts, field):
    answer = browser.post("/referrals/new", data=typed(court, **facts))

    assert answer.status_code == 409
    assert f'id="{field}-error"' in answer.get_data(as_text=True)
    assert case_of(session) is None


def test_the_same_incident_twice_asks_and_goes_through_when_it_is_another(browser, court, session):
    browser.post("/referrals/new", data=typed(court))

    asked = browser.post("/referrals/new", data=typed(court))
    answered = browser.post("/referrals/new", data=typed(court, knows_it_is_new="y"))

    assert asked.status_code == 409
    assert 'id="knows_it_is_new"' in asked.get_data(as_text=True)
    assert answered.status_code == 302
    assert case_of(session, "YC-2026-0002").respondent is case_of(session).respondent


def test_sending_the_same_form_twice_opens_one_case(browser, court, session):
    facts = typed(court, request_id="once", knows_it_is_new="y")

    first = browser.post("/referrals/new", data=facts)
    second = browser.post("/referrals/new", data=facts)

    assert first.headers["Location"] == second.headers["Location"]
    assert session.query(m.Case).count() == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [("cora", 200), ("judy", 403), ("ada", 403), ("juror", 403), ("family", 403), ("nobody", 302)],
)
def test_who_may_receive_a_referral(who, status, cast, court, sign_in, client):
    people = {
        "juror": lambda: make.juror_user(court, cast.jurors[0]),
        "family": lambda: make.user(court, "Renee Tate", Role.FAMILY),
    }
    reader = None if who == "nobody" else people.get(who, lambda: getattr(cast, who))()

    browser = sign_in(reader) if reader else client

    assert browser.get("/referrals/new").status_code == status
