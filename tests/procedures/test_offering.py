"""Open days: who may take a place, and what happens when two want the last one."""

from datetime import timedelta

import pytest

from tests import make
from tests.together import at_once
from youthcourt.errors import RuleBroken
from youthcourt.models import Juror, OpenDate, Sitting, Taking, User
from youthcourt.permissions import Role
from youthcourt.procedures.court import hearing_day
from youthcourt.procedures.jury import availability, offering


@pytest.fixture
def day(court, cast, session):
    return make.court_session(court, cast.cora, make.TODAY + timedelta(weeks=1))


@pytest.fixture
def offered(day, cast, session):
    """Two places in all."""
    opened = OpenDate.offer(day, 2, by=cast.cora)
    session.flush()
    return opened


@pytest.fixture
def account(court, cast):
    return make.user(court, "Amara Obi", Role.JUROR, person=cast.jurors[0].person)


def test_taking_a_place_books_the_juror_and_says_who_took_it(offered, cast, account, session, logged):
    sitting = offering.take(offered, cast.jurors[0], by=account)
    session.flush()

    taken = {"held_on": "2026-03-14"}
    assert logged()[-2:] == [
        ("sitting.booked", account, taken),
        ("open_date.taken", account, {**taken, "juror": cast.jurors[0].id}),
    ]
    assert [taking.sitting for taking in session.query(Taking)] == [sitting]


def test_places_end_when_as_many_are_booked_as_wanted(offered, day, cast, account, session):
    make.booked(cast.jurors[1:3], day, cast.cora)

    with pytest.raises(RuleBroken, match="Somebody else was a moment faster"):
        offering.take(offered, cast.jurors[0], by=account)


def untrain(juror, _cast):
    juror.trainings[0].valid_until = make.TODAY


def travel(juror, cast):
    juror.be_away(make.TODAY, make.TODAY + timedelta(30), by=cast.cora)


def grow_up(juror, _cast):
    juror.person.born_on = make.TODAY - timedelta(365 * 30)


def leave(juror, cast):
    juror.leave(by=cast.cora)


def have_sat_for_a_plan(juror, _cast):
    juror.is_volunteer = False


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (untrain, "Your training is not good on this day"),
        (travel, "You said that you are away"),
        (grow_up, "You are not of the age"),
        (leave, "no longer on the list"),
        (have_sat_for_a_plan, "You have all your days"),
    ],
)
def test_a_rule_that_is_in_the_way_is_told_kindly(offered, cast, account, session, change, words):
    juror = cast.jurors[0]
    change(juror, cast)
    session.flush()

    with pytest.raises(RuleBroken, match=words):
        offering.take(offered, juror, by=account)
    assert offering.days_for(juror, by=account) == []


def test_the_limit_of_a_month_holds_here_too(court, offered, cast, account, session, monkeypatch):
    other = make.court_session(court, cast.cora, make.TODAY + timedelta(weeks=2))
    make.booked(cast.jurors[:1], other, cast.cora)
    before = len(offering.days_for(cast.jurors[0], by=account))

    monkeypatch.setattr(availability, "places_a_month", lambda _court: 1)

    assert before == 1
    assert offering.days_for(cast.jurors[0], by=account) == []
    with pytest.raises(RuleBroken, match="as many days in this month"):
        offering.take(offered, cast.jurors[0], by=account)


def test_nobody_takes_two_places_of_a_day(offered, cast, account, session):
    offering.take(offered, cast.jurors[0], by=account)
    session.flush()

    with pytest.raises(RuleBroken, match="You are booked on this day already"):
        offering.take(offered, cast.jurors[0], by=account)


def test_who_excused_themselves_leaves_the_place_to_others(offered, cast, account, session):
    for juror in cast.jurors[:2]:
        taken = offering.take(offered, juror, by=account)
    hearing_day.excuse(taken, reason="Ill.", by=account)
    session.flush()

    offering.take(offered, cast.jurors[2], by=account)
    session.refresh(offered)

    assert len(offered.takings) == 3


def test_a_day_is_offered_once_and_no_longer_when_closed(offered, day, cast, account, session):
    with pytest.raises(RuleBroken, match="offered to jurors already"):
        OpenDate.offer(day, 2, by=cast.cora)
    offered.close(by=cast.cora)
    session.flush()

    with pytest.raises(RuleBroken, match="no longer offered"):
        offering.take(offered, cast.jurors[0], by=account)
    assert OpenDate.offer(day, 3, by=cast.cora).is_open


def test_of_several_who_want_the_last_place_at_once_one_gets_it(app, court, cast, offered, session):
    offered.wanted = 1
    account = make.user(court, "Jury Office", Role.JUROR, person=cast.jurors[0].person)
    session.flush()
    numbers, open_id, account_id = iter([juror.id for juror in cast.jurors]), offered.id, account.id
    session.commit()

    def take(session):
        juror = session.get(Juror, next(numbers))
        try:
            offering.take(session.get(OpenDate, open_id), juror, by=session.get(User, account_id))
        except RuleBroken as no:
            return no.message
        return "taken"

    got = at_once(app, take, times=4)

    assert sorted(got)[-1] == "taken"
    assert [each for each in got if each != "taken"] == [
        "Somebody else was a moment faster: the last place is taken. Thank you for offering!"
    ] * 3
    assert session.query(Sitting).count() == 1
