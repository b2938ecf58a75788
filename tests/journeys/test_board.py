"""Two coordinators at the door on a hearing day: what one taps, the other sees without touching anything."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests import make
from tests.cast import cast_of
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.permissions import Role

from .conftest import axe_faults, scrolls_sideways, sign_in

pytestmark = pytest.mark.only_on("sqlite")
TAP = re.compile("^(Check in|Is here)")


@pytest.fixture
def day(behind_the_scenes):
    """A hearing today with a drawn panel: the day's number, the family's row, two coordinators."""
    with behind_the_scenes():
        court = make.court()
        cast = cast_of(court)
        cole = make.user(court, "Cole Reyes", Role.COORDINATOR)
        planned = make.court_session(court, cast.cora)
        hearing = make.hearing(make.admitted(court, cast.cora), planned, cast.judy, cast.cora)
        make.booked(cast.jurors, planned, cast.cora)
        make.drawn(hearing, cast.cora)
        young = f"#family-{hearing.id}-{hearing.case.respondent_id}"
        return planned.id, young, cast.cora.email, cole.email


def at_the_board(page, email, number):
    sign_in(page, email)
    page.goto(f"/court-sessions/{number}/board")
    return page


def test_what_one_taps_the_other_sees_and_undoes(day, people, behind_the_scenes):
    number, young, cora, cole = day
    door, tablet = at_the_board(people(), cora, number), at_the_board(people("phone"), cole, number)
    assert axe_faults(tablet) == []
    assert not scrolls_sideways(tablet)

    door.locator(young).get_by_role("button", name=TAP).click()
    expect(door.locator(young).get_by_role("button", name="Undo")).to_be_focused()
    tapped_at = time.monotonic()
    expect(tablet.locator(young).get_by_role("button", name="Undo")).to_be_visible()
    seen_after = time.monotonic() - tapped_at
    tablet.locator(young).get_by_role("button", name="Undo").click()
    expect(door.locator(young).get_by_role("button", name=TAP)).to_be_visible()

    print(f"count: milliseconds until the other screen of the door shows a tap = {seen_after * 1000:.0f}")
    with behind_the_scenes():
        assert db.session.query(m.Attendance).count() == 0


def test_a_screen_that_was_refused_once_looks_again_and_one_refused_twice_stops(day, people):
    number, young, cora, cole = day
    door, tablet = at_the_board(people(), cora, number), at_the_board(people(), cole, number)
    asked = []
    tablet.on("request", lambda request: asked.append(1) if request.url.endswith("/part") else None)
    tablet.route("**/board/part", lambda route: route.fulfill(status=401), times=1)

    door.locator(young).get_by_role("button", name=TAP).click()
    expect(tablet.locator(young).get_by_role("button", name="Undo")).to_be_visible()
    tablet.route("**/board/part", lambda route: route.fulfill(status=401))
    for _refusal in range(2):
        with tablet.expect_response("**/board/part"):
            pass
    before = len(asked)
    door.locator(young).get_by_role("button", name="Undo").click()
    expect(door.locator(young).get_by_role("button", name=TAP)).to_be_visible()
    for _look in range(3):
        with door.expect_response("**/board/part"):
            pass

    assert len(asked) == before


def test_a_name_is_found_while_it_is_typed_and_stays_found_while_others_tap(day, people):
    number, young, cora, cole = day
    door, tablet = at_the_board(people(), cora, number), at_the_board(people(), cole, number)

    door.get_by_label("Find a name").fill("jord")
    expect(door.locator(".people > li:visible")).to_have_count(1)
    tablet.locator(young).get_by_role("button", name=TAP).click()

    expect(door.locator(young).get_by_role("button", name="Undo")).to_be_visible()
    expect(door.locator(".people > li:visible")).to_have_count(1)


def news(page):
    """The board asks again, and is answered that something has changed."""
    return page.expect_response(lambda answer: answer.url.endswith("/board/part") and answer.status == 200)


def without(page, words):
    """A planted fault: the script as if these words were not in it."""

    def leave_out(route):
        script = route.fetch()
        assert words in script.text()
        route.fulfill(response=script, body=script.text().replace(words, "false"))

    page.route("**/app.js*", leave_out)


def press(page, button):
    """A finger goes down on it and stays there."""
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()


@pytest.mark.parametrize("fault", [None, "pressed === region"], ids=["as it is", "planted fault"])
def test_nothing_changes_under_a_finger_that_is_down(day, people, fault):
    number, young, cora, cole = day
    door, tablet = people(), at_the_board(people(), cole, number)
    if fault:
        without(door, fault)
    at_the_board(door, cora, number)
    judge = "[id^=judge-]"
    press(door, door.locator(young).get_by_role("button", name=TAP))

    with news(door):
        tablet.locator(judge).get_by_role("button", name=TAP).click()
    if fault:
        expect(door.locator(judge).get_by_role("button", name="Undo")).to_be_visible()
        return
    with news(door):  # it was told, has not shown it, and asks once more
        pass
    expect(door.locator(judge).get_by_role("button", name=TAP)).to_be_visible()
    door.mouse.up()

    expect(door.locator(young).get_by_role("button", name="Undo")).to_be_visible()
    expect(door.locator(judge).get_by_role("button", name="Undo")).to_be_visible()


def test_without_scripts_everything_is_tapped_and_seen_after_a_reload(day, people):
    number, young, cora, cole = day
    door = at_the_board(people(java_script_enabled=False), cora, number)
    tablet = at_the_board(people(java_script_enabled=False), cole, number)

    door.locator(young).get_by_role("button", name=TAP).click()
    expect(door.locator(young).get_by_role("button", name="Undo")).to_be_visible()
    tablet.reload()

    expect(tablet.locator(young).get_by_role("button", name="Undo")).to_be_visible()
