"""Seating a panel: who may sit, and the draw that anybody can repeat."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models import (
    Case,
    Companion,
    Draw,
    DrawKind,
    DrawState,
    Hearing,
    Juror,
    Panel,
    Person,
    PersonHarmed,
    Seat,
    Sitting,
    SittingState,
    Tie,
    TieKind,
    TimeBlock,
    User,
)
from youthcourt.models.audit import plain
from youthcourt.planning.lots import commitment

DRAW_METHOD = "sha256-lots-1"


class Bar(StrEnum):
    """Why somebody may not sit on a panel."""

    OWN_CASE = "own_case"
    FAMILY = "family"
    CO_RESPONDENT = "co_respondent"
    HARMED = "harmed"
    WITNESS = "witness"
    KIN = "kin"
    HOUSEHOLD = "household"
    KNOWS = "knows"
    OBJECTED = "objected"
    SAME_SCHOOL = "same_school"
    NOT_BOOKED = "not_booked"
    NOT_FREE = "not_free"
    AWAY = "away"
    NOT_TRAINED = "not_trained"
    NOT_OF_AGE = "not_of_age"
    LEFT = "left"
    STOOD_DOWN = "stood_down"


BAR_WORDS = {
    Bar.OWN_CASE: _l("It is their own case."),
    Bar.FAMILY: _l("Stands for the respondent as guardian."),
    Bar.CO_RESPONDENT: _l("Was part of the same incident."),
    Bar.HARMED: _l("Was hurt by the incident."),
    Bar.WITNESS: _l("Saw the incident happen."),
    Bar.KIN: _l("Is family of the respondent."),
    Bar.HOUSEHOLD: _l("Lives with the respondent."),
    Bar.KNOWS: _l("Knows the respondent."),
    Bar.OBJECTED: _l("The family objected to this juror before."),
    Bar.SAME_SCHOOL: _l("Goes to the respondent's school."),
    Bar.NOT_BOOKED: _l("Is not booked for this day."),
    Bar.NOT_FREE: _l("Sits on another panel at this time."),
    Bar.AWAY: _l("Cannot come on this day."),
    Bar.NOT_TRAINED: _l("Has no training that is good on this day."),
    Bar.NOT_OF_AGE: _l("Is not of the age for jurors on this day."),
    Bar.LEFT: _l("No longer sits."),
    Bar.STOOD_DOWN: _l("Was stood down from this panel."),
}

_BAR_OF_TIE = {
    TieKind.KIN: Bar.KIN,
    TieKind.HOUSEHOLD: Bar.HOUSEHOLD,
    TieKind.KNOWS: Bar.KNOWS,
    TieKind.OBJECTED: Bar.OBJECTED,
    TieKind.WITNESS: Bar.WITNESS,
}


@dataclass(frozen=True)
class Candidate:
    """A juror who was looked at for a panel, and what bars them from it, if anything does."""

    juror: Juror
    bars: tuple[Bar, ...]

    @property
    def may_sit(self) -> bool:
        return not self.bars


@dataclass
class _Ties:
    """Everybody who is tied to a case, gathered once for all candidates."""

    by_person: dict[int, set[Bar]] = field(default_factory=dict)
    schools: set[int] = field(default_factory=set)
    busy: set[int] = field(default_factory=set)
    stood_down: set[int] = field(default_factory=set)
    booked: set[int] = field(default_factory=set)

    def add(self, person_id: int | None, bar: Bar) -> None:
        if person_id is not None:
            self.by_person.setdefault(person_id, set()).add(bar)


def _ties_of(hearing: Hearing, session: Session) -> _Ties:
    case, ties = hearing.case, _Ties()
    respondent = case.respondent
    ties.add(respondent.id, Bar.OWN_CASE)
    for guardian in respondent.guardians:
        ties.add(guardian.id, Bar.FAMILY)
    family = {respondent.id, *(guardian.id for guardian in respondent.guardians)}
    companions = select(Companion).where(Companion.case_id == case.id)
    for companion in session.scalars(companions):
        ties.add(companion.person_id, Bar.CO_RESPONDENT)
    # The tie holds both ways: whoever named this respondent as a companion may not judge them either.
    named_me = select(Case.respondent_id).join(Companion, Companion.case_id == Case.id)
    for person_id in session.scalars(named_me.where(Companion.person_id == respondent.id)):
        ties.add(person_id, Bar.CO_RESPONDENT)
    for harmed_id in session.scalars(select(PersonHarmed.person_id).where(PersonHarmed.case_id == case.id)):
        ties.add(harmed_id, Bar.HARMED)
    known = select(Tie).where(or_(Tie.person_id.in_(family), Tie.other_id.in_(family)))
    for tie in session.scalars(known):
        for person_id in {tie.person_id, tie.other_id} - family:
            ties.add(person_id, _BAR_OF_TIE[tie.kind])
    if hearing.court.keeps_schoolmates_apart:
        ties.schools = {
            school
            for school in (respondent.school_id, case.referral.school_at_incident_id)
            if school is not None
        }
    others = (
        select(Seat.juror_id)
        .join(Seat.panel)
        .join(Seat.time_block)
        .where(
            TimeBlock.starts_at == hearing.block.starts_at,
            Seat.stood_down_at.is_(None),
            Panel.hearing_id != hearing.id,
        )
    )
    ties.busy = set(session.scalars(others))
    gone = (
        select(Seat.juror_id)
        .join(Seat.panel)
        .where(Panel.hearing_id == hearing.id, Panel.dissolved_at.is_(None), Seat.stood_down_at.is_not(None))
    )
    ties.stood_down = set(session.scalars(gone))
    coming = select(Sitting.juror_id).where(
        Sitting.court_session_id == hearing.court_session_id,
        Sitting.state.in_((SittingState.BOOKED, SittingState.CHECKED_IN)),
    )
    ties.booked = set(session.scalars(coming))
    return ties


def _bars(juror: Juror, hearing: Hearing, ties: _Ties) -> tuple[Bar, ...]:
    day, court, person = hearing.court_session.held_on, hearing.court, juror.person
    age = person.age_on(day)
    personal = ties.by_person.get(person.id, set())
    found = {
        **{bar: True for bar in personal},
        Bar.SAME_SCHOOL: person.school_id in ties.schools,
        Bar.NOT_BOOKED: juror.id not in ties.booked,
        Bar.NOT_FREE: juror.id in ties.busy,
        Bar.AWAY: juror.is_away_on(day),
        Bar.NOT_TRAINED: not juror.is_trained_on(day),
        Bar.NOT_OF_AGE: age is None or not court.juror_youngest_age <= age <= court.juror_oldest_age,
        Bar.LEFT: juror.left_on is not None,
        Bar.STOOD_DOWN: juror.id in ties.stood_down,
    }
    return tuple(bar for bar in Bar if found.get(bar))


def candidates(hearing: Hearing) -> list[Candidate]:
    """Everybody booked for the day of this hearing, each with what bars them from its panel."""
    session = hearing.session
    ties = _ties_of(hearing, session)
    booked = (
        select(Juror)
        .where(Juror.court_id == hearing.court_id, Juror.id.in_(ties.booked))
        .order_by(Juror.id)
        .options(
            selectinload(Juror.person).selectinload(Person.school),
            selectinload(Juror.trainings),
            selectinload(Juror.absences),
            selectinload(Juror.sittings),
        )
    )
    return [Candidate(juror, _bars(juror, hearing, ties)) for juror in session.scalars(booked)]


def bars_against(juror: Juror, hearing: Hearing) -> tuple[Bar, ...]:
    """What bars one juror from one panel; nothing when they may sit."""
    return _bars(juror, hearing, _ties_of(hearing, hearing.session))


def why_may_not_sit(juror: Juror, hearing: Hearing) -> str | None:
    bars = bars_against(juror, hearing)
    return " ".join(str(BAR_WORDS[bar]) for bar in bars) or None


def lot(seed: str, juror_id: int) -> str:
    """The lot a juror draws: SHA-256 of seed and number, as 64 hexadecimal digits. The lowest sit."""
    return hashlib.sha256(f"{seed}:{juror_id}".encode()).hexdigest()


def outcome(seed: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """Who sits, from the kept inputs alone: the same seed and inputs give the same panel on any machine.

    Those who may sit are ordered by lot; the first `size` are seated, the next `reserves` wait. The
    foreperson is the lowest lot among the seated who have served before, or of all seated if none has.
    """
    free = [each for each in inputs["candidates"] if not each["bars"]]
    drawn = sorted(free, key=lambda each: lot(seed, each["juror"]))
    seated = drawn[: inputs["size"]]
    experienced = [each for each in seated if each["has_served"]] or seated
    return {
        "seats": [each["juror"] for each in seated],
        "reserves": [each["juror"] for each in drawn[inputs["size"] : inputs["size"] + inputs["reserves"]]],
        "foreperson": experienced[0]["juror"] if experienced else None,
    }


def digest(seed: str, inputs: dict[str, Any], result: dict[str, Any]) -> str:
    """SHA-256 over all that a draw used and gave."""
    kept = json.dumps({"seed": seed, "inputs": inputs, "result": result}, sort_keys=True)
    return hashlib.sha256(kept.encode()).hexdigest()


def why_not_draw(hearing: Hearing) -> str | None:
    if not hearing.is_ahead:
        return _("This hearing is settled.")
    if hearing.panel and any(seat.is_sworn for seat in hearing.panel.seats):
        return _("The panel has taken the oath. Stand jurors down one by one instead.")
    return None


def draw_panel(hearing: Hearing, by: User, seed: str | None = None) -> Panel:
    """Draw the panel of a hearing by lot, and keep all that it takes to draw it again."""
    if why_not := why_not_draw(hearing):
        raise RuleBroken(why_not)
    seed = seed or secrets.token_hex(16)
    if hearing.panel:
        hearing.panel.dissolve(reason=_("A new panel was drawn."), by=by)
        hearing.session.flush()
    looked_at = {each.juror.id: each for each in candidates(hearing)}
    inputs = plain(
        {
            "method": DRAW_METHOD,
            "hearing": hearing.id,
            "size": hearing.court.panel_size,
            "reserves": hearing.court.panel_reserves,
            "candidates": [
                {"juror": number, "has_served": each.juror.has_served, "bars": list(each.bars)}
                for number, each in looked_at.items()
            ],
        }
    )
    result = outcome(seed, inputs)
    if len(result["seats"]) < hearing.court.panel_minimum:
        raise RuleBroken(
            _(
                "Only %(free)s of the jurors booked may sit on this panel; %(needed)s are needed. "
                "Book more jurors for this day.",
                free=len(result["seats"]),
                needed=hearing.court.panel_minimum,
            )
        )
    panel = Panel(court=hearing.court)
    hearing.panels.append(panel)
    for number in result["seats"]:
        panel.add_seat(looked_at[number].juror, is_foreperson=number == result["foreperson"])
    for number in result["reserves"]:
        panel.add_seat(looked_at[number].juror, is_reserve=True)
    kept = Draw(
        court=hearing.court,
        court_session=hearing.court_session,
        kind=DrawKind.PANEL,
        state=DrawState.PUBLISHED,
        secret=seed,
        commitment=commitment(seed),
        committed_at=clock.now(),
        method=DRAW_METHOD,
        facts=inputs,
        result=result,
        settled_at=clock.now(),
        settled_by=by,
    )
    kept.digest = digest(seed, inputs, result)
    panel.draw = kept
    hearing.court_session.docket_changed()
    panel.record("panel.drawn", by=by, seed=seed, digest=kept.digest)
    return panel


def draw_again(draw: Draw) -> bool:
    """Whether the kept inputs still give the kept result, and nobody touched either."""
    assert draw.facts is not None, "what it takes is gone"
    assert draw.result is not None, "what it takes is gone"
    return outcome(draw.seed, draw.facts) == draw.result and draw.digest == digest(
        draw.seed, draw.facts, draw.result
    )


def seat_juror(panel: Panel, juror: Juror, by: User) -> Seat:
    """Give an open place to a certain juror, who must be one who may sit."""
    hearing = panel.hearing
    if not hearing.is_ahead or panel.dissolved_at:
        raise RuleBroken(_("This hearing is settled."))
    if any(seat.juror is juror and seat.stood_down_at is None for seat in panel.seats):
        raise RuleBroken(_("%(name)s has a seat on this panel.", name=juror), field="juror")
    if len(panel.sitting_seats) >= hearing.court.panel_size:
        raise RuleBroken(_("Every seat is taken."), field="juror")
    if why_not := why_may_not_sit(juror, hearing):
        raise RuleBroken(_("%(name)s may not sit here. %(why)s", name=juror, why=why_not), field="juror")
    seat = panel.add_seat(juror)
    if panel.foreperson is None:
        panel.name_foreperson(seat, by=by)
    hearing.court_session.docket_changed()
    panel.record("panel.seated", by=by, juror=juror.id)
    return seat


def declare_conflict(seat: Seat, reason: str, by: User) -> Seat | None:
    """A juror knows somebody in the case: they leave the panel, and are never drawn for it again."""
    respondent = seat.panel.hearing.case.respondent
    up = seat.stand_down(reason=reason, by=by)
    Tie.between(respondent, seat.juror.person, TieKind.KNOWS, by=by, note=reason)
    return up


def object_to(seat: Seat, reason: str, by: User) -> Seat | None:
    """The family objects to a juror: stood down, with no effect on their later service elsewhere."""
    respondent = seat.panel.hearing.case.respondent
    up = seat.stand_down(reason=reason, by=by)
    Tie.between(respondent, seat.juror.person, TieKind.OBJECTED, by=by, note=reason)
    return up
