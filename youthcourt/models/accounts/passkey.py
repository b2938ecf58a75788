"""Passkeys: a phone or computer that signs a question for its owner, after a finger or a face."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey, Select, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from youthcourt import clock
from youthcourt.models.base import CourtOwned, Record, rows_changed
from youthcourt.walls import in_every_court

if TYPE_CHECKING:
    from .user import User

MINUTES = 5
MOST = 10


class Passkey(CourtOwned, Record):
    """One device of one account. What is kept is public: it can check an answer, never give one."""

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    user: Mapped[User] = relationship(foreign_keys=user_id)
    name: Mapped[str]
    credential_id: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    # Devices that count say a higher number each time; a lower one means that a copy is about.
    sign_count: Mapped[int]
    added_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]

    @classmethod
    def keep(cls, user: User, name: str, *, credential_id: str, public_key: bytes, sign_count: int) -> Self:
        """Remember a device that signed our question. Whether it did is asked before."""
        kept = cls(
            court=user.court,
            user=user,
            name=name,
            credential_id=credential_id,
            public_key=public_key,
            sign_count=sign_count,
            added_at=clock.now(),
        )
        user.session.add(kept)
        user.session.flush()
        return kept

    @classmethod
    def of_owner(cls, user: User) -> Select[Self]:
        return select(cls).where(cls.court_id == user.court_id, cls.user_id == user.id)

    @classmethod
    def of(cls, user: User) -> list[Self]:
        return list(user.session.scalars(cls.of_owner(user).order_by(cls.id).limit(MOST)))

    @classmethod
    def with_credential(cls, session: Session, credential_id: str) -> Self | None:
        with in_every_court():  # the device does not say which court
            found = select(cls).where(cls.credential_id == credential_id)
            return session.scalars(found.options(selectinload(cls.user))).first()

    def note_use(self, sign_count: int) -> None:
        self.sign_count, self.last_used_at = sign_count, clock.now()


def handle_of(user: User) -> bytes:
    """The name by which a device knows an account: it tells nothing about who that is."""
    return hashlib.sha256(f"youthcourt account {user.id}".encode()).digest()


class ChallengePurpose(StrEnum):
    """What a question is asked for: an answer given for one is worth nothing for another."""

    ADD = "add"
    SIGN_IN = "sign_in"
    PROVE = "prove"


class PasskeyChallenge(Record):
    """A random question for a device to sign: answered once, within a few minutes, by whom it was put to."""

    challenge_hash: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[ChallengePurpose]
    # None while nobody has said who they are.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)

    @classmethod
    def ask(cls, session: Session, purpose: ChallengePurpose, user: User | None = None) -> bytes:
        session.execute(delete(cls).where(cls.expires_at <= clock.now()))
        challenge = secrets.token_bytes(32)
        session.add(
            cls(
                challenge_hash=_hash(challenge),
                purpose=purpose,
                user_id=user.id if user else None,
                expires_at=clock.now() + timedelta(minutes=MINUTES),
            )
        )
        return challenge

    @classmethod
    def take(
        cls, session: Session, challenge: bytes, purpose: ChallengePurpose, user: User | None = None
    ) -> bool:
        """Whether this question was asked for this and not answered yet. It is used up by asking."""
        this = delete(cls).where(
            cls.challenge_hash == _hash(challenge),
            cls.purpose == purpose,
            cls.user_id == user.id if user else cls.user_id.is_(None),
            cls.expires_at > clock.now(),
        )
        return rows_changed(session, this) == 1


def _hash(challenge: bytes) -> str:
    return hashlib.sha256(challenge).hexdigest()
