"""Seats one by one: who may sit on a panel, a certain juror for an open seat, and who leaves it for good."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models import (
    Draw,
    DrawKind,
    Hearing,
    Juror,
    Panel,
    Person,
    Seat,
    SeatRole,
    Tie,
    TieKind,
    User,
)
from youthcourt.planning.day import Day
from youthcourt.planning.eligibility import what_bars

from . import carrying_out, day_facts, drawing


class Obstacle(StrEnum):
    """Why somebody may not sit on a panel: a rule of the planner's, or what ties them to the case."""

    OWN_CASE = "own_case"
    FAMILY = "family"
    CO_RESPONDENT = "co_respondent"
    HARMED = "harmed"
    WITNESS = "witness"
    KIN = "kin"
    HOUSEHOLD = "household"
    KNOWS = "knows"
    OBJECTED = "objected"
    STOOD_DOWN = "stood_down"
    BARRED = "barred"
    SAME_SCHOOL = "same_school"
    OPEN_CASE = "open_case"
    NOT_FREE = "not_free"
    NOT_TRAINED = "not_trained"
    NOT_OF_AGE = "not_of_age"
    DAY_FULL = "day_full"
    LIMIT_REACHED = "limit_reached"
    NEVER_SERVED = "never_served"
    LEFT = "left"
    NOT_BOOKED = "not_booked"


OBSTACLE_WORDS = {
    Obstacle.OWN_CASE: _l("It is their own case."),
    Obstacle.FAMILY: _l("Stands for the respondent as guardian."),
    Obstacle.CO_RESPONDENT: _l("Was part of the same incident."),
    Obstacle.HARMED: _l("Was hurt by the incident."),
    Obstacle.WITNESS: _l("Saw the incident happen."),
    Obstacle.KIN: _l("Is family of the respondent."),
    Obstacle.HOUSEHOLD: _l("Lives with the respondent."),
    Obstacle.KNOWS: _l("Knows the respondent."),
    Obstacle.OBJECTED: _l("The family objected to this juror before."),
    Obstacle.STOOD_DOWN: _l("Was stood down from this panel."),
    Obstacle.BARRED: _l("The coordinator keeps them off this panel."),
    Obstacle.SAME_SCHOOL: _l("Goes to the respondent's school."),
    Obstacle.OPEN_CASE: _l("Has a case of their own that is not decided yet."),
    Obstacle.NOT_FREE: _l("Cannot come at this time, or sits on another panel then."),
    Obstacle.NOT_TRAINED: _l("Has no training that is good on this day."),
    Obstacle.NOT_OF_AGE: _l("Is not of the age for jurors on this day."),
    Obstacle.DAY_FULL: _l("Has as many places on this day as one person takes."),
    Obstacle.LIMIT_REACHED: _l("Has as many seats this month as one person takes."),
    Obstacle.NEVER_SERVED: _l("Has not served before, as a foreperson has to."),
    Obstacle.LEFT: _l("No longer sits."),
    Obstacle.NOT_BOOKED: _l("Is not booked for this day."),
}


@dataclass(frozen=True)
class Candidate:
    """A juror who was looked at for a panel, and what bars them from it, if anything does."""

    juror: Juror
    bars: tuple[Obstacle, ...]

    @property
    def may_sit(self) -> bool:
        return not self.bars


def candidates(hearing: Hearing) -> list[Candidate]:
    """Everybody booked for the day of this hearing, each with what bars them from its panel as it stands."""
    facts = day_facts.facts_of(hearing.court_session, DrawKind.MEND, only=hearing, alone=True)
    day = Day.of(facts)
    asked = next(each for each in day.hearings if each.id == str(hearing.id))
    numbers = [int(each.id) for each in day.candidates]
    found = select(Juror).where(Juror.court_id == hearing.court_id, Juror.id.in_(numbers))
    found = found.options(joinedload(Juror.person).joinedload(Person.school)).order_by(Juror.id)
    jurors = {str(juror.id): juror for juror in hearing.session.scalars(found)}
    told = []
    for each in sorted(day.candidates, key=lambda each: int(each.id)):
        bars = what_bars(each, asked, SeatRole.JUROR, day)
        told.append(Candidate(jurors[each.id], obstacles([*bars, *asked.ties.get(each.id, [])])))
    return told


def obstacles(codes: list[str]) -> tuple[Obstacle, ...]:
    """What codes of rules and ties say; that there is a tie is said by which it is."""
    return tuple(each for each in Obstacle if each.value in codes)


def bars_against(juror: Juror, hearing: Hearing) -> tuple[Obstacle, ...]:
    """What bars one juror from one panel; nothing when they may sit."""
    looked_at = (each.bars for each in candidates(hearing) if each.juror.id == juror.id)
    return next(looked_at, (Obstacle.NOT_BOOKED,))


def why_may_not_sit(juror: Juror, hearing: Hearing) -> str | None:
    bars = bars_against(juror, hearing)
    return " ".join(str(OBSTACLE_WORDS[bar]) for bar in bars) or None


def seat_juror(panel: Panel, juror: Juror, by: User) -> Seat:
    """Give an open place to a certain juror, who must be one who may sit."""
    hearing = panel.hearing
    if not hearing.is_ahead or panel.dissolved_at:
        raise RuleBroken(_("This hearing is settled."))
    if any(seat.juror is juror for seat in panel.standing):
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


def draw_panel(hearing: Hearing, by: User, secret: str | None = None) -> Panel:
    """Draw the panel of one hearing while the others of its day stay as they are, and put it into force."""
    if secret:
        Draw.next_of(hearing.court_session).lay_down(secret)
    drawn = drawing.ask(hearing.court_session, by=by, kind=DrawKind.PANEL, only=hearing)
    drawing.solve(drawn)
    carrying_out.publish(drawn, by=by)
    if hearing.panel is None:
        free = sum(each.may_sit for each in candidates(hearing))
        raise RuleBroken(
            _(
                "Only %(free)s of the jurors booked may sit on this panel; %(needed)s are needed. "
                "Book more jurors for this day.",
                free=free,
                needed=hearing.court.panel_minimum,
            )
        )
    return hearing.panel


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
