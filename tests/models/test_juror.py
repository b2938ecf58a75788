"""Jurors: enrolled, trained, away, booked, come, credited."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.refusals import refused, refused_beside
from tests.stages import active, seated
from youthcourt import clock
from youthcourt import models as m
from youthcourt.errors import RuleBroken
from youthcourt.permissions import Role
from youthcourt.procedures.court import closing, hearing_day

STATE = m.SittingState


@pytest.fixture
def amara(cast):
    return cast.jurors[0]


@pytest.fixture
def day(court, cast):
    return make.court_session(court, cast.cora)


# On the list


def test_enrolling_puts_somebody_on_the_list(court, cast, logged):
    person = make.person(court, "Imani Cole")

    juror = m.Juror.enrol(person, by=cast.cora)

    assert (juror.person, juror.joined_on, juror.is_volunteer, juror.left_on) == (
        person,
        court.today,
        True,
        None,
    )
    assert logged() == [("juror.enrolled", cast.cora, {})]


def test_nobody_is_on_the_list_twice(court, cast, amara, logged):
    again = m.Juror.enrol(amara.person, by=cast.cora)

    assert (again, logged()) == (amara, [])


def test_who_sits_for_a_plan_becomes_a_volunteer_by_own_choice(court, cast, logged):
    person = make.person(court, "Imani Cole")
    juror = m.Juror.enrol(person, by=cast.cora, is_volunteer=False)
    so_far = len(logged())

    m.Juror.enrol(person, by=cast.cora)

    assert juror.is_volunteer
    assert logged()[so_far:] == [("juror.stayed_on", cast.cora, {})]


def test_a_volunteer_who_then_owes_jury_duty_stays_a_volunteer(cast, amara):
    m.Juror.enrol(amara.person, by=cast.cora, is_volunteer=False)

    assert amara.is_volunteer


def test_who_left_comes_back(court, cast, amara):
    amara.leave(by=cast.cora)
    left_on = amara.left_on

    m.Juror.enrol(amara.person, by=cast.cora)

    assert (left_on, amara.left_on) == (court.today, None)


# Training and absence


def test_a_training_is_good_for_the_courts_days(court, cast):
    court.training_valid_days = 30
    juror = make.juror(court, "Imani Cole", by=cast.cora)
    day = court.today

    good = [juror.is_trained_on(day + timedelta(days=days)) for days in (-1, 0, 30, 31)]

    assert (good, juror.trained_until) == ([False, True, True, False], day + timedelta(days=30))


def test_a_training_ahead_is_not_written_down(court, cast, amara):
    assert refused_beside(amara.train, held_on=court.today + timedelta(days=1), minutes=60, by=cast.cora) == (
        "held_on",
        "A training is written down once it has been held.",
    )


def test_a_juror_is_away_from_the_first_day_to_the_last(court, cast, amara, logged):
    amara.be_away(date(2026, 3, 10), date(2026, 3, 12), by=cast.cora)

    away = [amara.is_away_on(date(2026, 3, day)) for day in (9, 10, 12, 13)]

    assert away == [False, True, True, False]
    assert logged() == [
        ("juror.absence_noted", cast.cora, {"starts_on": "2026-03-10", "ends_on": "2026-03-12"})
    ]


def test_an_absence_does_not_end_before_it_begins(cast, amara):
    assert refused_beside(amara.be_away, date(2026, 3, 10), date(2026, 3, 9), by=cast.cora) == (
        "ends_on",
        "The last day is before the first.",
    )


def test_an_absence_takes_back_the_bookings_of_those_days_and_their_seats(court, cast):
    hearing = seated(court, cast)
    later = make.court_session(court, cast.cora, held_on=court.today + timedelta(days=7))
    juror = hearing.panel.sitting_seats[0].juror
    make.booked([juror], later, cast.cora)

    hearing_day.be_away(juror, court.today, court.today + timedelta(days=6), by=cast.cora)

    states = {sitting.court_session: sitting.state for sitting in juror.sittings}
    assert states == {hearing.court_session: STATE.EXCUSED, later: STATE.BOOKED}
    assert juror not in [seat.juror for seat in hearing.panel.sitting_seats]


# Booking


def test_a_booking_is_kept(cast, day, amara, logged):
    sitting = m.Sitting.book(amara, day, by=cast.cora)

    assert (sitting.juror, sitting.court_session, sitting.state, sitting.obligation) == (
        amara,
        day,
        STATE.BOOKED,
        None,
    )
    assert logged()[-1:] == [("sitting.booked", cast.cora, {"held_on": "2026-03-07"})]


def left(juror, day, cast):
    juror.leave(by=cast.cora)


def away(juror, day, cast):
    juror.be_away(day.held_on, day.held_on, by=cast.cora)


def booked(juror, day, cast):
    make.booked([juror], day, cast.cora)


def closed(juror, day, cast):
    make.closed(day, by=cast.cora)


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        (left, "Amara Obi no longer sits."),
        (away, "Amara Obi cannot come on this day."),
        (booked, "Amara Obi is booked on this day already."),
        (closed, "This day is over."),
    ],
)
def test_a_juror_is_not_booked(cast, day, amara, why, sentence):
    why(amara, day, cast)

    assert refused(m.Sitting.book, amara, day, by=cast.cora) == sentence


def test_nobody_is_booked_for_a_day_that_is_over(cast, day, amara):
    with clock.at(make.SATURDAY + timedelta(days=1)):
        assert refused(m.Sitting.book, amara, day, by=cast.cora) == "This day is over."


def test_who_was_excused_may_be_booked_again(cast, day, amara, session):
    make.booked([amara], day, cast.cora)[0].excuse("Exam.", by=cast.cora)

    again = make.booked([amara], day, cast.cora)[0]

    session.flush()
    assert [sitting.state for sitting in amara.sittings] == [STATE.EXCUSED, STATE.BOOKED]
    assert again.is_open


# From state to state

MAY_FOLLOW = {
    "Booked": {"Here", "Excused", "Did not come"},
    "Here": {"Booked", "Served", "Excused"},
    "Served": set(),
    "Excused": set(),
    "Did not come": {"Here", "Booked"},
}
VERBS = {
    "Here": lambda sitting, by: sitting.check_in(by=by),
    "Booked": lambda sitting, by: _take_back(sitting, by=by),
    "Excused": lambda sitting, by: sitting.excuse("Ill.", by=by),
    "Did not come": lambda sitting, by: sitting.miss(by=by),
    "Served": lambda sitting, by: sitting.credit(by=by),
}


def _take_back(sitting, by):
    return (sitting.undo_miss if sitting.state is STATE.NO_SHOW else sitting.undo_check_in)(by=by)


@pytest.mark.parametrize("now", STATE)
def test_a_sitting_goes_from_state_to_state_as_the_table_has_it(cast, day, amara, session, now):
    sitting = make.booked([amara], day, cast.cora)[0]
    sitting.state, is_now = now, str(m.SITTING_WORDS[now])
    session.flush()
    answers = {}
    for then, verb in VERBS.items():
        kept = session.begin_nested()
        try:
            verb(sitting, cast.cora)
            answers[then] = str(m.SITTING_WORDS[sitting.state])
        except RuleBroken as no:
            answers[then] = no.message
        kept.rollback()

    no = f"Amara Obi is “{is_now}”, so this cannot be written down."
    twice = {is_now} & {"Here", "Booked", "Did not come"}  # saying these twice changes nothing
    may = MAY_FOLLOW[is_now] | twice
    assert answers == {then: then if then in may else no for then in VERBS}
    print(f"count: moves of a sitting checked from {now} = {len(answers)}")


def test_checking_in_keeps_when_and_counts_once(cast, day, amara, logged):
    sitting = make.booked([amara], day, cast.cora)[0]
    so_far = len(logged())

    for _time in range(2):
        sitting.check_in(by=cast.cora)

    assert sitting.checked_in_at == clock.now()
    assert logged()[so_far:] == [("sitting.checked_in", cast.cora, {})]


def test_nobody_is_checked_in_before_the_day(cast, day, amara):
    sitting = make.booked([amara], day, cast.cora)[0]
    with clock.at(make.SATURDAY - timedelta(days=1)):
        said = refused(sitting.check_in, by=cast.cora)

    assert said == "People are checked in on the day of the hearing."


def test_a_check_in_by_mistake_is_undone(cast, day, amara):
    sitting = make.booked([amara], day, cast.cora)[0]
    sitting.check_in(by=cast.cora)

    sitting.undo_check_in(by=cast.cora)

    assert (sitting.state, sitting.checked_in_at, sitting.is_here) == (STATE.BOOKED, None, False)


# Credit


def test_a_sitting_is_credited_once(cast, day, amara, session, logged):
    sitting = make.booked([amara], day, cast.cora)[0]
    sitting.check_in(by=cast.cora)
    so_far = len(logged())

    sitting.credit(by=cast.cora)

    assert refused(sitting.credit, by=cast.cora) == ("Amara Obi is “Served”, so this cannot be written down.")
    assert m.Account.of(amara.court, amara.person).balance() == 120
    assert logged()[so_far:] == [
        ("time_credit.paid", cast.cora, {"person": amara.person_id, "minutes": 120}),
        ("sitting.credited", cast.cora, {"minutes": 120}),
    ]


def test_nobody_credits_their_own_sitting_by_a_second_part(court, cast, day, amara):
    both = make.user(court, "Amara Obi", Role.JUROR, Role.COORDINATOR, person=amara.person)
    sitting = make.booked([amara], day, cast.cora)[0]
    sitting.check_in(by=cast.cora)

    assert refused(sitting.credit, by=both) == "Nobody credits their own service."
    assert refused(closing.close_day, day, by=both) == "Nobody credits their own service."


def on_duty(court, cast):
    """The respondent of a case on its plan, enrolled and trained: they owe two sittings."""
    case = active(court, cast)
    make.closed(case.hearing.court_session, by=cast.cora)
    juror = case.session.query(m.Juror).filter_by(person=case.respondent).one()
    juror.train(held_on=court.today, minutes=60, by=cast.cora)
    return case, juror


def next_saturday(weeks=1):
    return clock.at(make.SATURDAY + timedelta(weeks=weeks))


def test_jury_duty_goes_down_with_the_sitting_and_is_paid_like_any(court, cast):
    case, juror = on_duty(court, cast)
    duty = case.obligations[1]
    with next_saturday():
        later = make.court_session(court, cast.cora)
        sitting = hearing_day.book(juror, later, by=cast.cora)
        sitting.check_in(by=cast.cora)
        make.closed(later, by=cast.cora)

    assert (sitting.obligation, duty.amount_left, duty.state) == (duty, 1, m.ObligationState.OPEN)
    assert m.Account.of(court, juror.person).balance() == 120


def test_beyond_what_is_owed_a_respondent_is_booked_as_anybody(court, cast):
    case, juror = on_duty(court, cast)
    duty = case.obligations[1]
    with next_saturday():
        days = [
            make.court_session(court, cast.cora, held_on=court.today + timedelta(days=n)) for n in range(3)
        ]
        sittings = [hearing_day.book(juror, day, by=cast.cora) for day in days]

    assert [sitting.obligation for sitting in sittings] == [duty, duty, None]


def test_an_excused_sitting_leaves_the_duty_to_be_booked_again(court, cast):
    case, juror = on_duty(court, cast)
    with next_saturday():
        later = make.court_session(court, cast.cora)
        hearing_day.book(juror, later, by=cast.cora).excuse("Ill.", by=cast.cora)

    assert hearing_day.sittings_to_book(case.obligations[1]) == 2


def end_by_return(case, cast):
    case.return_to_referrer(m.ClosureReason.NEW_OFFENCE, note="Nothing done.", by=cast.cora)


def end_by_withdrawal(case, cast):
    case.withdraw(case.respondent, reason="", by=cast.cora)


@pytest.mark.parametrize("end", [end_by_return, end_by_withdrawal])
def test_a_case_that_ends_after_the_booking_does_not_keep_the_day_from_closing(court, cast, end):
    case, juror = on_duty(court, cast)
    duty = case.obligations[1]
    with next_saturday():
        later = make.court_session(court, cast.cora)
        sitting = hearing_day.book(juror, later, by=cast.cora)
        sitting.check_in(by=cast.cora)
        end(case, cast)

        credited = make.closed(later, by=cast.cora)

    assert (credited, duty.amount_done, m.Account.of(court, juror.person).balance()) == ([sitting], 0, 120)


@pytest.mark.parametrize("end", [end_by_return, end_by_withdrawal])
def test_a_case_that_ended_asks_for_no_more_jury_duty(court, cast, end):
    case, juror = on_duty(court, cast)
    end(case, cast)
    with next_saturday():
        sitting = hearing_day.book(juror, make.court_session(court, cast.cora), by=cast.cora)

    assert sitting.obligation is None


# Who sees it


def test_a_juror_sees_their_own_sittings_and_nobody_elses(court, cast, day, session):
    mine, _theirs = make.booked(cast.jurors[:2], day, cast.cora)
    amara = make.juror_user(court, cast.jurors[0])
    family = make.user(court, "Ben Kim", Role.FAMILY, person=cast.jurors[1].person)
    session.flush()

    seen = [session.scalars(m.Sitting.of_juror(user)).all() for user in (amara, family, cast.cora)]

    assert seen == [[mine], [], []]
