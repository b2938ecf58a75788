"""Swaps between jurors: both agree, the rules hold, and an owed sitting stays owed."""

from datetime import timedelta

import pytest

from tests import make, stages
from tests.together import at_once
from youthcourt.errors import RuleBroken
from youthcourt.models import Juror, Sitting, SittingState, Swap, SwapState, User
from youthcourt.permissions import Role
from youthcourt.procedures.court import hearing_day
from youthcourt.procedures.jury import swapping


@pytest.fixture
def days(court, cast):
    return [make.court_session(court, cast.cora, make.TODAY + timedelta(weeks=n)) for n in (1, 2, 3)]


@pytest.fixture
def amara(court, cast):
    return make.user(court, "Amara Obi", Role.JUROR, person=cast.jurors[0].person)


@pytest.fixture
def ben(court, cast):
    return make.user(court, "Ben Kim", Role.JUROR, person=cast.jurors[1].person)


@pytest.fixture
def swap(cast, days, amara, session):
    """Amara is booked for the first day and asks."""
    (sitting,) = make.booked(cast.jurors[:1], days[0], cast.cora)
    asked = swapping.ask(sitting, by=amara)
    session.flush()
    return asked


def given_by_ben(cast, days, session):
    (given,) = make.booked(cast.jurors[1:2], days[1], cast.cora)
    session.flush()
    return given


def booked(day, session):
    session.expire(day, ["sittings"])
    return [s.juror.person.given_name for s in day.sittings if s.state is SittingState.BOOKED]


def test_somebody_comes_instead(cast, days, swap, ben, session, logged):
    swapping.take(swap, cast.jurors[1], by=ben)
    session.flush()

    assert (swap.state, booked(days[0], session)) == (SwapState.DONE, ["Ben"])
    assert [event for event, _by, _more in logged()][-3:] == [
        "swap.done",
        "sitting.excused",
        "sitting.booked",
    ]


def test_two_exchange_their_days_once_both_have_said_yes(cast, days, swap, amara, ben, session):
    given = given_by_ben(cast, days, session)

    swapping.offer_exchange(swap, given, by=ben)
    before = booked(days[0], session), booked(days[1], session)
    swapping.accept(swap, by=amara)
    session.flush()

    assert before == (["Amara"], ["Ben"])
    assert (swap.state, booked(days[0], session), booked(days[1], session)) == (
        SwapState.DONE,
        ["Ben"],
        ["Amara"],
    )


def test_an_exchange_that_is_turned_down_looks_for_somebody_else(cast, days, swap, amara, ben, session):
    swapping.offer_exchange(swap, given_by_ben(cast, days, session), by=ben)

    swap.turn_down(by=amara)

    assert (swap.state, swap.taker, swap.given) == (SwapState.ASKED, None, None)
    assert booked(days[0], session) == ["Amara"]


def test_where_seats_are_drawn_the_coordinator_decides(court, cast, days, amara, ben, session):
    hearing = make.hearing(make.admitted(court, cast.cora), days[0], cast.judy, cast.cora)
    sittings = make.booked([cast.jurors[0], *cast.jurors[2:]], days[0], cast.cora)
    panel = make.drawn(hearing, cast.cora)
    sitting = next(each for each in sittings if each.juror is panel.sitting_seats[0].juror)
    account = make.juror_user(court, sitting.juror)
    asked = swapping.ask(sitting, by=account)

    swapping.take(asked, cast.jurors[1], by=ben)
    waiting = asked.state, sitting.state
    swapping.decide(asked, True, reason="", by=cast.cora)
    session.flush()

    assert waiting == (SwapState.AGREED, SittingState.BOOKED)
    assert (asked.state, sitting.state) == (SwapState.DONE, SittingState.EXCUSED)
    assert "Ben" in booked(days[0], session)
    assert sitting.juror not in [seat.juror for seat in panel.sitting_seats]


def test_the_coordinator_may_say_no_and_says_why(court, cast, days, swap, ben, session):
    swap.agree(cast.jurors[1], by=ben)

    with pytest.raises(RuleBroken, match="Write the reason"):
        swapping.decide(swap, False, reason=" ", by=cast.cora)
    swapping.decide(swap, False, reason="The panel is fixed.", by=cast.cora)

    assert (swap.state, booked(days[0], session)) == (SwapState.REFUSED, ["Amara"])


def owing(court, cast, day, session):
    """The respondent of a plan owes two sittings and is booked for one."""
    case = stages.active(court, cast)
    juror = Juror.enrol(case.respondent, by=None, is_volunteer=False)
    juror.train(held_on=make.TODAY, minutes=120, by=None)
    session.flush()
    (sitting,) = make.booked([juror], day, cast.cora)
    account = make.user(court, "Owing Juror", Role.JUROR, person=case.respondent)
    return sitting, account


def test_an_owed_sitting_that_is_given_away_stays_owed(court, cast, days, ben, session):
    sitting, account = owing(court, cast, days[0], session)
    duty = sitting.obligation
    asked = swapping.ask(sitting, by=account)
    session.refresh(duty)
    before = hearing_day.sittings_to_book(duty)

    swapping.take(asked, cast.jurors[1], by=ben)
    session.flush()
    session.refresh(duty)
    taken = session.query(Sitting).filter_by(juror=cast.jurors[1], state=SittingState.BOOKED).one()

    assert (before, hearing_day.sittings_to_book(duty), duty.amount_left) == (1, 2, 2)
    assert taken.obligation is None


def test_an_owed_sitting_that_is_exchanged_is_paid_on_the_new_day(court, cast, days, ben, session):
    sitting, account = owing(court, cast, days[0], session)
    asked = swapping.ask(sitting, by=account)
    swapping.offer_exchange(asked, given_by_ben(cast, days, session), by=ben)

    swapping.accept(asked, by=account)
    session.flush()
    now = session.query(Sitting).filter_by(juror=sitting.juror, state=SittingState.BOOKED).one()

    assert (now.court_session, now.obligation) == (days[1], sitting.obligation)


def test_nobody_learns_that_the_other_day_is_after_a_due_date(court, cast, days, ben, session):
    sitting, account = owing(court, cast, days[0], session)
    sitting.obligation.due_on = days[0].held_on
    asked = swapping.ask(sitting, by=account)
    given = given_by_ben(cast, days, session)

    with pytest.raises(RuleBroken) as refused:
        swapping.offer_exchange(asked, given, by=ben)

    assert refused.value.message == "The other juror cannot come on this day."


def test_nobody_takes_a_day_that_a_rule_keeps_them_from(cast, days, swap, ben, session):
    cast.jurors[1].trainings[0].valid_until = make.TODAY
    session.flush()

    with pytest.raises(RuleBroken, match="Your training is not good"):
        swapping.take(swap, cast.jurors[1], by=ben)
    assert swapping.asked_of(cast.jurors[1], by=ben) == []


def test_nobody_answers_themselves(cast, swap, amara, session):
    assert swapping.why_not_take(swap, cast.jurors[0]) == "This is your own day."
    assert swapping.asked_of(cast.jurors[0], by=amara) == []


def test_a_day_is_asked_for_once(swap, amara):
    with pytest.raises(RuleBroken, match="You have asked already"):
        swapping.ask(swap.sitting, by=amara)


def test_on_the_day_itself_nobody_asks(court, cast, amara):
    (sitting,) = make.booked(cast.jurors[:1], make.court_session(court, cast.cora), cast.cora)

    with pytest.raises(RuleBroken, match="Please call the court office"):
        swapping.ask(sitting, by=amara)


def test_who_is_excused_no_longer_looks_for_somebody(swap, amara, session):
    hearing_day.excuse(swap.sitting, reason="Ill.", by=amara)

    assert swap.state is SwapState.WITHDRAWN


def test_a_day_offered_in_exchange_that_is_gone_sets_the_other_free(cast, days, swap, ben, session):
    given = given_by_ben(cast, days, session)
    swapping.offer_exchange(swap, given, by=ben)
    session.flush()

    hearing_day.excuse(given, reason="Ill.", by=ben)

    assert (swap.state, swap.given) == (SwapState.ASKED, None)


def test_of_several_who_answer_at_once_one_comes(app, court, cast, swap, ben, session):
    numbers = iter([juror.id for juror in cast.jurors[1:]])
    swap_id, account_id = swap.id, ben.id
    session.commit()

    def answer(session):
        juror = session.get(Juror, next(numbers))
        try:
            swapping.take(session.get(Swap, swap_id), juror, by=session.get(User, account_id))
        except RuleBroken as no:
            return no.message
        return "comes"

    got = at_once(app, answer, times=4)

    assert sorted(got) == ["Somebody else was a moment faster. Thank you for offering!"] * 3 + ["comes"]
