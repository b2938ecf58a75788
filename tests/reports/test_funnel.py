"""The funnel, counted over a handful of cases."""

from datetime import timedelta

import pytest

from tests import make
from youthcourt import clock
from youthcourt import models as m
from youthcourt.permissions import Role
from youthcourt.reports.completion.funnel import (
    Ordered,
    funnel,
    last_day_kept,
    steps,
    usual_days,
)

FIRST, LAST = make.TODAY - timedelta(days=30), make.TODAY


@pytest.fixture
def heard(court, cast):
    """A case whose plan is signed: 20 hours, and two sittings due 90 days from now."""
    case = make.admitted(court, cast.cora)
    day = make.court_session(court, cast.cora)
    hearing = make.hearing(case, day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    make.drawn(hearing, cast.cora)
    make.sworn(hearing, cast.cora)
    hearing.hold(by=cast.judy)
    make.signed(make.proposed(hearing), cast.judy)
    return case


def counted(court, as_of=LAST):
    return funnel(court, FIRST, LAST, as_of)


def shown(told):
    return {step.key: step.count for step in steps(told)}


def complete(case, cast):
    for obligation in case.open_obligations:
        if obligation.activity.is_jury_duty:
            obligation.excuse("Sat in another court.", by=cast.cora)
        else:
            facts = {"done_on": case.court.today, "vouched_by": "Sr. Ruth"}
            obligation.credit(obligation.amount_owed, by=cast.cora, **facts)
    case.ask_dismissal("All done.", by=cast.cora)
    case.dismiss(by=cast.judy)


def test_a_court_without_referrals_has_an_empty_funnel(court):
    told = counted(court)

    assert shown(told) == dict.fromkeys(
        ("referred", "declined", "scheduled", "failed", "heard", "past", "completed"), 0
    )
    assert {step.percent for step in steps(told)} == {None}
    assert told.ordered == ()


def test_each_case_stands_at_the_last_step_it_came_to(court, cast, heard, session):
    make.referred(court, cast.cora, name="Ana Open")
    declined = make.referred(court, cast.cora, name="Ben Gone")
    declined.decline(m.DeclineReason.NO_CONTACT, "", by=cast.cora)
    left = make.referred(court, cast.cora, name="Cy Left")
    left.withdraw(left.respondent, "Moves away", by=cast.cora)
    day = make.court_session(court, cast.cora, held_on=make.TODAY + timedelta(days=7))
    ahead = make.admitted(court, cast.cora, name="Dee Ahead")
    make.hearing(ahead, day, cast.judy, cast.cora)
    off = make.admitted(court, cast.cora, name="Eli Off")
    make.hearing(off, day, cast.judy, cast.cora, block=1)
    off.withdraw(off.respondent, "Moves away", by=cast.cora)
    session.flush()

    told = counted(court)

    assert shown(told) == {
        "referred": 6,
        "declined": 1,
        "left": 1,
        "waiting": 1,
        "scheduled": 3,
        "failed": 0,
        "quit": 1,
        "set": 1,
        "heard": 1,
        "past": 0,
        "completed": 0,
    }
    assert told.declined_by_reason == ((m.ClosureReason.NO_CONTACT, 1),)


def test_who_never_came_has_failed_and_who_came_the_second_time_was_heard(court, cast, session):
    day = make.court_session(court, cast.cora)
    never = make.admitted(court, cast.cora, name="Ned Never")
    make.hearing(never, day, cast.judy, cast.cora).fail_to_appear("Not seen.", by=cast.cora)
    never.return_to_referrer(m.ClosureReason.FAILED_TO_APPEAR, "Not seen.", by=cast.cora)
    later = make.admitted(court, cast.cora, name="Lea Later")
    make.hearing(later, day, cast.judy, cast.cora, block=1).fail_to_appear("Not seen.", by=cast.cora)
    again = make.hearing(later, day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    make.drawn(again, cast.cora)
    make.sworn(again, cast.cora)
    again.hold(by=cast.judy)
    session.flush()

    told = counted(court)

    assert (told.scheduled, told.failed_to_appear, told.heard) == (2, 1, 1)


def test_a_plan_is_past_its_deadline_the_day_after_its_last_due_date(court, heard):
    due_on = make.TODAY + timedelta(days=90)

    assert counted(court, as_of=due_on).past_deadline == 0
    assert counted(court, as_of=due_on + timedelta(days=1)).past_deadline == 1


def test_more_time_does_not_move_the_deadline(court, cast, heard):
    due_on = heard.obligations[0].due_on
    heard.obligations[0].extend(due_on + timedelta(days=30), "Was ill.", by=cast.cora)

    assert counted(court, as_of=due_on + timedelta(days=1)).past_deadline == 1


def test_a_plan_completed_early_counts_once_its_deadline_has_passed(court, cast, heard):
    complete(heard, cast)

    before = counted(court)
    after = counted(court, as_of=make.TODAY + timedelta(days=91))

    assert (before.past_deadline, before.completed, before.completed_before_deadline_passed) == (0, 0, 1)
    assert (after.past_deadline, after.completed, after.completed_before_deadline_passed) == (1, 1, 0)


def test_ordered_is_what_the_order_in_force_asks_for(court, cast, heard, session):
    amendment = m.DispositionOrder.amendment_of(heard.order, by=cast.judy)
    fewer = [m.Item(i.activity, i.amount // 2, i.due_on, i.builds) for i in amendment.items]
    amendment.change(fewer, "Broke a wrist.", by=cast.judy)
    session.flush()
    unsigned = counted(court).ordered
    amendment.sign(seen=amendment.fingerprint(), by=cast.judy)
    session.flush()

    signed = counted(court).ordered

    service, duty = m.Unit.MINUTES, m.Unit.SITTINGS
    assert unsigned == (
        Ordered("Community service", service, 1200, 1),
        Ordered("Jury duty", duty, 2, 1),
    )
    assert signed == (Ordered("Community service", service, 600, 1), Ordered("Jury duty", duty, 1, 1))


def test_only_referrals_of_these_days_and_of_this_court_count(court, cast, session):
    there = make.court(name="Other Court")
    make.referred(there, make.user(there, "Fay Foreign", Role.COORDINATOR), name="Far Away")
    make.referred(
        court,
        cast.cora,
        name="Too Early",
        referred_on=FIRST - timedelta(days=1),
        incident_on=FIRST - timedelta(days=2),
    )
    make.referred(court, cast.cora, name="In Time")
    session.flush()

    assert counted(court).referred == 1


def test_figures_are_as_of_the_last_line_in_the_trail(court, session):
    court.record("court.looked_at", by=None)
    session.flush()

    with clock.at(make.SATURDAY + timedelta(days=40)):
        assert last_day_kept(court) == make.TODAY


def test_the_days_are_those_of_the_latest_period_or_the_year_until_now(court, session):
    assert usual_days(None, make.TODAY) == (make.TODAY - timedelta(days=364), make.TODAY)

    period = m.ReportingPeriod.add(court, by=None, name="Winter", starts_on=FIRST, ends_on=LAST)

    assert usual_days(period, make.TODAY) == (FIRST, LAST)
