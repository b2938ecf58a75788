"""Hearing days with places left, which jurors may take by themselves."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Select, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record, Versioned
from youthcourt.models.court.court_session import CourtSession

from .juror import Sitting, SittingState

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

_OPEN = text("closed_at IS NULL")
EXPECTED = (SittingState.BOOKED, SittingState.CHECKED_IN, SittingState.CREDITED)


class OpenDate(CourtOwned, Versioned, Audited, Record):
    """A hearing day that is offered to whoever can come, until so many are booked."""

    __table_args__ = (
        Index("uq_open_date", "court_session_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    court_session_id: Mapped[int] = mapped_column(ForeignKey("court_session.id"), index=True)
    court_session: Mapped[CourtSession] = relationship()
    wanted: Mapped[int]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    opened_by: Mapped[User] = relationship(foreign_keys=opened_by_id)
    closed_at: Mapped[datetime | None]
    takings: Mapped[list[Taking]] = relationship(back_populates="open_date", order_by="Taking.id")

    @classmethod
    def open_in(cls, user: User) -> Select[OpenDate]:
        """The days that are offered now in the reader's court, next first."""
        return (
            cls.visible_to(user)
            .join(cls.court_session)
            .where(
                cls.closed_at.is_(None),
                CourtSession.closed_at.is_(None),
                CourtSession.held_on > user.court.today,
            )
            .order_by(CourtSession.held_on, cls.id)
        )

    @classmethod
    def offer(cls, court_session: CourtSession, wanted: int, by: User) -> OpenDate:
        """Offer the places of a day that are left, until so many jurors are booked in all."""
        if court_session.held_on <= court_session.court.today or court_session.is_closed:
            raise RuleBroken(_("This day is over, or it is today. Call people instead."))
        if not 1 <= wanted <= 500:
            raise RuleBroken(_("Write a number from 1 to 500."), field="wanted")
        standing = select(cls).where(cls.court_session_id == court_session.id, cls.closed_at.is_(None))
        if court_session.session.scalars(standing).first():
            raise RuleBroken(_("This day is offered to jurors already."))
        opened = cls(
            court=court_session.court,
            court_session=court_session,
            wanted=wanted,
            opened_at=clock.now(),
            opened_by=by,
        )
        court_session.session.add(opened)
        opened.record("open_date.offered", by=by, held_on=court_session.held_on, wanted=wanted)
        return opened

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def left(self) -> int:
        """How many places are left; needs the sittings of the day."""
        booked = sum(sitting.state in EXPECTED for sitting in self.court_session.sittings)
        return max(0, self.wanted - booked)

    def close(self, by: User) -> None:
        """No longer offer the day. Whoever took a place keeps it."""
        if not self.is_open:
            raise RuleBroken(_("This day is no longer offered."))
        self.closed_at = clock.now()
        self.record("open_date.closed", by=by, held_on=self.court_session.held_on)

    def note_taken(self, sitting: Sitting, by: User) -> Taking:
        taking = Taking(court=self.court, open_date=self, sitting=sitting, taken_at=clock.now())
        self.session.add(taking)
        self.record("open_date.taken", by=by, held_on=self.court_session.held_on, juror=sitting.juror_id)
        return taking


class Taking(CourtOwned, Record):
    """A place of an open day that a juror took by themselves."""

    open_date_id: Mapped[int] = mapped_column(ForeignKey("open_date.id"), index=True)
    open_date: Mapped[OpenDate] = relationship(back_populates="takings")
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), unique=True)
    sitting: Mapped[Sitting] = relationship()
    taken_at: Mapped[datetime]
