"""Hearing days: planned, filled, made ready, held and closed."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import event

from tests import make
from tests.browser import counting_statements
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.permissions import Role


@pytest.fixture
def day(court, cast):
    return make.court_session(court, cast.cora)


@pytest.fixture
def case(court, cast):
    return make.admitted(court, cast.cora)


@pytest.fixture
def browser(sign_in, cast):
    return sign_in(cast.cora)


def text(answer):
    """The page's words, every run of white space as one blank."""
    return " ".join(answer.get_data(as_text=True).split())


def placement(case, day, cast, block=0, room=0, **other):
    where = f"{day.blocks[block].id}-{day.rooms[room].id}"
    return {"case": case.id, "place": where, "judge": cast.judy.id, **other}


# The list


def test_the_list_shows_coming_and_past_days(court, cast, browser):
    day = make.court_session(court, cast.cora, held_on=date(2026, 3, 14))
    past = make.court_session(court, cast.cora)
    past.held_on = date(2026, 3, 1)
    db.session.commit()

    shown = text(browser.get("/court-sessions/"))

    assert shown.index("Saturday, March 14, 2026") < shown.index("Sunday, March 1, 2026")
    assert f"/court-sessions/{day.id}" in shown
    assert "Not closed yet" in shown


def test_without_any_day_the_list_says_to_plan_one(court, browser):
    shown = text(browser.get("/court-sessions/"))

    assert "No hearing day is planned" in shown
    assert 'href="/court-sessions/new"' in shown


def test_the_list_takes_as_many_statements_for_twenty_days_as_for_one(court, cast, day, browser):
    with counting_statements(db.engine) as one:
        browser.get("/court-sessions/")
    for week in range(1, 20):
        make.court_session(court, cast.cora, held_on=make.TODAY + timedelta(weeks=week))
    db.session.commit()
    with counting_statements(db.engine) as twenty:
        browser.get("/court-sessions/")

    assert len(twenty) == len(one) <= 8


def test_a_judge_finds_the_days_on_which_they_hear_and_no_other(court, cast, case, day, sign_in):
    make.hearing(case, day, cast.judy, cast.cora)
    other = make.court_session(court, cast.cora, held_on=make.TODAY + timedelta(weeks=1))
    judge = sign_in(cast.judy)

    shown = text(judge.get("/court-sessions/"))
    answers = [judge.get(f"/court-sessions/{each.id}").status_code for each in (day, other)]

    assert f'href="/court-sessions/{day.id}"' in shown
    assert f'href="/court-sessions/{other.id}"' not in shown
    assert answers == [200, 404]


def test_the_list_leads_on_to_placing_the_case_one_came_from(case, day, browser):
    shown = text(browser.get(f"/court-sessions/?case={case.id}"))

    assert f'href="/court-sessions/{day.id}/hearings/new?case={case.id}"' in shown


# Planning


def plan(court, **other):
    rooms = [room.id for room in court.rooms]
    data = {"held_on": "2026-03-14", "starts": "6:30 PM, 7 pm, 19:45", "rooms": rooms, "place": "Courthouse"}
    return {**data, **other}


def test_a_day_is_planned_with_times_as_people_type_them(court, browser):
    answer = browser.post("/court-sessions/new", data=plan(court))

    planned = db.session.query(m.CourtSession).one()
    assert answer.location == f"/court-sessions/{planned.id}"
    assert (planned.held_on, planned.starts) == (date(2026, 3, 14), [time(18, 30), time(19), time(19, 45)])
    assert [room.name for room in planned.rooms] == ["Room A", "Room B"]


def test_a_new_day_offers_the_times_and_rooms_of_the_last_one(court, cast, browser):
    make.court_session(court, cast.cora, starts=(time(17, 15), time(18)))
    db.session.commit()

    shown = text(browser.get("/court-sessions/new"))

    assert 'value="5:15 PM, 6:00 PM"' in shown


@pytest.mark.parametrize(
    ("wrong", "words", "status"),
    [
        ({"held_on": "2026-03-06"}, "This day is over.", 409),
        ({"rooms": []}, "Choose at least one room.", 409),
        ({"starts": ""}, "Give at least one starting time.", 409),
        ({"held_on": ""}, "Choose a day.", 422),
        ({"starts": "half past six"}, "“half past six” is no time. Write it as 6:30 PM.", 422),
        ({"starts": "6:30"}, "Write AM or PM after “6:30”.", 422),
        ({"starts": "25:00"}, "“25:00” is no time.", 422),
    ],
)
def test_what_is_wrong_with_a_plan_stands_beside_its_field_and_nothing_is_lost(
    court, browser, wrong, words, status
):
    answer = browser.post("/court-sessions/new", data=plan(court, **wrong))

    assert (answer.status_code, db.session.query(m.CourtSession).count()) == (status, 0)
    assert words in text(answer)
    assert "Courthouse" in text(answer)


# The day


def test_the_day_says_what_is_missing(cast, case, day, browser):
    make.hearing(case, day, cast.judy, cast.cora)
    db.session.commit()

    shown = text(browser.get(f"/court-sessions/{day.id}"))

    assert f"{case.number}: no panel yet." in shown
    assert f'href="/court-sessions/{day.id}/readiness"' in shown


def test_the_day_takes_no_more_statements_for_six_hearings_than_for_one(court, cast, browser):
    day = make.court_session(court, cast.cora, starts=(time(18), time(19), time(20)))
    court.seating_rules.places_a_day = 3
    second = make.user(court, "Jude Second", Role.JUDGE)
    make.booked(cast.jurors, day, cast.cora)
    cases = [make.admitted(court, cast.cora, f"Young{n} Person{n}") for n in range(6)]
    make.drawn(make.hearing(cases[0], day, cast.judy, cast.cora), cast.cora)
    db.session.commit()
    with counting_statements(db.engine) as one:
        browser.get(f"/court-sessions/{day.id}")
    for n, each in enumerate(cases[1:], start=1):
        judge = second if n % 2 else cast.judy
        hearing = make.hearing(each, day, judge, cast.cora, block=n // 2, room=n % 2)
        if n % 2 == 0:
            make.drawn(hearing, cast.cora)
    db.session.commit()
    with counting_statements(db.engine) as six:
        browser.get(f"/court-sessions/{day.id}")

    assert len(six) == len(one) <= 33


def test_a_judge_sees_their_own_hearings_of_the_day_alone(court, cast, case, day, sign_in):
    second = make.user(court, "Jude Second", Role.JUDGE)
    make.hearing(case, day, cast.judy, cast.cora)
    make.hearing(make.admitted(court, cast.cora, "Rosa Ruiz"), day, second, cast.cora, room=1)

    shown = text(sign_in(cast.judy).get(f"/court-sessions/{day.id}"))

    assert "Jordan Tate" in shown
    assert "Rosa Ruiz" not in shown
    assert "Jurors booked" not in shown


def test_a_case_that_failed_to_appear_stays_in_sight_but_off_the_docket(cast, case, day, browser):
    make.hearing(case, day, cast.judy, cast.cora).fail_to_appear("", by=cast.cora)
    db.session.commit()

    shown = text(browser.get(f"/court-sessions/{day.id}"))

    assert shown.index("No longer on the docket") < shown.index("Jordan Tate")


# Placing


def test_a_case_is_placed_in_the_chosen_room_and_time(cast, case, day, browser):
    data = placement(case, day, cast, block=1, room=1)

    answer = browser.post(f"/court-sessions/{day.id}/hearings/new", data=data)

    hearing = db.session.query(m.Hearing).one()
    assert answer.location == f"/court-sessions/{day.id}"
    assert (hearing.case, hearing.block, hearing.room) == (case, day.blocks[1], day.rooms[1])


def test_the_place_one_came_from_is_chosen_already(cast, case, day, browser):
    place = f"{day.blocks[1].id}-{day.rooms[1].id}"

    shown = text(browser.get(f"/court-sessions/{day.id}/hearings/new?case={case.id}&place={place}"))

    assert f'<option selected value="{place}">' in shown
    assert f'<option selected value="{case.id}">' in shown


def test_a_room_that_somebody_took_meanwhile_is_refused_beside_the_field(court, cast, case, day, browser):
    other = make.admitted(court, cast.cora, "Rosa Ruiz")
    make.hearing(other, day, cast.judy, cast.cora)
    db.session.commit()

    answer = browser.post(f"/court-sessions/{day.id}/hearings/new", data=placement(case, day, cast))

    assert answer.status_code == 409
    assert "Room A is taken at this time." in text(answer)
    assert f'<option selected value="{case.id}">' in text(answer)


def test_a_judge_hears_one_case_at_a_time(court, cast, case, day, browser):
    make.hearing(make.admitted(court, cast.cora, "Rosa Ruiz"), day, cast.judy, cast.cora)
    db.session.commit()

    answer = browser.post(f"/court-sessions/{day.id}/hearings/new", data=placement(case, day, cast, room=1))

    assert answer.status_code == 409
    assert "Judy Okafor hears another case at this time." in text(answer)


def test_a_case_that_somebody_placed_meanwhile_is_not_placed_again(cast, case, day, browser):
    make.hearing(case, day, cast.judy, cast.cora)
    db.session.commit()

    answer = browser.post(f"/court-sessions/{day.id}/hearings/new", data=placement(case, day, cast, block=1))

    assert answer.status_code == 409
    assert "This case has a hearing already." in text(answer)


def test_sending_a_placement_twice_places_once(cast, case, day, browser):
    data = placement(case, day, cast, request_id="one sending")

    answers = [browser.post(f"/court-sessions/{day.id}/hearings/new", data=data) for _ in range(2)]

    assert {answer.location for answer in answers} == {f"/court-sessions/{day.id}"}
    assert db.session.query(m.Hearing).count() == 1


def test_two_coordinators_who_take_one_room_at_the_same_moment_are_told_in_words(
    court, cast, case, day, browser, monkeypatch
):
    """Both looked before either wrote: the rule sees nothing, the database does."""
    make.hearing(make.admitted(court, cast.cora, "Rosa Ruiz"), day, cast.judy, cast.cora)
    db.session.commit()
    monkeypatch.setattr(m.CourtSession, "why_not_place", lambda *_args, **_kwargs: None)

    answer = browser.post(f"/court-sessions/{day.id}/hearings/new", data=placement(case, day, cast))

    assert answer.status_code == 409
    assert "Somebody else changed this at the same moment." in text(answer)
    assert db.session.query(m.Hearing).count() == 1


def test_no_case_to_place_says_why(day, browser):
    shown = text(browser.get(f"/court-sessions/{day.id}/hearings/new"))

    assert "No case is waiting" in shown


# Booking


def test_many_jurors_are_booked_at_once(cast, day, browser):
    chosen = cast.jurors[:3]

    answer = browser.post(f"/court-sessions/{day.id}/jurors", data={"jurors": [each.id for each in chosen]})

    assert answer.location == f"/court-sessions/{day.id}"
    booked = db.session.query(m.Sitting.juror_id, m.Sitting.state).order_by(m.Sitting.juror_id)
    assert [tuple(row) for row in booked] == [(each.id, m.SittingState.BOOKED) for each in chosen]


def test_only_who_is_free_that_day_can_be_booked(cast, day, browser):
    away, gone, booked, *_free = cast.jurors
    away.be_away(make.TODAY, make.TODAY, by=cast.cora)
    gone.leave(by=cast.cora)
    make.booked([booked], day, cast.cora)
    db.session.commit()

    shown = text(browser.get(f"/court-sessions/{day.id}/jurors"))

    assert [each.person.name in shown for each in cast.jurors] == [False] * 3 + [True] * 5


def test_the_list_of_the_free_never_tells_who_owes_jury_duty(court, cast, day, session, browser):
    """Somebody who sits for a plan reads exactly as a volunteer does."""
    respondent = make.person(court, "Rita Young", school_name="Douglass High")
    m.Juror.enrol(respondent, by=cast.cora, is_volunteer=False).train(make.TODAY, 60, by=cast.cora)
    session.commit()

    shown = browser.get(f"/court-sessions/{day.id}/jurors").get_data(as_text=True)

    rows = {
        name: shown[shown.index(name) + len(name) :].split("</label>")[0]
        for name in ("Rita Young", "Amara Obi")
    }
    assert rows["Rita Young"] == rows["Amara Obi"]


def test_ticking_nobody_is_asked_again(cast, day, browser):
    answer = browser.post(f"/court-sessions/{day.id}/jurors", data={})

    assert answer.status_code == 422
    assert "Tick at least one juror." in text(answer)


def test_a_juror_whom_another_coordinator_booked_at_the_same_moment_is_booked_once(
    cast, day, browser, monkeypatch
):
    juror = cast.jurors[0]
    monkeypatch.setattr(m.Sitting, "why_not_book", staticmethod(lambda *_args: None))
    table = m.Sitting.__table__
    theirs = {"court_id": day.court_id, "juror_id": juror.id, "court_session_id": day.id, "state": "booked"}

    @event.listens_for(m.Sitting, "before_insert")
    def meanwhile(_mapper, connection, _sitting):
        connection.execute(table.insert().values(**theirs))

    try:
        answer = browser.post(f"/court-sessions/{day.id}/jurors", data={"jurors": [juror.id]})
    finally:
        event.remove(m.Sitting, "before_insert", meanwhile)

    assert answer.status_code == 409
    assert "Somebody else changed this at the same moment." in text(answer)
