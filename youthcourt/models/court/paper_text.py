"""Passages of papers as a court says them: every version is kept, and the last one is printed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .court import Court


class PaperText(CourtOwned, Record):
    """One version of a passage in one language. Without words, the usual ones are printed again."""

    __table_args__ = (UniqueConstraint("court_id", "kind", "name", "language", "number"),)

    kind: Mapped[str]
    name: Mapped[str]
    language: Mapped[str]
    number: Mapped[int]
    words: Mapped[str]
    written_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User | None] = relationship()
    court: Mapped[Court] = relationship(back_populates="paper_texts")

    @classmethod
    def versions(cls, court: Court, kind: str, name: str, language: str) -> list[Self]:
        """Every version of one passage, the first one first."""
        place = (kind, name, language)
        return [each for each in court.paper_texts if (each.kind, each.name, each.language) == place]  # type: ignore[misc]

    @classmethod
    def write(cls, court: Court, kind: str, name: str, language: str, words: str, by: User | None) -> None:
        """Say a passage in the court's own words from now on; no words at all bring back the usual ones."""
        before = cls.versions(court, kind, name, language)
        if words == (before[-1].words if before else ""):
            return
        text = cls(
            kind=kind,
            name=name,
            language=language,
            number=len(before) + 1,
            words=words,
            written_at=clock.now(),
            by=by,
        )
        court.paper_texts.append(text)
        place = {"paper": kind, "name": name, "language": language}
        if words:
            court.record("paper_text.written", by=by, **place)
        else:
            court.record("paper_text.taken_back", by=by, **place)
