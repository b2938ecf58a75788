"""Accounts: who may sign in, and what they may do here."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask_login import UserMixin
from sqlalchemy import ForeignKey, Select, UniqueConstraint, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.permissions import GRANTED, Permission, Role

from .audit import Audited
from .base import CourtOwned, Record
from .sealing import seeing_sealed

if TYPE_CHECKING:
    from .court import Court
    from .person import Person

# OWASP's figures; the library's own default takes six times as long and 64 MiB for each sign-in.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODYS_HASH = _hasher.hash(secrets.token_urlsafe())

SHORTEST_PASSWORD = 12
INVITATION_DAYS = 14


class User(CourtOwned, Audited, UserMixin, Record):
    """An account of one person in one court."""

    __tablename__ = "user"
    __table_args__ = (UniqueConstraint("email"),)

    email: Mapped[str]
    name: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person | None] = relationship(foreign_keys=person_id)
    password_hash: Mapped[str | None]
    # Counts up at sign-out and when the password or a role changes: older cookies then open nothing.
    serial: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    grants: Mapped[list[RoleGrant]] = relationship(back_populates="user", foreign_keys="RoleGrant.user_id")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def signing_in_as(cls, session: Session, email: str) -> Self | None:
        found = select(cls).where(cls.email == email.strip().lower(), cls.ended_at.is_(None))
        return session.scalars(found).first()

    @classmethod
    def in_role(cls, court: Court, role: Role) -> Select[Self]:
        """Whoever acts in this role at a court now, by name."""
        acts_so = cls.grants.any(role=role, ended_at=None)
        return select(cls).where(cls.court_id == court.id, cls.ended_at.is_(None), acts_so).order_by(cls.name)

    @classmethod
    def of_cookie(cls, session: Session, cookie: str) -> Self | None:
        """The account that a signed-in browser names, unless that sign-in has ended."""
        number, _dot, serial = cookie.partition(".")
        if not (number.isdigit() and serial.isdigit()):
            return None
        found = select(cls).where(cls.id == int(number), cls.serial == int(serial), cls.ended_at.is_(None))
        return session.scalars(found.options(selectinload(cls.grants), selectinload(cls.court))).first()

    @classmethod
    def invite(
        cls, court: Court, email: str, name: str, role: Role, by: User | None, person: Person | None = None
    ) -> Self:
        """Open an account. It can be used once its owner has chosen a password."""
        session = court.session
        if not email.strip():
            raise RuleBroken(_("An account needs an e-mail address."))
        with seeing_sealed():
            taken = session.scalar(select(func.count()).where(cls.email == email.strip().lower()))
        if taken:
            raise RuleBroken(_("This e-mail address cannot be used for a new account."))
        user = cls(court=court, email=email.strip().lower(), name=name, person=person)
        session.add(user)
        user.record("account.opened", by=by, role=role)
        user.grant(role, by=by)
        return user

    def get_id(self) -> str:
        return f"{self.id}.{self.serial}"

    @property
    def roles(self) -> set[Role]:
        return {grant.role for grant in self.grants if grant.ended_at is None}

    def may(self, permission: Permission) -> bool:
        """Whether somebody in one of this user's roles may do such a thing at all."""
        return any(permission in GRANTED[role] for role in self.roles)

    @property
    def is_staff(self) -> bool:
        return Role.COORDINATOR in self.roles

    def grant(self, role: Role, by: User | None) -> None:
        if role not in self.roles:
            self.grants.append(RoleGrant(court=self.court, role=role, granted_at=clock.now(), by=by))
            self.serial = (self.serial or 0) + 1
            self.record("account.role_granted", by=by, role=role)

    def set_password(self, password: str) -> None:
        if len(password) < SHORTEST_PASSWORD:
            raise RuleBroken(_("Use at least %(count)s characters.", count=SHORTEST_PASSWORD))
        self.password_hash = _hasher.hash(password)
        self.serial = (self.serial or 0) + 1
        self.record("account.password_set", by=self)

    def knows(self, password: str) -> bool:
        return _matches(self.password_hash, password)

    def sign_out_everywhere(self) -> None:
        self.serial += 1


def _matches(password_hash: str | None, password: str) -> bool:
    try:
        return _hasher.verify(password_hash or _NOBODYS_HASH, password) and password_hash is not None
    except VerificationError:
        return False


def recognise(session: Session, email: str, password: str) -> User | None:
    """The account of this e-mail address and password. An unknown address takes as long as a known one."""
    user = User.signing_in_as(session, email)
    return user if _matches(user.password_hash if user else None, password) else None


class RoleGrant(CourtOwned, Record):
    """A role that somebody was given, by whom, from when to when."""

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    user: Mapped[User] = relationship(back_populates="grants", foreign_keys=user_id)
    role: Mapped[Role]
    granted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User | None] = relationship(foreign_keys=by_id)


class Invitation(CourtOwned, Record):
    """A link, good once and for a while, with which somebody chooses the password of a new account."""

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    user: Mapped[User] = relationship()
    token_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    @classmethod
    def issue(cls, user: User) -> str:
        """The secret of a fresh invitation. It is shown this once; only its hash is kept.

        Links handed out before open nothing any more: one of them may have gone to the wrong person.
        """
        open_ones = update(cls).where(cls.user_id == user.id, cls.used_at.is_(None))
        user.session.execute(open_ones.values(used_at=clock.now()))
        token = secrets.token_urlsafe(32)
        expires_at = clock.now() + timedelta(days=INVITATION_DAYS)
        user.session.add(cls(court=user.court, user=user, token_hash=_hash(token), expires_at=expires_at))
        return token

    @classmethod
    def opened_by(cls, session: Session, token: str) -> Self | None:
        found = select(cls).where(
            cls.token_hash == _hash(token), cls.used_at.is_(None), cls.expires_at > clock.now()
        )
        return session.scalars(found.options(selectinload(cls.user))).first()

    def accept(self, password: str) -> User:
        """Choose the password and use the link up."""
        self.user.set_password(password)
        self.used_at = clock.now()
        return self.user


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
