"""Three jurors decide on their phones, in a room with bad wifi: nothing is lost, nothing counts twice."""

import os
import re

import pytest
from playwright.sync_api import expect

from tests import make
from tests.cast import cast_of
from tests.lot import EVERY
from youthcourt import models as m
from youthcourt.extensions import db

from .conftest import axe_faults, scrolls_sideways, sign_in

pytestmark = pytest.mark.only_on("sqlite")
PICTURES = os.environ.get("PICTURES_OF_JURY_ROOM")
WORDS = "She said it before anybody asked."


@pytest.fixture
def stage(behind_the_scenes):
    """A panel of three that was just sent to decide: the hearing's number and their addresses."""
    with behind_the_scenes():
        court = make.court(panel_size=3, panel_minimum=3)
        hearing = make.held(court, cast_of(court))
        users = make.panel_users(hearing)
        return hearing.id, [user.email for user in users]


def look(page, name):
    assert axe_faults(page) == []
    assert not scrolls_sideways(page)
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}-{page.viewport_size['width']}.png", full_page=True)


def phone_of(people, email, room, width="phone"):
    phone = people(width)
    sign_in(phone, email)
    phone.goto(room + "/alone")
    return phone


def answer_alone(page, hours, words=WORDS):
    for question in m.Question:
        page.locator(f"input[name={question}][value=yes]").check()
        page.locator(f"#{question}_reason").fill(words)
    page.get_by_role("checkbox", name="Community service").check()
    page.get_by_role("textbox", name="Hours").fill(hours)


def hand_in(page):
    page.get_by_role("button", name="Hand in").click()


def drop_the_answer(page, where):
    """The next form that is sent there arrives, but its answer does not come back."""

    lost = []

    def lose(route):
        if lost or route.request.method != "POST":
            route.continue_()
            return
        lost.append(route.fetch(max_redirects=0))
        route.abort()

    page.route(where, lose)


def choose(page, name, value):
    page.locator(f"input[name={name}][value={value}]").check()


def write_plan(page):
    for kind in ("Community service", "Jury duty"):
        card = page.get_by_role("region", name=kind, exact=True)
        card.get_by_role("radio", name="Gives back to the community").check()
        card.get_by_role("textbox", name="What it repairs or builds").fill("It shows what she can do.")
    duty = page.get_by_role("region", name="Jury duty", exact=True)
    duty.get_by_role("textbox", name="Sittings").fill("2")


def go_on(page, button):
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


@pytest.mark.parametrize("width", ["phone", "laptop"] if EVERY else ["phone"])
def test_a_panel_decides_over_a_network_that_comes_and_goes(people, stage, behind_the_scenes, width):
    number, emails = stage
    room = f"/deliberations/{number}"
    lead, second, third = (phone_of(people, email, room, width) for email in emails)

    # typed words outlive the network, and the form waits for it
    answer_alone(second, "20")
    look(second, "alone")
    expect(second.locator("[data-saved]").first).to_contain_text("Not sent yet.")
    second.context.set_offline(True)
    second.locator("#owns_it_reason").fill(WORDS + " Twice.")
    expect(second.locator("[data-saved]").first).to_contain_text("No connection. Kept so far at")
    hand_in(second)
    expect(second.locator("#owns_it_reason")).to_have_value(WORDS + " Twice.")
    look(second, "alone-offline")
    second.faults.clear()
    second.context.set_offline(False)
    hand_in(second)
    expect(second.get_by_text("You have handed in.")).to_be_visible()
    look(second, "alone-waiting")

    # a lost phone resumes on another
    answer_alone(third, "25", "Third words.")
    expect(third.locator("[data-saved]").first).to_contain_text("Not sent yet.")
    third.context.close()
    third = phone_of(people, emails[2], room, width)
    third.get_by_role("link", name="Put them back").click()
    expect(third.locator("#owns_it_reason")).to_have_value("Third words.")
    hand_in(third)
    expect(third.get_by_text("2 of 3 have handed in.")).to_be_visible()

    # the last one opens the table for all, and an answer that got lost is asked for again
    answer_alone(lead, "15")
    drop_the_answer(lead, "**/alone")
    hand_in(lead)
    expect(lead).to_have_url(re.compile("chrome-error"))
    lead.faults.clear()
    lead.goto(room)
    look(lead, "hearing")
    lead.get_by_role("link", name="To the table").click()
    expect(second.get_by_role("heading", name="What we think so far")).to_be_visible()
    expect(third.get_by_role("heading", name="What we think so far")).to_be_visible()
    look(lead, "table")
    expect(lead.get_by_text("Least 15 hours, middle 20 hours, most 25 hours.")).to_be_visible()

    # seven steps
    lead.get_by_role("link", name="Begin with step 1").click()
    for step in range(1, 6):
        look(lead, f"step-{step}")
        lead.get_by_role("textbox").fill(f"Note {step}.")
        go_on(lead, "Save and go on")
    look(lead, "plan")
    write_plan(lead)
    go_on(lead, "Save and go on")
    look(lead, "findings")
    for question in m.Question:
        choose(lead, question, "yes")
        lead.locator(f"#{question}_reason").fill("She said it in her own words and asked how to begin.")
    go_on(lead, "Save and go on")
    look(lead, "check")
    go_on(lead, "Call the vote")
    look(lead, "vote")

    # votes: the answer to one gets lost, the vote does not
    second.get_by_role("link", name="Go to the vote").click()
    drop_the_answer(second, "**/vote")
    second.get_by_role("button", name="I agree").click()
    expect(second).to_have_url(re.compile("chrome-error"))
    second.faults.clear()
    second.goto(room + "/vote")
    expect(second.get_by_role("heading", name="Your vote is in")).to_be_visible()
    look(second, "vote-waiting")
    lead.get_by_role("button", name="I agree").click()
    third.get_by_role("link", name="Go to the vote").click()
    third.get_by_role("button", name="I agree").click()
    expect(second.get_by_text("3 of 3 agree.")).to_be_visible()
    expect(lead.get_by_text("3 of 3 agree.")).to_be_visible()
    look(lead, "vote-counted")
    with behind_the_scenes():
        (counted,) = db.session.get_one(m.Hearing, number).deliberation.rounds
        assert (counted.agreeing, counted.not_yet) == (3, 0)

    lead.get_by_role("link", name="Go on to send it").click()
    look(lead, "send")
    go_on(lead, "Send to the judge")
    look(lead, "reading")
    for _page in range(7):
        lead.get_by_role("link", name="Next").click()
    look(lead, "reading-last")
    expect(lead.get_by_text("We believe that you can do this.")).to_be_visible()


def test_a_vote_is_not_sent_into_the_void(people, stage, behind_the_scenes):
    number, emails = stage
    with behind_the_scenes():
        hearing = make.opened(db.session.get_one(m.Hearing, number))
        lead = make.panel_users(hearing)[0]
        make.written(hearing, by=lead).call_vote(by=lead)
    phone = phone_of(people, emails[1], f"/deliberations/{number}")
    expect(phone.get_by_role("button", name="I agree")).to_be_visible()

    phone.context.set_offline(True)
    phone.get_by_role("button", name="I agree").click()
    expect(phone.get_by_text("Your vote is not sent yet.")).to_be_visible()
    phone.faults.clear()
    phone.context.set_offline(False)
    phone.get_by_role("button", name="I agree").click()

    expect(phone.get_by_role("heading", name="Your vote is in")).to_be_visible()
    with behind_the_scenes():
        here = db.session.get_one(m.Hearing, number).deliberation.round
        assert (here.agreeing, here.not_yet, len(here.has_voted)) == (1, 0, 1)


def hold_the_answer(page, where):
    """The next form that is sent there arrives, but its answer waits until it is let go."""

    held = []

    def hold(route):
        held.append((route, route.fetch(max_redirects=0)))

    page.route(where, hold, times=1)
    return held


def test_news_of_what_one_has_just_sent_does_not_cut_off_its_answer(people, stage, behind_the_scenes):
    number, emails = stage
    with behind_the_scenes():
        hearing = make.opened(db.session.get_one(m.Hearing, number))
        make.written(hearing, by=make.panel_users(hearing)[0])
    room = f"/deliberations/{number}"
    lead = phone_of(people, emails[0], room)
    lead.goto(room + "/check")
    held = hold_the_answer(lead, "**/vote/call")

    with lead.expect_response(lambda answer: "/waiting" in answer.url and answer.status == 200):
        lead.get_by_role("button", name="Call the vote").click(no_wait_after=True)
    with lead.expect_response(re.compile("/waiting")):
        pass
    ((route, answer),) = held
    route.fulfill(response=answer)

    expect(lead).to_have_url(re.compile("/vote$"))
    expect(lead.get_by_role("button", name="I agree")).to_be_visible()


@pytest.mark.parametrize("fault", [None, "on_its_way || "], ids=["as it is", "planted fault"])
def test_news_does_not_cut_off_a_link_that_somebody_follows(people, stage, behind_the_scenes, fault):
    number, emails = stage
    room = f"/deliberations/{number}"
    phone = people("phone")
    if fault:
        phone.route("**/app.js*", lambda route: _without(route, fault))
    sign_in(phone, emails[1])
    phone.goto(room + "/alone")
    held = hold_the_answer(phone, "**/step-aside")

    phone.get_by_role("link", name="I know somebody here").click(no_wait_after=True)
    is_news = phone.expect_response(lambda answer: "/waiting" in answer.url and answer.status == 200)
    with is_news, behind_the_scenes():
        make.opened(db.session.get_one(m.Hearing, number))
    if fault:
        expect(phone).to_have_url(re.compile("/(alone|table)$"))
        expect(phone.get_by_role("heading", name="What we think so far")).to_be_visible()
        return
    with phone.expect_response(re.compile("/waiting")):
        pass
    ((route, answer),) = held
    route.fulfill(response=answer)

    expect(phone).to_have_url(re.compile("/step-aside$"))


def _without(route, words):
    script = route.fetch()
    assert words in script.text()
    route.fulfill(response=script, body=script.text().replace(words, ""))
