"""Codes read out in the court room, with which a juror opens their own seat on a shared tablet."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey, delete, exists, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from youthcourt import clock, keys
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.walls import in_every_court, visiting

from .base import CourtOwned, Record, rows_changed

if TYPE_CHECKING:
    from .juror import Sitting
    from .user import User

DIGITS = 8
MINUTES = 10


class TabletCode(CourtOwned, Record):
    """Eight digits for one juror on one day: good once, for ten minutes."""

    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), index=True)
    sitting: Mapped[Sitting] = relationship()
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    user: Mapped[User] = relationship(foreign_keys=user_id)
    code_hash: Mapped[str] = mapped_column(unique=True)
    given_at: Mapped[datetime]
    given_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    given_by: Mapped[User] = relationship(foreign_keys=given_by_id)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    @classmethod
    def why_not_give(cls, sitting: Sitting, user: User | None) -> str | None:
        """A code is for somebody who has come, today, and has an account to sign in with."""
        if sitting.court_session.held_on != sitting.court.today or sitting.court_session.is_closed:
            return _("Codes are given on the day of the hearing.")
        if not sitting.is_going_on:
            return _("Check %(name)s in first.", name=sitting.juror)
        if user is None:
            return _("%(name)s has no account yet.", name=sitting.juror)
        return None

    @classmethod
    def give(cls, sitting: Sitting, user: User | None, by: User) -> str:
        """The digits to read out, shown this once. Those given before to the same juror lapse."""
        if why_not := cls.why_not_give(sitting, user):
            raise RuleBroken(why_not)
        session = sitting.session
        session.execute(delete(cls).where(cls.sitting_id == sitting.id, cls.used_at.is_(None)))
        digits = _unused_digits(session)
        given = cls(
            court=sitting.court,
            sitting=sitting,
            user=user,
            code_hash=_hash(digits),
            given_at=clock.now(),
            given_by=by,
            expires_at=clock.now() + timedelta(minutes=MINUTES),
        )
        session.add(given)
        sitting.record("tablet_code.given", by=by)
        return digits

    @classmethod
    def use(cls, session: Session, digits: str) -> Self | None:
        """The code with these digits, used up by asking; None when there is none, or it lapsed."""
        found = select(cls).where(
            cls.code_hash == _hash(digits), cls.used_at.is_(None), cls.expires_at > clock.now()
        )
        with in_every_court():  # the digits say which court
            code = session.scalars(found.options(selectinload(cls.user), selectinload(cls.sitting))).first()
        if code is None:
            return None
        with visiting(session, code.court_id):
            return code if code._is_used_up() else None

    def _is_used_up(self) -> bool:
        cls = type(self)
        if self.why_not_give(self.sitting, self.user):
            return False
        this = update(cls).where(cls.id == self.id, cls.used_at.is_(None))
        if rows_changed(self.session, this.values(used_at=clock.now())) != 1:
            return False
        self.sitting.record("tablet_code.used", by=self.user)
        return True


def _unused_digits(session: Session) -> str:
    while True:
        digits = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
        with in_every_court():  # they are good on any court's tablet
            is_taken = session.scalar(select(exists().where(TabletCode.code_hash == _hash(digits))))
        if not is_taken:
            return digits


def _hash(digits: str) -> str:
    """Under a key, because whoever reads the table could try every number of eight digits in a moment."""
    typed = "".join(digits.split()).encode("utf-8", "replace")
    return hmac.digest(keys.keys_for("tablet code")[0], typed, "sha256").hex()
