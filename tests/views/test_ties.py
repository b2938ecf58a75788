"""Who cannot hear a case, and who does not sit beside their own."""

import pytest
from sqlalchemy import func, select

from tests import make
from youthcourt import models as m
from youthcourt.procedures.jury import seating
from youthcourt.procedures.jury.seating import Obstacle


@pytest.fixture
def hearing(court, cast):
    case = make.admitted(court, cast.cora)
    day = make.court_session(court, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    return make.hearing(case, day, cast.judy, cast.cora)


@pytest.fixture
def cora(cast, sign_in):
    return sign_in(cast.cora)


def ties(session):
    return session.scalar(select(func.count(m.Tie.id)))


def of_case(hearing):
    return f"/cases/{hearing.case_id}/ties"


def test_a_juror_of_the_family_is_noted_and_barred_from_the_case(hearing, cast, cora):
    uncle = cast.jurors[0]

    answer = cora.post(of_case(hearing), data={"juror": uncle.id, "kind": "kin", "note": "An uncle."})

    assert answer.status_code == 302
    assert seating.bars_against(uncle, hearing) == (Obstacle.KIN,)
    assert "Of the same family: An uncle." in cora.get(of_case(hearing)).text


def test_saying_it_twice_notes_it_once_and_a_mistake_is_taken_back(hearing, cast, cora, session):
    for _again in range(2):
        cora.post(of_case(hearing), data={"juror": cast.jurors[0].id, "kind": "household"})
    noted = session.scalars(select(m.Tie)).one()

    answers = [cora.post(f"{of_case(hearing)}/{noted.id}/removal").status_code for _again in range(2)]

    assert (answers, ties(session)) == ([302, 302], 0)
    assert seating.bars_against(cast.jurors[0], hearing) == ()


def test_a_note_that_is_written_later_is_kept(hearing, cast, cora, session):
    for note in ("", "Her uncle."):
        cora.post(of_case(hearing), data={"juror": cast.jurors[0].id, "kind": "kin", "note": note})

    assert session.scalars(select(m.Tie.note)).all() == ["Her uncle."]


def test_what_is_missing_is_asked_for_beside_the_field(hearing, cora, session):
    answer = cora.post(of_case(hearing), data={"note": "A friend of the family."})

    assert answer.status_code == 422
    assert "Choose a juror." in answer.text
    assert "A friend of the family." in answer.text
    assert ties(session) == 0


def test_the_page_of_a_juror_shows_other_jurors_and_nothing_of_a_case(hearing, cast, cora):
    one, other = cast.jurors[:2]
    cora.post(of_case(hearing), data={"juror": one.id, "kind": "kin"})

    cora.post(f"/jurors/{one.id}/ties", data={"juror": other.id, "kind": "household"})

    page = cora.get(f"/jurors/{one.id}/ties").text
    assert other.person.name in page
    assert hearing.case.respondent.name not in page
    assert hearing.case.number not in page


def test_a_tie_is_struck_from_the_page_of_one_of_the_two_alone(hearing, cast, cora, session):
    one, other, third = cast.jurors[:3]
    cora.post(f"/jurors/{one.id}/ties", data={"juror": other.id, "kind": "kin"})
    noted = session.scalars(select(m.Tie)).one()

    cora.post(f"/jurors/{third.id}/ties/{noted.id}/removal")

    assert ties(session) == 1
