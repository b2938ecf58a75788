"""What stands elsewhere and tells of a case: it goes when its record is sealed or destroyed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, select, union

from youthcourt.models import (
    Adjournment,
    Arrival,
    AuditEvent,
    Bar,
    Case,
    Draw,
    Hearing,
    Juror,
    Person,
    Pin,
    Reopening,
    TabletCode,
    TimeBlock,
    User,
)
from youthcourt.models.audit_chain import forget


def forget_draws(case: Case, people: Iterable[Person]) -> int:
    """Let go of what each draw tells of this case: who was tied to it, who owed something by it, who was part
    of it. The digests and the numbers stay. Returns how many draws lost their names."""
    session = case.session
    hearings = {str(number) for number in session.scalars(_hearings_of(case))}
    theirs = select(Juror.id, Juror.person_id).where(Juror.person_id.in_([person.id for person in people]))
    jurors = {str(juror_id): person_id for juror_id, person_id in session.execute(theirs)}
    owing = {who for who, person_id in jurors.items() if person_id == case.respondent_id}
    told = 0
    for draw in session.scalars(select(Draw).where(Draw.court_id == case.court_id, Draw.facts.is_not(None))):
        facts = draw.facts or {}
        if _heard_in(facts) & hearings or _owes(facts, owing) or _are_apart(facts, set(jurors)):
            draw.forget()
            told += 1
    for wish in (Pin, Bar):
        session.execute(delete(wish).where(wish.hearing_id.in_([int(each) for each in hearings])))
    return told


def _hearings_of(case: Case) -> Any:
    return select(Hearing.id).where(Hearing.case_id == case.id)


def _heard_in(facts: dict[str, Any]) -> set[str]:
    """The hearings of a draw, also of one from before days were drawn as a whole."""
    if "hearings" in facts:
        return {each["id"] for each in facts["hearings"]}
    return {str(facts["hearing"])}


def _owes(facts: dict[str, Any], owing: set[str]) -> bool:
    """Whether it tells that somebody has or had a case of their own."""
    return any(
        each.get("id") in owing and (each["owes"] or each["open_case"])
        for each in facts["candidates"]
        if "id" in each
    )


def _are_apart(facts: dict[str, Any], jurors: set[str]) -> bool:
    """Whether it tells that two of them were part of one incident."""
    return any(len(jurors & set(pair)) > 1 for pair in facts.get("apart", ()))


def forget_days(case: Case, people: Iterable[Person], instead: str, by: User | None) -> None:
    """The days of its hearings: who interpreted, codes for its family, and why one was opened again."""
    session, everybody = case.session, list(people)
    mine = select(Hearing.id).where(Hearing.case_id == case.id)
    for at_the_door in (Arrival, TabletCode):
        session.execute(delete(at_the_door).where(at_the_door.hearing_id.in_(mine)))
    moved_from = (
        select(TimeBlock.court_session_id)
        .join(Adjournment, Adjournment.was_block_id == TimeBlock.id)
        .where(Adjournment.hearing_id.in_(mine))
    )
    set_for = select(Hearing.court_session_id).where(Hearing.case_id == case.id)
    days = list(session.scalars(union(set_for, moved_from)))
    for reopened in session.scalars(select(Reopening).where(Reopening.court_session_id.in_(days))):
        reopened.reason = _without_names(reopened.reason, everybody, instead)
    why = (AuditEvent.event == "court_session.reopened") & AuditEvent.subject_id.in_(days)
    forget(case.court, why, by=by)


def _without_names(words: str, people: list[Person], instead: str) -> str:
    """What somebody typed, with a stand-in for every name of these people, whole or in part."""
    parts = {part for person in people for part in (person.name, person.given_name, person.family_name)}
    for name in sorted(parts - {""}, key=len, reverse=True):
        words = re.sub(rf"\b{re.escape(name)}\b", instead, words, flags=re.IGNORECASE)
    return words
