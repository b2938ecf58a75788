"""All papers of one hearing day in one file: asked for, made while the pages go on, kept three days."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import JSON, ForeignKey, Index, Select, delete, select, text, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record, rows_changed

from .printed_paper import KEPT, PrintedPaper

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .court import Court
    from .court_session import CourtSession


class PacketKind(StrEnum):
    """For whom a packet is: everything for the office, or only what jurors may see."""

    FULL = "full"
    JURORS = "jurors"


class PacketState(StrEnum):
    """How far a packet has come."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


PACKET_WORDS = {
    PacketKind.FULL: _l("Everything"),
    PacketKind.JURORS: _l("For the jury rooms"),
}
PACKET_STATE_WORDS = {
    PacketState.WAITING: _l("About to begin"),
    PacketState.RUNNING: _l("Being printed"),
    PacketState.READY: _l("Ready"),
    PacketState.FAILED: _l("Stopped before it was done"),
}
UNDER_WAY = (PacketState.WAITING, PacketState.RUNNING)
# Nothing was heard of whoever worked on it for so long: they are gone, and it can be started again.
PATIENCE = timedelta(seconds=60)

_UNDER_WAY = text("state IN ('waiting', 'running')")


class Packet(CourtOwned, Audited, Record):
    """One such file. Its bytes lie with the other printed papers, under its key."""

    __table_args__ = (
        # Whoever asks for what is under way already gets that.
        Index(
            "uq_packet_under_way",
            *("court_session_id", "kind", "language"),
            unique=True,
            sqlite_where=_UNDER_WAY,
            postgresql_where=_UNDER_WAY,
        ),
    )

    court_session_id: Mapped[int] = mapped_column(ForeignKey("court_session.id"), index=True)
    court_session: Mapped[CourtSession] = relationship()
    kind: Mapped[PacketKind]
    language: Mapped[str]
    state: Mapped[PacketState] = mapped_column(default=PacketState.WAITING)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_by: Mapped[User] = relationship()

    # Whoever works on it: which try it is, how far, and when it was last heard of.
    attempt: Mapped[int] = mapped_column(default=0)
    heard_at: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)

    # What came out. `of_version` is the docket that was published when its facts were read.
    key: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="")
    pages: Mapped[int] = mapped_column(default=0)
    of_version: Mapped[int] = mapped_column(default=0)
    parts: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    lacks: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    contains: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    ready_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]

    @classmethod
    def of_day(cls, court_session: CourtSession) -> Select[Self]:
        """The packets of a day that are there, newest first."""
        return select(cls).where(cls.court_session_id == court_session.id).order_by(cls.id.desc())

    @classmethod
    def ask(cls, court_session: CourtSession, kind: PacketKind, language: str, by: User) -> Self:
        """Have a packet made; whoever asks for one that is under way gets that."""
        if not court_session.docket:
            raise RuleBroken(_("No hearing is placed on this day yet."))
        session = court_session.session
        alike = cls.of_day(court_session).where(cls.kind == kind, cls.language == language)
        for earlier in session.scalars(alike):
            if earlier.state in UNDER_WAY:
                if earlier.is_stalled:
                    earlier.start_again(by=by)
                return earlier
        packet = cls(court=court_session.court, court_session=court_session, kind=kind, language=language)
        packet.asked_at, packet.asked_by = clock.now(), by
        session.add(packet)
        packet.record("packet.asked", by=by, kind=kind)
        return packet

    # Questions

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY and not self.is_stalled

    @property
    def is_stalled(self) -> bool:
        """Whether nobody works on it any more, although nobody has said so."""
        last = self.heard_at or self.asked_at
        return self.state in UNDER_WAY and clock.now() - last > PATIENCE

    @property
    def is_ready(self) -> bool:
        return (
            self.state is PacketState.READY and self.expires_at is not None and self.expires_at > clock.now()
        )

    def is_wanted(self, attempt: int) -> bool:
        """Whether whoever works on it should go on: nobody has begun anew."""
        return self.state is PacketState.RUNNING and self.attempt == attempt

    def why_not_start_again(self) -> str | None:
        stopped = self.state is PacketState.FAILED or self.is_stalled
        return None if stopped else _("This did not stop.")

    # Verbs

    def start_again(self, by: User) -> None:
        """Go on where it stopped: what was set before need not be set again."""
        if why_not := self.why_not_start_again():
            raise RuleBroken(why_not)
        self.state, self.heard_at, self.done, self.total = PacketState.WAITING, None, 0, 0
        self.asked_at = clock.now()
        self.record("packet.started_again", by=by, kind=self.kind)

    def begin(self) -> int:
        """Somebody works on it from now on: which try this is, 0 when another has it already."""
        cls = type(self)
        waits = update(cls).where(cls.id == self.id, cls.state == PacketState.WAITING)
        taken = waits.values(state=PacketState.RUNNING, attempt=cls.attempt + 1, heard_at=clock.now())
        if not rows_changed(self.session, taken):
            return 0
        self.session.refresh(self)
        return self.attempt

    def go_on(self, done: int, total: int) -> None:
        self.done, self.total, self.heard_at = done, total, clock.now()

    def finish(self, paper: PrintedPaper, **came_out: Any) -> None:
        """It is there, as these bytes."""
        self.state, self.ready_at = PacketState.READY, clock.now()
        self.key, self.sha256, self.pages = paper.key, paper.sha256, paper.pages
        self.expires_at = paper.made_at + KEPT
        for name, value in came_out.items():
            setattr(self, name, value)

    def fail(self) -> None:
        self.state = PacketState.FAILED

    @classmethod
    def sweep(cls, court: Court) -> None:
        """Let go of what was asked for so long ago that its papers are gone."""
        old = delete(cls).where(cls.court_id == court.id, cls.asked_at <= clock.now() - KEPT)
        court.session.execute(old)


def sweep_papers(court: Court) -> int:
    """The nightly sweep of all that was printed and is too old. Returns how many papers that were."""
    Packet.sweep(court)
    return PrintedPaper.sweep(court)


def forget_papers(court: Court) -> None:
    """Let go of every printed paper of a court: one of its records is hidden or gone from now on.

    The packets first: whoever is at work on one keeps a paper only while its packet is there.
    """
    for cls in (Packet, PrintedPaper):
        court.session.execute(delete(cls).where(cls.court_id == court.id))
