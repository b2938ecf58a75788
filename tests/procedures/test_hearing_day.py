"""A day of hearings, from the booking to the credit."""

from datetime import timedelta

import pytest

from tests import make, stages
from tests.refusals import refused, refused_beside
from youthcourt import clock
from youthcourt import models as m
from youthcourt.permissions import Role
from youthcourt.procedures.court import hearing_day
from youthcourt.procedures.intake.referring import PersonFacts
from youthcourt.procedures.jury import enrolling

BOOKED, HERE, CREDITED, EXCUSED, NO_SHOW = m.SittingState


@pytest.fixture
def day(court, cast):
    return make.court_session(court, cast.cora)


@pytest.fixture
def later(court, cast):
    return make.court_session(court, cast.cora, held_on=make.TODAY + timedelta(weeks=1))


def sitting_of(juror, court_session):
    return next(each for each in court_session.sittings if each.juror is juror)


# Booking


def on_duty(court, cast):
    """A respondent who owes two sittings, trained for them."""
    case = stages.active(court, cast)
    juror = m.Juror.enrol(case.respondent, by=cast.cora, is_volunteer=False)
    juror.train(make.TODAY, 60, by=cast.cora)
    duty = next(each for each in case.obligations if each.activity.is_jury_duty)
    return juror, duty


def test_a_booking_pays_off_jury_duty_as_long_as_some_is_owed(court, cast):
    juror, duty = on_duty(court, cast)
    days = [make.court_session(court, cast.cora, make.TODAY + timedelta(weeks=n)) for n in (1, 2, 3)]

    bookings = [hearing_day.book(juror, each, by=cast.cora) for each in days]

    assert [each.obligation for each in bookings] == [duty, duty, None]


def test_a_missed_sitting_leaves_the_duty_to_be_booked_again(court, cast):
    juror, duty = on_duty(court, cast)
    first = make.court_session(court, cast.cora, make.TODAY + timedelta(weeks=1))
    hearing_day.book(juror, first, by=cast.cora)
    with clock.at(make.SATURDAY + timedelta(weeks=1)):
        make.closed(first, by=cast.cora)

    assert hearing_day.sittings_to_book(duty) == 2


def test_many_are_booked_together_or_none_is(cast, day, session):
    *free, away = cast.jurors[:3]
    away.be_away(make.TODAY, make.TODAY, by=cast.cora)
    session.commit()

    sentence = refused(hearing_day.book_many, [*free, away], day, by=cast.cora)
    session.rollback()

    assert sentence == "Chloe Roy cannot come on this day."
    assert session.query(m.Sitting).count() == 0


# Excusing


def test_an_excused_juror_leaves_their_seat_and_the_reserve_takes_it(court, cast, logged):
    hearing = stages.seated(court, cast)
    seat, reserve = hearing.panel.sitting_seats[0], hearing.panel.reserves[0]
    before = len(logged())

    hearing_day.excuse(sitting_of(seat.juror, hearing.court_session), "Ill.", by=cast.cora)

    assert seat.stood_down_reason == "Ill."
    assert reserve in hearing.panel.sitting_seats
    assert [line[0] for line in logged()[before:]] == ["seat.stood_down", "sitting.excused"]


def test_a_ready_day_whose_panel_falls_short_misses_jurors(court, cast):
    hearing = stages.seated(court, cast)
    day = hearing.court_session
    make.prepared(day, cast.cora)
    misses = []

    for juror in [seat.juror for seat in hearing.panel.seats]:
        hearing_day.excuse(sitting_of(juror, day), "Ill.", by=cast.cora)
        misses.append(next((each.lack for each in day.missing()), None))

    assert misses == [m.Lack.RESERVES] * 3 + [m.Lack.PANEL] * 4


def test_who_sits_on_a_case_that_was_heard_keeps_the_seat(court, cast):
    hearing = stages.held(court, cast)
    seat = hearing.panel.sitting_seats[0]

    hearing_day.excuse(sitting_of(seat.juror, hearing.court_session), "Had to go.", by=cast.cora)

    assert seat.stood_down_at is None


def test_nobody_is_excused_without_a_reason(cast, day):
    (sitting,) = make.booked(cast.jurors[:1], day, cast.cora)

    assert refused_beside(hearing_day.excuse, sitting, " ", by=cast.cora) == ("reason", "Write the reason.")


def test_a_juror_cancels_before_the_day_and_calls_on_it(court, cast, later):
    first, second = make.booked(cast.jurors[:2], later, cast.cora)
    account = make.user(court, "Amara Obi", Role.JUROR, person=first.juror.person)

    hearing_day.cancel(first, "Exam.", by=account)
    with clock.at(make.SATURDAY + timedelta(weeks=1)):
        sentence = refused(hearing_day.cancel, second, "Exam.", by=account)

    assert (first.state, second.state) == (EXCUSED, BOOKED)
    assert sentence == "The day has come. Please call the court office."


def test_who_leaves_is_taken_off_the_days_ahead_and_keeps_what_was_served(court, cast, day, later):
    juror = cast.jurors[0]
    served, ahead = (make.booked([juror], each, cast.cora)[0] for each in (day, later))
    served.check_in(by=cast.cora)
    served.credit(by=cast.cora)

    hearing_day.leave(juror, by=cast.cora)

    assert (served.state, ahead.state, juror.left_on) == (CREDITED, EXCUSED, make.TODAY)
    assert m.Account.of(court, juror.person).balance() == 120


# Enrolling


def test_one_person_is_enrolled_once_whatever_brought_them_here(court, cast):
    case = make.referred(court, cast.cora, "Nia Boateng")
    facts = PersonFacts("nia", "boateng", born_on=case.respondent.born_on)

    asked = refused_beside(enrolling.enrol_volunteer, court, facts, by=cast.cora)
    juror = enrolling.enrol_volunteer(court, facts, by=cast.cora, known=case.respondent)

    assert asked == (
        "same_as",
        "The court knows somebody of this name. Say below whether it is the same person.",
    )
    assert (juror.person, juror.is_volunteer) == (case.respondent, True)


def test_who_sits_for_a_plan_may_stay_on_as_a_volunteer(court, cast, logged):
    case = make.referred(court, cast.cora, "Nia Boateng")
    on_plan = m.Juror.enrol(case.respondent, by=cast.cora, is_volunteer=False)
    facts = PersonFacts("Nia", "Boateng", born_on=case.respondent.born_on)

    juror = enrolling.enrol_volunteer(court, facts, by=cast.cora, known=case.respondent)

    assert (juror, juror.is_volunteer) == (on_plan, True)
    assert [line[0] for line in logged()][-1] == "juror.stayed_on"


# Walk-ins


def test_a_walk_in_is_booked_and_here_at_once_and_only_once(court, cast, logged):
    day = make.court_session(court, cast.cora)
    so_far = len(logged())

    sittings = {hearing_day.walk_in(cast.jurors[0], day, by=cast.cora) for _time in range(2)}

    [sitting] = sittings
    assert (sitting.state, sitting.is_walk_in) == (m.SittingState.CHECKED_IN, True)
    assert [line[0] for line in logged()[so_far:]] == ["sitting.booked", "sitting.checked_in"]


def test_a_walk_in_pays_off_jury_duty_like_anybody(court, cast):
    case = stages.active(court, cast)
    juror = m.Juror.enrol(case.respondent, by=cast.cora, is_volunteer=False)
    with clock.at(make.SATURDAY + timedelta(days=7)):
        day = make.court_session(court, cast.cora)

        sitting = hearing_day.walk_in(juror, day, by=cast.cora)

    assert sitting.obligation.activity.is_jury_duty


def test_a_walk_in_by_mistake_is_neither_booked_nor_here(court, cast):
    day = make.court_session(court, cast.cora)
    sitting = hearing_day.walk_in(cast.jurors[0], day, by=cast.cora)

    hearing_day.undo_check_in(sitting, by=cast.cora)

    assert sitting.state is m.SittingState.EXCUSED
    assert hearing_day.walk_in(cast.jurors[0], day, by=cast.cora) is not sitting


def test_who_no_longer_sits_does_not_walk_in(court, cast):
    day = make.court_session(court, cast.cora)
    cast.jurors[0].leave(by=cast.cora)

    assert refused(hearing_day.walk_in, cast.jurors[0], day, by=cast.cora) == "Amara Obi no longer sits."
