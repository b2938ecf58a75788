"""One paper of each kind beside the hearing day, from a case that has come as far as each asks for."""

from datetime import timedelta

from tests import make
from youthcourt import models as m
from youthcourt.documents.completion.final_report import final_report
from youthcourt.documents.completion.sealing_notice import sealing_notice
from youthcourt.documents.court.labels import envelope_pages, labels_14, labels_21, labels_30
from youthcourt.documents.intake.agreement import agreement
from youthcourt.documents.intake.case_cover import case_cover
from youthcourt.documents.intake.case_file import case_file
from youthcourt.documents.intake.consents import media_consent, text_consent
from youthcourt.documents.intake.intake_appointment import intake_appointment
from youthcourt.documents.intake.person_harmed import harmed_invitation, harmed_notice, impact_statement
from youthcourt.documents.intake.referral_acknowledgement import referral_acknowledgement
from youthcourt.documents.jury.juror_application import juror_application, juror_form
from youthcourt.documents.jury.juror_schedule import juror_days, juror_notice, juror_schedule
from youthcourt.documents.jury.service_record import credit_statement, service_certificate, service_letter


def appointed(case, by):
    """The first meeting with a family: on Wednesday at six."""
    made = m.Appointment.make(
        case, starts_at=make.SATURDAY + timedelta(days=4, hours=5), place="Courthouse, room 12", by=by
    )
    make.db.session.flush()
    return made


def harmed(case, name="Corner Shop, Ms. Bell", **facts):
    """Somebody whom the incident hurt, and who asked to be told."""
    facts = {"contact": "88 Market Street\nHarbor, NC 28301", "wants_notice": True} | facts
    hurt = m.PersonHarmed(court=case.court, name=name, **facts)
    case.persons_harmed.append(hurt)
    make.db.session.flush()
    return hurt


def schedule(day, jurors, by):
    """A published plan of months ahead with one day."""
    court = day.court
    plan = m.JurorSchedule(
        court=court,
        starts_on=day.held_on,
        ends_on=day.held_on + timedelta(days=180),
        asks_everybody=True,
        seed="a seed",
        made_at=make.SATURDAY,
        made_by=by,
    )
    asked = m.ScheduledDay(court=court, court_session=day, wanted=len(jurors) + 2)
    asked.places = [m.ScheduledPlace(court=court, juror=each) for each in jurors]
    plan.days.append(asked)
    make.db.session.add(plan)
    plan.mark_published(len(jurors), by=by)
    make.db.session.flush()
    return plan


def of_intake(case, cast, language):
    person = make.person(case.court, "Bella Bell", born_on=None, language=language)
    hurt = harmed(case, person=person)
    return {
        "referral_acknowledgement": referral_acknowledgement(case, by=cast.cora),
        "intake_appointment": intake_appointment(case),
        "agreement": agreement(case),
        "media_consent": media_consent(case),
        "text_consent": text_consent(case),
        "harmed_notice": harmed_notice(hurt),
    }


def before_a_day(day, hearing, cast, language):
    """Papers of a day that is published, with a hearing that is still to be held."""
    juror = cast.jurors[0]
    return {
        "harmed_invitation": harmed_invitation(hearing.case.persons_harmed[0]),
        "impact_statement": impact_statement(hearing.case.persons_harmed[0]),
        "juror_application": juror_application(day.court, language),
        "juror_form": juror_form(juror),
        "juror_schedule": juror_schedule(schedule(day, cast.jurors, cast.cora), language),
        "juror_days": juror_days(juror),
        "juror_notice": juror_notice(day, language=language),
        "labels_30": labels_30(day, language),
        "labels_14": labels_14(day, language),
        "labels_21": labels_21(day, language),
        "envelope_pages": envelope_pages(day, language),
    }


def afterwards(case, cast, language):
    """Papers of a case that is completed, and of a juror whose day was closed."""
    juror = next(each for each in cast.jurors if each.has_served)
    return {
        "case_cover": case_cover(case, language),
        "case_file": case_file(case, language),
        "final_report": final_report(case),
        "sealing_notice": sealing_notice(case),
        "service_certificate": service_certificate(juror),
        "service_letter": service_letter(juror, by=cast.cora),
        "credit_statement": credit_statement(juror),
    }
