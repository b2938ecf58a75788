"""Codes read out in the court room: with one, a juror or a family signs in on a shared tablet."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import ColumnElement, ForeignKey, and_, delete, exists, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from youthcourt import clock, keys
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.base import CourtOwned, Record, rows_changed
from youthcourt.permissions import Role
from youthcourt.walls import in_every_court, visiting

if TYPE_CHECKING:
    from youthcourt.models.court.hearing import Hearing
    from youthcourt.models.jury.juror import Sitting
    from youthcourt.models.person import Person

    from .user import User

DIGITS = 8
MINUTES = 10


class TabletCode(CourtOwned, Record):
    """Eight digits for a juror on one day, or for one of a family at their hearing: once, ten minutes."""

    # Either the sitting of a juror or the hearing of a family.
    sitting_id: Mapped[int | None] = mapped_column(ForeignKey("sitting.id"), index=True)
    sitting: Mapped[Sitting | None] = relationship()
    hearing_id: Mapped[int | None] = mapped_column(ForeignKey("hearing.id"), index=True)
    hearing: Mapped[Hearing | None] = relationship()
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
    def why_not_give_family(cls, hearing: Hearing, person: Person, user: User | None) -> str | None:
        """For a family the same: they have come to their hearing, today, and may see their case."""
        if hearing.sits_on != hearing.court.today or hearing.court_session.is_closed:
            return _("Codes are given on the day of the hearing.")
        if not hearing.is_attended_by(person.id):
            return _("Check %(name)s in first.", name=person)
        if user is None or Role.FAMILY not in user.given_roles:
            return _("%(name)s has no account yet.", name=person)
        return None

    @classmethod
    def give(cls, sitting: Sitting, user: User | None, by: User) -> str:
        """The digits to read out, shown this once. Those given before to the same juror lapse."""
        if why_not := cls.why_not_give(sitting, user):
            raise RuleBroken(why_not)
        sitting.record("tablet_code.given", by=by)
        return cls._issue(cls.sitting_id == sitting.id, sitting=sitting, user=user, given_by=by)

    @classmethod
    def give_family(cls, hearing: Hearing, person: Person, user: User | None, by: User) -> str:
        """The digits for somebody of the family who has come, shown this once."""
        if why_not := cls.why_not_give_family(hearing, person, user):
            raise RuleBroken(why_not)
        hearing.record("tablet_code.given", by=by, person=person.id)
        theirs = and_(cls.hearing_id == hearing.id, cls.user == user)
        return cls._issue(theirs, hearing=hearing, user=user, given_by=by)

    @classmethod
    def _issue(cls, same: ColumnElement[bool], given_by: User, **whose: Any) -> str:
        """New digits in place of those that were given before and not used."""
        session, now = given_by.session, clock.now()
        session.execute(delete(cls).where(same, cls.used_at.is_(None)))
        digits = _unused_digits(session)
        expires_at = now + timedelta(minutes=MINUTES)
        facts = {"code_hash": _hash(digits), "given_at": now, "expires_at": expires_at}
        session.add(cls(court=given_by.court, given_by=given_by, **whose, **facts))
        return digits

    @classmethod
    def use(cls, session: Session, digits: str) -> Self | None:
        """The code with these digits, used up by asking; None when there is none, or it lapsed."""
        found = select(cls).where(
            cls.code_hash == _hash(digits), cls.used_at.is_(None), cls.expires_at > clock.now()
        )
        with in_every_court():  # the digits say which court
            whole = (selectinload(cls.user), selectinload(cls.sitting), selectinload(cls.hearing))
            code = session.scalars(found.options(*whole)).first()
        if code is None:
            return None
        with visiting(session, code.court_id):
            return code if code._is_used_up() else None

    def _is_used_up(self) -> bool:
        cls = type(self)
        whose = self.sitting or self.hearing  # neither while a record is sealed
        if whose is None or self._why_not_now():
            return False
        this = update(cls).where(cls.id == self.id, cls.used_at.is_(None))
        if rows_changed(self.session, this.values(used_at=clock.now())) != 1:
            return False
        whose.record("tablet_code.used", by=self.user)
        return True

    def _why_not_now(self) -> str | None:
        if self.sitting:
            return self.why_not_give(self.sitting, self.user)
        assert self.hearing, "a code is for a juror or for a family"
        assert self.user.person, "whoever is of a family is a person"
        return self.why_not_give_family(self.hearing, self.user.person, self.user)


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
