"""The stages of a case, and what each verb says at each of them."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.refusals import refused, refused_beside
from tests.stages import active, case_at, day_with_hearing, held
from youthcourt import clock
from youthcourt import models as m
from youthcourt.errors import RuleBroken
from youthcourt.permissions import Role

S = m.CaseStage

# What may follow, as the court's own words have it; written here a second time so that neither slips alone.
MAY_FOLLOW = {
    "To decide": {"Waiting for intake", "Not accepted", "Withdrawn"},
    "Waiting for intake": {"Waiting for agreement", "Not accepted", "Withdrawn"},
    "Waiting for agreement": {"To be scheduled", "Not accepted", "Withdrawn"},
    "To be scheduled": {"Hearing set", "Withdrawn", "Returned to referrer"},
    "Hearing set": {"To be scheduled", "With the panel", "Withdrawn", "Returned to referrer"},
    "With the panel": {"Hearing set", "With the judge", "Withdrawn", "Returned to referrer"},
    "With the judge": {"With the panel", "Working on the plan", "Withdrawn", "Returned to referrer"},
    "Working on the plan": {"With the judge", "Ready to close", "Withdrawn", "Returned to referrer"},
    "Ready to close": {"Working on the plan", "Completed", "Withdrawn", "Returned to referrer"},
    "Not accepted": set(),
    "Withdrawn": set(),
    "Returned to referrer": set(),
    "Completed": set(),
}


def moved(case, now, then):
    case.stage, case.stage_since = now, case.court.today - timedelta(days=9)
    try:
        case.move_to(then)
    except RuleBroken as no:
        return no.message, case.stage, case.stage_since
    return None, case.stage, case.stage_since


def test_a_case_moves_from_stage_to_stage_as_the_table_has_it_and_never_otherwise(court, cast):
    case = make.referred(court, cast.cora)
    pairs = [(now, then) for now in S for then in S]

    walked = {(now, then): moved(case, now, then) for now, then in pairs}

    today, before = court.today, court.today - timedelta(days=9)
    expected = {}
    for now, then in pairs:
        is_now, is_then = str(m.STAGE_WORDS[now]), str(m.STAGE_WORDS[then])
        no = f"This case is at “{is_now}”, so it cannot go to “{is_then}”."
        may = is_then in MAY_FOLLOW[is_now]
        expected[now, then] = (None, then, today) if may else (no, now, before)
    assert walked == expected
    print(f"count: stage moves checked = {len(walked)}")


def test_every_stage_that_nothing_follows_is_a_closed_one():
    assert {S.DECLINED, S.WITHDRAWN, S.RETURNED, S.COMPLETED} == m.CLOSED_STAGES


# Each verb, done to a case wherever it stands.


def accept(case, cast):
    case.accept(by=cast.cora)


def decline(case, cast):
    case.decline(m.DeclineReason.NO_CONTACT, note="", by=cast.cora)


def hold_intake(case, cast):
    case.hold_intake(make.interview(case), by=cast.cora)


def agree(case, cast):
    case.agree(make.agreement(case, m.Party.YOUTH), by=cast.cora)


def place(case, cast):
    day = make.court_session(case.court, cast.cora, held_on=case.court.today + timedelta(days=7))
    make.hearing(case, day, cast.judy, cast.cora)


def withdraw(case, cast):
    case.withdraw(case.respondent, reason="Prefers the other way.", by=cast.cora)


def ask_dismissal(case, cast):
    case.ask_dismissal("All done.", by=cast.cora)


def dismiss(case, cast):
    case.dismiss(by=cast.judy)


def return_to_referrer(case, cast):
    case.return_to_referrer(m.ClosureReason.NEW_OFFENCE, note="Nothing was done.", by=cast.cora)


VERBS = (
    accept,
    decline,
    hold_intake,
    agree,
    place,
    withdraw,
    ask_dismissal,
    dismiss,
    return_to_referrer,
)

DECIDED = "This referral is already decided."
TOO_LATE_TO_DECLINE = "Only a case that has no signed agreements yet can be declined."
DECIDE_FIRST = "Decide first whether the court takes this case."
INTERVIEWED = "The intake interview has been held."
INTERVIEW_FIRST = "Hold the intake interview first."
AGREED = "Both agreements are signed."
AGREE_FIRST = (
    "Both agreements, the young person's and a guardian's, have to be signed before a hearing is set."
)
HAS_HEARING = "This case has a hearing already."
NOT_WAITING = "This case is not waiting for a hearing."
NO_PLAN = "Only a case whose plan is under way can be completed."
NOT_ASKED = "The coordinator has not asked for the dismissal yet."
DECLINE_INSTEAD = "Decline this case instead: it is not admitted yet."
STILL_OPEN = "Still open: Community service, Jury duty. Each must be met or excused first."
CLOSED = "This case is closed."

# Where each verb leads from each stage, or the sentence with which it is refused there.
ANSWERS = {
    S.REFERRED: (
        S.INTAKE_DUE,
        S.DECLINED,
        DECIDE_FIRST,
        INTERVIEW_FIRST,
        AGREE_FIRST,
        S.WITHDRAWN,
        NO_PLAN,
        NOT_ASKED,
        DECLINE_INSTEAD,
    ),
    S.INTAKE_DUE: (
        DECIDED,
        S.DECLINED,
        S.INTAKE_HELD,
        INTERVIEW_FIRST,
        AGREE_FIRST,
        S.WITHDRAWN,
        NO_PLAN,
        NOT_ASKED,
        DECLINE_INSTEAD,
    ),
    S.INTAKE_HELD: (
        DECIDED,
        S.DECLINED,
        INTERVIEWED,
        S.INTAKE_HELD,
        AGREE_FIRST,
        S.WITHDRAWN,
        NO_PLAN,
        NOT_ASKED,
        DECLINE_INSTEAD,
    ),
    S.ADMITTED: (
        DECIDED,
        TOO_LATE_TO_DECLINE,
        INTERVIEWED,
        AGREED,
        S.HEARING_SET,
        S.WITHDRAWN,
        NO_PLAN,
        NOT_ASKED,
        S.RETURNED,
    ),
    S.HEARING_SET: (
        DECIDED,
        TOO_LATE_TO_DECLINE,
        INTERVIEWED,
        AGREED,
        HAS_HEARING,
        S.WITHDRAWN,
        NO_PLAN,
        NOT_ASKED,
        S.RETURNED,
    ),
    S.HEARD: (
        DECIDED,
        TOO_LATE_TO_DECLINE,
        INTERVIEWED,
        AGREED,
        NOT_WAITING,
        S.WITHDRAWN,
        NO_PLAN,
        NOT_ASKED,
        S.RETURNED,
    ),
    S.PROPOSED: (
        DECIDED,
        TOO_LATE_TO_DECLINE,
        INTERVIEWED,
        AGREED,
        NOT_WAITING,
        S.WITHDRAWN,
        NO_PLAN,
        NOT_ASKED,
        S.RETURNED,
    ),
    S.ACTIVE: (
        DECIDED,
        TOO_LATE_TO_DECLINE,
        INTERVIEWED,
        AGREED,
        NOT_WAITING,
        S.WITHDRAWN,
        STILL_OPEN,
        NOT_ASKED,
        S.RETURNED,
    ),
    S.COMPLETION_REVIEW: (
        DECIDED,
        TOO_LATE_TO_DECLINE,
        INTERVIEWED,
        AGREED,
        NOT_WAITING,
        S.WITHDRAWN,
        NO_PLAN,
        S.COMPLETED,
        S.RETURNED,
    ),
    S.DECLINED: (
        DECIDED,
        TOO_LATE_TO_DECLINE,
        CLOSED,
        CLOSED,
        CLOSED,
        CLOSED,
        NO_PLAN,
        CLOSED,
        CLOSED,
    ),
    S.WITHDRAWN: (
        DECIDED,
        TOO_LATE_TO_DECLINE,
        CLOSED,
        CLOSED,
        CLOSED,
        CLOSED,
        NO_PLAN,
        CLOSED,
        CLOSED,
    ),
    S.RETURNED: (
        DECIDED,
        TOO_LATE_TO_DECLINE,
        INTERVIEWED,
        AGREED,
        CLOSED,
        CLOSED,
        NO_PLAN,
        CLOSED,
        CLOSED,
    ),
    S.COMPLETED: (
        DECIDED,
        TOO_LATE_TO_DECLINE,
        INTERVIEWED,
        AGREED,
        CLOSED,
        CLOSED,
        NO_PLAN,
        CLOSED,
        CLOSED,
    ),
}


def answer_to(verb, case, cast, session):
    """Where the verb leads, or why it is refused; either way it is undone."""
    kept = session.begin_nested()
    try:
        verb(case, cast)
        session.flush()
        return case.stage
    except RuleBroken as no:
        return no.message
    finally:
        kept.rollback()


@pytest.mark.parametrize("stage", S)
def test_each_verb_goes_on_where_it_may_and_says_why_not_elsewhere(court, cast, session, stage):
    case = case_at(stage, court, cast)

    answers = tuple(answer_to(verb, case, cast, session) for verb in VERBS)

    assert answers == ANSWERS[stage]


def test_every_verb_was_tried_at_every_stage():
    tried = sum(len(answers) for answers in ANSWERS.values())
    print(f"count: verbs tried at a stage = {tried}")

    assert tried == len(S) * len(VERBS)


@pytest.mark.parametrize("stage", [stage for stage in S if stage not in m.CLOSED_STAGES])
def test_the_family_may_withdraw_at_any_time(court, cast, logged, stage):
    case = case_at(stage, court, cast)
    mother = case.respondent.guardians[0]
    so_far = len(logged())

    case.withdraw(mother, reason="We move away.", by=cast.cora)

    assert (case.stage, case.closure.outcome, case.closure.reason, case.closure.note) == (
        S.WITHDRAWN,
        m.Outcome.WITHDRAWN,
        m.ClosureReason.WITHDREW,
        "We move away.",
    )
    assert (case.withdrawal.person, case.withdrawal.kept_by) == (mother, cast.cora)
    said = ("case.withdrawn", cast.cora, {"person": mother.id, "reason": "We move away."})
    assert logged()[so_far:][-1] == said


def test_nobody_else_withdraws_a_case(court, cast):
    case = make.admitted(court, cast.cora)
    uncle = make.person(court, "Uncle Tate")

    assert refused_beside(case.withdraw, uncle, reason="", by=cast.cora) == (
        "person",
        "Only the young person or a guardian can withdraw.",
    )


def test_a_guardian_whose_time_has_ended_no_longer_withdraws_the_case(court, cast):
    case = make.admitted(court, cast.cora)
    case.respondent.guardianships[0].ended_on = court.today

    assert (
        refused(case.withdraw, case.respondent.guardianships[0].guardian, reason="", by=cast.cora)
        == "Only the young person or a guardian can withdraw."
    )


def test_withdrawing_takes_the_hearing_off_the_docket_and_sends_its_panel_home(court, cast, logged):
    hearing = day_with_hearing(court, cast)
    make.booked(cast.jurors, hearing.court_session, cast.cora)
    panel = make.drawn(hearing, cast.cora)
    so_far = len(logged())

    hearing.case.withdraw(hearing.case.respondent, reason="", by=cast.cora)

    assert (hearing.state, hearing.court_session.docket, hearing.panel) == (
        m.HearingState.CANCELLED,
        [],
        None,
    )
    assert {seat.stood_down_reason for seat in panel.seats} == {"The family withdrew."}
    assert logged()[so_far:] == [
        ("panel.dissolved", cast.cora, {"reason": "The family withdrew."}),
        ("hearing.cancelled", cast.cora, {"reason": "The family withdrew."}),
        ("case.withdrawn", cast.cora, {"person": hearing.case.respondent_id, "reason": ""}),
    ]


def test_returning_says_why_and_what_was_done(court, cast, logged):
    case = active(court, cast)
    so_far = len(logged())

    case.return_to_referrer(m.ClosureReason.PLAN_NOT_COMPLETED, note="4 of 20 hours.", by=cast.cora)

    closure = case.closure
    assert (case.stage, closure.outcome, closure.reason, closure.note, closure.closed_by) == (
        S.RETURNED,
        m.Outcome.RETURNED,
        m.ClosureReason.PLAN_NOT_COMPLETED,
        "4 of 20 hours.",
        cast.cora,
    )
    assert (closure.closed_on, closure.closed_at) == (court.today, clock.now())
    assert logged()[so_far:] == [
        ("case.returned", cast.cora, {"reason": "plan_not_completed", "note": "4 of 20 hours."})
    ]


def test_returning_without_words_for_the_referrer_is_refused(court, cast):
    case = active(court, cast)

    assert refused_beside(case.return_to_referrer, m.ClosureReason.MOVED, note=" ", by=cast.cora) == (
        "note",
        "Write what the referrer should know: what was done and what was not.",
    )


@pytest.mark.parametrize("reason", [why for why in m.ClosureReason if why not in m.REASONS_TO_RETURN])
def test_a_case_is_not_returned_for_a_reason_that_ends_it_otherwise(court, cast, reason):
    case = make.admitted(court, cast.cora)

    assert refused_beside(case.return_to_referrer, reason, note="Done.", by=cast.cora) == (
        "reason",
        "Choose one of the reasons to return a case.",
    )


def test_asking_for_the_dismissal_keeps_who_asked_and_what_they_say(court, cast, logged):
    case = active(court, cast)
    for obligation in case.obligations:
        obligation.excuse("Done elsewhere.", by=cast.cora)
    so_far = len(logged())

    case.ask_dismissal("All done.", by=cast.cora)

    review = case.completion_review
    assert (case.stage, review.asked_by, review.asked_at, review.note) == (
        S.COMPLETION_REVIEW,
        cast.cora,
        clock.now(),
        "All done.",
    )
    assert logged()[so_far:] == [("case.dismissal_asked", cast.cora, {"note": "All done."})]


def test_dismissing_closes_the_case_as_completed(court, cast, logged):
    case = case_at(S.COMPLETION_REVIEW, court, cast)
    so_far = len(logged())

    case.dismiss(by=cast.judy)

    assert (case.stage, case.closure.outcome, case.closure.reason, case.closure.closed_by) == (
        S.COMPLETED,
        m.Outcome.COMPLETED,
        m.ClosureReason.PLAN_COMPLETED,
        cast.judy,
    )
    assert logged()[so_far:] == [("case.dismissed", cast.judy, {})]


def test_a_judge_who_wants_more_keeps_the_case_open_and_it_can_be_asked_again(court, cast, logged):
    case = case_at(S.COMPLETION_REVIEW, court, cast)
    so_far = len(logged())

    case.keep_open("The letter has not been read to the shop.", by=cast.judy)

    assert case.stage is S.ACTIVE
    assert logged()[so_far:] == [
        ("case.kept_open", cast.judy, {"reason": "The letter has not been read to the shop."})
    ]
    case.ask_dismissal("It was read.", by=cast.cora)
    assert (case.stage, case.completion_review.note) == (S.COMPLETION_REVIEW, "It was read.")


def test_a_judge_says_what_is_still_needed_and_only_when_asked(court, cast):
    asked, running = case_at(S.COMPLETION_REVIEW, court, cast), make.admitted(court, cast.cora, "Rosa Ruiz")

    assert refused_beside(asked.keep_open, " ", by=cast.judy) == ("reason", "Write what is still needed.")
    assert refused(running.keep_open, "More.", by=cast.judy) == "Nobody has asked to close this case."


def test_a_closed_case_is_closed_for_its_panel_too(court, cast):
    hearing = held(court, cast)
    juror = make.juror_user(court, hearing.panel.foreperson.juror)
    hearing.case.withdraw(hearing.case.respondent, reason="", by=cast.cora)

    assert (
        refused(hearing.deliberation.find, m.Question.OWNS_IT, m.Answer.YES, "Said so.", by=juror)
        == "This case is closed."
    )


def test_numbers_count_up_within_the_year_and_the_court(court, cast):
    first, second = make.referred(court, cast.cora), make.referred(court, cast.cora, name="Rosa Ruiz")
    with clock.at(make.SATURDAY + timedelta(days=365)):
        next_year = make.referred(court, cast.cora, name="Sam Oyelaran")
    other = make.court("Bay County Youth Court", case_prefix="BAY")
    elsewhere = make.referred(other, make.user(other, "Olga Ivanova", Role.COORDINATOR))

    numbers = [case.number for case in (first, second, next_year, elsewhere)]

    assert numbers == ["YC-2026-0001", "YC-2026-0002", "YC-2027-0001", "BAY-2026-0001"]


def test_numbers_go_on_past_four_digits(court, cast):
    make.referred(court, cast.cora).number = "YC-2026-9999"

    numbers = [make.referred(court, cast.cora, name=f"Rosa Ruiz{n}").number for n in range(3)]

    assert numbers == ["YC-2026-10000", "YC-2026-10001", "YC-2026-10002"]


def test_a_prefix_with_a_wildcard_counts_its_own_numbers_only(court, cast):
    make.referred(court, cast.cora).number = "YXC-2026-0007"
    court.case_prefix = "Y_C"

    case = make.referred(court, cast.cora, name="Rosa Ruiz")

    assert case.number == "Y_C-2026-0001"


def test_coordinators_see_their_court_judges_what_they_hear_families_their_own(court, cast, session):
    heard = day_with_hearing(court, cast).case
    other = make.admitted(court, cast.cora, name="Rosa Ruiz")
    youth = make.user(court, "Jordan Tate", Role.FAMILY, person=heard.respondent)
    mother = make.user(court, "Renee Tate", Role.FAMILY, person=heard.respondent.guardians[0])
    juror = make.juror_user(court, cast.jurors[0])
    nobody = make.user(court, "Ned Nobody", Role.FAMILY)
    bay = make.court("Bay County Youth Court")
    stranger = make.user(bay, "Olga Ivanova", Role.COORDINATOR)
    session.flush()

    seen = {
        user.name: session.scalars(m.Case.visible_to(user).order_by(m.Case.id)).all()
        for user in (cast.cora, cast.judy, cast.ada, youth, mother, juror, nobody, stranger)
    }

    assert seen == {
        "Cora Diaz": [heard, other],
        "Judy Okafor": [heard],
        "Ada Admin": [],
        "Jordan Tate": [heard],
        "Renee Tate": [heard],
        "Amara Obi": [],
        "Ned Nobody": [],
        "Olga Ivanova": [],
    }


def test_a_guardian_whose_time_has_ended_sees_the_case_no_more(court, cast, session):
    case = make.admitted(court, cast.cora)
    mother = make.user(court, "Renee Tate", Role.FAMILY, person=case.respondent.guardians[0])
    case.respondent.guardianships[0].ended_on = court.today
    session.flush()

    assert session.scalars(m.Case.visible_to(mother)).all() == []


def test_a_juror_who_loses_the_part_of_family_sees_no_case_by_it(court, cast, session):
    case = make.admitted(court, cast.cora)
    account = make.user(court, "Jordan Tate", Role.JUROR, person=case.respondent)

    assert session.scalars(m.Case.visible_to(account)).all() == []


def test_the_day_it_came_to_a_stage_is_the_courts_own_day(court, cast):
    court.time_zone = "Pacific/Honolulu"
    with clock.at(make.SATURDAY.replace(hour=5)):  # still Friday there
        case = make.referred(court, cast.cora, referred_on=date(2026, 3, 6))

    assert case.stage_since == date(2026, 3, 6)
