"""Two act at the same moment on what only one of them can do: one is told, and nothing is half done."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from tests import make
from youthcourt import clock
from youthcourt import models as m
from youthcourt.errors import RuleBroken
from youthcourt.extensions import db, writing
from youthcourt.procedures.court import closing
from youthcourt.procedures.decision import signing
from youthcourt.walls import in_every_court

DONE, MEANWHILE = "done", "somebody else was first"
PATIENCE_IN_SECONDS = 60


@pytest.fixture
def both(app, engine_name):
    """Lets two look at the same time and then act: on PostgreSQL each has read before either has written."""

    def run(*acts):
        db.session.commit()
        db.session.remove()
        gate, now = Barrier(len(acts)), clock.now()
        has_many_writers = engine_name == "postgresql"

        def one(act):
            if not has_many_writers:
                gate.wait(PATIENCE_IN_SECONDS)
            with app.app_context(), clock.at(now), writing(), in_every_court():
                try:
                    do = act(db.session())
                    if has_many_writers:
                        gate.wait(PATIENCE_IN_SECONDS)
                    do()
                    db.session.commit()
                except RuleBroken as no:
                    db.session.rollback()
                    return no.message
                except (StaleDataError, IntegrityError):  # both are answered as a change that came first
                    db.session.rollback()
                    return MEANWHILE
                finally:
                    db.session.remove()
            return DONE

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(one, acts))

    return run


@pytest.fixture
def proposed(court, cast):
    return make.proposed(make.held(court, cast))


def approving(deliberation_id, judge_id):
    def act(session):
        room, judge = session.get_one(m.Deliberation, deliberation_id), session.get_one(m.User, judge_id)
        room.why_not_return(judge)
        return lambda: signing.approve_plan(room, seen_revision=room.revision, by=judge)

    return act


def calling_back(deliberation_id, judge_id):
    def act(session):
        room, judge = session.get_one(m.Deliberation, deliberation_id), session.get_one(m.User, judge_id)
        room.why_not_return(judge)
        return lambda: room.return_to_panel("Is it too much?", meets_on=room.hearing.court.today, by=judge)

    return act


def unsigning(order_id, judge_id):
    def act(session):
        order, judge = session.get_one(m.DispositionOrder, order_id), session.get_one(m.User, judge_id)
        order.why_not_unsign(judge)
        return lambda: order.unsign("A number was wrong.", by=judge)

    return act


def saying_yes(order_id, clerk_id):
    def act(session):
        order, clerk = session.get_one(m.DispositionOrder, order_id), session.get_one(m.User, clerk_id)
        young = order.case.respondent
        m.Acceptance.why_not_give(order, young, clerk)
        return lambda: m.Acceptance.give(order, young, m.HowAnswered.ON_PAPER, by=clerk)

    return act


def closing_the(day_id, clerk_id):
    def act(session):
        day, clerk = session.get_one(m.CourtSession, day_id), session.get_one(m.User, clerk_id)
        closing.open_points(day)
        return lambda: closing.close_day(day, by=clerk)

    return act


def voting(hearing_id, juror_id):
    def act(session):
        room, juror = session.get_one(m.Hearing, hearing_id).deliberation, session.get_one(m.User, juror_id)
        room.why_not_change(juror)
        return lambda: room.vote(True, seen_round=1, by=juror)

    return act


def sending(hearing_id, lead_id):
    def act(session):
        room, lead = session.get_one(m.Hearing, hearing_id).deliberation, session.get_one(m.User, lead_id)
        room.why_not_decide(lead)
        return lambda: room.decide(by=lead)

    return act


def publishing(day_id, clerk_id):
    def act(session):
        day, clerk = session.get_one(m.CourtSession, day_id), session.get_one(m.User, clerk_id)
        day.why_not_publish()
        return lambda: day.publish(by=clerk)

    return act


def test_a_plan_that_is_signed_twice_at_once_is_one_order(proposed, cast, both):
    act = approving(proposed.id, cast.judy.id)
    case_id, items = proposed.hearing.case_id, len(proposed.proposals)

    said = both(act, act)

    case = db.session.get_one(m.Case, case_id)
    assert sorted(word == DONE for word in said) == [False, True]
    assert [(order.number, order.is_standing) for order in case.orders] == [(f"{case.number}-A", True)]
    assert len(case.obligations) == items
    assert case.stage is m.CaseStage.ACTIVE


def test_a_plan_is_signed_or_goes_back_to_its_panel_and_never_both(proposed, cast, both):
    deliberation_id, case_id = proposed.id, proposed.hearing.case_id

    said = both(approving(deliberation_id, cast.judy.id), calling_back(deliberation_id, cast.judy.id))

    case, room = db.session.get_one(m.Case, case_id), db.session.get_one(m.Deliberation, deliberation_id)
    signed = [order for order in case.orders if order.is_standing]
    assert sorted(word == DONE for word in said) == [False, True]
    if said[0] == DONE:
        assert (len(signed), room.is_decided, case.stage) == (1, True, m.CaseStage.ACTIVE)
    else:
        assert (signed, room.is_decided, case.stage) == ([], False, m.CaseStage.HEARD)
    assert len(room.sign_offs) == 1


def test_an_order_is_taken_back_or_accepted_and_never_both(proposed, cast, both):
    order_id = make.signed(proposed, cast.judy).id

    said = both(unsigning(order_id, cast.judy.id), saying_yes(order_id, cast.cora.id))

    order = db.session.get_one(m.DispositionOrder, order_id)
    assert sorted(word == DONE for word in said) == [False, True]
    assert (order.is_withdrawn, bool(order.acceptances)) == (said[0] == DONE, said[1] == DONE)
    in_force = m.CaseStage.PROPOSED if order.is_withdrawn else m.CaseStage.ACTIVE
    assert order.case.stage is in_force


@pytest.mark.only_on("postgresql")  # on SQLite whoever writes waits before reading
def test_without_the_queue_for_answers_both_would_be_done(proposed, cast, both, monkeypatch):
    """A planted fault: nobody waits for whoever answers at the same moment."""
    order_id = make.signed(proposed, cast.judy).id
    monkeypatch.setattr(m.DispositionOrder, "answer_alone", lambda _order: None)

    said = both(unsigning(order_id, cast.judy.id), saying_yes(order_id, cast.cora.id))

    assert said == [DONE, DONE]


@pytest.fixture
def last_vote(court, cast):
    """A night that lacks nothing but one vote and the sending of the plan."""
    hearing = make.opened(make.held(court, cast))
    users = make.panel_users(hearing)
    room = make.written(hearing, by=users[0])
    number = room.call_vote(by=users[0]).number
    for user in users[:-1]:
        room.vote(True, seen_round=number, by=user)
    make.settle(hearing.court_session, cast.cora)
    db.session.flush()
    return hearing, users


def test_a_vote_that_is_cast_while_the_day_is_closed_counts_and_the_day_stays_open(last_vote, cast, both):
    hearing, users = last_vote
    hearing_id, day_id = hearing.id, hearing.court_session_id

    said = both(voting(hearing_id, users[-1].id), closing_the(day_id, cast.cora.id))

    hearing = db.session.get_one(m.Hearing, hearing_id)
    assert said[0] == DONE
    assert "the panel has not decided yet" in said[1]
    assert (hearing.deliberation.round.agreeing, hearing.court_session.is_closed) == (6, False)


def test_a_plan_that_is_sent_while_the_day_is_closed_is_never_left_behind(last_vote, cast, both):
    hearing, users = last_vote
    hearing.deliberation.vote(True, seen_round=1, by=users[-1])
    hearing_id, day_id = hearing.id, hearing.court_session_id

    said = both(sending(hearing_id, users[0].id), closing_the(day_id, cast.cora.id))

    hearing = db.session.get_one(m.Hearing, hearing_id)
    assert said[0] == DONE
    assert hearing.is_decided
    assert hearing.court_session.is_closed is (said[1] == DONE)


def test_a_day_that_is_closed_twice_at_once_credits_everybody_once(proposed, cast, both):
    day = proposed.hearing.court_session
    make.settle(day, cast.cora)
    day_id = day.id
    act = closing_the(day_id, cast.cora.id)

    said = both(act, act)

    paid = db.session.query(m.TimeCredit).count()
    came = [each for each in db.session.get_one(m.CourtSession, day_id).sittings if each.is_here]
    assert sorted(word == DONE for word in said) == [False, True]
    assert paid == len(came) == 8


def test_a_docket_that_is_published_twice_at_once_is_one_version(court, cast, both):
    day = make.court_session(court, cast.cora)
    hearing = make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    make.drawn(hearing, cast.cora)
    day_id, act = day.id, publishing(day.id, cast.cora.id)

    said = both(act, act)

    versions = db.session.get_one(m.CourtSession, day_id).docket_versions
    assert sorted(word == DONE for word in said) == [False, True]
    assert [version.number for version in versions] == [1]
