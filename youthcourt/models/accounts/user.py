"""Accounts: who may sign in, and what they may do here."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from flask_login import UserMixin
from sqlalchemy import ForeignKey, Select, UniqueConstraint, exists, func, or_, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record
from youthcourt.models.completion.sealing import seeing_sealed
from youthcourt.permissions import AT_TABLET, FAMILY_AT_TABLET, GRANTED, MAY_GIVE, STAFF, Permission, Role
from youthcourt.walls import in_every_court, visiting

from . import password as passwords
from .authenticator import Authenticator
from .passkey import Passkey
from .signed_in import SignedIn, WhyEnded, end_sign_ins, hash_of

if TYPE_CHECKING:
    from youthcourt.models.court.court import Court
    from youthcourt.models.person import Person


class User(CourtOwned, Audited, UserMixin, Record):
    """An account of one person in one court."""

    __tablename__ = "user"
    __table_args__ = (UniqueConstraint("email"),)

    email: Mapped[str]
    name: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person | None] = relationship(foreign_keys=person_id)
    password_hash: Mapped[str | None]
    password_set_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    grants: Mapped[list[RoleGrant]] = relationship(back_populates="user", foreign_keys="RoleGrant.user_id")

    # The hearing day for which somebody sits at the court's tablet: there they are a juror and nothing else.
    # Or the case to whose hearing they came: there they are its family and nothing else.
    # Set for one request, by whoever finds out who is here.
    tablet_day_id: ClassVar[int | None] = None
    tablet_case_id: ClassVar[int | None] = None

    def __str__(self) -> str:
        return self.name

    @classmethod
    def signing_in_as(cls, session: Session, email: str) -> Self | None:
        found = select(cls).where(cls.email == email.strip().lower(), cls.ended_at.is_(None))
        with in_every_court():  # nobody says at sign-in which court is theirs
            return session.scalars(found).first()

    @classmethod
    def in_role(cls, court: Court, role: Role) -> Select[Self]:
        """Whoever acts in this role at a court now, by name."""
        acts_so = cls.grants.any(role=role, ended_at=None)
        return select(cls).where(cls.court_id == court.id, cls.ended_at.is_(None), acts_so).order_by(cls.name)

    @classmethod
    def signed_in_by(cls, session: Session, token: str) -> SignedIn | None:
        """The sign-in that a browser's secret stands for, ended or not, while the account lives."""
        found = select(SignedIn).join(SignedIn.user).where(SignedIn.token_hash == hash_of(token))
        account = joinedload(SignedIn.user)
        whole = (account.joinedload(cls.court), account.selectinload(cls.grants))
        with in_every_court():  # the secret says which court
            return session.scalars(found.where(cls.ended_at.is_(None)).options(*whole)).first()

    @classmethod
    def invite(
        cls, court: Court, email: str, name: str, role: Role, by: User | None, person: Person | None = None
    ) -> Self:
        """Open an account. It can be used once its owner has chosen a password."""
        session = court.session
        if not email.strip():
            raise RuleBroken(_("An account needs an e-mail address."))
        with seeing_sealed(), in_every_court():  # one address opens one account, wherever
            taken = session.scalar(select(func.count()).where(cls.email == email.strip().lower()))
        if taken:
            raise RuleBroken(_("This e-mail address cannot be used for a new account."))
        user = cls(court=court, email=email.strip().lower(), name=name, person=person)
        session.add(user)
        user.record("account.opened", by=by, role=role)
        user.grant(role, by=by)
        return user

    @property
    def given_roles(self) -> set[Role]:
        """What they do here, wherever they sit now."""
        return {grant.role for grant in self.grants if grant.ended_at is None}

    @property
    def roles(self) -> set[Role]:
        if self.tablet_day_id:
            return self.given_roles & {Role.JUROR}
        return self.given_roles & {Role.FAMILY} if self.tablet_case_id else self.given_roles

    def may(self, permission: Permission) -> bool:
        """Whether somebody in one of this user's roles may do such a thing at all."""
        if self.tablet_day_id and permission not in AT_TABLET:
            return False
        if self.tablet_case_id and permission not in FAMILY_AT_TABLET:
            return False
        return any(permission in GRANTED[role] for role in self.roles)

    @property
    def is_staff(self) -> bool:
        return Role.COORDINATOR in self.roles

    @property
    def works_here(self) -> bool:
        """Coordinators, judges and administrators: they see most, so they show a second factor."""
        return bool(self.roles & STAFF)

    @property
    def has_factor(self) -> bool:
        """Whether they have set up something to show beside the password."""
        app = exists().where(Authenticator.user_id == self.id)
        passkey = exists().where(Passkey.user_id == self.id)
        mine = select(User.id).where(User.id == self.id, or_(app, passkey))
        return self.session.scalar(mine) is not None

    def grant(self, role: Role, by: User | None) -> None:
        if role not in self.roles:
            self.grants.append(RoleGrant(court=self.court, role=role, granted_at=clock.now(), by=by))
            end_sign_ins(self, WhyEnded.ROLE_CHANGED, by=by)
            self.record("account.role_granted", by=by, role=role)

    # ---- Kept by others --------------------------------------------------------------------------

    @property
    def may_give(self) -> frozenset[Role]:
        """The roles that this user may give to others, and take from them."""
        return frozenset().union(*(MAY_GIVE.get(role, frozenset()) for role in self.roles))

    def why_not_keep(self, by: User) -> str | None:
        """Why this account is none of another user's business to change."""
        if by is self:
            return _("Nobody changes their own part. Ask another administrator.")
        if self.ended_at:
            return _("This account is closed.")
        if not self.roles <= by.may_give:
            return _("Only an administrator changes this account.")
        return None

    def why_not_change_roles(self, roles: Set[Role], by: User) -> str | None:
        if why_not := self.why_not_keep(by):
            return why_not
        if not roles:
            return _("Choose at least one part, or close the account.")
        if not roles <= by.may_give:
            return _("Only an administrator gives this part.")
        if Role.ADMINISTRATOR in self.roles - roles and self.is_last_administrator:
            return _("A court needs an administrator who can sign in. Name another one first.")
        return None

    def change_roles(self, roles: Set[Role], by: User) -> None:
        """Let somebody act in these roles and in no others. What they were stays written down."""
        if why_not := self.why_not_change_roles(roles, by):
            raise RuleBroken(why_not, field="roles")
        for grant in self.grants:
            if grant.ended_at is None and grant.role not in roles:
                self._take(grant, by=by)
        for role in sorted(roles):
            self.grant(role, by=by)

    def take(self, role: Role, by: User) -> None:
        """Somebody no longer acts in this role."""
        for grant in self.grants:
            if grant.ended_at is None and grant.role is role:
                self._take(grant, by=by)

    def _take(self, grant: RoleGrant, by: User) -> None:
        grant.ended_at = clock.now()
        end_sign_ins(self, WhyEnded.ROLE_CHANGED, by=by)
        self.record("account.role_ended", by=by, role=grant.role)

    @property
    def is_last_administrator(self) -> bool:
        """Whether nobody else could keep the accounts of this court. Asked by one at a time."""
        session = self.session
        session.execute(select(User.id).where(User.court_id == self.court_id).with_for_update())
        others = User.in_role(self.court, Role.ADMINISTRATOR).where(
            User.id != self.id, User.password_hash.is_not(None)
        )
        return session.scalars(others.limit(1)).first() is None

    def why_not_end(self, by: User) -> str | None:
        if why_not := self.why_not_keep(by):
            return why_not
        if Role.ADMINISTRATOR in self.roles and self.is_last_administrator:
            return _("A court needs an administrator who can sign in. Name another one first.")
        return None

    def end(self, by: User) -> None:
        """Close the account. It opens nothing from now on; what was done with it stays written down."""
        if why_not := self.why_not_end(by):
            raise RuleBroken(why_not)
        self.close(WhyEnded.ACCOUNT_ENDED, by=by)

    def close(self, why: WhyEnded, by: User) -> None:
        end_sign_ins(self, why, by=by)
        self.ended_at = clock.now()
        self.record("account.ended", by=by, why=why)

    # ---- Passwords -------------------------------------------------------------------------------

    @property
    def shortest_password(self) -> int:
        return passwords.SHORTEST_WITH_FACTOR if self.works_here else passwords.SHORTEST_ALONE

    def why_not_password(self, password: str) -> str | None:
        """What is wrong with a password that its owner would like to have."""
        names = (self.name, self.email, self.court.name, self.court.address, self.court.place)
        return passwords.why_not(password, self.shortest_password, names)

    def set_password(self, password: str) -> None:
        """Choose a password. Every sign-in ends."""
        self._keep_password(password)
        end_sign_ins(self, WhyEnded.PASSWORD_CHANGED, by=self)
        self.record("account.password_set", by=self)

    def change_password(self, password: str, here: SignedIn) -> None:
        """Choose another password. Every sign-in ends, save the one in which it was chosen."""
        self._keep_password(password)
        end_sign_ins(self, WhyEnded.PASSWORD_CHANGED, by=self, but=here)
        self.record("account.password_changed", by=self)

    def _keep_password(self, password: str) -> None:
        if why_not := self.why_not_password(password):
            raise RuleBroken(why_not, field="password")
        self.password_hash = passwords.hashed(password)
        self.password_set_at = clock.now()

    def knows(self, password: str) -> bool:
        """Whether this is the password; it is hashed anew when our figures have grown."""
        if not passwords.matches(self.password_hash, password):
            return False
        if self.password_hash and passwords.needs_rehash(self.password_hash):
            self.password_hash = passwords.hashed(password)
        return True


def recognise(session: Session, email: str, password: str) -> User | None:
    """The account of this e-mail address and password. An unknown address takes as long as a known one."""
    user = User.signing_in_as(session, email)
    if user is None:
        passwords.matches(None, password)
        return None
    with visiting(session, user.court_id):  # where the password may be hashed anew
        return user if user.knows(password) else None


class RoleGrant(CourtOwned, Record):
    """A role that somebody was given, by whom, from when to when."""

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    user: Mapped[User] = relationship(back_populates="grants", foreign_keys=user_id)
    role: Mapped[Role]
    granted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User | None] = relationship(foreign_keys=by_id)
