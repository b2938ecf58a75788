"""A juror says when they can come; a coordinator writes it down for them."""

from datetime import timedelta

import pytest

from tests import make
from youthcourt.models import Availability, SittingState
from youthcourt.permissions import Role

USUAL = {"weekday": "5", "week": "second", "starts_on": "2026-03-07", "from_time": "10:00"}


@pytest.fixture
def juror(cast):
    return cast.jurors[0]


@pytest.fixture
def account(court, juror):
    return make.user(court, juror.person.name, Role.JUROR, person=juror.person)


def text(answer):
    """The page's words, every run of white space as one blank."""
    return " ".join(answer.get_data(as_text=True).split())


def test_a_juror_says_a_usual_day_and_reads_it_in_plain_words(account, juror, sign_in, logged):
    browser = sign_in(account)

    answer = browser.post("/my-days/usual", data=USUAL)
    shown = text(browser.get("/my-days/"))

    assert answer.location == "/my-days/"
    assert "<strong>The second Saturday of the month</strong>, from 10:00 AM" in shown
    assert [(event, by) for event, by, _more in logged()][-1:] == [("availability.stated", account)]


def test_in_spanish_the_days_have_their_names(account, juror, sign_in):
    browser = sign_in(account)
    browser.post("/my-days/usual", data=USUAL)
    browser.post("/language", data={"language": "es", "next": "/my-days/"})

    assert "El segundo sábado del mes" in text(browser.get("/my-days/"))


def test_single_days_are_one_or_several(account, juror, sign_in):
    browser = sign_in(account)
    browser.post("/my-days/single", data={"starts_on": "2026-04-03", "until_time": "12:00"})
    browser.post("/my-days/single", data={"starts_on": "2026-07-01", "ends_on": "2026-07-05"})

    shown = text(browser.get("/my-days/"))

    assert "<strong>Apr 3, 2026</strong>, until 12:00 PM" in shown
    assert "<strong>Jul 1, 2026 to Jul 5, 2026</strong>, at any time" in shown


def test_what_is_missing_is_asked_for(account, juror, sign_in):
    answer = sign_in(account).post("/my-days/usual", data={"starts_on": "2026-03-07"})

    assert answer.status_code == 422
    assert "Choose a day of the week." in text(answer)


def test_a_juror_takes_back_what_they_said_and_nobody_elses(court, cast, account, juror, sign_in, session):
    mine = Availability.state(juror, cast.cora, make.TODAY, weekday=5)
    theirs = Availability.state(cast.jurors[1], cast.cora, make.TODAY, weekday=5)
    session.flush()
    numbers = mine.id, theirs.id
    browser = sign_in(account)

    answers = [browser.post(f"/my-days/{number}/removal").status_code for number in numbers]

    assert answers == [302, 404]
    assert session.query(Availability).count() == 1


def test_who_is_away_is_taken_off_the_days_they_are_booked_for(court, cast, account, juror, sign_in, session):
    day = make.court_session(court, cast.cora, make.TODAY + timedelta(weeks=1))
    (sitting,) = make.booked([juror], day, cast.cora)
    browser = sign_in(account)

    today = browser.post("/my-days/away", data={"starts_on": "2026-03-07", "ends_on": "2026-03-08"})
    later = browser.post("/my-days/away", data={"starts_on": "2026-03-13", "ends_on": "2026-03-15"})

    session.refresh(sitting)
    assert (today.status_code, later.status_code) == (409, 302)
    assert "The day has come. Please call the court office." in text(today)
    assert sitting.state is SittingState.EXCUSED


def test_a_coordinator_writes_it_down_for_them(cast, juror, sign_in, session):
    browser = sign_in(cast.cora)

    answer = browser.post(f"/jurors/{juror.id}/days/usual", data=USUAL)
    browser.post(f"/jurors/{juror.id}/days/single", data={"starts_on": "2026-04-03"})
    shown = text(browser.get(f"/jurors/{juror.id}/days"))
    on_their_page = text(browser.get(f"/jurors/{juror.id}"))

    assert answer.location == f"/jurors/{juror.id}/days"
    assert "The second Saturday of the month" in shown
    assert "Apr 3, 2026" in shown
    assert "The second Saturday of the month, from 10:00 AM" in on_their_page


def test_a_coordinator_strikes_a_line(cast, juror, sign_in, session):
    said = Availability.state(juror, cast.cora, make.TODAY, weekday=5)
    session.flush()

    answer = sign_in(cast.cora).post(f"/availabilities/{said.id}/removal")

    assert answer.location == f"/jurors/{juror.id}/days"
    assert session.query(Availability).count() == 0
