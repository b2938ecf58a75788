"""Forms in Word that a court insists on, as somebody uploaded them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .court import Court


class WordForm(CourtOwned, Audited, Record):
    """One such form. `fields` are its merge fields, each a fact that papers have."""

    __table_args__ = (UniqueConstraint("court_id", "name"),)

    name: Mapped[str]
    fields: Mapped[list[str]] = mapped_column(JSON)
    content: Mapped[bytes] = mapped_column(deferred=True)
    uploaded_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def upload(cls, court: Court, name: str, fields: list[str], content: bytes, by: User) -> Self:
        """Keep a form; one of this name is replaced."""
        same = select(cls).where(cls.court_id == court.id, func.lower(cls.name) == name.lower())
        form = court.session.scalars(same).first() or cls(court=court)
        form.name, form.fields, form.content = name, fields, content
        form.uploaded_at, form.by = clock.now(), by
        court.session.add(form)
        form.record("word_form.uploaded", by=by, name=name)
        return form

    def remove(self, by: User) -> None:
        """Give the form up."""
        self.record("word_form.removed", by=by, name=self.name)
        self.session.delete(self)
