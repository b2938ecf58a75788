"""A case before its panel, on the docket of one court session."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, and_, false, or_, select, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt.models.case import Case
from youthcourt.models.case_stage import CLOSED_STAGES
from youthcourt.models.decision.deliberation import Deliberation
from youthcourt.models.jury.juror import Juror
from youthcourt.models.jury.panel import Panel, Post, Seat
from youthcourt.permissions import Role

from .in_the_room import GoesOnInRoom
from .monitor_remark import MonitorRemark
from .on_docket import HearingState
from .preparing import GetsPrepared
from .settling import GetsSettled
from .taking_place import TakesPlace

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .court import Room
    from .court_session import CourtSession, TimeBlock

_LIVE = text("state IN ('set', 'held')")


class Hearing(GetsPrepared, TakesPlace, GoesOnInRoom, GetsSettled):
    """One case, one room, one time, one judge, one panel."""

    __table_args__ = (
        Index(
            "uq_hearing_room", "block_id", "room_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE
        ),
        Index(
            "uq_hearing_judge",
            "block_id",
            "judge_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index("ix_hearing_by_day", "court_id", "sits_on"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    case: Mapped[Case] = relationship(back_populates="hearings")
    court_session_id: Mapped[int] = mapped_column(ForeignKey("court_session.id"), index=True)
    court_session: Mapped[CourtSession] = relationship(back_populates="hearings")
    block_id: Mapped[int] = mapped_column(ForeignKey("time_block.id"))
    block: Mapped[TimeBlock] = relationship()
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    room: Mapped[Room] = relationship()
    judge_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    judge: Mapped[User] = relationship(foreign_keys=judge_id)
    state: Mapped[HearingState] = mapped_column(default=HearingState.SET)
    # The day its panel may open it: the day of the session, or the day a judge calls the panel back for.
    sits_on: Mapped[date]
    held_at: Mapped[datetime | None]

    panels: Mapped[list[Panel]] = relationship(back_populates="hearing", order_by=Panel.id)
    deliberation: Mapped[Deliberation | None] = relationship(back_populates="hearing")
    remarks: Mapped[list[MonitorRemark]] = relationship(back_populates="hearing", order_by=MonitorRemark.id)

    # Lists

    @classmethod
    def visible_to(cls, user: User) -> Select[Self]:
        """Coordinators: their court's; judges: those they hear. Jurors come by what they decide today."""
        mine: list[ColumnElement[bool]] = []
        if Role.COORDINATOR in user.roles:
            mine.append(true())
        if Role.JUDGE in user.roles:
            mine.append(cls.judge_id == user.id)
        return select(cls).where(cls.court_id == user.court_id, or_(false(), *mine))

    @classmethod
    def deliberated_by(cls, user: User) -> Select[Self]:
        """The hearings that this juror decides today. A reserve does not, until one of the panel leaves.

        Nothing of them opens before the day, once the case has ended, or once the day is closed; a plan that
        the judge sends back after closing opens again.
        """
        is_open = or_(cls.court_session.has(closed_at=None), cls.deliberation.has(decided_at=None))
        return cls._of_juror_today(user, _decides()).where(is_open)

    @classmethod
    def led_by(cls, user: User) -> Select[Self]:
        """The hearings that this reader may lead through the script: those they see as staff, and on the day,
        until it is closed, those at which a juror is the clerk, the bailiff or the foreperson.
        """
        leads = cls.led_as_juror(user)
        seen = cls.visible_to(user).with_only_columns(cls.id)
        return select(cls).where(or_(cls.id.in_(seen), cls.id.in_(leads.with_only_columns(cls.id))))

    @classmethod
    def led_as_juror(cls, user: User) -> Select[Self]:
        """Those at which this juror is the clerk, the bailiff or the foreperson today."""
        return cls._of_juror_today(user, _leads()).where(cls.court_session.has(closed_at=None))

    @classmethod
    def heard_by(cls, user: User) -> Select[Self]:
        """The hearings of this judge, whatever else they do here."""
        is_judge = true() if Role.JUDGE in user.roles else false()
        return select(cls).where(cls.court_id == user.court_id, cls.judge_id == user.id, is_judge)

    @classmethod
    def _of_juror_today(cls, user: User, seat: ColumnElement[bool]) -> Select[Self]:
        """What goes on today where this juror has such a seat."""
        if Role.JUROR not in user.roles or not user.person_id:
            return select(cls).where(false())
        return select(cls).where(
            cls.court_id == user.court_id,
            cls.sits_on == user.court.today,
            cls.court_session_id == user.tablet_day_id if user.tablet_day_id else true(),
            cls.state.in_(("set", "held")),
            cls.case.has(Case.stage.not_in(CLOSED_STAGES)),
            _has_seat(user.person_id, seat),
        )


def _decides() -> ColumnElement[bool]:
    """The seats whose jurors decide: on the panel, no reserve, not stood down."""
    return and_(Seat.stood_down_at.is_(None), Seat.is_reserve.is_(False), Seat.post == Post.PANEL)


def _leads() -> ColumnElement[bool]:
    """The seats whose jurors lead the room: the clerk's, the bailiff's and the foreperson's."""
    is_foreperson = and_(_decides(), Seat.is_foreperson)
    return and_(Seat.stood_down_at.is_(None), or_(Seat.post != Post.PANEL, is_foreperson))


def _has_seat(person_id: int, seat: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition that this person has such a seat on the panel in force."""
    theirs = Seat.juror.has(Juror.person_id == person_id)
    return Hearing.panels.any(and_(Panel.dissolved_at.is_(None), Panel.seats.any(and_(seat, theirs))))
