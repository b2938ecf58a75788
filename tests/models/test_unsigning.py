"""A judge takes a signature back: recorded, with a reason, while nobody has built on it."""

from datetime import timedelta

import pytest

from tests import make
from tests.refusals import refused, refused_beside
from youthcourt import clock
from youthcourt import models as m
from youthcourt.permissions import Role
from youthcourt.procedures.court import hearing_day
from youthcourt.procedures.decision import signing

REASON = "The hours of another case."


@pytest.fixture
def plan(court, cast):
    return make.proposed(make.held(court, cast))


@pytest.fixture
def signed(plan, cast):
    return make.signed(plan, cast.judy)


def amended(order, cast, *items):
    amendment = m.DispositionOrder.amendment_of(order, by=cast.judy)
    amendment.change(list(items), "Asked for it.", by=cast.judy)
    signing.sign_order(amendment, seen=amendment.fingerprint(), by=cast.judy)
    return amendment


def item_of(order, kind, **other):
    item = next(each for each in order.items if each.activity.kind == kind)
    facts = {"activity": item.activity, "amount": item.amount, "due_on": item.due_on, "builds": item.builds}
    return m.Item(**{**facts, **other})


def test_an_order_taken_back_stays_and_asks_for_nothing(signed, cast, logged):
    signed.unsign(REASON, by=cast.judy)

    case = signed.case
    assert (signed.is_signed, signed.is_withdrawn, signed.unsigning.reason) == (True, True, REASON)
    assert (case.order, case.stage) == (None, m.CaseStage.PROPOSED)
    assert {each.state for each in case.obligations} == {m.ObligationState.WITHDRAWN}
    assert logged()[-1] == ("order.unsigned", cast.judy, {"number": signed.number, "reason": REASON})


def test_a_new_order_takes_its_place_and_points_back(plan, signed, cast):
    signed.unsign(REASON, by=cast.judy)

    anew = make.signed(plan, cast.judy)

    case = signed.case
    assert (anew.replaces, anew.number, case.order) == (signed, f"{case.number}-B", anew)
    assert (case.stage, len(case.open_obligations)) == (m.CaseStage.ACTIVE, 2)
    assert plan.orders == [signed, anew]


def test_a_plan_whose_order_was_taken_back_can_go_to_the_panel_again(plan, signed, cast, court):
    signed.unsign(REASON, by=cast.judy)
    m.DispositionOrder.draft_for(plan, by=cast.judy)

    plan.return_to_panel("Think of the hours.", meets_on=court.today, by=cast.judy)

    assert (plan.orders, signed.case.stage) == ([signed], m.CaseStage.HEARD)


def test_only_the_judge_who_signed_takes_it_back(signed, cast, court):
    other = make.user(court, "Jude Law", Role.JUDGE)

    assert refused(signed.unsign, REASON, by=other) == "Another judge signed this order."
    assert refused(signed.unsign, REASON, by=cast.cora) == "Another judge signed this order."
    assert refused_beside(signed.unsign, "  ", by=cast.judy) == ("reason", "Write the reason.")


def test_what_the_family_has_said_yes_to_is_not_taken_back(signed, cast):
    m.Acceptance.give(signed, signed.case.respondent, m.HowAnswered.ON_PAPER, by=cast.cora)

    assert refused(signed.unsign, REASON, by=cast.judy) == (
        "The family has said yes to this order. Amend it instead."
    )


def test_an_order_on_which_work_has_begun_is_not_taken_back(signed, cast, court):
    service = signed.case.obligations[0]
    service.credit(60, done_on=court.today, vouched_by="Sr. Ruth", by=cast.cora)

    assert refused(signed.unsign, REASON, by=cast.judy) == (
        "Work on this plan has begun. Amend the order instead."
    )


def test_nor_one_for_which_a_day_in_court_is_booked(signed, cast, court):
    duty = next(each for each in signed.case.obligations if each.activity.is_jury_duty)
    day = make.court_session(court, cast.cora, held_on=court.today + timedelta(days=14))
    juror = court.session.query(m.Juror).filter_by(person=signed.case.respondent).one()
    juror.train(held_on=court.today, minutes=60, by=cast.cora)
    hearing_day.book(juror, day, by=cast.cora)

    assert [sitting.court_session for sitting in duty.sittings] == [day]
    assert refused(signed.unsign, REASON, by=cast.judy) == (
        "Work on this plan has begun. Amend the order instead."
    )


def test_an_order_is_taken_back_once(signed, cast):
    signed.unsign(REASON, by=cast.judy)

    assert refused(signed.unsign, REASON, by=cast.judy) == "Only the order in force can be taken back."


def test_taking_an_amendment_back_restores_what_was_owed_before(signed, cast, court):
    essay = m.Item(make.activity(court, "essay"), 1, court.today + timedelta(days=30))
    fewer = item_of(signed, "jury_duty", amount=3, due_on=court.today + timedelta(days=120))
    amendment = amended(signed, cast, fewer, essay)

    amendment.unsign(REASON, by=cast.judy)

    case = signed.case
    owed = [(str(o), o.amount_owed, o.state.value, o.order is signed) for o in case.obligations]
    assert (case.order, case.stage) == (signed, m.CaseStage.ACTIVE)
    assert owed == [
        ("Community service", 1200, "excused", True),
        ("Jury duty", 2, "open", True),
        ("Essay", 1, "withdrawn", False),
        ("Community service", 1200, "open", True),
    ]
    assert case.obligations[1].due_on == item_of(signed, "jury_duty").due_on


def test_work_from_before_an_amendment_does_not_keep_it(signed, cast, court):
    signed.case.obligations[0].credit(60, done_on=court.today, vouched_by="Sr. Ruth", by=cast.cora)
    with clock.at(make.SATURDAY + timedelta(hours=1)):
        amendment = amended(
            signed, cast, item_of(signed, "service", amount=960), item_of(signed, "jury_duty")
        )
        amendment.unsign(REASON, by=cast.judy)

        again = amended(signed, cast, item_of(signed, "service", amount=900), item_of(signed, "jury_duty"))

    service = signed.case.obligations[0]
    assert (service.amount_owed, service.amount_done, service.order) == (900, 60, again)
    assert (again.replaces, again.amends, again.number) == (amendment, signed, f"{signed.case.number}-C")


def test_an_open_appeal_is_answered_by_taking_the_order_back(signed, cast):
    service = signed.items[0]
    appeal = m.Appeal.make(signed, signed.case.respondent, {service: "Too much."}, by=cast.cora)

    signed.unsign(REASON, by=cast.judy)

    [item] = appeal.items
    assert (item.answer, item.reason, appeal.is_open) == (m.AppealAnswer.CHANGED, REASON, False)
