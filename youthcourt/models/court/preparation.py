"""What is done before a hearing: the family is told, an interpreter is booked, papers are printed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt.i18n import lazy as _l
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .court_session import CourtSession
    from .hearing import Hearing


class HowServed(StrEnum):
    """How a family was told of its hearing."""

    BY_HAND = "by_hand"
    BY_MAIL = "by_mail"
    BY_PHONE = "by_phone"
    BY_EMAIL = "by_email"


HOW_SERVED_WORDS = {
    HowServed.BY_HAND: _l("Handed over"),
    HowServed.BY_MAIL: _l("By mail"),
    HowServed.BY_PHONE: _l("By phone"),
    HowServed.BY_EMAIL: _l("By e-mail or text message"),
}


class NoticeServed(CourtOwned, Audited, Record):
    """A family was told when and where its hearing is: how, when, by whom, and which time and room."""

    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    hearing: Mapped[Hearing] = relationship(back_populates="notices")
    how: Mapped[HowServed]
    told_starts_at: Mapped[datetime]
    told_room: Mapped[str]
    served_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()

    @property
    def audited_case_id(self) -> int:  # type: ignore[override]
        return self.hearing.case_id

    @property
    def is_current(self) -> bool:
        """Whether what the family was told is still so."""
        hearing = self.hearing
        return (self.told_starts_at, self.told_room) == (hearing.block.starts_at, hearing.room.name)


class InterpreterBooking(CourtOwned, Audited, Record):
    """Somebody who will interpret at a hearing: who, into which language, booked by whom."""

    __table_args__ = (UniqueConstraint("hearing_id", "language"),)

    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    hearing: Mapped[Hearing] = relationship(back_populates="interpreters")
    language: Mapped[str]
    name: Mapped[str]
    booked_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()

    @property
    def audited_case_id(self) -> int:  # type: ignore[override]
        return self.hearing.case_id


class PaperPrint(CourtOwned, Record):
    """A paper of the evening was printed, while this version of the docket was the last published one."""

    court_session_id: Mapped[int] = mapped_column(ForeignKey("court_session.id"), index=True)
    court_session: Mapped[CourtSession] = relationship(back_populates="prints")
    # None: a paper of the whole day.
    hearing_id: Mapped[int | None] = mapped_column(ForeignKey("hearing.id", ondelete="CASCADE"))
    kind: Mapped[str]
    of_version: Mapped[int]
    printed_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()

    @staticmethod
    def facts_of(day: CourtSession, hearing: Hearing | None, kind: str) -> dict[str, Any]:
        """What is kept of a print, of a day or of one of its hearings, before anybody knows who prints it."""
        return {
            "court_id": day.court_id,
            "court_session_id": day.id,
            "hearing_id": hearing.id if hearing else None,
            "kind": kind,
            "of_version": day.published.number if day.published else 0,
        }
