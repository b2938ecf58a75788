"""A small court, played on both databases."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select

from tests import make
from youthcourt import clock
from youthcourt import models as m
from youthcourt.checker.draws import examine
from youthcourt.demonstration.figures import of_size
from youthcourt.demonstration.player import play
from youthcourt.extensions import Base, db
from youthcourt.permissions import Role
from youthcourt.procedures.jury import drawing
from youthcourt.reports.completion.funnel import funnel, last_day_kept

MONDAY = date(2026, 3, 2)
SIZE, SEED = 40, 7


@pytest.fixture(scope="module")
def played(app):
    """One small play for all tests of this module, taken back afterwards."""
    with app.app_context(), clock.at(make.SATURDAY):
        yield play(db.session(), size=SIZE, seed=SEED, as_of=MONDAY)
        db.session.rollback()
        db.session.remove()


@pytest.fixture
def evening(played):
    """The evening on which the play stopped."""
    with clock.at(played.stopped_at):
        yield played


def all_of(model):
    return db.session.scalars(select(model).order_by(model.id)).all()


def test_the_report_of_a_small_court_is_the_published_one_in_proportion(evening):
    court, season = evening.court, evening.season
    told = funnel(court, season.starts_on, season.ends_on, last_day_kept(court))

    figures = of_size(SIZE)

    assert (told.referred, told.declined, told.scheduled) == (40, figures.declined, figures.scheduled)
    assert (told.failed_to_appear, told.heard) == (figures.failed_to_appear, figures.heard)
    assert (told.past_deadline, told.completed) == (figures.past_deadline, figures.completed)
    assert {(each.activity, each.amount) for each in told.ordered} >= {
        ("Jury duty", figures.sittings),
        ("Community service", 60 * figures.service_hours),
        ("Seminar", figures.workshops),
    }


def test_on_the_last_day_there_is_something_to_do_at_every_stage(evening):
    stages = Counter(db.session.scalars(select(m.Case.stage)).all())

    assert set(stages) == set(m.CaseStage)
    assert stages[m.CaseStage.REFERRED] == 3
    assert stages[m.CaseStage.HEARING_SET] == 4


def test_tonight_one_panel_has_decided_one_deliberates_and_the_others_wait(evening):
    tonight = next(day for day in all_of(m.CourtSession) if day.held_on == MONDAY)

    docket = tonight.docket

    assert tonight.published is not None
    assert not tonight.is_closed
    assert [(h.is_held, h.is_decided) for h in docket] == [(True, True), (True, False), *[(False, False)] * 3]
    assert all(len(h.panel.sitting_seats) >= 4 for h in docket)


def test_the_demonstrations_juror_leads_the_panel_that_lacks_only_their_vote(evening):
    juror = m.User.signing_in_as(db.session(), "juror@demo.example")
    hearing = db.session.scalars(m.Hearing.deliberated_by(juror).where(m.Hearing.state == "held")).first()

    deliberation, panel = hearing.deliberation, hearing.panel

    assert panel.foreperson.juror.person is juror.person
    assert len(deliberation.round.has_voted) == len(panel.sitting_seats) - 1
    assert deliberation.why_not_change(juror) is None


def test_the_judge_has_a_plan_to_sign_and_a_case_to_close(evening):
    judge = m.User.signing_in_as(db.session(), "judge@demo.example")

    waiting = db.session.scalars(m.DispositionOrder.waiting_for(judge)).all()
    reviewed = db.session.scalars(select(m.Case).where(m.Case.stage == m.CaseStage.COMPLETION_REVIEW)).all()

    assert [each.why_not_return(judge) for each in waiting] == [None]
    assert [case.why_not_dismiss() for case in reviewed] == [None]


def test_the_demonstrations_family_sees_one_plan_under_way(evening):
    guardian = m.User.signing_in_as(db.session(), "family@demo.example")

    [case] = db.session.scalars(m.Case.visible_to(guardian)).all()

    assert case.stage is m.CaseStage.ACTIVE
    assert case.obligations


def test_somebody_of_each_role_can_sign_in_with_the_password_that_is_told(evening):
    signed_in = [m.recognise(db.session(), each.email, each.password) for each in evening.sign_ins]

    assert [user.name for user in signed_in] == [each.name for each in evening.sign_ins]
    assert {each.role for each in evening.sign_ins} == set(Role)
    assert all(each.role in user.roles for each, user in zip(evening.sign_ins, signed_in, strict=True))


def test_jury_duty_is_done_by_sitting_and_in_no_other_way(evening):
    duties = [each for each in all_of(m.Obligation) if each.activity.is_jury_duty]
    sat = Counter(s.obligation for s in all_of(m.Sitting) if s.state is m.SittingState.CREDITED)

    served = {each: each.amount_done for each in duties}

    assert sum(served.values()) > 20
    assert all(done <= sat[duty] for duty, done in served.items())


def test_who_completed_a_plan_has_done_or_been_excused_from_all_of_it(evening):
    completed = [case for case in all_of(m.Case) if case.stage is m.CaseStage.COMPLETED]

    left = [each for case in completed for each in case.obligations if each.is_open]

    assert completed
    assert left == []


def test_some_former_respondents_stay_on_as_volunteers(evening):
    respondents = {case.respondent_id for case in all_of(m.Case)}

    stayed = [juror for juror in all_of(m.Juror) if juror.is_volunteer and juror.person_id in respondents]

    assert stayed
    assert all(juror.has_served for juror in stayed)


def test_every_panel_can_be_drawn_again_from_what_was_kept(evening):
    draws = [draw for draw in all_of(m.Draw) if draw.facts and draw.digest]

    assert len(draws) > 30
    assert [drawing.differences(draw) for draw in draws] == [[]] * len(draws)
    assert [examine({**drawing.evidence(draw), "digest": draw.digest}) for draw in draws] == [[]] * len(draws)


def test_nobody_sat_who_was_barred(evening):
    seats = [seat for seat in all_of(m.Seat) if seat.is_sworn]

    schoolmates = [
        seat
        for seat in seats
        if seat.juror.person.school_id
        and seat.juror.person.school_id == seat.panel.hearing.case.referral.school_at_incident_id
    ]

    assert len(seats) > 100
    assert schoolmates == []
    assert all(seat.juror.is_trained_on(seat.panel.hearing.court_session.held_on) for seat in seats)


def test_every_step_of_the_play_is_in_the_trail_at_its_own_time(evening):
    first, last = db.session.execute(select(func.min(m.AuditEvent.at), func.max(m.AuditEvent.at))).one()
    tables = {name for (name,) in db.session.execute(select(m.AuditEvent.subject).distinct())}

    assert last == evening.stopped_at
    assert (last - first).days > 400
    assert tables >= {"case", "hearing", "panel", "seat", "sitting", "obligation", "disposition_order"}


def test_rules_were_broken_in_vain(evening):
    assert set(evening.refusals) == {
        "accept",
        "ask_dismissal",
        "book",
        "change",
        "close_day",
        "confirm",
        "credit",
        "decide",
        "hold",
        "propose",
        "remove_app",
        "receive_referral",
        "seal",
        "pin",
        "_place",
        "stand",
    }


def test_the_play_leaves_committing_to_whoever_asked_for_it(evening):
    with db.engine.connect() as another:
        assert another.scalar(select(func.count()).select_from(Base.metadata.tables["court"])) == 0
