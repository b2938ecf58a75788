"""Papers that were set before, found again by what they say: unchanged, they are not set anew.

Only a cache. It goes after three days, and at once when a record of the court is sealed or destroyed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from sqlalchemy import ColumnElement, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column, undefer

from youthcourt import clock
from youthcourt.models.base import CourtOwned, Record, rows_changed

if TYPE_CHECKING:
    from .court import Court

KEPT = timedelta(days=3)


class PrintedPaper(CourtOwned, Record):
    """One paper, or several joined, under the digest of all that its look hangs on."""

    __table_args__ = (UniqueConstraint("court_id", "key"),)

    key: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    sha256: Mapped[str]
    pages: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(index=True)

    @classmethod
    def known(cls, session: Session, court_id: int, keys: Iterable[str]) -> dict[str, int]:
        """Those of these papers that need not be set anew, and how many pages each has."""
        asked = list(dict.fromkeys(keys))
        found = select(cls.key, cls.pages).where(
            cls.court_id == court_id, cls.key.in_(asked), cls._is_fresh()
        )
        return {key: pages for key, pages in session.execute(found)}

    @classmethod
    def of(cls, session: Session, court_id: int, keys: Iterable[str]) -> dict[str, Self]:
        """These papers with all their bytes, as far as they are there and are still what was kept."""
        asked = list(dict.fromkeys(keys))
        found = select(cls).where(cls.court_id == court_id, cls.key.in_(asked), cls._is_fresh())
        papers = session.scalars(found.options(undefer(cls.content)))
        return {paper.key: paper for paper in papers if paper.is_unchanged}

    @classmethod
    def keep(cls, session: Session, court_id: int, key: str, content: bytes, pages: int) -> Self:
        """Put a paper that was just set into the place of an older one of the same key."""
        session.execute(delete(cls).where(cls.court_id == court_id, cls.key == key))
        sha256 = hashlib.sha256(content).hexdigest()
        paper = cls(court_id=court_id, key=key, content=content, sha256=sha256, pages=pages)
        paper.made_at = clock.now()
        session.add(paper)
        session.flush()
        return paper

    @classmethod
    def sweep(cls, court: Court) -> int:
        """Let go of what is too old. Returns how many papers that were."""
        old = delete(cls).where(cls.court_id == court.id, cls.made_at <= clock.now() - KEPT)
        return rows_changed(court.session, old)

    @classmethod
    def _is_fresh(cls) -> ColumnElement[bool]:
        return cls.made_at > clock.now() - KEPT

    @property
    def is_unchanged(self) -> bool:
        return hashlib.sha256(self.content).hexdigest() == self.sha256
