"""A family's own case: what they see, and what nobody else does."""

from datetime import timedelta

import pytest

from tests import make
from tests.browser import asked_by_the_page, counting_statements
from tests.views.test_cases import finished, heard, kept, text
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.permissions import Role
from youthcourt.procedures.court import hearing_day


def account(case, person=None, email="family@example.org"):
    """The account of the young person, or of somebody who stands for them."""
    person = person or case.respondent
    return make.user(case.court, person.name, Role.FAMILY, email=email, person=person)


def page_of(sign_in, case, person=None):
    return text(sign_in(account(case, person)).get(f"/my-case/{case.id}"))


@pytest.fixture
def placed(court, cast):
    """A case with a hearing next Saturday."""
    case = make.admitted(court, cast.cora)
    day = make.court_session(court, cast.cora, held_on=court.today + timedelta(days=7))
    make.hearing(case, day, cast.judy, cast.cora)
    return kept(case)


def test_a_family_with_one_case_is_led_to_it(placed, sign_in):
    answer = sign_in(account(placed)).get("/my-case/")

    assert answer.headers["Location"] == f"/my-case/{placed.id}"


def test_a_guardian_of_two_chooses(court, cast, placed, sign_in):
    (guardian,) = placed.respondent.guardians
    other = make.referred(court, cast.cora, "Max Tate", guardians=[])
    other.respondent.guardianships.append(
        m.Guardianship(court=court, ward=other.respondent, guardian=guardian)
    )

    page = text(sign_in(account(placed, guardian)).get("/my-case/"))

    assert (placed.number in page, other.number in page) == (True, True)


def test_without_a_case_the_page_says_whom_to_call(court, sign_in):
    page = text(sign_in(make.user(court, "Sam Stone", Role.FAMILY)).get("/my-case/"))

    assert "There is no case to show" in page


def test_the_next_date_stands_with_its_place_and_time(placed, sign_in):
    page = page_of(sign_in, placed).replace("\u202f", " ")

    for words in (
        "Saturday, March 14, 2026",
        "6:30 PM",
        "Room A",
        "Courthouse",
        "12 Court Street",
        "555-0100",
    ):
        assert words in page


def test_what_is_left_to_do_stands_with_its_progress_and_due_date(court, cast, sign_in):
    case, deliberation = heard(court, cast)
    make.signed(deliberation, cast.judy)
    service, _duty = case.obligations
    service.credit(300, done_on=court.today, vouched_by="Sr. Ruth", by=cast.cora)

    page = page_of(sign_in, case)

    for words in ("What is left to do", "5 of 20 hours done", "0 of 2 sittings done"):
        assert words in page
    assert "The plan as the judge signed it" in page


def test_something_late_is_said_kindly(court, cast, sign_in):
    case, deliberation = heard(court, cast)
    make.signed(deliberation, cast.judy)
    db.session.commit()

    with clock.at(make.SATURDAY + timedelta(days=120)):
        page = page_of(sign_in, case)

    assert "Please call us: we will find a way." in page
    assert "overdue" not in page


def test_booked_jury_duty_is_a_date_too(court, cast, sign_in):
    case, deliberation = heard(court, cast)
    make.signed(deliberation, cast.judy)
    day = make.court_session(court, cast.cora, held_on=court.today + timedelta(days=14))
    juror = db.session.query(m.Juror).filter_by(person=case.respondent).one()
    hearing_day.book(juror, day, by=cast.cora)

    page = page_of(sign_in, case)

    assert "Jury duty" in page
    assert "Saturday, March 21, 2026" in page
    assert "6:30 PM" in page.replace("\u202f", " ")


def test_the_family_reads_no_jurors_name_and_nothing_about_the_person_harmed(court, cast, sign_in):
    case = finished(court, cast)
    case.persons_harmed.append(m.PersonHarmed(court=court, name="Mrs. Vale"))

    page = page_of(sign_in, case)

    names = [juror.person.given_name for juror in cast.jurors] + ["Vale", cast.cora.name]
    assert [name for name in names if name in page] == []


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (make.referred, "You hear from us by Mar 27, 2026."),
        (make.accepted, "Next is a first talk with you"),
        (make.admitted, "You have both agreed to take part."),
    ],
)
def test_each_stage_is_told_in_plain_words(court, cast, sign_in, made, words):
    assert words in page_of(sign_in, kept(made(court, cast.cora)))


def test_a_completed_case_offers_its_certificate(court, cast, sign_in):
    case = finished(court, cast)
    case.ask_dismissal("", by=cast.cora)
    case.dismiss(by=cast.judy)

    page = page_of(sign_in, case)

    assert "You did it." in page
    assert f"/papers/completion_certificate/{case.id}" in page


def test_the_page_asks_the_database_a_fixed_number_of_things(court, cast, sign_in):
    case = finished(court, cast)
    browser = sign_in(account(case))

    with counting_statements(db.engine) as statements:
        browser.get(f"/my-case/{case.id}")

    assert len(asked_by_the_page(statements)) <= 13


# Who gets in


def test_who_may_open_a_familys_page(court, cast, placed, sign_in, client):
    (guardian,) = placed.respondent.guardians
    other = make.referred(court, cast.cora, "Rosa Ruiz")
    readers = {
        "young person": account(placed, email="one@example.org"),
        "guardian": account(placed, guardian, email="two@example.org"),
        "other family": account(other, email="three@example.org"),
        "juror": make.juror_user(court, cast.jurors[0]),
        "coordinator": cast.cora,
        "judge": cast.judy,
        "administrator": cast.ada,
    }

    found = {who: sign_in(reader).get(f"/my-case/{placed.id}").status_code for who, reader in readers.items()}

    assert found == {
        "young person": 200,
        "guardian": 200,
        "other family": 404,
        "juror": 403,
        "coordinator": 403,
        "judge": 403,
        "administrator": 403,
    }
    assert client.get(f"/my-case/{placed.id}").status_code == 302


def test_whoever_also_works_here_sees_only_the_own_familys_case_on_this_page(court, cast, placed, sign_in):
    other = make.referred(court, cast.cora, "Rosa Ruiz")
    both = account(placed)
    both.grant(Role.COORDINATOR, by=cast.ada)
    browser = sign_in(both)

    answers = [browser.get(f"/my-case/{case.id}").status_code for case in (placed, other)]

    assert answers == [200, 404]


def test_access_ends_with_the_guardianship(court, cast, placed, sign_in):
    (guardian,) = placed.respondent.guardians
    browser = sign_in(account(placed, guardian))
    before = browser.get(f"/my-case/{placed.id}").status_code
    placed.respondent.guardianships.append(
        m.Guardianship(court=court, ward=placed.respondent, guardian=make.person(court, "Ali Tate"))
    )
    by_cora = sign_in(cast.cora)

    by_cora.post(f"/cases/{placed.id}/guardians/{guardian.id}/end", data={})

    assert before == 200
    for page in (f"/my-case/{placed.id}", "/my-case/", "/"):
        answer = browser.get(page)
        assert (answer.status_code, answer.location.partition("?")[0]) == (302, "/sign-in")
