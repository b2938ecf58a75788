"""Swaps on their pages: nobody is named before both agree, and no case is ever there."""

from datetime import timedelta

import pytest

from tests import make, stages
from youthcourt.models import Juror, Swap, SwapState
from youthcourt.permissions import Role
from youthcourt.procedures.jury import swapping


@pytest.fixture
def days(court, cast):
    return [make.court_session(court, cast.cora, make.TODAY + timedelta(weeks=n)) for n in (1, 2)]


@pytest.fixture
def amara(court, cast):
    return make.user(court, "Amara Obi", Role.JUROR, person=cast.jurors[0].person)


@pytest.fixture
def ben(court, cast):
    return make.user(court, "Ben Kim", Role.JUROR, person=cast.jurors[1].person)


@pytest.fixture
def swap(cast, days, amara, session):
    (sitting,) = make.booked(cast.jurors[:1], days[0], cast.cora)
    asked = swapping.ask(sitting, by=amara)
    session.flush()
    return asked


def text(answer):
    """The page's words, every run of white space as one blank."""
    return " ".join(answer.get_data(as_text=True).split())


def test_a_juror_asks_and_another_comes(cast, days, amara, ben, sign_in, session):
    (sitting,) = make.booked(cast.jurors[:1], days[0], cast.cora)
    hers, his = sign_in(amara), sign_in(ben)

    asked = hers.post(f"/sittings/{sitting.id}/swap")
    number = session.query(Swap).one().id
    listed, opened = text(his.get("/sittings/")), text(his.get(f"/swaps/{number}"))
    answered = his.post(f"/swaps/{number}", data={"given": ""})
    hers_after, his_after = text(hers.get("/sittings/")), text(his.get("/sittings/"))

    assert (asked.location, answered.location) == ("/sittings/", "/sittings/")
    assert "Somebody cannot come. Can you?" in listed
    assert "Amara" not in listed + opened
    assert "Ben K. comes instead of you." in hers_after
    assert "You come instead of Amara O." in his_after


def test_an_exchange_names_nobody_until_it_is_agreed(cast, days, swap, amara, ben, sign_in, session):
    (given,) = make.booked(cast.jurors[1:2], days[1], cast.cora)
    hers, his = sign_in(amara), sign_in(ben)
    number = swap.id

    his.post(f"/swaps/{number}", data={"given": str(given.id)})
    before = text(hers.get("/sittings/")), text(his.get("/sittings/"))
    hers.post(f"/swaps/{number}/agreement")
    after = text(hers.get("/sittings/"))

    assert "Somebody would come on this day, if you come on Saturday, March 21, 2026 instead." in before[0]
    assert "Ben" not in before[0]
    assert "Amara" not in before[1]
    assert "Ben K. comes instead of you." in after


def test_who_asked_may_say_no_or_come_after_all(cast, days, swap, amara, ben, sign_in, session):
    (given,) = make.booked(cast.jurors[1:2], days[1], cast.cora)
    hers, his = sign_in(amara), sign_in(ben)
    number, states = swap.id, []

    his.post(f"/swaps/{number}", data={"given": str(given.id)})
    for step in ("no", "withdrawal"):
        hers.post(f"/swaps/{number}/{step}")
        session.expire_all()
        states.append(session.get(Swap, number).state)

    assert states == [SwapState.ASKED, SwapState.WITHDRAWN]


def test_who_comes_late_reads_a_kind_sentence(court, cast, swap, amara, ben, sign_in, session):
    chloe = make.user(court, "Chloe Roy", Role.JUROR, person=cast.jurors[2].person)
    his, hers, number = sign_in(ben), sign_in(chloe), swap.id
    opened = hers.get(f"/swaps/{number}").status_code
    his.post(f"/swaps/{number}", data={"given": ""})

    late, again = hers.post(f"/swaps/{number}", data={"given": ""}), hers.get(f"/swaps/{number}")

    assert (opened, late.status_code) == (200, 409)
    sentence = "Somebody else was a moment faster. Thank you for offering!"
    assert [sentence in text(each) for each in (late, again)] == [True, True]


def test_others_have_no_say_in_a_swap(cast, days, swap, ben, sign_in):
    browser = sign_in(ben)
    steps = ("agreement", "no", "withdrawal")

    assert [browser.post(f"/swaps/{swap.id}/{step}").status_code for step in steps] == [404, 404, 404]


def test_who_owes_the_sitting_is_told_that_they_still_do(court, cast, days, sign_in, session):

    case = stages.active(court, cast)
    juror = Juror.enrol(case.respondent, by=None, is_volunteer=False)
    juror.train(held_on=make.TODAY, minutes=120, by=None)
    session.flush()
    (sitting,) = make.booked([juror], days[0], cast.cora)
    account = make.user(court, "Owing Juror", Role.JUROR, person=case.respondent)

    shown = text(sign_in(account).get(f"/sittings/{sitting.id}/swap"))

    assert "This sitting is one that you owe." in shown


def test_the_coordinator_decides_where_seats_are_drawn(cast, days, swap, ben, sign_in, session):
    swap.agree(cast.jurors[1], by=ben)
    session.flush()
    browser, number = sign_in(cast.cora), swap.id

    desk, listed = text(browser.get("/")), text(browser.get("/swaps/"))
    shown = text(browser.get(f"/swaps/{number}/decision"))
    unanswered = browser.post(f"/swaps/{number}/decision", data={})
    without_reason = browser.post(f"/swaps/{number}/decision", data={"decision": "no"})
    answer = browser.post(f"/swaps/{number}/decision", data={"decision": "yes"})
    again = browser.post(f"/swaps/{number}/decision", data={"decision": "yes"})

    assert "1 swap of jurors waits for you." in desk
    assert "Ben Kim instead of Amara Obi" in listed
    assert "Amara Obi" in shown
    codes = [each.status_code for each in (unanswered, without_reason, answer, again)]
    assert codes == [422, 409, 302, 409]
    session.expire_all()
    assert session.get(Swap, number).state is SwapState.DONE
