"""What was done, by whom, when: one line for every change, kept with it or not at all."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Connection, Dialect, Index, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, object_session, relationship
from sqlalchemy.types import TypeDecorator

from youthcourt import clock

from .base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User


def canonical(value: Any) -> str:
    """A value as JSON, in the one way in which it is always written."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def commitment_to(salt: str, particulars: str) -> str:
    """What a line says of its particulars without telling them: they can be checked, but not guessed."""
    return hashlib.sha256(f"{salt}{particulars}".encode()).hexdigest()


class CanonicalJson(TypeDecorator[dict[str, Any]]):
    """Words and numbers, kept letter by letter as they were committed to."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> str | None:
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, Any] | None:
        return None if value is None else json.loads(value)


class AuditEvent(CourtOwned, Record):
    """One change. Never altered, never removed: the database refuses it, and the chain would tell.

    The line holds numbers and the names of things only. What people said stands in the particulars, which
    may be forgotten (see audit_chain.py); the line and its place in the chain stay.
    """

    __table_args__ = (
        Index("ix_audit_event_of_case", "court_id", "case_id", "id"),
        Index("ix_audit_event_by", "court_id", "by_id", "at"),
        UniqueConstraint("court_id", "number"),
    )

    at: Mapped[datetime]
    event: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[int]
    # no foreign keys: the line outlives the case it tells of, and the account of whoever did it
    case_id: Mapped[int | None]
    by_id: Mapped[int | None]
    by: Mapped[User | None] = relationship(primaryjoin="foreign(AuditEvent.by_id) == User.id")
    particulars: Mapped[dict[str, Any] | None] = mapped_column(CanonicalJson)
    salt: Mapped[str | None]
    commitment: Mapped[str]

    # Its place in the court's chain, which it takes when the transaction is committed.
    number: Mapped[int | None]
    previous: Mapped[str | None]
    hash: Mapped[str | None]

    @classmethod
    def of(cls, record: Any, event: str, by: User | None, particulars: dict[str, Any]) -> Self:
        """The line for a change of `record`; particulars are written as plain words and numbers."""
        is_court = record.__tablename__ == "court"
        return cls(
            court_id=record.id if is_court else record.court_id or record.court.id,
            at=clock.now(),
            event=event,
            subject=record.__tablename__,
            subject_id=record.id,
            case_id=record.audited_case_id,
            by=by,
            particulars={key: plain(value) for key, value in particulars.items()},
        )


@event.listens_for(AuditEvent, "before_insert")
def _commit_to_particulars(_mapper: Mapper[AuditEvent], _connection: Connection, line: AuditEvent) -> None:
    line.salt = secrets.token_hex(32)
    line.commitment = commitment_to(line.salt, canonical(line.particulars))


class Audited:
    """A record whose changes are written down, in the transaction that makes them."""

    audited_case_id: int | None = None

    def record(self, event: str, by: User | None, **particulars: Any) -> AuditEvent:
        """Write down what was done. `by` is None for the command line alone."""
        session = object_session(self)
        assert session is not None, "the record is not kept anywhere yet"
        if self.id is None:  # type: ignore[attr-defined]
            session.flush()
        line = AuditEvent.of(self, event=event, by=by, particulars=particulars)
        session.add(line)
        return line


def plain(value: Any) -> Any:
    """A value as JSON keeps it: days and times as ISO text, moments in UTC, records by their number."""
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time | datetime):
        return value.isoformat()
    if isinstance(value, Record):
        return value.id
    if isinstance(value, list | tuple | set):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    return value
