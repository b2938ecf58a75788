"""The schedule of jurors on its pages: proposed, changed, published; open days; the forecast."""

from datetime import timedelta

import pytest

from tests import make, stages
from tests.browser import counting_statements
from youthcourt.extensions import db
from youthcourt.models import Availability, JurorSchedule, OpenDate, Sitting
from youthcourt.permissions import Role
from youthcourt.procedures.jury import publishing

MONTHS = {"starts_on": "2026-03-08", "ends_on": "2026-06-30"}


@pytest.fixture
def days(court, cast, session):
    made = [
        make.court_session(court, cast.cora, make.TODAY + timedelta(weeks=n), starts=(make.time(18, 30),))
        for n in (1, 2)
    ]
    for juror in cast.jurors:
        Availability.state(juror, cast.cora, make.TODAY, weekday=5)
    session.flush()
    session.expire_all()
    return made


@pytest.fixture
def schedule(court, cast, days, session):
    made = publishing.propose(
        court, make.TODAY + timedelta(1), make.TODAY + timedelta(90), by=cast.cora, seed="s"
    )
    session.flush()
    session.expire_all()
    return made


@pytest.fixture
def browser(sign_in, cast):
    return sign_in(cast.cora)


def text(answer):
    """The page's words, every run of white space as one blank."""
    return " ".join(answer.get_data(as_text=True).split())


def test_a_proposal_says_what_is_short_where(days, browser, session):
    answer = browser.post("/schedules/new", data=MONTHS)
    shown = text(browser.get(answer.location))

    assert "Nobody is told of it yet" in shown
    assert "8 of 14 places" in shown
    assert shown.index("Saturday, March 14, 2026") < shown.index("Saturday, March 21, 2026")
    assert session.query(Sitting).count() == 0


def test_where_no_day_is_planned_the_page_says_so(cast, browser):
    answer = browser.post("/schedules/new", data=MONTHS)

    assert answer.status_code == 409
    assert "No hearing day is planned in these months." in text(answer)


def test_a_day_is_changed_by_hand(court, cast, schedule, browser, session):
    day = schedule.days[0]
    there = f"/schedules/{schedule.id}/days/{day.id}"
    place, name = day.places[0], day.places[0].juror.person.name
    juror_id = place.juror_id

    browser.post(f"{there}/places/{place.id}/removal")
    out = text(browser.get(there))
    browser.post(there, data={"jurors": [str(juror_id)]})
    again = text(browser.get(there))
    browser.post(f"{there}/need", data={"wanted": "9"})

    assert f"{name} is not asked for this day." in out
    assert "said: can come" in out
    assert "added by hand" in again
    assert "8 of 9 places" in text(browser.get(f"/schedules/{schedule.id}"))


def test_a_number_that_is_none_is_asked_for_again(schedule, browser):
    there = f"/schedules/{schedule.id}/days/{schedule.days[0].id}/need"

    assert [browser.post(there, data={"wanted": typed}).status_code for typed in ("many", "-1")] == [422, 422]


def test_publishing_books_and_tells_each_juror_on_their_page(
    court, cast, schedule, browser, sign_in, session
):
    account = make.user(court, "Amara Obi", Role.JUROR, person=cast.jurors[0].person)
    number = schedule.id

    browser.post(f"/schedules/{number}/publication")
    told = text(browser.get(f"/schedules/{number}"))
    again = browser.post(f"/schedules/{number}/publication")
    theirs = text(sign_in(account).get("/sittings/"))

    assert "16 places are booked." in told
    assert again.status_code == 409
    assert "The court has planned until" in theirs
    assert "Saturday, March 14, 2026" in theirs


def test_a_proposal_is_thrown_away_and_nobody_was_told(schedule, browser, session):
    answer = browser.post(f"/schedules/{schedule.id}/discarding")

    assert answer.location == "/schedules/"
    assert (session.query(JurorSchedule).count(), session.query(Sitting).count()) == (0, 0)


def test_the_page_takes_as_many_statements_for_many_days_as_for_one(court, cast, schedule, browser):
    number = schedule.id
    db.session.commit()
    with counting_statements(db.engine) as few:
        browser.get(f"/schedules/{number}")
    for week in range(3, 12):
        make.court_session(court, cast.cora, make.TODAY + timedelta(weeks=week))
    db.session.get(JurorSchedule, number).discard(by=cast.cora)
    db.session.flush()
    longer = publishing.propose(court, make.TODAY + timedelta(1), make.TODAY + timedelta(90), by=cast.cora)
    db.session.flush()
    number = longer.id
    db.session.commit()
    with counting_statements(db.engine) as many:
        browser.get(f"/schedules/{number}")

    assert len(many) == len(few)


# Open days


@pytest.fixture
def account(court, cast):
    return make.user(court, "Amara Obi", Role.JUROR, person=cast.jurors[0].person)


def test_a_day_is_offered_and_taken_and_the_office_sees_by_whom(days, browser, account, sign_in, session):
    browser.post(f"/court-sessions/{days[0].id}/offer", data={"wanted": "1"})
    number = session.query(OpenDate).one().id
    juror = sign_in(account)

    listed = text(juror.get("/sittings/"))
    asked = text(juror.get(f"/open-dates/{number}/place"))
    juror.post(f"/open-dates/{number}/place")
    after = text(juror.get("/sittings/"))
    told = text(browser.get("/open-dates/"))

    assert "Days that need jurors" in listed
    assert "you said that you can come" in listed
    assert "When you say yes, you are booked for this day." in asked
    assert "Thank you! You are booked for Saturday, March 14, 2026." in after
    assert "Days that need jurors" not in after
    assert "Every place is taken" in told
    assert "Amara Obi" in told


def test_who_comes_too_late_reads_a_kind_sentence(court, cast, days, account, sign_in, session):
    offered = OpenDate.offer(days[0], 1, by=cast.cora)
    make.booked(cast.jurors[1:2], days[0], cast.cora)
    number = offered.id
    browser = sign_in(account)

    answer = browser.post(f"/open-dates/{number}/place")

    assert answer.status_code == 409
    assert "Somebody else was a moment faster: the last place is taken." in text(answer)


def test_an_offer_is_taken_back(cast, days, browser, session):
    number = OpenDate.offer(days[0], 1, by=cast.cora)
    session.flush()

    browser.post(f"/open-dates/{number.id}/closing")

    assert "No day is offered" in text(browser.get("/open-dates/"))


def test_neither_offer_nor_schedule_tells_a_juror_that_somebody_owes(
    court, cast, days, account, sign_in, session
):
    case = stages.active(court, cast)
    OpenDate.offer(days[0], 5, by=cast.cora)
    browser = sign_in(account)

    shown = text(browser.get("/sittings/")) + text(browser.get("/my-days/"))

    assert case.respondent.given_name not in shown
    assert "owe" not in shown


# The forecast


def test_the_forecast_says_who_is_at_risk_and_what_is_short(court, cast, days, browser, session):
    case = stages.active(court, cast)
    case.respondent.born_on = make.TODAY - timedelta(15 * 365)
    session.flush()

    shown = text(browser.get("/forecast/"))
    desk = text(browser.get("/"))

    assert shown.index("Jordan Tate") < shown.index("At risk")
    assert "14 short" in shown
    assert "1 young person may not get their owed sittings done in time." in desk


def test_with_nothing_owed_and_nothing_planned_it_says_what_it_is_for(cast, browser):
    shown = text(browser.get("/forecast/"))

    assert "Nobody owes a sitting" in shown
    assert "No hearing day is planned" in shown
