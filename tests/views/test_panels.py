"""Panels: filled up, sworn, and stood down from."""

from datetime import timedelta

import pytest

from tests import make
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.permissions import Role


@pytest.fixture
def hearing(court, cast):
    """Jordan's hearing today, with jurors booked and no panel yet."""
    hearing = make.hearing(
        make.admitted(court, cast.cora), make.court_session(court, cast.cora), cast.judy, cast.cora
    )
    make.booked(cast.jurors, hearing.court_session, cast.cora)
    return hearing


@pytest.fixture
def panel(hearing, cast):
    return make.drawn(hearing, cast.cora)


@pytest.fixture
def browser(sign_in, cast):
    return sign_in(cast.cora)


def text(answer):
    """The page's words, every run of white space as one blank."""
    return " ".join(answer.get_data(as_text=True).split())


def path(hearing, rest):
    return f"/hearings/{hearing.id}/panel/{rest}"


# A certain juror


def open_a_seat(panel, cast):
    """Nobody is in reserve, and one seat is open."""
    panel.reserves[0].stand_down("Went home.", by=cast.cora)
    panel.sitting_seats[-1].stand_down("Went home.", by=cast.cora)
    db.session.commit()


def test_a_booked_juror_takes_the_open_seat(hearing, panel, cast, browser):
    open_a_seat(panel, cast)
    seated = {seat.juror_id for seat in panel.seats}
    left = next(each for each in cast.jurors if each.id not in seated)

    answer = browser.post(path(hearing, "seat"), data={"juror": left.id})

    db.session.refresh(panel)
    assert answer.location == f"/hearings/{hearing.id}#panel"
    assert panel.sitting_seats[-1].juror == left


def test_somebody_who_may_not_sit_is_refused_in_words(hearing, panel, cast, browser):
    open_a_seat(panel, cast)
    seated = {seat.juror_id for seat in panel.seats}
    left = next(each for each in cast.jurors if each.id not in seated)
    left.person.school = make.school(cast.court, "Lincoln High")
    db.session.commit()

    answer = browser.post(path(hearing, "seat"), data={"juror": left.id})

    assert answer.status_code == 409
    assert f"{left} may not sit here. Goes to the respondent&#39;s school." in text(answer)


def test_nobody_is_seated_on_a_full_panel(hearing, panel, cast, browser):
    seated = {seat.juror_id for seat in panel.seats}
    left = next(each for each in cast.jurors if each.id not in seated)
    db.session.commit()

    answer = browser.post(path(hearing, "seat"), data={"juror": left.id})

    assert answer.status_code == 409
    assert "Every seat is taken." in text(answer)


def test_a_juror_of_another_court_cannot_be_named(hearing, panel, cast, browser):
    open_a_seat(panel, cast)
    stranger = make.juror(make.court("Other Court"), "Stella Far")
    db.session.commit()

    answer = browser.post(path(hearing, "seat"), data={"juror": stranger.id})

    assert answer.status_code == 422
    assert "Choose one of the list." in text(answer)


# Leaving the panel


@pytest.mark.parametrize(
    ("kind", "ties"),
    [("stand-down", []), ("conflict", [m.TieKind.KNOWS]), ("objection", [m.TieKind.OBJECTED])],
)
def test_a_juror_leaves_and_the_reserve_moves_up(hearing, panel, browser, kind, ties):
    leaver, reserve = panel.sitting_seats[0], panel.reserves[0]

    said = {"reason": "Plays in one team.", "takes": reserve.juror_id}
    proposed = text(browser.get(path(hearing, f"seats/{leaver.id}/{kind}")))
    answer = browser.post(path(hearing, f"seats/{leaver.id}/{kind}"), data=said)

    db.session.expire_all()
    assert answer.location == f"/hearings/{hearing.id}#panel"
    assert leaver.stood_down_reason == "Plays in one team."
    assert f"{reserve.juror}, from the reserve of this panel (not here yet). Nobody else moves." in proposed
    assert reserve in panel.sitting_seats
    assert [tie.kind for tie in db.session.query(m.Tie)] == ties


def test_leaving_needs_a_reason(hearing, panel, browser):
    seat = panel.sitting_seats[0]

    answer = browser.post(path(hearing, f"seats/{seat.id}/stand-down"), data={"reason": " "})

    assert answer.status_code == 422
    assert "Write the reason." in text(answer)


def test_who_was_stood_down_is_not_stood_down_again(hearing, panel, cast, browser):
    seat = panel.sitting_seats[0]
    seat.stand_down("Ill.", by=cast.cora)
    db.session.commit()

    answer = browser.post(path(hearing, f"seats/{seat.id}/stand-down"), data={"reason": "Ill."})

    assert answer.status_code == 409
    assert f"{seat.juror} was stood down already, by Cora Diaz." in text(answer)


# Foreperson and oath


def test_another_juror_becomes_foreperson(hearing, panel, browser):
    other = next(seat for seat in panel.sitting_seats if not seat.is_foreperson)

    browser.post(path(hearing, f"seats/{other.id}/foreperson"))

    db.session.expire_all()
    assert panel.foreperson == other


def test_a_reserve_is_no_foreperson(hearing, panel, browser):
    answer = browser.post(path(hearing, f"seats/{panel.reserves[0].id}/foreperson"))

    assert answer.status_code == 409
    assert "The foreperson is one of those seated." in text(answer)


def test_a_juror_who_is_not_here_takes_no_oath(hearing, panel, browser):
    seat = panel.sitting_seats[0]

    answer = browser.post(path(hearing, f"seats/{seat.id}/oath"))

    assert answer.status_code == 409
    assert f"{seat.juror} is not checked in." in text(answer)


def test_all_who_are_here_take_the_oath_together(hearing, panel, cast, sign_in):
    here = panel.sitting_seats[:4]
    for seat in here:
        next(each for each in hearing.court_session.sittings if each.juror is seat.juror).check_in(
            by=cast.cora
        )
    judge = sign_in(cast.judy)

    answer = judge.post(path(hearing, "oaths"))

    db.session.expire_all()
    assert answer.location == f"/hearings/{hearing.id}#panel"
    assert [seat for seat in panel.sitting_seats if seat.is_sworn] == here


def test_taking_the_oath_twice_is_taking_it_once(hearing, panel, cast, browser, logged):
    seat = panel.sitting_seats[0]
    next(each for each in hearing.court_session.sittings if each.juror is seat.juror).check_in(by=cast.cora)
    db.session.commit()
    before = len(logged())

    for _ in range(2):
        browser.post(path(hearing, f"seats/{seat.id}/oath"))

    assert [line[0] for line in logged()[before:]] == ["seat.sworn"]


def test_a_coordinator_of_another_court_finds_no_panel(hearing, panel, sign_in):
    there = make.court("Other Court")
    stranger = make.user(there, "Fay Foreign", Role.COORDINATOR)

    answer = sign_in(stranger).get(path(hearing, "seat"))

    assert answer.status_code == 404


# Taking back what was tapped


def test_a_seat_may_be_left_open_and_is_given_back(hearing, panel, browser):
    leaver, reserve = panel.sitting_seats[0], panel.reserves[0]
    browser.post(path(hearing, f"seats/{leaver.id}/stand-down"), data={"reason": "Ill.", "takes": ""})
    db.session.expire_all()
    while_open = (len(panel.sitting_seats), panel.reserves)
    offered = "Give the seat back" in text(browser.get(f"/hearings/{hearing.id}"))

    browser.post(path(hearing, f"seats/{leaver.id}/return"))

    db.session.expire_all()
    assert (while_open, offered) == ((5, [reserve]), True)
    assert leaver in panel.sitting_seats


def test_two_who_stand_one_juror_down_are_told_who_was_first(hearing, panel, cast, browser):
    leaver, reserve = panel.sitting_seats[0], panel.reserves[0]
    said = {"reason": "Ill.", "takes": reserve.juror_id}

    answers = [
        browser.post(path(hearing, f"seats/{leaver.id}/stand-down"), data=said) for _screen in range(2)
    ]

    assert [answer.status_code for answer in answers] == [302, 409]
    assert f"{leaver.juror} was stood down already, by Cora Diaz." in text(answers[1])
    assert db.session.query(m.Replacement).count() == 1


def test_an_oath_is_undone_from_the_page_of_the_hearing(hearing, panel, cast, browser):
    seat = panel.sitting_seats[0]
    next(each for each in hearing.court_session.sittings if each.juror is seat.juror).check_in(by=cast.cora)
    seat.swear(by=cast.cora)
    db.session.commit()

    browser.post(path(hearing, f"seats/{seat.id}/oath/undo"))

    db.session.refresh(seat)
    assert seat.sworn_at is None


# A reserve decides, where the foreperson cannot say so


@pytest.fixture
def deciding(hearing, panel, cast):
    """The panel decides, its reserve heard the case under oath, and one juror has left."""
    make.sworn(hearing, cast.cora)
    panel.reserves[0].swear(by=cast.cora)
    hearing.hold(by=cast.judy)
    panel.sitting_seats[1].stand_down("Ill.", by=cast.cora)
    db.session.commit()
    return hearing


def test_staff_lets_a_reserve_decide_and_the_trail_says_who_did(deciding, panel, cast, browser, logged):
    reserve = panel.reserves[0]
    said = {"reserve": reserve.id, "heard_it": "y"}
    offered = text(browser.get(f"/hearings/{deciding.id}"))

    unread = browser.post(path(deciding, "reserve"), data={"reserve": reserve.id})
    answer = browser.post(path(deciding, "reserve"), data=said)

    db.session.expire_all()
    assert f'href="{path(deciding, "reserve")}"' in offered
    assert unread.status_code == 422
    assert "Only somebody who heard the whole case may decide." in text(unread)
    assert answer.location == f"/hearings/{deciding.id}#panel"
    assert reserve in panel.sitting_seats
    assert logged()[-1] == ("seat.took_over", cast.cora, {"juror": reserve.juror_id})


def test_a_reserve_who_took_the_oath_after_the_case_was_heard_does_not_decide(
    deciding, panel, browser, logged
):
    reserve = panel.reserves[0]
    reserve.sworn_at = deciding.held_at + timedelta(minutes=1)
    db.session.commit()

    page = text(browser.get(path(deciding, "reserve")))
    answer = browser.post(path(deciding, "reserve"), data={"reserve": reserve.id, "heard_it": "y"})

    db.session.expire_all()
    assert f"{reserve.juror.person.short_name} took the oath after the case was heard." in page
    assert (answer.status_code, panel.reserves) == (422, [reserve])


def test_while_the_hearing_is_ahead_no_reserve_takes_over(hearing, panel, browser):
    answer = browser.get(path(hearing, "reserve"))

    assert (answer.status_code, "This hearing has not been held." in text(answer)) == (409, True)
