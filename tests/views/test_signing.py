"""Signing: a second step at that very moment, papers that are kept, and nothing by halves."""

import hashlib

import pytest

from tests import make
from tests.factors import SEED, code, with_app
from youthcourt import clock
from youthcourt import models as m
from youthcourt.documents.decision import issuing
from youthcourt.errors import PaperFailed
from youthcourt.extensions import db
from youthcourt.permissions import Role
from youthcourt.procedures.decision.certificates import Certificates


@pytest.fixture
def plan(court, cast):
    return make.proposed(make.held(court, cast))


@pytest.fixture
def settings(app, tmp_path, monkeypatch):
    """The settings of this test alone, with a folder of certificates of its own."""
    monkeypatch.setitem(app.config, "CERTIFICATES", str(tmp_path / "certificates"))
    return lambda name, value: monkeypatch.setitem(app.config, name, value)


@pytest.fixture
def judge(cast, plan, settings, sign_in):
    return sign_in(cast.judy)


def approve(judge, plan, **more):
    data = {"revision": plan.revision, "request_id": "signing-1", **more}
    return judge.post(f"/orders/decide/{plan.id}/approval", data=data)


def papers():
    return db.session.query(m.IssuedPaper).order_by(m.IssuedPaper.id).all()


# The second step


def test_signing_asks_for_the_code_at_that_moment_though_it_was_shown_just_before(plan, cast, judge):
    with_app(cast.judy)
    db.session.commit()

    asked = approve(judge, plan)
    done = approve(judge, plan, confirm_code=code())

    assert (asked.status_code, "Your second step, please" in asked.text, papers()[0].order.number) == (
        428,
        True,
        f"{plan.hearing.case.number}-A",
    )
    assert f'name="revision" value="{plan.revision}"' in asked.text
    assert done.location == f"/orders/{plan.orders[0].id}"


@pytest.mark.parametrize("wrong", ["000000", "", "not-a-line-of-the-list"])
def test_a_wrong_code_signs_nothing(plan, cast, judge, wrong):
    with_app(cast.judy)
    db.session.commit()

    answer = approve(judge, plan, confirm_code=wrong)

    assert (answer.status_code, plan.orders, papers()) == (428, [], [])
    assert "That was not right." in answer.text


def test_a_code_signs_once(court, cast, plan, judge):
    with_app(cast.judy)
    db.session.commit()
    approve(judge, plan, confirm_code=code())
    order = plan.orders[0]
    order.unsign("A mistake.", by=cast.judy)
    db.session.commit()

    again = approve(judge, plan, confirm_code=code(), request_id="signing-2")
    with clock.at(make.SATURDAY.replace(minute=1)):
        later = approve(judge, plan, confirm_code=code(SEED), request_id="signing-3")

    assert (again.status_code, later.status_code) == (428, 302)


def test_a_line_of_the_printed_list_signs_in_place_of_the_phone(plan, cast, judge):
    first, *_others = with_app(cast.judy)
    db.session.commit()

    answer = approve(judge, plan, confirm_code=first)

    assert (answer.status_code, plan.orders[0].is_signed) == (302, True)


def test_who_has_no_second_step_is_led_to_set_one_up_where_it_is_asked_for(plan, judge, settings):
    settings("STAFF_NEED_SECOND_FACTOR", True)

    answer = approve(judge, plan)

    assert (answer.location, plan.orders) == ("/account/second-step/", [])
    assert "Set up a second step first" in judge.get(answer.location).text


def test_in_a_demonstration_the_password_is_enough_and_the_page_says_so(plan, judge):
    page = judge.get(f"/orders/decide/{plan.id}").text

    assert "Here nobody needs a second step, so your password is enough." in page
    assert approve(judge, plan).status_code == 302


def test_a_password_shown_long_ago_is_asked_for_again(plan, judge):
    with clock.at(make.SATURDAY.replace(minute=6)):
        asked = approve(judge, plan)
        done = approve(judge, plan, confirm_password=make.PASSWORD)

    assert (asked.status_code, done.status_code) == (428, 302)


# What is kept


def test_what_was_signed_is_printed_once_and_served_byte_for_byte(plan, judge, settings, court, sign_in):
    approve(judge, plan)
    order = plan.orders[0]
    order.case.respondent.family_name = "Renamed"
    db.session.commit()

    served = (
        judge.get(f"/papers/disposition_order/{order.id}").data,
        judge.get(f"/papers/plain_copy/{order.id}").data,
    )

    assert served == tuple(paper.content for paper in papers())
    assert [paper.sha256 for paper in papers()] == [hashlib.sha256(each).hexdigest() for each in served]


def test_a_seal_of_the_court_is_put_on_the_order_and_named_before(plan, judge, court, app):
    made = Certificates(app.config["CERTIFICATES"]).make(court)

    page = judge.get(f"/orders/decide/{plan.id}").text
    approve(judge, plan)

    assert f"sealed with the certificate of {court.name}" in page
    assert [paper.certificate for paper in papers()] == [made.fingerprint, None]


def test_sending_twice_signs_once(plan, judge):
    first, second = approve(judge, plan), approve(judge, plan)

    assert first.location == second.location
    assert (len(plan.orders), len(papers())) == (1, 2)


def test_another_judge_finds_nothing_to_sign(court, plan, judge, sign_in):
    other = sign_in(make.user(court, "Jude Law", Role.JUDGE))

    answer = approve(other, plan)

    assert (answer.status_code, plan.orders) == (404, [])


def test_the_family_reads_both_papers_and_another_family_none(plan, judge, court, sign_in):
    approve(judge, plan)
    order, mother = plan.orders[0], plan.hearing.case.respondent.guardians[0]
    hers = sign_in(make.user(court, mother.name, Role.FAMILY, person=mother))
    stranger = make.person(court, "Sam Else")
    others = sign_in(make.user(court, "Sam Else", Role.FAMILY, person=stranger))

    kinds = ("disposition_order", "plain_copy")
    answers = [
        [family.get(f"/papers/{kind}/{order.id}").status_code for kind in kinds] for family in (hers, others)
    ]

    assert answers == [[200, 200], [404, 404]]


# Nothing by halves


def test_when_the_paper_cannot_be_made_nothing_is_signed(plan, judge, monkeypatch):
    def fails(_rehearsed):
        raise PaperFailed("ended")

    monkeypatch.setattr(issuing, "print_all", fails)

    answer = approve(judge, plan)

    assert (answer.status_code, "Nothing was changed." in answer.text) == (503, True)
    assert (plan.orders, papers(), plan.hearing.case.stage) == ([], [], m.CaseStage.PROPOSED)
    monkeypatch.undo()


def test_when_the_key_is_open_to_others_nothing_is_signed(plan, judge, court, app):
    kept = Certificates(app.config["CERTIFICATES"])
    kept.make(court)
    kept.path_of(court).chmod(0o644)

    answer = approve(judge, plan)

    assert (answer.status_code, "can be read by others" in answer.text, plan.orders) == (409, True, [])


def test_a_paper_that_was_tampered_with_is_not_served(plan, judge):
    approve(judge, plan)
    db.session.execute(m.IssuedPaper.__table__.update().values(content=b"%PDF forged"))
    db.session.commit()

    answer = judge.get(f"/papers/disposition_order/{plan.orders[0].id}")

    assert (answer.status_code, "not as it was kept" in answer.text) == (409, True)


def test_while_it_is_printed_others_may_write(plan, judge, court, monkeypatch, app):
    """On SQLite one writes at a time; whoever votes must not wait for a paper."""
    print_all, seen = issuing.print_all, []

    def looks_first(rehearsed):
        seen.append(db.session().in_transaction())
        return print_all(rehearsed)

    monkeypatch.setattr(issuing, "print_all", looks_first)
    approve(judge, plan)

    assert seen == [False]
