"""The family's answer, on their own phone, on the court's tablet, or noted by the office."""

from datetime import timedelta

import pytest

from tests import make
from tests.browser import asked_by_the_page, counting_statements
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.permissions import Role

DRAWN = "M40 120L60 60L90 130L120 70L150 130M180 100L210 60L240 120"
HOSTILE = "<script>alert(1)</script> {{ 7*7 }}"


@pytest.fixture
def order(court, cast):
    return make.signed(make.proposed(make.held(court, cast)), cast.judy)


@pytest.fixture
def young(order):
    return order.case.respondent


@pytest.fixture
def mother(young):
    return young.guardians[0]


def account(court, person):
    return make.user(court, person.name, Role.FAMILY, person=person, email=f"family{person.id}@example.org")


@pytest.fixture
def hers(court, mother, sign_in):
    return sign_in(account(court, mother))


def page_of(order, person, which):
    return f"/orders/{order.id}/people/{person.id}/{which}"


def test_the_familys_page_asks_for_an_answer_and_says_until_when_one_can_object(order, mother, hers):
    page = hers.get(f"/my-case/{order.case.id}").text

    assert "Your answer to the plan" in page
    assert "ask the judge to look at it again until Friday, March 13, 2026" in page
    assert page_of(order, mother, "yes") in page


def test_a_guardian_signs_with_a_finger_and_sees_it_written_down(order, mother, hers, cast, sign_in):
    answer = hers.post(page_of(order, mother, "yes"), data={"signature": DRAWN})

    assert answer.location == f"/my-case/{order.case.id}"
    assert "You said yes" in hers.get(answer.location).text
    assert DRAWN in sign_in(cast.cora).get(f"/orders/{order.id}").text


def test_who_cannot_draw_types_a_name(order, mother, hers):
    hers.post(page_of(order, mother, "yes"), data={"name": "Renee Tate"})

    assert [(each.how, each.signature) for each in order.acceptances] == [(m.HowAnswered.TYPED, "Renee Tate")]


def test_no_signature_is_refused_and_nothing_is_kept(order, mother, hers):
    answer = hers.post(page_of(order, mother, "yes"), data={"signature": HOSTILE})

    assert (answer.status_code, order.acceptances) == (409, [])
    assert "Sign with your finger in the box, or type your name." in answer.text
    assert HOSTILE not in answer.text


def test_sending_yes_twice_says_it_once(order, mother, hers):
    data = {"signature": DRAWN, "request_id": "one-number"}

    first, second = (hers.post(page_of(order, mother, "yes"), data=data) for _twice in range(2))

    assert (first.location, len(order.acceptances)) == (second.location, 1)


def test_nobody_answers_for_another_or_in_another_court(order, young, mother, hers, court, sign_in, cast):
    elsewhere = make.court("Bay Youth Court")
    other = sign_in(make.user(elsewhere, "Elsa Else", Role.COORDINATOR))
    stranger = sign_in(account(court, make.person(court, "Sam Else")))

    answers = [
        hers.post(page_of(order, young, "yes"), data={"signature": DRAWN}),
        stranger.post(page_of(order, mother, "yes"), data={"signature": DRAWN}),
        other.post(page_of(order, mother, "yes"), data={"on_paper": "y"}),
        sign_in(cast.judy).post(page_of(order, mother, "yes"), data={"on_paper": "y"}),
    ]

    assert [each.status_code for each in answers] == [404, 404, 404, 403]
    assert order.acceptances == []


def test_the_office_notes_what_was_signed_on_paper_and_a_family_cannot(
    order, young, mother, hers, cast, sign_in
):
    sign_in(cast.cora).post(page_of(order, young, "yes"), data={"on_paper": "y"})
    refused = hers.post(page_of(order, mother, "yes"), data={"on_paper": "y"})

    assert [(each.person, each.how) for each in order.acceptances] == [(young, m.HowAnswered.ON_PAPER)]
    assert refused.status_code == 409


def test_no_is_told_to_the_office_which_then_gives_the_case_back(order, mother, hers, cast, sign_in):
    unsure = hers.post(page_of(order, mother, "no"), data={"reason": "Too much."})
    hers.post(page_of(order, mother, "no"), data={"reason": HOSTILE, "is_sure": "y"})

    office = sign_in(cast.cora).get(f"/cases/{order.case.id}").text
    assert (unsure.status_code, order.rejections[0].reason) == (422, HOSTILE)
    assert "Give the case back" in office
    assert f"/cases/{order.case.id}/return" in office
    assert "<script>alert(1)</script>" not in sign_in(cast.cora).get(f"/orders/{order.id}").text


def test_a_part_is_asked_about_answered_by_the_judge_and_read_by_the_family(
    order, mother, hers, cast, sign_in
):
    _service, duty = order.items
    judge = sign_in(cast.judy)

    hers.post(page_of(order, mother, "again"), data={f"words_{duty.id}": HOSTILE})
    waiting = judge.get("/orders/").text
    [asked] = order.appeals[0].items
    read = judge.get(f"/orders/{order.id}/appeals").text
    judge.post(f"/orders/{order.id}/appeals", data={"item": asked.id, "reason": "Two is the least."})

    assert "Families who ask you to look again" in waiting
    assert ("<script>" in read.split("<main")[1].split("</main")[0], "&lt;script&gt;" in read) == (
        False,
        True,
    )
    assert (asked.item, asked.answer, asked.reason) == (duty, m.AppealAnswer.STANDS, "Two is the least.")
    assert "Two is the least." in hers.get(f"/my-case/{order.case.id}").text
    assert "Families who ask you to look again" not in judge.get("/orders/").text


def test_after_the_last_day_a_form_that_was_open_is_refused(order, mother, court, cast, sign_in):
    with clock.at(make.SATURDAY + timedelta(days=7)):
        office = sign_in(cast.cora)
        answer = office.post(
            page_of(order, mother, "again"), data={f"words_{order.items[0].id}": "Too late?"}
        )

    assert (answer.status_code, order.appeals) == (409, [])
    assert "The days in which one can ask the judge to look again are over." in answer.text


def test_another_judge_or_coordinator_answers_no_appeal(order, mother, hers, court, cast, sign_in):
    hers.post(page_of(order, mother, "again"), data={f"words_{order.items[0].id}": "Too much."})
    other = sign_in(make.user(court, "Jude Law", Role.JUDGE))
    data = {"item": order.appeals[0].items[0].id, "reason": "No."}

    codes = [
        each.post(f"/orders/{order.id}/appeals", data=data).status_code
        for each in (other, sign_in(cast.cora))
    ]

    assert codes == [404, 403]


def test_an_order_that_was_replaced_while_it_was_read_is_not_answered(order, mother, hers, cast):
    order.unsign("A mistake.", by=cast.judy)
    db.session.commit()

    answer = hers.post(page_of(order, mother, "yes"), data={"signature": DRAWN})

    assert (answer.status_code, order.acceptances) == (409, [])
    assert "The judge took this order back." in answer.text


# Taking it back


def test_the_judge_takes_an_order_back_with_a_reason_and_everybody_sees_it(order, cast, sign_in, hers):
    judge = sign_in(cast.judy)

    without = judge.post(f"/orders/{order.id}/withdrawal", data={"reason": " "})
    answer = judge.post(f"/orders/{order.id}/withdrawal", data={"reason": "Another case's hours."})

    page = judge.get(f"/orders/{order.id}").text
    assert (without.status_code, answer.location) == (422, "/orders/")
    assert ("The judge took this order back" in page, "Another case&#39;s hours." in page) == (True, True)
    assert "1 plan waits for you" in judge.get("/orders/").text
    assert "Your answer to the plan" not in hers.get(f"/my-case/{order.case.id}").text


def test_after_the_family_said_yes_an_order_is_not_taken_back(order, mother, hers, cast, sign_in):
    hers.post(page_of(order, mother, "yes"), data={"signature": DRAWN})

    answer = sign_in(cast.judy).post(f"/orders/{order.id}/withdrawal", data={"reason": "Late."})

    assert (answer.status_code, order.is_withdrawn) == (409, False)


# Remarks


def test_a_remark_is_read_before_signing(court, cast, sign_in):
    plan = make.proposed(make.held(court, cast))
    sign_in(cast.cora).post(f"/hearings/{plan.hearing.id}/remarks/new", data={"text": HOSTILE})

    page = sign_in(cast.judy).get(f"/orders/decide/{plan.id}").text

    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in page


def test_the_familys_page_takes_few_queries_more_with_answers(order, mother, hers):
    address = f"/my-case/{order.case.id}"
    hers.post(page_of(order, mother, "again"), data={f"words_{order.items[0].id}": "Too much."})
    db.session.expunge_all()

    with counting_statements(db.engine) as statements:
        hers.get(address)

    assert len(asked_by_the_page(statements)) <= 20
