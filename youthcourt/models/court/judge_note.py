"""What a judge notes for themselves during a hearing. Nobody else reads it: no page, no paper, no export.

Nothing points here from the hearing or the case, so that nothing that walks through a record comes upon it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.base import CourtOwned, Record, Versioned

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .hearing import Hearing


class JudgeNote(CourtOwned, Versioned, Record):
    """The working notes of one judge on one hearing. They end with the case's record."""

    __table_args__ = (UniqueConstraint("hearing_id", "judge_id"),)

    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    hearing: Mapped[Hearing] = relationship()
    judge_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    judge: Mapped[User] = relationship()
    words: Mapped[str] = mapped_column(default="")
    written_at: Mapped[datetime]

    @classmethod
    def of(cls, hearing: Hearing, judge: User) -> Self | None:
        """The notes that this judge made; never another's."""
        mine = select(cls).where(cls.hearing_id == hearing.id, cls.judge_id == judge.id)
        return hearing.session.scalars(mine).first()

    @classmethod
    def write(cls, hearing: Hearing, words: str, by: User) -> None:
        """Keep the notes as they are now. The trail says that there are some, and not a word of them."""
        if hearing.judge_id != by.id:
            raise RuleBroken(_("Another judge hears this case."))
        note = cls.of(hearing, by)
        if (note.words if note else "") == words:
            return
        if note is None:
            note = cls(court=hearing.court, hearing=hearing, judge=by)
            hearing.session.add(note)
        note.words, note.written_at = words, clock.now()
        hearing.record("hearing.noted_by_judge", by=by)
