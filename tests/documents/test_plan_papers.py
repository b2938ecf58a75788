"""Papers of a plan: what they say of a typical case, fact by fact, and what they leave out."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.documents.conftest import printed
from tests.documents.of_plans import gone_back
from tests.refusals import refused
from youthcourt import clock
from youthcourt import models as m
from youthcourt.documents.completion.obligation_plan import obligation_plan
from youthcourt.documents.completion.owed import MOST_MONTHS, months, quarters_of
from youthcourt.documents.completion.plan_letters import progress_letter, warning
from youthcourt.documents.completion.referrer_reports import noncompliance_report, return_to_referrer
from youthcourt.documents.completion.site_letter import site_letter
from youthcourt.documents.completion.time_sheet import time_sheet
from youthcourt.documents.completion.writing import apology_guide, cover_sheet, essay_guide
from youthcourt.documents.decision.appeal_form import appeal_form
from youthcourt.documents.handing_out import hand_out
from youthcourt.documents.paper import LETTERHEAD_NAMES, html_of

DUE = date(2026, 6, 5)
LATER = make.SATURDAY + timedelta(days=14)
TOO_LATE = make.SATURDAY + timedelta(days=93)
SERVICE = {"activity": "Community service", "kind": "service", "unit": "minutes", "owed": 1200, "due_on": DUE}
JURY = {"activity": "Jury duty", "kind": "jury_duty", "unit": "sittings", "owed": 2, "done": 0, "left": 2}
JURY |= {"due_on": DUE, "is_open": True}


@pytest.fixture
def case(court, cast):
    """Twenty hours and two sittings are owed; six and a half hours are done, two weeks later."""
    case = make.signed(make.proposed(make.held(court, cast)), cast.judy).case
    with clock.at(LATER):
        owed(case, "service").credit(
            390, done_on=court.today, vouched_by="Sister Ruth", by=cast.cora, site="Food pantry"
        )
    return case


def owed(case, kind):
    return next(each for each in case.obligations if each.activity.kind == kind)


def facts(paper):
    """What a paper says, without its letterhead."""
    return {key: fact for key, fact in paper.facts.items() if key not in LETTERHEAD_NAMES}


def begun(**more):
    return {**SERVICE, "done": 390, "left": 810, "is_open": True, "is_late": False, **more}


# The plan to hang up


def test_the_plan_says_what_by_when_and_marks_the_days(case):
    with clock.at(LATER):
        paper = obligation_plan(case)

    told = facts(paper)
    shown = told.pop("months")
    assert told == {
        "number": "YC-2026-0001",
        "given_name": {"name": "Jordan", "lang": "en"},
        "agency": "Harbor Police",
        "items": [begun(days_in_court=[]), {**JURY, "is_late": False, "days_in_court": []}],
        "quarters": [],
        "last_due_on": DUE,
    }
    assert [month["first"] for month in shown] == [date(2026, number, 1) for number in (3, 4, 5, 6)]
    marked = [place for week in shown[-1]["weeks"] for place in week if place and place["marks"]]
    assert marked == [{"day": 5, "marks": [{"kind": "due", "says": "1"}, {"kind": "due", "says": "2"}]}]
    assert paper.missing == []


def test_a_court_that_goes_by_quarters_shows_three_days_on_the_way(case):
    case.court.goes_by_quarters = True

    paper = obligation_plan(case)

    assert [(step["part"], step["on"], step["amount"]) for step in paper.facts["quarters"][0]["steps"]] == [
        ("¼", date(2026, 3, 29), 300),
        ("½", date(2026, 4, 21), 600),
        ("¾", date(2026, 5, 13), 900),
    ]
    assert [each["activity"] for each in paper.facts["quarters"]] == ["Community service"]
    assert quarters_of(owed(case, "jury_duty")) == []


def test_a_day_in_court_stands_in_the_calendar(case, cast):
    juror = m.Juror.enrol(case.respondent, by=cast.cora)
    juror.train(held_on=case.court.today, minutes=120, by=cast.cora)
    day = make.court_session(case.court, cast.cora, held_on=date(2026, 4, 11))
    m.Sitting.book(juror, day, by=cast.cora, obligation=owed(case, "jury_duty"))
    make.db.session.flush()

    paper = obligation_plan(case)

    april = paper.facts["months"][1]
    assert [place for week in april["weeks"] for place in week if place and place["marks"]] == [
        {"day": 11, "marks": [{"kind": "sits", "says": "J"}]}
    ]


def test_a_calendar_has_whole_weeks_and_an_end():
    shown = months(date(2026, 2, 10), date(2031, 2, 10), {})

    assert len(shown) == MOST_MONTHS
    assert {len(week) for month in shown for week in month["weeks"]} == {7}
    assert shown[0]["weekdays"][0] == date(2026, 2, 1)  # a Sunday
    assert [place["day"] for week in shown[0]["weeks"] for place in week if place] == list(range(1, 29))


def test_a_case_without_a_plan_prints_a_blank_and_lists_it(court, cast):
    paper = obligation_plan(make.admitted(court, cast.cora))

    assert paper.missing == ["What has to be done"]
    assert "blank wide" in html_of(paper)[0]


# Hours


def test_the_sheet_for_hours_names_nobody_in_full_and_tells_no_offence(case):
    paper = time_sheet(owed(case, "service"))

    told = facts(paper)
    assert told.pop("square")["width"] > 20
    assert told == {
        "number": "YC-2026-0001",
        "worker": {"name": "Jordan T.", "lang": "en"},
        "activity": "Community service",
        "unit": "minutes",
        "owed": 1200,
        "left": 810,
        "due_on": DUE,
        "rows": 7,
    }


def test_what_is_not_counted_in_hours_has_no_sheet_and_no_letter(case):
    duty = owed(case, "jury_duty")

    assert refused(time_sheet, duty) == "A time sheet is for what is counted in hours."
    assert refused(site_letter, duty) == "A letter to a service place is about hours."


def test_a_service_place_learns_who_comes_and_never_why(case, cast):
    site = case.court.sites[0]
    site.address, site.contact = "3 Oak Street\nHarbor", "Sister Ruth\n555-0177"

    with clock.at(LATER):
        paper = site_letter(owed(case, "service"), by=cast.cora)

    assert facts(paper) == {
        "dated": date(2026, 3, 21),
        "number": "YC-2026-0001",
        "site": "Food pantry",
        "recipients": [{"name": "Food pantry", "lang": "en"}, {"name": "Sister Ruth", "lang": "en"}],
        "address": ["3 Oak Street", "Harbor"],
        "worker": {"name": "Jordan T.", "lang": "en"},
        "activity": "Community service",
        "unit": "minutes",
        "left": 810,
        "due_on": DUE,
        "signed_by": "Cora Diaz",
    }
    assert paper.missing == []
    (said,) = html_of(paper)
    assert [word for word in ("Tate", "Shoplifting", "jacket", "hearing", "panel") if word in said] == []


def test_a_court_with_several_places_writes_the_address_by_hand_at_first(court, cast):
    make.db.session.add(m.ServiceSite(court=court, name="Library"))
    case = make.signed(make.proposed(make.held(court, cast)), cast.judy).case
    make.db.session.refresh(court)

    paper = site_letter(owed(case, "service"))

    assert paper.missing == [
        "The service place",
        "The address of the service place",
        "Who signs the letter",
    ]


# What is written


@pytest.fixture
def essay(case):
    due = {"amount_owed": 1, "due_on": DUE, "order": case.order, "builds": "Thinks ahead."}
    essay = m.Obligation(court=case.court, case=case, activity=make.activity(case.court, "essay"), **due)
    make.db.session.add(essay)
    make.db.session.flush()
    return essay


def test_a_guide_says_nothing_of_any_case(essay, court):
    for guide in (apology_guide(essay), essay_guide(essay)):
        assert facts(guide) == {}
        assert guide.reference == court.case_prefix
        (said,) = html_of(guide)
        assert [word for word in ("Jordan", "Tate", "YC-2026") if word in said] == []


def test_a_cover_sheet_says_whose_pages_these_are_and_misses_the_topic(essay, case):
    paper = cover_sheet(essay)

    assert facts(paper) == {
        "number": "YC-2026-0001",
        "respondent": {"name": "Jordan Tate", "lang": "en"},
        "kind": "essay",
        "activity": "Essay",
        "topic": None,
        "builds": "Thinks ahead.",
        "due_on": DUE,
    }
    assert paper.missing == ["The topic of the essay"]
    assert refused(cover_sheet, owed(case, "service")) == "A cover sheet is for an essay or an apology."


# Letters


def test_a_progress_letter_says_what_is_done_what_is_open_and_what_comes_next(case, cast, essay):
    with clock.at(LATER):
        essay.credit(1, done_on=case.court.today, vouched_by="Ms. Lee", by=cast.cora)
        paper = progress_letter(case, by=cast.cora)

    essay_done = {"activity": "Essay", "kind": "essay", "unit": "pieces", "owed": 1, "done": 1, "left": 0}
    assert facts(paper) == {
        "dated": date(2026, 3, 21),
        "number": "YC-2026-0001",
        "given_name": {"name": "Jordan", "lang": "en"},
        "agency": "Harbor Police",
        "next_due_on": DUE,
        "last_due_on": DUE,
        "signed_by": "Cora Diaz",
        "done": [{**essay_done, "due_on": DUE, "is_open": False, "is_late": False}],
        "still": [begun(), {**JURY, "is_late": False}],
    }
    assert paper.copies == (
        {
            "recipients": [{"name": "Jordan Tate", "lang": "en"}, {"name": "Renee Tate", "lang": "en"}],
            "address": ["5 Elm Street", "Harbor, NC"],
        },
    )


def test_a_warning_says_what_is_late_and_by_how_much(case, cast):
    with clock.at(TOO_LATE):
        paper = warning(case, by=cast.cora)

    assert facts(paper)["late"] == [
        begun(is_late=True, days_late=3),
        {**JURY, "is_late": True, "days_late": 3},
    ]
    assert paper.missing == []
    (said,) = html_of(paper)
    assert "within seven days of Monday, June 8, 2026: 555-0100." in said
    assert "Shoplifting" not in said


def test_letters_go_to_each_household_and_hide_where_somebody_is_safe(case, cast):
    guardian = case.respondent.guardians[0]
    guardian.mailing_address = "9 Far Road\nAway"
    make.db.session.flush()

    paper = progress_letter(case, by=cast.cora)

    assert [copy["address"] for copy in paper.copies] == [
        ["5 Elm Street", "Harbor, NC"],
        ["9 Far Road", "Away"],
    ]


def test_a_letter_to_a_family_comes_in_its_language(case, cast):
    case.respondent.language = "es"

    for paper in (obligation_plan(case), progress_letter(case), warning(case), appeal_form(case.order)):
        (said,) = html_of(paper)
        assert '<html lang="es">' in said
        assert [word for word in ("Dear", "Please", "your plan", "Call us") if word in said] == []


# To the referrer


def test_the_report_states_what_was_ordered_what_was_done_and_what_the_court_did(case, cast):
    with clock.at(LATER):
        owed(case, "service").extend(date(2026, 6, 20), "Was ill.", by=cast.cora)
    with clock.at(TOO_LATE):
        to_keep = hand_out(warning(case, by=cast.cora), case, None).to_keep
        m.IssuedPaper.hand_out(case.session, to_keep, b"%PDF", cast.cora.id)
        paper = noncompliance_report(case, by=cast.cora)

    told = facts(paper)
    assert [(step["on"], str(step["what"])) for step in told.pop("steps")] == [
        (date(2026, 3, 21), "More time given: Community service, until Saturday, June 20, 2026"),
        (date(2026, 6, 8), "Letter to the family: what is late"),
    ]
    extended = {"due_on": date(2026, 6, 20), "first_due_on": DUE, "last_done_on": date(2026, 3, 21)}
    assert told == {
        "recipients": [{"name": "Harbor Police", "lang": "en"}],
        "address": ["1 Main Street", "Harbor, NC 28301"],
        "dated": date(2026, 6, 8),
        "number": "YC-2026-0001",
        "respondent": {"name": "Jordan Tate", "lang": "en"},
        "agency": "Harbor Police",
        "agency_reference": "",
        "referred_on": date(2026, 3, 7),
        "order_number": "YC-2026-0001-A",
        "ordered_on": date(2026, 3, 7),
        "items": [
            {**JURY, "is_late": True, "first_due_on": DUE, "last_done_on": None},
            begun(**extended),
        ],
        "signed_by": "Cora Diaz",
    }


def test_a_return_says_why_and_when_and_waits_until_the_case_is_returned(court, cast):
    back = gone_back(court, cast)

    paper = return_to_referrer(back, by=cast.cora)

    told = facts(paper)
    assert (told["dated"], told["closed_on"], str(told["reason"]), told["note"]) == (
        date(2026, 3, 7),
        date(2026, 3, 7),
        "Moved away",
        ["The family moved to Ohio."],
    )
    assert paper.missing == []
    assert refused(return_to_referrer, make.admitted(court, cast.cora, "Sam Dow")) == (
        "This letter can be printed once the case is returned."
    )


# To ask the judge again


def test_the_form_names_each_part_the_day_and_the_place(case):
    paper = appeal_form(case.order)

    assert facts(paper) == {
        "number": "YC-2026-0001-A",
        "case_number": "YC-2026-0001",
        "respondent": {"name": "Jordan Tate", "lang": "en"},
        "guardians": [{"name": "Renee Tate", "lang": "en"}],
        "judge": "Judy Okafor",
        "signed_on": date(2026, 3, 7),
        "until": date(2026, 3, 13),
        "items": [
            {"activity": "Community service", "amount": 1200, "unit": "minutes", "due_on": DUE},
            {"activity": "Jury duty", "amount": 2, "unit": "sittings", "due_on": DUE},
        ],
    }


def test_a_court_without_such_days_says_so_before_printing(case):
    case.court.days_to_appeal = 0

    assert appeal_form(case.order).missing == [
        "This court's rules give no days in which to ask the judge to look again."
    ]


def test_a_plan_is_one_that_a_reader_who_hears_it_can_follow(case):
    with clock.at(LATER):
        text = printed(obligation_plan(case)).text

    assert "1 Community service 20 hours 13.5 hours Friday, June 5, 2026" in text
    assert "Call us before the day has passed: 555-0100" in text
