"""What was done, by whom, when: one line for every change, kept with it or not at all."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from youthcourt import clock

from .base import CourtOwned, Record

if TYPE_CHECKING:
    from .user import User


class AuditEvent(CourtOwned, Record):
    """One change. Never altered, never removed."""

    __table_args__ = (Index("ix_audit_event_of_case", "court_id", "case_id", "id"),)

    at: Mapped[datetime]
    event: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[int]
    # no foreign key: the line outlives the case it tells of
    case_id: Mapped[int | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User | None] = relationship(foreign_keys=by_id)
    particulars: Mapped[dict[str, Any]]

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
    """A value as JSON keeps it: days and times as ISO text, records by their number."""
    if isinstance(value, date | time | datetime):
        return value.isoformat()
    if isinstance(value, Record):
        return value.id
    if isinstance(value, list | tuple | set):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    return value
