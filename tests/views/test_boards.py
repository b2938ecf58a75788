"""The night board: who is here, what needs somebody, one tap for each thing, and the wall."""

from datetime import time, timedelta

import pytest

from tests import make
from tests.browser import asked_by_the_page, counting_statements
from tests.signing_in import begun, browser_with
from tests.stages import seated
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.permissions import Role

HALF_PAST_SIX = make.SATURDAY + timedelta(hours=6, minutes=30)


@pytest.fixture
def hearing(court, cast):
    hearing = seated(court, cast)
    hearing.case.respondent.phone = "555-0142"
    db.session.commit()
    return hearing


@pytest.fixture
def day(hearing):
    return hearing.court_session


@pytest.fixture
def browser(sign_in, cast):
    return sign_in(cast.cora)


@pytest.fixture
def colleague(app, court, session):
    """Another coordinator at another screen."""
    cole = make.user(court, "Cole Reyes", Role.COORDINATOR)
    token = begun(cole)
    session.commit()
    return browser_with(app, token)


@pytest.fixture
def at(sign_in, cast):
    """Opens pages at a moment of the evening."""

    def look(moment, path, **headers):
        with clock.at(moment):
            return sign_in(cast.cora).get(path, headers=headers)

    return look


def text(answer):
    """The page's words, every run of white space as one blank."""
    return " ".join(answer.get_data(as_text=True).split())


def board(day, rest=""):
    return f"/court-sessions/{day.id}/board{rest}"


def row(answer, key):
    """What one row of the board says."""
    page = text(answer)
    start = page.index(f'id="{key}"')
    return page[start : page.index("</li>", start)]


def sitting_of(seat):
    return next(each for each in seat.panel.hearing.court_session.sittings if each.juror is seat.juror)


# What stands on it


def test_everybody_expected_stands_there_with_first_name_and_initial(hearing, day, browser):
    shown = text(browser.get(board(day)))

    young = hearing.case.respondent
    assert f'data-name="{young.short_name}"' in shown
    assert f'data-name="{young.guardians[0].short_name}"' in shown
    assert "Judy Okafor" in shown
    assert [f'data-name="{each.juror.person.short_name}"' in shown for each in day.sittings] == [True] * 8
    assert "0 of 11 are here" in shown
    assert young.family_name not in shown
    assert hearing.case.offence.name not in shown


def test_what_is_late_is_said_in_minutes_from_the_time_of_the_hearing(hearing, day, at):
    young = hearing.case.respondent

    shown = at(HALF_PAST_SIX + timedelta(minutes=12), board(day))

    assert "12 minutes late" in row(shown, f"family-{hearing.id}-{young.id}")
    needs = row(shown, f"need-family-{hearing.id}-{young.id}")
    assert "Jordan T.: not here yet" in " ".join(needs.replace("<bdi>", "").replace("</bdi>", "").split())
    assert 'href="tel:555-0142"' in needs
    assert f'href="/hearings/{hearing.id}/failure"' in needs


def test_before_the_time_nothing_needs_anybody(day, at):
    assert "Nothing needs you" in text(at(HALF_PAST_SIX - timedelta(minutes=30), board(day)))


def test_a_judge_and_an_interpreter_are_missed_before_the_hearing_begins(hearing, day, at):
    hearing.case.respondent.needs_interpreter = True
    hearing.case.respondent.language = "es"
    db.session.commit()

    shown = at(HALF_PAST_SIX - timedelta(minutes=5), board(day))

    assert "Another judge" in row(shown, f"need-judge-{hearing.judge_id}")
    assert "Interpreter, Spanish: not here yet" in row(shown, f"need-interpreter-{hearing.id}")


def test_an_interpreter_is_named_with_the_language_of_whoever_needs_one(hearing, day, cast, browser):
    mother = hearing.case.respondent.guardians[0]
    mother.needs_interpreter, mother.language = True, "es"
    hearing.book_interpreter("es", "Ida Campos", by=cast.cora)
    db.session.commit()

    shown = row(browser.get(board(day)), f"interpreter-{hearing.id}")

    assert "<bdi>Ida Campos</bdi>, Interpreter, Spanish" in shown


def test_a_room_says_what_goes_on_and_how_late_the_next_hearing_will_be(court, cast, hearing, day, at):
    other = make.hearing(make.admitted(court, cast.cora, "Rosa Ruiz"), day, cast.judy, cast.cora, block=1)
    court.hearing_minutes = 40
    with clock.at(HALF_PAST_SIX + timedelta(minutes=5)):
        hearing.begin(m.Step.ANNOUNCE, by=cast.cora)

    shown = text(at(HALF_PAST_SIX + timedelta(minutes=5), board(day)))

    room = shown[shown.index(f'id="room-{hearing.room_id}"') :].split("</article>")[0]
    assert "15 minutes late" in room  # begun at 6:35, 40 minutes long, and the next was set for 7:00
    assert "Called" in room
    assert f'href="/hearings/{other.id}"' in room
    assert "about 7:15 PM" in room.replace("\u202f", " ")


def test_a_panel_that_is_short_names_who_waits_in_reserve(court, cast, hearing, day, browser):
    court.panel_minimum = 6
    reserve = hearing.panel.reserves[0]
    hearing.panel.sitting_seats[1].stand_down("Ill.", by=cast.cora, is_left_open=True)
    db.session.commit()

    needs = row(browser.get(board(day)), f"short-{hearing.id}")

    assert "1 juror short" in needs
    assert reserve.juror.person.short_name in needs
    assert f'href="/hearings/{hearing.id}/panel/seat"' in needs


def test_the_board_takes_as_many_questions_for_six_hearings_as_for_one(court, cast, browser):
    day = make.court_session(court, cast.cora, starts=(time(18), time(19), time(20)))
    make.booked(cast.jurors, day, cast.cora)
    second = make.user(court, "Jude Second", Role.JUDGE)
    cases = [make.admitted(court, cast.cora, f"Young{n} Person{n}") for n in range(6)]
    first = make.hearing(cases[0], day, cast.judy, cast.cora)
    first.panels.append(m.Panel(court=court))
    first.panel.add_seat(cast.jurors[0])
    db.session.commit()
    with counting_statements(db.engine) as one:
        browser.get(board(day))
    for n, each in enumerate(cases[1:], start=1):
        judge = second if n % 2 else cast.judy
        placed = make.hearing(each, day, judge, cast.cora, block=n // 2, room=n % 2)
        placed.panels.append(m.Panel(court=court))
        placed.panel.add_seat(cast.jurors[n])
        placed.check_in(each.respondent, by=cast.cora)
    db.session.commit()
    with counting_statements(db.engine) as six:
        browser.get(board(day))

    asked = len(asked_by_the_page(six))
    print(f"count: questions of the night board = {asked}")
    assert asked == len(asked_by_the_page(one)) <= 16


# Taps


def test_a_family_is_checked_in_and_undone_by_one_tap_each(hearing, day, browser):
    young = hearing.case.respondent
    tap = f"/hearings/{hearing.id}/people/{young.id}/check-in"

    answer = browser.post(board(day, tap))
    db.session.refresh(hearing)
    here = hearing.has_come(young)
    browser.post(board(day, f"{tap}/undo"))

    db.session.refresh(hearing)
    assert answer.location == board(day, f"#family-{hearing.id}-{young.id}")
    assert (here, hearing.has_come(young)) == (True, False)


@pytest.mark.parametrize("who", ["judge", "interpreter"])
def test_a_judge_and_an_interpreter_are_here_by_one_tap_and_undone(hearing, day, browser, who):
    browser.post(board(day, f"/hearings/{hearing.id}/{who}"))
    came = db.session.query(m.Arrival).count()

    browser.post(board(day, f"/hearings/{hearing.id}/{who}/undo"))

    assert (came, db.session.query(m.Arrival).count()) == (1, 0)


def test_two_screens_that_tap_the_same_say_the_same_and_make_one_row(
    hearing, day, browser, colleague, logged
):
    sitting, young = sitting_of(hearing.panel.sitting_seats[0]), hearing.case.respondent
    taps = [
        f"/sittings/{sitting.id}/check-in",
        f"/hearings/{hearing.id}/people/{young.id}/check-in",
        f"/hearings/{hearing.id}/judge",
        f"/hearings/{hearing.id}/oaths",
        f"/hearings/{hearing.id}/judge/undo",
        f"/hearings/{hearing.id}/people/{young.id}/check-in/undo",
    ]
    so_far = len(logged())

    answers = [screen.post(board(day, tap)) for tap in taps for screen in (browser, colleague)]

    assert {answer.status_code for answer in answers} == {302}
    assert [line[0] for line in logged()[so_far:]] == [
        "sitting.checked_in",
        "hearing.checked_in",
        "arrival.noted",
        "seat.sworn",
        "arrival.undone",
        "hearing.check_in_undone",
    ]


def test_everybody_who_is_here_takes_the_oath_by_one_tap(hearing, day, cast, browser):
    for sitting in day.sittings:
        sitting.check_in(by=cast.cora)
    db.session.commit()
    offered = "All who are here took the oath" in text(browser.get(board(day)))

    browser.post(board(day, f"/hearings/{hearing.id}/oaths"))

    db.session.refresh(hearing)
    assert offered
    assert all(seat.is_sworn for seat in hearing.panel.standing)


def test_a_juror_who_comes_late_takes_the_oath_alone_and_it_is_undone(hearing, day, cast, browser, logged):
    seat = hearing.panel.sitting_seats[0]
    sitting = sitting_of(seat)
    path = board(day, f"/hearings/{hearing.id}/seats/{seat.id}/oath")
    too_early = browser.post(path)
    browser.post(board(day, f"/sittings/{sitting.id}/check-in"))
    offered = row(browser.get(board(day)), f"juror-{sitting.id}")

    answer = browser.post(path)
    shown = row(browser.get(board(day)), f"juror-{sitting.id}")
    others = [each.is_sworn for each in hearing.panel.standing if each is not seat]
    browser.post(f"{path}/undo")

    db.session.refresh(seat)
    assert (too_early.status_code, f"{seat.juror} is not checked in." in text(too_early)) == (409, True)
    assert f'formaction="{path}"' in offered
    assert answer.location == board(day, f"#juror-{sitting.id}")
    assert f'formaction="{path}/undo"' in shown
    assert f'formaction="{path}"' not in shown
    assert not any(others)
    assert seat.sworn_at is None
    assert [line[0] for line in logged()[-2:]] == ["seat.sworn", "seat.oath_undone"]


def test_the_oath_that_is_offered_is_that_of_the_next_hearing_still_ahead(court, cast, hearing, day, browser):
    other = make.hearing(make.admitted(court, cast.cora, "Rosa Ruiz"), day, cast.judy, cast.cora, 1, room=1)
    other.panels.append(m.Panel(court=court))
    seat = hearing.panel.foreperson
    later = other.panel.add_seat(seat.juror)
    make.sworn(hearing, cast.cora)
    db.session.commit()
    before = row(browser.get(board(day)), f"juror-{sitting_of(seat).id}")

    hearing.hold(by=cast.judy)
    db.session.commit()

    after = row(browser.get(board(day)), f"juror-{sitting_of(seat).id}")
    assert f"/seats/{seat.id}/oath/undo" in before
    assert f"/seats/{later.id}/oath" not in before
    assert "Oath taken, Room B" in after
    assert f'formaction="{board(day, f"/hearings/{other.id}/seats/{later.id}/oath")}"' in after


# Another judge


@pytest.fixture
def jude(court):
    return make.user(court, "Jude Second", Role.JUDGE)


@pytest.fixture
def heard_and_ahead(court, cast, hearing, day):
    """The judge's hearings of the day: one that was heard, and one that is still ahead."""
    make.sworn(hearing, cast.cora).hold(by=cast.judy)
    ahead = make.hearing(make.admitted(court, cast.cora, "Rosa Ruiz"), day, cast.judy, cast.cora, block=1)
    db.session.commit()
    return hearing, ahead


def test_another_judge_hears_all_that_is_still_ahead_and_it_is_done_back(
    heard_and_ahead, day, cast, jude, browser, logged
):
    heard, ahead = heard_and_ahead
    path = f"/hearings/{heard.id}/judge"
    offered = text(browser.get(path))
    so_far = len(logged())

    answer = browser.post(path, data={"judge": jude.id, "hearings": [ahead.id]})
    db.session.expire_all()
    now = [heard.judge, ahead.judge]
    told = [line[0] for line in logged()[so_far:]]
    back = f"/hearings/{ahead.id}/judge"
    browser.post(back, data={"judge": cast.judy.id, "hearings": [ahead.id]})

    db.session.expire_all()
    assert "Jude Second<small>Is free.</small>" in offered
    assert ahead.case.number in offered
    assert heard.case.number not in offered.split("<form", 1)[1]
    assert answer.location == board(day)
    assert (now, told) == ([cast.judy, jude], ["hearing.moved"])
    assert ahead.judge is cast.judy


def test_all_hearings_change_their_judge_or_none_does(court, cast, hearing, day, jude, browser):
    later = make.hearing(make.admitted(court, cast.cora, "Rosa Ruiz"), day, cast.judy, cast.cora, block=1)
    taken = make.hearing(make.admitted(court, cast.cora, "Ana Cruz"), day, jude, cast.cora, block=1, room=1)
    db.session.commit()
    path = f"/hearings/{hearing.id}/judge"
    why = f"{later.case.number}: Jude Second hears another case at this time."
    offered = text(browser.get(path))

    answer = browser.post(path, data={"judge": jude.id, "hearings": [hearing.id, later.id]})
    db.session.expire_all()
    unchanged = [hearing.judge, later.judge]
    one = browser.post(path, data={"judge": jude.id, "hearings": [hearing.id]})

    db.session.expire_all()
    assert f"<small>{why}</small>" in offered
    assert (answer.status_code, why in text(answer)) == (409, True)
    assert unchanged == [cast.judy, cast.judy]
    assert (one.status_code, hearing.judge, later.judge, taken.judge) == (302, jude, cast.judy, jude)


def test_the_board_leads_to_another_judge_for_one_who_is_missing(hearing, day, at):
    path = f"/hearings/{hearing.id}/judge"

    shown = at(HALF_PAST_SIX - timedelta(minutes=5), board(day))

    assert f'href="{path}"' in row(shown, f"need-judge-{hearing.judge_id}")
    assert f'href="{path}"' in row(shown, f"judge-{hearing.judge_id}")


@pytest.mark.parametrize("heard_it", [True, False])
def test_a_panel_that_is_short_while_it_decides_names_a_reserve_who_heard_the_case(
    court, cast, hearing, day, browser, heard_it
):
    court.panel_minimum = 6
    make.sworn(hearing, cast.cora)
    reserve = hearing.panel.reserves[0]
    if heard_it:
        reserve.swear(by=cast.cora)
    hearing.hold(by=cast.judy)
    hearing.panel.sitting_seats[1].stand_down("Ill.", by=cast.cora)
    db.session.commit()

    needs = row(browser.get(board(day)), f"short-{hearing.id}")

    assert "1 juror short" in needs
    assert (reserve.juror.person.short_name in needs) is heard_it
    assert f'href="/hearings/{hearing.id}/panel/reserve"' in needs


def test_a_tap_that_comes_too_late_is_told_why_on_the_board(hearing, day, cast, browser):
    seat = hearing.panel.sitting_seats[0]
    sitting = sitting_of(seat)
    sitting.check_in(by=cast.cora)
    seat.swear(by=cast.cora)
    db.session.commit()

    answer = browser.post(board(day, f"/sittings/{sitting.id}/check-in/undo"))

    assert answer.status_code == 409
    assert f"{seat.juror} has taken the oath today, so they were here." in text(answer)
    assert "Arrivals" in text(answer)


def test_an_oath_of_a_panel_that_was_sent_home_meanwhile_is_told_so(hearing, day, cast, browser):
    hearing.fail_to_appear("", by=cast.cora)
    db.session.commit()

    answer = browser.post(board(day, f"/hearings/{hearing.id}/oaths"))

    assert (answer.status_code, "There is no panel." in text(answer)) == (409, True)


def test_once_the_day_is_closed_nothing_is_tapped(hearing, day, browser):
    day.closed_at = clock.now()
    db.session.commit()
    shown = text(browser.get(board(day)))

    answer = browser.post(board(day, f"/sittings/{day.sittings[0].id}/check-in"))

    assert "formaction" not in shown
    assert (answer.status_code, "This day is closed." in text(answer)) == (409, True)


# Who did not come, and who was not booked


def test_a_juror_who_did_not_come_is_replaced_as_proposed_and_it_is_undone(hearing, day, cast, browser):
    seat, reserve = hearing.panel.sitting_seats[1], hearing.panel.reserves[0]
    sitting = sitting_of(seat)
    for each in day.sittings:
        if each is not sitting:
            each.check_in(by=cast.cora)
    db.session.commit()
    proposed = text(browser.get(board(day, f"/sittings/{sitting.id}/absence")))

    browser.post(board(day, f"/sittings/{sitting.id}/absence"), data={f"seat_{seat.id}": reserve.juror_id})
    db.session.expire_all()
    replaced = (sitting.state, reserve in hearing.panel.sitting_seats, seat in hearing.panel.standing)
    shown = row(browser.get(board(day)), f"juror-{sitting.id}")
    browser.post(board(day, f"/sittings/{sitting.id}/absence/undo"))

    db.session.expire_all()
    assert f'value="{reserve.juror_id}" checked' in proposed
    assert f"{reserve.juror}, from the reserve of this panel (here). Nobody else moves." in proposed
    assert replaced == (m.SittingState.NO_SHOW, True, False)
    assert "Did not come" in shown
    assert (sitting.state, seat in hearing.panel.sitting_seats) == (m.SittingState.BOOKED, True)
    assert hearing.panel.reserves == [reserve]


def test_two_who_write_down_the_same_absence_make_one(hearing, day, browser, colleague):
    seat, reserve = hearing.panel.sitting_seats[1], hearing.panel.reserves[0]
    sitting, said = sitting_of(seat), {f"seat_{seat.id}": reserve.juror_id}

    answers = [
        screen.post(board(day, f"/sittings/{sitting.id}/absence"), data=said)
        for screen in (browser, colleague)
    ]

    assert {answer.status_code for answer in answers} == {302}
    assert db.session.query(m.Replacement).count() == 1


def test_a_juror_whom_nobody_expected_is_booked_and_here_and_taken_back(court, cast, day, browser):
    ivo = make.juror(court, "Ivo Marsh", by=cast.cora)
    db.session.commit()

    browser.post(board(day, "/walk-in"), data={"juror": ivo.id})
    [sitting] = ivo.sittings
    came = (sitting.state, sitting.is_walk_in)
    browser.post(board(day, f"/sittings/{sitting.id}/check-in/undo"))

    db.session.expire_all()
    assert came == (m.SittingState.CHECKED_IN, True)
    assert sitting.state is m.SittingState.EXCUSED


# What was done tonight can be taken back where it was done


def test_what_was_changed_tonight_stands_on_the_board_and_is_taken_back_there(
    court, cast, hearing, day, browser
):
    leaver, reserve = hearing.panel.sitting_seats[1], hearing.panel.reserves[0]
    leaver.stand_down("Ill.", by=cast.cora)
    judge = make.user(court, "Jude Second", Role.JUDGE)
    rosa = make.hearing(make.admitted(court, cast.cora, "Rosa Ruiz"), day, judge, cast.cora, room=1)
    rosa.fail_to_appear("", by=cast.cora)
    sam = make.hearing(make.admitted(court, cast.cora, "Sam Soto"), day, judge, cast.cora, block=1, room=1)
    later = make.court_session(court, cast.cora, held_on=court.today + timedelta(days=7))
    sam.adjourn(later.blocks[0], court.rooms[0], m.AdjournmentReason.ILLNESS, by=cast.cora)
    db.session.commit()
    shown = browser.get(board(day))
    left = row(shown, f"left-{leaver.replacement.id}")

    browser.post(f"/hearings/{hearing.id}/panel/seats/{leaver.id}/return")
    browser.post(f"/hearings/{rosa.id}/failure/undo")
    browser.post(f"/hearings/{sam.id}/adjournment/undo")

    db.session.expire_all()
    assert f"Left the panel. {reserve.juror.person.short_name} has the seat." in left
    assert f'formaction="/hearings/{hearing.id}/panel/seats/{leaver.id}/return"' in left
    assert f'formaction="/hearings/{rosa.id}/failure/undo"' in row(shown, f"failed-{rosa.id}")
    assert f'formaction="/hearings/{sam.id}/adjournment/undo"' in text(shown)
    assert (leaver in hearing.panel.sitting_seats, rosa.is_ahead, sam.court_session) == (True, True, day)
    assert "Left the panel" not in text(browser.get(board(day)))


def test_who_leaves_a_panel_that_decides_stands_on_the_board_for_good(court, cast, hearing, day, browser):
    make.sworn(hearing, cast.cora)
    reserve = hearing.panel.reserves[0]
    reserve.swear(by=cast.cora)
    hearing.hold(by=cast.judy)
    leaver = hearing.panel.sitting_seats[1]
    leaver.stand_down("Knows the family.", by=cast.cora)
    hearing.panel.take_over(reserve, by=cast.cora)
    db.session.commit()

    left = row(browser.get(board(day)), f"left-{leaver.replacement.id}")

    assert f"Left the panel. {reserve.juror.person.short_name} has the seat." in left
    assert "formaction" not in left


# Looking for somebody, and keeping up


def test_without_scripts_the_search_leaves_who_is_looked_for(hearing, day, browser):
    shown = text(browser.post(board(day, "/people"), data={"words": "jord"}))

    assert f'id="family-{hearing.id}-{hearing.case.respondent_id}"' in shown
    assert "Amara O." not in shown.split("arrivals-title")[1]


def test_the_part_is_sent_once_and_again_when_somebody_taps_or_a_minute_passes(day, browser, colleague, at):
    part = board(day, "/part")

    first = browser.get(part).headers["ETag"]
    again = browser.get(part, headers={"If-None-Match": first})
    colleague.post(board(day, f"/sittings/{day.sittings[0].id}/check-in"))
    tapped = browser.get(part, headers={"If-None-Match": first})
    still = browser.get(part, headers={"If-None-Match": tapped.headers["ETag"]})
    later = at(make.SATURDAY + timedelta(minutes=1), part, **{"If-None-Match": tapped.headers["ETag"]})

    assert [answer.status_code for answer in (again, tapped, still, later)] == [304, 200, 304, 200]


# The wall


def test_the_wall_shows_rooms_and_times_and_names_nobody_in_full(court, cast, hearing, day, at):
    court.hearing_minutes = 40
    make.hearing(make.admitted(court, cast.cora, "Rosa Ruiz"), day, cast.judy, cast.cora, block=1)
    with clock.at(HALF_PAST_SIX + timedelta(minutes=5)):
        hearing.begin(m.Step.ANNOUNCE, by=cast.cora)

    shown = text(at(HALF_PAST_SIX + timedelta(minutes=5), f"/court-sessions/{day.id}/wall"))

    assert "Jordan T." in shown
    assert "Rosa R." in shown
    assert "about 15 minutes late" in shown
    hidden = ["Tate", "Ruiz", "Renee", hearing.case.number, hearing.case.offence.name, "Okafor", "555-0142"]
    hidden += [each.juror.person.given_name for each in day.sittings]
    assert [each for each in hidden if each in shown] == []


@pytest.fixture
def screen(app, day, browser):
    """The address that the screen on the wall asks, and a browser in which nobody is signed in any more."""
    shown = browser.get(f"/court-sessions/{day.id}/wall").get_data(as_text=True)
    return app.test_client(), shown.split('data-poll="')[1].split('"')[0]


def test_the_wall_keeps_up_when_the_sign_in_has_ended(screen, cast, hearing):
    nobody, address = screen
    first = nobody.get(address)
    again = nobody.get(address, headers={"If-None-Match": first.headers["ETag"]})
    hearing.begin(m.Step.ANNOUNCE, by=cast.cora)
    db.session.commit()
    after = nobody.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert [answer.status_code for answer in (first, again, after)] == [200, 304, 200]
    assert "6:30 PM" in text(first).replace("\u202f", " ")
    assert "Jordan T." in text(after)


def test_the_screen_on_the_wall_opens_no_other_day_and_none_that_is_over(screen, court, cast, day):
    nobody, address = screen
    other = make.court_session(court, cast.cora)
    db.session.commit()
    code = address.rsplit("/", 1)[1]
    elsewhere = nobody.get(f"/court-sessions/{other.id}/wall/{code}")
    made_up = nobody.get(f"/court-sessions/{day.id}/wall/w{court.id}.{day.id}-{'A' * 16}")
    page = nobody.get(f"/court-sessions/{day.id}/wall")
    day.closed_at = clock.now()
    db.session.commit()
    closed = nobody.get(address)

    answers = (elsewhere, made_up, closed)
    assert {text(answer) for answer in answers} == {"<p data-over>This day is over.</p>"}
    assert page.status_code == 302
