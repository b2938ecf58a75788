"""Lists of cases as pages show them: columns only, one row a case."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, false, func, or_, select, true
from sqlalchemy import case as when

from youthcourt.models.accounts.user import User
from youthcourt.models.completion.obligation import Obligation, ObligationState
from youthcourt.models.court.court import Offence
from youthcourt.models.court.hearing import Hearing
from youthcourt.models.court.on_docket import HearingState
from youthcourt.permissions import Role

from .audit import AuditEvent
from .case import Case
from .case_stage import BEFORE_ADMISSION, CLOSED_STAGES, CaseStage
from .letter import Letter, LetterKind
from .person import Guardianship, Person
from .reading import READINGS

OPEN_STAGES = tuple(stage for stage in CaseStage if stage not in CLOSED_STAGES)

_next_hearing_on = (
    select(func.min(Hearing.sits_on))
    .where(Hearing.case_id == Case.id, Hearing.state == HearingState.SET)
    .correlate(Case)
    .scalar_subquery()
)
_first_due_on = (
    select(func.min(Obligation.due_on))
    .where(Obligation.case_id == Case.id, Obligation.state == ObligationState.OPEN)
    .correlate(Case)
    .scalar_subquery()
)
# The clock that runs at this stage: to decide, to admit, or to finish the next part of the plan.
_due_on = when(
    (Case.stage == CaseStage.REFERRED, Case.decide_by),
    (Case.stage.in_(BEFORE_ADMISSION), Case.intake_by),
    (Case.stage == CaseStage.ACTIVE, _first_due_on),
    else_=None,
)


def case_list(user: User) -> Select[Any]:
    """The cases that are this reader's business, with the clock that runs and the next date."""
    return (
        Case.visible_to(user)
        .join(Case.respondent)
        .join(Case.offence)
        .with_only_columns(
            Case.id,
            Case.number,
            Case.stage,
            Case.stage_since,
            Person.given_name,
            Person.family_name,
            Offence.name.label("offence"),
            _due_on.label("due_on"),
            _next_hearing_on.label("next_on"),
        )
        .order_by(_due_on.is_(None), _due_on, Case.number.desc())
    )


def at_stage(cases: Select[Any], stage: str, today: date) -> Select[Any]:
    """Those at one stage, or `open`, `closed`, `overdue`; all of them for anything else."""
    if stage == "overdue":
        return cases.where(_due_on < today)
    stages = {"open": OPEN_STAGES, "closed": tuple(CLOSED_STAGES)}.get(stage)
    if stages is None and stage in set(CaseStage):
        stages = (CaseStage(stage),)
    return cases if stages is None else cases.where(Case.stage.in_(stages))


def like(cases: Select[Any], words: str) -> Select[Any]:
    """Those whose number or respondent's name has every one of these words in it."""
    name = Person.given_name + " " + Person.family_name + " " + Case.number
    for word in words.split():
        cases = cases.where(name.icontains(word, autoescape=True))
    return cases


def of_family(user: User) -> Select[Case]:
    """The cases of which this reader is the young person, or stands for them now."""
    if Role.FAMILY not in user.roles or user.person_id is None:
        return select(Case).where(false())
    wards = select(Guardianship.ward_id).where(
        Guardianship.guardian_id == user.person_id, Guardianship.ended_on.is_(None)
    )
    return select(Case).where(
        Case.court_id == user.court_id,
        Case.id == user.tablet_case_id if user.tablet_case_id else true(),
        or_(Case.respondent_id == user.person_id, Case.respondent_id.in_(wards)),
    )


def timeline_of(case: Case) -> Select[Any]:
    """What happened in a case, newest first."""
    return (
        select(
            AuditEvent.at,
            AuditEvent.event,
            AuditEvent.subject,
            AuditEvent.subject_id,
            AuditEvent.particulars,
            User.name.label("by"),
        )
        .outerjoin(AuditEvent.by)
        .where(AuditEvent.court_id == case.court_id, AuditEvent.case_id == case.id)
        .where(AuditEvent.event.not_in(READINGS))  # who has looked stands on a page of its own
        .order_by(AuditEvent.id.desc())
    )


def letters_of(case: Case) -> Select[int, LetterKind, str, str, datetime, datetime | None]:
    """The letters written about a case, newest first."""
    return (
        select(Letter.id, Letter.kind, Letter.subject, Letter.to_name, Letter.written_at, Letter.sent_at)
        .where(Letter.case_id == case.id)
        .order_by(Letter.id.desc())
    )
