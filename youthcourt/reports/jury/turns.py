"""How often each juror sat on the days that were drawn, and how often chance would have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from youthcourt.models import Court, CourtSession, Draw, DrawKind, DrawState, Juror, Person
from youthcourt.planning.long_run import AS_EXPECTED, LongRun, PastDraw, alike, long_run

MOST_DAYS = 40
MOST_PEOPLE = 500

# The plans of whole days that came into force. A day that was mended later counts as it was drawn.
_OF_DAYS = (
    Draw.court_id == bindparam("court_id"),
    Draw.kind == DrawKind.DAY,
    Draw.state == DrawState.PUBLISHED,
)
DRAWN: Select[Any] = (
    select(Draw.facts, Draw.result)
    .join(CourtSession, Draw.court_session_id == CourtSession.id)
    .where(*_OF_DAYS, Draw.forgotten_at.is_(None))
    .order_by(CourtSession.held_on.desc(), Draw.id.desc())
    .limit(MOST_DAYS)
)
FORGOTTEN = select(func.count(Draw.id)).where(*_OF_DAYS, Draw.forgotten_at.is_not(None))
NAMES = (
    select(Juror.id, Person.given_name, Person.family_name)
    .join(Person, Juror.person_id == Person.id)
    .where(Juror.court_id == bindparam("court_id"))
)


@dataclass(frozen=True)
class Turn:
    """One juror in all of these draws."""

    juror_id: int
    name: str
    run: LongRun

    @property
    def is_as_expected(self) -> bool:
        return self.run.verdict == AS_EXPECTED


@dataclass(frozen=True)
class Turns:
    """Everybody who could have sat; whoever chance does not explain comes first."""

    days: int
    forgotten: int
    rows: list[Turn]

    @property
    def beyond_chance(self) -> list[Turn]:
        return [row for row in self.rows if not row.is_as_expected]


def turns(court: Court) -> Turns:
    """The last draws of a court, looked at together."""
    session, of_court = court.session, {"court_id": court.id}
    drawn = [_past(*row) for row in session.execute(DRAWN, of_court)]
    names = {str(number): f"{given} {family}" for number, given, family in session.execute(NAMES, of_court)}
    # Whoever is no longer in the records is no longer on the page.
    rows = [Turn(int(run.who), names[run.who], run) for run in long_run(drawn) if run.who in names]
    rows.sort(key=lambda row: (row.is_as_expected, row.run.expected - row.run.seated, row.name))
    return Turns(len(drawn), session.scalar(FORGOTTEN, of_court) or 0, rows[:MOST_PEOPLE])


def _past(facts: dict[str, Any], result: dict[str, Any] | None) -> PastDraw:
    return alike(facts, [(who, role, where) for who, role, where in (result or {}).get("places", [])])
