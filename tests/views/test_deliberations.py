"""The jury room on a phone."""

from datetime import timedelta

import pytest

from tests import make
from tests.browser import asked_by_the_page, counting_statements
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.procedures.decision import deliberating


@pytest.fixture
def hearing(court, cast):
    return make.opened(make.held(court, cast))


@pytest.fixture
def panel(hearing):
    """Six accounts, the foreperson's first."""
    return make.panel_users(hearing)


@pytest.fixture
def lead(panel, sign_in):
    return sign_in(panel[0])


@pytest.fixture
def room(hearing):
    return hearing.deliberation


def url(hearing, page=""):
    return f"/deliberations/{hearing.id}{page}"


def findings_typed(room, reason="Said so.", seen=None):
    typed = {"seen": deliberating.findings_seen(room) if seen is None else seen}
    for question in m.Question:
        typed |= {question.value: "yes", f"{question.value}_reason": reason}
    return typed


def alone_typed(room, reason="Mine.", service="20"):
    number = make.activity(room.hearing.court, "service").id
    return {**findings_typed(room, reason), f"asks_{number}": "y", f"amount_{number}": service}


def plan_typed(room, service="20", **more):
    court = room.hearing.court
    typed = {"seen": deliberating.plan_seen(room)}
    for kind, amount in (("service", service), ("jury_duty", "2")):
        number = make.activity(court, kind).id
        typed |= {
            f"asks_{number}": "y",
            f"amount_{number}": amount,
            f"due_on_{number}": room.last_due_on.isoformat(),
            f"purpose_{number}": "community",
            f"builds_{number}": "Gives something back.",
        }
    return {**typed, **more}


def write_everything(room, by):
    make.written(room.hearing, by=by)
    db.session.commit()


def called(room, by):
    """The number of a round that this foreperson calls now."""
    number = room.call_vote(by=by).number
    db.session.commit()
    return number


def vote(browser, hearing, number, agrees="yes"):
    return browser.post(url(hearing, "/vote"), data={"agrees": agrees, "round": number})


PAGES = (
    *("/alone", "/opening", "/table", "/steps/1", "/steps/5", "/plan", "/findings", "/check", "/send"),
    *("/reading", "/step-aside", "/reserve", "/vote", "/vote/close", "/vote/left-open", "/waiting"),
)


# Who gets in


@pytest.mark.parametrize("page", ["", "/plan", "/vote", "/waiting", "/send"])
def test_the_panel_opens_its_room_and_nobody_else(court, cast, hearing, panel, sign_in, page):
    reserve = make.juror_user(court, hearing.panel.reserves[0].juror)
    seated = hearing.panel.sitting_seats + hearing.panel.reserves
    out = next(j for j in cast.jurors if j not in [seat.juror for seat in seated])
    free = make.juror_user(court, out)

    codes = [
        sign_in(user).get(url(hearing, page)).status_code
        for user in (panel[0], panel[5], reserve, free, cast.cora, cast.judy)
    ]

    assert codes == [200, 200, 404, 404, 403, 403]


def test_the_room_is_closed_on_the_day_after(hearing, panel, sign_in):
    with clock.at(make.SATURDAY + timedelta(days=1)):
        answer = sign_in(panel[0]).get(url(hearing))

    assert answer.status_code == 404


def test_a_juror_who_stood_down_is_out(cast, hearing, panel, sign_in):
    hearing.panel.seat_of(panel[5]).stand_down("Knows the family.", by=cast.cora)

    assert sign_in(panel[5]).get(url(hearing)).status_code == 404


def test_a_bailiff_decides_nothing_and_so_opens_nothing(hearing, panel, sign_in):
    seat = hearing.panel.seat_of(panel[1])
    before = sign_in(panel[1]).get(url(hearing)).status_code
    seat.post = m.Post.BAILIFF
    db.session.commit()

    assert (before, sign_in(panel[1]).get(url(hearing)).status_code) == (200, 404)


# What a juror sees


def test_a_juror_sees_the_young_person_but_not_who_they_are(hearing, lead):
    page = lead.get(url(hearing)).text

    shown = (
        "Jordan T.",
        "15",
        "Shoplifting",
        "Took a jacket from a store.",
        "Draws; looks after a brother.",
        "Step team",
    )
    hidden = ("Tate", "Renee", "Elm Street", "Lincoln High", "2011", "Obi")
    assert [word for word in shown if word not in page] == []
    assert [word for word in hidden if word in page] == []


def test_no_page_of_the_room_says_the_family_name(hearing, room, panel, lead):
    write_everything(room, by=panel[0])
    called(room, by=panel[0])

    told = {page: lead.get(url(hearing, page), follow_redirects=True).text for page in PAGES}

    assert [page for page, text in told.items() if "Tate" in text] == []
    assert "Jordan" in told["/check"]


def test_before_the_hearing_is_held_the_page_says_so(court, cast, sign_in):
    case = make.admitted(court, cast.cora)
    day = make.court_session(court, cast.cora)
    hearing = make.hearing(case, day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    make.drawn(hearing, cast.cora)
    browser = sign_in(make.panel_users(hearing)[0])

    page, findings = browser.get(url(hearing)), browser.get(url(hearing, "/findings"))
    waits = browser.get(url(hearing, "/waiting?state=listening")).text
    make.sworn(hearing, cast.cora).hold(by=cast.judy)
    db.session.commit()
    heard = browser.get(url(hearing, "/waiting?state=listening")).text

    assert ("has not been held yet" in page.text, "state=listening" in page.text) == (True, True)
    assert (findings.status_code, "has not been held" in findings.text) == (409, True)
    assert ("data-over" in waits, "data-over" in heard, url(hearing, "/alone") in heard) == (
        False,
        True,
        True,
    )


def test_the_judges_question_stands_on_every_page(court, cast, hearing, panel, sign_in):
    deliberation = make.proposed(hearing)
    deliberation.return_to_panel("Why so many hours?", meets_on=court.today, by=cast.judy)
    browser = sign_in(panel[3])

    pages = [browser.get(url(hearing, page)).text for page in ("", "/table", "/plan", "/vote", "/send")]

    assert [page.count("Why so many hours?") for page in pages] == [1] * 5
    assert "The judge asks you to think again" in browser.get(url(hearing, "/waiting?state=sent-1")).text
    assert browser.get(url(hearing, "/reading")).location == url(hearing, "/table")
    assert "Said so in their own words." in browser.get(url(hearing, "/findings")).text


def test_an_open_room_takes_few_queries(hearing, room, panel, lead):
    write_everything(room, by=panel[0])
    called(room, by=panel[0])
    pages = ("", "/findings", "/plan", "/vote", "/send", "/waiting")
    addresses, counts = {page: url(hearing, page) for page in pages}, {}

    for page, address in addresses.items():
        db.session.expunge_all()
        with counting_statements(db.engine) as statements:
            lead.get(address)
        counts[page] = len(asked_by_the_page(statements))

    assert counts == {"": 10, "/findings": 12, "/plan": 12, "/vote": 9, "/send": 12, "/waiting": 9}


# Alone


@pytest.fixture
def silent(court, cast):
    """A hearing whose panel was just sent to decide."""
    return make.held(court, cast, name="Ana Silva")


def test_a_sheet_is_handed_in_and_nobody_else_sees_a_word_of_it(cast, silent, sign_in):
    users = make.panel_users(silent)
    answer = sign_in(users[1]).post(
        url(silent, "/alone"), data=alone_typed(silent.deliberation, "Blue elephants.")
    )
    staff = [
        sign_in(cast.cora).get(f"/hearings/{silent.id}"),
        sign_in(cast.judy).get(f"/cases/{silent.case_id}"),
    ]

    lead = sign_in(users[0])
    seen = [lead.get(url(silent, page), follow_redirects=True).text for page in ("", "/alone", "/table")]

    assert (answer.status_code, len(silent.deliberation.worksheets)) == (302, 1)
    assert "Blue elephants." in sign_in(users[1]).get(url(silent, "/alone")).text
    assert [text for text in [*seen, *(page.text for page in staff)] if "elephants" in text] == []
    assert "1 of 6 have handed in." in seen[1]


def test_a_missing_reason_is_said_beside_its_question_and_nothing_is_lost(silent, sign_in):
    typed = {**alone_typed(silent.deliberation, "Typed words."), "sees_need_reason": " "}

    answer = sign_in(make.panel_users(silent)[2]).post(url(silent, "/alone"), data=typed)

    assert answer.status_code == 422
    assert "Write the reason for answer 3." in answer.text
    assert answer.text.count("Typed words.") == 3
    assert silent.deliberation.worksheets == []


def test_an_amount_outside_the_grid_is_said_beside_it(silent, sign_in):
    typed = alone_typed(silent.deliberation, service="60")

    answer = sign_in(make.panel_users(silent)[2]).post(url(silent, "/alone"), data=typed)

    assert (answer.status_code, "outside the court&#39;s limits" in answer.text) == (409, True)


def test_the_foreperson_opens_the_table_without_the_missing_after_a_question(silent, sign_in):
    lead = sign_in(make.panel_users(silent)[0])

    question = lead.get(url(silent, "/opening")).text
    answer = lead.post(url(silent, "/opening"))

    assert "6 jurors have not handed in." in question
    assert (answer.location, silent.deliberation.is_open) == (url(silent, "/table"), True)
    assert "Fewer than three handed in" in lead.get(url(silent, "/table")).text


def test_when_all_are_in_the_spread_is_shown_to_the_whole_panel(silent, sign_in):
    for number, user in enumerate(make.panel_users(silent)):
        browser = sign_in(user)
        browser.post(url(silent, "/alone"), data=alone_typed(silent.deliberation, f"Reason {number}.", "15"))

    page = browser.get(url(silent, "/table")).text

    assert [f"Reason {number}." in page for number in range(6)] == [True] * 6
    assert "6 of you named it." in page
    assert [name for name in ("Obi", "Amara", "Kim") if name in page] == []


def test_the_plan_begins_with_the_middle_of_what_was_named(silent, sign_in):
    users = make.panel_users(silent)
    for user, hours in zip(users, ("15", "16", "17", "20", "25", "25"), strict=True):
        sign_in(user).post(url(silent, "/alone"), data=alone_typed(silent.deliberation, service=hours))

    page = sign_in(users[0]).get(url(silent, "/plan")).text

    assert "What most of you named is filled in" in page
    assert 'value="17"' in page


# Findings


def test_findings_are_saved_all_in_one(hearing, room, lead):
    answer = lead.post(url(hearing, "/findings"), data=findings_typed(room))

    assert (answer.status_code, answer.location) == (302, url(hearing, "/check"))
    assert [(f.question, f.answer, f.reason) for f in room.findings] == [
        (question, m.Answer.YES, "Said so.") for question in m.Question
    ]


def test_a_juror_who_does_not_lead_reads_along(hearing, room, panel, sign_in):
    write_everything(room, by=panel[0])
    other = sign_in(panel[4])

    pages = [other.get(url(hearing, page)).text for page in ("/findings", "/plan", "/steps/2", "/check")]
    answer = other.post(url(hearing, "/findings"), data=findings_typed(room, "Mine instead."))

    assert [page.count("<textarea") for page in pages] == [0] * 4
    assert (answer.status_code, {finding.reason for finding in room.findings}) == (
        409,
        {"Said so in their own words."},
    )


def test_a_stale_form_is_refused_with_both_texts_in_sight(hearing, room, panel, sign_in):
    opened = deliberating.findings_seen(room)
    lead = sign_in(panel[0])
    lead.post(url(hearing, "/findings"), data=findings_typed(room, "The first text."))

    answer = lead.post(url(hearing, "/findings"), data=findings_typed(room, "The late text.", seen=opened))

    assert answer.status_code == 409
    assert ("The first text." in answer.text, "The late text." in answer.text) == (True, True)
    assert {finding.reason for finding in room.findings} == {"The first text."}
    assert f'value="{deliberating.findings_seen(room)}"' in answer.text


def test_a_note_is_kept_step_by_step_and_shown_to_the_panel(hearing, room, panel, lead, sign_in):
    answer = lead.post(url(hearing, "/steps/3"), data={"words": "The shop keeper stayed late."})

    assert answer.location == url(hearing, "/steps/4")
    assert "The shop keeper stayed late." in sign_in(panel[2]).get(url(hearing, "/steps/3")).text
    assert "The shop keeper stayed late." in lead.get(url(hearing, "/steps/5")).text


# The plan


def test_a_plan_is_typed_in_hours_and_kept_in_minutes(court, hearing, room, lead):
    essay = make.activity(court, "restitution").id
    more = {f"asks_{essay}": "y", f"amount_{essay}": "$40", f"due_on_{essay}": room.last_due_on.isoformat()}
    more |= {f"purpose_{essay}": "harm", f"builds_{essay}": "Half of the jacket."}

    answer = lead.post(url(hearing, "/plan"), data=plan_typed(room, service="17.5", **more))

    assert answer.location == url(hearing, "/findings")
    assert [(str(p.activity), p.amount) for p in room.proposals] == [
        ("Community service", 1050),
        ("Jury duty", 2),
        ("Paying back", 4000),
    ]


def test_the_limits_are_said_in_words(hearing, lead):
    page = lead.get(url(hearing, "/plan")).text

    assert "The court allows 15 to 25 hours." in page
    assert "The court allows 2 to 4 sittings." in page


def test_outside_the_grid_is_refused_beside_the_field(hearing, room, lead):
    answer = lead.post(url(hearing, "/plan"), data=plan_typed(room, service="60"))

    assert answer.status_code == 422
    assert "outside the court&#39;s limits" in answer.text
    assert 'value="60"' in answer.text
    assert room.proposals == []


def test_outside_the_grid_goes_with_a_written_reason(court, hearing, room, lead):
    number = make.activity(court, "service").id
    reason = {f"outside_reason_{number}": "Asked for more, to pay a debt."}

    lead.post(url(hearing, "/plan"), data=plan_typed(room, service="60", **reason))

    assert [(p.amount, p.outside_reason) for p in room.proposals] == [
        (3600, "Asked for more, to pay a debt."),
        (2, ""),
    ]


def test_every_line_that_does_not_fit_says_so_at_once(court, hearing, room, lead):
    duty = make.activity(court, "jury_duty").id

    answer = lead.post(url(hearing, "/plan"), data=plan_typed(room, service="", **{f"amount_{duty}": "9"}))

    assert "Write how much." in answer.text
    assert "outside the court&#39;s limits" in answer.text


def test_mandatory_jury_duty_cannot_be_left_out(court, hearing, room, lead):
    typed = plan_typed(room)
    del typed[f"asks_{make.activity(court, 'jury_duty').id}"]

    lead.post(url(hearing, "/plan"), data=typed)

    assert [p.activity.is_jury_duty for p in room.proposals] == [False, True]


def test_an_activity_that_is_not_ticked_leaves_the_plan(court, hearing, room, panel, lead):
    write_everything(room, by=panel[0])
    typed = plan_typed(room, service="not a number")
    del typed[f"asks_{make.activity(court, 'service').id}"]

    lead.post(url(hearing, "/plan"), data=typed)

    assert [str(p.activity) for p in room.proposals] == ["Jury duty"]


def test_a_stale_plan_is_refused_and_kept_on_the_page(hearing, room, panel, lead):
    typed = plan_typed(room, service="18")
    write_everything(room, by=panel[0])

    answer = lead.post(url(hearing, "/plan"), data=typed)

    assert answer.status_code == 409
    assert ('value="18"' in answer.text, "The plan on your panel now" in answer.text) == (True, True)
    assert room.proposals[0].amount == 1200


@pytest.mark.parametrize("name", ["purpose", "builds"])
def test_every_item_is_asked_what_it_repairs_or_builds(court, hearing, room, lead, name):
    duty = make.activity(court, "jury_duty").id

    answer = lead.post(url(hearing, "/plan"), data=plan_typed(room, **{f"{name}_{duty}": ""}))

    assert (answer.status_code, room.proposals) == (422, [])
    assert "what it repairs or builds." in answer.text


# The vote


def test_the_vote_is_called_on_a_plan_that_is_whole(hearing, lead):
    page, answer = lead.get(url(hearing, "/vote")), lead.post(url(hearing, "/vote/call"))

    assert "Answer each of the four questions" in page.text
    assert (answer.status_code, 'name="agrees"' in page.text) == (409, False)


def test_a_vote_counts_and_cannot_be_changed(hearing, room, panel, sign_in):
    write_everything(room, by=panel[0])
    number, browser = called(room, by=panel[0]), sign_in(panel[1])
    vote(browser, hearing, number)

    answer = vote(browser, hearing, number, "not_yet")

    assert (answer.status_code, room.round.agreeing, room.round.not_yet) == (409, 1, 0)
    assert "can no longer be changed" in answer.text
    assert 'name="agrees"' not in browser.get(url(hearing, "/vote")).text


def test_the_same_form_sent_twice_is_one_vote_and_leads_to_the_same_page(hearing, room, panel, sign_in):
    write_everything(room, by=panel[0])
    typed = {"agrees": "yes", "round": called(room, by=panel[0]), "request_id": "a-request"}
    browser = sign_in(panel[1])

    answers = [browser.post(url(hearing, "/vote"), data=typed) for _time in range(2)]

    assert [(each.status_code, each.location) for each in answers] == [(302, url(hearing, "/vote"))] * 2
    assert (room.round.agreeing, room.round.not_yet) == (1, 0)


def test_no_page_says_a_count_before_all_are_in(hearing, room, panel, sign_in):
    write_everything(room, by=panel[0])
    number = called(room, by=panel[0])
    browsers = [sign_in(user) for user in panel]
    for browser, choice in zip(browsers[:5], ["yes"] * 4 + ["not_yet"], strict=True):
        vote(browser, hearing, number, choice)

    before = [b.get(url(hearing, page)).text for b in browsers for page in ("/vote", "/waiting", "/send")]
    vote(browsers[5], hearing, number)
    after = browsers[1].get(url(hearing, "/vote")).text

    assert [text for text in before if " agree" in text and "of 6 agree" in text] == []
    assert all("5 of 6 have voted." in text for text in before)
    assert ("5 of 6 agree." in after, "1 does not agree yet." in after) == (True, True)


def test_a_vote_on_a_plan_that_changed_is_refused_and_shows_the_new_one(court, hearing, room, panel, lead):
    write_everything(room, by=panel[0])
    number = called(room, by=panel[0])
    essay = {"by": panel[0], "builds": "Words.", "purpose": m.Purpose.HARM}
    room.propose(make.activity(court, "essay"), 1, room.last_due_on, **essay)
    db.session.commit()

    answer = vote(lead, hearing, number)

    assert (answer.status_code, "The plan changed since you opened it." in answer.text) == (409, True)
    assert room.round is None


def test_the_live_part_answers_304_until_somebody_voted(hearing, room, panel, sign_in):
    write_everything(room, by=panel[0])
    number, mine = called(room, by=panel[0]), sign_in(panel[0])
    mine.get(url(hearing, "/waiting"))  # that somebody looked is written down, once
    first = mine.get(url(hearing, "/waiting?state=voting-1"))

    same = mine.get(url(hearing, "/waiting"), headers={"If-None-Match": first.headers["ETag"]})
    vote(sign_in(panel[1]), hearing, number)
    changed = mine.get(
        url(hearing, "/waiting?state=voting-1"), headers={"If-None-Match": first.headers["ETag"]}
    )

    assert (first.status_code, same.status_code, changed.status_code) == (200, 304, 200)
    assert ("0 of 6 have voted." in first.text, "1 of 6 have voted." in changed.text) == (True, True)


def test_the_foreperson_hears_of_an_empty_seat_and_nobody_else_does(hearing, room, panel, cast, sign_in):
    hearing.panel.reserves[0].sworn_at = hearing.held_at
    lead, other, live = sign_in(panel[0]), sign_in(panel[1]), url(hearing, "/waiting?state=together-0")
    before = lead.get(live).text
    hearing.panel.seat_of(panel[5]).stand_down("Knows the family.", by=cast.cora)
    db.session.commit()

    said, loaded = lead.get(live).text, lead.get(url(hearing, "/table")).text

    address = url(hearing, "/reserve")
    assert [address in text for text in (before, said, other.get(live).text)] == [False, True, False]
    assert loaded.count(address) == 1
    assert address not in lead.get(live + "&told=1").text


def test_the_live_part_calls_for_the_page_anew_when_the_panel_goes_on(hearing, room, panel, sign_in):
    write_everything(room, by=panel[0])
    browser = sign_in(panel[1])
    before = browser.get(url(hearing, "/waiting?state=together-0")).text
    called(room, by=panel[0])

    after = browser.get(url(hearing, "/waiting?state=together-0")).text

    assert ("data-over" in before, "data-over" in after) == (False, True)


def test_the_foreperson_counts_without_the_missing_after_a_question(hearing, room, panel, sign_in):
    write_everything(room, by=panel[0])
    number, lead = called(room, by=panel[0]), sign_in(panel[0])
    too_soon = lead.post(url(hearing, "/vote/close"))
    for user in panel[:4]:
        vote(sign_in(user), hearing, number)

    question, answer = lead.get(url(hearing, "/vote/close")).text, lead.post(url(hearing, "/vote/close"))
    page = lead.get(url(hearing, "/vote")).text

    assert (too_soon.status_code, "2 jurors have not voted." in question, answer.status_code) == (
        409,
        True,
        302,
    )
    assert ("4 of 6 agree." in page, "2 did not vote." in page) == (True, True)


def test_one_item_is_left_to_the_judge_after_a_vote_that_failed(silent, sign_in):
    users, room = make.panel_users(silent), silent.deliberation
    for user, hours in zip(users, ("15", "16", "17", "20", "25", "25"), strict=True):
        sign_in(user).post(url(silent, "/alone"), data=alone_typed(room, service=hours))
    make.written(silent, by=users[0])
    make.voted(room, dict.fromkeys(users[:5], True) | {users[5]: False}, by=users[0])
    lead = sign_in(users[0])

    page = lead.get(url(silent, "/vote/left-open")).text
    hours, _duty = room.proposals
    answer = lead.post(url(silent, "/vote/left-open"), data={"item": hours.id})

    assert ("Community service: from 15 hours to 25 hours" in page, "Jury duty" in page) == (True, False)
    assert (answer.status_code, hours.lowest, hours.highest) == (302, 900, 1500)
    assert "The judge will say how much, from 15 hours to 25 hours" in lead.get(url(silent, "/check")).text


# Somebody steps aside


def test_who_steps_aside_is_out_and_only_staff_read_why(cast, hearing, panel, sign_in):
    leaving = sign_in(panel[5])

    answer = leaving.post(url(hearing, "/step-aside"), data={"reason": "My cousin goes out with him."})

    assert (answer.status_code, leaving.get(url(hearing)).status_code) == (302, 404)
    assert "My cousin goes" in sign_in(cast.cora).get(f"/hearings/{hearing.id}").text
    assert "My cousin goes" not in sign_in(panel[0]).get(url(hearing)).text


# How it reads


def test_the_check_shows_the_decision_in_both_languages_with_hints(hearing, room, panel, lead):
    typed = findings_typed(room, "Consequently comprehension was demonstrated. Said it straight.")
    lead.post(url(hearing, "/findings"), data=typed)
    lead.post(url(hearing, "/plan"), data=plan_typed(room))

    english, spanish = (lead.get(url(hearing, f"/check?language={code}")).text for code in ("en", "es"))

    assert ("What you will do" in english, '<html lang="es">' in spanish) == (True, True)
    assert "What you will do" not in spanish
    assert ("<q>comprehension</q>" in english, "<q>straight</q>" in english) == (True, False)


def test_the_decision_is_read_out_page_by_page_also_after_it_was_sent(hearing, lead):
    make.proposed(hearing)
    db.session.commit()

    pages = [lead.get(url(hearing, f"/reading?page={number}")).text for number in range(1, 9)]

    assert "Jordan, the panel has listened to you." in pages[0]
    assert "Said so in their own words." in pages[1]
    assert "Gives back to the neighbourhood." in pages[5]
    assert [page.count('rel="next"') for page in pages] == [1] * 7 + [0]
    assert [page.count("<button") for page in pages] == [pages[0].count("<button")] * 8


# Sending


def all_agree(hearing, panel):
    make.voted(hearing.deliberation, dict.fromkeys(panel, True), by=panel[0])
    db.session.commit()


def test_the_foreperson_sends_the_plan(hearing, room, panel, lead):
    write_everything(room, by=panel[0])
    all_agree(hearing, panel)

    answer = lead.post(url(hearing, "/send"))

    assert (answer.location, room.is_decided, hearing.case.stage) == (
        url(hearing, "/reading"),
        True,
        m.CaseStage.PROPOSED,
    )
    assert "Your plan is with the judge." in lead.get(url(hearing)).text


def test_another_juror_does_not_send_it(hearing, room, panel, sign_in):
    write_everything(room, by=panel[0])
    all_agree(hearing, panel)
    browser = sign_in(panel[1])

    page, answer = browser.get(url(hearing, "/send")), browser.post(url(hearing, "/send"))

    assert "The foreperson does this for the panel." in page.text
    assert (answer.status_code, room.is_decided) == (409, False)


def test_a_plan_that_is_not_agreed_is_not_sent(hearing, room, panel, lead):
    write_everything(room, by=panel[0])

    answer = lead.post(url(hearing, "/send"))

    assert (answer.status_code, "The panel has not voted on this plan." in answer.text) == (409, True)


def test_once_sent_the_pages_are_read_only(hearing, room, panel, lead):
    make.proposed(hearing)
    db.session.commit()

    pages = [lead.get(url(hearing, page)).text for page in ("/findings", "/plan", "/send", "/opening")]

    assert ["its plan is with the judge" in page for page in pages] == [True] * 4
    assert [page.count('<form class="form') for page in pages] == [0] * 4
