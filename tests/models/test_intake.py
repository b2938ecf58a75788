"""The interview, and the agreement of the young person and of a guardian."""

from datetime import timedelta

import pytest

from tests import make
from tests.refusals import refused, refused_beside
from youthcourt import clock
from youthcourt import models as m

S = m.CaseStage
YOUTH, GUARDIAN = m.Party.YOUTH, m.Party.GUARDIAN


@pytest.fixture
def case(court, cast):
    """A case whose interview was held."""
    case = make.accepted(court, cast.cora)
    case.hold_intake(make.interview(case), by=cast.cora)
    return case


def test_the_interview_is_kept_with_who_held_it(court, cast, logged):
    case = make.accepted(court, cast.cora)
    so_far = len(logged())

    case.hold_intake(make.interview(case), by=cast.cora)

    assert (case.stage, case.interview.strengths, case.interview.held_by) == (
        S.INTAKE_HELD,
        "Draws; looks after a brother.",
        cast.cora,
    )
    assert logged()[so_far:] == [("case.intake_held", cast.cora, {"held_on": "2026-03-07"})]


def test_an_interview_is_not_written_down_before_it_was_held(court, cast):
    case = make.accepted(court, cast.cora)
    interview = make.interview(case)
    interview.held_on = court.today + timedelta(days=1)

    assert refused_beside(case.hold_intake, interview, by=cast.cora) == (
        "held_on",
        "The interview is written down once it has been held.",
    )


@pytest.mark.parametrize("order", [(YOUTH, GUARDIAN), (GUARDIAN, YOUTH)])
def test_both_agreements_in_either_order_admit_the_case(case, cast, order):
    stages = []
    for party in order:
        case.agree(make.agreement(case, party), by=cast.cora)
        stages.append(case.stage)

    assert stages == [S.INTAKE_HELD, S.ADMITTED]


def test_an_agreement_keeps_who_when_how_and_who_took_it(case, cast, logged):
    so_far = len(logged())

    case.agree(make.agreement(case, YOUTH), by=cast.cora)

    kept = case.agreement_of(YOUTH)
    assert (kept.person, kept.signed_on, kept.how, kept.kept_by, kept.kept_at) == (
        case.respondent,
        case.court.today,
        m.HowSigned.IN_PERSON,
        cast.cora,
        clock.now(),
    )
    assert logged()[so_far:] == [
        ("case.agreed", cast.cora, {"party": "youth", "how": "in_person", "signed_on": "2026-03-07"})
    ]


POINTS = ("waives_rights", "releases_report", "promises_confidentiality")
EACH_POINT = "Each point of the agreement has to be agreed to."


@pytest.mark.parametrize("party", m.Party)
@pytest.mark.parametrize("point", POINTS)
def test_each_point_has_to_be_agreed_to(case, cast, party, point):
    agreement = make.agreement(case, party)
    setattr(agreement, point, False)

    assert refused(case.agree, agreement, by=cast.cora) == EACH_POINT


def test_the_young_person_has_to_admit_it(case, cast):
    agreement = make.agreement(case, YOUTH)
    agreement.admits = False

    assert refused(case.agree, agreement, by=cast.cora) == (
        "Without the admission the case cannot be heard here."
    )


def test_a_guardian_need_not_say_that_the_young_person_did_it(case, cast):
    agreement = make.agreement(case, GUARDIAN)
    agreement.admits = False

    case.agree(agreement, by=cast.cora)

    assert case.agreement_of(GUARDIAN) is agreement


def test_nobody_signs_for_the_young_person(case, cast):
    agreement = make.agreement(case, YOUTH)
    agreement.person = case.respondent.guardians[0]

    assert refused(case.agree, agreement, by=cast.cora) == "The young person signs for themselves."


def test_the_young_person_does_not_sign_as_guardian(case, cast):
    agreement = make.agreement(case, GUARDIAN)
    agreement.person = case.respondent

    assert refused(case.agree, agreement, by=cast.cora) == (
        "Only a guardian of this young person can sign as guardian."
    )


def test_a_guardian_whose_time_has_ended_does_not_sign(case, cast):
    agreement = make.agreement(case, GUARDIAN)
    case.respondent.guardianships[0].ended_on = case.court.today

    assert refused(case.agree, agreement, by=cast.cora) == (
        "Only a guardian of this young person can sign as guardian."
    )


def test_nobody_agrees_twice(case, cast):
    case.agree(make.agreement(case, YOUTH), by=cast.cora)

    assert refused(case.agree, make.agreement(case, YOUTH), by=cast.cora) == (
        "This agreement is already kept."
    )


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (1, "The day of signing is in the future."),
        (-6, "The day of signing is before the incident."),
    ],
)
def test_the_day_of_signing_lies_between_the_incident_and_today(case, cast, days, sentence):
    agreement = make.agreement(case, YOUTH)
    agreement.signed_on += timedelta(days=days)

    assert refused(case.agree, agreement, by=cast.cora) == sentence


def test_an_agreement_signed_on_the_day_of_the_incident_counts(case, cast):
    agreement = make.agreement(case, YOUTH)
    agreement.signed_on = case.referral.incident_on

    case.agree(agreement, by=cast.cora)

    assert case.agreement_of(YOUTH) is agreement


@pytest.mark.parametrize("only", m.Party)
def test_no_hearing_is_set_with_one_agreement(court, case, cast, only):
    case.agree(make.agreement(case, only), by=cast.cora)
    day = make.court_session(court, cast.cora)

    assert refused_beside(day.place_hearing, case, day.blocks[0], day.rooms[0], cast.judy, by=cast.cora) == (
        "case",
        "Both agreements, the young person's and a guardian's, have to be signed before a hearing is set.",
    )


def test_a_refused_agreement_is_not_kept(case, cast, session):
    agreement = make.agreement(case, YOUTH)
    agreement.admits = False

    refused(case.agree, agreement, by=cast.cora)

    session.flush()
    assert (case.agreements, session.query(m.Agreement).count()) == ([], 0)
