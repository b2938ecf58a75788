"""Links with which somebody chooses a password, the first or another: good once, and for a while."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, Self

from sqlalchemy import ForeignKey, update
from sqlalchemy import select as select_
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column, relationship, selectinload

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.base import CourtOwned, Record
from youthcourt.walls import in_every_court

from .password import mark_of
from .signed_in import hash_of
from .user import User

INVITATION_DAYS = 14
RESET_TIME = timedelta(hours=1)


class OneTimeLink(CourtOwned):
    """A secret handed over once. It is shown when it is made; only its hash is kept."""

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    @declared_attr
    def user(cls) -> Mapped[User]:
        return relationship(User, foreign_keys=f"{cls.__name__}.user_id")  # type: ignore[attr-defined]

    @classmethod
    def _issue(cls, user: User, expires_at: datetime, **facts: Any) -> str:
        """Links handed out before open nothing any more: one of them may have gone to the wrong person."""
        cls.void(user)
        token = secrets.token_urlsafe(32)
        link = cls(  # type: ignore[call-arg]
            court=user.court, user=user, token_hash=hash_of(token), expires_at=expires_at, **facts
        )
        user.session.add(link)
        return token

    @classmethod
    def void(cls, user: User) -> None:
        """Links of somebody that were not used open nothing any more."""
        user.session.flush()
        table = cls.__table__  # type: ignore[attr-defined]
        unused = update(cls).where(table.c.user_id == user.id, table.c.used_at.is_(None))
        user.session.execute(unused.values(used_at=clock.now()))

    @classmethod
    def opened_by(cls, session: Session, token: str) -> Self | None:
        found = select_(cls).where(
            cls.token_hash == hash_of(token), cls.used_at.is_(None), cls.expires_at > clock.now()
        )
        alive = found.join(cls.user).where(User.ended_at.is_(None))
        whole = selectinload(cls.user)
        with in_every_court():  # the secret says which court
            return session.scalars(
                alive.options(whole.selectinload(User.grants), whole.joinedload(User.court))
            ).first()

    def accept(self, password: str) -> User:
        """Choose the password and use the link up."""
        self.user.set_password(password)
        self.used_at = clock.now()
        return self.user


class Invitation(OneTimeLink, Record):
    """A link with which somebody chooses the password of a new account."""

    @classmethod
    def issue(cls, user: User) -> str:
        return cls._issue(user, clock.now() + timedelta(days=INVITATION_DAYS))


class PasswordReset(OneTimeLink, Record):
    """A link with which somebody who forgot their password chooses another. It shows no second factor."""

    # It belongs to the password that was forgotten, and ends with it.
    password_mark: Mapped[str]
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    started_by: Mapped[User | None] = relationship(foreign_keys=started_by_id)

    @classmethod
    def start(cls, user: User, by: User | None) -> str:
        """The secret of the link. `by` is None for the command line alone."""
        if why_not := cls.why_not_start(user):
            raise RuleBroken(why_not)
        mark = mark_of(user.password_hash)
        token = cls._issue(user, clock.now() + RESET_TIME, password_mark=mark, started_by=by)
        user.record("account.reset_started", by=by)
        return token

    @staticmethod
    def why_not_start(user: User) -> str | None:
        if user.ended_at:
            return _("This account is closed.")
        if user.password_hash is None:
            return _("No password was chosen yet. Hand out an invitation instead.")
        return None

    @classmethod
    def opened_by(cls, session: Session, token: str) -> Self | None:
        found = super().opened_by(session, token)
        return found if found and found.password_mark == mark_of(found.user.password_hash) else None
