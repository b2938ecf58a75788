"""The desk: what needs somebody today, for each role."""

from datetime import timedelta

import pytest

from tests import make, stages
from tests.browser import counting_statements
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.permissions import Role
from youthcourt.reports import today


def text(answer):
    """The page's words, every run of white space as one blank."""
    return " ".join(answer.get_data(as_text=True).split())


def names(few):
    return [row.given_name for row in few.rows]


# The coordinator


def test_a_clock_that_runs_out_within_a_week_is_on_the_desk(court, cast):
    """15 business days to decide; on March 7, a referral of February 20 has until March 13."""
    make.referred(
        court,
        cast.cora,
        "Soon One",
        referred_on=make.TODAY - timedelta(15),
        incident_on=make.TODAY - timedelta(16),
    )
    make.referred(court, cast.cora, "Later Two")

    clocks = today.needs_coordinator(court)["clocks"]

    assert [(row.given_name, row.stage, row.due_on.isoformat()) for row in clocks.rows] == [
        ("Soon", m.CaseStage.REFERRED, "2026-03-13")
    ]


def test_an_intake_that_is_due_is_on_the_desk(court, cast):
    make.accepted(
        court,
        cast.cora,
        "Ines Due",
        referred_on=make.TODAY - timedelta(28),
        incident_on=make.TODAY - timedelta(30),
    )
    make.accepted(court, cast.cora, "Later Two")

    clocks = today.needs_coordinator(court)["clocks"]

    assert names(clocks) == ["Ines"]


def test_admitted_cases_wait_to_be_scheduled_longest_first(court, cast):
    make.admitted(court, cast.cora, "Second Case")
    with clock.at(make.SATURDAY - timedelta(days=3)):
        make.admitted(court, cast.cora, "First Case")

    waiting = today.needs_coordinator(court)["to_schedule"]

    assert names(waiting) == ["First", "Second"]


def test_what_is_overdue_and_what_is_done_are_on_the_desk(court, cast):
    case = stages.active(court, cast)
    service, duty = case.obligations
    duty.excuse("Moved.", by=cast.cora)
    db.session.flush()

    with clock.at(make.SATURDAY + timedelta(days=91)):
        late = today.needs_coordinator(court)
    service.credit(1200, make.TODAY, "Sr. Ruth", by=cast.cora)
    db.session.flush()
    done = today.needs_coordinator(court)

    assert [(row.activity, row.number) for row in late["overdue"].rows] == [
        ("Community service", case.number)
    ]
    assert (names(late["ready_to_close"]), names(done["ready_to_close"])) == ([], ["Jordan"])


def test_a_past_day_that_nobody_closed_is_on_the_desk(court, cast):
    day = make.court_session(court, cast.cora)

    with clock.at(make.SATURDAY + timedelta(days=1)):
        found = today.needs_coordinator(court)["days_to_close"]

    assert [row.id for row in found.rows] == [day.id]


def test_a_long_list_shows_a_few_and_says_how_many_more(court, cast):
    for n in range(today.LONGEST + 2):
        make.admitted(court, cast.cora, f"Young{n} Person")

    waiting = today.needs_coordinator(court)["to_schedule"]

    assert (len(waiting.rows), waiting.total, waiting.more) == (today.LONGEST, today.LONGEST + 2, 2)


def test_the_lists_of_one_court_leave_out_another(court, cast):
    there = make.court("Other Court")
    fay = make.user(there, "Fay Foreign", Role.COORDINATOR)
    make.admitted(there, fay, "Strange Case")

    needs = today.needs_coordinator(court)

    assert {part: few.total for part, few in needs.items()} == dict.fromkeys(today.PARTS, 0)


def test_the_coordinators_desk_shows_the_docket_and_days_not_ready(court, cast, sign_in):
    hearing = stages.day_with_hearing(court, cast)

    shown = text(sign_in(cast.cora).get("/"))

    assert f'href="/hearings/{hearing.id}"' in shown
    assert f"{hearing.case.number}: no panel yet." in shown


def test_a_quiet_desk_says_that_nothing_waits(cast, sign_in):
    shown = text(sign_in(cast.cora).get("/"))

    assert "Nothing waits for you" in shown
    assert "No hearing today." in shown


def test_the_desk_takes_as_many_statements_for_many_cases_as_for_one(court, cast, sign_in):
    stages.seated(court, cast)
    make.admitted(court, cast.cora, "Waiting Case")
    browser = sign_in(cast.cora)
    with counting_statements(db.engine) as few:
        browser.get("/")
    day = db.session.query(m.CourtSession).one()
    make.hearing(make.admitted(court, cast.cora, "Rosa Ruiz"), day, cast.judy, cast.cora, block=1)
    for n in range(4):
        make.admitted(court, cast.cora, f"Young{n} Person")
    later = make.court_session(court, cast.cora, held_on=make.TODAY + timedelta(days=3))
    make.hearing(make.admitted(court, cast.cora, "Sam Later"), later, cast.judy, cast.cora)
    db.session.commit()
    with counting_statements(db.engine) as many:
        browser.get("/")

    assert len(many) == len(few) <= 28


# The others


def test_a_judge_sees_how_many_plans_wait_and_their_own_docket(court, cast, sign_in):
    hearing = make.proposed(stages.held(court, cast)).hearing
    second = make.user(court, "Jude Second", Role.JUDGE)

    mine, theirs = (text(sign_in(judge).get("/")) for judge in (cast.judy, second))

    assert '<a href="/orders/">plans to sign</a></dt><dd>1</dd>' in mine
    assert '<a href="/orders/">plans to sign</a></dt><dd>0</dd>' in theirs
    assert [f'href="/hearings/{hearing.id}"' in shown for shown in (mine, theirs)] == [True, False]


def test_a_seated_juror_is_led_to_their_hearing(court, cast, sign_in):
    hearing = stages.held(court, cast)
    seated = make.juror_user(court, hearing.panel.sitting_seats[0].juror)

    seated.set_password(make.PASSWORD)
    shown = text(sign_in(seated).get("/"))

    assert f'href="/deliberations/{hearing.id}"' in shown
    assert "Jordan" not in shown


def test_a_juror_who_is_not_booked_is_told_so(court, cast, sign_in):
    account = make.user(court, "Amara Obi", Role.JUROR, person=cast.jurors[0].person)

    shown = text(sign_in(account).get("/"))

    assert "You are not booked for any day." in shown
    assert "Cases to schedule" not in shown


@pytest.mark.parametrize(("role", "place"), [(Role.FAMILY, "/my-case/"), (Role.ADMINISTRATOR, "/settings/")])
def test_who_has_nothing_on_the_desk_is_led_on(court, cast, sign_in, role, place):
    account = make.user(court, "Nora Next", role, person=make.person(court, "Nora Next"))

    answer = sign_in(account).get("/")

    assert (answer.status_code, answer.location) == (302, place)


def test_somebody_with_several_roles_sees_each_part(court, cast, sign_in):
    cast.cora.grant(Role.JUDGE, by=None)
    make.admitted(court, cast.cora, "Waiting Case")

    shown = text(sign_in(cast.cora).get("/"))

    assert "plans to sign" in shown
    assert "Cases to schedule" in shown


def test_nobody_is_asked_to_sign_in(client):
    answer = client.get("/")

    assert answer.location.startswith("/sign-in")
