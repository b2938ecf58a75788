"""Typing in what a panel decided on paper."""

import pytest

from tests import make
from youthcourt import models as m
from youthcourt.extensions import db


@pytest.fixture
def hearing(court, cast):
    hearing = make.held(court, cast)
    db.session.commit()
    return hearing


@pytest.fixture
def office(cast, sign_in):
    return sign_in(cast.cora)


def path(hearing):
    return f"/hearings/{hearing.id}/paper-ballot"


def sheet(court, room, **more):
    typed = {"agreeing": "6", "not_yet": "0"}
    for question in m.Question:
        typed |= {question.value: "partly", f"{question.value}_reason": "As the sheet says."}
    for kind, amount in (("service", "20"), ("jury_duty", "2")):
        number = make.activity(court, kind).id
        typed |= {
            f"asks_{number}": "y",
            f"amount_{number}": amount,
            f"due_on_{number}": room.last_due_on.isoformat(),
            f"purpose_{number}": "harm",
            f"builds_{number}": "As the sheet says.",
        }
    return {**typed, **more}


def test_the_office_finds_the_way_to_it_from_the_hearing(hearing, office):
    page = office.get(f"/hearings/{hearing.id}").text

    assert f'href="{path(hearing)}"' in page
    assert "6 jurors sit on this panel." in office.get(path(hearing)).text


def test_a_whole_sheet_goes_to_the_judge(court, hearing, office):
    answer = office.post(path(hearing), data=sheet(court, hearing.deliberation))

    room = hearing.deliberation
    assert (answer.status_code, room.is_decided, hearing.case.stage) == (302, True, m.CaseStage.PROPOSED)
    assert [(p.amount, p.purpose, p.builds) for p in room.proposals] == [
        (1200, m.Purpose.HARM, "As the sheet says."),
        (2, m.Purpose.HARM, "As the sheet says."),
    ]
    assert [(each.on_paper, each.agreeing) for each in room.rounds] == [(True, 6)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"agreeing": "5", "not_yet": "1"}, "5 of 6 votes needed agreed."),
        ({"agreeing": "7"}, "More votes than jurors."),
        ({"owns_it_reason": " "}, "Write the reason for answer 1."),
        ({"left_open": "SERVICE", "lowest": "much", "highest": "25"}, "Write the amount as a number."),
        ({"left_open": "SERVICE", "lowest": "15", "highest": "25"}, "Write a whole number."),
    ],
)
def test_what_breaks_a_rule_is_said_and_nothing_is_kept(court, hearing, office, typed, words):
    service = str(make.activity(court, "service").id)
    typed = {name: service if value == "SERVICE" else value for name, value in typed.items()}

    answer = office.post(path(hearing), data=sheet(court, hearing.deliberation, **typed))

    assert answer.status_code in (409, 422)
    assert words in answer.text
    assert "As the sheet says." in answer.text
    assert (hearing.deliberation.findings, hearing.deliberation.rounds) == ([], [])


def test_an_item_left_open_comes_with_its_range(court, hearing, office):
    service = make.activity(court, "service").id
    more = {"left_open": service, "lowest": "15", "highest": "25"}
    more |= {"failed_agreeing": "4", "failed_not_yet": "2"}

    answer = office.post(path(hearing), data=sheet(court, hearing.deliberation, **more))

    assert answer.status_code == 302
    assert [(p.lowest, p.highest) for p in hearing.deliberation.proposals] == [(900, 1500), (None, None)]
