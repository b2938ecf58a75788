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
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record
from youthcourt.models.case import Case
from youthcourt.models.case_stage import CaseStage
from youthcourt.models.jury.draw import Draw
from youthcourt.permissions import Role

from .docket_version import (
    DocketChange,
    DocketRow,
    DocketVersion,
    changes_between,
    juror_times,
)
from .hearing import Hearing
from .on_docket import HearingState, OnDocket
from .preparation import PaperPrint
from .readiness import Missing, missing_of
from .reopening import Reopening

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.jury.juror import Sitting

    from .court import Court, Room

session_room = Table(
    "session_room",
    Base.metadata,
    Column("court_session_id", ForeignKey("court_session.id"), primary_key=True),
    Column("room_id", ForeignKey("room.id"), primary_key=True),
)


class CourtSession(CourtOwned, Audited, Record):
    """One day of hearings: rooms, time blocks, a docket. A draft until the docket is published."""

    __table_args__ = (Index("ix_court_session_by_day", "court_id", "held_on"),)
    # Two people placing hearings at once: the second is told, so no room is given twice.
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy

    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(default="")
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
    docket_versions: Mapped[list[DocketVersion]] = relationship(
        back_populates="court_session", order_by=DocketVersion.number
    )
    prints: Mapped[list[PaperPrint]] = relationship(back_populates="court_session", order_by=PaperPrint.id)
    reopenings: Mapped[list[Reopening]] = relationship(back_populates="court_session", order_by=Reopening.id)

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
        """Whether people can be checked in, and check-ins undone: from the day on, until it is closed."""
        if why_not := self.why_not_change_day():
            return why_not
        if self.held_on > self.court.today:
            return _("People are checked in on the day of the hearing.")
        return None

    @property
    def docket_rows(self) -> list[DocketRow]:
        """The docket as it is compared. Whoever was called and did not come was on it."""
        kept = [hearing for hearing in self.hearings if hearing.state is not HearingState.CANCELLED]
        rows = [DocketRow.of(hearing) for hearing in kept]
        return sorted(rows, key=lambda row: (row.starts_at, row.room, row.hearing))

    @property
    def published(self) -> DocketVersion | None:
        """The docket that everybody may rely on: the last one that was published."""
        return self.docket_versions[-1] if self.docket_versions else None

    @property
    def is_published(self) -> bool:
        """Whether the docket was published as it stands."""
        return self.published is not None and not self.changes()

    def changes(self) -> list[DocketChange]:
        """What is other than it was published, hearing by hearing; nothing while nothing was published."""
        return changes_between(self.published.docket, self.docket_rows) if self.published else []

    def jurors_changed(self) -> list[int]:
        """The jurors who sit at other times than were published. On the day they are told by word."""
        if self.published is None or self.held_on <= self.court.today:
            return []
        was, now = juror_times(self.published.docket), juror_times(self.docket_rows)
        return sorted(each for each in {**was, **now} if was.get(each) != now.get(each))

    def missing(self) -> list[Missing]:
        """What still has to be done before this day is ready for court."""
        return missing_of(self)

    def why_not_place(
        self, case: Case, block: TimeBlock, room: Room, judge: User, moving: OnDocket | None = None
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
        """The version counts up, so that two changes of one docket cannot cross."""
        self.touched += 1

    def why_not_publish(self) -> str | None:
        """A docket is published once its hearings stand; from then on, whenever it has changed."""
        if self.is_over or self.is_closed:
            return _("This day is over.")
        if self.published is None:
            if not self.docket:
                return _("No hearing is placed on this day yet.")
            return " ".join(str(each) for hearing in self.docket for each in hearing.missing()) or None
        if self.changes() or self.jurors_changed():
            return None
        return _("Nothing has changed since the docket was published.")

    def publish(self, by: User) -> DocketVersion:
        """Freeze the docket as it stands. From now on, that is what people see."""
        self.session.flush()
        if why_not := self.why_not_publish():
            raise RuleBroken(why_not)
        frozen = DocketVersion.freeze(self, by=by)
        self.docket_changed()
        frozen.record("docket_version.published", by=by, number=frozen.number, hearings=len(frozen.rows))
        return frozen

    def happened_at(self, at: datetime | None = None) -> datetime:
        """When something of this day happened that is written down now.

        On the day itself that is now; afterwards the time that was typed, or the time at which it began.
        """
        if at is None:
            return clock.now() if self.held_on == self.court.today else self.blocks[0].starts_at
        if at.astimezone(ZoneInfo(self.court.time_zone)).date() != self.held_on or at > clock.now():
            raise RuleBroken(_("This time is not one of that evening."), field="at")
        return at

    # Once the evening is over

    def why_not_change_day(self) -> str | None:
        """The one sentence with which everything that belongs to a closed day is refused."""
        return _("This day is closed. To change something, reopen it first.") if self.is_closed else None

    def why_not_reopen(self) -> str | None:
        return None if self.is_closed else _("This day is not closed.")


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
