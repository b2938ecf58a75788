"""Who somebody is to their county's own sign-in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.base import CourtOwned, Record
from youthcourt.walls import in_every_court

if TYPE_CHECKING:
    from .user import User


class CountyIdentity(CourtOwned, Record):
    """The number that a county's sign-in knows an account by. An e-mail address never stands for it."""

    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    user: Mapped[User] = relationship(foreign_keys=user_id)
    issuer: Mapped[str]
    subject: Mapped[str]
    linked_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]

    @classmethod
    def of(cls, user: User, issuer: str) -> Self | None:
        return user.session.scalars(select(cls).where(cls.user_id == user.id, cls.issuer == issuer)).first()

    @classmethod
    def known_as(cls, session: Session, issuer: str, subject: str) -> Self | None:
        found = select(cls).where(cls.issuer == issuer, cls.subject == subject)
        with in_every_court():  # the county does not say which court
            return session.scalars(found.options(selectinload(cls.user))).first()

    @classmethod
    def link(cls, user: User, issuer: str, subject: str, by: User) -> Self:
        """From now on, this county sign-in opens this account. Its owner asks for it, signed in."""
        if cls.known_as(user.session, issuer, subject):
            raise RuleBroken(_("This county sign-in belongs to an account already."))
        if cls.of(user, issuer):
            raise RuleBroken(_("Your account has a county sign-in already. Remove it first."))
        linked = cls(court=user.court, user=user, issuer=issuer, subject=subject, linked_at=clock.now())
        user.session.add(linked)
        user.record("county_sign_in.linked", by=by)
        return linked

    def note_use(self) -> None:
        self.last_used_at = clock.now()

    def unlink(self, by: User) -> None:
        self.user.record("county_sign_in.removed", by=by)
        self.session.delete(self)
