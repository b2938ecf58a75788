"""A day, or an evening, on which the court hears cases."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    Table,
    UniqueConstraint,
    false,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.extensions import Base
from youthcourt.i18n import _
from youthcourt.permissions import Role

from .audit import Audited
from .base import CourtOwned, Record
from .case import Case
from .case_stage import CaseStage
from .draw import Draw
from .hearing import Hearing

if TYPE_CHECKING:
    from .court import Court, Room
    from .juror import Sitting
    from .user import User

session_room = Table(
    "session_room",
    Base.metadata,
    Column("court_session_id", ForeignKey("court_session.id"), primary_key=True),
    Column("room_id", ForeignKey("room.id"), primary_key=True),
)


class CourtSession(CourtOwned, Audited, Record):
    """One day of hearings: rooms, time blocks, a docket. A draft until nothing is missing."""

    __table_args__ = (Index("ix_court_session_by_day", "court_id", "held_on"),)
    # Two people placing hearings at once: the second is told, so no room is given twice.
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy

    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(default="")
    made_ready_at: Mapped[datetime | None]
    made_ready_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_ready_by: Mapped[User | None] = relationship(foreign_keys=made_ready_by_id)
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    closed_by: Mapped[User | None] = relationship(foreign_keys=closed_by_id)
    touched: Mapped[int] = mapped_column(default=0)

    rooms: Mapped[list[Room]] = relationship(secondary=session_room, order_by="Room.name")
    blocks: Mapped[list[TimeBlock]] = relationship(
        back_populates="court_session", order_by="TimeBlock.starts_at"
    )
    hearings: Mapped[list[Hearing]] = relationship(back_populates="court_session", order_by="Hearing.id")
    sittings: Mapped[list[Sitting]] = relationship(back_populates="court_session", order_by="Sitting.id")
    draws: Mapped[list[Draw]] = relationship(back_populates="court_session", order_by="Draw.id")

    def __str__(self) -> str:
        return self.held_on.isoformat()

    @classmethod
    def visible_to(cls, user: User) -> Select[Self]:
        """Coordinators see every day of their court, judges those on which they hear a case."""
        mine: list[ColumnElement[bool]] = []
        if Role.COORDINATOR in user.roles:
            mine.append(true())
        if Role.JUDGE in user.roles:
            mine.append(cls.hearings.any(judge_id=user.id))
        return select(cls).where(cls.court_id == user.court_id, or_(false(), *mine))

    @classmethod
    def plan(
        cls,
        court: Court,
        held_on: date,
        starts: list[time],
        rooms: list[Room],
        by: User | None,
        place: str = "",
    ) -> Self:
        """A new day of hearings: every room can be used in every block that starts at one of `starts`."""
        if held_on < court.today:
            raise RuleBroken(_("This day is over."), field="held_on")
        if not rooms:
            raise RuleBroken(_("Choose at least one room."), field="rooms")
        if not starts:
            raise RuleBroken(_("Give at least one starting time."), field="starts")
        planned = cls(court=court, held_on=held_on, rooms=rooms, place=place or court.place)
        court.session.add(planned)
        zone = ZoneInfo(court.time_zone)
        for start in sorted(set(starts)):
            starts_at = datetime.combine(held_on, start, tzinfo=zone)
            planned.blocks.append(TimeBlock(court=court, starts_at=starts_at))
        planned.record("court_session.planned", by=by, held_on=held_on, starts=sorted(set(starts)))
        Draw.commit_to(planned)
        return planned

    # Questions

    @property
    def is_over(self) -> bool:
        return self.held_on < self.court.today

    @property
    def is_ready(self) -> bool:
        return self.made_ready_at is not None

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def starts(self) -> list[time]:
        """The times of day, where the court sits, at which hearings start."""
        zone = ZoneInfo(self.court.time_zone)
        return [block.starts_at.astimezone(zone).time() for block in self.blocks]

    @property
    def docket(self) -> list[Hearing]:
        """The hearings that take place, by time and room."""
        return sorted((h for h in self.hearings if h.is_live), key=lambda h: (h.block.starts_at, h.room.name))

    def free_places(self) -> list[tuple[TimeBlock, Room]]:
        """Block and room pairs that nobody has yet."""
        taken = {(hearing.block, hearing.room) for hearing in self.hearings if hearing.is_live}
        return [(block, room) for block in self.blocks for room in self.rooms if (block, room) not in taken]

    def why_not_check_in(self) -> str | None:
        """Whether people can be checked in, and check-ins undone: on the day itself, until it is closed."""
        if self.is_closed:
            return _("This day is closed.")
        if self.held_on != self.court.today:
            return _("People are checked in on the day of the hearing.")
        return None

    def missing(self) -> list[str]:
        """What still has to be done before this day is ready, in sentences."""
        docket = self.docket
        if not docket:
            return [_("No hearing is placed on this day yet.")]
        return [sentence for hearing in docket for sentence in hearing.missing()]

    def why_not_place(
        self, case: Case, block: TimeBlock, room: Room, judge: User, moving: Hearing | None = None
    ) -> RuleBroken | None:
        """What stands in the way of hearing this case there and then; `moving` is its hearing if it moves."""
        if self.is_over or self.is_closed:
            return RuleBroken(_("This day is over."), field="place")
        if moving is None and case.stage is not CaseStage.ADMITTED:
            return RuleBroken(_why_not_schedule(case), field="case")
        if block not in self.blocks or room not in self.rooms:
            return RuleBroken(_("This room or time is not part of this day."), field="place")
        others = [hearing for hearing in self._heard_at(block.starts_at) if hearing is not moving]
        if any(other.room is room for other in others):
            return RuleBroken(_("%(room)s is taken at this time.", room=room), field="place")
        if any(other.judge is judge for other in others):
            return RuleBroken(_("%(judge)s hears another case at this time.", judge=judge), field="judge")
        if any(other.case.respondent is case.respondent for other in others):
            return RuleBroken(
                _("%(name)s has another hearing at this time.", name=case.respondent), field="place"
            )
        return None

    def _heard_at(self, starts_at: datetime) -> list[Hearing]:
        """What this court hears at that time, on this docket or on another of the same day."""
        same_time = (
            select(Hearing)
            .join(Hearing.block)
            .where(Hearing.court_id == self.court_id, TimeBlock.starts_at == starts_at)
        )
        return [hearing for hearing in self.session.scalars(same_time) if hearing.is_live]

    # Verbs

    def place_hearing(self, case: Case, block: TimeBlock, room: Room, judge: User, by: User) -> Hearing:
        """Put a case on the docket."""
        self.queue_for_places()
        if why_not := self.why_not_place(case, block, room, judge):
            raise why_not
        hearing = Hearing(court=self.court, case=case, block=block, room=room, judge=judge)
        hearing.court_session, hearing.sits_on = self, self.held_on
        self.session.add(hearing)
        case.move_to(CaseStage.HEARING_SET)
        self.docket_changed()
        hearing.record(
            "hearing.placed",
            by=by,
            held_on=self.held_on,
            starts_at=block.starts_at,
            room=room.name,
            judge=judge.id,
        )
        return hearing

    def queue_for_places(self) -> None:
        """Whoever gives out places of one day goes one after another: two dockets may share its rooms."""
        cls = type(self)
        same_day = select(cls.id).where(cls.court_id == self.court_id, cls.held_on == self.held_on)
        self.session.execute(same_day.order_by(cls.id).with_for_update(key_share=True))

    def docket_changed(self) -> None:
        """A day whose docket changed is a draft again. The version counts up, so two changes cannot cross."""
        self.touched += 1
        self.made_ready_at = self.made_ready_by = None

    def why_not_make_ready(self) -> str | None:
        if self.is_ready:
            return _("This day is ready.")
        if self.is_over or self.is_closed:
            return _("This day is over.")
        return " ".join(self.missing()) or None

    def make_ready(self, by: User) -> None:
        """Nothing is missing: the day can be held as it stands."""
        if why_not := self.why_not_make_ready():
            raise RuleBroken(why_not)
        self.made_ready_at, self.made_ready_by = clock.now(), by
        self.record("court_session.made_ready", by=by, hearings=len(self.docket))

    def why_not_close(self) -> str | None:
        if self.is_closed:
            return _("This day is closed.")
        if self.held_on > self.court.today:
            return _("This day has not been held yet.")
        waiting = [hearing.case.number for hearing in self.hearings if hearing.is_ahead]
        if waiting:
            return _(
                "Not settled yet: %(cases)s. Say for each whether it was held.", cases=", ".join(waiting)
            )
        deciding = [hearing.case.number for hearing in self.hearings if self._waits_for_panel(hearing)]
        if deciding:
            return _("The panel has not decided yet: %(cases)s.", cases=", ".join(deciding))
        return None

    def _waits_for_panel(self, hearing: Hearing) -> bool:
        """Whether a panel still has to decide here: not when the case has ended or it meets again later."""
        if hearing.deliberation is None or hearing.is_decided:
            return False
        return not hearing.case.is_closed and hearing.sits_on <= self.held_on


class TimeBlock(CourtOwned, Record):
    """A time at which hearings start in every room of the day."""

    __table_args__ = (UniqueConstraint("court_session_id", "starts_at"),)

    court_session_id: Mapped[int] = mapped_column(ForeignKey("court_session.id"), index=True)
    court_session: Mapped[CourtSession] = relationship(back_populates="blocks")
    starts_at: Mapped[datetime]


def _why_not_schedule(case: Case) -> str:
    if case.stage is CaseStage.HEARING_SET:
        return _("This case has a hearing already.")
    if case.is_closed:
        return _("This case is closed.")
    if not case.is_agreed:
        return _(
            "Both agreements, the young person's and a guardian's, have to be signed before a hearing is set."
        )
    return _("This case is not waiting for a hearing.")
