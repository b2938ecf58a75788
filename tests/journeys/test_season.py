"""The months ahead in a real browser: a juror without scripts, the office at both widths."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests import make, stages
from tests.cast import cast_of
from tests.journeys.conftest import axe_faults, scrolls_sideways, sign_in
from tests.lot import EVERY
from youthcourt.models import Availability, OpenDate
from youthcourt.procedures.jury import publishing, swapping

# What a browser makes of a page does not hang on the database.
pytestmark = pytest.mark.only_on("sqlite")


@pytest.fixture
def stage(behind_the_scenes):
    """Three days ahead: a proposal, a day that is offered, somebody who cannot come, somebody who owes."""
    with behind_the_scenes() as session:
        court = make.court()
        cast = cast_of(court)
        stages.active(court, cast)
        days = [make.court_session(court, cast.cora, court.today + timedelta(days=n)) for n in (20, 40, 60)]
        for juror in cast.jurors[2:]:
            Availability.state(juror, cast.cora, court.today, ends_on=court.today + timedelta(days=90))
        accounts = [make.juror_user(court, juror) for juror in cast.jurors[:2]]
        offered = OpenDate.offer(days[1], 3, by=cast.cora)
        (sitting,) = make.booked(cast.jurors[:1], days[0], cast.cora)
        swap = swapping.ask(sitting, by=accounts[0])
        session.flush()
        session.expire_all()
        last = court.today + timedelta(days=90)
        schedule = publishing.propose(court, court.today + timedelta(days=1), last, by=cast.cora)
        session.flush()
        there = f"/schedules/{schedule.id}"
        day = f"{there}/days/{schedule.days[0].id}"
        return SimpleNamespace(
            cora=cast.cora.email,
            amara=accounts[0].email,
            ben=accounts[1].email,
            pages={
                "cora": (
                    *("/", "/schedules/", there, day, f"{day}/need", f"{there}/publication"),
                    *(f"{there}/discarding", "/schedules/new", "/open-dates/", "/forecast/", "/swaps/"),
                    *(f"/court-sessions/{days[2].id}/offer", f"/jurors/{cast.jurors[2].id}/days"),
                ),
                "ben": (
                    *("/sittings/", "/my-days/", "/my-days/usual", "/my-days/single", "/my-days/away"),
                    *(f"/open-dates/{offered.id}/place", f"/swaps/{swap.id}"),
                ),
            },
        )


@pytest.mark.parametrize("width", ["phone", "laptop"] if EVERY else ["phone"])
def test_the_pages_of_the_months_ahead_are_accessible(people, stage, width):
    faults = {}
    for role, paths in stage.pages.items():
        page = people(width)
        sign_in(page, getattr(stage, role))
        for path in paths:
            assert page.goto(path).status == 200, path
            faults[path] = (axe_faults(page), scrolls_sideways(page))

    print(f"count: pages of the months ahead looked at on a {width} = {len(faults)}")
    assert {path: found for path, found in faults.items() if found != ([], False)} == {}


def test_a_juror_without_scripts_says_when_takes_a_day_and_comes_instead(people, stage):
    page = people("phone", java_script_enabled=False)
    sign_in(page, stage.ben)
    page.goto("/my-days/usual")
    page.get_by_label("Day of the week").select_option("Saturday")
    page.get_by_label("How often").select_option("The second of the month")
    page.get_by_role("button", name="Write it down").click()
    said = page.get_by_text("The second Saturday of the month").first.is_visible()

    page.goto("/sittings/")
    page.get_by_role("link", name="I can come on").click()
    page.get_by_role("button", name="I can come").click()
    taken = page.get_by_text("Thank you! You are booked for").is_visible()
    page.get_by_role("link", name="See this day").click()
    page.get_by_role("button", name="I can come").click()
    swapped = page.get_by_text("You come instead of Amara O.").is_visible()
    hers = people("phone")
    sign_in(hers, stage.amara)
    hers.goto("/sittings/")

    assert (said, taken, swapped) == (True, True, True)
    assert hers.get_by_text("Ben K. comes instead of you.").is_visible()
