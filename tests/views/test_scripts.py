"""The script on the tablet of whoever leads the room: who may open it, what it shows, how it is undone."""

from datetime import timedelta

import pytest

from tests import make
from tests.browser import counting_statements
from tests.stages import held, seated
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db

STEP = m.Step
TOMORROW = timedelta(days=1)


def at(hearing, rest=""):
    return f"/hearings/{hearing.id}/script{rest}"


@pytest.fixture
def hearing(court, cast):
    """Everybody has come; seven sit or help: the last two as bailiff and clerk."""
    hearing = make.sworn(seated(court, cast), cast.cora)
    spare = [each for each in cast.jurors if each not in {seat.juror for seat in hearing.panel.seats}]
    hearing.panel.add_seat(spare[0], post=m.Post.CLERK)
    reserve = hearing.panel.reserves[0]
    reserve.take(m.SeatRole.BAILIFF, by=cast.cora)
    db.session.flush()
    return hearing


def account(hearing, role):
    seat = next(seat for seat in hearing.panel.standing if seat.role == role)
    return make.juror_user(hearing.court, seat.juror)


# Who may open it


LEADS = [m.SeatRole.FOREPERSON, m.SeatRole.CLERK, m.SeatRole.BAILIFF]


@pytest.mark.parametrize("role", LEADS, ids=str)
def test_a_juror_with_a_post_leads_the_room(role, hearing, sign_in):
    browser = sign_in(account(hearing, role))

    assert browser.get(at(hearing)).status_code == 200
    assert browser.post(at(hearing, "/steps/announce")).status_code == 302
    assert hearing.step.by.person_id == account(hearing, role).person_id


def test_a_juror_who_only_sits_does_not_lead(hearing, sign_in):
    browser = sign_in(account(hearing, m.SeatRole.JUROR))

    assert browser.get(at(hearing)).status_code == 404
    assert browser.post(at(hearing, "/steps/announce")).status_code == 404
    assert hearing.steps == []


@pytest.mark.parametrize("role", LEADS, ids=str)
def test_a_juror_leads_on_the_day_alone_and_no_longer_once_it_is_closed(role, hearing, sign_in):
    user = account(hearing, role)

    with clock.at(make.SATURDAY + TOMORROW):
        next_day = sign_in(user).get(at(hearing)).status_code
    hearing.court_session.closed_at = clock.now()
    closed = sign_in(user).get(at(hearing)).status_code

    assert (next_day, closed) == (404, 404)


def test_who_was_stood_down_leads_no_more(hearing, cast, sign_in):
    user = account(hearing, m.SeatRole.CLERK)
    seat = next(seat for seat in hearing.panel.standing if seat.role == m.SeatRole.CLERK)

    seat.stand_down("Knows them.", by=cast.cora)

    assert sign_in(user).get(at(hearing)).status_code == 404


def test_the_court_office_reads_of_a_closed_day_and_changes_nothing(hearing, cast, sign_in):
    browser = sign_in(cast.cora)
    hearing.court_session.closed_at = clock.now()
    db.session.commit()

    assert browser.get(at(hearing)).status_code == 200
    assert browser.post(at(hearing, "/steps/announce")).status_code == 409


# What it says


def test_the_family_is_called_by_first_name_and_last_initial_and_nothing_more(hearing, sign_in):
    browser = sign_in(account(hearing, m.SeatRole.CLERK))

    pages = [browser.get(at(hearing, f"/steps/{step}")).text for step in STEP]

    assert "<bdi>Jordan T.</bdi>, do you still want this court to hear your case?" in pages[1]
    assert not [page for page in pages if "Jordan Tate" in page or "Renee" in page]


def test_the_court_says_it_in_its_own_words_on_the_page_and_on_the_paper(hearing, cast, sign_in):
    browser = sign_in(cast.cora)
    browser.post(
        "/settings/script/lines/rise", data={"words": "All rise for {name} & us.", "words_es": "De pie."}
    )

    page, paper = browser.get(at(hearing)).text, browser.get(f"/papers/hearing_script/{hearing.id}")
    browser.post("/settings/script/lines/rise/default")

    assert "All rise for <bdi>Jordan T.</bdi> &amp; us." in page
    assert "Please rise." not in page
    assert paper.status_code == 200
    assert "Please rise." in browser.get(at(hearing)).text


def test_a_family_that_speaks_spanish_has_the_words_in_spanish_below(hearing, sign_in, cast):
    hearing.case.respondent.language = "es"

    page = sign_in(cast.cora).get(at(hearing, "/steps/choice")).text

    assert "do you still want this court to hear your case?" in page
    assert "¿todavía quiere que este tribunal escuche su caso?" in page


def test_what_the_person_harmed_wrote_is_seen_by_a_juror_while_it_is_read_out(hearing, cast, sign_in):
    case = hearing.case
    wrote = {"name": "Corner Store", "contact": "", "statement": "We closed for a day."}
    db.session.add(m.PersonHarmed(court=case.court, case=case, **wrote))
    leads, staff = sign_in(account(hearing, m.SeatRole.CLERK)), sign_in(cast.judy)
    page = at(hearing, "/steps/person_harmed")

    before = leads.get(page).text
    leads.post(page)
    during = leads.get(page).text
    leads.post(at(hearing, "/steps/questions"))
    after = leads.get(page).text

    told = ["We closed for a day." in text for text in (before, during, after, staff.get(page).text)]
    assert told == [False, True, False, True]
    assert not any("Corner Store" in text for text in (before, during, after))


def test_words_that_look_like_markup_or_like_a_blank_are_read_as_they_stand(hearing, cast, sign_in):
    browser = sign_in(cast.cora)
    hearing.case.respondent.given_name = "<b>{number}"
    browser.post("/settings/script/lines/rise", data={"words": "{name} {nobody} <i> {number}"})

    page = browser.get(at(hearing)).text

    number = hearing.case.number
    assert f"<bdi>&lt;b&gt;{{number}} T.</bdi> {{nobody}} &lt;i&gt; {number}" in page


def test_no_hostile_text_breaks_out_of_the_page(hearing, cast, sign_in):
    browser, hostile = sign_in(cast.cora), "</blockquote><script>x</script>"
    hearing.case.respondent.given_name = hostile
    hearing.case.referral.narrative = hostile
    m.ScriptLine.write(court := hearing.court, "charge", by=cast.cora, words=hostile, words_es=hostile)
    m.QuestionSet.add(court, by=cast.cora, name=hostile, questions=hostile)
    hearing.write_down(STEP.GUARDIAN, hostile, by=cast.cora)
    db.session.commit()

    pages = [browser.get(at(hearing, f"/steps/{step}")).text for step in STEP]

    assert sum(page.count("&lt;script&gt;x&lt;/script&gt;") for page in pages) >= len(STEP) + 4
    assert not any("<script>x" in page for page in pages)


# Leading


def test_a_hearing_is_led_from_the_call_to_the_way_home(hearing, cast, sign_in):
    leads = sign_in(account(hearing, m.SeatRole.FOREPERSON))

    for step in (STEP.ANNOUNCE, STEP.OATH, STEP.QUESTIONS, STEP.STEP_OUT):
        assert leads.post(at(hearing, f"/steps/{step}")).status_code == 302
    assert leads.post(at(hearing, "/send-out")).status_code == 302
    deciding = leads.get(at(hearing)).text
    make.proposed(hearing)
    db.session.commit()
    read = leads.get(at(hearing)).text
    for step in (STEP.READ_OUT, STEP.CLOSING):
        assert leads.post(at(hearing, f"/steps/{step}")).status_code == 302

    assert "The panel has been deciding since" in deciding
    assert "Gives back to the neighbourhood." in read
    assert (hearing.progress, hearing.ended_at) == (m.Progress.WITH_JUDGE, clock.now())


def test_a_step_tapped_by_mistake_is_undone(hearing, sign_in, cast):
    browser = sign_in(cast.cora)
    for step in (STEP.ANNOUNCE, STEP.QUESTIONS):
        browser.post(at(hearing, f"/steps/{step}"))

    browser.post(at(hearing, "/undo"))

    assert [each.step for each in hearing.steps] == [STEP.ANNOUNCE]


def test_a_panel_sent_out_too_early_is_called_back(hearing, sign_in, cast):
    browser = sign_in(cast.cora)
    browser.post(at(hearing, "/send-out"))
    was = hearing.progress

    answer = browser.post(at(hearing, "/call-back"))

    db.session.refresh(hearing)
    assert (was, answer.status_code) == (m.Progress.DELIBERATING, 302)
    assert (hearing.state, hearing.deliberation, hearing.case.stage) == (
        m.HearingState.SET,
        None,
        m.CaseStage.HEARING_SET,
    )


def test_a_panel_that_has_begun_to_decide_is_not_called_back(court, cast, sign_in):
    hearing = held(court, cast)
    lead = make.juror_user(court, hearing.panel.foreperson.juror)
    hearing.deliberation.open_table(by=lead, without_missing=True)

    answer = sign_in(cast.cora).post(at(hearing, "/call-back"))

    assert (answer.status_code, "The panel has begun to decide." in answer.text) == (409, True)


def test_who_asked_is_tapped_and_can_be_undone(hearing, sign_in):
    leads = sign_in(account(hearing, m.SeatRole.FOREPERSON))
    leads.post(at(hearing, "/steps/questions"))
    seats = hearing.panel.sitting_seats
    for seat in seats:
        leads.post(at(hearing, f"/questions/{seat.id}"))
    all_asked = leads.get(at(hearing)).text

    leads.post(at(hearing, f"/questions/{seats[0].id}/undo"))

    assert "Every juror has asked" in all_asked
    assert hearing.still_to_ask == [seats[0]]


def test_a_bailiff_asks_nothing(hearing, cast, sign_in):
    bailiff = next(seat for seat in hearing.panel.standing if seat.role == m.SeatRole.BAILIFF)

    answer = sign_in(cast.cora).post(at(hearing, f"/questions/{bailiff.id}"))

    assert (answer.status_code, hearing.questions_asked) == (409, [])


def test_what_the_family_says_is_kept_and_reaches_the_panel_and_the_judge(hearing, cast, sign_in):
    leads = sign_in(account(hearing, m.SeatRole.CLERK))
    page = at(hearing, "/steps/guardian/words")

    assert leads.post(page, data={"words": "He needs <b>evenings</b> full."}).status_code == 302

    hearing.hold(by=cast.judy)
    make.proposed(hearing)
    db.session.commit()
    kept = "He needs &lt;b&gt;evenings&lt;/b&gt; full."
    jury = sign_in(account(hearing, m.SeatRole.JUROR)).get(f"/deliberations/{hearing.id}").text
    judge = sign_in(cast.judy).get(f"/orders/decide/{hearing.deliberation.id}").text
    assert (kept in jury, kept in judge) == (True, True)


def test_the_trail_tells_that_something_was_written_down_and_not_what(hearing, cast, sign_in, logged):
    sign_in(cast.cora).post(at(hearing, "/steps/guardian/words"), data={"words": "Private words."})

    assert ("hearing.words_written", cast.cora, {"step": "guardian"}) in logged()


def test_nothing_is_written_down_where_nobody_speaks(hearing, cast, sign_in):
    assert sign_in(cast.cora).get(at(hearing, "/steps/oath/words")).status_code == 404
    assert sign_in(cast.cora).get(at(hearing, "/steps/x")).status_code == 404


def test_one_who_comes_late_takes_the_oath_alone_at_its_step_and_it_is_undone(hearing, sign_in):
    seat = hearing.panel.sitting_seats[2]
    seat.sworn_at = None
    db.session.commit()
    clerk = sign_in(account(hearing, m.SeatRole.CLERK))
    path = at(hearing, f"/oaths/{seat.id}")
    offered = clerk.get(at(hearing, "/steps/oath")).get_data(as_text=True)

    clerk.post(path)
    db.session.refresh(seat)
    sworn = seat.is_sworn
    shown = clerk.get(at(hearing, "/steps/oath")).get_data(as_text=True)
    clerk.post(f"{path}/undo")

    db.session.refresh(seat)
    assert f'action="{path}"' in offered
    assert (sworn, f'action="{path}/undo"' in shown, seat.is_sworn) == (True, True, False)


def test_everybody_who_is_here_takes_the_oath_at_its_step(court, cast, sign_in):
    hearing = seated(court, cast)
    for sitting in hearing.court_session.sittings:
        sitting.check_in(by=cast.cora)
    db.session.commit()

    sign_in(cast.judy).post(at(hearing, "/oaths"))

    assert all(seat.is_sworn for seat in hearing.panel.standing)


# Not this forum


def test_who_no_longer_wants_this_court_goes_back_and_the_room_is_free(hearing, cast, sign_in):
    browser = sign_in(cast.judy)
    day, asked = hearing.court_session, browser.get(at(hearing, "/stop"))

    answer = browser.post(at(hearing, "/stop"), data={"reason": "Would rather see a judge."})

    assert (asked.status_code, answer.status_code) == (200, 302)
    assert (hearing.progress, hearing.case.stage) == (m.Progress.OFF, m.CaseStage.WITHDRAWN)
    assert hearing.case.closure.note == "Would rather see a judge."
    assert (hearing.block, hearing.room) in day.free_places()
    letters = db.session.query(m.Letter).filter_by(case=hearing.case)
    assert [letter.kind for letter in letters] == [m.LetterKind.WITHDRAWAL]


def test_the_reason_is_asked_for(hearing, cast, sign_in):
    answer = sign_in(cast.cora).post(at(hearing, "/stop"), data={"reason": " "})

    assert (answer.status_code, hearing.is_ahead) == (422, True)


@pytest.mark.parametrize("role", LEADS, ids=str)
def test_a_juror_who_leads_ends_no_case(role, hearing, sign_in):
    browser = sign_in(account(hearing, role))

    assert browser.get(at(hearing, "/stop")).status_code == 403
    assert "call the coordinator or the judge" in browser.get(at(hearing, "/steps/choice")).text


# Time, and screens that keep up


def test_the_time_of_the_room_and_of_the_step_is_told(hearing, cast, sign_in):
    browser, began = sign_in(cast.cora), hearing.block.starts_at + timedelta(minutes=4)
    with clock.at(began):
        sign_in(cast.cora).post(at(hearing, "/steps/announce"))
    with clock.at(began + timedelta(minutes=10)):
        sign_in(cast.cora).post(at(hearing, "/steps/questions"))
    with clock.at(began + timedelta(minutes=45)):
        now = sign_in(cast.cora).get(at(hearing, "/now")).text

    assert browser is not None
    assert "4 minutes late" in now
    assert "45 minutes; 40 were planned" in now
    assert "35 minutes" in now


def test_a_screen_that_has_seen_it_gets_no_answer_until_something_happens(hearing, cast, sign_in):
    browser = sign_in(cast.cora)
    first = browser.get(at(hearing, "/now"))
    seen = {"If-None-Match": first.headers["ETag"]}

    again = browser.get(at(hearing, "/now"), headers=seen)
    browser.post(at(hearing, "/steps/announce"))
    after = browser.get(at(hearing, "/now"), headers=seen)

    assert (first.status_code, again.status_code, after.status_code) == (200, 304, 200)


def test_a_page_of_the_script_costs_a_fixed_number_of_questions(hearing, cast, sign_in):
    browser = sign_in(cast.cora)
    costs = {}
    for step in (STEP.ANNOUNCE, STEP.QUESTIONS):
        db.session.commit()
        with counting_statements(db.engine) as statements:
            browser.get(at(hearing, f"/steps/{step}"))
        costs[step] = len(statements)

    print(f"count: statements of a page of the script = {max(costs.values())}")
    assert max(costs.values()) <= MOST_STATEMENTS


MOST_STATEMENTS = 34
