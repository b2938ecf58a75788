"""How a case came: whose business it is, and that the trail leads to the case."""

from sqlalchemy import select

from tests import make
from youthcourt import models as m
from youthcourt.permissions import Role
from youthcourt.procedures.intake.referring import HarmedFacts


def test_a_referral_is_its_own_courts_business_only(court, cast, session):
    referral = make.referred(court, cast.cora).referral
    bay = make.court("Bay County Youth Court")
    olga = make.user(bay, "Olga Ivanova", Role.COORDINATOR)

    seen = [session.scalars(m.Referral.visible_to(user)).all() for user in (cast.cora, olga)]

    assert seen == [[referral], []]


def test_what_is_written_of_a_referral_belongs_to_its_case(court, cast, session):
    case = make.referred(court, cast.cora)

    line = case.referral.record("referral.corrected", by=cast.cora, narrative="Two jackets.")

    assert (line.case_id, line.subject, line.subject_id) == (case.id, "referral", case.referral.id)


def test_whoever_was_hurt_wishes_nothing_until_they_say_so(court, cast, session):
    case = make.referred(court, cast.cora, harmed=[HarmedFacts("Corner Store", is_person=False)])
    session.flush()
    session.expire(case)

    harmed = case.persons_harmed[0]

    wishes = (harmed.wants_notice, harmed.wants_to_speak, harmed.wants_apology, harmed.wants_outcome)
    assert (wishes, harmed.statement) == ((False, False, False, False), "")


def test_incident_and_referral_and_both_schools_are_kept_apart(court, cast, session):
    then = make.school(court, "Harbor Middle")
    case = make.referred(court, cast.cora, school_at_incident=then, school_name="Lincoln High")
    session.commit()
    session.expire_all()

    row = session.execute(
        select(m.Referral.incident_on, m.Referral.referred_on, m.Referral.school_at_incident_id)
    ).one()

    assert tuple(row) == (make.TODAY.replace(day=2), make.TODAY, then.id)
    assert case.respondent.school.name == "Lincoln High"
