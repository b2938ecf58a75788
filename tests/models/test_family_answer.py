"""What the family says to an order: yes, no, or this part not; each for themselves, once, in time."""

from datetime import timedelta

import pytest

from tests import make
from tests.refusals import refused, refused_beside
from youthcourt import clock
from youthcourt import models as m
from youthcourt.permissions import Role
from youthcourt.procedures.decision import signing

DRAWN = "M40 120L60 60L90 130L120 70L150 130M180 100L210 60L240 120"
DRAW, TYPE, PAPER = m.HowAnswered.DRAWN, m.HowAnswered.TYPED, m.HowAnswered.ON_PAPER


@pytest.fixture
def order(court, cast):
    return make.signed(make.proposed(make.held(court, cast)), cast.judy)


@pytest.fixture
def young(order):
    return order.case.respondent


@pytest.fixture
def mother(young):
    return young.guardians[0]


def account(order, person):
    name = person.given_name.lower()
    return make.user(order.court, person.name, Role.FAMILY, person=person, email=f"{name}@example.org")


def amended(order, cast):
    draft = m.DispositionOrder.amendment_of(order, by=cast.judy)
    items = [m.Item(i.activity, i.amount, i.due_on, i.builds) for i in order.items]
    service = items[0]
    items[0] = m.Item(service.activity, 960, service.due_on, service.builds)
    draft.change(items, "Fewer hours.", by=cast.judy)
    signing.sign_order(draft, seen=draft.fingerprint(), by=cast.judy)
    return draft


# Yes


def test_each_says_yes_for_themselves(order, young, mother, cast, logged):
    m.Acceptance.give(order, young, DRAW, signature=DRAWN, by=account(order, young))
    m.Acceptance.give(order, mother, PAPER, by=cast.cora)

    said = [(each.person, each.how, each.signature, each.digest) for each in order.acceptances]
    assert said == [(young, DRAW, DRAWN, order.digest), (mother, PAPER, "", order.digest)]
    assert [event for event, _by, _what in logged()].count("order.accepted") == 2


def test_nobody_of_the_family_answers_for_another(order, young, mother):
    assert refused(m.Acceptance.give, order, young, DRAW, signature=DRAWN, by=account(order, mother)) == (
        "Each of you answers for yourself."
    )


def test_a_stranger_does_not_answer(order, cast, court):
    stranger = make.person(court, "Sam Else")

    assert refused(m.Acceptance.give, order, stranger, PAPER, by=cast.cora) == (
        "Only the young person and a parent or guardian answer."
    )


def test_yes_is_said_once(order, young, cast):
    m.Acceptance.give(order, young, PAPER, by=cast.cora)

    assert refused(m.Acceptance.give, order, young, PAPER, by=cast.cora) == (
        "Jordan Tate has said yes already."
    )


@pytest.mark.parametrize(
    "signature",
    ["", "M1 1L2 2", DRAWN + "Z", '"><script>alert(1)</script>', DRAWN + "M9999 1", "L1 1" * 20, DRAWN * 500],
    ids=["none", "a dot", "no stroke", "markup", "outside the box", "no beginning", "endless"],
)
def test_what_is_no_signature_is_refused_beside_the_box(order, young, signature, cast):
    field, words = refused_beside(m.Acceptance.give, order, young, DRAW, signature=signature, by=cast.cora)

    assert (field, words) == ("signature", "Sign with your finger in the box, or type your name.")
    assert order.acceptances == []


def test_who_cannot_draw_types_their_name(order, young, cast):
    field, _words = refused_beside(m.Acceptance.give, order, young, TYPE, signature="  ", by=cast.cora)
    m.Acceptance.give(order, young, TYPE, signature=" Jordan Tate ", by=cast.cora)

    assert (field, order.acceptances[0].signature) == ("name", "Jordan Tate")


def test_only_the_office_says_that_paper_was_signed(order, young):
    assert refused(m.Acceptance.give, order, young, PAPER, by=account(order, young)) == (
        "The court office notes what was signed on paper."
    )


def test_a_draft_or_an_order_that_was_replaced_is_not_answered(order, young, cast):
    later = amended(order, cast)

    assert refused(m.Acceptance.give, order, young, PAPER, by=cast.cora) == (
        "A later order took the place of this one. Please read that one."
    )
    m.Acceptance.give(later, young, PAPER, by=cast.cora)


def test_an_order_that_was_taken_back_is_not_answered(order, young, cast):
    order.unsign("A mistake.", by=cast.judy)

    for give in (
        lambda: m.Acceptance.give(order, young, PAPER, by=cast.cora),
        lambda: m.Rejection.give(order, young, "", by=cast.cora),
        lambda: m.Appeal.make(order, young, {order.items[0]: "Too much."}, by=cast.cora),
    ):
        assert refused(give) == "The judge took this order back. A new one will come."


# No


def test_who_says_no_may_still_say_yes_until_the_case_is_given_back(order, young, cast):
    no = m.Rejection.give(order, young, "Too much.", by=cast.cora)
    was = (no.stands, order.is_accepted_by(young))

    m.Acceptance.give(order, young, PAPER, by=cast.cora)

    assert (was, no.stands, order.is_accepted_by(young)) == ((True, False), False, True)


def test_no_is_said_once_and_the_office_gives_the_case_back(order, mother, cast):
    m.Rejection.give(order, mother, "We rather see the counselor.", by=account(order, mother))

    again = refused(m.Rejection.give, order, mother, "", by=cast.cora)
    order.case.return_to_referrer(m.ClosureReason.PLAN_REJECTED, "The family said no.", by=cast.cora)

    assert again == "Renee Tate has said no already."
    assert refused(m.Acceptance.give, order, mother, PAPER, by=cast.cora) == "This case is closed."


# This part not


def test_an_appeal_names_parts_in_somebodys_own_words(order, young, cast, logged):
    service, duty = order.items

    appeal = m.Appeal.make(order, young, {duty: " I work then. "}, by=account(order, young))

    assert [(each.item, each.words, each.is_open) for each in appeal.items] == [(duty, "I work then.", True)]
    assert logged()[-1][0] == "order.appealed"
    assert order.case.stage is m.CaseStage.ACTIVE
    assert refused_beside(m.Appeal.make, order, young, {duty: "Again."}, by=cast.cora) == (
        f"words_{duty.id}",
        "The judge is looking at this part already.",
    )
    assert refused_beside(m.Appeal.make, order, young, {service: " "}, by=cast.cora) == (
        f"words_{service.id}",
        "Write why, in your own words.",
    )
    assert refused(m.Appeal.make, order, young, {}, by=cast.cora) == (
        "Choose at least one part, and write why."
    )


def test_the_last_day_counts_and_the_day_after_does_not(order, young, cast):
    """Signed on Saturday, March 7: the fifth business day is Friday, March 13."""
    # 23:59 where the court sits, whose clocks went forward in between
    last_moment = make.SATURDAY + timedelta(days=6, hours=10, minutes=59)

    with clock.at(last_moment):
        in_time = m.Appeal.why_not_make(order, young, by=cast.cora)
    with clock.at(last_moment + timedelta(minutes=2)):
        late = m.Appeal.why_not_make(order, young, by=cast.cora)

    assert order.appeal_until.isoformat() == "2026-03-13"
    assert (in_time, late) == (None, "The days in which one can ask the judge to look again are over.")


def test_a_court_may_know_no_appeal(order, young, cast):
    order.court.change({"days_to_appeal": 0}, by=cast.ada)

    assert order.appeal_until is None
    assert m.Appeal.why_not_make(order, young, by=cast.cora) == (
        "The days in which one can ask the judge to look again are over."
    )


def test_the_judge_who_signed_says_that_a_part_stands_and_why(order, young, cast, court):
    [item] = m.Appeal.make(order, young, {order.items[0]: "Too much."}, by=cast.cora).items
    other = make.user(court, "Jude Law", Role.JUDGE)
    before = refused(item.stand, "No.", by=other), refused_beside(item.stand, " ", by=cast.judy)

    item.stand("Three months are enough.", by=cast.judy)

    assert before == ("Another judge signed this order.", ("reason", "Write the reason."))
    assert (item.answer, item.reason, item.answered_by) == (
        m.AppealAnswer.STANDS,
        "Three months are enough.",
        cast.judy,
    )
    assert refused(item.stand, "Once more.", by=cast.judy) == "This is answered already."


def test_an_amendment_answers_the_parts_that_it_changes_and_no_others(order, young, cast):
    service, duty = order.items
    appeal = m.Appeal.make(order, young, {service: "Too much.", duty: "I work."}, by=cast.cora)

    later = amended(order, cast)

    first, second = appeal.items
    assert (first.answer, first.reason, first.changed_by) == (m.AppealAnswer.CHANGED, "Fewer hours.", later)
    assert (second.is_open, order.open_appeal_items) == (True, [second])


def test_a_part_of_another_order_is_not_named(order, young, cast):
    later = amended(order, cast)

    field, words = refused_beside(m.Appeal.make, later, young, {order.items[0]: "Old."}, by=cast.cora)

    assert (field, words) == (f"words_{order.items[0].id}", "This is not a part of this order.")
