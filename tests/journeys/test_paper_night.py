"""The same night on paper: no screen was there. The next morning its sheets are typed in, one by one."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests import nights
from tests.factors import code, with_app
from tests.journeys.conftest import axe_faults, scrolls_sideways
from tests.journeys.test_night import DUTY, SERVICE, Screens, answer, follow, follow_in, press, sign
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.procedures import checking_trail

pytestmark = pytest.mark.only_on("sqlite")


@pytest.fixture
def night(behind_the_scenes):
    """The morning after an evening of which nothing is in the records but its docket."""
    with behind_the_scenes():
        with clock.at(clock.now() - timedelta(days=1)):
            staged = nights.stage()
        judges = ("Judy Okafor", "Jules Stone")
        users = {name: db.session.query(m.User).filter_by(email=staged.emails[name]).one() for name in judges}
        staged.codes = {name: with_app(user) for name, user in users.items()}
        return staged


def test_the_same_night_on_paper_ends_in_the_same_records(people, night, behind_the_scenes):
    screens = Screens(people, night)
    cora = screens.staff("Cora Diaz", f"/court-sessions/{night.day}")

    follow(cora, "Close the day")
    follow(cora, "Type it in sheet by sheet")
    look(cora)
    sign_in_sheet(cora)
    first_sheet(cora)
    adjourned(cora)
    sheet_that_left_one_thing_open(cora)
    sheet_with_a_conflict(cora)
    signed_the_next_morning(screens)
    said_yes_on_paper(cora, night, behind_the_scenes)
    closed(cora, night)

    with behind_the_scenes() as session:
        day = session.get_one(m.CourtSession, night.day)
        assert nights.records_of(day) == nights.LEFT_BEHIND
        assert checking_trail.check(session.connection(), night.court).is_sound


def look(page):
    assert axe_faults(page) == []
    assert not scrolls_sideways(page)


def sign_in_sheet(cora):
    follow(cora, "Type in who signed")
    for name in ("Amara", "Chloe", "Dev", "Elena", "Finn", "Gia", "Hana"):
        cora.get_by_role("checkbox", name=name).check()
    look(cora)
    press(cora, "Save and go on")
    expect(cora.get_by_role("heading", level=1)).to_contain_text("Room A")


def place(page, name, what):
    page.get_by_role("group", name=name).get_by_text(what, exact=True).check()


def plan(page, hours, sittings):
    for kind, unit, amount in ((SERVICE, "Hours", hours), (DUTY, "Sittings", sittings)):
        card = page.get_by_role("region", name=kind, exact=True)
        if kind == SERVICE:
            card.get_by_role("checkbox", name=SERVICE).check()
        card.get_by_role("textbox", name=unit).fill(amount)
        card.get_by_role("radio", name="Gives back to the community").check()
        card.get_by_role("textbox", name="What it repairs or builds").fill(nights.BUILDS)


def votes(page, agreeing="3", not_yet="0"):
    page.get_by_label("Votes that agree", exact=True).fill(agreeing)
    page.get_by_label("Votes that do not", exact=True).fill(not_yet)


def first_sheet(cora):
    """The reserve sat for who did not come. A vote too few is refused, and nothing typed is lost."""
    place(cora, "Dev Patel", "Sat")
    answer(cora)
    plan(cora, "15", "2")
    votes(cora, agreeing="2", not_yet="1")
    press(cora, "Save and go on")
    expect(cora.get_by_text("2 of 3 votes needed agreed.").first).to_be_visible()
    look(cora)
    votes(cora)
    press(cora, "Save and go on")
    expect(cora.get_by_text("is typed in. The plan is with the judge.")).to_be_visible()


def adjourned(cora):
    """What was not heard is settled from the list of sheets."""
    follow(cora, "Type in a night from paper")
    look(cora)
    follow_in(cora.get_by_role("listitem").filter(has_text="Quinn Ford"), cora, "Adjourned")
    free = cora.get_by_label("New time and room").locator("option", has_text="Room B").first
    cora.get_by_label("New time and room").select_option(value=free.get_attribute("value"))
    cora.get_by_label("Reason").select_option(label="Illness")
    cora.get_by_label("Note").fill(nights.FEVER)
    press(cora, "Adjourn the hearing")
    expect(cora.get_by_role("listitem").filter(has_text="Quinn Ford")).to_have_count(0)


def sheet_that_left_one_thing_open(cora):
    follow_in(cora.get_by_role("listitem").filter(has_text="Sam Bell"), cora, "Type in")
    answer(cora)
    plan(cora, "20", "2")
    votes(cora)
    cora.get_by_text("An item was left to the judge").click()
    cora.get_by_label("Which item?").select_option(label=SERVICE)
    cora.get_by_label("The least that was named").fill("15")
    cora.get_by_label("The most that was named").fill("25")
    cora.get_by_label("Votes that agreed before").fill("2")
    cora.get_by_label("Votes that did not agree before").fill("1")
    press(cora, "Save and go on")
    expect(cora.get_by_role("heading", level=1)).to_contain_text("Room B")


def sheet_with_a_conflict(cora):
    """One of the panel knew the young person, and the reserve sat; nobody of the family came along."""
    place(cora, "Gia Lopez", "Knows somebody")
    cora.get_by_role("textbox", name="Why, as the sheet says").locator("visible=true").fill(nights.CONFLICT)
    place(cora, "Hana Abe", "Sat")
    cora.get_by_role("checkbox", name="Renee Cruz").uncheck()
    answer(cora)
    plan(cora, "20", "3")
    votes(cora)
    press(cora, "Save and go on")
    expect(cora.get_by_role("link", name="Close the day")).to_be_visible()
    expect(cora.get_by_text("Decided")).to_have_count(3)


def signed_the_next_morning(screens):
    judy, jules = screens.judge("Judy Okafor"), screens.judge("Jules Stone")
    follow_in(judy.get_by_role("row", name="Jordan Tate"), judy, "Read and decide")
    sign(judy, "Approve and sign", code(step=1))
    judy.goto("/orders/")
    follow_in(judy.get_by_role("row", name="Sam Bell"), judy, "Read and decide")
    press(judy, "Set what the panel left open")
    judy.get_by_label("Why you change it").fill(nights.WHY_CHANGED)
    service = judy.get_by_role("region", name=SERVICE, exact=True)
    service.get_by_role("textbox", name="Hours").fill("18")
    press(judy, "Save and read the order")
    sign(judy, "Sign the order", screens.night.codes["Judy Okafor"][1])
    follow(jules, "Read and decide")
    sign(jules, "Approve and sign", code(step=1))


def said_yes_on_paper(cora, night, behind_the_scenes):
    """The family signed in the court's office, and the office notes it."""
    with behind_the_scenes() as session:
        case = session.get_one(m.Case, night.cases["Jordan Tate"])
        order, family = case.order.id, [person.id for person in case.hearing.family]
    for person in family:
        cora.goto(f"/orders/{order}/people/{person}/yes")
        cora.get_by_role("checkbox").first.check()
        press(cora, "Write down: yes")


def closed(cora, night):
    cora.goto(f"/court-sessions/{night.day}/closing")
    look(cora)
    press(cora, "Close the day")
    expect(cora.get_by_text("The day is closed. 7 jurors were credited.")).to_be_visible()
