"""The judge's order: signed as it was read, never changed, amended by another."""

from datetime import timedelta

import pytest

from tests import make
from youthcourt import clock
from youthcourt import models as m
from youthcourt.errors import ChangedMeanwhile, RuleBroken
from youthcourt.models.decision.order import letters_of
from youthcourt.permissions import Role
from youthcourt.procedures.decision import signing


@pytest.fixture
def plan(court, cast):
    """A plan of service and jury duty that waits for Judy."""
    return make.proposed(make.held(court, cast))


@pytest.fixture
def draft(plan, cast):
    return m.DispositionOrder.draft_for(plan, by=cast.judy)


@pytest.fixture
def signed(plan, cast):
    return make.signed(plan, cast.judy)


def items_of(order):
    return [m.Item(i.activity, i.amount, i.due_on, i.builds) for i in order.items]


def with_hours(order, minutes):
    return [
        m.Item(i.activity, minutes if i.activity.kind == "service" else i.amount, i.due_on, i.builds)
        for i in order.items
    ]


def test_a_draft_says_what_the_panel_proposed(plan, draft):
    assert items_of(draft) == [m.Item(p.activity, p.amount, p.due_on, p.builds) for p in plan.proposals]
    assert draft.differences() == []


def test_there_is_one_draft_at_a_time(plan, draft, cast):
    assert m.DispositionOrder.draft_for(plan, by=cast.judy) is draft


def test_signing_numbers_dates_and_fixes_the_order(plan, draft, cast, logged):
    seen = draft.fingerprint()

    signing.sign_order(draft, seen=seen, by=cast.judy)

    case = draft.case
    assert (draft.number, draft.digest, case.stage) == (f"{case.number}-A", seen, m.CaseStage.ACTIVE)
    assert [s.answer for s in plan.sign_offs] == [m.SignOffAnswer.APPROVED]
    assert [event for event, _by, _what in logged()] == [
        "deliberation.approved",
        "order.signed",
        "juror.enrolled",
    ]


def test_signing_opens_one_obligation_for_each_item(signed):
    owed = [(o.activity, o.amount_owed, o.due_on, o.state) for o in signed.case.obligations]

    assert owed == [(i.activity, i.amount, i.due_on, m.ObligationState.OPEN) for i in signed.items]


def test_whoever_owes_jury_duty_joins_the_jurors_but_no_volunteers(signed, session):
    juror = session.query(m.Juror).filter_by(person=signed.case.respondent).one()

    assert (juror.is_volunteer, juror.left_on) == (False, None)


def test_what_changed_since_it_was_read_is_not_signed(draft, cast):
    seen = draft.fingerprint()
    draft.change(with_hours(draft, 900), "Has paid already.", by=cast.judy)

    with pytest.raises(ChangedMeanwhile):
        draft.sign(seen=seen, by=cast.judy)


@pytest.mark.parametrize(
    "change",
    [
        lambda item: m.Item(item.activity, item.amount + 1, item.due_on, item.builds),
        lambda item: m.Item(item.activity, item.amount, item.due_on + timedelta(days=1), item.builds),
        lambda item: m.Item(item.activity, item.amount, item.due_on, "Other words."),
    ],
    ids=["amount", "day", "words"],
)
def test_every_word_of_an_order_is_in_its_fingerprint(draft, cast, change):
    before = draft.fingerprint()

    draft.change([change(item) for item in items_of(draft)], "Because.", by=cast.judy)

    assert draft.fingerprint() != before


def test_a_change_shows_as_a_difference_and_needs_a_reason(court, draft, cast):
    service = make.activity(court, "service")
    was = items_of(draft)[0]

    with pytest.raises(RuleBroken) as no:
        draft.change(with_hours(draft, 900), " ", by=cast.judy)

    assert no.value.field == "reason"
    assert draft.differences() == [
        m.Difference(service, was, m.Item(service, 900, was.due_on, was.builds)),
    ]


def test_a_changed_order_says_so_in_the_sign_off(plan, draft, cast):
    draft.change(with_hours(draft, 900), "Has paid already.", by=cast.judy)

    draft.sign(seen=draft.fingerprint(), by=cast.judy)

    assert [(s.answer, s.reason) for s in plan.sign_offs] == [(m.SignOffAnswer.CHANGED, "Has paid already.")]


def test_a_plan_is_approved_in_one_step_as_it_was_read(plan, cast):
    order = signing.approve_plan(plan, plan.revision, by=cast.judy)

    assert (order.is_signed, order.differences()) == (True, [])


def test_a_plan_that_changed_since_is_not_approved(plan, cast):
    with pytest.raises(ChangedMeanwhile):
        signing.approve_plan(plan, plan.revision - 1, by=cast.judy)


def test_ones_own_change_is_not_approved_unseen(plan, draft, cast):
    draft.change(with_hours(draft, 900), "Has paid already.", by=cast.judy)

    with pytest.raises(RuleBroken, match="Read the changed order"):
        signing.approve_plan(plan, plan.revision, by=cast.judy)


def test_a_signed_order_is_never_changed(signed, cast):
    with pytest.raises(RuleBroken, match="is signed"):
        signed.change(with_hours(signed, 900), "Changed my mind.", by=cast.judy)


def test_a_signed_order_is_not_signed_again(signed, cast):
    with pytest.raises(RuleBroken, match="is signed"):
        signed.sign(seen=signed.fingerprint(), by=cast.judy)


def test_another_judge_neither_drafts_changes_nor_signs(court, plan, draft):
    other = make.user(court, "Jude Law", Role.JUDGE)

    for refused in (
        lambda: m.DispositionOrder.draft_for(plan, by=other),
        lambda: draft.change(items_of(draft), "", by=other),
        lambda: draft.sign(seen=draft.fingerprint(), by=other),
    ):
        with pytest.raises(RuleBroken, match="Another judge"):
            refused()


def test_an_order_without_mandatory_jury_duty_is_not_signed(draft, cast):
    draft.change(items_of(draft)[:1], "Sits already.", by=cast.judy)

    assert draft.why_not_sign(cast.judy) == "Jury duty is part of every plan in this court."


def test_what_waits_for_a_judge_is_listed_oldest_first(court, cast, session):
    first = make.proposed(make.held(court, cast))
    other = make.user(court, "Jude Law", Role.JUDGE)

    assert list(session.scalars(m.DispositionOrder.waiting_for(cast.judy))) == [first]
    assert list(session.scalars(m.DispositionOrder.waiting_for(other))) == []
    assert list(session.scalars(m.DispositionOrder.waiting_for(cast.cora))) == []


# Amendments


def test_an_amendment_points_back_and_the_obligations_follow(court, signed, cast):
    essay, due_on = make.activity(court, "essay"), court.today + timedelta(days=30)
    amendment = m.DispositionOrder.amendment_of(signed, by=cast.judy)
    duty = next(i for i in items_of(signed) if i.activity.is_jury_duty)
    amendment.change([duty, m.Item(essay, 1, due_on)], "Works on Saturdays.", by=cast.judy)

    signing.sign_order(amendment, seen=amendment.fingerprint(), by=cast.judy)

    case = signed.case
    assert (amendment.amends, amendment.number, case.order) == (signed, f"{case.number}-B", amendment)
    assert [(str(o), o.state, o.order) for o in case.obligations] == [
        ("Community service", m.ObligationState.EXCUSED, signed),
        ("Jury duty", m.ObligationState.OPEN, amendment),
        ("Essay", m.ObligationState.OPEN, amendment),
    ]


def test_an_amendment_keeps_what_was_done(signed, cast, court):
    service = signed.case.obligations[0]
    service.credit(600, done_on=court.today, vouched_by="Sr. Ruth", by=cast.cora)
    amendment = m.DispositionOrder.amendment_of(signed, by=cast.judy)
    amendment.change(with_hours(signed, 600), "That is enough.", by=cast.judy)

    signing.sign_order(amendment, seen=amendment.fingerprint(), by=cast.judy)

    assert (service.amount_owed, service.amount_done, service.state) == (600, 600, m.ObligationState.MET)


def test_an_amendment_may_leave_an_item_whose_day_has_passed(court, signed, cast):
    service, duty = items_of(signed)
    with clock.at(make.SATURDAY + timedelta(days=100)):
        amendment = m.DispositionOrder.amendment_of(signed, by=cast.judy)
        later = m.Item(duty.activity, 3, court.today + timedelta(days=30), duty.builds)

        kept = amendment.why_not_ask(service)
        moved = amendment.why_not_ask(m.Item(service.activity, 60, service.due_on, service.builds))
        amendment.change([service, later], "Did not come twice.", by=cast.judy)

    assert (kept, moved.field, [d.activity for d in amendment.differences()]) == (
        None,
        "due_on",
        [duty.activity],
    )


def test_only_the_order_in_force_is_amended(signed, cast):
    amendment = m.DispositionOrder.amendment_of(signed, by=cast.judy)
    amendment.change(with_hours(signed, 960), "More.", by=cast.judy)
    signing.sign_order(amendment, seen=amendment.fingerprint(), by=cast.judy)

    assert signed.why_not_amend(cast.judy) == "Only the order in force can be amended."
    assert amendment.why_not_amend(cast.judy) is None


def test_the_limits_stand_beside_each_item(court, plan):
    service, duty = plan.proposals
    service.amount, duty.due_on = 60, plan.last_due_on + timedelta(days=1)

    measured = signing.measure(plan.proposals, plan)

    assert [(each.item, each.is_inside, each.is_late) for each in measured] == [
        (service, False, False),
        (duty, True, True),
    ]


def test_orders_have_letters_even_after_the_26th():
    assert [letters_of(number) for number in (1, 2, 26, 27, 52, 53, 703)] == [
        *("A", "B", "Z", "AA", "AZ", "BA", "AAA"),
    ]
