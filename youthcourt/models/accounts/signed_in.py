"""Sign-ins: one row for each, so that each can be seen and ended, and is dead with the next request."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey, Index, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.court.hearing import Hearing
    from youthcourt.models.jury.juror import Sitting

    from .user import User

# Whoever works here leaves a desk open in an office; a juror reads and listens between two touches.
STAFF_IDLE_MINUTES = 15
IDLE_MINUTES = 30
LONGEST = timedelta(hours=12)
FRESH = timedelta(minutes=5)
# A device that was not used for so long counts as new.
REMEMBERED = timedelta(days=90)


class HowSignedIn(StrEnum):
    """What somebody showed to come in."""

    PASSWORD = "password"
    PASSKEY = "passkey"
    SESSION_CODE = "session_code"
    COUNTY = "county"


class WhyEnded(StrEnum):
    SIGNED_OUT = "signed_out"
    SIGNED_IN_AGAIN = "signed_in_again"
    ENDED_ELSEWHERE = "ended_elsewhere"
    ENDED_BY_COURT = "ended_by_court"
    PASSWORD_CHANGED = "password_changed"
    FACTOR_CHANGED = "factor_changed"
    ROLE_CHANGED = "role_changed"
    ACCOUNT_ENDED = "account_ended"
    GUARDIANSHIP_ENDED = "guardianship_ended"
    DAY_OVER = "day_over"
    IDLE = "idle"
    TOO_LONG = "too_long"


WHY_ENDED_WORDS = {
    WhyEnded.SIGNED_OUT: _l("You signed out."),
    WhyEnded.SIGNED_IN_AGAIN: _l("You signed in again."),
    WhyEnded.ENDED_ELSEWHERE: _l("You ended this sign-in from another device."),
    WhyEnded.ENDED_BY_COURT: _l("The court office ended this sign-in."),
    WhyEnded.PASSWORD_CHANGED: _l("Your password was changed."),
    WhyEnded.FACTOR_CHANGED: _l("The way you sign in was changed."),
    WhyEnded.ROLE_CHANGED: _l("Your part in this court was changed."),
    WhyEnded.ACCOUNT_ENDED: _l("This account is closed."),
    WhyEnded.GUARDIANSHIP_ENDED: _l("This account is closed."),
    WhyEnded.DAY_OVER: _l("The hearing day is over, or you were sent home."),
    WhyEnded.IDLE: _l("Nothing happened here for a while, so you were signed out."),
    WhyEnded.TOO_LONG: _l("You were signed in for a long time, so please show again who you are."),
}


class SignedIn(CourtOwned, Record):
    """One person signed in on one device. The browser holds a secret; only its hash is kept here."""

    __table_args__ = (Index("ix_signed_in_of_user", "court_id", "user_id", "began_at"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    user: Mapped[User] = relationship()
    token_hash: Mapped[str] = mapped_column(unique=True)
    how: Mapped[HowSignedIn]
    browser: Mapped[str] = mapped_column(default="")
    system: Mapped[str] = mapped_column(default="")
    # The owner is told of a device that was not seen before when they next sign in.
    is_new_device: Mapped[bool] = mapped_column(default=False)
    owner_told_at: Mapped[datetime | None]
    began_at: Mapped[datetime]
    # Written about once a minute; between two writes the browser brings the newest along, signed.
    seen_at: Mapped[datetime]
    # When they last showed a password, and a second factor.
    password_at: Mapped[datetime | None]
    factor_at: Mapped[datetime | None]
    # Until the second factor is shown, this opens the pages that ask for it and nothing else.
    awaiting_factor: Mapped[bool] = mapped_column(default=False)
    # The sitting for which a juror signed in at the court's tablet.
    sitting_id: Mapped[int | None] = mapped_column(ForeignKey("sitting.id"))
    sitting: Mapped[Sitting | None] = relationship()
    # The hearing at which somebody of the family did.
    hearing_id: Mapped[int | None] = mapped_column(ForeignKey("hearing.id"))
    hearing: Mapped[Hearing | None] = relationship()
    idle_minutes: Mapped[int]
    runs_out_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    why_ended: Mapped[WhyEnded | None]

    # ---- Lists -----------------------------------------------------------------------------------

    @classmethod
    def open_ones(cls, user: User) -> Select[Self]:
        """The sign-ins of somebody that still open doors, the newest first."""
        now = clock.now()
        mine = select(cls).where(cls.court_id == user.court_id, cls.user_id == user.id)
        return mine.where(cls.ended_at.is_(None), cls.runs_out_at > now).order_by(cls.began_at.desc())

    # ---- Questions -------------------------------------------------------------------------------

    @property
    def idle_limit(self) -> timedelta:
        return timedelta(minutes=self.idle_minutes)

    def why_over(self, seen_at: datetime | None = None) -> WhyEnded | None:
        """Why this opens nothing any more; `seen_at` is a later sight of its owner than the one kept here."""
        now = clock.now()
        if self.ended_at:
            return self.why_ended
        if not self._is_still_there:
            return WhyEnded.DAY_OVER
        if now >= self.runs_out_at:
            return WhyEnded.TOO_LONG
        if now - max(self.seen_at, seen_at or self.seen_at) >= self.idle_limit:
            return WhyEnded.IDLE
        return None

    @property
    def _is_still_there(self) -> bool:
        """Whether whoever signed in on the court's tablet is still in court for what they came for."""
        if self.how is not HowSignedIn.SESSION_CODE:
            return True
        if self.sitting:
            return self.sitting.is_going_on
        # Neither, once the record is sealed or destroyed.
        return self.hearing is not None and self.hearing.is_attended_by(self.user.person_id)

    @property
    def is_over(self) -> bool:
        return self.why_over() is not None

    @property
    def is_fresh(self) -> bool:
        """Whether its owner showed who they are a moment ago: what weighs most asks for that."""
        shown = [at for at in (self.password_at, self.factor_at) if at]
        return bool(shown) and clock.now() - max(shown) < FRESH

    # ---- Verbs -----------------------------------------------------------------------------------

    @classmethod
    def begin(
        cls,
        user: User,
        *,
        how: HowSignedIn = HowSignedIn.PASSWORD,
        device: tuple[str, str] = ("", ""),
        awaiting_factor: bool = False,
        runs_out_at: datetime | None = None,
        idle_minutes: int | None = None,
        failed: int = 0,
        sitting: Sitting | None = None,
        hearing: Hearing | None = None,
    ) -> tuple[Self, str]:
        """Somebody has shown who they are: the row, and the secret for their browser, given this once.

        `failed`: how often it was tried in vain before. It is written down only now, because a line written
        at once, for accounts that exist, would make their refusals tell.
        """
        now, token = clock.now(), secrets.token_urlsafe(32)
        by_password = how is HowSignedIn.PASSWORD
        begun = cls(
            court=user.court,
            user=user,
            token_hash=hash_of(token),
            how=how,
            browser=device[0],
            system=device[1],
            is_new_device=cls._is_new(user, device),
            began_at=now,
            seen_at=now,
            password_at=now if by_password else None,
            factor_at=now if how is HowSignedIn.PASSKEY else None,
            awaiting_factor=awaiting_factor,
            sitting=sitting,
            hearing=hearing,
            idle_minutes=idle_minutes or (STAFF_IDLE_MINUTES if user.works_here else IDLE_MINUTES),
            runs_out_at=runs_out_at or now + LONGEST,
        )
        user.session.add(begun)
        if failed:
            user.record("account.sign_in_failed", by=None, count=failed)
        user.record("account.signed_in", by=user, how=how, browser=device[0], system=device[1])
        return begun, token

    @classmethod
    def _is_new(cls, user: User, device: tuple[str, str]) -> bool:
        """Whether somebody who has signed in before never did so from such a device."""
        since = clock.now() - REMEMBERED
        mine = select(cls.browser, cls.system).where(cls.court_id == user.court_id, cls.user_id == user.id)
        seen = {
            (browser, system) for browser, system in user.session.execute(mine.where(cls.began_at > since))
        }
        return bool(seen) and device not in seen

    def rotate(self) -> str:
        """A new secret for the same sign-in. The one before opens nothing from now on."""
        token = secrets.token_urlsafe(32)
        self.token_hash = hash_of(token)
        return token

    def show_password(self) -> str:
        """Its owner has shown the password again. Returns the new secret for the browser."""
        self.password_at = clock.now()
        return self.rotate()

    def show_factor(self) -> str:
        """Its owner has shown a second factor. Returns the new secret for the browser."""
        self.factor_at = clock.now()
        self.awaiting_factor = False
        return self.rotate()

    def end(self, why: WhyEnded, by: User) -> None:
        if self.is_over:
            raise RuleBroken(_("This sign-in has ended already."))
        self.ended_at, self.why_ended = clock.now(), why
        if why is WhyEnded.SIGNED_OUT:
            self.user.record("account.signed_out", by=by, why=why)
        else:
            self.user.record("account.session_ended", by=by, why=why)


def end_sign_ins(user: User, why: WhyEnded, by: User | None, but: SignedIn | None = None) -> int:
    """End every sign-in of somebody, or every one but one. Returns how many there were."""
    now = clock.now()
    user.session.flush()
    ended = [each for each in user.session.scalars(SignedIn.open_ones(user)) if each is not but]
    for each in ended:
        each.ended_at, each.why_ended = now, why
    if ended:
        user.record("account.session_ended", by=by, why=why, count=len(ended))
    return len(ended)


def hash_of(token: str) -> str:
    """What is kept of a secret: whoever reads the database cannot sign in with it."""
    return hashlib.sha256(token.encode()).hexdigest()
