"""Deciding whether the court takes a case."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.refusals import refused_beside
from tests.stages import case_at
from youthcourt import clock
from youthcourt import models as m

S = m.CaseStage
LOOK_BACK = 365


def excluded(case):
    return [(reason, str(sentence)) for reason, sentence in case.rules_against()]


def test_accepting_keeps_the_decision_and_starts_the_clock_of_the_intake(court, cast, logged):
    case = make.referred(court, cast.cora, referred_on=date(2026, 3, 2), incident_on=date(2026, 3, 1))
    so_far = len(logged())

    case.accept(by=cast.cora)

    screening = case.screening
    assert (screening.is_accepted, screening.reason, screening.decided_by, screening.decided_at) == (
        True,
        None,
        cast.cora,
        clock.now(),
    )
    assert (case.stage, case.intake_by) == (S.INTAKE_DUE, date(2026, 4, 1))
    assert logged()[so_far:] == [("case.accepted", cast.cora, {"override_reason": "", "against": []})]


def test_declining_keeps_the_reason_and_the_note(court, cast, logged):
    case = make.referred(court, cast.cora)
    so_far = len(logged())

    case.decline(m.DeclineReason.NO_CONTACT, note="Called three times.", by=cast.cora)

    screening = case.screening
    assert (screening.is_accepted, screening.reason, screening.note, screening.decided_by) == (
        False,
        m.DeclineReason.NO_CONTACT,
        "Called three times.",
        cast.cora,
    )
    assert (case.stage, case.closure.outcome, case.closure.reason) == (
        S.DECLINED,
        m.Outcome.DECLINED,
        m.ClosureReason.NO_CONTACT,
    )
    assert logged()[so_far:] == [
        ("case.declined", cast.cora, {"reason": "no_contact", "note": "Called three times."})
    ]


@pytest.mark.parametrize("stage", [S.INTAKE_DUE, S.INTAKE_HELD])
def test_declining_after_acceptance_leaves_the_acceptance_as_it_was(court, cast, stage):
    case = case_at(stage, court, cast)

    case.decline(m.DeclineReason.NO_ADMISSION, note="", by=cast.cora)

    assert (case.screening.is_accepted, case.closure.reason) == (True, m.ClosureReason.NO_ADMISSION)


def test_another_reason_has_to_be_written(court, cast):
    case = make.referred(court, cast.cora)

    assert refused_beside(case.decline, m.DeclineReason.OTHER, note=" ", by=cast.cora) == (
        "note",
        "Write what the other reason is.",
    )


def test_a_case_that_no_rule_excludes_has_nothing_against_it(court, cast):
    assert excluded(make.referred(court, cast.cora)) == []


def test_each_rule_that_excludes_is_said_in_words(court, cast):
    case = make.referred(court, cast.cora, offence="Arson")
    court.change({"youngest_age": 16, "oldest_age": 17}, by=cast.ada)

    assert excluded(case) == [
        (m.DeclineReason.TOO_YOUNG, "Was 15 on the day of the incident."),
        (m.DeclineReason.OFFENCE_EXCLUDED, "Arson is not on this court's list."),
    ]


def test_the_age_that_counts_is_that_of_the_incident(court, cast):
    case = make.referred(court, cast.cora, born_on=date(2008, 3, 7), incident_on=date(2026, 3, 6))

    assert (case.respondent.age_on(court.today), excluded(case)) == (18, [])


def test_somebody_too_old_for_the_court_is_excluded_by_age(court, cast):
    case = make.referred(court, cast.cora)
    court.change({"oldest_age": 14}, by=cast.ada)

    assert excluded(case) == [(m.DeclineReason.TOO_OLD, "Was 15 on the day of the incident.")]


def test_accepting_against_a_rule_needs_a_written_reason(court, cast):
    case = make.referred(court, cast.cora, offence="Arson")

    assert refused_beside(case.accept, by=cast.cora, override_reason="  ") == (
        "override_reason",
        "A rule of this court excludes this case: Arson is not on this court's list. "
        "Write why you accept it anyway.",
    )


def test_the_written_reason_lets_it_through_and_is_kept(court, cast, logged):
    case = make.referred(court, cast.cora, offence="Arson")
    so_far = len(logged())

    case.accept(by=cast.cora, override_reason="A scorched bin, no more.")

    assert (case.stage, case.screening.override_reason) == (S.INTAKE_DUE, "A scorched bin, no more.")
    assert logged()[so_far:] == [
        (
            "case.accepted",
            cast.cora,
            {"override_reason": "A scorched bin, no more.", "against": ["offence_excluded"]},
        )
    ]


def test_the_offence_list_is_the_courts_own(court, cast):
    case = make.referred(court, cast.cora, offence="Arson")
    case.offence.is_accepted = True

    assert excluded(case) == []


# Earlier participation


def ended(court, cast, days_ago):
    """A case of Jordan Tate that was returned so many days ago."""
    with clock.at(make.SATURDAY - timedelta(days=days_ago)):
        case = make.admitted(court, cast.cora, referred_on=court.today, incident_on=court.today)
        case.return_to_referrer(m.ClosureReason.MOVED, note="Left.", by=cast.cora)
    return case


@pytest.mark.parametrize(("days_ago", "counts"), [(1, True), (LOOK_BACK - 1, True), (LOOK_BACK, False)])
def test_an_earlier_case_counts_until_the_courts_days_are_over(court, cast, days_ago, counts):
    earlier = ended(court, cast, days_ago)

    case = make.referred(court, cast.cora)

    assert case.earlier_participation() is (earlier if counts else None)


def test_the_days_count_back_from_the_referral(court, cast):
    ended(court, cast, LOOK_BACK)

    case = make.referred(court, cast.cora, referred_on=court.today - timedelta(days=1))

    assert excluded(case) == [
        (m.DeclineReason.EARLIER_PARTICIPATION, "Took part before, in case YC-2025-0001.")
    ]


def test_a_case_that_still_runs_counts_however_long_it_stands_still(court, cast):
    with clock.at(make.SATURDAY - timedelta(days=2 * LOOK_BACK)):
        running = make.admitted(court, cast.cora, referred_on=court.today, incident_on=court.today)

    case = make.referred(court, cast.cora)

    assert case.earlier_participation() is running


@pytest.mark.parametrize("stage", [S.REFERRED, S.DECLINED, S.WITHDRAWN])
def test_a_case_that_the_court_never_took_does_not_count(court, cast, stage):
    case_at(stage, court, cast)

    case = make.referred(court, cast.cora, incident_on=court.today)

    assert case.earlier_participation() is None


def test_of_two_open_referrals_the_one_accepted_first_counts_against_the_other(court, cast):
    older, newer = make.referred(court, cast.cora), make.referred(court, cast.cora, incident_on=court.today)

    newer.accept(by=cast.cora)

    assert (older.earlier_participation(), newer.earlier_participation()) == (newer, None)


def test_a_court_may_let_everybody_return(court, cast):
    case_at(S.ADMITTED, court, cast)
    court.change({"earlier_participation_days": 0}, by=cast.ada)

    yesterday = court.today - timedelta(days=1)
    case = make.referred(court, cast.cora, referred_on=yesterday, incident_on=yesterday)

    assert excluded(case) == []


def test_somebody_elses_case_does_not_count(court, cast):
    case_at(S.ADMITTED, court, cast)

    case = make.referred(court, cast.cora, born_on=date(2011, 2, 4))

    assert case.earlier_participation() is None
