"""How a hearing goes on in its room: its steps, what screens say of it, and how late it is."""

from datetime import timedelta

import pytest

from tests import make
from tests.refusals import refused
from tests.stages import day_with_hearing, held, seated
from youthcourt import clock
from youthcourt import models as m

P, STEP = m.Progress, m.Step
STARTS_AT = make.SATURDAY + timedelta(hours=6, minutes=30)  # 18:30 in New York


def told(hearing):
    return [(each.step, each.began_at, each.by) for each in hearing.steps]


def test_a_step_keeps_who_led_there_and_when(court, cast, logged):
    hearing = seated(court, cast)
    so_far = len(logged())

    hearing.begin(STEP.ANNOUNCE, by=cast.cora)

    assert told(hearing) == [(STEP.ANNOUNCE, clock.now(), cast.cora)]
    assert logged()[so_far:] == [("hearing.step_begun", cast.cora, {"step": "announce", "note": ""})]


def test_tapping_a_step_twice_counts_once(court, cast):
    hearing = seated(court, cast)

    first = hearing.begin(STEP.ANNOUNCE, by=cast.cora)

    assert hearing.begin(STEP.ANNOUNCE, by=cast.judy) is first
    assert len(hearing.steps) == 1


def test_steps_may_be_skipped_and_gone_back_to(court, cast):
    hearing = seated(court, cast)

    for step in (STEP.CHARGE, STEP.QUESTIONS, STEP.CHARGE):
        hearing.begin(step, by=cast.cora)

    assert [each.step for each in hearing.steps] == [STEP.CHARGE, STEP.QUESTIONS, STEP.CHARGE]
    assert hearing.step.step is STEP.CHARGE


def test_the_last_step_can_be_undone_and_the_trail_says_so(court, cast, logged):
    hearing = seated(court, cast)
    hearing.begin(STEP.ANNOUNCE, by=cast.cora)
    hearing.begin(STEP.QUESTIONS, by=cast.cora)
    so_far = len(logged())

    hearing.undo_step(by=cast.judy)

    assert [each.step for each in hearing.steps] == [STEP.ANNOUNCE]
    assert logged()[so_far:] == [("hearing.step_undone", cast.judy, {"step": "questions"})]


def test_where_nothing_has_begun_nothing_is_undone(court, cast):
    assert refused(seated(court, cast).undo_step, by=cast.cora) == "The hearing has not begun."


def progress_on_the_road(court, cast):
    """What screens say at each turn of an ordinary hearing."""
    hearing = make.sworn(seated(court, cast), cast.cora)
    yield hearing.progress
    for step in (STEP.ANNOUNCE, STEP.CHARGE):
        hearing.begin(step, by=cast.cora)
        yield hearing.progress
    hearing.hold(by=cast.judy)
    yield hearing.progress
    deliberation = make.proposed(hearing)
    yield hearing.progress
    hearing.begin(STEP.READ_OUT, by=cast.cora)
    yield hearing.progress
    make.signed(deliberation, cast.judy)
    yield hearing.progress


def test_screens_say_how_far_a_hearing_has_come(court, cast):
    assert list(progress_on_the_road(court, cast)) == [
        P.EXPECTED,
        P.CALLED,
        P.IN_SESSION,
        P.DELIBERATING,
        P.TO_READ,
        P.WITH_JUDGE,
        P.SIGNED,
    ]


def test_a_plan_that_the_judge_sends_back_is_read_out_anew(court, cast):
    hearing = held(court, cast)
    deliberation = make.proposed(hearing)
    hearing.begin(STEP.READ_OUT, by=cast.cora)
    with clock.at(make.SATURDAY + timedelta(minutes=5)):
        deliberation.return_to_panel("Is this fair?", meets_on=court.today, by=cast.judy)
        sent_back = hearing.progress
    with clock.at(make.SATURDAY + timedelta(minutes=15)):
        make.proposed(hearing, by=dict(zip(hearing.panel.sitting_seats, make_users(hearing), strict=True)))

    assert (sent_back, hearing.progress) == (P.DELIBERATING, P.TO_READ)


def test_after_its_day_a_decision_is_with_the_judge_and_nobody_reads_it_out(court, cast):
    hearing = held(court, cast)
    make.proposed(hearing)
    that_night = hearing.progress

    with clock.at(clock.now() + timedelta(days=1)):
        assert (that_night, hearing.progress) == (P.TO_READ, P.WITH_JUDGE)


def make_users(hearing):
    return [make.juror_user(hearing.court, seat.juror) for seat in hearing.panel.sitting_seats]


def test_a_hearing_that_does_not_take_place_is_off(court, cast):
    hearing = day_with_hearing(court, cast)

    hearing.fail_to_appear(note="", by=cast.cora)

    assert hearing.progress is P.OFF


def test_what_comes_after_the_decision_waits_for_it(court, cast):
    hearing = held(court, cast)

    assert refused(hearing.begin, STEP.READ_OUT, by=cast.cora) == "The panel has not decided yet."
    assert refused(hearing.begin, STEP.CHARGE, by=cast.cora) == "The case was heard already."


def test_the_room_is_led_on_the_day_and_while_the_day_is_open(court, cast):
    hearing = seated(court, cast)

    with clock.at(make.SATURDAY + timedelta(days=1)):
        tomorrow = hearing.why_not_begin(STEP.ANNOUNCE)
    hearing.court_session.closed_at = clock.now()
    closed = hearing.why_not_begin(STEP.ANNOUNCE)

    assert (tomorrow, closed) == (
        "This hearing is not today.",
        "This day is closed. To change something, reopen it first.",
    )


def test_a_hearing_that_moves_has_not_begun_at_its_new_time(court, cast):
    hearing = seated(court, cast)
    hearing.begin(STEP.ANNOUNCE, by=cast.cora)
    day = hearing.court_session

    hearing.move(day.blocks[1], day.rooms[0], hearing.judge, by=cast.cora)

    assert (hearing.progress, hearing.steps) == (P.EXPECTED, [])


@pytest.mark.parametrize(("minutes", "late"), [(-10, 0), (0, 0), (0.9, 0), (7, 7)])
def test_how_late_a_hearing_began(minutes, late, court, cast):
    hearing = seated(court, cast)

    with clock.at(STARTS_AT + timedelta(minutes=minutes)):
        hearing.begin(STEP.ANNOUNCE, by=cast.cora)

    assert (hearing.minutes_late, hearing.began_at) == (late, STARTS_AT + timedelta(minutes=minutes))


def test_a_hearing_that_should_have_begun_is_late_by_now(court, cast):
    hearing = seated(court, cast)

    with clock.at(STARTS_AT + timedelta(minutes=12)):
        assert (hearing.minutes_late, hearing.began_at) == (12, None)


def test_a_hearing_ends_when_the_family_goes_home(court, cast):
    hearing = held(court, cast)
    make.proposed(hearing)
    before = hearing.ended_at

    hearing.begin(STEP.CLOSING, by=cast.cora)

    assert (before, hearing.ended_at) == (None, clock.now())
    assert hearing.ends_at == STARTS_AT + timedelta(minutes=court.hearing_minutes)
