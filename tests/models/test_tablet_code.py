"""Codes for the court's tablet: eight digits for one juror who has come, on that day, good once."""

import hashlib
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from tests import make
from tests.refusals import refused
from tests.together import at_once
from youthcourt import clock
from youthcourt.models import TabletCode


@pytest.fixture
def evening(court, cast, session):
    """Two jurors are booked today; Amara has come and has an account."""
    day = make.court_session(court, cast.cora)
    amara, ben = make.booked(cast.jurors[:2], day, cast.cora)
    amara.check_in(by=cast.cora)
    session.flush()
    return SimpleNamespace(
        day=day, amara=amara, ben=ben, account=make.juror_user(court, amara.juror), cora=cast.cora
    )


def give(evening):
    return TabletCode.give(evening.amara, evening.account, by=evening.cora)


def test_a_code_names_its_juror_and_day_once(evening, session, logged):
    digits = give(evening)

    first, second = TabletCode.use(session(), digits), TabletCode.use(session(), digits)

    assert (first.user, first.sitting, second) == (evening.account, evening.amara, None)
    assert [line[:2] for line in logged()] == [
        ("tablet_code.given", evening.cora),
        ("tablet_code.used", evening.account),
    ]


def test_a_code_is_eight_digits_and_may_be_typed_with_blanks(evening, session):
    digits = give(evening)

    assert digits.isdigit()
    assert len(digits) == 8
    assert TabletCode.use(session(), f" {digits[:4]} {digits[4:]} ")


def test_a_code_lapses_after_ten_minutes(evening, session):
    digits = give(evening)

    with clock.at(clock.now() + timedelta(minutes=10)):
        assert TabletCode.use(session(), digits) is None


def test_a_newer_code_for_the_same_juror_is_the_only_one(evening, session):
    old, new = give(evening), give(evening)

    assert TabletCode.use(session(), old) is None
    assert TabletCode.use(session(), new)


def test_no_code_for_who_has_not_come_or_has_no_account(evening):
    account = evening.account

    assert refused(TabletCode.give, evening.ben, account, by=evening.cora) == "Check Ben Kim in first."
    assert "has no account yet" in refused(TabletCode.give, evening.amara, None, by=evening.cora)


def test_no_code_on_another_day_or_after_the_day_was_closed(evening):
    with clock.at(clock.now() + timedelta(days=1)):
        assert "on the day of the hearing" in refused(give, evening)

    evening.day.closed_at = clock.now()

    assert "on the day of the hearing" in refused(give, evening)


@pytest.mark.parametrize("what", ["undo", "close", "tomorrow"])
def test_a_code_given_before_opens_nothing_after_its_reason_is_gone(evening, session, what):
    digits = give(evening)
    if what == "undo":
        evening.amara.undo_check_in(by=evening.cora)
    if what == "close":
        evening.day.closed_at = clock.now()
    later = timedelta(days=1) if what == "tomorrow" else timedelta()

    with clock.at(clock.now() + later):
        assert TabletCode.use(session(), digits) is None


def test_the_digits_cannot_be_found_by_trying_all_of_them_against_the_table(evening, session):
    digits = give(evening)
    session.flush()

    kept = session.scalar(text("SELECT code_hash FROM tablet_code"))

    assert kept != hashlib.sha256(digits.encode()).hexdigest()
    assert digits not in kept


def test_of_many_tablets_at_once_one_is_let_in(app, evening, session):
    digits = give(evening)
    session.commit()

    let_in = at_once(app, lambda session: TabletCode.use(session, digits) is not None)

    assert let_in.count(True) == 1
