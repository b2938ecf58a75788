"""The whole road in four browsers: a coordinator, two jurors on phones and a judge take one young person from
the referral to the certificate, and the young person comes back as a juror."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests import make
from tests.cast import cast_of
from tests.journeys.conftest import axe_faults, scrolls_sideways, sign_in
from youthcourt import models as m

# The same road is walked on both engines, without a browser, in test_road.py.
pytestmark = pytest.mark.only_on("sqlite")
STARTS = "6:30 PM"


@pytest.fixture
def stage(behind_the_scenes):
    """A court with panels of two, its coordinator, its judge, and two trained jurors with accounts."""
    with behind_the_scenes() as session:
        court = make.court(panel_size=2, panel_minimum=2, panel_reserves=0)
        for line in court.grid:
            if line.activity.kind is m.ActivityKind.JURY_DUTY:
                line.minimum = 1
        cast = cast_of(court)
        for spare in cast.jurors[2:]:
            spare.leave(by=cast.cora)
        jurors = [make.juror_user(court, juror).email for juror in cast.jurors[:2]]
        session.flush()
        return SimpleNamespace(
            court_id=court.id,
            cora=cast.cora.email,
            judy=cast.judy.email,
            jurors=jurors,
            names=[juror.person.name for juror in cast.jurors[:2]],
            today=court.today,
        )


def look(page):
    """Every page on the way is accessible and fits its screen."""
    assert axe_faults(page) == []
    assert not scrolls_sideways(page), page.url


def press(page, name):
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def send(page, name):
    """Presses the button of a form that asks first whether the server is there."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def follow(page, name):
    page.get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def choose(field, words):
    """The option of a list that these words stand in."""
    field.select_option(value=field.locator("option", has_text=words).first.get_attribute("value"))


def refer(page, stage):
    page.goto("/referrals/new")
    look(page)
    choose(page.locator("#agency"), "Harbor Police")
    page.get_by_label("Day of the referral").fill(stage.today.isoformat())
    choose(page.locator("#offence"), "Shoplifting")
    page.get_by_label("Day it happened").fill((stage.today - timedelta(days=6)).isoformat())
    page.get_by_label("What happened", exact=False).first.fill("Took a jacket from a store and gave it back.")
    page.locator("#given_name").fill("Jordan")
    page.locator("#family_name").fill("Tate")
    page.locator("#born_on").fill("2011-02-03")
    page.locator("#mailing_address").fill("5 Elm Street\nHarbor, NC 28301")
    choose(page.locator("#school"), "Lincoln High")
    page.locator("#guardians-0-given_name").fill("Renee")
    page.locator("#guardians-0-family_name").fill("Tate")
    page.locator("#guardians-0-same_address").check()
    press(page, "Keep the referral")
    expect(page.get_by_role("heading", level=1)).to_have_text("Jordan Tate")
    look(page)
    return page.url


def admit(page, case_url):
    page.goto(case_url + "/screening")
    look(page)
    press(page, "Accept this case")
    page.goto(case_url + "/interview")
    page.get_by_label("What is this young person good at?").fill(
        "Draws comics; looks after a little brother."
    )
    press(page, "Keep the interview")
    for _party in ("youth", "guardian"):
        look(page)
        for point in ("admits", "waives_rights", "releases_report", "promises_confidentiality"):
            page.locator(f"#{point}").check()
        press(page, "Keep the agreement")
    expect(page.get_by_text("To be scheduled").first).to_be_visible()


def plan_day(page, stage, starts=STARTS):
    page.goto("/court-sessions/new")
    page.get_by_label("Day", exact=True).fill(stage.today.isoformat())
    page.get_by_label("Hearings start at").fill(starts)
    page.get_by_label("Room A").check()
    press(page, "Plan this day")
    look(page)
    return page.url


def book(page, day_url, names):
    page.goto(day_url + "/jurors")
    for name in names:
        page.get_by_label(name).check()
    press(page, "Book those ticked")


def set_hearing(page, day_url, stage):
    page.goto(day_url + "/hearings/new")
    page.locator("#case").select_option(index=1)
    page.locator("#place").select_option(index=1)
    choose(page.locator("#judge"), "Judy Okafor")
    press(page, "Place the hearing")
    book(page, day_url, stage.names)
    follow(page, "Who sits where")
    look(page)
    press(page, "Draw the panels")
    expect(page.get_by_role("button", name="Put it into force")).to_be_visible(timeout=60_000)
    look(page)
    press(page, "Put it into force")
    make_ready(page, day_url)
    page.goto(day_url)
    follow(page, "Jordan Tate")
    look(page)
    return page.url


def make_ready(page, day_url):
    """Tells the family, publishes the docket and prints what the list of missing things asks for."""
    page.goto(day_url)
    follow(page, "See what is missing")
    look(page)
    press(page, re.compile("^Told"))
    expect(page.get_by_role("button", name=re.compile("^Undo"))).to_be_visible()
    press(page, "Publish the docket")
    papers = page.get_by_role("region", name="Papers of the evening").get_by_role("link")
    addresses = [link.get_attribute("href") for link in papers.all()]
    for address in [each for each in addresses if each.startswith("/papers/")]:
        assert pdf_of(page, address).startswith(b"%PDF")
    page.reload()
    expect(page.get_by_text("This day is ready for court")).to_be_visible()
    look(page)


def open_hearing(page, hearing_url):
    page.goto(hearing_url)
    awaited = page.get_by_role("button", name=re.compile("^Check in"))
    for left in reversed(range(awaited.count())):
        awaited.first.click()
        expect(awaited).to_have_count(left)
    press(page, "All who are here took the oath")


def hold(page, hearing_url):
    page.goto(hearing_url)
    follow(page, "Send the panel to decide")
    press(page, "Yes, the case was heard")
    expect(page.get_by_text("The panel is deciding now.")).to_be_visible()


def answer_questions(page):
    for question in m.Question:
        page.locator(f"input[name={question}][value=yes]").check()
        page.locator(f"#{question}_reason").fill("Said it in their own words.")


def think_alone(page, room_url):
    page.goto(room_url + "/alone")
    look(page)
    answer_questions(page)
    send(page, "Hand in")


def write_plan(page, activities):
    look(page)
    page.locator(f"#asks_{activities['service']}").check()
    page.locator(f"#amount_{activities['service']}").fill("16")
    page.locator(f"#amount_{activities['jury_duty']}").fill("1")
    for kind in ("service", "jury_duty"):
        page.locator(f"input[name=purpose_{activities[kind]}][value=strength]").check()
        page.locator(f"#builds_{activities[kind]}").fill("Shows what they can do.")
    send(page, "Save and go on")
    look(page)


def decide_together(page, room_url, activities):
    follow(page, "Go on")
    expect(page.get_by_role("heading", name="What we think so far")).to_be_visible()
    page.goto(room_url + "/plan")
    write_plan(page, activities)
    answer_questions(page)
    send(page, "Save and go on")
    look(page)
    send(page, "Call the vote")
    expect(page).to_have_url(re.compile("/vote$"))


def agree(page):
    """The foreperson who called the vote is there; the page of each other juror says where to go."""
    if not page.url.endswith("/vote"):
        follow(page, "Go to the vote")
    send(page, "I agree")


def credit_service(page, case_url):
    page.goto(case_url)
    follow(page, re.compile("Community service"))
    follow(page, re.compile("Credit"))
    page.locator("#amount").fill("16")
    page.locator("#done_on").press("Tab")
    choose(page.locator("#site"), "Food pantry")
    page.get_by_label("Who vouches for it").fill("Ruth Abel")
    press(page, "Credit it")


def train(page, name):
    page.goto("/jurors/")
    follow(page, name)
    follow(page, "Add a training")
    page.get_by_label("Hours").fill("2")
    press(page, re.compile("training"))


def pdf_of(page, address):
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "application/pdf", answer.status
    return answer.body()


def test_a_respondent_comes_back_as_a_juror(people, stage, behind_the_scenes):
    cora, judy = people("laptop"), people("laptop")
    phones = [people("phone"), people("phone")]
    sign_in(cora, stage.cora)
    sign_in(judy, stage.judy)
    for phone, email in zip(phones, stage.jurors, strict=True):
        sign_in(phone, email)
    with behind_the_scenes() as session:
        activities = {a.kind.value: a.id for a in session.get(m.Court, stage.court_id).activities}

    case_url = refer(cora, stage)
    admit(cora, case_url)
    day_url = plan_day(cora, stage)
    hearing_url = set_hearing(cora, day_url, stage)
    hearing_id = hearing_url.rsplit("/", 1)[1]
    for kind in ("hearing_notice", "hearing_script", "deliberation_sheet"):
        assert pdf_of(cora, f"/papers/{kind}/{hearing_id}").startswith(b"%PDF")
    open_hearing(cora, hearing_url)
    hold(judy, hearing_url)

    room = f"/deliberations/{hearing_id}"
    for phone in phones:
        phone.goto("/")
        look(phone)
        phone.goto(room)
        look(phone)
        expect(phone.get_by_text("Tate")).to_have_count(0)
    with behind_the_scenes() as session:
        panel = session.get(m.Hearing, int(hearing_id)).panel
        lead = stage.names.index(panel.foreperson.juror.person.name)
    for phone in (phones[lead], phones[1 - lead]):
        think_alone(phone, room)
    decide_together(phones[lead], room, activities)
    for phone in phones:
        agree(phone)
        look(phone)
    expect(phones[lead].get_by_text("2 of 2 agree.")).to_be_visible()
    follow(phones[lead], "Go on to send it")
    look(phones[lead])
    press(phones[lead], "Send to the judge")

    judy.goto("/orders/")
    look(judy)
    follow(judy, re.compile("Read and decide"))
    look(judy)
    press(judy, "Approve and sign")
    judy.goto("/orders/")
    expect(judy.get_by_role("link", name=re.compile("-A$"))).to_be_visible()
    follow(judy, re.compile("-A$"))
    look(judy)
    order_id = judy.url.rsplit("/", 1)[1]
    assert pdf_of(judy, f"/papers/disposition_order/{order_id}").startswith(b"%PDF")
    close_day(cora, day_url)

    credit_service(cora, case_url)
    train(cora, re.compile("Jordan Tate"))
    second_day = plan_day(cora, stage, starts="8:00 PM")
    book(cora, second_day, ["Jordan Tate"])
    check_in_at_the_door(cora)
    close_day(cora, second_day)
    cora.goto(case_url)
    follow(cora, "Ask the judge to dismiss")
    look(cora)
    press(cora, re.compile("Ask the judge"))
    judy.goto(case_url + "/dismissal")
    look(judy)
    judy.get_by_role("main").get_by_role("button").first.click()
    case_id = case_url.rsplit("/", 1)[1]
    assert pdf_of(cora, f"/papers/completion_certificate/{case_id}").startswith(b"%PDF")
    cora.goto(case_url)
    expect(cora.get_by_text("Completed").first).to_be_visible()
    look(cora)

    third_day = plan_day(cora, stage, starts="9:00 PM")
    book(cora, third_day, ["Jordan Tate"])
    check_in_at_the_door(cora)
    cora.goto(third_day)
    expect(cora.get_by_text("1 juror is here")).to_be_visible()
    look(cora)
    with behind_the_scenes() as session:
        former = session.query(m.Juror).filter(m.Juror.person.has(family_name="Tate")).one()
        states = [sitting.state for sitting in former.sittings]
        assert states == [m.SittingState.CREDITED, m.SittingState.CHECKED_IN]


def check_in_at_the_door(page):
    follow(page, "Night board")
    look(page)
    page.get_by_role("button", name=re.compile("^Check in")).first.click()
    expect(page.get_by_role("button", name=re.compile("^Undo"))).to_be_visible()


def close_day(page, day_url):
    page.goto(day_url)
    follow(page, "Close the day")
    look(page)
    press(page, re.compile("Close"))
