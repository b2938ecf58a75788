"""The list of jurors: enrolled, trained, away, invited, and never told apart."""

import re
from datetime import date, timedelta

import pytest

from tests import make, stages
from tests.browser import counting_statements, without_tokens
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.permissions import Role


@pytest.fixture
def juror(cast):
    return cast.jurors[0]


@pytest.fixture
def browser(sign_in, cast):
    return sign_in(cast.cora)


def text(answer):
    """The page's words, every run of white space as one blank."""
    return " ".join(answer.get_data(as_text=True).split())


# The list


def test_the_list_shows_training_and_next_sitting(court, cast, browser):
    make.booked(cast.jurors[:1], make.court_session(court, cast.cora, make.TODAY + timedelta(2)), cast.cora)
    make.juror(court, "Nia New", trained=False)
    db.session.commit()

    shown = text(browser.get("/jurors/"))

    assert "Amara Obi" in shown
    assert "Mar 7, 2027" in shown
    assert "Mar 9, 2026" in shown
    assert shown.index("Nia New") < shown.index("None yet")


@pytest.mark.parametrize(("typed", "found"), [("chl", ["Chloe Roy"]), ("LO gi", ["Gia Lopez"]), ("%", [])])
def test_the_search_finds_parts_of_a_name(cast, browser, typed, found):
    shown = text(browser.search("/jurors/", typed))

    assert [each.person.name for each in cast.jurors if each.person.name in shown] == found


def test_a_search_while_typing_gets_the_list_alone(cast, browser):
    shown = text(browser.post("/jurors/", data={"words": "chloe", "part": "1"}))

    assert "Chloe Roy" in shown
    assert "<html" not in shown


def test_the_list_takes_as_many_statements_for_thirty_jurors_as_for_eight(court, cast, browser):
    with counting_statements(db.engine) as eight:
        browser.get("/jurors/")
    for n in range(22):
        make.juror(court, f"Juror{n} More")
    db.session.commit()
    with counting_statements(db.engine) as thirty:
        browser.get("/jurors/")

    assert len(thirty) == len(eight) <= 8


def test_nothing_tells_a_respondent_who_sits_from_a_volunteer(court, cast, sign_in):
    """Same rows in the list, same words on the page, whatever brought them here."""
    respondent = stages.active(court, cast).respondent
    sits = db.session.query(m.Juror).filter_by(person=respondent).one()
    volunteer = make.juror(court, "Vera Lane", school_name="Lincoln High", trained=False)
    volunteer.person.born_on, volunteer.person.phone = respondent.born_on, respondent.phone
    browser = sign_in(cast.cora)

    listed = browser.get("/jurors/").get_data(as_text=True)
    rows = {
        each.person.name: listed[listed.index(each.person.name) :]
        .split("</tr>")[0]
        .replace(each.person.name, "N")
        for each in (sits, volunteer)
    }
    pages = {
        each.person.name: text(browser.get(f"/jurors/{each.id}")).replace(each.person.name, "N")
        for each in (sits, volunteer)
    }

    assert rows["Jordan Tate"] == rows["Vera Lane"]
    assert _without_numbers(pages["Jordan Tate"]) == _without_numbers(pages["Vera Lane"])


def _without_numbers(page):
    """The page without the juror's number, and without tokens and form numbers, which are new each time."""
    return re.sub(rb"(jurors[-/]|papers/[a-z_]+/)\d+", rb"\1N", without_tokens(page.encode()))


# Enrolling


def enrolment(court, **other):
    data = {"given_name": "Nia", "family_name": "Boateng", "born_on": "2010-09-01", "phone": "555-0199"}
    return {**data, "school": make.school(court, "Harbor Middle").id, **other}


def test_a_volunteer_is_enrolled(court, browser, logged):
    before = len(logged())

    answer = browser.post("/jurors/new", data=enrolment(court))

    enrolled = db.session.query(m.Juror).order_by(m.Juror.id.desc()).first()
    assert answer.location == f"/jurors/{enrolled.id}"
    assert (enrolled.person.name, enrolled.person.born_on, enrolled.is_volunteer) == (
        "Nia Boateng",
        date(2010, 9, 1),
        True,
    )
    assert [line[0] for line in logged()[before:]] == ["juror.enrolled"]


def test_an_enrolment_without_a_birth_date_is_asked_for_it_and_nothing_is_lost(court, browser):
    answer = browser.post("/jurors/new", data=enrolment(court, born_on=""))

    assert answer.status_code == 422
    assert "Enter the birth date." in text(answer)
    assert 'value="Boateng"' in text(answer)


def test_a_namesake_is_asked_about_without_a_word_on_what_they_are_here(court, cast, browser):
    make.referred(court, cast.cora, "Nia Boateng", born_on=date(2010, 9, 1))
    db.session.commit()

    answer = browser.post("/jurors/new", data=enrolment(court))

    shown = text(answer)
    assert answer.status_code == 409
    assert "The court knows somebody of this name. Say below whether it is the same person." in shown
    assert "Nia Boateng, born Sep 1, 2010, Lincoln High" in shown
    assert [word for word in ("YC-2026", "espondent", "Shoplifting", "referr") if word in shown] == []


def test_the_same_person_becomes_a_juror_and_no_second_person(court, cast, browser):
    case = make.referred(court, cast.cora, "Nia Boateng", born_on=date(2010, 9, 1))
    db.session.commit()
    people = db.session.query(m.Person).count()

    browser.post("/jurors/new", data=enrolment(court, same_as=case.respondent_id))

    enrolled = db.session.query(m.Juror).order_by(m.Juror.id.desc()).first()
    assert (enrolled.person, db.session.query(m.Person).count()) == (case.respondent, people)


def test_somebody_else_of_the_same_name_is_a_new_person(court, cast, browser):
    case = make.referred(court, cast.cora, "Nia Boateng", born_on=date(2010, 9, 1))
    db.session.commit()

    browser.post("/jurors/new", data=enrolment(court, same_as="new"))

    enrolled = db.session.query(m.Juror).order_by(m.Juror.id.desc()).first()
    assert enrolled.person != case.respondent


def test_who_is_on_the_list_is_not_enrolled_twice(court, juror, browser):
    data = enrolment(court, given_name="amara", family_name="obi", born_on="2010-05-01")

    answer = browser.post("/jurors/new", data={**data, "same_as": juror.person_id})

    assert answer.status_code == 409
    assert "Amara Obi is on the list of jurors already." in text(answer)


def test_a_person_of_another_court_is_never_the_same(court, browser):
    stranger = make.person(make.court("Other Court"), "Nia Boateng", born_on=date(2010, 9, 1))
    db.session.commit()

    browser.post("/jurors/new", data=enrolment(court, same_as=stranger.id))

    enrolled = db.session.query(m.Juror).order_by(m.Juror.id.desc()).first()
    assert enrolled.person != stranger


# Training and absences


def test_a_training_is_good_for_as_long_as_the_court_says(juror, browser):
    data = {"held_on": "2026-03-01", "minutes": "1.5", "topic": "Listening"}

    answer = browser.post(f"/jurors/{juror.id}/training", data=data)

    training = juror.trainings[0]
    assert answer.location == f"/jurors/{juror.id}"
    assert (training.topic, training.minutes, training.valid_until) == ("Listening", 90, date(2027, 3, 1))


def test_where_the_court_asks_for_it_a_training_is_for_a_certain_part(court, juror, browser):
    plain = browser.get(f"/jurors/{juror.id}/training").get_data(as_text=True)
    court.seating_rules.own_training = ["foreperson"]
    db.session.commit()
    asked = browser.get(f"/jurors/{juror.id}/training").get_data(as_text=True)

    data = {"held_on": "2026-03-01", "minutes": "1.5", "role": "foreperson"}
    browser.post(f"/jurors/{juror.id}/training", data=data)

    assert ["What was it for?" in page for page in (plain, asked)] == [False, True]
    assert 'value="bailiff"' not in asked
    assert juror.is_trained_on(court.today, m.SeatRole.FOREPERSON)


def test_a_training_in_the_future_is_refused_beside_its_day(juror, browser):
    data = {"held_on": "2026-04-01", "minutes": "2"}

    answer = browser.post(f"/jurors/{juror.id}/training", data=data)

    assert answer.status_code == 409
    assert "A training is written down once it has been held." in text(answer)


def test_days_away_are_written_down(juror, browser):
    answer = browser.post(
        f"/jurors/{juror.id}/absence", data={"starts_on": "2026-04-01", "ends_on": "2026-04-08"}
    )

    assert answer.location == f"/jurors/{juror.id}"
    assert juror.is_away_on(date(2026, 4, 8))


def test_days_away_end_after_they_begin(juror, browser):
    data = {"starts_on": "2026-04-08", "ends_on": "2026-04-01"}

    answer = browser.post(f"/jurors/{juror.id}/absence", data=data)

    assert answer.status_code == 409
    assert "The last day is before the first." in text(answer)


# The account


def test_an_invitation_shows_a_link_that_opens_the_account_once(app, juror, browser):
    answer = browser.post(f"/jurors/{juror.id}/invitation", data={"email": "Amara@example.org"})

    link = text(answer).split('readonly value="')[1].split('"')[0]
    joined = app.test_client().post(
        link.removeprefix("http://localhost"), data={"password": make.PASSWORD, "again": make.PASSWORD}
    )
    account = db.session.query(m.User).filter_by(email="amara@example.org").one()
    assert answer.status_code == 200
    assert joined.status_code == 302
    assert (account.person, account.roles) == (juror.person, {Role.JUROR})


def test_the_page_says_whether_an_invited_juror_has_chosen_a_password(court, juror, browser):
    account = make.user(court, "Amara Obi", Role.JUROR, person=juror.person, password=None)
    db.session.commit()
    invited = text(browser.get(f"/jurors/{juror.id}"))

    account.set_password(make.PASSWORD)
    db.session.commit()
    joined = text(browser.get(f"/jurors/{juror.id}"))

    offered = [
        [words in shown for words in (account.email, "Make a new link")] for shown in (invited, joined)
    ]
    assert offered == [[True, True], [True, False]]


def test_a_lost_link_is_made_anew(juror, browser):
    data = {"email": "amara@example.org"}

    answers = [browser.post(f"/jurors/{juror.id}/invitation", data=data) for _ in range(2)]

    links = [text(answer).split('readonly value="')[1].split('"')[0] for answer in answers]
    assert links[0] != links[1]
    assert db.session.query(m.User).filter_by(email="amara@example.org").count() == 1


def test_an_address_that_is_taken_is_refused_in_words(cast, juror, browser):
    answer = browser.post(f"/jurors/{juror.id}/invitation", data={"email": cast.judy.email})

    assert answer.status_code == 409
    assert "This e-mail address cannot be used for a new account." in text(answer)


def test_who_signs_in_already_sees_their_sittings_with_the_same_account(court, juror, browser):
    account = make.user(court, "Amara Obi", Role.FAMILY, email="amara@example.org", person=juror.person)
    db.session.commit()

    answer = browser.post(f"/jurors/{juror.id}/invitation", data={"email": "amara@example.org"})

    db.session.expire_all()
    assert answer.location == f"/jurors/{juror.id}"
    assert account.roles == {Role.FAMILY, Role.JUROR}


# Leaving


def test_who_leaves_is_off_the_list_and_not_waited_for(court, cast, juror, browser):
    coming = make.court_session(court, cast.cora, held_on=make.TODAY + timedelta(days=2))
    (sitting,) = make.booked([juror], coming, cast.cora)
    db.session.commit()

    answer = browser.post(f"/jurors/{juror.id}/leaving")

    db.session.expire_all()
    assert answer.location == "/jurors/"
    assert (juror.left_on, sitting.state) == (make.TODAY, m.SittingState.EXCUSED)
    assert "Amara Obi" not in text(browser.post("/jurors/", data={"part": "1"}))
