"""The papers of intake and of completion, fact by fact; and what stands on none of them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests import make
from tests.documents import sets
from youthcourt import clock
from youthcourt import models as m
from youthcourt.documents.court.labels import labels_30
from youthcourt.documents.handing_out import hand_out
from youthcourt.documents.intake.agreement import agreement
from youthcourt.documents.intake.case_cover import case_cover
from youthcourt.documents.intake.intake_appointment import intake_appointment
from youthcourt.documents.intake.person_harmed import harmed_invitation, harmed_notice, impact_statement
from youthcourt.documents.paper import html_of
from youthcourt.errors import RuleBroken

LETTERHEAD = {"court_name", "court_address", "court_phone", "court_email", "printed_at", "wording", "look"}
JORDAN, RENEE = {"name": "Jordan Tate", "lang": "en"}, {"name": "Renee Tate", "lang": "en"}


def told(facts):
    return {name: fact for name, fact in facts.items() if name not in LETTERHEAD}


@pytest.fixture
def case(court, cast):
    return make.accepted(court, cast.cora)


def test_the_letter_to_the_family_says_when_and_where_they_meet(case, cast):
    sets.appointed(case, cast.cora)

    paper = intake_appointment(case)

    assert told(paper.facts) == {
        "number": "YC-2026-0001",
        "respondent": JORDAN,
        "given_name": {"name": "Jordan", "lang": "en"},
        "guardians": [RENEE],
        "agency": "Harbor Police",
        "dated": date(2026, 3, 7),
        "starts_at": datetime(2026, 3, 11, 18, 0, tzinfo=ZoneInfo("America/New_York")),
        "place": "Courthouse, room 12",
        "interpreter": None,
        "intake_by": date(2026, 4, 6),
    }
    assert paper.copies == ({"recipients": [JORDAN, RENEE], "address": ["5 Elm Street", "Harbor, NC"]},)


def test_a_family_that_was_not_asked_to_come_yet_gets_a_line_for_the_day(case):
    paper = intake_appointment(case)

    assert paper.missing == ["When you meet the family"]
    assert 'class="blank' in html_of(paper)[0]


def test_the_first_meeting_is_ahead_and_the_last_one_set_counts(case, cast, logged):
    with pytest.raises(RuleBroken):
        m.Appointment.make(case, starts_at=clock.now(), place="", by=cast.cora)
    sets.appointed(case, cast.cora)
    later = make.SATURDAY + timedelta(days=6)

    m.Appointment.make(case, starts_at=later, place="", by=cast.cora)

    assert (case.appointment.starts_at, len(case.appointments)) == (later, 2)
    assert [event for event, _by, _what in logged() if event.startswith("appointment")] == [
        "appointment.made",
        "appointment.made",
    ]


def test_the_agreement_has_a_copy_for_each_and_nobodys_address_on_anothers(case):
    case.respondent.guardians[0].mailing_address = "77 Bay Road\nHarbor"

    paper, only = agreement(case), agreement(case, to=case.respondent)

    assert paper.copies == (
        {"is_youth": True, "signer": JORDAN, "signer_address": ["5 Elm Street", "Harbor, NC"]},
        {"is_youth": False, "signer": RENEE, "signer_address": ["77 Bay Road", "Harbor"]},
    )
    assert only.copies == paper.copies[:1]
    assert (paper.is_final, only.is_final) == (True, False)


def test_who_was_hurt_learns_no_name_and_no_address_of_the_other_side(case, cast):
    hurt = sets.harmed(case)
    case.hold_intake(make.interview(case), by=cast.cora)
    for party in m.Party:
        case.agree(make.agreement(case, party), by=cast.cora)
    make.hearing(case, make.court_session(case.court, cast.cora), cast.judy, cast.cora)

    papers = [harmed_notice(hurt), impact_statement(hurt), harmed_invitation(hurt)]

    assert told(papers[2].facts) == {
        "number": "YC-2026-0001",
        "harmed": {"name": "Corner Shop, Ms. Bell", "lang": "en"},
        "agency": "Harbor Police",
        "incident_on": date(2026, 3, 2),
        "answer_by": date(2026, 3, 7),
        "dated": date(2026, 3, 7),
        "recipients": [{"name": "Corner Shop, Ms. Bell", "lang": "en"}],
        "address": ["88 Market Street", "Harbor, NC 28301"],
        "held_on": date(2026, 3, 7),
        "starts_at": datetime(2026, 3, 7, 18, 30, tzinfo=ZoneInfo("America/New_York")),
        "place": "Courthouse",
    }
    secret = ("Jordan", "Tate", "Elm Street", "Lincoln High", "jacket")
    words = " ".join(markup for paper in papers for markup in html_of(paper))
    assert [word for word in secret if word in words] == []


def test_who_did_not_ask_for_it_is_not_told_of_the_hearing(case, cast):
    hurt = sets.harmed(case, wants_notice=False, contact="555-0199")

    with pytest.raises(RuleBroken):
        harmed_invitation(hurt)
    assert impact_statement(hurt).facts["held_on"] is None
    assert "How to reach the person who was hurt" in harmed_notice(hurt).missing  # a number is no address


def test_whoever_may_only_be_reached_safely_has_no_label_and_no_address_anywhere(case, cast):
    case.hold_intake(make.interview(case), by=cast.cora)
    for party in m.Party:
        case.agree(make.agreement(case, party), by=cast.cora)
    day = make.court_session(case.court, cast.cora)
    make.hearing(case, day, cast.judy, cast.cora)
    open_labels = labels_30(day)
    m.SafeContact.note(case.respondent, "Threats.", "Call the school.", by=cast.cora)

    hidden = labels_30(day)

    assert open_labels.facts["homes"] == [
        {"people": [JORDAN, RENEE], "address": ["5 Elm Street", "Harbor, NC"]}
    ]
    assert (hidden.facts["homes"], open_labels.lacks) == ([], ())
    assert hidden.lacks == ("Case YC-2026-0001: somebody has no label. Hand theirs over at the court.",)
    assert "Elm Street" not in "".join(html_of(agreement(case)) + html_of(case_cover(case)))


def test_the_cover_says_what_is_there_what_comes_later_and_what_is_missing(case):
    assert [(str(each["what"]), each["state"]) for each in case_cover(case).facts["entries"]] == [
        ("Referral", "there"),
        ("Decision to take the case", "there"),
        ("Letter to the referrer: taken or not", "missing"),
        ("Intake interview", "later"),
        ("Agreement of the young person", "later"),
        ("Agreement of a guardian", "later"),
        ("Notice of hearing, told to the family", "later"),
        ("Hearing held", "later"),
    ]


def test_a_letter_printed_again_on_another_day_is_the_same_letter(case, cast):
    sets.appointed(case, cast.cora)
    first = hand_out(intake_appointment(case), case, None)
    m.IssuedPaper.hand_out(case.session, first.to_keep, first.content, cast.cora.id)

    with clock.at(make.SATURDAY + timedelta(days=1)):
        again = hand_out(intake_appointment(case), case, None)
    m.Appointment.make(case, make.SATURDAY + timedelta(days=6), "", by=cast.cora)
    other = hand_out(intake_appointment(case), case, None)

    assert (again.content, again.to_keep) == (first.content, {})
    assert other.to_keep["number"] == 2
