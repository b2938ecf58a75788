"""Panels: drawn by lot, filled up, sworn, and stood down from."""

import pytest

from tests import make
from tests.browser import asked_by_the_page, counting_statements
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.permissions import Role
from youthcourt.procedures import seating


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


# The draw


def test_before_the_draw_everybody_barred_is_named_with_the_reason(hearing, cast, browser):
    schoolmate, untrained = cast.jurors[:2]
    schoolmate.person.school = make.school(cast.court, "Lincoln High")
    untrained.trainings[0].valid_until = make.TODAY.replace(day=1)
    db.session.commit()

    shown = text(browser.get(path(hearing, "draw")))

    barred = shown[shown.index("May not sit on this panel") : shown.index("In the draw")]
    for juror, why in (
        (schoolmate, "Goes to the respondent&#39;s school."),
        (untrained, "Has no training that is good on this day."),
    ):
        assert f"<bdi>{juror.person.name}</bdi></span><span" in barred
        assert why in barred


def test_drawing_seats_a_panel_and_keeps_the_draw(hearing, cast, browser, logged):
    before = len(logged())

    answer = browser.post(path(hearing, "draw"))

    drawn = db.session.query(m.Draw).filter_by(state="published").one()
    assert answer.location == f"/hearings/{hearing.id}#panel"
    assert [line[0] for line in logged()[before:]] == ["panel.drawn"]
    assert drawn.settled_by == cast.cora
    assert [seat.juror_id for seat in drawn.panels[0].sitting_seats] == drawn.result["seats"]


def test_too_few_jurors_are_refused_in_words_and_nothing_is_kept(hearing, cast, browser):
    for sitting in hearing.court_session.sittings[3:]:
        sitting.excuse("Ill.", by=cast.cora)
    db.session.commit()

    answer = browser.post(path(hearing, "draw"))

    assert answer.status_code == 409
    assert "Only 3 of the jurors booked may sit on this panel; 4 are needed." in text(answer)
    assert db.session.query(m.Panel).count() == 0


def test_pressing_draw_twice_draws_once(hearing, browser):
    answers = [browser.post(path(hearing, "draw"), data={"request_id": "one pressing"}) for _ in range(2)]

    assert {answer.location for answer in answers} == {f"/hearings/{hearing.id}#panel"}
    assert db.session.query(m.Draw).filter_by(state="published").count() == 1


def test_a_sworn_panel_is_not_drawn_again(hearing, panel, cast, browser):
    make.sworn(hearing, cast.cora)
    db.session.commit()

    answer = browser.post(path(hearing, "draw"))

    assert answer.status_code == 409
    assert "The panel has taken the oath." in text(answer)


def test_the_evidence_shows_each_lot_the_seed_and_the_digest(hearing, panel, browser):
    drawn = panel.draw

    shown = text(browser.get(path(hearing, "draws")))

    for words in (
        drawn.seed,
        drawn.digest,
        *(seating.lot(drawn.seed, each["juror"]) for each in drawn.facts["candidates"]),
    ):
        assert words in shown
    assert shown.count("Seat and foreperson") == 1


def test_earlier_draws_stay_in_evidence(hearing, panel, cast, browser):
    make.drawn(hearing, cast.cora, seed="another seed")
    db.session.commit()

    shown = text(browser.get(path(hearing, "draws")))

    assert shown.index("another seed") < shown.index("<code>a seed</code>")
    assert [shown.count(words) for words in ("In force", "No longer in force")] == [1, 1]


def test_drawing_again_gives_the_same_panel_and_changes_nothing(hearing, panel, browser, logged):
    before = len(logged())

    answer = browser.get(path(hearing, f"draws/{panel.draw_id}/again"))

    assert "the same jurors come out, in the same order" in text(answer)
    assert logged()[before:] == []


def test_a_draw_that_somebody_touched_does_not_repeat(hearing, panel, browser):
    drawn = panel.draw
    drawn.result = {**drawn.result, "seats": drawn.result["seats"][::-1]}
    db.session.commit()

    answer = browser.get(path(hearing, f"draws/{drawn.id}/again"))

    assert "The draw does not repeat" in text(answer)


def test_the_draw_of_another_hearing_is_not_found_here(court, cast, hearing, panel, browser):
    other = make.hearing(
        make.admitted(court, cast.cora, "Rosa Ruiz"), hearing.court_session, cast.judy, cast.cora, block=1
    )
    db.session.commit()

    answer = browser.get(path(other, f"draws/{panel.draw_id}/again"))

    assert answer.status_code == 404


def test_the_draw_page_takes_as_many_statements_for_ten_jurors_as_for_eight(court, cast, hearing, browser):
    db.session.commit()
    with counting_statements(db.engine) as eight:
        browser.get(path(hearing, "draw"))
    make.booked(
        [make.juror(court, "Ida Ten"), make.juror(court, "Jo Nine")], hearing.court_session, cast.cora
    )
    db.session.commit()
    with counting_statements(db.engine) as ten:
        browser.get(path(hearing, "draw"))

    assert len(asked_by_the_page(ten)) == len(asked_by_the_page(eight)) <= 30


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

    answer = browser.post(path(hearing, f"seats/{leaver.id}/{kind}"), data={"reason": "Plays in one team."})

    db.session.expire_all()
    assert answer.location == f"/hearings/{hearing.id}#panel"
    assert leaver.stood_down_reason == "Plays in one team."
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
    assert "This juror was stood down." in text(answer)


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


def test_a_judge_draws_no_panel(hearing, cast, sign_in):
    answer = sign_in(cast.judy).post(path(hearing, "draw"))

    assert answer.status_code == 403


def test_a_coordinator_of_another_court_finds_no_panel(hearing, panel, sign_in):
    there = make.court("Other Court")
    stranger = make.user(there, "Fay Foreign", Role.COORDINATOR)

    answer = sign_in(stranger).get(path(hearing, "draws"))

    assert answer.status_code == 404


# Two at once


def test_a_juror_drawn_into_two_panels_at_once_is_refused_in_words(
    court, cast, hearing, panel, browser, monkeypatch
):
    """Two coordinators draw for two rooms of one block; neither saw the other's panel."""
    second = make.user(court, "Jude Second", Role.JUDGE)
    other = make.hearing(
        make.admitted(court, cast.cora, "Rosa Ruiz"), hearing.court_session, second, cast.cora, room=1
    )
    db.session.commit()
    ties_of = seating._ties_of

    def blind(*args):
        ties = ties_of(*args)
        ties.busy = set()
        return ties

    monkeypatch.setattr(seating, "_ties_of", blind)

    answer = browser.post(path(other, "draw"))

    assert answer.status_code == 409
    assert "Somebody else changed this at the same moment." in text(answer)
