"""Draws: how the plan of a day came about, kept so that anybody can make it again."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import JSON, ForeignKey, Index, Select, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.i18n import lazy as _l
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record, Versioned
from youthcourt.planning.lots import commitment, seed_of

from .seating_rules import SeatRole

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.court.court_session import CourtSession, TimeBlock
    from youthcourt.models.court.hearing import Hearing

    from .juror import Juror
    from .panel import Panel


# Where secrets come from. Only a play has another source, as it is to be the same each time.
_chance: ContextVar[Callable[[int], str]] = ContextVar("chance", default=secrets.token_hex)


@contextmanager
def secrets_from(chance: Callable[[int], str]) -> Iterator[None]:
    """Inside, secrets of draws are made by this function, which is told how many bytes."""
    token = _chance.set(chance)
    try:
        yield
    finally:
        _chance.reset(token)


class DrawKind(StrEnum):
    """What a draw is of: all panels of a day, one of them anew, or those who came in place of who did not."""

    DAY = "day"
    PANEL = "panel"
    MEND = "mend"


class DrawState(StrEnum):
    """How far a draw has come."""

    COMMITTED = "committed"
    WAITING = "waiting"
    RUNNING = "running"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    REPLACED = "replaced"
    DISCARDED = "discarded"
    FAILED = "failed"


STATE_WORDS = {
    DrawState.COMMITTED: _l("Not asked for yet"),
    DrawState.WAITING: _l("About to begin"),
    DrawState.RUNNING: _l("Being worked out"),
    DrawState.PROPOSED: _l("A proposal"),
    DrawState.PUBLISHED: _l("In force"),
    DrawState.REPLACED: _l("No longer in force"),
    DrawState.DISCARDED: _l("Thrown away"),
    DrawState.FAILED: _l("Stopped before it was done"),
}
AT_WORK = (DrawState.WAITING, DrawState.RUNNING)

_NEXT = text("state = 'committed'")
_OF_DAY = text("state = 'published' AND kind = 'day'")


class Draw(CourtOwned, Versioned, Audited, Record):
    """One draw: a secret fixed before the candidates were known, what went in, and what came out.

    The facts and the places tell who was tied to whom. They go when the record of somebody in them goes; the
    digests, the numbers and what was counted stay.
    """

    __table_args__ = (
        Index("ix_draw_of_day", "court_session_id", "state"),
        # One secret is laid down at a time, and one plan of the whole day is in force.
        Index("uq_draw_next", "court_session_id", unique=True, sqlite_where=_NEXT, postgresql_where=_NEXT),
        Index(
            "uq_draw_in_force",
            "court_session_id",
            unique=True,
            sqlite_where=_OF_DAY,
            postgresql_where=_OF_DAY,
        ),
    )

    court_session_id: Mapped[int] = mapped_column(ForeignKey("court_session.id"))
    court_session: Mapped[CourtSession] = relationship(back_populates="draws")
    kind: Mapped[DrawKind] = mapped_column(default=DrawKind.DAY)
    state: Mapped[DrawState] = mapped_column(default=DrawState.COMMITTED)

    # What chance there was: laid down before anybody asked, told with the plan.
    secret: Mapped[str]
    commitment: Mapped[str]
    committed_at: Mapped[datetime]
    public: Mapped[str] = mapped_column(default="")

    # What went in and what came out.
    method: Mapped[str] = mapped_column(default="")
    versions: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    facts_digest: Mapped[str] = mapped_column(default="")
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    digest: Mapped[str] = mapped_column(default="")
    counted: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    is_proven: Mapped[bool] = mapped_column(default=False)
    forgotten_at: Mapped[datetime | None]

    asked_at: Mapped[datetime | None]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    asked_by: Mapped[User | None] = relationship(foreign_keys=asked_by_id)
    found_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    settled_by: Mapped[User | None] = relationship(foreign_keys=settled_by_id)

    # Whoever works on it: which try it is, how far, and when it was last heard of.
    attempt: Mapped[int] = mapped_column(default=0)
    progress: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    heard_at: Mapped[datetime | None]

    panels: Mapped[list[Panel]] = relationship(back_populates="draw", order_by="Panel.id")

    @classmethod
    def laid_down_for(cls, court_session: CourtSession) -> Self | None:
        """The draw whose secret is laid down for this day, if one is."""
        found = select(cls).where(cls.court_session_id == court_session.id, cls.state == DrawState.COMMITTED)
        return court_session.session.scalars(found).first()

    @classmethod
    def next_of(cls, court_session: CourtSession) -> Self:
        """The draw whose secret is laid down for this day, or a new one."""
        return cls.laid_down_for(court_session) or cls.commit_to(court_session)

    @classmethod
    def commit_to(cls, court_session: CourtSession) -> Self:
        """Lay down the secret of the next draw of a day: from now on nobody can choose it."""
        draw = cls(court=court_session.court, court_session=court_session)
        court_session.session.add(draw)
        draw.lay_down(_chance.get()(32))
        return draw

    @classmethod
    def of_day(cls, court_session: CourtSession) -> Select[Self]:
        """What was drawn for a day, newest first."""
        asked = cls.court_session_id == court_session.id, cls.state != DrawState.COMMITTED
        return select(cls).where(*asked).order_by(cls.id.desc())

    def lay_down(self, secret: str) -> None:
        """Let this be the secret. Only a play or a test knows it beforehand."""
        self.secret, self.commitment, self.committed_at = secret, commitment(secret), clock.now()
        self.record("draw.committed", by=None, commitment=self.commitment)

    @property
    def seed(self) -> str:
        return seed_of(self.secret, self.public)

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK

    @property
    def is_forgotten(self) -> bool:
        return self.forgotten_at is not None

    @property
    def places(self) -> Sequence[tuple[str, str, str]]:
        """Who has which place: candidate, role, hearing or block."""
        told = self.result["places"] if self.result and "places" in self.result else []
        return [(who, role, place) for who, role, place in told]

    def forget(self) -> None:
        """Let go of what tells who was tied to whom; digests and numbers stay."""
        if self.facts is not None or self.result is not None:
            self.facts = self.result = self.progress = None
            self.forgotten_at = clock.now()


class Pin(CourtOwned, Audited, Record):
    """A place that the coordinator gave to somebody before the draw, and why."""

    court_session_id: Mapped[int] = mapped_column(ForeignKey("court_session.id"), index=True)
    court_session: Mapped[CourtSession] = relationship()
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"))
    juror: Mapped[Juror] = relationship()
    role: Mapped[SeatRole]
    # A hearing, or for the reserve a time of day.
    hearing_id: Mapped[int | None] = mapped_column(ForeignKey("hearing.id", ondelete="CASCADE"), index=True)
    hearing: Mapped[Hearing | None] = relationship()
    block_id: Mapped[int | None] = mapped_column(ForeignKey("time_block.id"))
    block: Mapped[TimeBlock | None] = relationship()
    reason: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_by: Mapped[User] = relationship()

    @property
    def audited_case_id(self) -> int | None:  # type: ignore[override]
        return self.hearing.case_id if self.hearing else None

    @property
    def place(self) -> tuple[str, str, str]:
        """As the planner takes it."""
        return str(self.juror_id), self.role.value, str(self.hearing_id or self.block_id)


class Bar(CourtOwned, Audited, Record):
    """Somebody whom the coordinator keeps off one panel, or off all of a day, and why."""

    court_session_id: Mapped[int] = mapped_column(ForeignKey("court_session.id"), index=True)
    court_session: Mapped[CourtSession] = relationship()
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"))
    juror: Mapped[Juror] = relationship()
    hearing_id: Mapped[int | None] = mapped_column(ForeignKey("hearing.id", ondelete="CASCADE"), index=True)
    hearing: Mapped[Hearing | None] = relationship()
    reason: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_by: Mapped[User] = relationship()

    @property
    def audited_case_id(self) -> int | None:  # type: ignore[override]
        return self.hearing.case_id if self.hearing else None

    @property
    def place(self) -> tuple[str, str | None]:
        """As the planner takes it."""
        return str(self.juror_id), str(self.hearing_id) if self.hearing_id else None
