"""Printing what jurors get: forms, their days, and what they have given."""

from sqlalchemy import Select, false, select
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.documents.jury.juror_application import juror_application, juror_form
from youthcourt.documents.jury.juror_schedule import juror_days, juror_notice, juror_schedule
from youthcourt.documents.jury.service_record import credit_statement, service_certificate, service_letter
from youthcourt.documents.paper import Paper
from youthcourt.i18n import reader_language
from youthcourt.models import (
    Court,
    CourtSession,
    Juror,
    JurorSchedule,
    Person,
    ScheduledDay,
    ScheduledPlace,
    Sitting,
    SittingState,
    User,
)
from youthcourt.permissions import Permission, Role
from youthcourt.views.printing import Printing, of, spoken

_PERSON = joinedload(Juror.person).joinedload(Person.school)
_ASKED = joinedload(Sitting.juror).joinedload(Juror.person)
_JUROR = (_PERSON, joinedload(Juror.court), selectinload(Juror.trainings))


def _own_court(user: User) -> Select[Court]:
    return select(Court).where(Court.id == user.court_id)


def _jurors_of(user: User) -> Select[Juror]:
    """Every juror for the office; for a juror themselves."""
    mine = Juror.visible_to(user)
    if user.may(Permission.KEEP_JURORS):
        return mine
    is_me = Juror.person_id == user.person_id if user.person_id and Role.JUROR in user.roles else false()
    return mine.where(is_me)


def _days_of(user: User) -> Select[CourtSession]:
    """Every day for the office; for a juror those on which they are booked or have served."""
    mine = select(CourtSession).where(CourtSession.court_id == user.court_id)
    if user.may(Permission.KEEP_JURORS):
        return mine
    own = Sitting.of_juror(user).where(Sitting.state != SittingState.EXCUSED)
    return mine.where(CourtSession.id.in_(own.with_only_columns(Sitting.court_session_id)))


def _own_notice(day: CourtSession, reader: User) -> Paper:
    """A notice for each juror, for the office; a juror gets theirs."""
    to = None if reader.may(Permission.KEEP_JURORS) else reader.person
    return juror_notice(day, to=to, language=reader_language())


def _letter(juror: Juror, reader: User) -> Paper:
    return service_letter(juror, by=reader)


PRINTING = {
    "juror_application": Printing(
        "application", (Permission.KEEP_JURORS,), _own_court, spoken(juror_application)
    ),
    "juror_form": Printing("form", (Permission.KEEP_JURORS,), Juror.visible_to, of(juror_form), _JUROR),
    "juror_schedule": Printing(
        "schedule",
        (Permission.KEEP_JURORS,),
        JurorSchedule.visible_to,
        spoken(juror_schedule),
        (
            selectinload(JurorSchedule.days).options(
                selectinload(ScheduledDay.places).joinedload(ScheduledPlace.juror).joinedload(Juror.person),
                joinedload(ScheduledDay.court_session).options(
                    selectinload(CourtSession.blocks), selectinload(CourtSession.sittings).options(_ASKED)
                ),
            ),
        ),
    ),
    "juror_days": Printing(
        "days", (Permission.KEEP_JURORS, Permission.SEE_OWN_SITTINGS), _jurors_of, of(juror_days), _JUROR
    ),
    "juror_notice": Printing(
        "notice",
        (Permission.KEEP_JURORS, Permission.SEE_OWN_SITTINGS),
        _days_of,
        _own_notice,
        (selectinload(CourtSession.blocks), selectinload(CourtSession.sittings).options(_ASKED)),
    ),
    "service_certificate": Printing(
        "service", (Permission.KEEP_JURORS,), Juror.visible_to, of(service_certificate), _JUROR
    ),
    "service_letter": Printing("hours", (Permission.KEEP_JURORS,), Juror.visible_to, _letter, _JUROR),
    "credit_statement": Printing(
        "credits",
        (Permission.KEEP_JURORS, Permission.SEE_OWN_SITTINGS),
        _jurors_of,
        of(credit_statement),
        _JUROR,
    ),
}
