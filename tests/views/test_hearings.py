"""Hearings, from the day they are placed to the moment the panel goes out to decide."""

from datetime import time, timedelta

import pytest

from tests import make
from tests.browser import asked_by_the_page, counting_statements
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.walls import in_every_court


@pytest.fixture
def day(court, cast):
    return make.court_session(court, cast.cora)


@pytest.fixture
def hearing(court, cast, day):
    """Jordan's hearing today, with a drawn panel."""
    hearing = make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    make.drawn(hearing, cast.cora)
    return hearing


@pytest.fixture
def later(court, cast):
    """A hearing day a week later."""
    return make.court_session(court, cast.cora, held_on=make.TODAY + timedelta(weeks=1), starts=(time(19),))


@pytest.fixture
def browser(sign_in, cast):
    return sign_in(cast.cora)


def text(answer):
    return answer.get_data(as_text=True)


def place(block, room):
    return f"{block.id}-{room.id}"


# The page


def test_the_page_shows_the_family_the_panel_and_why_it_cannot_start_yet(hearing, browser):
    shown = text(browser.get(f"/hearings/{hearing.id}"))

    for words in ("Jordan Tate", "Renee Tate", "6:30", "Room A", "Jordan Tate is not checked in."):
        assert words.replace(" ", " ") in shown.replace(" ", " ")


def test_the_page_takes_no_more_statements_for_a_bigger_panel(app, court, cast, hearing, browser):
    with counting_statements(db.engine) as small:
        browser.get(f"/hearings/{hearing.id}")
    court.panel_size = 8
    make.drawn(hearing, cast.cora, seed="another")
    db.session.commit()
    with counting_statements(db.engine) as big:
        browser.get(f"/hearings/{hearing.id}")

    assert len(asked_by_the_page(big)) == len(asked_by_the_page(small)) <= 16


def test_a_judge_sees_the_hearings_they_hear_and_no_other(court, cast, day, hearing, sign_in):
    other = make.user(court, "Jude Second", make.Role.JUDGE)
    mine, theirs = sign_in(cast.judy), sign_in(other)

    answers = [who.get(f"/hearings/{hearing.id}").status_code for who in (mine, theirs)]

    assert answers == [200, 404]


# Who came


def test_the_family_is_checked_in_and_out_again(hearing, cast, browser):
    person = hearing.case.respondent
    path = f"/hearings/{hearing.id}/people/{person.id}/check-in"

    came = browser.post(path), [each.person_id for each in db.session.query(m.Attendance)]
    undone = browser.post(path + "/undo"), db.session.query(m.Attendance).count()

    assert came[0].status_code == undone[0].status_code == 302
    assert (came[1], undone[1]) == ([person.id], 0)


def test_checking_in_before_the_day_is_refused_in_words(court, cast, later, browser):
    hearing = make.hearing(make.admitted(court, cast.cora), later, cast.judy, cast.cora)
    db.session.commit()

    answer = browser.post(f"/hearings/{hearing.id}/people/{hearing.case.respondent_id}/check-in")

    assert answer.status_code == 409
    assert "People are checked in on the day of the hearing." in text(answer)


def test_the_coordinator_checks_jurors_in_from_the_hearing_and_comes_back_to_it(hearing, browser):
    seat = hearing.panel.sitting_seats[0]
    sitting = next(each for each in hearing.court_session.sittings if each.juror is seat.juror)

    answer = browser.post(f"/sittings/{sitting.id}/check-in", data={"hearing": hearing.id})

    db.session.refresh(sitting)
    assert answer.location == f"/hearings/{hearing.id}#panel"
    assert sitting.state is m.SittingState.CHECKED_IN


# Held


def test_a_hearing_is_held_when_everybody_needed_is_sworn(hearing, cast, browser, logged):
    make.sworn(hearing, cast.cora)
    db.session.commit()
    before = len(logged())

    answer = browser.post(f"/hearings/{hearing.id}/holding")

    assert answer.location == f"/hearings/{hearing.id}"
    assert [line[0] for line in logged()[before:]] == ["hearing.held"]
    db.session.refresh(hearing)
    assert hearing.state is m.HearingState.HELD


def test_a_hearing_without_the_young_person_is_not_held(hearing, browser):
    answer = browser.post(f"/hearings/{hearing.id}/holding")

    assert answer.status_code == 409
    assert "Jordan Tate is not checked in." in text(answer)


def test_whoever_took_no_oath_is_named_before_the_hearing_starts(hearing, cast, browser):
    make.sworn(hearing, cast.cora)
    seat = next(each for each in hearing.panel.sitting_seats if not each.is_foreperson)
    seat.sworn_at = None
    db.session.commit()

    shown = text(browser.get(f"/hearings/{hearing.id}/holding"))

    assert f"No oath yet, so not on the panel: <bdi>{seat.juror.person.name}</bdi>" in " ".join(shown.split())


# Moved


def test_a_hearing_moves_to_another_room_with_its_panel(hearing, cast, day, browser):
    block, room = hearing.block, day.rooms[1]
    data = {"place": place(block, room), "judge": cast.judy.id}

    answer = browser.post(f"/hearings/{hearing.id}/move", data=data)

    db.session.refresh(hearing)
    assert answer.location == f"/hearings/{hearing.id}"
    assert (hearing.block, hearing.room, hearing.panel is not None) == (block, room, True)


def test_a_hearing_does_not_move_to_a_taken_room_and_what_was_chosen_stays(
    court, cast, hearing, day, browser
):
    other = make.hearing(make.admitted(court, cast.cora, "Rosa Ruiz"), day, cast.judy, cast.cora, block=1)
    db.session.commit()
    data = {"place": place(other.block, other.room), "judge": cast.judy.id}

    answer = browser.post(f"/hearings/{hearing.id}/move", data=data)

    assert answer.status_code == 409
    assert "Room A is taken at this time." in text(answer)


def test_a_held_hearing_says_why_it_cannot_move(hearing, cast, browser):
    make.sworn(hearing, cast.cora).hold(by=cast.cora)
    db.session.commit()

    shown = browser.get(f"/hearings/{hearing.id}/move")

    assert "Only a hearing that is still ahead can be moved." in text(shown)


# Adjourned


def adjournment(later, cast, **other):
    data = {
        "place": place(later.blocks[0], later.rooms[0]),
        "judge": cast.judy.id,
        "reason": "illness",
        "note": "",
    }
    return {**data, **other}


def test_an_adjourned_hearing_is_on_the_later_day_and_its_panel_went_home(
    hearing, cast, later, browser, logged
):
    before = len(logged())

    answer = browser.post(f"/hearings/{hearing.id}/adjournment", data=adjournment(later, cast))

    db.session.refresh(hearing)
    assert answer.location == f"/hearings/{hearing.id}"
    assert (hearing.court_session, hearing.sits_on, hearing.panel) == (later, later.held_on, None)
    assert [line[0] for line in logged()[before:]] == ["panel.dissolved", "hearing.adjourned"]


def test_who_came_before_an_adjournment_is_not_here_on_the_new_day(hearing, cast, later, browser):
    hearing.check_in(hearing.case.respondent, by=cast.cora)
    db.session.commit()

    browser.post(f"/hearings/{hearing.id}/adjournment", data=adjournment(later, cast))

    db.session.refresh(hearing)
    assert (hearing.present, db.session.query(m.Attendance).count()) == ([], 1)


def test_another_reason_needs_words_and_keeps_what_was_chosen(hearing, cast, later, browser):
    data = adjournment(later, cast, reason="other")

    answer = browser.post(f"/hearings/{hearing.id}/adjournment", data=data)

    assert answer.status_code == 409
    assert "Write what the other reason is." in text(answer)
    assert f'<option selected value="{data["place"]}">' in text(answer)


def test_an_adjournment_without_a_place_is_asked_for_one(hearing, later, browser):
    answer = browser.post(f"/hearings/{hearing.id}/adjournment", data={"reason": "illness"})

    assert answer.status_code == 422
    assert "Choose a time and a room." in text(answer)


def test_without_another_day_the_page_says_to_plan_one(hearing, browser):
    shown = text(browser.get(f"/hearings/{hearing.id}/adjournment"))

    assert "No free place on another day" in shown


def test_sending_an_adjournment_twice_adjourns_once(hearing, cast, later, browser):
    data = adjournment(later, cast, request_id="one sending")

    answers = [browser.post(f"/hearings/{hearing.id}/adjournment", data=data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert db.session.query(m.Adjournment).count() == 1


# Did not come


def test_who_does_not_come_waits_for_a_new_day(hearing, browser):
    answer = browser.post(f"/hearings/{hearing.id}/failure", data={"note": "Called twice."})

    db.session.refresh(hearing)
    assert answer.location == f"/court-sessions/{hearing.court_session_id}/board"
    assert (hearing.state, hearing.case.stage) == (m.HearingState.FAILED_TO_APPEAR, m.CaseStage.ADMITTED)


def test_who_is_checked_in_did_come(hearing, cast, browser):
    hearing.check_in(hearing.case.respondent, by=cast.cora)
    db.session.commit()

    answer = browser.post(f"/hearings/{hearing.id}/failure", data={"note": ""})

    assert answer.status_code == 409
    assert "Jordan Tate is checked in." in text(answer)


def test_before_the_day_nobody_failed_to_come(court, cast, later, sign_in):
    hearing = make.hearing(make.admitted(court, cast.cora), later, cast.judy, cast.cora)
    db.session.commit()

    with clock.at(make.SATURDAY + timedelta(days=1)):
        answer = sign_in(cast.cora).post(f"/hearings/{hearing.id}/failure", data={"note": ""})

    assert answer.status_code == 409
    assert "The day of the hearing has not come yet." in text(answer)


# Two at once


def test_two_moves_that_cross_are_told_so_in_words(hearing, cast, day, browser, monkeypatch):
    """The other one's change is written between our looking and our writing."""
    asked = m.CourtSession.why_not_place

    def meanwhile(self, *args, **kwargs):
        answer = asked(self, *args, **kwargs)
        table = m.CourtSession.__table__
        with in_every_court():
            db.session.execute(table.update().values(version=table.c.version + 1))
        return answer

    monkeypatch.setattr(m.CourtSession, "why_not_place", meanwhile)
    data = {"place": place(hearing.block, day.rooms[1]), "judge": cast.judy.id}

    answer = browser.post(f"/hearings/{hearing.id}/move", data=data)

    assert answer.status_code == 409
    assert "Somebody else changed this at the same moment." in text(answer)
    db.session.refresh(hearing)
    assert hearing.room == day.rooms[0]


# Taking back what was tapped


def test_an_adjournment_is_taken_back_from_the_page_of_the_hearing(hearing, cast, later, browser):
    here = hearing.court_session_id
    browser.post(f"/hearings/{hearing.id}/adjournment", data=adjournment(later, cast))
    offered = text(browser.get(f"/hearings/{hearing.id}"))

    answer = browser.post(f"/hearings/{hearing.id}/adjournment/undo")

    db.session.refresh(hearing)
    assert "Take the last one back" in offered
    assert (answer.location, hearing.court_session_id) == (f"/hearings/{hearing.id}", here)
    assert "Take the last one back" not in text(browser.get(f"/hearings/{hearing.id}"))


def test_a_family_that_came_after_all_is_put_back_from_the_page_of_the_hearing(hearing, browser):
    browser.post(f"/hearings/{hearing.id}/failure", data={"note": ""})
    offered = text(browser.get(f"/hearings/{hearing.id}"))

    browser.post(f"/hearings/{hearing.id}/failure/undo")

    db.session.refresh(hearing)
    assert "They came after all" in offered
    assert hearing.state is m.HearingState.SET


def test_taking_back_what_never_was_is_refused_in_words(hearing, browser):
    answers = [browser.post(f"/hearings/{hearing.id}/adjournment/undo")]
    hearing.cancel("Withdrew.", by=hearing.judge)
    answers.append(browser.post(f"/hearings/{hearing.id}/failure/undo"))

    assert [answer.status_code for answer in answers] == [409, 409]
    assert "This hearing was not adjourned." in text(answers[0])
    assert "This hearing was not written down as failed." in text(answers[1])
