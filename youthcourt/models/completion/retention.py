"""How long records are kept: the court's rules, what holds a record back, when each is due, what is gone."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import ForeignKey, Index, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record
from youthcourt.models.court.court_list import CourtList

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.case import Case
    from youthcourt.models.court.court import Court


class RecordKind(StrEnum):
    """Which records a rule is about: cases by how they ended."""

    COMPLETED = "completed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"


RECORD_WORDS = {
    RecordKind.COMPLETED: _l("Cases that were completed"),
    RecordKind.DECLINED: _l("Referrals not accepted"),
    RecordKind.WITHDRAWN: _l("Cases the family withdrew"),
    RecordKind.RETURNED: _l("Cases returned to the referrer"),
}


class Trigger(StrEnum):
    """The day from which a rule counts."""

    CLOSED = "closed"
    TURNED_18 = "turned_18"
    CLOSED_AND_18 = "closed_and_18"


TRIGGER_WORDS = {
    Trigger.CLOSED: _l("the day it ended"),
    Trigger.TURNED_18: _l("the 18th birthday"),
    Trigger.CLOSED_AND_18: _l("the day it ended or the 18th birthday, whichever is later"),
}


class RetentionRule(CourtList):
    """How long one kind of record is kept. A court edits it with its counsel; the code knows no law."""

    kind: Mapped[RecordKind]
    trigger: Mapped[Trigger]
    # Days after the trigger; None for never.
    seal_after_days: Mapped[int | None]
    destroy_after_days: Mapped[int | None]
    warn_days: Mapped[int] = mapped_column(default=30)
    needs_notice: Mapped[bool] = mapped_column(default=True)
    # Whether a keyed mark stays, so that the eligibility rule about earlier participation can still be kept.
    keeps_mark: Mapped[bool] = mapped_column(default=True)
    citation: Mapped[str] = mapped_column(default="")
    checked_by_counsel_on: Mapped[date | None]

    @classmethod
    def of(cls, court: Court, kind: RecordKind) -> Self | None:
        """The court's rule for this kind of record; the newest when there are several."""
        rules = select(cls).where(cls.court_id == court.id, cls.kind == kind).order_by(cls.id.desc())
        return court.session.scalars(rules.limit(1)).first()

    def starts_on(self, ended_on: date, born_on: date | None) -> date | None:
        """The day from which this rule counts for a record; None while it cannot be known."""
        if self.trigger is Trigger.CLOSED:
            return ended_on
        grown_up_on = _eighteenth_birthday(born_on) if born_on else None
        if grown_up_on is None or self.trigger is Trigger.TURNED_18:
            return grown_up_on
        return max(ended_on, grown_up_on)

    def seal_on(self, starts_on: date | None) -> date | None:
        return _after(starts_on, self.seal_after_days)

    def destroy_on(self, starts_on: date | None) -> date | None:
        return _after(starts_on, self.destroy_after_days)


def _after(day: date | None, days: int | None) -> date | None:
    return None if day is None or days is None else day + timedelta(days=days)


def _eighteenth_birthday(born_on: date) -> date:
    """Who is born on February 29 turns 18 on March 1 of a common year, as everywhere in this house."""
    try:
        return born_on.replace(year=born_on.year + 18)
    except ValueError:
        return date(born_on.year + 18, 3, 1)


class HoldReason(StrEnum):
    """Why nothing of a case may go for now."""

    APPEAL = "appeal"
    COURT_ORDER = "court_order"
    RECORDS_REQUEST = "records_request"
    CLAIM = "claim"
    OTHER = "other"


HOLD_WORDS = {
    HoldReason.APPEAL: _l("An appeal or review is open"),
    HoldReason.COURT_ORDER: _l("A court has ordered it"),
    HoldReason.RECORDS_REQUEST: _l("Somebody has asked for the records"),
    HoldReason.CLAIM: _l("There is a claim or a complaint"),
    HoldReason.OTHER: _l("Another reason"),
}

_STANDS = text("lifted_at IS NULL")


class LegalHold(CourtOwned, Audited, Record):
    """Nothing of this case is sealed or destroyed until the hold is lifted."""

    __table_args__ = (
        Index("uq_legal_hold", "case_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    case: Mapped[Case] = relationship(back_populates="holds")
    reason: Mapped[HoldReason]
    note: Mapped[str]
    placed_at: Mapped[datetime]
    placed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    placed_by: Mapped[User] = relationship(foreign_keys=placed_by_id)
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    lifted_by: Mapped[User | None] = relationship(foreign_keys=lifted_by_id)
    lift_note: Mapped[str] = mapped_column(default="")

    @property
    def audited_case_id(self) -> int:  # type: ignore[override]
        return self.case_id or self.case.id

    @classmethod
    def place(cls, case: Case, reason: HoldReason, note: str, by: User) -> Self:
        """Keep everything of a case until somebody says otherwise."""
        if case.hold:
            raise RuleBroken(_("There is a hold on this case already."))
        if not note.strip():
            raise RuleBroken(_("Write what the hold is for."), field="note")
        hold = cls(court=case.court, reason=reason, note=note, placed_at=clock.now(), placed_by=by)
        case.holds.append(hold)
        hold.record("legal_hold.placed", by=by, reason=reason, note=note)
        return hold

    def lift(self, note: str, by: User) -> None:
        """The hold is over; the rules count again."""
        if self.lifted_at:
            raise RuleBroken(_("This hold is lifted already."))
        if not note.strip():
            raise RuleBroken(_("Write why the hold is over."), field="note")
        self.lifted_at, self.lifted_by, self.lift_note = clock.now(), by, note
        self.record("legal_hold.lifted", by=by, note=note)


class Blocked(StrEnum):
    """What keeps a record that is due."""

    HOLD = "hold"
    RESTITUTION = "restitution"
    NO_BIRTH_DATE = "no_birth_date"


BLOCKED_WORDS = {
    Blocked.HOLD: _l("A legal hold keeps it"),
    Blocked.RESTITUTION: _l("Something is still to be paid back"),
    Blocked.NO_BIRTH_DATE: _l("The birth date is not known, so the rule cannot count"),
}


class RetentionDate(CourtOwned, Record):
    """When one case is due, as the nightly clock last worked it out."""

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    case: Mapped[Case] = relationship()
    rule_id: Mapped[int] = mapped_column(ForeignKey("retention_rule.id"))
    rule: Mapped[RetentionRule] = relationship()
    seal_on: Mapped[date | None]
    destroy_on: Mapped[date | None]
    blocked: Mapped[Blocked | None]
    worked_out_at: Mapped[datetime]


class Destruction(CourtOwned, Audited, Record):
    """Somebody proposed to destroy a record. Another person confirms, once the cooling time is over."""

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    case: Mapped[Case] = relationship()
    reason: Mapped[str]
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_by: Mapped[User] = relationship()
    not_before: Mapped[datetime]

    @property
    def audited_case_id(self) -> int:  # type: ignore[override]
        return self.case_id or self.case.id


class Purge(CourtOwned, Record):
    """A record was destroyed: when, by which rule, by which two people. It tells of nobody."""

    # The random number that the case had; it is all by which an old backup can be told what to forget.
    token: Mapped[str] = mapped_column(unique=True)
    purged_at: Mapped[datetime]
    kind: Mapped[RecordKind]
    rule: Mapped[str] = mapped_column(default="")
    citation: Mapped[str] = mapped_column(default="")
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    proposed_by: Mapped[User | None] = relationship(foreign_keys=proposed_by_id)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=confirmed_by_id)
    # What a certificate says was destroyed: how many rows of which table.
    counts: Mapped[dict[str, Any] | None]
    # When the places where deleted text lingers were swept; None while that is still to do.
    swept_at: Mapped[datetime | None]


class CaseFigure(CourtOwned, Record):
    """What a sealed or destroyed case still counts for in the court's figures. It tells of nobody.

    Days are rounded to the middle of their month, and an age to a band of years.
    """

    referred_about: Mapped[date]
    age_band: Mapped[str]
    offence_class: Mapped[str]
    outcome: Mapped[str]
    reason: Mapped[str]
    was_scheduled: Mapped[bool]
    was_heard: Mapped[bool]
    has_failed: Mapped[bool]
    had_deadline: Mapped[bool]
    ordered: Mapped[dict[str, Any]]


class ParticipationMark(CourtOwned, Record):
    """That somebody took part before, without saying who: a keyed hash of name and birth date."""

    __table_args__ = (UniqueConstraint("court_id", "mark"),)

    mark: Mapped[str]
    keep_until: Mapped[date]


def new_token() -> str:
    """A random number for a case, which says nothing."""
    return secrets.token_hex(16)
