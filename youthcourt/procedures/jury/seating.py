"""Seats one by one: who may sit on a panel, a certain juror for an open seat, and who leaves it for good."""

from __future__ import annotations

from collections.abc import Mapping
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
    Room,
    Seat,
    SeatRole,
    Sitting,
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
    """Give an open place to a certain juror, who must be one who may sit. Who waited in reserve moves up."""
    hearing = panel.hearing
    if not hearing.is_ahead or panel.dissolved_at:
        raise RuleBroken(_("This hearing is settled."))
    waiting = next((seat for seat in panel.reserves if seat.juror_id == juror.id), None)
    if waiting is None and any(seat.juror_id == juror.id for seat in panel.standing):
        raise RuleBroken(_("%(name)s has a seat on this panel.", name=juror), field="juror")
    if len(panel.sitting_seats) >= hearing.court.panel_size:
        raise RuleBroken(_("Every seat is taken."), field="juror")
    if why_not := why_may_not_sit(juror, hearing):
        raise RuleBroken(_("%(name)s may not sit here. %(why)s", name=juror, why=why_not), field="juror")
    if waiting is None:
        _leave_reserve(juror, hearing, by)
        seat = panel.add_seat(juror)
        panel.record("panel.seated", by=by, juror=juror.id)
    else:
        seat = waiting
        seat.take(SeatRole.JUROR, by=by)
    if panel.foreperson is None:
        panel.name_foreperson(seat, by=by)
    panel.note_stand_in(seat)
    hearing.court_session.docket_changed()
    return seat


def _leave_reserve(juror: Juror, hearing: Hearing, by: User) -> None:
    """Nobody waits for one panel and sits on another."""
    waits = select(Seat).where(
        Seat.juror_id == juror.id,
        Seat.time_block_id == hearing.block_id,
        Seat.is_reserve.is_(True),
        Seat.stood_down_at.is_(None),
    )
    for seat in juror.session.scalars(waits).all():
        seat.give_up(_("Took a seat on another panel."), by=by, has_moved=True)
    juror.session.flush()


@dataclass(frozen=True)
class StandIn:
    """Somebody who may take a seat, and where they are now."""

    juror: Juror
    is_here: bool
    # The room whose reserve they wait in; none for who has no place at that time.
    waits_for: str | None = None
    is_own_reserve: bool = False

    @property
    def id(self) -> int:
        return self.juror.id


def stand_ins(hearing: Hearing, looked_at: list[Candidate] | None = None) -> list[StandIn]:
    """Who may take an open seat of this panel, the best proposal first; nobody else has to move.

    Who is here comes before who is not, the panel's own reserve before that of others, and those before
    whoever has no place at that time.
    """
    panel = hearing.panel
    if panel is None:
        return []
    seated = {seat.juror_id for seat in panel.standing if not seat.is_reserve}
    own = {seat.juror_id: seat.number for seat in panel.reserves}
    here = {each.juror_id for each in hearing.court_session.sittings if each.is_here}
    waits = _waiting_elsewhere(hearing)
    told = [
        StandIn(
            each.juror,
            is_here=each.juror.id in here,
            waits_for=hearing.room.name if each.juror.id in own else waits.get(each.juror.id),
            is_own_reserve=each.juror.id in own,
        )
        for each in looked_at or candidates(hearing)
        if each.may_sit and each.juror.id not in seated
    ]

    def order(each: StandIn) -> tuple[bool, bool, bool, int]:
        number = own.get(each.juror.id, each.juror.id)
        return not each.is_here, not each.is_own_reserve, each.waits_for is None, number

    return sorted(told, key=order)


def _waiting_elsewhere(hearing: Hearing) -> dict[int, str]:
    """Who waits in the reserve of another panel at the same time, and for which room."""
    waits = (
        select(Seat.juror_id, Room.name)
        .join(Panel, Seat.panel_id == Panel.id)
        .join(Hearing, Panel.hearing_id == Hearing.id)
        .join(Room, Hearing.room_id == Room.id)
        .where(
            Seat.time_block_id == hearing.block_id,
            Seat.is_reserve.is_(True),
            Seat.stood_down_at.is_(None),
            Hearing.id != hearing.id,
        )
    )
    return {juror_id: room for juror_id, room in hearing.session.execute(waits)}


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


class WhyLeft(StrEnum):
    """Why somebody leaves a panel for good."""

    STAND_DOWN = "stand_down"
    CONFLICT = "conflict"
    OBJECTION = "objection"


_TIES = {WhyLeft.CONFLICT: TieKind.KNOWS, WhyLeft.OBJECTION: TieKind.OBJECTED}


def vacate(seat: Seat, why: WhyLeft, reason: str, by: User, takes: Juror | None = None) -> Seat | None:
    """A juror leaves a panel, and somebody takes the seat. Returns the seat of whoever took it.

    A conflict or an objection is written down, so that the two never meet again on a panel; it has no effect
    on the juror's service elsewhere.
    """
    seat.stand_down(reason=reason, by=by, is_left_open=True)
    if kind := _TIES.get(why):
        respondent, left = seat.panel.hearing.case.respondent, seat.replacement
        assert left is not None
        left.tie = Tie.between(respondent, seat.juror.person, kind, by=by, note=reason)
    return seat_juror(seat.panel, takes, by=by) if takes else None


def reinstate(seat: Seat, by: User) -> None:
    """Give the seat back. What was written down about the two when they left is taken back, too."""
    earlier = seat.replacement
    tie = earlier.tie if earlier and seat.stood_down_at else None
    seat.reinstate(by=by)
    if tie is not None:
        seat.session.flush()
        tie.take_back(by=by)


def miss(sitting: Sitting, by: User, takes: Mapping[int, Juror | None] | None = None) -> list[Seat]:
    """A juror did not come: they leave the panels they were to sit on, and others take the seats.

    `takes` names who, by the number of the seat that is left.
    """
    if why_not := sitting.court_session.why_not_check_in():
        raise RuleBroken(why_not)
    took = []
    for seat in sitting.seats:
        if seat.panel.hearing.is_ahead:
            up = vacate(seat, WhyLeft.STAND_DOWN, _("Did not come."), by=by, takes=(takes or {}).get(seat.id))
            took += [up] if up else []
    sitting.miss(by=by)
    return took


def undo_miss(sitting: Sitting, by: User) -> list[Seat]:
    """They may come after all. They get back the seats that nobody has taken the oath in since."""
    sitting.undo_miss(by=by)
    panels = [hearing.panel for hearing in sitting.court_session.hearings if hearing.panel]
    theirs = [seat for panel in panels for seat in panel.seats if seat.juror_id == sitting.juror_id]
    back = [seat for seat in theirs if seat.replacement and not seat.why_not_reinstate()]
    for seat in back:
        seat.reinstate(by=by)
    return back
