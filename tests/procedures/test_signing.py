"""Signing and amending: the plan begins, goes on changed, and whoever owes jury duty joins the jurors."""

from datetime import timedelta

import pytest

from tests import make
from tests.refusals import refused
from tests.stages import active, held
from youthcourt import models as m
from youthcourt.procedures.decision import signing

STATE = m.ObligationState


@pytest.fixture
def case(court, cast):
    """A case on its plan: 20 hours of service and two sittings of jury duty."""
    return active(court, cast)


def juror_of(person):
    return person.session.query(m.Juror).filter_by(person=person).one_or_none()


def amend(case, judge, reason="Things changed.", **changes):
    """Sign an amendment: `service=900`, `essay=1`, or None for what is no longer asked."""
    court, draft = case.court, m.DispositionOrder.amendment_of(case.order, by=judge)
    items = {str(item.activity.kind): item for item in draft.items}
    wanted = {kind: m.Item(i.activity, i.amount, i.due_on, i.builds) for kind, i in items.items()}
    for kind, amount in changes.items():
        due_on = court.today + timedelta(days=60)
        wanted[kind] = amount and m.Item(make.activity(court, kind), amount, due_on)
    draft.change([item for item in wanted.values() if item], reason=reason, by=judge)
    signing.sign_order(draft, seen=draft.fingerprint(), by=judge)
    case.session.flush()
    return draft


def owed(case):
    return [
        (str(each.activity.kind), each.amount_owed, each.amount_done, each.state) for each in case.obligations
    ]


# Signing


def test_signing_opens_what_is_owed_and_enrols_whoever_owes_jury_duty(case):
    assert owed(case) == [
        ("service", 1200, 0, STATE.OPEN),
        ("jury_duty", 2, 0, STATE.OPEN),
    ]
    assert (juror_of(case.respondent).is_volunteer, case.stage) == (False, m.CaseStage.ACTIVE)


def test_a_plan_without_jury_duty_makes_nobody_a_juror(court, cast):
    court.jury_duty_mandatory = False
    deliberation = make.proposed(held(court, cast))
    order = m.DispositionOrder.draft_for(deliberation, by=cast.judy)
    service = deliberation.proposals[0]
    order.change([m.Item(service.activity, service.amount, service.due_on)], reason="Exams.", by=cast.judy)

    signing.sign_order(order, seen=order.fingerprint(), by=cast.judy)

    assert juror_of(order.case.respondent) is None


def test_a_volunteer_who_is_sentenced_to_jury_duty_is_enrolled_once(court, cast):
    hearing = held(court, cast)
    volunteer = m.Juror.enrol(hearing.case.respondent, by=cast.cora)

    make.signed(make.proposed(hearing), cast.judy)

    assert (juror_of(hearing.case.respondent), volunteer.is_volunteer) == (volunteer, True)


def test_signing_what_one_has_not_seen_is_refused(court, cast):
    deliberation = make.proposed(held(court, cast))
    order = m.DispositionOrder.draft_for(deliberation, by=cast.judy)
    seen = order.fingerprint()
    items = [m.Item(p.activity, p.amount + 1, p.due_on, p.builds) for p in deliberation.proposals]
    order.change(items, reason="A little more.", by=cast.judy)

    assert refused(signing.sign_order, order, seen=seen, by=cast.judy) == (
        "The order changed since you opened it. Read it once more, then sign."
    )


def test_the_order_of_a_family_that_withdrew_is_not_signed(court, cast):
    deliberation = make.proposed(held(court, cast))
    order = m.DispositionOrder.draft_for(deliberation, by=cast.judy)
    order.case.withdraw(order.case.respondent, reason="", by=cast.cora)

    assert refused(signing.sign_order, order, seen=order.fingerprint(), by=cast.judy) == (
        "This case is at “Withdrawn”, so it cannot go to “Working on the plan”."
    )


# Amending what is partly done


def test_an_amendment_changes_what_is_owed_and_leaves_what_was_done(case, cast):
    service = case.obligations[0]
    service.credit(600, done_on=case.court.today, vouched_by="Sr. Ruth", by=cast.cora)

    order = amend(case, cast.judy, service=900)

    assert owed(case) == [
        ("service", 900, 600, STATE.OPEN),
        ("jury_duty", 2, 0, STATE.OPEN),
    ]
    assert [each.order for each in case.obligations] == [order, order]


def test_an_amendment_down_to_what_was_done_meets_it(case, cast):
    case.obligations[0].credit(600, done_on=case.court.today, vouched_by="Sr. Ruth", by=cast.cora)

    amend(case, cast.judy, service=600)

    assert owed(case)[0] == ("service", 600, 600, STATE.MET)


def test_an_amendment_above_what_was_done_opens_it_again(case, cast):
    case.obligations[0].credit(1200, done_on=case.court.today, vouched_by="Sr. Ruth", by=cast.cora)

    amend(case, cast.judy, service=1500)

    assert owed(case)[0] == ("service", 1500, 1200, STATE.OPEN)


def test_an_amendment_that_no_longer_asks_for_something_excuses_it(case, cast):
    order = amend(case, cast.judy, service=None, essay=1)

    assert owed(case) == [
        ("service", 1200, 0, STATE.EXCUSED),
        ("jury_duty", 2, 0, STATE.OPEN),
        ("essay", 1, 0, STATE.OPEN),
    ]
    assert case.obligations[0].excusal.reason == f"No longer asked for by order {order.number}."


def test_an_amendment_may_leave_out_what_is_done_already(case, cast):
    case.obligations[0].credit(1200, done_on=case.court.today, vouched_by="Sr. Ruth", by=cast.cora)

    amend(case, cast.judy, service=None, essay=1)

    assert owed(case) == [
        ("service", 1200, 1200, STATE.MET),
        ("jury_duty", 2, 0, STATE.OPEN),
        ("essay", 1, 0, STATE.OPEN),
    ]


def test_an_amendment_about_one_thing_keeps_the_longer_time_given_for_another(case, cast):
    service = case.obligations[0]
    longer = service.due_on + timedelta(days=30)
    service.extend(longer, reason="Broke an arm.", by=cast.cora)

    amend(case, cast.judy, essay=1)

    assert service.due_on == longer


def test_an_amendment_about_one_thing_does_not_ask_again_for_what_was_excused(case, cast):
    case.obligations[0].excuse("Broke an arm.", by=cast.cora)

    amend(case, cast.judy, essay=1)

    assert owed(case) == [
        ("service", 1200, 0, STATE.EXCUSED),
        ("jury_duty", 2, 0, STATE.OPEN),
        ("essay", 1, 0, STATE.OPEN),
    ]


def test_an_amendment_that_asks_anew_for_what_was_excused_opens_it_beside_the_old(case, cast):
    case.obligations[0].excuse("Broke an arm.", by=cast.cora)

    amend(case, cast.judy, service=600)

    assert owed(case) == [
        ("service", 1200, 0, STATE.EXCUSED),
        ("jury_duty", 2, 0, STATE.OPEN),
        ("service", 600, 0, STATE.OPEN),
    ]


def test_an_amendment_does_not_call_back_a_juror_whose_duty_is_done(case, cast):
    juror, duty = juror_of(case.respondent), case.obligations[1]
    duty.excuse("Sat before another court.", by=cast.cora)
    juror.leave(by=cast.cora)

    amend(case, cast.judy, essay=1)

    assert juror.left_on == case.court.today


def test_amendments_are_numbered_one_after_the_other(case, cast):
    numbers = [case.order.number, *(amend(case, cast.judy, essay=n).number for n in (1, 2))]

    assert numbers == [f"{case.number}-{letter}" for letter in "ABC"]
