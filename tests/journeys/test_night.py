"""One live night in many browsers: two coordinators and the wall, two judges, jurors on phones, a tablet.

Whoever acts does so on a page where something out of the ordinary happens; what pages prove elsewhere is
done behind the scenes. After each act the other screens are looked at, and nobody touches them.
"""

import re
import time

import pytest
from playwright.sync_api import expect

from tests import make, nights
from tests.factors import code, with_app
from tests.journeys.conftest import sign_in
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.procedures import checking_trail
from youthcourt.procedures.decision import deliberating

pytestmark = pytest.mark.only_on("sqlite")

SERVICE, DUTY = "Community service", "Jury duty"
DRAWN = ((40, 120), (60, 60), (90, 130), (120, 70), (150, 130), (180, 100), (210, 60), (240, 120), (270, 90))


@pytest.fixture
def night(behind_the_scenes):
    """The evening before anybody has come; both judges sign with an app in their pocket."""
    with behind_the_scenes():
        staged = nights.stage()
        staged.codes = {name: with_app(_user(staged, name)) for name in ("Judy Okafor", "Jules Stone")}
        return staged


def _user(night, name):
    return db.session.query(m.User).filter_by(email=night.emails[name]).one()


def _hearing(night, name):
    return db.session.get_one(m.Hearing, night.hearings[name])


class Clock:
    """How long it took until other screens showed what somebody did."""

    def __init__(self):
        self.taken = []

    def seen(self, *shown):
        """All this is seen on screens that nobody touched since the last act."""
        since = time.monotonic()
        for each in shown:
            expect(each).to_be_visible()
        self.taken.append(time.monotonic() - since)

    def __str__(self):
        worst, usual = max(self.taken), sorted(self.taken)[len(self.taken) // 2]
        return (
            f"count: acts of a night seen on other screens = {len(self.taken)}\n"
            f"count: milliseconds until the other screens show an act, usual = {usual * 1000:.0f}\n"
            f"count: milliseconds until the other screens show an act, worst = {worst * 1000:.0f}"
        )


# ---- People and their screens ---------------------------------------------------------------------------


class Screens:
    """Whoever is signed in, each in a browser of their own."""

    def __init__(self, people, night):
        self.people, self.night, self.of = people, night, {}

    def phone(self, name):
        """The juror's or the family's own phone, signed in when it is first needed."""
        if name not in self.of:
            self.of[name] = self.people("phone")
            sign_in(self.of[name], self.night.emails[name])
        return self.of[name]

    def lost(self, name):
        self.of.pop(name).context.close()

    def away(self, *names):
        """Whoever is done puts the phone away; what it complained of is still known at the end."""
        for name in names:
            self.of.pop(name).goto("about:blank")

    def staff(self, name, where):
        self.of[name] = page = self.people("laptop")
        sign_in(page, self.night.emails[name])
        page.goto(where)
        return page

    def judge(self, name):
        """A judge shows a second step at the door, and sits down to what is there to be signed."""
        self.of[name] = page = self.people("laptop")
        page.goto("/sign-in")
        page.get_by_label("E-mail address").fill(self.night.emails[name])
        page.get_by_label("Password").fill(make.PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_label("Code from your app").fill(code())
        press(page, "Go on")
        page.goto("/orders/")
        return page


def press(page, name):
    button = page.get_by_role("main").get_by_role("button", name=name).first
    expect(button).to_be_visible()
    with page.expect_navigation():
        button.click()


def press_twice(page, name):
    """Two taps of an impatient thumb."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name).first.dblclick(no_wait_after=True)


def follow(page, name):
    link = page.get_by_role("main").get_by_role("link", name=name).first
    expect(link).to_be_visible()  # a page that goes on by itself may do so until then
    with page.expect_navigation():
        link.click()


def follow_in(part, page, name):
    with page.expect_navigation():
        part.get_by_role("link", name=name).first.click()


def row(board, name):
    """Somebody among the arrivals."""
    return board.locator(f".arrivals [data-name='{name}']")


def room(board, name):
    return board.locator("article.room", has_text=name)


def changed(board, *words):
    """A line under what was changed tonight that says all this."""
    lines = board.locator("[data-part=changes] li")
    for each in words:
        lines = lines.filter(has_text=each)
    return lines


# ---- Behind the scenes ----------------------------------------------------------------------------------


def come(night):
    """Everybody comes whose coming is not tapped on a page, but the one juror and the two families."""
    cora, day = _user(night, "Cora Diaz"), db.session.get_one(m.CourtSession, night.day)
    for sitting in day.sittings:
        if sitting.juror.person.name not in ("Ben Kim", "Amara Obi"):
            sitting.check_in(by=cora)
    for name in ("Jordan Tate", "Riley Cruz", "Sam Bell"):
        hearing = _hearing(night, name)
        young, guardian = hearing.family
        if name != "Jordan Tate":
            hearing.check_in(young, by=cora)
        if name != "Riley Cruz":
            hearing.check_in(guardian, by=cora)


def write(night, name, service, duty):
    """The foreperson writes for the panel what it found and what it plans."""
    hearing = _hearing(night, name)
    room, lead = hearing.deliberation, make.panel_users(hearing)[0]
    if not room.is_open:
        room.open_table(by=lead, without_missing=True)
    found = dict.fromkeys(m.Question, (m.Answer.YES, nights.FOUND))
    deliberating.write_findings(room, found, deliberating.findings_seen(room), by=lead)
    lines = [
        deliberating.PlanLine(
            make.activity(hearing.court, kind),
            amount,
            room.last_due_on,
            builds=nights.BUILDS,
            purpose=m.Purpose.COMMUNITY,
        )
        for kind, amount in (("service", service), ("jury_duty", duty))
    ]
    deliberating.write_plan(room, lines, deliberating.plan_seen(room), by=lead)
    db.session.flush()
    return room, lead


def decide(night, name, service, duty):
    """A panel decides as others do whose pages are looked at."""
    written, lead = write(night, name, service, duty)
    make.voted(written, dict.fromkeys(make.panel_users(_hearing(night, name)), True), by=lead)
    written.decide(by=lead)


def hand_in(night, name, juror, hours=None):
    """What a juror thinks alone, handed in as others do whose phones are looked at."""
    hearing = _hearing(night, name)
    found = dict.fromkeys(m.Question, (m.Answer.YES, nights.FOUND))
    ideas = {make.activity(hearing.court, "service"): 60 * hours} if hours else {}
    hearing.deliberation.hand_in(found, ideas, by=_user(night, juror))


# ---- What people do -------------------------------------------------------------------------------------


def answer(page):
    for question in m.Question:
        page.locator(f"input[name={question}][value=yes]").check()
        page.locator(f"#{question}_reason").fill(nights.FOUND)


def think_alone(page, hours=None):
    answer(page)
    if hours:
        page.get_by_role("checkbox", name=SERVICE).check()
        page.get_by_role("textbox", name="Hours").fill(hours)


def to_hearing(page, night, name):
    page.goto(f"/deliberations/{night.hearings[name]}")


def write_plan(page, hours, sittings):
    for kind in (SERVICE, DUTY):
        card = page.get_by_role("region", name=kind, exact=True)
        if kind == SERVICE:
            card.get_by_role("checkbox", name=SERVICE).check()
        card.get_by_role("radio", name="Gives back to the community").check()
        card.get_by_role("textbox", name="What it repairs or builds").fill(nights.BUILDS)
        card.get_by_role("textbox", name="Hours" if kind == SERVICE else "Sittings").fill(
            hours if kind == SERVICE else sittings
        )
    press(page, "Save and go on")


def vote(page, agrees=True):
    if not page.url.endswith("/vote"):
        follow(page, "Go to the vote")
    press(page, "I agree" if agrees else "Not yet")
    expect(page.get_by_role("heading", name="Your vote is in").or_(page.locator("#count"))).to_be_visible()


def sign(page, button, second_step):
    """Signing asks for a second step at that very moment. Two taps sign once."""
    press(page, button)
    expect(page.get_by_role("heading", name="Your second step, please")).to_be_visible()
    page.get_by_label("Code from your app").fill(second_step)
    press_twice(page, "Confirm and sign")
    expect(page.get_by_text(re.compile(r"Order \S+ is signed\."))).to_be_visible()


def hold_from_page(page, number):
    page.goto(f"/hearings/{number}")
    follow(page, "Send the panel to decide")
    press(page, "Yes, the case was heard")


def at_tablet(people, coordinator, night, to_whom):
    """A coordinator reads a code out, and somebody types it into the court's tablet."""
    coordinator.goto(f"/court-sessions/{night.day}/tablet")
    press(coordinator, f"Give a code to {to_whom}")
    digits = coordinator.locator(".digits").inner_text()
    tablet = people("phone")
    tablet.goto("/tablet")
    tablet.get_by_label("Your code").fill(digits)
    press(tablet, "Go on")
    return tablet


# ---- The night ------------------------------------------------------------------------------------------


def test_a_whole_night_ends_in_whole_records(people, night, behind_the_scenes):
    clock, screens = Clock(), Screens(people, night)
    board = f"/court-sessions/{night.day}/board"
    cora, cole = screens.staff("Cora Diaz", board), screens.staff("Cole Reyes", board)
    wall = cole.context.new_page()
    wall.goto(f"/court-sessions/{night.day}/wall")
    judy, jules = screens.judge("Judy Okafor"), screens.judge("Jules Stone")
    with behind_the_scenes():
        come(night)

    arrive(cora, cole, clock, night, behind_the_scenes)
    replace_who_did_not_come(cora, cole, clock, night)
    adjourn(cora, cole, clock, night)
    second_panel(screens, cora, cole, wall, jules, clock, night, behind_the_scenes)
    first_panel(screens, cora, cole, judy, clock, night, behind_the_scenes)
    third_panel(screens, people, cora, cole, judy, clock, night, behind_the_scenes)
    family_says_yes(people, screens, cora, clock, night)
    close(cora, cole, screens, night)

    print(clock)
    with behind_the_scenes() as session:
        day = session.get_one(m.CourtSession, night.day)
        assert nights.records_of(day) == nights.LEFT_BEHIND
        assert nights.sent_back(day) == {"Jordan Tate": [nights.QUESTION]}
        assert checking_trail.check(session.connection(), night.court).is_sound
        assert told_once(session, night) == {
            "seat.took_over": 1,
            "order.signed": 3,
            "court_session.closed": 1,
        }


def arrive(cora, cole, clock, night, behind_the_scenes):
    """One tap is seen by the other; two who tap the same juror at the same moment check them in once."""
    row(cora, "Jordan T.").get_by_role("button", name="Check in").click()
    clock.seen(row(cole, "Jordan T.").get_by_role("button", name="Undo"))
    taps = [row(page, "Amara O.").get_by_role("button", name="Check in") for page in (cora, cole)]
    for tap in taps:
        tap.evaluate("button => button.click()")
    clock.seen(*(row(page, "Amara O.").get_by_role("button", name="Undo") for page in (cora, cole)))
    with behind_the_scenes() as session:
        amara = _user(night, "Amara Obi").person
        sitting = session.query(m.Sitting).filter(m.Sitting.juror.has(person=amara)).one()
        told = session.query(m.AuditEvent).filter_by(event="sitting.checked_in", subject_id=sitting.id)
        assert told.count() == 1


def replace_who_did_not_come(cora, cole, clock, night):
    """The board proposes who takes the seat, and one coordinator decides; the other comes too late."""
    follow_in(row(cora, "Ben K."), cora, "Did not come")
    late = cole.context.new_page()
    late.goto(cora.url)
    seat = cora.get_by_role("group", name=re.compile("^Room A"))
    expect(seat.get_by_role("radio", checked=True)).to_have_value(re.compile(r"\d"))

    press(cora, "Write it down")
    clock.seen(changed(cole, "Ben K.", "Dev P. has the seat."))
    press(late, "Write it down")

    expect(changed(late, "Ben K.", "Dev P. has the seat.")).to_have_count(1)
    late.close()
    for name in ("Room A", "Room B"):
        room(cora, name).get_by_role("button", name="All who are here took the oath").click()
    clock.seen(*(room(cole, name).get_by_text("3 of 3 jurors") for name in ("Room A", "Room B")))


def adjourn(cora, cole, clock, night):
    """A young person is ill: the hearing moves to another day, with the reason."""
    needs = cora.locator("[data-part=needs] li", has_text="Quinn F.").filter(has_text="not here yet")
    follow_in(needs.first, cora, "Another day")
    place = cora.get_by_label("New time and room")
    free = place.locator("option", has_text="Room B").first
    place.select_option(value=free.get_attribute("value"))
    cora.get_by_label("Reason").select_option(label="Illness")
    cora.get_by_label("Note").fill(nights.FEVER)

    press(cora, "Adjourn the hearing")

    clock.seen(changed(cole, "Quinn F.", "Moved to another day"))
    cora.goto(f"/court-sessions/{night.day}/board")


def second_panel(screens, cora, cole, wall, jules, clock, night, behind_the_scenes):
    """A juror finds late that she knows the young person; the reserve who heard the case decides instead."""
    name, number = "Riley Cruz", night.hearings["Riley Cruz"]
    elena, finn, gia, hana = map(screens.phone, ("Elena Mora", "Finn Ward", "Gia Lopez", "Hana Abe"))
    for phone in (elena, finn, gia):
        to_hearing(phone, night, name)
        expect(phone.get_by_text("The hearing has not been held yet.")).to_be_visible()
    script = jules.context.new_page()
    script.goto(f"/hearings/{number}/script")
    press(script, "Begin: Welcome")
    now = wall.locator("li", has_text="Room B").locator("dd").first
    clock.seen(room(cole, "Room B").filter(has_text="Called"), now.get_by_text("Riley C."))
    script.goto(f"/hearings/{number}/script/steps/step_out")
    press(script, "Send the panel to decide")
    clock.seen(
        room(cole, "Room B").get_by_text("The panel is deciding"),
        *(phone.get_by_role("link", name="Write what you think") for phone in (elena, finn, gia)),
    )
    script.close()

    for phone in (elena, gia):
        follow(phone, "Write what you think")
    with behind_the_scenes():
        for juror in ("Elena Mora", "Finn Ward"):
            hand_in(night, name, juror)
    clock.seen(*(phone.get_by_text("2 of 3 have handed in.").first for phone in (elena, gia)))
    gia.locator("#owns_it_reason").fill("I know him from school.")
    follow(gia, "I know somebody here")
    gia.get_by_label("Whom do you know, and how?").fill(nights.CONFLICT)
    press(gia, "I step aside")
    clock.seen(
        changed(cole, "Gia L.", "Left the panel."),
        elena.get_by_role("link", name="A seat is empty. Let a reserve take it?"),
    )
    gia.go_back()
    gia.reload()
    expect(gia.get_by_text("Riley")).to_have_count(0)

    follow(elena, "A seat is empty. Let a reserve take it?")
    elena.get_by_label("Hana A.").check()
    elena.get_by_label("They were in the room").check()
    press(elena, "They decide with us")
    clock.seen(changed(cole, "Gia L.", "Hana A. has the seat."))
    hana.goto("/")
    follow(hana, "Go to my hearing")
    follow(hana, "Write what you think")
    think_alone(hana)
    press(hana, "Hand in")
    clock.seen(
        elena.get_by_role("link", name="Go on"),
        finn.get_by_role("link", name="To the table"),
    )

    with behind_the_scenes():
        write(night, name, 1200, 3)
    elena.goto(f"/deliberations/{number}/check")
    press(elena, "Call the vote")
    clock.seen(*(phone.get_by_role("link", name="Go to the vote") for phone in (finn, hana)))
    follow(finn, "Go to the vote")
    press_twice(finn, "I agree")
    expect(finn.get_by_role("heading", name="Your vote is in")).to_be_visible()
    finn.go_back()
    expect(finn.get_by_role("heading", name="Your vote is in")).to_be_visible()
    expect(finn.get_by_role("button", name="I agree")).to_have_count(0)
    vote(hana)
    vote(elena)
    clock.seen(finn.get_by_text("3 of 3 agree."), hana.get_by_text("3 of 3 agree."))
    follow(elena, "Go on to send it")
    press(elena, "Send to the judge")
    clock.seen(
        jules.get_by_role("row", name="Riley Cruz"),
        finn.get_by_text("Your plan is with the judge."),
        room(cole, "Room B").get_by_text("Decision to be read out"),
    )

    follow(jules, "Read and decide")
    sign(jules, "Approve and sign", code(step=1))
    wall.close()
    screens.away("Jules Stone", "Elena Mora", "Gia Lopez", "Hana Abe")


def first_panel(screens, cora, cole, judy, clock, night, behind_the_scenes):
    """The judge asks the panel to think again, while another of her windows is about to sign."""
    name, number = "Jordan Tate", night.hearings["Jordan Tate"]
    amara, chloe, dev = map(screens.phone, ("Amara Obi", "Chloe Roy", "Dev Patel"))
    hold_from_page(judy, number)
    judy.goto("/orders/")
    for phone in (amara, chloe, dev):
        phone.goto(f"/deliberations/{number}/alone")
    with behind_the_scenes():
        decide(night, name, 1500, 3)
    clock.seen(
        judy.get_by_role("row", name=name),
        chloe.get_by_text("the panel has listened to you"),
        dev.get_by_text("the panel has listened to you"),
        amara.get_by_role("link", name="Go on"),
    )

    follow(judy, "Read and decide")
    other = judy.context.new_page()
    other.goto(judy.url)
    follow(judy, "Return to the panel")
    judy.get_by_label("What should the panel think about again?").fill(nights.QUESTION)
    press_twice(judy, "Return to the panel")
    clock.seen(
        *(phone.get_by_text(nights.QUESTION) for phone in (chloe, dev)),
        amara.locator("strong", has_text="The judge asks you to think again"),
        room(cole, "Room A").get_by_text("The panel is deciding"),
    )
    press(other, "Approve and sign")
    other.get_by_label("Code from your app").fill(night.codes["Judy Okafor"][0])
    press(other, "Confirm and sign")
    expect(other.get_by_text("The panel has not decided yet.").first).to_be_visible()
    other.close()

    amara.goto(f"/deliberations/{number}/plan")
    write_plan(amara, "15", "2")
    press(amara, "Save and go on")
    press(amara, "Call the vote")
    for phone in (amara, chloe, dev):
        vote(phone)
    clock.seen(*(phone.get_by_text("3 of 3 agree.") for phone in (amara, chloe, dev)))
    follow(amara, "Go on to send it")
    press(amara, "Send to the judge")
    clock.seen(judy.get_by_role("row", name=name), dev.get_by_text("Your plan is with the judge."))

    follow(judy, "Read and decide")
    sign(judy, "Approve and sign", code(step=1))
    cora.goto(f"/cases/{night.cases[name]}")
    expect(cora.get_by_text(nights.QUESTION).first).to_be_visible()
    expect(cora.get_by_text(re.compile(r"Order \S+ signed")).first).to_be_visible()
    cora.goto(f"/court-sessions/{night.day}/board")


def third_panel(screens, people, cora, cole, judy, clock, night, behind_the_scenes):
    """A phone dies in the middle of writing, and the panel cannot agree on one thing."""
    name, number = "Sam Bell", night.hearings["Sam Bell"]
    room(cora, "Room A").get_by_role("button", name="All who are here took the oath").click()
    clock.seen(room(cole, "Room A").get_by_text("3 of 3 jurors"))
    hold_from_page(judy, number)
    judy.goto("/orders/")
    chloe, amara, finn = map(screens.phone, ("Chloe Roy", "Amara Obi", "Finn Ward"))
    for phone in (chloe, amara, finn):
        phone.goto(f"/deliberations/{number}/alone")
    with behind_the_scenes():
        hand_in(night, name, "Chloe Roy", 20)
        hand_in(night, name, "Amara Obi", 15)
    think_alone(finn, "25")
    expect(finn.locator("[data-saved]").first).to_contain_text("Not sent yet.")
    screens.lost("Finn Ward")
    tablet = at_tablet(people, cora, night, "Finn Ward")
    cora.goto(f"/court-sessions/{night.day}/board")
    follow(tablet, "Write what you think")
    follow(tablet, "Put them back")
    expect(tablet.get_by_role("textbox", name="Hours")).to_have_value("25")
    press(tablet, "Hand in")
    clock.seen(
        amara.get_by_text("Least 15 hours, middle 20 hours, most 25 hours."),
        chloe.get_by_role("link", name="Go on"),
    )

    chloe.goto(f"/deliberations/{number}/plan")
    write_plan(chloe, "20", "2")
    answer(chloe)
    press(chloe, "Save and go on")
    press(chloe, "Call the vote")
    vote(tablet, agrees=False)
    vote(amara)
    vote(chloe)
    clock.seen(tablet.get_by_text("2 of 3 agree."), amara.get_by_text("2 of 3 agree."))
    follow(chloe, "We cannot agree on one thing")
    chloe.get_by_label(re.compile(f"{SERVICE}: from 15 hours to 25 hours")).check()
    press(chloe, "Leave it to the judge")
    press(chloe, "Call the vote")
    for page in (chloe, amara, tablet):
        vote(page)
    clock.seen(*(page.get_by_text("3 of 3 agree.") for page in (chloe, amara, tablet)))
    follow(chloe, "Go on to send it")
    press(chloe, "Send to the judge")
    clock.seen(judy.get_by_role("row", name=name), tablet.get_by_text("Your plan is with the judge."))
    press(tablet, "Next juror")
    screens.away("Chloe Roy", "Amara Obi")

    follow(judy, "Read and decide")
    press(judy, "Set what the panel left open")
    service = judy.get_by_role("region", name=SERVICE, exact=True)
    judy.get_by_label("Why you change it").fill(nights.WHY_CHANGED)
    service.get_by_role("textbox", name="Hours").fill("30")
    press(judy, "Save and read the order")
    expect(judy.get_by_text("The panel disagreed within a range.").first).to_be_visible()
    service.get_by_role("textbox", name="Hours").fill("18")
    press(judy, "Save and read the order")
    sign(judy, "Sign the order", night.codes["Judy Okafor"][1])


def family_says_yes(people, screens, cora, clock, night):
    """The mother types her name on her own phone, her child signs on the court's tablet."""
    renee = screens.phone("Renee Tate")
    renee.goto(f"/my-case/{night.cases['Jordan Tate']}")
    follow(renee, "Yes, I agree")
    renee.get_by_label("Or type your name").fill("Renee Tate")
    press(renee, "I say yes")
    expect(renee.get_by_text("You said yes")).to_be_visible()

    tablet = at_tablet(people, cora, night, "Jordan Tate")
    follow(tablet, re.compile("^Yes, I will do it"))
    box = tablet.locator("canvas").bounding_box()
    tablet.mouse.move(box["x"] + 20, box["y"] + 60)
    tablet.mouse.down()
    for x, y in DRAWN:
        tablet.mouse.move(box["x"] + x * box["width"] / 600, box["y"] + y * box["height"] / 200)
    tablet.mouse.up()
    press(tablet, "I say yes")
    expect(tablet.get_by_text("You said yes")).to_be_visible()


def close(cora, cole, screens, night):
    """What is not written down yet is asked for; then everybody who served is credited; the day is locked."""
    closing = f"/court-sessions/{night.day}/closing"
    cora.goto(closing)
    expect(cora.get_by_text("did Renee Cruz come?")).to_be_visible()
    expect(cora.get_by_role("button", name="Close the day")).to_have_count(0)
    press(cora, "Did not come Renee Cruz")
    other = cole.context.new_page()
    other.goto(closing)
    press_twice(cora, "Close the day")
    expect(cora.get_by_text("The day is closed. 7 jurors were credited.")).to_be_visible()
    press(other, "Close the day")
    expect(other.get_by_text("This day is closed.").first).to_be_visible()
    other.close()

    dev = screens.phone("Dev Patel")
    dev.goto("/sittings/")
    expect(dev.locator("#earned").locator("..").get_by_text("2 hours", exact=True)).to_be_visible()
    cora.goto(f"/court-sessions/{night.day}")
    for name in ("Jordan Tate", "Riley Cruz", "Sam Bell"):
        expect(cora.get_by_role("main").get_by_text(name).first).to_be_visible()
    expect(cora.get_by_role("main").get_by_text("Quinn Ford")).to_have_count(0)


def told_once(session, night):
    """What is written once in the trail, however often it was tapped."""
    told = ("seat.took_over", "order.signed", "court_session.closed")
    found = session.query(m.AuditEvent.event).filter(m.AuditEvent.event.in_(told)).all()
    return {event: sum(each.event == event for each in found) for event in told}
