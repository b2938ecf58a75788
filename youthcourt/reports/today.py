"""What needs somebody today: short lists for the desk, each with the number of all there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select
from sqlalchemy import case as when
from sqlalchemy.orm import aliased, joinedload

from youthcourt import clock
from youthcourt.models import (
    Case,
    CaseStage,
    Court,
    CourtSession,
    Hearing,
    HearingState,
    Juror,
    Obligation,
    ObligationState,
    Person,
    Reopening,
    SanctionActivity,
    Sitting,
    SittingState,
    TimeBlock,
    User,
)

LONGEST = 6
DAYS_AHEAD = 7
SESSION_DAYS_AHEAD = 14

_OF_CASE = (Case.id, Case.number, Person.given_name, Person.family_name)
_HOW_MANY = func.count().over().label("how_many")
_HERE = Case.court_id == bindparam("court_id")
_WITH_RESPONDENT = Case.respondent_id == Person.id


@dataclass(frozen=True)
class Few:
    """The first rows of a list, and how long the whole of it is."""

    rows: Sequence[Any]

    @property
    def total(self) -> int:
        return self.rows[0].how_many if self.rows else 0

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


# Cases whose clock runs out within the week, or has: to decide, then to hold the intake.
_due_on = when((Case.stage == CaseStage.REFERRED, Case.decide_by), else_=Case.intake_by)
CLOCKS = (
    select(*_OF_CASE, Case.stage, _due_on.label("due_on"), _HOW_MANY)
    .join(Person, _WITH_RESPONDENT)
    .where(
        _HERE,
        or_(
            and_(Case.stage == CaseStage.REFERRED, Case.decide_by <= bindparam("soon")),
            and_(Case.stage == CaseStage.INTAKE_DUE, Case.intake_by <= bindparam("soon")),
        ),
    )
    .order_by(_due_on, Case.id)
    .limit(LONGEST)
)

TO_SCHEDULE = (
    select(*_OF_CASE, Case.stage_since, _HOW_MANY)
    .join(Person, _WITH_RESPONDENT)
    .where(_HERE, Case.stage == CaseStage.ADMITTED)
    .order_by(Case.stage_since, Case.id)
    .limit(LONGEST)
)

READY_TO_CLOSE = (
    select(*_OF_CASE, Case.stage_since, _HOW_MANY)
    .join(Person, _WITH_RESPONDENT)
    .where(
        _HERE,
        Case.stage == CaseStage.ACTIVE,
        exists().where(Obligation.case_id == Case.id),
        ~exists().where(Obligation.case_id == Case.id, Obligation.state == ObligationState.OPEN),
    )
    .order_by(Case.stage_since, Case.id)
    .limit(LONGEST)
)

OVERDUE = (
    select(
        Obligation.id.label("obligation_id"),
        *_OF_CASE,
        SanctionActivity.name.label("activity"),
        Obligation.due_on,
        _HOW_MANY,
    )
    .join(Case, Obligation.case_id == Case.id)
    .join(Person, _WITH_RESPONDENT)
    .join(SanctionActivity, Obligation.activity_id == SanctionActivity.id)
    .where(
        Obligation.court_id == bindparam("court_id"),
        Obligation.state == ObligationState.OPEN,
        Obligation.due_on < bindparam("today"),
        Case.stage == CaseStage.ACTIVE,
    )
    .order_by(Obligation.due_on, Obligation.id)
    .limit(LONGEST)
)

# Days that passed and were never closed: jurors wait for their credit.
TO_CLOSE = (
    select(CourtSession.id, CourtSession.held_on, _HOW_MANY)
    .where(
        CourtSession.court_id == bindparam("court_id"),
        CourtSession.held_on < bindparam("today"),
        CourtSession.closed_at.is_(None),
    )
    .order_by(CourtSession.held_on)
    .limit(LONGEST)
)

PARTS = {
    "clocks": CLOCKS,
    "to_schedule": TO_SCHEDULE,
    "overdue": OVERDUE,
    "ready_to_close": READY_TO_CLOSE,
    "days_to_close": TO_CLOSE,
}


def needs_coordinator(court: Court) -> dict[str, Few]:
    """What waits for a coordinator, most pressing first in each list."""
    today = court.today
    known = {"court_id": court.id, "today": today, "soon": today + timedelta(days=DAYS_AHEAD)}
    session = court.session
    return {part: Few(session.execute(rows, known).all()) for part, rows in PARTS.items()}


def days_ahead(court: Court) -> Select[CourtSession]:
    """Hearing days of the next two weeks, which have to be made ready for court."""
    return (
        select(CourtSession)
        .where(
            CourtSession.court_id == court.id,
            CourtSession.held_on.between(court.today, court.today + timedelta(days=SESSION_DAYS_AHEAD)),
            CourtSession.closed_at.is_(None),
        )
        .order_by(CourtSession.held_on, CourtSession.id)
        .limit(LONGEST)
    )


def going_on(court: Court) -> Select[CourtSession]:
    """The days that are today and not closed."""
    return (
        select(CourtSession)
        .where(
            CourtSession.court_id == court.id,
            CourtSession.held_on == court.today,
            CourtSession.closed_at.is_(None),
        )
        .order_by(CourtSession.id)
        .limit(3)
    )


_mine = aliased(Hearing)
TO_SIGN = (
    select(Case.stage, func.count())
    .where(
        _HERE,
        Case.stage.in_((CaseStage.PROPOSED, CaseStage.COMPLETION_REVIEW)),
        exists().where(
            _mine.case_id == Case.id,
            _mine.judge_id == bindparam("judge_id"),
            _mine.state == HearingState.HELD,
        ),
    )
    .group_by(Case.stage)
)


def waits_for_judge(judge: User) -> dict[CaseStage, int]:
    """How many plans and how many closings wait for this judge."""
    rows = judge.session.execute(TO_SIGN, {"court_id": judge.court_id, "judge_id": judge.id})
    return {stage: number for stage, number in rows}


def reopened_days(judge: User) -> Select[Reopening]:
    """Days of this judge's hearings that somebody opened again within the last weeks, newest first."""
    day = CourtSession.visible_to(judge).where(CourtSession.hearings.any(judge_id=judge.id))
    return (
        select(Reopening)
        .where(
            Reopening.court_session_id.in_(day.with_only_columns(CourtSession.id)),
            Reopening.reopened_at > clock.now() - timedelta(days=SESSION_DAYS_AHEAD),
        )
        .order_by(Reopening.id.desc())
        .limit(LONGEST)
        .options(joinedload(Reopening.by), joinedload(Reopening.court_session))
    )


NEXT_SITTING = (
    select(
        Sitting.id,
        Sitting.state,
        CourtSession.held_on,
        CourtSession.place,
        func.min(TimeBlock.starts_at).label("starts_at"),
    )
    .join(Juror, Sitting.juror_id == Juror.id)
    .join(CourtSession, Sitting.court_session_id == CourtSession.id)
    .join(TimeBlock, TimeBlock.court_session_id == CourtSession.id)
    .where(
        Sitting.court_id == bindparam("court_id"),
        Juror.person_id == bindparam("person_id"),
        Sitting.state.in_((SittingState.BOOKED, SittingState.CHECKED_IN)),
        CourtSession.held_on >= bindparam("today"),
    )
    .group_by(Sitting.id, Sitting.state, CourtSession.id, CourtSession.held_on, CourtSession.place)
    .order_by(CourtSession.held_on)
    .limit(1)
)


def next_sitting(user: User) -> Any:
    """When and where this juror sits next."""
    known = {"court_id": user.court_id, "person_id": user.person_id, "today": user.court.today}
    return user.session.execute(NEXT_SITTING, known).first()
