"""A juror's own sittings, and checking jurors in."""

from datetime import timedelta

import pytest

from tests import make
from tests.browser import counting_statements
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.permissions import Role


@pytest.fixture
def juror(cast):
    return cast.jurors[0]


@pytest.fixture
def account(court, juror):
    return make.user(court, juror.person.name, Role.JUROR, person=juror.person)


@pytest.fixture
def coming(court, cast, juror):
    """Booked for a day next week."""
    day = make.court_session(court, cast.cora, held_on=make.TODAY + timedelta(weeks=1))
    return make.booked([juror], day, cast.cora)[0]


def text(answer):
    """The page's words, every run of white space as one blank."""
    return " ".join(answer.get_data(as_text=True).split())


def test_a_juror_sees_when_and_where_they_sit_next(coming, account, sign_in):
    shown = text(sign_in(account).get("/sittings/"))

    assert shown.index("Saturday, March 14, 2026") < shown.index("Be there by 6:30 PM.")
    assert "Courthouse" in shown
    assert f'href="/sittings/{coming.id}/cancellation"' in shown


def test_without_a_booking_the_page_says_the_court_will_ask(account, sign_in):
    shown = text(sign_in(account).get("/sittings/"))

    assert "You are not booked for any day" in shown


def test_what_was_served_is_credited_in_hours(court, cast, juror, account, sign_in):
    (sitting,) = make.booked([juror], make.court_session(court, cast.cora), cast.cora)
    sitting.check_in(by=cast.cora)
    sitting.credit(by=cast.cora)

    shown = text(sign_in(account).get("/sittings/"))

    assert "<strong>2 hours</strong>" in shown
    assert shown.index("Earlier sittings") < shown.index("Served")


def test_a_juror_sees_nobody_elses_sittings(court, cast, coming, sign_in):
    other = make.user(court, "Ben Kim", Role.JUROR, person=cast.jurors[1].person)
    browser = sign_in(other)

    shown, answer = text(browser.get("/sittings/")), browser.get(f"/sittings/{coming.id}/cancellation")

    assert "March 14" not in shown
    assert answer.status_code == 404


def test_the_page_takes_as_many_statements_for_five_sittings_as_for_one(
    court, cast, juror, coming, account, sign_in
):
    browser = sign_in(account)
    with counting_statements(db.engine) as one:
        browser.get("/sittings/")
    for week in range(2, 6):
        day = make.court_session(court, cast.cora, held_on=make.TODAY + timedelta(weeks=week))
        make.booked([juror], day, cast.cora)
    db.session.commit()
    with counting_statements(db.engine) as five:
        browser.get("/sittings/")

    assert len(five) == len(one) <= 16


# I cannot come


def test_a_juror_says_in_good_time_that_they_cannot_come(coming, account, sign_in, logged):
    browser = sign_in(account)
    before = len(logged())

    answer = browser.post(f"/sittings/{coming.id}/cancellation", data={"reason": "Exam."})

    db.session.refresh(coming)
    assert answer.location == "/sittings/"
    assert coming.state is m.SittingState.EXCUSED
    assert logged()[before:] == [("sitting.excused", account, {"reason": "Exam."})]


def test_on_the_day_itself_a_juror_has_to_call(coming, account, sign_in):
    with clock.at(make.SATURDAY + timedelta(weeks=1)):
        answer = sign_in(account).post(f"/sittings/{coming.id}/cancellation", data={"reason": "Ill."})

    assert answer.status_code == 409
    assert "The day has come. Please call the court office." in text(answer)


def test_a_reason_is_needed_and_asked_for(coming, account, sign_in):
    answer = sign_in(account).post(f"/sittings/{coming.id}/cancellation", data={"reason": ""})

    assert answer.status_code == 422
    assert "Write the reason." in text(answer)


def test_cancelling_again_from_an_old_page_is_refused_in_words(coming, account, sign_in):
    browser = sign_in(account)
    browser.post(f"/sittings/{coming.id}/cancellation", data={"reason": "Exam."})

    again = browser.post(f"/sittings/{coming.id}/cancellation", data={"reason": "Exam."})

    assert again.status_code == 409
    assert "This is no longer a booking that you can cancel." in text(again)


def test_a_juror_who_was_drawn_leaves_the_panel_too(court, cast, sign_in):
    day = make.court_session(court, cast.cora, held_on=make.TODAY + timedelta(weeks=1))
    hearing = make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    panel = make.drawn(hearing, cast.cora)
    seat, reserve = panel.sitting_seats[0], panel.reserves[0]
    account = make.user(court, "Somebody Seated", Role.JUROR, person=seat.juror.person)
    sitting = next(each for each in day.sittings if each.juror is seat.juror)

    sign_in(account).post(f"/sittings/{sitting.id}/cancellation", data={"reason": "Exam."})

    db.session.expire_all()
    assert (seat.stood_down_reason, reserve in panel.sitting_seats) == ("Exam.", True)


# At the door


@pytest.fixture
def today(court, cast, juror):
    return make.booked([juror], make.court_session(court, cast.cora), cast.cora)[0]


def test_a_juror_is_checked_in_and_out_again(today, cast, sign_in):
    browser = sign_in(cast.cora)
    states = []

    for rest in ("check-in", "check-in", "check-in/undo"):
        answer = browser.post(f"/sittings/{today.id}/{rest}")
        db.session.refresh(today)
        states.append((answer.location, today.state))

    there = f"/court-sessions/{today.court_session_id}#jurors"
    here, booked = m.SittingState.CHECKED_IN, m.SittingState.BOOKED
    assert states == [(there, here), (there, here), (there, booked)]


def test_nobody_is_checked_in_before_the_day(coming, cast, sign_in):
    answer = sign_in(cast.cora).post(f"/sittings/{coming.id}/check-in")

    assert answer.status_code == 409
    assert "People are checked in on the day of the hearing." in text(answer)


def test_a_judge_checks_jurors_in_on_days_they_hear_alone(court, cast, today, sign_in):
    browser = sign_in(cast.judy)
    before = browser.post(f"/sittings/{today.id}/check-in").status_code
    make.hearing(make.admitted(court, cast.cora), today.court_session, cast.judy, cast.cora)
    db.session.commit()

    after = browser.post(f"/sittings/{today.id}/check-in").status_code

    assert (before, after) == (404, 302)


def test_a_juror_checks_nobody_in(today, account, sign_in):
    answer = sign_in(account).post(f"/sittings/{today.id}/check-in")

    assert answer.status_code == 403


def test_the_coordinator_excuses_who_called(coming, cast, sign_in):
    answer = sign_in(cast.cora).post(f"/sittings/{coming.id}/excuse", data={"reason": "Called in ill."})

    db.session.refresh(coming)
    assert answer.location == f"/court-sessions/{coming.court_session_id}#jurors"
    assert coming.state is m.SittingState.EXCUSED
