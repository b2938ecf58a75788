"""Time credits: what one account gets another one gives."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import make
from youthcourt import clock
from youthcourt import models as m
from youthcourt.errors import RuleBroken
from youthcourt.permissions import Role


@pytest.fixture
def day(court, cast):
    """A hearing day on which everybody of the cast has come."""
    planned = make.court_session(court, cast.cora)
    for sitting in make.booked(cast.jurors, planned, cast.cora):
        sitting.check_in(by=cast.cora)
    return planned


def balances(session):
    return [account.balance() for account in session.scalars(select(m.Account).order_by(m.Account.id))]


def test_a_sitting_earns_what_the_court_says(court, cast, day, logged):
    sitting = day.sittings[0]

    earned = sitting.credit(by=cast.cora)

    assert (earned.minutes, earned.sitting) == (court.minutes_per_sitting, sitting)
    assert m.Account.of(court, sitting.juror.person).balance() == 120
    assert logged() == [
        ("time_credit.paid", cast.cora, {"person": sitting.juror.person_id, "minutes": 120}),
        ("sitting.credited", cast.cora, {"minutes": 120}),
    ]


def test_all_accounts_together_hold_nothing(court, cast, day, session):
    for sitting in day.sittings:
        sitting.credit(by=cast.cora)

    assert balances(session) == [-960, *[120] * 8]
    assert sum(balances(session)) == 0


def test_another_rate_changes_what_is_earned_from_then_on(court, cast, day, session):
    first, second = day.sittings[:2]
    first.credit(by=cast.cora)
    court.change({"minutes_per_sitting": 90}, by=cast.cora)

    second.credit(by=cast.cora)

    assert sorted(balances(session)) == [-210, 90, 120]


def test_a_sitting_is_credited_once(cast, day):
    sitting = day.sittings[0]
    sitting.credit(by=cast.cora)

    with pytest.raises(RuleBroken, match="Served"):
        sitting.credit(by=cast.cora)


def test_nobody_credits_their_own_sitting(court, day):
    sitting = day.sittings[0]
    own = make.user(court, "Cody Own", Role.COORDINATOR, person=sitting.juror.person)

    with pytest.raises(RuleBroken, match="own service"):
        sitting.credit(by=own)


def test_who_did_not_come_earns_nothing(court, cast, session):
    with clock.at(make.SATURDAY + timedelta(weeks=1)):
        later = make.court_session(court, cast.cora)
        (sitting,) = make.booked(cast.jurors[:1], later, cast.cora)
        sitting.miss(by=cast.cora)

        with pytest.raises(RuleBroken):
            sitting.credit(by=cast.cora)

    assert balances(session) == []


def test_a_person_has_one_account(court, cast):
    person = cast.jurors[0].person

    assert m.Account.of(court, person) is m.Account.of(court, person)


def test_a_credit_of_no_minutes_is_refused(court, cast, day):
    with pytest.raises(RuleBroken):
        m.TimeCredit.pay(cast.jurors[0].person, minutes=0, sitting=day.sittings[0], by=cast.cora)
