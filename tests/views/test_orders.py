"""The judge's desk."""

from datetime import time, timedelta

import pytest

from tests import make
from tests.browser import asked_by_the_page, counting_statements
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.permissions import Role


@pytest.fixture
def plan(court, cast):
    """A plan of 20 hours of service and two sittings that waits for Judy."""
    return make.proposed(make.held(court, cast))


@pytest.fixture
def judge(cast, plan, sign_in):
    return sign_in(cast.judy)


def drafted(plan, by):
    order = m.DispositionOrder.draft_for(plan, by=by)
    db.session.commit()
    return order


def typed_of(order, **more):
    typed = {"reason": ""}
    for item in order.items:
        number = item.activity_id
        amount = item.amount // 60 if item.activity.unit == "minutes" else item.amount
        typed |= {
            f"asks_{number}": "y",
            f"amount_{number}": str(amount),
            f"due_on_{number}": item.due_on.isoformat(),
            f"builds_{number}": item.builds,
        }
    return {**typed, **more}


def changed(judge, order, hours="15", reason="Has paid already."):
    number = make.activity(order.court, "service").id
    typed = typed_of(order, **{f"amount_{number}": hours, "reason": reason})
    return judge.post(f"/orders/{order.id}/change", data=typed)


# What waits


def test_the_list_holds_what_waits_for_this_judge(court, plan, judge, sign_in):
    other = sign_in(make.user(court, "Jude Law", Role.JUDGE))

    mine, theirs = judge.get("/orders/").text, other.get("/orders/").text

    assert ("Jordan Tate" in mine, "1 plan waits for you" in mine) == (True, True)
    assert ("Jordan Tate" in theirs, "Nothing waits for you" in theirs) == (False, True)


def test_the_list_keeps_up_with_what_panels_send(court, cast, judge, plan):
    first = judge.get("/orders/part")
    plan.return_to_panel("Why so many hours?", meets_on=court.today, by=cast.judy)
    db.session.commit()

    seen = {"If-None-Match": first.headers["ETag"]}
    later = judge.get("/orders/part", headers=seen)
    same = judge.get("/orders/part", headers={"If-None-Match": later.headers["ETag"]})

    assert ("Jordan Tate" in first.text, "Jordan Tate" in later.text, same.status_code) == (True, False, 304)


def test_the_list_takes_as_many_queries_for_one_plan_as_for_none(court, cast, plan, judge):
    with counting_statements(db.engine) as statements:
        judge.get("/orders/")

    assert len(asked_by_the_page(statements)) == 4


def test_another_judge_does_not_find_the_plan(court, plan, sign_in):
    other = sign_in(make.user(court, "Jude Law", Role.JUDGE))

    assert other.get(f"/orders/decide/{plan.id}").status_code == 404


# The decision


def test_the_judge_sees_findings_plan_limits_and_the_panel_by_short_names(plan, judge):
    page = judge.get(f"/orders/decide/{plan.id}").text

    foreperson = plan.hearing.panel.foreperson.juror.person
    assert "Community service: 20 hours" in page
    assert "The court allows 15 to 25 hours." in page
    assert "Said so in their own words." in page
    assert (foreperson.short_name in page, foreperson.family_name in page) == (True, False)


def test_the_decision_page_takes_few_queries(plan, judge):
    address = f"/orders/decide/{plan.id}"
    db.session.commit()
    db.session.expunge_all()
    with counting_statements(db.engine) as statements:
        judge.get(address)

    assert len(asked_by_the_page(statements)) == 16


def test_approving_signs_the_plan_as_it_was_read(plan, judge):
    answer = judge.post(f"/orders/decide/{plan.id}/approval", data={"revision": plan.revision})

    (order,) = plan.orders
    assert (answer.location, order.is_signed) == (f"/orders/{order.id}", True)
    assert [o.amount_owed for o in plan.hearing.case.obligations] == [1200, 2]


def test_approving_something_older_is_refused(plan, judge):
    answer = judge.post(f"/orders/decide/{plan.id}/approval", data={"revision": plan.revision - 1})

    assert (answer.status_code, plan.orders) == (409, [])


def test_after_signing_the_page_leads_to_the_order(plan, cast, judge):
    order = make.signed(plan, cast.judy)
    db.session.commit()

    page = judge.get(f"/orders/decide/{plan.id}").text

    assert (order.number in page, "Approve and sign" in page) == (True, False)


def test_returning_sends_a_question_and_a_day(court, plan, judge):
    tomorrow = court.today + timedelta(days=1)

    answer = judge.post(
        f"/orders/decide/{plan.id}/return", data={"question": "Why no apology?", "meets_on": tomorrow}
    )

    assert answer.location == "/orders/"
    assert (plan.is_decided, plan.judges_question, plan.hearing.sits_on) == (
        False,
        "Why no apology?",
        tomorrow,
    )


@pytest.mark.parametrize(
    ("question", "day", "status", "says"),
    [
        ("", make.TODAY, 422, "Write what the panel should think about again."),
        ("Why?", make.TODAY - timedelta(days=1), 409, "This day is over."),
        ("Why?", "", 422, "Give a day."),
    ],
)
def test_a_return_needs_a_question_and_a_day_to_come(plan, judge, question, day, status, says):
    answer = judge.post(f"/orders/decide/{plan.id}/return", data={"question": question, "meets_on": day})

    assert (answer.status_code, says in answer.text, plan.is_decided) == (status, True, True)


def test_what_was_typed_is_kept_when_the_return_is_refused(plan, judge):
    typed = {"question": "Why no apology?", "meets_on": make.TODAY - timedelta(days=1)}

    assert "Why no apology?" in judge.post(f"/orders/decide/{plan.id}/return", data=typed).text


# Changing


def test_changing_starts_with_what_the_panel_proposed(plan, judge):
    answer = judge.post(f"/orders/decide/{plan.id}/draft")

    (order,) = plan.orders
    page = judge.get(answer.location).text
    assert answer.location == f"/orders/{order.id}/change"
    assert ('value="20"' in page, "As the panel proposed it" in page) == (True, True)


def test_a_change_leads_to_the_page_that_shows_the_difference(plan, cast, judge):
    order = drafted(plan, cast.judy)

    answer = changed(judge, order)

    page = judge.get(answer.location).text
    assert answer.location == f"/orders/{order.id}/sign"
    assert ("20 hours, by" in page, "15 hours, by" in page, "Has paid already." in page) == (True,) * 3


def test_a_change_needs_a_reason_and_keeps_what_was_typed(plan, cast, judge):
    order = drafted(plan, cast.judy)

    answer = changed(judge, order, hours="13", reason="")

    assert answer.status_code == 409
    assert ("Write the reason." in answer.text, 'value="13"' in answer.text) == (True, True)
    assert order.items[0].amount == 1200


def test_an_item_that_cannot_be_says_so_beside_its_field(court, plan, cast, judge):
    order = drafted(plan, cast.judy)
    service, duty = make.activity(court, "service").id, make.activity(court, "jury_duty").id
    wrong = {f"amount_{service}": "0", f"due_on_{duty}": make.TODAY - timedelta(days=1)}

    answer = judge.post(f"/orders/{order.id}/change", data=typed_of(order, reason="Why", **wrong))

    assert answer.status_code == 422
    assert f'id="amount_{service}-error"' in answer.text
    assert f'id="due_on_{duty}-error"' in answer.text


def test_items_are_dropped_and_added(court, plan, cast, judge):
    order = drafted(plan, cast.judy)
    service, essay = make.activity(court, "service").id, make.activity(court, "essay").id
    typed = typed_of(order, reason="Works all week.")
    del typed[f"asks_{service}"]
    typed |= {f"asks_{essay}": "y", f"amount_{essay}": "1", f"due_on_{essay}": plan.last_due_on.isoformat()}

    judge.post(f"/orders/{order.id}/change", data=typed)

    assert [str(item.activity) for item in order.items] == ["Jury duty", "Essay"]


# Signing


def test_signing_what_was_read_signs_it(plan, cast, judge):
    order = drafted(plan, cast.judy)
    changed(judge, order)

    answer = judge.post(f"/orders/{order.id}/sign", data={"seen": order.fingerprint()})

    assert (answer.location, order.number) == (f"/orders/{order.id}", f"{order.case.number}-A")


def test_signing_ones_own_change_unseen_is_refused_and_shows_it(plan, cast, judge):
    order = drafted(plan, cast.judy)
    seen = order.fingerprint()
    changed(judge, order)

    answer = judge.post(f"/orders/{order.id}/sign", data={"seen": seen})

    assert answer.status_code == 409
    assert "Read it once more, then sign." in answer.text
    assert f'value="{order.fingerprint()}"' in answer.text
    assert not order.is_signed


def test_a_changed_draft_is_not_approved_from_the_decision_page(plan, cast, judge):
    changed(judge, drafted(plan, cast.judy))

    page = judge.get(f"/orders/decide/{plan.id}").text
    answer = judge.post(f"/orders/decide/{plan.id}/approval", data={"revision": plan.revision})

    assert ("Approve and sign" in page, "Read the changed order" in page) == (False, True)
    assert answer.status_code == 409


def test_a_signed_order_is_not_changed(plan, cast, judge):
    order = make.signed(plan, cast.judy)
    db.session.commit()

    page = judge.get(f"/orders/{order.id}/change").text
    answer = changed(judge, order)

    assert "To change it, amend it." in page
    assert (answer.status_code, order.items[0].amount) == (409, 1200)


# The signed order


def test_a_coordinator_reads_the_signed_order_but_no_draft(court, cast, plan, sign_in):
    order = drafted(plan, cast.judy)
    browser = sign_in(cast.cora)

    before = browser.get(f"/orders/{order.id}").status_code
    make.signed(plan, cast.judy)
    db.session.commit()
    after = browser.get(f"/orders/{order.id}")

    assert (before, after.status_code) == (404, 200)
    assert (order.number in after.text, "Amend this order" in after.text) == (True, False)


@pytest.mark.parametrize(("page", "queries"), [("", 14), ("/sign", 7), ("/change", 6)])
def test_a_page_of_one_order_takes_few_queries(plan, cast, judge, page, queries):
    order = make.signed(plan, cast.judy)
    address = f"/orders/{order.id}{page}"
    db.session.commit()
    db.session.expunge_all()

    with counting_statements(db.engine) as statements:
        judge.get(address)

    assert len(asked_by_the_page(statements)) == queries


def test_amending_drafts_an_order_that_points_back(plan, cast, judge):
    order = make.signed(plan, cast.judy)
    db.session.commit()

    answer = judge.post(f"/orders/{order.id}/amendment")
    amendment = db.session.query(m.DispositionOrder).filter_by(amends=order).one()
    changed(judge, amendment, reason="Broke an arm.")
    judge.post(f"/orders/{amendment.id}/sign", data={"seen": amendment.fingerprint()})

    assert answer.location == f"/orders/{amendment.id}/change"
    assert (amendment.number, order.items[0].amount) == (f"{order.case.number}-B", 1200)
    assert [o.amount_owed for o in order.case.obligations] == [900, 2]
    assert "A later order took its place" in judge.get(f"/orders/{order.id}").text


# What a panel left open


@pytest.fixture
def left_open(plan):
    """The panel disagreed between 15 and 25 hours; the plan says 20 until the judge sets it."""
    service = plan.proposals[0]
    service.lowest, service.highest = 900, 1500
    db.session.commit()
    return plan


def test_what_the_panel_left_open_cannot_be_signed_with_one_tap(left_open, judge):
    page = judge.get(f"/orders/decide/{left_open.id}").text
    answer = judge.post(f"/orders/decide/{left_open.id}/approval", data={"revision": left_open.revision})

    assert ("Set what the panel left open" in page, "Approve and sign" in page) == (True, False)
    assert (answer.status_code, left_open.orders) == (409, [])


@pytest.mark.parametrize(("hours", "status"), [("14", 409), ("15", 302), ("25", 302), ("26", 409)])
def test_the_judge_sets_it_inside_the_range_and_is_told_beside_the_field(
    left_open, judge, cast, hours, status
):
    order = drafted(left_open, cast.judy)

    answer = changed(judge, order, hours=hours, reason="Between the two.")

    said = "The panel disagreed within a range. Choose an amount inside it." in answer.text
    assert (answer.status_code in (409, 422), said) == (status == 409, status == 409)


def test_a_value_outside_the_range_is_not_signed_either(left_open, judge, cast):
    order = drafted(left_open, cast.judy)
    order.items[0].amount = 1560
    order.change_reason = "More."
    db.session.commit()

    answer = judge.post(f"/orders/{order.id}/sign", data={"seen": order.fingerprint()})

    assert (answer.status_code, order.is_signed) == (409, False)


# For comparison


def test_like_cases_are_shown_from_three_on_without_a_name_or_a_number(court, cast, sign_in):
    names = ("Ann One", "Bea Two", "Cyd Three")
    others = [
        signed_case_on(court, cast, each, hours) for each, hours in zip(names, (16, 20, 24), strict=True)
    ]
    plan = plan_on(court, cast, "Dot Four")
    judge = sign_in(cast.judy)

    page = judge.get(f"/orders/decide/{plan.id}").text
    others[0].unsign("Another case.", by=cast.judy)
    db.session.commit()
    with_two = judge.get(f"/orders/decide/{plan.id}").text

    shown = page.split('id="like"')[1].split("</section>")[0]
    assert all(words in shown for words in ("3 of 3", "16 hours", "20 hours", "24 hours"))
    assert not any(each.case.number in shown or each.case.respondent.family_name in shown for each in others)
    assert "There are fewer than three" in with_two


def plan_on(court, cast, name):
    """A plan of another young person, heard on a day of its own at which the same jurors sat."""
    number = db.session.query(m.CourtSession).count()
    case = make.admitted(court, cast.cora, name)
    day = make.court_session(court, cast.cora, starts=(time(8 + number, 0),))
    hearing = make.hearing(case, day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    make.drawn(hearing, cast.cora)
    make.sworn(hearing, cast.cora).hold(by=cast.judy)
    return make.proposed(hearing)


def signed_case_on(court, cast, name, hours):
    court.seating_rules.places_a_day = 50
    order = make.signed(plan_on(court, cast, name), cast.judy)
    order.items[0].amount = hours * 60
    db.session.commit()
    return order


def test_the_judge_is_told_whether_the_sittings_fit_before_they_are_due(court, cast, plan, judge):
    before = judge.get(f"/orders/decide/{plan.id}").text
    for weeks in range(1, 6):
        make.court_session(court, cast.cora, held_on=court.today + timedelta(weeks=weeks))
    court.seating_rules.places_a_month = None
    db.session.commit()

    after = judge.get(f"/orders/decide/{plan.id}").text

    assert ("0 hearing days are planned before" in before, "through no fault of their own" in before) == (
        True,
        True,
    )
    assert ("5 hearing days are planned before" in after, "through no fault" in after) == (True, False)
