"""Recovery codes: a printed list for the day the phone is lost."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.models.base import CourtOwned, Record, rows_changed

if TYPE_CHECKING:
    from .user import User

HOW_MANY = 10
FEW = 3
# No letter that looks like another or like a digit: 24 of 32 signs carry 120 bits, so a plain hash is enough.
SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH, GROUP = 24, 4
LOOK_ALIKES = str.maketrans("oil", "011")


class RecoveryCode(CourtOwned, Record):
    """One line of the list. It opens the door once in place of a phone; only its hash is kept."""

    __table_args__ = (Index("ix_recovery_code_of_user", "user_id", "code_hash", unique=True),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    user: Mapped[User] = relationship(foreign_keys=user_id)
    code_hash: Mapped[str]
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    @classmethod
    def make(cls, user: User) -> list[str]:
        """A fresh list, shown this once. Every code of an older list is worth nothing from now on."""
        cls.forget(user)
        codes = [_new() for _number in range(HOW_MANY)]
        user.session.add_all(
            cls(court=user.court, user=user, code_hash=_hash(code), made_at=clock.now()) for code in codes
        )
        return codes

    @classmethod
    def forget(cls, user: User) -> None:
        user.session.execute(delete(cls).where(cls.user_id == user.id))

    @classmethod
    def left(cls, user: User) -> int:
        """How many are still good."""
        unused = select(func.count()).where(cls.user_id == user.id, cls.used_at.is_(None))
        return user.session.scalar(unused) or 0

    @classmethod
    def use(cls, user: User, code: str) -> bool:
        """Whether this is one of their codes, never used before. It is used up by asking."""
        this = update(cls).where(cls.user_id == user.id, cls.code_hash == _hash(code), cls.used_at.is_(None))
        return rows_changed(user.session, this.values(used_at=clock.now())) == 1


def _new() -> str:
    signs = "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def _hash(code: str) -> str:
    """However it is typed: capitals, blanks and look-alikes read as the code that was printed."""
    signs = "".join(sign for sign in code.lower() if sign.isalnum()).translate(LOOK_ALIKES)
    return hashlib.sha256(signs.encode("utf-8", "replace")).hexdigest()
