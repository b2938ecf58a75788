"""Draws that tell of a case: their names go when its record is sealed or destroyed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, select

from youthcourt.models import Bar, Case, Draw, Hearing, Juror, Person, Pin


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
