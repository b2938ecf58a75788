"""Sealing hides a case and its people, lets it go on counting, and can be undone."""

from datetime import date, timedelta

import pytest
from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from tests import make
from tests.refusals import refused, refused_beside
from tests.stages import active, case_at
from youthcourt import clock
from youthcourt import models as m
from youthcourt.models.completion.sealing import seeing_sealed
from youthcourt.permissions import Role
from youthcourt.procedures.completion import sealing
from youthcourt.procedures.intake import referring
from youthcourt.reports.completion.funnel import funnel

S = m.CaseStage


@pytest.fixture
def case(court, cast):
    return case_at(S.COMPLETED, court, cast)


def sealed(case, by):
    with seeing_sealed():
        return sealing.seal(case, "The wait is over.", by=by)


QUESTIONS = {
    "records": lambda case: select(m.Case),
    "columns": lambda case: select(m.Case.id, m.Case.number),
    "one column of another table": lambda case: select(m.Obligation.id),
    "a join": lambda case: select(m.Person.id).join(m.Case, m.Case.respondent_id == m.Person.id),
    "an alias": lambda case: select(aliased(m.Case)),
    "a number in a list": lambda case: select(m.Hearing.id).where(m.Hearing.case_id.in_([case.id])),
    "a subquery": lambda case: select(m.Court.id).where(m.Court.id.in_(select(m.Case.court_id))),
    "whether there is one": lambda case: select(m.Court.id).where(
        exists().where(m.Case.court_id == m.Court.id)
    ),
    "a common table": lambda case: select(select(m.Case.id).cte().c.id),
    "a seat three steps away": lambda case: select(m.Seat.id),
    "a letter": lambda case: select(m.Letter.id),
    "the trail": lambda case: select(m.AuditEvent.id).where(m.AuditEvent.case_id == case.id),
    "its people": lambda case: select(m.Person).where(m.Person.family_name == "Tate"),
    "who stands for them": lambda case: select(m.Guardianship.id),
    "its account": lambda case: select(m.User.id).where(m.User.email == "j@example.org"),
}


@pytest.mark.parametrize("asked", QUESTIONS)
def test_no_way_of_asking_finds_what_is_sealed(case, cast, session, asked):
    make.user(case.court, "Jordan Tate", Role.FAMILY, person=case.respondent, email="j@example.org")
    m.Letter.write(case, m.LetterKind.DISMISSAL, "x", "", "x", "x", by=cast.cora)
    session.flush()
    question = QUESTIONS[asked](case)
    before = session.execute(question).all()

    sealed(case, cast.cora)
    session.expunge_all()

    assert before
    assert session.execute(question).all() == []
    with seeing_sealed():
        assert session.execute(question).all()


def test_counts_and_loaded_relations_leave_out_what_is_sealed(case, cast, session):
    day = case.hearings[0].court_session
    sealed(case, cast.cora)
    session.expunge_all()

    total = session.scalar(select(func.count()).select_from(select(m.Case.id).subquery()))
    eager = session.scalars(select(m.CourtSession).options(selectinload(m.CourtSession.hearings))).one()
    sitting = session.scalars(select(m.Sitting).options(joinedload(m.Sitting.obligation))).first()

    assert (total, eager.hearings, sitting.obligation) == (0, [], None)
    assert session.get(m.Case, case.id) is None
    assert session.get(m.CourtSession, day.id).docket == []


def test_a_case_that_runs_is_not_sealed(court, cast):
    case = active(court, cast)

    assert refused(sealing.seal, case, "Why not.", by=cast.cora) == "This case is not closed yet."


def test_a_reason_is_needed(case, cast):
    assert refused_beside(sealing.seal, case, " ", by=cast.cora)[0] == "reason"


def test_a_hold_and_open_restitution_keep_a_record(court, cast, session):
    case = active(court, cast)
    owed = case.obligations[0]
    owed.activity = make.activity(court, "restitution")
    case.return_to_referrer(m.ClosureReason.MOVED, note="Left.", by=cast.cora)
    first = sealing.why_not_seal(case)
    owed.state = m.ObligationState.MET
    hold = m.LegalHold.place(case, m.HoldReason.APPEAL, "A review was asked for.", by=cast.cora)
    second = sealing.why_not_seal(case)
    hold.lift("It is decided.", by=cast.cora)

    assert (first, second) == ("Something is still to be paid back.", "A legal hold keeps it.")
    assert sealing.why_not_seal(case) is None
    assert refused(hold.lift, "Once more.", by=cast.cora) == "This hold is lifted already."


def test_where_the_rule_asks_for_a_notice_the_family_is_told_first(case, court, cast, session):
    m.RetentionRule.add(
        court,
        by=cast.cora,
        name="Completed",
        kind=m.RecordKind.COMPLETED,
        trigger=m.Trigger.CLOSED,
        seal_after_days=90,
        needs_notice=True,
        keeps_mark=True,
    )
    before = sealing.why_not_seal(case)
    letter = m.Letter.write(case, m.LetterKind.SEALING_NOTICE, "The family", "", "x", "x", by=cast.cora)
    written = sealing.why_not_seal(case)
    letter.send(by=cast.cora)

    assert before == written == "Tell the family first: write the notice and note it as sent."
    assert sealing.why_not_seal(case) is None


def test_a_number_is_given_once_even_when_its_case_is_sealed(case, court, cast):
    number = case.number
    sealed(case, cast.cora)

    assert make.referred(court, cast.cora, name="Next One").number != number


def test_who_also_volunteers_stays_on_the_list_and_signs_in_as_family_no_longer(case, court, cast, session):
    juror = m.Juror.enrol(case.respondent, by=cast.cora)
    account = make.user(court, "Jordan", Role.FAMILY, Role.JUROR, person=case.respondent)
    sealed(case, cast.cora)
    session.flush()
    session.expire_all()

    assert session.scalars(select(m.Person).where(m.Person.id == juror.person_id)).one().name == "Jordan Tate"
    assert account.roles == {Role.JUROR}
    assert session.scalars(select(m.Guardianship)).all() == []


def test_who_only_sat_for_the_plan_is_a_former_participant_on_the_panels_of_others(case, cast, session):
    juror = session.query(m.Juror).filter_by(person=case.respondent).one()
    account = m.Account.of(case.court, case.respondent)
    sealed(case, cast.cora)

    assert (str(juror), juror.left_on) == (sealing.STAND_IN, case.court.today)
    assert account.person is juror.person


def test_another_case_of_the_same_person_stays_as_it_was(case, court, cast, session):
    court.earlier_participation_days = 0
    other = make.accepted(court, cast.cora, incident_on=court.today - timedelta(days=2))
    sealed(case, cast.cora)
    session.flush()
    session.expunge_all()

    found = session.scalars(select(m.Case).options(joinedload(m.Case.respondent))).one()
    assert (found.id, found.respondent.name) == (other.id, "Jordan Tate")


def test_a_co_respondent_whose_case_is_sealed_is_named_in_the_others_case_no_longer(court, cast, session):
    first = make.referred(court, cast.cora, name="Jordan Tate")
    make.referred(court, cast.cora, name="Robin Roe", companions=["Jordan Tate", "Sam Poe"])
    first.decline(m.DeclineReason.NO_CONTACT, note="", by=cast.cora)

    sealed(first, cast.cora)

    assert session.scalars(select(m.Companion.name)).all() == ["Sam Poe"]


def test_the_figures_stay_what_they_were_when_cases_are_sealed(case, court, cast, session):
    make.referred(court, cast.cora, name="Still Here")
    year = (date(2026, 1, 1), date(2026, 12, 31), court.today)
    before = funnel(court, *year)

    sealed(case, cast.cora)
    session.flush()

    after = funnel(court, *year)
    assert (before.referred, before.heard, before.completed_before_deadline_passed) == (2, 1, 1)
    assert after == before
    print("count: figures compared before and after sealing = 18")


def test_somebody_who_took_part_before_is_known_by_the_mark_alone(case, court, cast, session):
    sealed(case, cast.cora)
    again = make.referred(court, cast.cora, name="JÓRDAN  tate", incident_on=court.today - timedelta(days=1))
    other = make.referred(court, cast.cora, name="Jordan Tait")
    session.flush()

    said = [sentence for _reason, sentence in again.rules_against()]

    assert said == ["Took part here before. The record is sealed or no longer kept."]
    assert other.rules_against() == []
    assert again.respondent is not case.respondent
    kept = session.scalars(select(m.ParticipationMark)).one()
    assert (len(kept.mark), kept.keep_until) == (64, court.today + timedelta(days=365))


def test_a_mark_that_no_longer_counts_is_not_asked(case, court, cast, session):
    sealed(case, cast.cora)
    with clock.at(make.SATURDAY + timedelta(days=366)):
        again = make.referred(court, cast.cora)

        assert again.rules_against() == []


def test_unsealing_shows_everything_again(case, court, cast, session):
    juror = session.query(m.Juror).filter_by(person=case.respondent).one()
    standing = sealed(case, cast.cora)
    session.flush()

    with seeing_sealed():
        sealing.unseal(standing, "The court ordered it today.", by=cast.ada)
        session.flush()
    session.expire_all()

    assert session.scalars(select(m.Case)).one().respondent.name == "Jordan Tate"
    assert str(juror) == "Jordan Tate"
    counts = [
        session.scalar(select(func.count()).select_from(each)) for each in (m.CaseFigure, m.ParticipationMark)
    ]
    assert counts == [0, 0]
    assert session.scalars(select(m.Person).where(m.Person.given_name == sealing.STAND_IN)).all() == []


def test_unsealing_needs_a_reason_and_happens_once(case, cast):
    standing = sealed(case, cast.cora)
    with seeing_sealed():
        field, _words = refused_beside(sealing.unseal, standing, "because", by=cast.ada)
        sealing.unseal(standing, "The court ordered it today.", by=cast.ada)

        assert field == "reason"
        assert refused(sealing.unseal, standing, "The court ordered it.", by=cast.ada)


def test_sealing_and_unsealing_are_written_down(case, cast, logged):
    standing = sealed(case, cast.cora)
    with seeing_sealed():
        sealing.unseal(standing, "The court ordered it today.", by=cast.ada)

        assert logged() == [
            ("sealing.sealed", cast.cora, {"rule": ""}),
            ("sealing.unsealed", cast.ada, {"reason": "The court ordered it today."}),
        ]


@pytest.mark.parametrize(
    ("age", "band"), [(None, "?"), (9, "<11"), (11, "11-12"), (14, "13-14"), (16, "15-16"), (17, "17+")]
)
def test_ages_are_kept_in_bands(age, band):
    assert sealing.age_band(age) == band


def test_a_referral_of_somebody_sealed_does_not_tell(case, court, cast):
    facts = make.referral_facts(court, incident_on=case.referral.incident_on)
    sealed(case, cast.cora)

    assert referring.earlier_case_like(court, facts) is None
