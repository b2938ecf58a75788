"""Doors that slow down: how many tries are free, how long the next one waits, and that nobody is shut out."""

from datetime import timedelta

import pytest

from tests import make
from tests.together import at_once
from youthcourt import clock
from youthcourt.models.accounts import throttle
from youthcourt.models.accounts.throttle import ACCOUNT, ADDRESS, Attempt, Door, Trial

SECRET = "a secret of the tests"


def trial(account="cora@example.org", address="192.0.2.7", door=Door.SIGN_IN):
    return Trial.of(door, account, address, SECRET)


def later(**amount):
    return clock.at(make.SATURDAY + timedelta(**amount))


def minutes(session, tried):
    return throttle.wait_for(session(), tried) / timedelta(minutes=1)


def fail(session, times, **whose):
    for _time in range(times):
        throttle.note_failure(session(), trial(**whose))


def test_the_first_five_tries_are_free_and_the_next_wait_longer_and_longer(session):
    waits = []
    for _time in range(12):
        waits.append(minutes(session, trial()))
        fail(session, 1)

    assert waits == [0, 0, 0, 0, 0, 1, 2, 4, 8, 15, 15, 15]


def test_a_wait_is_over_to_the_second(session):
    fail(session, 5)

    waits = []
    for seconds in (59, 60):
        with later(seconds=seconds):
            waits.append(throttle.wait_for(session(), trial()).total_seconds())

    assert waits == [1, 0]


def test_nobody_waits_longer_than_a_quarter_of_an_hour_however_often_others_try(session):
    fail(session, 200)

    assert minutes(session, trial(address="198.51.100.1")) == 15
    with later(minutes=15):
        assert minutes(session, trial(address="198.51.100.1")) == 0


def test_after_a_day_tries_are_forgotten(session):
    fail(session, 20)
    with later(days=1):
        assert minutes(session, trial()) == 0
        assert throttle.sweep(session()) == 40


def test_who_asked_for_a_password_stays_in_sight_for_a_week(session):
    fail(session, 1, door=Door.FORGOTTEN)

    swept = []
    for days in (6, 7):
        with later(days=days):
            swept.append(throttle.sweep(session()))

    assert swept == [0, 2]


def test_a_patient_machine_gets_about_a_hundred_tries_a_day(session):
    tries, moment = 0, make.SATURDAY
    while moment < make.SATURDAY + timedelta(days=1):
        with clock.at(moment):
            wait = throttle.wait_for(session(), trial())
            if not wait:
                throttle.note_failure(session(), trial())
                tries += 1
            moment += wait

    print(f"count: tries at one account a day = {tries}")
    assert tries <= 105


def test_an_unknown_address_waits_as_a_known_one_does(session, cast):
    for account in (cast.cora.email, "nobody@example.org"):
        fail(session, 6, account=account)

    assert minutes(session, trial(cast.cora.email)) == minutes(session, trial("nobody@example.org")) == 2


def test_large_letters_and_spaces_make_no_other_account(session):
    fail(session, 5, account=" CORA@Example.org")

    assert minutes(session, trial("cora@example.org")) == 1


def test_a_whole_school_behind_one_address_comes_in(session):
    for number in range(60):
        fail(session, 1, account=f"juror{number}@example.org")

    assert minutes(session, trial("juror61@example.org")) == 0


def test_an_address_that_tries_many_accounts_waits(session):
    for number in range(ADDRESS.free):
        fail(session, 1, account=f"guess{number}@example.org")

    assert minutes(session, trial("cora@example.org")) == 1
    assert minutes(session, trial("cora@example.org", address="198.51.100.1")) == 0


def test_while_the_whole_house_is_tried_fewer_tries_are_free_but_the_first_is(session):
    for number in range(throttle.ATTACK // 2):
        fail(session, 1, account=f"guess{number}@example.org", address=f"bot {number}")
    fail(session, ACCOUNT.free_under_attack)

    assert minutes(session, trial()) == 1
    assert minutes(session, trial("judy@example.org", address="198.51.100.1")) == 0


@pytest.mark.parametrize("door", [door for door in Door if door is not Door.SIGN_IN])
def test_each_door_counts_for_itself(session, door):
    fail(session, 9)

    assert minutes(session, trial(door=door)) == 0


def test_coming_in_forgets_what_was_tried_at_this_account(session):
    fail(session, 7)

    assert throttle.forgive(session(), trial()) == 7
    assert minutes(session, trial()) == 0


def test_what_is_kept_names_neither_the_account_nor_the_address(session):
    fail(session, 1)
    session.flush()

    kept = [str(vars(each)) for each in session.query(Attempt)]

    assert not any("cora" in line or "192.0.2.7" in line for line in kept)
    assert throttle.account_key("cora@example.org", "another secret") not in str(kept)


def test_a_hundred_guesses_at_once_are_not_all_the_first(app, session):
    """Tried in earnest: each asks, and fails, in a transaction of its own."""
    session.commit()

    def guess(own):
        if throttle.wait_for(own, trial()):
            return False
        throttle.note_failure(own, trial())
        return True

    let_through = at_once(app, guess, times=12)

    assert sum(let_through) == ACCOUNT.free
