"""Whether what is owed in jury duty can be paid in time."""

from datetime import date, timedelta

import pytest

from tests import make, stages
from youthcourt.models import Availability, Juror, SittingState
from youthcourt.procedures.court import hearing_day
from youthcourt.procedures.jury import availability, forecasting
from youthcourt.procedures.jury.availability import Says
from youthcourt.procedures.jury.forecasting import Outlook, Owed

SATURDAY = 5


@pytest.fixture
def case(court, cast):
    """A plan that asks for two sittings."""
    return stages.active(court, cast)


@pytest.fixture
def duty(case):
    return next(each for each in case.obligations if each.activity.is_jury_duty)


@pytest.fixture
def juror(case, session):
    """The respondent as a juror, with a training."""
    found = session.query(Juror).filter_by(person=case.respondent).first()
    juror = found or Juror.enrol(case.respondent, by=None, is_volunteer=False)
    juror.train(held_on=case.court.today, minutes=120, by=None)
    session.flush()
    return juror


def saturdays(court, cast, number):
    """The next Saturdays as hearing days."""
    return [
        make.court_session(court, cast.cora, make.TODAY + timedelta(weeks=n)) for n in range(1, number + 1)
    ]


def outlook(court):
    [told] = forecasting.expectations(court)
    return told.left, told.booked, told.could, told.outlook


@pytest.mark.parametrize(
    ("days", "told"),
    [(1, Outlook.AT_RISK), (2, Outlook.TIGHT), (3, Outlook.TIGHT), (4, Outlook.SAFE)],
)
def test_two_sittings_need_two_days_and_two_to_spare(court, cast, duty, juror, session, days, told):
    saturdays(court, cast, days)
    session.flush()

    assert outlook(court) == (2, 0, days, told)


def test_days_after_the_due_date_do_not_count(court, cast, duty, juror, session):
    duty.due_on = make.TODAY + timedelta(weeks=2)
    saturdays(court, cast, 5)
    session.flush()

    assert outlook(court) == (2, 0, 2, Outlook.TIGHT)


def test_a_booked_day_counts_as_booked_and_a_missed_one_as_nothing(court, cast, duty, juror, session):
    first, second, *_rest = saturdays(court, cast, 3)
    hearing_day.book(juror, first, by=cast.cora)
    excused = hearing_day.book(juror, second, by=cast.cora)
    hearing_day.excuse(excused, reason="Ill.", by=cast.cora)
    session.flush()
    session.refresh(duty)

    assert outlook(court) == (2, 1, 2, Outlook.TIGHT)


def test_what_the_juror_said_and_their_training_decide_which_days_could_be(court, cast, duty, juror, session):
    days = saturdays(court, cast, 4)
    juror.trainings[0].valid_until = days[2].held_on
    Availability.state(juror, cast.cora, days[1].held_on, weekday=SATURDAY)
    session.flush()
    session.expire(juror)

    assert outlook(court) == (2, 0, 2, Outlook.TIGHT)


def test_chances_are_the_days_from_this_one_on(court, cast, duty, juror, session):
    days = saturdays(court, cast, 4)
    duty.due_on = days[2].held_on
    session.flush()

    found = [forecasting.chances(day, [juror, *cast.jurors]) for day in days]

    assert found == [{juror.id: Owed(owes=2, chances=number)} for number in (3, 2, 1, 1)]


def test_nobody_who_owes_nothing_is_among_the_chances(court, cast, session):
    [day] = saturdays(court, cast, 1)

    assert forecasting.chances(day, cast.jurors) == {}


def test_a_juror_says_yes_no_or_nothing(cast, session):
    juror, day, evening = cast.jurors[0], date(2026, 3, 14), [make.time(18, 30)]
    said = [availability.says(juror, day, evening)]
    Availability.state(juror, cast.cora, make.TODAY, weekday=SATURDAY)
    session.flush()
    session.refresh(juror)
    said += [availability.says(juror, each, evening) for each in (day, day + timedelta(1))]
    juror.be_away(day, day, by=cast.cora)
    said.append(availability.says(juror, day, evening))

    assert said == [Says.NOTHING, Says.YES, Says.NO, Says.NO]


def test_who_said_from_when_is_called_to_later_hearings_only(court, cast, session):
    juror, day = cast.jurors[0], make.court_session(court, cast.cora)
    unsaid = availability.blocks_of(juror, day)
    Availability.state(juror, cast.cora, make.TODAY, weekday=SATURDAY, from_time=make.time(19))
    session.flush()
    session.refresh(juror)

    assert unsaid == day.blocks
    assert availability.blocks_of(juror, day) == day.blocks[1:]


def test_a_full_calendar_gives_no_more_chances_than_the_limit(monkeypatch):
    days = [date(2026, 3, d) for d in (7, 14, 21)] + [date(2026, 4, 4)]

    assert [availability.within_limit(days, limit) for limit in (None, 2, 1, 0)] == [4, 3, 2, 0]


def test_a_sitting_that_was_served_is_owed_no_more(court, cast, duty, juror, session):
    saturdays(court, cast, 3)
    day = make.court_session(court, cast.cora, starts=(make.time(20, 30),))
    sitting = hearing_day.book(juror, day, by=cast.cora)
    sitting.check_in(by=cast.cora)
    sitting.credit(by=cast.cora)
    session.flush()
    session.expire_all()

    assert sitting.state is SittingState.CREDITED
    assert outlook(court)[:1] == (1,)
