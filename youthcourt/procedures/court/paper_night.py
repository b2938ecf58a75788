"""A night kept on paper, typed in later: who signed in, then each room's sheet, whole or not at all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models import CourtSession, Hearing, Juror, Panel, Person, Seat, Sitting, SittingState, User
from youthcourt.procedures.decision import deliberating
from youthcourt.procedures.decision.deliberating import PaperBallot
from youthcourt.procedures.jury import seating

from . import hearing_day


class Place(StrEnum):
    """What the sheet says of somebody who had a place on the panel."""

    SAT = "sat"
    WAITED = "waited"
    DID_NOT_SIT = "did_not_sit"
    CONFLICT = "conflict"
    OBJECTION = "objection"


LEFT = {
    Place.DID_NOT_SIT: seating.WhyLeft.STAND_DOWN,
    Place.CONFLICT: seating.WhyLeft.CONFLICT,
    Place.OBJECTION: seating.WhyLeft.OBJECTION,
}


@dataclass(frozen=True)
class Left:
    """Somebody who had a seat and did not decide."""

    seat: Seat
    why: seating.WhyLeft
    reason: str


@dataclass(frozen=True)
class RoomSheet:
    """What a room's sheet says of a case that was heard."""

    began_at: datetime
    came: tuple[Person, ...]
    left: tuple[Left, ...]
    stood_in: tuple[Juror, ...]
    foreperson: Juror | None
    ballot: PaperBallot


def expected(day: CourtSession) -> list[Sitting]:
    """Whoever stands on the sign-in sheet."""
    return [each for each in day.sittings if each.state is not SittingState.EXCUSED]


def type_in_arrivals(day: CourtSession, came: Collection[int], by: User) -> None:
    """Who signed the sheet was there, and nobody else. `came` are the numbers of their sittings."""
    if why_not := day.why_not_check_in():
        raise RuleBroken(why_not)
    for sitting in expected(day):
        if sitting.id in came and not sitting.is_here:
            if sitting.state is SittingState.NO_SHOW:
                seating.undo_miss(sitting, by=by)
            sitting.check_in(by=by)
        elif sitting.id not in came and sitting.state is not SittingState.NO_SHOW:
            if sitting.is_here:
                hearing_day.undo_check_in(sitting, by=by)
            if sitting.state is SittingState.BOOKED:
                seating.miss(sitting, by=by)


def type_in_sheet(hearing: Hearing, sheet: RoomSheet, by: User) -> None:
    """A case was heard and decided as its sheet says, by the same rules as on screens; the judge is next."""
    _family(hearing, sheet, by=by)
    panel = hearing.panel
    if panel is None:
        raise RuleBroken(_("There is no panel."))
    _seats(panel, sheet, by=by)
    for seat in panel.standing:
        if seat.is_here:
            seat.swear(by=by, at=sheet.began_at)
    deliberation = hearing.hold(by=by, at=sheet.began_at)
    hearing.session.flush()
    deliberating.type_in_paper(deliberation, sheet.ballot, by=by)


def _family(hearing: Hearing, sheet: RoomSheet, by: User) -> None:
    respondent = hearing.case.respondent
    for person in hearing.family:
        if person is respondent or person in sheet.came:
            hearing.attend(person, by=by, at=sheet.began_at)
        else:
            hearing.note_absence(person, by=by)


def _seats(panel: Panel, sheet: RoomSheet, by: User) -> None:
    for each in sheet.left:
        seating.vacate(each.seat, each.why, each.reason or _("Did not sit."), by=by)
    panel.session.flush()
    for juror in sheet.stood_in:
        seating.seat_juror(panel, juror, by=by)
    led = next((seat for seat in panel.sitting_seats if seat.juror is sheet.foreperson), None)
    if led is None:
        raise RuleBroken(_("The foreperson is one of those who sat."), field="foreperson")
    if not led.is_foreperson:
        panel.name_foreperson(led, by=by)
