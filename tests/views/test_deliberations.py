"""The jury room on a phone."""

from datetime import timedelta

import pytest

from tests import make
from tests.browser import asked_by_the_page, counting_statements
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.procedures import deliberating


@pytest.fixture
def hearing(court, cast):
    return make.held(court, cast)


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


def plan_typed(room, service="20", **more):
    court = room.hearing.court
    typed = {"seen": deliberating.plan_seen(room)}
    for kind, amount in (("service", service), ("jury_duty", "2")):
        number = make.activity(court, kind).id
        typed |= {
            f"asks_{number}": "y",
            f"amount_{number}": amount,
            f"due_on_{number}": room.last_due_on.isoformat(),
        }
    return {**typed, **more}


def write_everything(room, by):
    for question in m.Question:
        room.find(question, m.Answer.YES, "Said so.", by=by)
    court = room.hearing.court
    room.propose(make.activity(court, "service"), 1200, room.last_due_on, by=by, builds="Repairs.")
    room.propose(make.activity(court, "jury_duty"), 2, room.last_due_on, by=by)
    db.session.commit()


def vote(browser, hearing, agrees="yes"):
    revision = hearing.deliberation.revision
    return browser.post(url(hearing, "/vote"), data={"agrees": agrees, "revision": revision})


# Who gets in


@pytest.mark.parametrize("page", ["", "/findings", "/plan", "/vote", "/votes", "/send"])
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


@pytest.mark.parametrize("page", ["/findings", "/plan", "/vote", "/send"])
def test_no_page_of_the_room_says_the_family_name(hearing, room, panel, lead, page):
    write_everything(room, by=panel[0])

    assert "Tate" not in lead.get(url(hearing, page)).text


def test_before_the_hearing_is_held_the_page_says_so(court, cast, sign_in):
    case = make.admitted(court, cast.cora)
    day = make.court_session(court, cast.cora)
    hearing = make.hearing(case, day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    make.drawn(hearing, cast.cora)
    browser = sign_in(make.panel_users(hearing)[0])

    page, findings = browser.get(url(hearing)), browser.get(url(hearing, "/findings"))

    assert "has not been held yet" in page.text
    assert (findings.status_code, "has not been held" in findings.text) == (409, True)


def test_the_judges_question_stands_on_every_page(court, cast, hearing, panel, sign_in):
    deliberation = make.proposed(hearing)
    deliberation.return_to_panel("Why so many hours?", meets_on=court.today, by=cast.judy)
    browser = sign_in(panel[3])

    pages = [browser.get(url(hearing, page)).text for page in ("", "/findings", "/plan", "/vote", "/send")]

    assert [page.count("Why so many hours?") for page in pages] == [1] * 5


def test_an_open_room_takes_few_queries(hearing, room, panel, lead):
    write_everything(room, by=panel[0])
    pages = ("", "/findings", "/plan", "/vote", "/send", "/votes")
    addresses, counts = {page: url(hearing, page) for page in pages}, {}

    for page, address in addresses.items():
        db.session.expunge_all()
        with counting_statements(db.engine) as statements:
            lead.get(address)
        counts[page] = len(asked_by_the_page(statements))

    assert counts == {"": 4, "/findings": 9, "/plan": 9, "/vote": 10, "/send": 9, "/votes": 2}


# Findings


def test_findings_are_saved_all_in_one(hearing, room, lead):
    answer = lead.post(url(hearing, "/findings"), data=findings_typed(room))

    assert (answer.status_code, answer.location) == (302, url(hearing, "/plan"))
    assert [(f.question, f.answer, f.reason) for f in room.findings] == [
        (question, m.Answer.YES, "Said so.") for question in m.Question
    ]


def test_every_juror_of_the_panel_may_write(hearing, room, panel, sign_in):
    sign_in(panel[0]).post(url(hearing, "/findings"), data=findings_typed(room))

    sign_in(panel[4]).post(url(hearing, "/findings"), data=findings_typed(room, "Also helped clean up."))

    assert {finding.reason for finding in room.findings} == {"Also helped clean up."}


def test_a_missing_reason_is_said_beside_its_question_and_nothing_is_lost(hearing, room, lead):
    typed = {**findings_typed(room, "Typed words."), "sees_need_reason": " "}

    answer = lead.post(url(hearing, "/findings"), data=typed)

    assert answer.status_code == 422
    assert "Write the reason for answer 3." in answer.text
    assert answer.text.count("Typed words.") == 3
    assert room.findings == []


def test_a_stale_form_is_refused_with_both_texts_in_sight(hearing, room, panel, sign_in):
    opened = deliberating.findings_seen(room)
    sign_in(panel[0]).post(url(hearing, "/findings"), data=findings_typed(room, "The first text."))
    late = sign_in(panel[1])

    answer = late.post(url(hearing, "/findings"), data=findings_typed(room, "The late text.", seen=opened))

    assert answer.status_code == 409
    assert ("The first text." in answer.text, "The late text." in answer.text) == (True, True)
    assert {finding.reason for finding in room.findings} == {"The first text."}
    assert f'value="{deliberating.findings_seen(room)}"' in answer.text


# The plan


def test_a_plan_is_typed_in_hours_and_kept_in_minutes(court, hearing, room, lead):
    essay = make.activity(court, "restitution").id
    more = {f"asks_{essay}": "y", f"amount_{essay}": "$40", f"due_on_{essay}": room.last_due_on.isoformat()}

    answer = lead.post(url(hearing, "/plan"), data=plan_typed(room, service="17.5", **more))

    assert answer.location == url(hearing, "/vote")
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
    write_everything(room, by=panel[1])

    answer = lead.post(url(hearing, "/plan"), data=typed)

    assert answer.status_code == 409
    assert ('value="18"' in answer.text, "The plan on your panel now" in answer.text) == (True, True)
    assert room.proposals[0].amount == 1200


# The vote


def test_the_vote_is_for_a_plan_that_is_whole(hearing, lead):
    page = lead.get(url(hearing, "/vote"))

    assert "You cannot vote yet" in page.text
    assert 'name="agrees"' not in page.text


def test_a_vote_counts_and_can_be_changed(hearing, room, panel, lead):
    write_everything(room, by=panel[0])
    vote(lead, hearing)

    answer = vote(lead, hearing, "not_yet")

    assert (answer.status_code, [v.agrees for v in room.current_votes]) == (302, [False])


def test_counts_stay_hidden_until_one_has_voted(hearing, room, panel, sign_in):
    write_everything(room, by=panel[0])
    vote(sign_in(panel[0]), hearing)
    second = sign_in(panel[1])

    before = second.get(url(hearing, "/vote")).text
    vote(second, hearing, "not_yet")
    after = second.get(url(hearing, "/vote")).text

    assert ("1 of 6 agrees." in before, "once you have voted" in before) == (False, True)
    assert ("1 of 6 agrees." in after, "1 wants to talk more." in after) == (True, True)


def test_a_vote_on_a_plan_that_changed_is_refused_and_shows_the_new_one(court, hearing, room, panel, lead):
    write_everything(room, by=panel[0])
    seen = room.revision
    room.propose(make.activity(court, "essay"), 1, room.last_due_on, by=panel[1])
    db.session.commit()

    answer = lead.post(url(hearing, "/vote"), data={"agrees": "yes", "revision": seen})

    assert answer.status_code == 409
    assert f'value="{room.revision}"' in answer.text
    assert room.votes == []


def test_the_live_part_answers_304_until_the_count_changes(hearing, room, panel, sign_in):
    write_everything(room, by=panel[0])
    mine = sign_in(panel[0])
    vote(mine, hearing)
    first = mine.get(url(hearing, "/votes"))

    same = mine.get(url(hearing, "/votes"), headers={"If-None-Match": first.headers["ETag"]})
    vote(sign_in(panel[1]), hearing)
    changed = mine.get(url(hearing, "/votes"), headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, same.status_code, changed.status_code) == (200, 304, 200)
    assert "2 of 6 agree." in changed.text


def test_the_live_part_tells_when_the_plan_changed(court, hearing, room, panel, lead):
    write_everything(room, by=panel[0])
    seen = room.revision
    room.propose(make.activity(court, "essay"), 1, room.last_due_on, by=panel[1])
    db.session.commit()

    assert "The plan changed." in lead.get(url(hearing, f"/votes?revision={seen}")).text


# Sending


def all_agree(hearing, panel):
    for user in panel:
        hearing.deliberation.vote(True, seen_revision=hearing.deliberation.revision, by=user)
    db.session.commit()


def test_the_foreperson_sends_the_plan(hearing, room, panel, lead):
    write_everything(room, by=panel[0])
    all_agree(hearing, panel)

    answer = lead.post(url(hearing, "/send"))

    assert (answer.location, room.is_decided, hearing.case.stage) == (
        url(hearing),
        True,
        m.CaseStage.PROPOSED,
    )
    assert "Your plan is with the judge." in lead.get(url(hearing)).text


def test_another_juror_does_not_send_it(hearing, room, panel, sign_in):
    write_everything(room, by=panel[0])
    all_agree(hearing, panel)
    browser = sign_in(panel[1])

    page, answer = browser.get(url(hearing, "/send")), browser.post(url(hearing, "/send"))

    assert "The foreperson sends the plan." in page.text
    assert (answer.status_code, room.is_decided) == (409, False)


def test_a_plan_that_is_not_agreed_is_not_sent(hearing, room, panel, lead):
    write_everything(room, by=panel[0])

    answer = lead.post(url(hearing, "/send"))

    assert (answer.status_code, "0 of 6 votes needed agree so far." in answer.text) == (409, True)


def test_once_sent_the_pages_are_read_only(hearing, room, panel, lead):
    make.proposed(hearing)
    db.session.commit()

    pages = [lead.get(url(hearing, page)).text for page in ("/findings", "/plan", "/vote", "/send")]

    assert ["its plan is with the judge" in page for page in pages] == [True] * 4
    assert [page.count('<form class="form') for page in pages] == [0] * 4
