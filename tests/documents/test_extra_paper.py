"""Papers that only one court has, in its own words."""

import pytest

from tests import make
from tests.documents.conftest import printed
from tests.refusals import refused
from youthcourt import models as m
from youthcourt.documents.intake.extra_paper import extra_paper
from youthcourt.documents.paper import html_of

WORDS = "{respondent} needs a ride on {hearing_day}.\n\n- **Call** {court_phone}"


@pytest.fixture
def ride(court, cast):
    return m.ExtraPaper.add(
        court,
        by=cast.cora,
        name="Ride to court",
        name_es="Viaje",
        words=WORDS,
        words_es="{respondent} necesita transporte.",
        is_signed_by_family=True,
    )


@pytest.fixture
def case(court, cast):
    return make.admitted(court, cast.cora)


def test_it_says_the_courts_words_with_the_facts_of_the_case(ride, case, cast, court):
    make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)

    paper = extra_paper(ride, case)
    text = printed(paper).text

    assert "Jordan Tate needs a ride on Saturday, March 7, 2026." in text
    assert ("Call 555-0100" in text, "Parent or guardian: Renee Tate" in text) == (True, True)
    assert paper.missing == []


def test_what_the_case_does_not_have_yet_is_a_blank_and_is_listed(ride, case):
    paper = extra_paper(ride, case)

    assert paper.missing == ["The day of the hearing"]
    assert html_of(paper)[0].count('class="blank') == 1


def test_a_family_reads_it_in_spanish_where_it_has_spanish_words(ride, case):
    case.respondent.language = "es"

    spanish = extra_paper(ride, case)
    ride.words_es = ""
    english = extra_paper(ride, case)

    assert (spanish.language, spanish.title, english.language) == ("es", "Viaje", "en")


def test_a_place_that_nothing_fills_is_refused_beside_its_field(ride, court, cast):
    facts = {"name": "Ride to court", "name_es": "", "words_es": "", "is_signed_by_family": False}

    no = refused(ride.change, by=cast.cora, words="Bring {money}.", **facts)

    assert no.startswith("There is no fact called {money}. You can use {number}, {respondent}")
    assert ride.words == WORDS


def test_a_coordinator_prints_it_from_the_case(ride, case, cast, sign_in, court):
    court.session.commit()
    browser = sign_in(cast.cora)

    listed = browser.get(f"/papers/of-case/{case.id}").text
    answer = browser.get(f"/papers/own/{ride.id}/{case.id}")

    assert ("Ride to court" in listed, answer.mimetype) == (True, "application/pdf")
    assert sign_in(cast.judy).get(f"/papers/own/{ride.id}/{case.id}").status_code == 403
