"""A coordinator draws a day, puts it into force, and mends it when somebody does not come, in a browser."""

import os

import pytest

from tests import make
from tests.cast import cast_of
from tests.lot import EVERY
from youthcourt.extensions import db
from youthcourt.models import CourtSession

from .conftest import axe_faults, scrolls_sideways, sign_in

pytestmark = pytest.mark.only_on("sqlite")
PICTURES = os.environ.get("PICTURES_OF_DRAWS")


@pytest.fixture
def day(behind_the_scenes):
    """A day of one hearing, today, with eight jurors booked: its number."""
    with behind_the_scenes():
        court = make.court()
        cast = cast_of(court)
        planned = make.court_session(court, cast.cora)
        make.hearing(make.admitted(court, cast.cora), planned, cast.judy, cast.cora)
        make.booked(cast.jurors, planned, cast.cora)
        return planned.id, cast.cora.email


def look(page, name):
    assert axe_faults(page) == []
    assert not scrolls_sideways(page)
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}-{page.viewport_size['width']}.png", full_page=True)


@pytest.mark.parametrize("width", ["laptop", "phone"] if EVERY else ["laptop"])
def test_a_day_is_drawn_put_into_force_and_mended(day, people, behind_the_scenes, width):
    number, email = day
    page = people(width)
    sign_in(page, email)

    page.goto(f"/court-sessions/{number}/draws/")
    look(page, "day")
    page.get_by_role("button", name="Draw the panels").click()
    page.get_by_role("button", name="Put it into force").wait_for()
    look(page, "proposal")
    page.get_by_role("button", name="Put it into force").click()
    page.get_by_text("This is how people sit now.").wait_for()
    with behind_the_scenes():
        planned = db.session.get_one(CourtSession, number)
        seated = [seat.juror for seat in planned.docket[0].panel.sitting_seats]
        missing = seated[2].person.name
        for sitting in planned.sittings:
            if sitting.juror is not seated[2]:
                sitting.check_in(by=planned.docket[0].judge)
    page.goto(f"/court-sessions/{number}/draws/")
    page.get_by_role("button", name="Find the least change").click()
    page.get_by_role("heading", name="What changes").wait_for()
    look(page, "change")
    assert missing in page.get_by_role("region", name="What changes").inner_text()
    page.get_by_role("button", name="Put it into force").click()
    page.get_by_text("This is how people sit now.").wait_for()

    with behind_the_scenes():
        panel = db.session.get_one(CourtSession, number).docket[0].panel
        names = {seat.juror.person.name for seat in panel.sitting_seats}
    assert len(names) == 6
    assert missing not in names


def test_the_rules_for_seating_are_put_in_order_with_the_keyboard_alone(day, people):
    _number, email = day
    page = people("laptop", java_script_enabled=False)
    sign_in(page, email)

    page.goto("/settings/seating/")
    button = page.get_by_role("button", name="Earlier Everybody the same share")
    button.focus()
    with page.expect_navigation(url="**/settings/seating/#aims"):
        page.keyboard.press("Enter")

    order = page.locator("#aims li strong").all_inner_texts()
    assert order[3] == "4. Everybody the same share"
