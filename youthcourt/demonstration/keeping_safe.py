"""Two families who must not be found: one address stays out of sight, one is safe again in a month."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from youthcourt.models import Case, CaseStage, SafeContact, User
from youthcourt.procedures.intake import safe_contact

from .stage import Stage, Story


def keeps_safe(stage: Stage) -> Story:
    """The office hides how two mothers are reached, looks one address up to bring a paper, and lifts one."""
    as_of = stage.season.as_of
    yield stage.at(as_of - timedelta(days=40), 11)
    for_good, for_a_while = _families(stage)
    _keep_apart(for_good, "A protective order against a former partner.", by=stage.coordinator)
    yield stage.at(as_of - timedelta(days=39), 9, 30)
    _keep_apart(for_a_while, "They stay at a shelter.", by=stage.colleague)
    yield stage.at(as_of - timedelta(days=20), 14)
    if apart := _standing(for_good):
        safe_contact.show(for_good, apart, by=stage.colleague)
    yield stage.at(as_of - timedelta(days=9), 10)
    if apart := _standing(for_a_while):
        safe_contact.lift(for_a_while, apart, by=stage.colleague)


def _families(stage: Stage) -> tuple[Case, Case]:
    """Two cases that run now, of families with no account to sign in with."""
    session = stage.court.session
    signs_in = select(User.person_id).where(User.person_id.is_not(None))
    running = select(Case).where(Case.court_id == stage.court.id, Case.stage == CaseStage.ACTIVE)
    found = [
        case
        for case in session.scalars(running.order_by(Case.id.desc()))
        if case.respondent.guardians and case.respondent.guardians[0].mailing_address
    ]
    known = set(session.scalars(signs_in))
    quiet = [case for case in found if case.respondent.guardians[0].id not in known]
    first, second, *_rest = [*quiet, *found]
    return first, second


def _keep_apart(case: Case, why: str, by: User) -> None:
    guardian = case.respondent.guardians[0]
    safe_contact.keep_apart(case, guardian, why, "Call the advocate; papers wait at the office.", by=by)


def _standing(case: Case) -> SafeContact | None:
    return case.respondent.guardians[0].safe_contact
