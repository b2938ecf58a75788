"""What was changed on a night: who did not come, moved to another day, or left; what can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from youthcourt.models import (
    LIVE_STATES,
    Adjournment,
    Case,
    CourtSession,
    Hearing,
    HearingState,
    Juror,
    Panel,
    Person,
    Replacement,
    Room,
    Seat,
    TimeBlock,
    User,
    short_name,
)


class Turn(StrEnum):
    """What was done tonight."""

    FAILED = "failed"
    ADJOURNED = "adjourned"
    LEFT = "left"


@dataclass(frozen=True)
class Change:
    """A hearing that does not take place tonight, or a juror who left a seat."""

    turn: Turn
    key: str
    hearing_id: int
    name: str
    place: str
    at: datetime | None = None
    by: str = ""
    stand_in: str = ""
    seat_id: int | None = None
    # Once the case was heard, whoever left the panel stays away.
    is_final: bool = False


_young = (Person.given_name, Person.family_name)
FAILED = (
    select(Hearing.id, *_young, Room.name.label("room"))
    .join(Case, Hearing.case_id == Case.id)
    .join(Person, Case.respondent_id == Person.id)
    .join(Room, Hearing.room_id == Room.id)
    .where(Hearing.court_session_id == bindparam("day"), Hearing.state == HearingState.FAILED_TO_APPEAR)
    .order_by(Hearing.id)
)
ADJOURNED = (
    select(
        Adjournment.id,
        Adjournment.hearing_id,
        Adjournment.adjourned_at,
        User.name.label("by"),
        *_young,
        Room.name.label("room"),
    )
    .join(Hearing, Adjournment.hearing_id == Hearing.id)
    .join(Case, Hearing.case_id == Case.id)
    .join(Person, Case.respondent_id == Person.id)
    .join(Room, Adjournment.was_room_id == Room.id)
    .join(TimeBlock, Adjournment.was_block_id == TimeBlock.id)
    .join(User, Adjournment.by_id == User.id)
    .where(TimeBlock.court_session_id == bindparam("day"), Adjournment.adjourned_at >= bindparam("since"))
    .order_by(Adjournment.id)
)
_taken, _taker, _taking = aliased(Seat), aliased(Juror), aliased(Person)
LEFT = (
    select(
        Replacement.id,
        Replacement.seat_id,
        Replacement.made_at,
        User.name.label("by"),
        *_young,
        _taking.given_name.label("taker_given"),
        _taking.family_name.label("taker_family"),
        Panel.hearing_id,
        Hearing.state,
        Room.name.label("room"),
    )
    .join(Seat, Replacement.seat_id == Seat.id)
    .join(Juror, Seat.juror_id == Juror.id)
    .join(Person, Juror.person_id == Person.id)
    .join(Panel, Seat.panel_id == Panel.id)
    .join(Hearing, Panel.hearing_id == Hearing.id)
    .join(Room, Hearing.room_id == Room.id)
    .join(User, Replacement.by_id == User.id)
    .outerjoin(_taken, Replacement.taken_by_id == _taken.id)
    .outerjoin(_taker, _taken.juror_id == _taker.id)
    .outerjoin(_taking, _taker.person_id == _taking.id)
    .where(
        Hearing.court_session_id == bindparam("day"),
        Hearing.state.in_(LIVE_STATES),
        Panel.dissolved_at.is_(None),
        Replacement.made_at >= bindparam("since"),
    )
    .order_by(Replacement.id)
)


def changes(day: CourtSession) -> list[Change]:
    """What was done today, the last first in each kind."""
    midnight = datetime.combine(day.held_on, time(), ZoneInfo(day.court.time_zone))
    session, known = day.session, {"day": day.id, "since": midnight}
    told = [
        Change(Turn.FAILED, f"failed-{row.id}", row.id, _short(row), row.room)
        for row in session.execute(FAILED, {"day": day.id})
    ]
    told += [
        Change(
            Turn.ADJOURNED,
            f"adjourned-{row.id}",
            row.hearing_id,
            _short(row),
            row.room,
            at=row.adjourned_at,
            by=row.by,
        )
        for row in session.execute(ADJOURNED, known)
    ]
    told += [
        Change(
            Turn.LEFT,
            f"left-{row.id}",
            row.hearing_id,
            _short(row),
            row.room,
            at=row.made_at,
            by=row.by,
            stand_in=short_name(row.taker_given, row.taker_family) if row.taker_given else "",
            seat_id=row.seat_id,
            is_final=row.state is HearingState.HELD,
        )
        for row in session.execute(LEFT, known)
    ]
    return told[::-1]


def _short(row: Any) -> str:
    return short_name(row.given_name, row.family_name)
