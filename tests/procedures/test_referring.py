"""Receiving a referral: what is kept, what is refused, who is taken to be whom."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests import make
from tests.refusals import refused_beside
from youthcourt import models as m
from youthcourt.permissions import Role
from youthcourt.procedures.intake import referring
from youthcourt.procedures.intake.referring import (
    GuardianFacts,
    HarmedFacts,
    PersonFacts,
    ReferralFacts,
)
from youthcourt.procedures.jury import seating


def whole_referral(court):
    lincoln = make.school(court, "Lincoln High")
    return ReferralFacts(
        agency=court.agencies[0],
        referring_person="Officer Lee",
        referring_contact="555-0199",
        agency_reference="HP-26-118",
        referred_on=date(2026, 3, 6),
        incident_on=date(2026, 2, 27),
        incident_place="Main Street",
        offence=next(each for each in court.offences if each.name == "Shoplifting"),
        narrative="Took a jacket from a store.",
        school_at_incident=make.school(court, "Harbor Middle"),
        respondent=PersonFacts(
            "Zoë",
            "Nguyễn",
            born_on=date(2011, 2, 3),
            gender="girl",
            race="Asian",
            ethnicity="Not Hispanic",
            language="vi",
            needs_interpreter=True,
            mailing_address="5 Elm Street",
            phone="555-0111",
            email="zoe@example.org",
            school=lincoln,
        ),
        guardians=[
            GuardianFacts("Linh", "Nguyễn", mailing_address="9 Oak Street", language="vi", relation="mother")
        ],
        companions=["Kim Roe"],
        harmed=[
            HarmedFacts("Corner Store", is_person=False, contact="555-0133", wants_notice=True),
            HarmedFacts("Pat Ito", wants_to_speak=True, wants_apology=True, wants_outcome=True),
        ],
    )


def kept(record, *names):
    return {name: getattr(record, name) for name in names}


def test_a_referral_keeps_the_incident_as_it_was_told(court, cast):
    facts = whole_referral(court)

    case = referring.receive_referral(court, facts, by=cast.cora)

    told = [
        "agency",
        "referring_person",
        "referring_contact",
        "agency_reference",
        "referred_on",
        "incident_on",
        "incident_place",
        "narrative",
        "school_at_incident",
    ]
    assert kept(case.referral, *told) == kept(facts, *told)
    assert kept(case, "number", "stage", "stage_since", "offence", "decide_by", "intake_by") == {
        "number": "YC-2026-0001",
        "stage": m.CaseStage.REFERRED,
        "stage_since": date(2026, 3, 7),
        "offence": facts.offence,
        "decide_by": date(2026, 3, 27),  # fifteen business days after Friday the 6th
        "intake_by": None,
    }


def test_a_referral_keeps_the_young_person_and_who_stands_for_them(court, cast):
    facts = whole_referral(court)

    respondent = referring.receive_referral(court, facts, by=cast.cora).respondent

    told = [
        "given_name",
        "family_name",
        "born_on",
        "gender",
        "race",
        "ethnicity",
        "language",
        "needs_interpreter",
        "mailing_address",
        "phone",
        "email",
        "school",
    ]
    assert kept(respondent, *told) == kept(facts.respondent, *told)
    assert [(g.guardian.name, g.relation, g.guardian.mailing_address) for g in respondent.guardianships] == [
        ("Linh Nguyễn", "mother", "9 Oak Street")
    ]


def test_a_referral_keeps_who_was_hurt_and_what_each_wishes(court, cast):
    case = referring.receive_referral(court, whole_referral(court), by=cast.cora)

    wishes = ("name", "contact", "wants_notice", "wants_to_speak", "wants_apology", "wants_outcome")
    store, pat = case.persons_harmed
    assert kept(store, "person", *wishes) == {
        "person": None,
        "name": "Corner Store",
        "contact": "555-0133",
        "wants_notice": True,
        "wants_to_speak": False,
        "wants_apology": False,
        "wants_outcome": False,
    }
    assert kept(pat, *wishes) == {
        "name": "Pat Ito",
        "contact": "",
        "wants_notice": False,
        "wants_to_speak": True,
        "wants_apology": True,
        "wants_outcome": True,
    }
    assert pat.person.name == "Pat Ito"


def test_receiving_a_referral_writes_one_line(court, cast, logged):
    case = referring.receive_referral(court, whole_referral(court), by=cast.cora)

    assert logged() == [
        ("referral.received", cast.cora, {"agency": "Harbor Police", "incident_on": "2026-02-27"})
    ]
    assert case.session.scalars(select(m.AuditEvent.case_id).order_by(m.AuditEvent.id.desc())).first() == (
        case.id
    )


REFUSALS = {
    "incident after referral": (
        {"referred_on": date(2026, 3, 2), "incident_on": date(2026, 3, 3)},
        ("incident_on", "The incident cannot be later than the referral."),
    ),
    "referral in the future": (
        {"referred_on": date(2026, 3, 8)},
        ("referred_on", "The referral is dated in the future."),
    ),
    "no birth date": ({"born_on": None}, ("born_on", "The court has to know the birth date.")),
    "a day too young": (
        {"born_on": date(2015, 3, 3), "incident_on": date(2026, 3, 2)},
        ("born_on", "Was 10 on the day of the incident; this court hears ages 11 to 17."),
    ),
    "a day too old": (
        {"born_on": date(2008, 3, 2), "incident_on": date(2026, 3, 2)},
        ("born_on", "Was 18 on the day of the incident; this court hears ages 11 to 17."),
    ),
    "born on a leap day, eighteen on March 1": (
        {"born_on": date(2008, 2, 29), "incident_on": date(2026, 3, 1)},
        ("born_on", "Was 18 on the day of the incident; this court hears ages 11 to 17."),
    ),
}


@pytest.mark.parametrize("given", REFUSALS)
def test_a_referral_is_refused_beside_what_was_typed(court, cast, given):
    facts, expected = REFUSALS[given]

    assert (
        refused_beside(referring.receive_referral, court, make.referral_facts(court, **facts), by=cast.cora)
        == expected
    )


@pytest.mark.parametrize(
    ("born_on", "incident_on"),
    [
        (date(2015, 3, 2), date(2026, 3, 2)),  # eleven today
        (date(2008, 3, 3), date(2026, 3, 2)),  # eighteen tomorrow
        (date(2008, 2, 29), date(2026, 2, 28)),  # a leap day: seventeen until March 1
        (date(2012, 2, 29), date(2026, 3, 7)),
    ],
)
def test_the_first_and_the_last_day_of_the_courts_ages_are_inside(court, cast, born_on, incident_on):
    case = make.referred(court, cast.cora, born_on=born_on, incident_on=incident_on)

    assert case.stage is m.CaseStage.REFERRED


def test_an_incident_on_the_day_of_the_referral_is_taken(court, cast):
    case = make.referred(court, cast.cora, referred_on=court.today, incident_on=court.today)

    assert case.referral.incident_on == case.referral.referred_on


def test_the_ages_are_the_courts_own(court, cast):
    court.change({"youngest_age": 7, "oldest_age": 9}, by=cast.ada)
    facts = make.referral_facts(court, born_on=date(2011, 2, 3))

    assert refused_beside(referring.receive_referral, court, facts, by=cast.cora) == (
        "born_on",
        "Was 15 on the day of the incident; this court hears ages 7 to 9.",
    )


def test_a_refused_referral_leaves_nobody_behind(court, cast, session, logged):
    people = session.scalar(select(func.count(m.Person.id)))

    refused_beside(referring.receive_referral, court, make.referral_facts(court, born_on=None), by=cast.cora)

    assert session.scalar(select(func.count(m.Person.id))) == people
    assert logged() == []


# The same young person again


def test_the_same_incident_of_the_same_person_is_asked_about(court, cast):
    make.referred(court, cast.cora)
    again = make.referral_facts(court, name="jordan TATE")

    assert refused_beside(referring.receive_referral, court, again, by=cast.cora) == (
        "knows_it_is_new",
        "Jordan Tate already has case YC-2026-0001 for an incident on this day. "
        "If this is another incident, say so below.",
    )


def test_who_says_that_it_is_another_incident_opens_a_second_case_of_the_same_person(court, cast):
    first = make.referred(court, cast.cora)

    second = referring.receive_referral(court, make.referral_facts(court), by=cast.cora, knows_it_is_new=True)

    assert (second.number, second.respondent) == ("YC-2026-0002", first.respondent)


def test_an_incident_on_another_day_is_not_asked_about(court, cast):
    first = make.referred(court, cast.cora)

    second = make.referred(court, cast.cora, incident_on=court.today - timedelta(days=1))

    assert second.respondent is first.respondent


def test_the_same_name_with_another_birthday_is_somebody_else(court, cast):
    first = make.referred(court, cast.cora)

    second = make.referred(court, cast.cora, born_on=date(2010, 7, 1))

    assert second.respondent is not first.respondent


def test_the_same_person_before_another_court_is_not_known_here(court, cast):
    make.referred(court, cast.cora)
    bay = make.court("Bay County Youth Court")

    case = make.referred(bay, make.user(bay, "Olga Ivanova", Role.COORDINATOR))

    assert (case.number, case.respondent.court) == ("YC-2026-0001", bay)


def test_what_a_second_referral_says_of_the_family_replaces_what_was_kept(court, cast):
    first = make.referred(court, cast.cora)
    moved = PersonFacts(
        "Jordan",
        "Tate",
        born_on=date(2011, 2, 3),
        language="es",
        needs_interpreter=True,
        mailing_address="8 New Street",
        email="jordan@example.org",
        school=make.school(court, "Harbor Middle"),
    )
    facts = make.referral_facts(court, incident_on=court.today)
    facts.respondent = moved
    facts.guardians = [GuardianFacts("renee", "TATE", mailing_address="8 New Street", phone="555-0177")]

    respondent = referring.receive_referral(court, facts, by=cast.cora).respondent

    assert respondent is first.respondent
    assert kept(respondent, "language", "needs_interpreter", "mailing_address", "email", "school") == kept(
        moved, "language", "needs_interpreter", "mailing_address", "email", "school"
    )
    assert [(g.name, g.mailing_address, g.phone) for g in respondent.guardians] == [
        ("Renee Tate", "8 New Street", "555-0177")
    ]


def test_what_a_second_referral_leaves_out_stays_known(court, cast):
    first = referring.receive_referral(court, whole_referral(court), by=cast.cora)
    bare = make.referral_facts(court, incident_on=court.today, guardians=[])
    bare.respondent = PersonFacts("Zoë", "Nguyễn", born_on=date(2011, 2, 3))

    respondent = referring.receive_referral(court, bare, by=cast.cora).respondent

    assert respondent is first.respondent
    assert kept(respondent, "mailing_address", "phone", "language", "needs_interpreter", "race") == {
        "mailing_address": "5 Elm Street",
        "phone": "555-0111",
        "language": "vi",
        "needs_interpreter": True,
        "race": "Asian",
    }
    assert [guardian.name for guardian in respondent.guardians] == ["Linh Nguyễn"]


def test_a_guardian_of_the_same_name_in_another_family_stays_another_person(court, cast):
    jordan = make.referred(court, cast.cora, guardians=[GuardianFacts("Maria", "Garcia")])

    sam = make.referred(court, cast.cora, name="Sam Roy", guardians=[GuardianFacts("Maria", "Garcia")])

    assert jordan.respondent.guardians[0] is not sam.respondent.guardians[0]


# Co-respondents


def test_a_co_respondent_is_known_when_their_case_is_here_already(court, cast):
    kim = make.referred(court, cast.cora, name="Kim Roe")

    jordan = make.referred(court, cast.cora, companions=[" kim roe", "Somebody Else"])

    assert [(each.name, each.person) for each in jordan.companions] == [
        (" kim roe", kim.respondent),
        ("Somebody Else", None),
    ]


def test_a_co_respondent_is_known_when_their_own_referral_comes_later(court, cast):
    jordan = make.referred(court, cast.cora, companions=["Kim Roe"])

    kim = make.referred(court, cast.cora, name="Kim Roe")

    assert [each.person for each in jordan.companions] == [kim.respondent]


def test_a_namesake_of_another_incident_is_no_co_respondent(court, cast):
    jordan = make.referred(court, cast.cora, companions=["Kim Roe"])

    make.referred(court, cast.cora, name="Kim Roe", incident_on=court.today)

    assert [each.person for each in jordan.companions] == [None]


@pytest.mark.parametrize("named_first", [True, False])
def test_co_respondents_never_judge_each_other_whoever_named_whom(court, cast, named_first):
    """Kim names nobody; Jordan names Kim, before or after Kim's own referral came."""
    if not named_first:
        kim = make.referred(court, cast.cora, name="Kim Roe", school_name="Harbor Middle")
    jordan = make.admitted(court, cast.cora, companions=["Kim Roe"])
    if named_first:
        kim = make.referred(court, cast.cora, name="Kim Roe", school_name="Harbor Middle")
    juror = m.Juror.enrol(kim.respondent, by=cast.cora)
    juror.train(held_on=court.today, minutes=60, by=cast.cora)
    day = make.court_session(court, cast.cora)
    hearing = make.hearing(jordan, day, cast.judy, cast.cora)
    make.booked([juror], day, cast.cora)

    assert seating.Obstacle.CO_RESPONDENT in seating.bars_against(juror, hearing)


def test_who_was_hurt_never_judges_the_case_when_the_court_knows_them(court, cast):
    juror = cast.jurors[0]

    case = make.referred(court, cast.cora, harmed=[HarmedFacts("Amara Obi")])

    assert case.persons_harmed[0].person is juror.person
