"""Somebody may only be reached safely: their address is taken out of everybody's sight until that is over."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.person import Person

# By what a person is reached, and where that is kept while nobody may see it.
KEPT_APART = {"mailing_address": "hidden_address", "phone": "hidden_phone", "email": "hidden_email"}

_STANDS = text("lifted_at IS NULL")


class SafeContact(CourtOwned, Record):
    """How somebody may be reached without danger, and what nobody may use or see instead.

    The real address stands here and nowhere else while this lasts. A page, a paper or a list that prints a
    person's address finds none, so it need not know of this to keep it. Who wants to see it asks for it, and
    that is written down.
    """

    __table_args__ = (
        Index("uq_safe_contact", "person_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    person: Mapped[Person] = relationship()
    why: Mapped[str]
    # What the office does instead of writing or calling, in its own words.
    how: Mapped[str]
    hidden_address: Mapped[str] = mapped_column(default="")
    hidden_phone: Mapped[str] = mapped_column(default="")
    hidden_email: Mapped[str] = mapped_column(default="")
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    noted_by: Mapped[User] = relationship(foreign_keys=noted_by_id)
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    lifted_by: Mapped[User | None] = relationship(foreign_keys=lifted_by_id)

    @classmethod
    def note(cls, person: Person, why: str, how: str, by: User) -> Self:
        """From now on nobody sees by what this person is reached, unless they ask for it."""
        if person.safe_contact:
            raise RuleBroken(_("The address of %(name)s is kept out of sight already.", name=person))
        if not why.strip():
            raise RuleBroken(_("Write why."), field="why")
        noted = cls(court=person.court, person=person, why=why, how=how, noted_at=clock.now(), noted_by=by)
        for shown, hidden in KEPT_APART.items():
            setattr(noted, hidden, getattr(person, shown))
            setattr(person, shown, "")
        person.session.add(noted)
        person.session.flush()
        person.session.refresh(person, ["safe_contact"])
        return noted

    def lift(self, by: User) -> None:
        """It is safe again: the address goes back to where everybody finds it who finds others."""
        if self.lifted_at:
            raise RuleBroken(_("This is over already."))
        person, self.lifted_at, self.lifted_by = self.person, clock.now(), by
        self.session.flush()
        self.session.refresh(person, ["safe_contact"])
        for shown, hidden in KEPT_APART.items():
            setattr(person, shown, getattr(self, hidden))
            setattr(self, hidden, "")
