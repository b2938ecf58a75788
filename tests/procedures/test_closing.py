"""The end of an evening: what is missing, what is locked, and opening it again."""

from collections import Counter
from datetime import timedelta

import pytest

from tests import make, stages
from tests.refusals import refused, refused_beside
from youthcourt import clock
from youthcourt import models as m
from youthcourt.errors import RuleBroken
from youthcourt.procedures.court import closing, hearing_day
from youthcourt.procedures.jury import seating

BOOKED, HERE, CREDITED, EXCUSED, NO_SHOW = m.SittingState
LOCKED = "This day is closed. To change something, reopen it first."


@pytest.fixture
def day(court, cast):
    return make.court_session(court, cast.cora)


@pytest.fixture
def decided(court, cast):
    """A hearing whose panel has decided: nothing of its day is open."""
    return make.proposed(stages.held(court, cast)).hearing


def kinds(day):
    return [(each.what.value, each.sentence) for each in closing.open_points(day)]


# Closing


def test_whoever_came_is_credited_seated_or_not(court, cast):
    hearing = stages.held(court, cast)
    make.proposed(hearing)
    day, seated = hearing.court_session, {seat.juror for seat in hearing.panel.sitting_seats}

    credited = make.closed(day, by=cast.cora)

    assert {each.juror for each in credited} == set(cast.jurors)
    assert seated < set(cast.jurors)
    assert {each.state for each in day.sittings} == {CREDITED}


def test_whoever_did_not_come_is_written_down_and_earns_nothing(court, cast, day, logged):
    here, absent, excused = make.booked(cast.jurors[:3], day, cast.cora)
    here.check_in(by=cast.cora)
    excused.excuse("Ill.", by=cast.cora)

    make.closed(day, by=cast.cora)

    assert [each.state for each in (here, absent, excused)] == [CREDITED, NO_SHOW, EXCUSED]
    assert [m.Account.of(court, each.juror.person).balance() for each in (here, absent, excused)] == [
        120,
        0,
        0,
    ]
    assert ("sitting.missed", cast.cora, {}) in logged()


def test_what_jurors_earn_leaves_the_courts_own_account(court, cast, day):
    for sitting in make.booked(cast.jurors[:3], day, cast.cora):
        sitting.check_in(by=cast.cora)

    make.closed(day, by=cast.cora)

    assert m.Account.of(court, None).balance() == -3 * court.minutes_per_sitting


def test_a_closed_day_is_not_closed_again(cast, day):
    make.closed(day, by=cast.cora)

    assert refused(closing.close_day, day, by=cast.cora) == "This day is closed."


# What is not written down yet


def test_a_day_on_which_everything_is_written_down_has_no_open_point(decided):
    assert kinds(decided.court_session) == []


def test_each_thing_that_is_missing_is_asked_for(court, cast, decided, day):
    hearing, mother = decided, decided.case.respondent.guardians[0]
    night = hearing.court_session
    hearing.attendances[:] = [each for each in hearing.attendances if each.person is not mother]
    late = make.juror(court, "Ivo Late", by=cast.cora)
    make.booked([late], night, cast.cora)
    helper = hearing.panel.add_seat(late, post=m.Post.BAILIFF)
    waiting = make.hearing(make.admitted(court, cast.cora, "Rosa Ruiz"), night, cast.judy, cast.cora, block=1)

    assert kinds(night) == [
        ("juror", "Ivo Late: did they come?"),
        ("seat", "YC-2026-0001: Ivo Late has a place and did not come."),
        ("family", "YC-2026-0001: did Renee Tate come?"),
        ("hearing", "YC-2026-0002: was it held?"),
    ]
    sitting = next(each for each in night.sittings if each.juror is late)
    sitting.check_in(by=cast.cora)
    assert ("oath", "YC-2026-0001: did Ivo Late take the oath?") in kinds(night)

    helper.swear(by=cast.cora)
    hearing.note_absence(mother, by=cast.cora)
    waiting.fail_to_appear("", by=cast.cora)
    assert kinds(night) == []


def test_what_was_written_down_by_mistake_can_be_undone_until_the_day_is_closed(court, cast, decided, logged):
    night, mother = decided.court_session, decided.case.respondent.guardians[0]
    decided.attendances[:] = [each for each in decided.attendances if each.person is not mother]
    (sitting,) = make.booked([make.juror(court, "Ivo Late", by=cast.cora)], night, cast.cora)
    so_far = len(logged())

    for tap in (sitting.miss, sitting.undo_miss):
        tap(by=cast.cora)
        court.session.flush()
    for tap in (decided.note_absence, decided.attend):
        tap(mother, by=cast.cora)
        court.session.flush()

    assert (sitting.state, decided.absences, decided.has_come(mother)) == (BOOKED, [], True)
    assert Counter(line[0] for line in logged()[so_far:]) == Counter(
        (
            "sitting.missed",
            "sitting.miss_undone",
            "hearing.absence_noted",
            "hearing.absence_undone",
            "hearing.checked_in",
        )
    )


def test_nobody_is_missed_before_the_day(court, cast):
    ahead = make.court_session(court, cast.cora, held_on=court.today + timedelta(days=7))
    (sitting,) = make.booked(cast.jurors[:1], ahead, cast.cora)

    assert refused(sitting.miss, by=cast.cora) == "The day of the hearing has not come yet."


def test_the_morning_after_people_are_still_written_down_with_the_time_of_the_evening(court, cast, day):
    (sitting,) = make.booked(cast.jurors[:1], day, cast.cora)
    begun = day.blocks[0].starts_at

    with clock.at(make.SATURDAY + timedelta(hours=20)):
        sitting.check_in(by=cast.cora)
        at_another = refused_beside(day.happened_at, clock.now())

    assert sitting.checked_in_at == begun
    assert at_another == ("at", "This time is not one of that evening.")


# Credit


def test_who_came_and_is_not_credited_has_a_reason_and_earns_nothing(court, cast, decided):
    night = decided.court_session
    sitting = night.sittings[0]

    no_reason = refused_beside(sitting.withhold, " ", by=cast.cora)
    sitting.withhold("Left after ten minutes.", by=cast.cora)
    credited = closing.close_day(night, by=cast.cora)

    assert no_reason == ("reason", "Write the reason.")
    assert (sitting.state, len(credited)) == (HERE, len(cast.jurors) - 1)
    assert m.Account.of(court, sitting.juror.person).balance() == 0


# The lock


def of_a_closed_day(court, cast, hearing):
    """Every verb that would change something of the day, with what it is called on."""
    night, mother = hearing.court_session, hearing.case.respondent.guardians[0]
    seat, sitting = hearing.panel.sitting_seats[0], night.sittings[0]
    by = cast.cora
    block, room = night.blocks[1], night.rooms[1]
    return {
        "adjourn": lambda: hearing.adjourn(block, room, m.AdjournmentReason.ILLNESS, by=by),
        "move": lambda: hearing.move(block, room, cast.judy, by=by),
        "fail": lambda: hearing.fail_to_appear("", by=by),
        "hold": lambda: hearing.hold(by=by),
        "check in": lambda: hearing.check_in(mother, by=by),
        "undo check-in": lambda: hearing.undo_check_in(mother, by=by),
        "attend": lambda: hearing.attend(mother, by=by),
        "note absence": lambda: hearing.note_absence(mother, by=by),
        "undo absence": lambda: hearing.undo_absence(mother, by=by),
        "serve": lambda: hearing.serve(m.HowServed.BY_HAND, by=by),
        "take back notice": lambda: hearing.take_back_notice(by=by),
        "book interpreter": lambda: hearing.book_interpreter("es", "Ms. Vera", by=by),
        "release interpreter": lambda: hearing.release_interpreter("es", by=by),
        "begin a step": lambda: hearing.begin(m.Step.READ_OUT, by=by),
        "foreperson": lambda: hearing.panel.name_foreperson(seat, by=by),
        "swear": lambda: seat.swear(by=by),
        "stand down": lambda: seat.stand_down("Ill.", by=by),
        "give up": lambda: seat.give_up("Ill.", by=by, has_moved=False),
        "take": lambda: seat.take(m.SeatRole.RESERVE, by=by),
        "take back oath": lambda: seat.take_back_oath(by=by),
        "vacate": lambda: seating.vacate(seat, seating.WhyLeft.CONFLICT, "Knows them.", by=by),
        "undo failure": lambda: hearing.undo_failure(by=by),
        "arrival": lambda: m.Arrival.note(night, by=by, judge=cast.judy),
        "undo arrival": lambda: m.Arrival.take_back(night, by=by, judge=cast.judy),
        "undo miss": lambda: sitting.undo_miss(by=by),
        "miss": lambda: sitting.miss(by=by),
        "check in juror": lambda: next(s for s in night.sittings if s.state is NO_SHOW).check_in(by=by),
        "undo check-in of juror": lambda: sitting.undo_check_in(by=by),
        "excuse": lambda: hearing_day.excuse(sitting, "Ill.", by=by),
        "credit": lambda: sitting.credit(by=by),
        "withhold": lambda: sitting.withhold("Left.", by=by),
        "grant": lambda: sitting.grant(by=by),
        "take back credit": lambda: sitting.take_back_credit(by=by),
    }


def test_everything_of_a_closed_day_is_refused_with_one_sentence(court, cast, decided):
    night = decided.court_session
    make.booked([make.juror(court, "Ivo Late", by=cast.cora)], night, cast.cora)
    make.closed(night, by=cast.cora)
    verbs = of_a_closed_day(court, cast, decided)

    said = {name: refused(verb) for name, verb in verbs.items()}

    print(f"count: verbs locked on a closed day = {len(said)}")
    assert {name: words for name, words in said.items() if words != LOCKED} == {}


def test_the_lock_is_what_refuses_and_not_something_else(court, cast, decided, monkeypatch):
    """A planted fault: a day that never says that it is closed. Then most of them go through."""
    night = decided.court_session
    make.booked([make.juror(court, "Ivo Late", by=cast.cora)], night, cast.cora)
    make.closed(night, by=cast.cora)
    monkeypatch.setattr(m.CourtSession, "why_not_change_day", lambda _day: None)
    verbs = of_a_closed_day(court, cast, decided)

    went_through = {name for name, verb in verbs.items() if _goes_through(verb)}

    assert {"attend", "take back notice", "foreperson", "swear", "take back credit"} <= went_through


def _goes_through(verb):
    try:
        verb()
    except RuleBroken:
        return False
    return True


def test_a_panel_that_is_called_back_after_closing_can_still_be_changed(court, cast, decided):
    make.closed(decided.court_session, by=cast.cora)
    decided.deliberation.return_to_panel("Why so much?", meets_on=court.today, by=cast.judy)

    decided.panel.sitting_seats[-1].stand_down("Has moved away.", by=cast.cora)

    assert len(decided.panel.sitting_seats) == 5


# Opening it again


def test_reopening_needs_a_reason_and_a_closed_day(cast, decided):
    night = decided.court_session
    too_early = refused(closing.reopen_day, night, "To correct.", by=cast.cora)
    make.closed(night, by=cast.cora)

    assert too_early == "This day is not closed."
    assert refused_beside(closing.reopen_day, night, "  ", by=cast.cora) == ("reason", "Write the reason.")
    assert night.is_closed


def test_reopening_takes_credits_back_by_entries_of_their_own(court, cast, decided, logged):
    night = decided.court_session
    make.closed(night, by=cast.cora)
    paid = court.session.query(m.TimeCredit).count()
    so_far = len(logged())

    reopened = closing.reopen_day(night, "Dev was here.", by=cast.cora)

    lines = [line[0] for line in logged()[so_far:]]
    assert (reopened.by, reopened.reason, reopened.was_closed_by) == (cast.cora, "Dev was here.", cast.cora)
    assert (night.is_closed, night.reopenings) == (False, [reopened])
    assert {each.state for each in night.sittings} == {HERE}
    assert court.session.query(m.TimeCredit).count() == 2 * paid
    assert [m.Account.of(court, each.person).balance() for each in cast.jurors] == [0] * len(cast.jurors)
    assert m.Account.of(court, None).balance() == 0
    assert lines.count("time_credit.taken_back") == lines.count("sitting.credit_taken_back") == paid
    assert lines[-1] == "court_session.reopened"


def test_closing_again_credits_everybody_once(court, cast, decided):
    night = decided.court_session

    for _time in range(2):
        make.closed(night, by=cast.cora)
        closing.reopen_day(night, "Once more.", by=cast.cora)
    make.closed(night, by=cast.cora)

    balances = {m.Account.of(court, each.person).balance() for each in cast.jurors}
    assert balances == {court.minutes_per_sitting}


def on_duty(court, cast):
    """A respondent who owes two sittings and sits on a later day."""
    case = stages.active(court, cast)
    juror = m.Juror.enrol(case.respondent, by=cast.cora, is_volunteer=False)
    juror.train(make.TODAY, 60, by=cast.cora)
    later = make.court_session(court, cast.cora, make.TODAY + timedelta(weeks=1))
    sitting = hearing_day.book(juror, later, by=cast.cora)
    return sitting, sitting.obligation


def test_jury_duty_is_taken_back_and_counted_once_more(court, cast):
    sitting, duty = on_duty(court, cast)
    night, left = sitting.court_session, []

    with clock.at(make.SATURDAY + timedelta(weeks=1)):
        sitting.check_in(by=cast.cora)
        for act in (make.closed, lambda day, by: closing.reopen_day(day, "Wrong.", by=by), make.closed):
            act(night, by=cast.cora)
            left.append((duty.amount_left, duty.state))

    still = m.ObligationState.OPEN
    assert left == [(1, still), (2, still), (1, still)]
    assert [each.amount for each in duty.service_records] == [1, -1, 1]


def test_duty_of_a_case_that_has_ended_stays_as_it_was_credited(court, cast):
    sitting, duty = on_duty(court, cast)
    night = sitting.court_session

    with clock.at(make.SATURDAY + timedelta(weeks=1)):
        sitting.check_in(by=cast.cora)
        make.closed(night, by=cast.cora)
        duty.case.return_to_referrer(m.ClosureReason.MOVED, note="Left.", by=cast.cora)
        closing.reopen_day(night, "Wrong.", by=cast.cora)
        make.closed(night, by=cast.cora)

    assert [each.amount for each in duty.service_records] == [1]
    assert m.Account.of(court, sitting.juror.person).balance() == court.minutes_per_sitting
