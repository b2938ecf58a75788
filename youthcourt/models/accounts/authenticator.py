"""An authenticator app: a phone that shows a new six-digit code every half minute."""

from __future__ import annotations

import re
from datetime import datetime
from hmac import compare_digest
from typing import TYPE_CHECKING, Self

import pyotp
from sqlalchemy import ForeignKey, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock, keys
from youthcourt.models.base import CourtOwned, Record, rows_changed

if TYPE_CHECKING:
    from .user import User

SECONDS = 30  # RFC 6238's step, which every app knows
CODE = re.compile(r"[0-9]{6}")
PURPOSE = "authenticator"

LONGEST_LABEL = 40  # of a court's name: a square code holds no more than some 2,900 signs


class Authenticator(CourtOwned, Record):
    """The app that somebody's second factor comes from. One for each account at most."""

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    user: Mapped[User] = relationship(foreign_keys=user_id)
    encrypted_seed: Mapped[str]
    # The last half minute whose code was taken. A code counts once, so later ones alone are good.
    last_step: Mapped[int]
    added_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]

    @classmethod
    def of(cls, user: User) -> Self | None:
        return user.session.scalars(select(cls).where(cls.user_id == user.id)).first()

    @classmethod
    def keep(cls, user: User, seed: str, step: int) -> Self:
        """Remember the app that showed the right code for this half minute."""
        kept = cls(court=user.court, user=user, encrypted_seed="", last_step=step, added_at=clock.now())
        user.session.add(kept)
        user.session.flush()
        kept.encrypted_seed = keys.encrypt(seed, PURPOSE, kept._about)
        return kept

    @property
    def _about(self) -> str:
        return f"authenticator {self.id} of user {self.user_id}"

    def accepts(self, code: str) -> bool:
        """Whether this code is right now and was never taken before. It is used up by asking."""
        seed = keys.decrypt(self.encrypted_seed, PURPOSE, self._about)
        step = step_of(seed, code, after=self.last_step) if seed else None
        if seed is None or step is None or not self._use_up(step):
            return False
        # What was kept under the key before this one is kept under this one from now on.
        self.encrypted_seed = keys.encrypt(seed, PURPOSE, self._about)
        self.last_used_at = clock.now()
        return True

    def _use_up(self, step: int) -> bool:
        """Take the code of this half minute; of two who try at once, the database lets one."""
        taken = update(type(self)).where(type(self).id == self.id, type(self).last_step < step)
        return rows_changed(self.session, taken.values(last_step=step)) == 1


def new_seed() -> str:
    """160 random bits, written as apps take them."""
    return pyotp.random_base32()


def step_of(seed: str, code: str, after: int = 0) -> int | None:
    """The half minute whose code this is: now, the one before or the one to come, and later than `after`."""
    typed = "".join(code.split())
    if not CODE.fullmatch(typed):
        return None
    app, now = pyotp.TOTP(seed), int(clock.now().timestamp()) // SECONDS
    right = [step for step in (now - 1, now, now + 1) if compare_digest(app.generate_otp(step), typed)]
    return next((step for step in right if step > after), None)


def address_for_app(seed: str, user: User) -> str:
    """What an app reads from the square code: the key, whose it is, and where."""
    return pyotp.TOTP(seed).provisioning_uri(
        name=user.email, issuer_name=f"Youthcourt {user.court.name[:LONGEST_LABEL]}"
    )
