"""Time credits: an hour given is an hour earned. Each leaves one account and enters another."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.court.court import Court
    from youthcourt.models.jury.juror import Sitting
    from youthcourt.models.person import Person


_OF_COURT = text("person_id IS NULL")


class Account(CourtOwned, Record):
    """A person's time account, or the court's own when it has no person."""

    __table_args__ = (
        Index(
            "uq_account_of_court",
            "court_id",
            unique=True,
            sqlite_where=_OF_COURT,
            postgresql_where=_OF_COURT,
        ),
    )

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), unique=True)
    person: Mapped[Person | None] = relationship()

    @classmethod
    def of(cls, court: Court, person: Person | None) -> Self:
        """The account of this person, or the court's own; opened when first needed."""
        found = select(cls).where(cls.court_id == court.id, cls.person_id == (person.id if person else None))
        account = court.session.scalars(found).first()
        if account is None:
            account = cls(court=court, person=person)
            court.session.add(account)
            court.session.flush()
        return account

    def balance(self) -> int:
        """Minutes on the account. The court's own is below nothing by what it has paid out."""
        minutes = func.coalesce(func.sum(TimeCredit.minutes), 0)
        came = self.session.scalar(select(minutes).where(TimeCredit.to_id == self.id)) or 0
        went = self.session.scalar(select(minutes).where(TimeCredit.from_id == self.id)) or 0
        return came - went


class TimeCredit(CourtOwned, Audited, Record):
    """Minutes that went from one account to another, and for what. None is deleted: others go back."""

    __table_args__ = (
        CheckConstraint("minutes > 0", name="something_moves"),
        # A day that was reopened pays each sitting once more, and never twice at the same time.
        UniqueConstraint("sitting_id", "payment"),
    )

    from_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    from_account: Mapped[Account] = relationship(foreign_keys=from_id)
    to_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    to_account: Mapped[Account] = relationship(foreign_keys=to_id)
    minutes: Mapped[int]
    sitting_id: Mapped[int | None] = mapped_column(ForeignKey("sitting.id"))
    sitting: Mapped[Sitting | None] = relationship()
    payment: Mapped[int] = mapped_column(default=1, server_default="1")
    # The payment that this one gives back.
    reverses_id: Mapped[int | None] = mapped_column(
        ForeignKey("time_credit.id", ondelete="CASCADE"), unique=True
    )
    reverses: Mapped[TimeCredit | None] = relationship(remote_side="TimeCredit.id")
    paid_at: Mapped[datetime]
    paid_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    paid_by: Mapped[User] = relationship()

    @classmethod
    def pay(cls, person: Person, minutes: int, sitting: Sitting, by: User) -> Self:
        """Credit somebody for a sitting, out of the court's own account."""
        if minutes <= 0:
            raise RuleBroken(_("A credit needs some minutes."))
        court = person.court
        payments = select(func.count(cls.id)).where(cls.sitting_id == sitting.id)
        credit = cls(
            court=court,
            from_account=Account.of(court, None),
            to_account=Account.of(court, person),
            minutes=minutes,
            sitting=sitting,
            payment=(court.session.scalar(payments) or 0) + 1,
            paid_at=clock.now(),
            paid_by=by,
        )
        court.session.add(credit)
        credit.record("time_credit.paid", by=by, person=person.id, minutes=minutes)
        return credit

    @classmethod
    def standing_for(cls, sitting: Sitting) -> Self | None:
        """The payment for a sitting that was not given back."""
        back = select(cls.reverses_id).where(cls.reverses_id.is_not(None))
        paid = select(cls).where(cls.sitting_id == sitting.id, cls.id.not_in(back))
        return sitting.session.scalars(paid).first()

    def reverse(self, by: User) -> TimeCredit:
        """Give it back: the same minutes, the other way."""
        back = TimeCredit(
            court=self.court,
            from_account=self.to_account,
            to_account=self.from_account,
            minutes=self.minutes,
            reverses=self,
            paid_at=clock.now(),
            paid_by=by,
        )
        self.session.add(back)
        back.record("time_credit.taken_back", by=by, minutes=self.minutes)
        return back
