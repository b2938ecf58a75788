"""A hearing: moved, adjourned, failed, checked in to, held."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests import make
from tests.refusals import refused, refused_beside
from tests.stages import day_with_hearing, held, seated
from youthcourt import clock
from youthcourt import models as m
from youthcourt.permissions import Role

S, STATE, WHY = m.CaseStage, m.HearingState, m.AdjournmentReason
NEXT_WEEK = make.SATURDAY + timedelta(days=7)


def next_week(court, cast):
    return make.court_session(court, cast.cora, held_on=court.today + timedelta(days=7))


def settled(state, court, cast):
    """A hearing that is over, one way or another."""
    if state is STATE.HELD:
        return held(court, cast)
    hearing = day_with_hearing(court, cast)
    if state is STATE.FAILED_TO_APPEAR:
        hearing.fail_to_appear(note="", by=cast.cora)
    else:
        hearing.case.withdraw(hearing.case.respondent, reason="", by=cast.cora)
    return hearing


SETTLED = (STATE.HELD, STATE.FAILED_TO_APPEAR, STATE.CANCELLED)


# Adjourning


def test_adjourning_moves_the_hearing_and_logs_it(court, cast, logged):
    hearing, later = day_with_hearing(court, cast), next_week(court, cast)
    so_far = len(logged())

    hearing.adjourn(later.blocks[1], later.rooms[1], WHY.ILLNESS, by=cast.cora, note="Mother ill.")

    assert (hearing.court_session, hearing.block, hearing.room, hearing.judge, hearing.sits_on) == (
        later,
        later.blocks[1],
        later.rooms[1],
        cast.judy,
        later.held_on,
    )
    assert (hearing.state, hearing.case.stage, hearing.case.hearings) == (
        STATE.SET,
        S.HEARING_SET,
        [hearing],
    )
    assert logged()[so_far:] == [
        (
            "hearing.adjourned",
            cast.cora,
            {"reason": "illness", "note": "Mother ill.", "was": "2026-03-07", "now": "2026-03-14"},
        )
    ]


def test_adjourning_keeps_why_and_from_which_day(court, cast):
    hearing, later = day_with_hearing(court, cast), next_week(court, cast)

    hearing.adjourn(later.blocks[0], later.rooms[0], WHY.PANEL_SHORT, by=cast.cora)

    kept = [(a.reason, a.note, a.was_on, a.by, a.adjourned_at) for a in hearing.adjournments]
    assert kept == [(WHY.PANEL_SHORT, "", make.TODAY, cast.cora, clock.now())]


def test_adjourning_sends_the_panel_home_and_frees_the_place(court, cast):
    hearing, later = seated(court, cast), next_week(court, cast)
    was, panel = hearing.court_session, hearing.panel

    hearing.adjourn(later.blocks[0], later.rooms[0], WHY.COURT_CLOSED, by=cast.cora)

    assert (hearing.panel, panel.dissolved_at, panel.sitting_seats) == (None, clock.now(), [])
    assert (was.docket, len(was.free_places())) == ([], 4)


def test_who_had_come_before_the_adjournment_has_not_come_on_the_new_day(court, cast, session):
    hearing, later = day_with_hearing(court, cast), next_week(court, cast)
    hearing.check_in(hearing.case.respondent, by=cast.cora)
    session.flush()

    hearing.adjourn(later.blocks[0], later.rooms[0], WHY.PANEL_SHORT, by=cast.cora)

    session.flush()
    assert (hearing.present, session.scalar(select(func.count(m.Attendance.id)))) == ([], 1)


def test_both_days_of_an_adjournment_are_drafts_again(court, cast):
    hearing, later = seated(court, cast), next_week(court, cast)
    hearing.court_session.publish(by=cast.cora)
    was = hearing.court_session

    hearing.adjourn(later.blocks[0], later.rooms[0], WHY.ILLNESS, by=cast.cora)

    assert (was.is_published, later.is_published) == (False, False)
    assert str(later.missing()[0]) == "YC-2026-0001: no panel yet."


def test_another_reason_has_to_be_written(court, cast):
    hearing, later = day_with_hearing(court, cast), next_week(court, cast)

    assert refused_beside(
        hearing.adjourn, later.blocks[0], later.rooms[0], WHY.OTHER, by=cast.cora, note=" "
    ) == ("note", "Write what the other reason is.")


def test_an_adjournment_asks_for_a_free_place_like_any_hearing(court, cast):
    hearing, later = day_with_hearing(court, cast), next_week(court, cast)
    make.hearing(make.admitted(court, cast.cora, name="Rosa Ruiz"), later, cast.judy, cast.cora)
    omar = make.user(court, "Omar Haddad", Role.JUDGE)
    block, (first, second) = later.blocks[0], later.rooms

    said = [
        refused_beside(hearing.adjourn, block, first, WHY.ILLNESS, by=cast.cora, judge=omar),
        refused_beside(hearing.adjourn, block, second, WHY.ILLNESS, by=cast.cora),
    ]

    assert said == [
        ("place", "Room A is taken at this time."),
        ("judge", "Judy Okafor hears another case at this time."),
    ]


@pytest.mark.parametrize("state", SETTLED)
def test_a_settled_hearing_is_neither_adjourned_nor_moved(court, cast, state):
    hearing, later = settled(state, court, cast), next_week(court, cast)
    day = hearing.court_session

    said = [
        refused(hearing.adjourn, later.blocks[0], later.rooms[0], WHY.ILLNESS, by=cast.cora),
        refused(hearing.move, day.blocks[1], day.rooms[1], cast.judy, by=cast.cora),
    ]

    assert said == [
        "Only a hearing that is still ahead can be adjourned.",
        "Only a hearing that is still ahead can be moved.",
    ]


def test_a_decided_hearing_is_not_adjourned(court, cast):
    hearing, later = make.proposed(held(court, cast)).hearing, next_week(court, cast)

    assert refused(hearing.adjourn, later.blocks[0], later.rooms[0], WHY.ILLNESS, by=cast.cora) == (
        "This hearing is decided, so it can no longer be adjourned."
    )


def test_a_hearing_that_nobody_settled_can_still_be_adjourned_the_day_after(court, cast):
    hearing = day_with_hearing(court, cast)
    with clock.at(make.SATURDAY + timedelta(days=1)):
        later = next_week(court, cast)
        hearing.adjourn(later.blocks[0], later.rooms[0], WHY.COURT_CLOSED, by=cast.cora)

    assert hearing.sits_on == later.held_on


def test_an_adjournment_is_to_another_time(court, cast):
    hearing = day_with_hearing(court, cast)
    room = hearing.court_session.rooms[1]

    assert refused_beside(hearing.adjourn, hearing.block, room, WHY.ILLNESS, by=cast.cora) == (
        "place",
        "The hearing is set for this time. Choose another one.",
    )


# Moving within the day


def test_moving_to_another_room_keeps_the_panel_and_who_has_come(court, cast, logged):
    hearing = make.sworn(seated(court, cast), cast.cora)
    panel, so_far = hearing.panel, len(logged())

    hearing.move(hearing.block, hearing.court_session.rooms[1], cast.judy, by=cast.cora)

    assert (hearing.panel, hearing.has_come(hearing.case.respondent)) == (panel, True)
    assert logged()[so_far:] == [
        (
            "hearing.moved",
            cast.cora,
            {
                "was": hearing.block.starts_at.isoformat(),
                "now": hearing.block.starts_at.isoformat(),
                "room": "Room B",
                "judge": cast.judy.id,
            },
        )
    ]


def test_moving_to_another_time_asks_for_a_new_panel(court, cast):
    hearing = seated(court, cast)
    day = hearing.court_session

    hearing.move(day.blocks[1], day.rooms[0], cast.judy, by=cast.cora)

    assert (hearing.block, hearing.panel, str(day.missing()[0])) == (
        day.blocks[1],
        None,
        "YC-2026-0001: no panel yet.",
    )


def test_moving_to_another_day_takes_an_adjournment(court, cast):
    hearing, later = day_with_hearing(court, cast), next_week(court, cast)

    assert refused_beside(hearing.move, later.blocks[0], later.rooms[0], cast.judy, by=cast.cora) == (
        "place",
        "To move a hearing to another day, adjourn it with a reason.",
    )


# Failing to appear


def test_failing_to_appear_leaves_the_case_waiting_for_a_new_date(court, cast, logged):
    hearing = seated(court, cast)
    panel, so_far = hearing.panel, len(logged())

    hearing.fail_to_appear(note="No answer by phone.", by=cast.cora)

    assert (hearing.state, hearing.case.stage, hearing.panel, panel.sitting_seats) == (
        STATE.FAILED_TO_APPEAR,
        S.ADMITTED,
        None,
        [],
    )
    assert logged()[so_far:] == [
        ("panel.dissolved", cast.cora, {"reason": "The respondent did not come."}),
        ("hearing.failed_to_appear", cast.cora, {"note": "No answer by phone."}),
    ]


def test_after_failing_to_appear_a_new_hearing_is_set_beside_the_old_one(court, cast):
    hearing, later = settled(STATE.FAILED_TO_APPEAR, court, cast), next_week(court, cast)

    again = make.hearing(hearing.case, later, cast.judy, cast.cora)

    assert (hearing.case.hearings, hearing.case.hearing) == ([hearing, again], again)


def test_after_failing_to_appear_the_place_and_the_jurors_are_free(court, cast):
    hearing = seated(court, cast)
    hearing.fail_to_appear(note="", by=cast.cora)
    other = make.admitted(court, cast.cora, name="Rosa Ruiz", school_name="Harbor Middle")

    stands_in = make.hearing(other, hearing.court_session, cast.judy, cast.cora)

    assert len(make.drawn(stands_in, cast.cora).sitting_seats) == court.panel_size


def test_nobody_has_failed_to_appear_before_the_day(court, cast):
    case, later = make.admitted(court, cast.cora), next_week(court, cast)
    hearing = make.hearing(case, later, cast.judy, cast.cora)

    assert refused(hearing.fail_to_appear, note="", by=cast.cora) == (
        "The day of the hearing has not come yet."
    )


def test_who_is_checked_in_has_not_failed_to_appear(court, cast):
    hearing = day_with_hearing(court, cast)
    hearing.check_in(hearing.case.respondent, by=cast.cora)

    assert refused(hearing.fail_to_appear, note="", by=cast.cora) == "Jordan Tate is checked in."


def test_a_guardian_who_came_alone_does_not_stand_for_the_respondent(court, cast):
    hearing = day_with_hearing(court, cast)
    hearing.check_in(hearing.case.respondent.guardians[0], by=cast.cora)

    hearing.fail_to_appear(note="The mother came.", by=cast.cora)

    assert hearing.state is STATE.FAILED_TO_APPEAR


# Checking in


def test_the_family_is_checked_in_once_each(court, cast, logged):
    hearing = day_with_hearing(court, cast)
    youth, mother = hearing.case.respondent, hearing.case.respondent.guardians[0]
    so_far = len(logged())

    for person in (youth, mother, youth):
        hearing.check_in(person, by=cast.cora)

    assert [(a.person, a.came_at, a.by) for a in hearing.attendances] == [
        (youth, clock.now(), cast.cora),
        (mother, clock.now(), cast.cora),
    ]
    assert logged()[so_far:] == [
        ("hearing.checked_in", cast.cora, {"person": youth.id}),
        ("hearing.checked_in", cast.cora, {"person": mother.id}),
    ]


def test_a_check_in_by_mistake_is_undone(court, cast, session, logged):
    hearing = day_with_hearing(court, cast)
    hearing.check_in(hearing.case.respondent, by=cast.cora)
    session.flush()
    so_far = len(logged())

    hearing.undo_check_in(hearing.case.respondent, by=cast.cora)

    session.flush()
    assert (hearing.has_come(hearing.case.respondent), session.query(m.Attendance).count()) == (False, 0)
    assert logged()[so_far:] == [
        ("hearing.check_in_undone", cast.cora, {"person": hearing.case.respondent_id})
    ]


def test_strangers_are_not_checked_in(court, cast):
    hearing = day_with_hearing(court, cast)

    assert refused(hearing.check_in, make.person(court, "Uncle Tate"), by=cast.cora) == (
        "This person is not expected at this hearing."
    )


def test_nobody_of_a_family_is_checked_in_before_the_day(court, cast):
    hearing = day_with_hearing(court, cast)
    with clock.at(make.SATURDAY - timedelta(days=1)):
        said = refused(hearing.check_in, hearing.case.respondent, by=cast.cora)

    assert said == "People are checked in on the day of the hearing."


@pytest.mark.parametrize("state", SETTLED)
def test_nothing_is_done_to_a_settled_hearing(court, cast, state):
    hearing = settled(state, court, cast)

    said = {
        refused(hearing.check_in, hearing.case.respondent, by=cast.cora),
        refused(hearing.undo_check_in, hearing.case.respondent, by=cast.cora),
        refused(hearing.fail_to_appear, note="", by=cast.cora),
        refused(hearing.hold, by=cast.judy),
    }

    assert said == {"This hearing is settled."}


# Holding


def test_holding_opens_the_deliberation(court, cast, logged):
    hearing = make.sworn(seated(court, cast), cast.cora)
    so_far = len(logged())

    deliberation = hearing.hold(by=cast.judy)

    assert (hearing.state, hearing.held_at, hearing.case.stage, hearing.deliberation) == (
        STATE.HELD,
        clock.now(),
        S.HEARD,
        deliberation,
    )
    assert logged()[so_far:] == [("hearing.held", cast.judy, {"jurors": 6})]


def test_a_hearing_is_not_held_before_its_day(court, cast):
    hearing = make.sworn(seated(court, cast), cast.cora)
    with clock.at(make.SATURDAY - timedelta(days=1)):
        said = refused(hearing.hold, by=cast.judy)

    assert said == "This hearing is not today."


def test_a_night_on_paper_is_written_down_the_next_morning_with_the_times_of_the_night(court, cast):
    hearing = seated(court, cast)
    begun = hearing.block.starts_at

    with clock.at(make.SATURDAY + timedelta(hours=20)):
        make.sworn(hearing, cast.cora).hold(by=cast.cora, at=begun + timedelta(minutes=25))

    assert (hearing.state, hearing.held_at) == (STATE.HELD, begun + timedelta(minutes=25))
    assert {each.came_at for each in hearing.attendances} == {begun}
    assert {seat.sworn_at for seat in hearing.panel.sitting_seats} == {begun}


def test_a_hearing_is_not_held_without_the_respondent(court, cast):
    hearing = make.sworn(seated(court, cast), cast.cora)
    hearing.undo_check_in(hearing.case.respondent, by=cast.cora)

    assert refused(hearing.hold, by=cast.judy) == "Jordan Tate is not checked in."


def test_a_hearing_is_not_held_without_a_panel(court, cast):
    hearing = day_with_hearing(court, cast)
    hearing.check_in(hearing.case.respondent, by=cast.cora)

    assert refused(hearing.hold, by=cast.judy) == "There is no panel."


def with_oaths(court, cast, count, foreperson_too=True):
    """A panel on which so many of the six have taken the oath, the foreperson among them or not."""
    hearing = seated(court, cast)
    hearing.check_in(hearing.case.respondent, by=cast.cora)
    for sitting in hearing.court_session.sittings:
        sitting.check_in(by=cast.cora)
    foreperson = hearing.panel.foreperson
    others = [seat for seat in hearing.panel.sitting_seats if seat is not foreperson]
    for seat in [*[foreperson] * foreperson_too, *others][:count]:
        seat.swear(by=cast.cora)
    return hearing


def test_a_hearing_is_not_held_with_too_few_oaths(court, cast):
    hearing = with_oaths(court, cast, court.panel_minimum - 1)

    assert refused(hearing.hold, by=cast.judy) == "Only 3 jurors have taken the oath; 4 are needed."


def test_a_hearing_is_not_held_with_a_foreperson_who_took_no_oath(court, cast):
    hearing = with_oaths(court, cast, 5, foreperson_too=False)

    assert refused(hearing.hold, by=cast.judy) == "The foreperson has not taken the oath."


def test_whoever_took_no_oath_does_not_decide_nor_does_a_reserve_who_took_none(court, cast):
    hearing = with_oaths(court, cast, 4)
    sworn = [seat for seat in hearing.panel.sitting_seats if seat.is_sworn]
    assert len(hearing.panel.reserves) == 1

    hearing.hold(by=cast.judy)

    assert (hearing.panel.sitting_seats, hearing.panel.reserves) == (sworn, [])
    gone = {seat.stood_down_reason for seat in hearing.panel.seats if seat not in sworn}
    assert gone == {"Did not take the oath."}


def test_a_reserve_under_oath_takes_the_place_of_a_juror_who_took_none(court, cast):
    hearing = with_oaths(court, cast, 5)
    reserve = hearing.panel.reserves[0]
    reserve.swear(by=cast.cora)

    hearing.hold(by=cast.judy)

    assert reserve in hearing.panel.sitting_seats
    assert [seat.is_sworn for seat in hearing.panel.sitting_seats] == [True] * 6


# Who sees it


def seen_by(session, user):
    return session.scalars(m.Hearing.visible_to(user)).all()


def read_by(session, juror):
    return session.scalars(m.Hearing.deliberated_by(juror)).all()


def test_a_juror_sees_the_hearing_they_sit_on_on_that_day_and_no_other(court, cast, session):
    hearing = seated(court, cast)
    seats = hearing.panel.sitting_seats
    sits = make.juror_user(court, seats[0].juror)
    unseated = next(j for j in cast.jurors if all(seat.juror is not j for seat in hearing.panel.seats))
    watches = make.juror_user(court, unseated)
    session.flush()

    seen = {"today": (read_by(session, sits), read_by(session, watches))}
    with clock.at(make.SATURDAY - timedelta(days=1)):
        seen["the day before"] = read_by(session, sits)
    with clock.at(make.SATURDAY + timedelta(days=1)):
        seen["the day after"] = read_by(session, sits)

    assert seen == {"today": ([hearing], []), "the day before": [], "the day after": []}


def test_a_juror_who_was_stood_down_sees_nothing_more(court, cast, session):
    hearing = seated(court, cast)
    seat = hearing.panel.sitting_seats[0]
    account = make.juror_user(court, seat.juror)

    seat.stand_down(reason="Knows the family.", by=cast.cora)

    session.flush()
    assert (seen_by(session, account), read_by(session, account)) == ([], [])


def test_judges_see_what_they_hear_and_families_no_hearing_by_itself(court, cast, session):
    hearing = day_with_hearing(court, cast)
    omar = make.user(court, "Omar Haddad", Role.JUDGE)
    youth = make.user(court, "Jordan Tate", Role.FAMILY, person=hearing.case.respondent)
    bay = make.court("Bay County Youth Court")
    olga = make.user(bay, "Olga Ivanova", Role.COORDINATOR)
    session.flush()

    seen = [seen_by(session, user) for user in (cast.cora, cast.judy, omar, youth, cast.ada, olga)]

    assert seen == [[hearing], [hearing], [], [], [], []]


def test_a_juror_called_back_opens_the_hearing_on_the_day_the_judge_named(court, cast, session):
    deliberation = make.proposed(held(court, cast))
    account = make.juror_user(court, deliberation.hearing.panel.sitting_seats[0].juror)
    deliberation.return_to_panel("Why so few hours?", meets_on=NEXT_WEEK.date(), by=cast.judy)
    session.flush()

    today = session.scalars(m.Hearing.deliberated_by(account)).all()
    with clock.at(NEXT_WEEK):
        then = session.scalars(m.Hearing.deliberated_by(account)).all()

    assert (today, then) == ([], [deliberation.hearing])


# Taking back what was tapped


def test_an_adjournment_taken_back_puts_place_panel_and_family_where_they_were(court, cast, logged):
    hearing = make.sworn(seated(court, cast), cast.cora)
    before = (hearing.block, hearing.room, hearing.judge, hearing.panel, list(hearing.panel.standing))
    there = next_week(court, cast).blocks[0]
    hearing.adjourn(there, court.rooms[0], WHY.ILLNESS, by=cast.cora)
    so_far = len(logged())

    hearing.undo_adjournment(by=cast.cora)

    after = (hearing.block, hearing.room, hearing.judge, hearing.panel, list(hearing.panel.standing))
    assert after == before
    assert hearing.has_come(hearing.case.respondent)
    assert (hearing.adjournments, hearing.why_not_hold()) == ([], None)
    assert [line[0] for line in logged()[so_far:]] == ["panel.called_back", "hearing.adjournment_undone"]


def test_an_adjournment_stays_once_somebody_has_the_place(court, cast):
    hearing = day_with_hearing(court, cast)
    day, there = hearing.court_session, next_week(court, cast).blocks[0]
    hearing.adjourn(there, court.rooms[0], WHY.ILLNESS, by=cast.cora)
    make.hearing(make.admitted(court, cast.cora, "Rosa Ruiz"), day, cast.judy, cast.cora)

    assert refused(hearing.undo_adjournment, by=cast.cora) == "Room A is taken at this time."


def test_an_adjournment_stays_once_the_day_is_over(court, cast):
    hearing = day_with_hearing(court, cast)
    hearing.adjourn(next_week(court, cast).blocks[0], court.rooms[0], WHY.ILLNESS, by=cast.cora)

    with clock.at(make.SATURDAY + timedelta(days=1)):
        said = refused(hearing.undo_adjournment, by=cast.cora)

    assert said == "The day that it was adjourned from is over."


def test_a_family_that_comes_after_all_is_heard_by_the_panel_that_was_sent_home(court, cast, logged):
    hearing = seated(court, cast)
    panel, standing = hearing.panel, list(hearing.panel.standing)
    hearing.fail_to_appear("", by=cast.cora)
    so_far = len(logged())

    for _time in range(2):
        hearing.undo_failure(by=cast.cora)

    assert (hearing.state, hearing.case.stage, hearing.panel) == (STATE.SET, S.HEARING_SET, panel)
    assert hearing.panel.standing == standing
    assert [line[0] for line in logged()[so_far:]] == ["panel.called_back", "hearing.failure_undone"]


def test_who_was_stood_down_before_does_not_come_back_with_the_panel(court, cast):
    hearing = seated(court, cast)
    gone = hearing.panel.sitting_seats[1]
    gone.stand_down("Ill.", by=cast.cora)
    hearing.fail_to_appear("", by=cast.cora)

    hearing.undo_failure(by=cast.cora)

    assert gone not in hearing.panel.standing
    assert len(hearing.panel.sitting_seats) == 6


def test_a_failure_stays_once_the_case_has_another_date(court, cast):
    hearing = day_with_hearing(court, cast)
    hearing.fail_to_appear("", by=cast.cora)
    make.hearing(hearing.case, next_week(court, cast), cast.judy, cast.cora)

    assert refused(hearing.undo_failure, by=cast.cora) == "This case has gone on since."


def test_a_failure_stays_once_somebody_has_the_place(court, cast):
    hearing = day_with_hearing(court, cast)
    hearing.fail_to_appear("", by=cast.cora)
    make.hearing(make.admitted(court, cast.cora, "Rosa Ruiz"), hearing.court_session, cast.judy, cast.cora)

    assert refused(hearing.undo_failure, by=cast.cora) == "Room A is taken at this time."


def test_nothing_is_tapped_once_the_day_is_closed(court, cast):
    hearing = day_with_hearing(court, cast)
    hearing.fail_to_appear("", by=cast.cora)
    hearing.court_session.closed_at = clock.now()

    assert refused(hearing.undo_failure, by=cast.cora) == (
        "This day is closed. To change something, reopen it first."
    )
