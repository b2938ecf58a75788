"""The chain that ties the lines of a court's audit trail together, so that none can be altered unseen.

Each line gets a running number and a seal: the HMAC of the line before it and of itself. Lines are chained
when their transaction is committed, as the last thing it does: whoever writes to the same court at the same
moment waits only for that, and no two transactions can stand in each other's way.
"""

from __future__ import annotations

import hashlib
import json
import json.encoder
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from flask import current_app
from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    UniqueConstraint,
    bindparam,
    event,
    func,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from youthcourt.walls import connection_of

from .audit import AuditEvent
from .base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.court.court import Court

    from .case import Case

GENESIS = "0" * 64  # what stands before the first line
FORGOTTEN = "audit.particulars_purged"

_encode = json.JSONEncoder(separators=(",", ":")).encode
_BLOCK_BYTES = 64  # of SHA-256
_quote = json.encoder.encode_basestring_ascii
_NUMBER_OR_NOTHING = (int, type(None))
_lines: Any = AuditEvent.__table__
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class AuditHead(CourtOwned, Record):
    """Where a court's chain ends: how many lines it has, and the seal of the last."""

    __table_args__ = (UniqueConstraint("court_id"),)

    count: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(default=GENESIS)


_heads: Any = AuditHead.__table__


def keys() -> list[bytes]:
    """The keys that seal the trail, the one in use last."""
    known = [*current_app.config["AUDIT_KEYS_BEFORE"], current_app.config["AUDIT_KEY"]]
    return [key.encode() for key in known]


def sealed(key: bytes, previous: str, line: list[Any]) -> str:
    """The seal of a line: its number and all that it says, tied to the line before it.

    HMAC-SHA256, as hmac.digest() gives it; half of the work is the key's, and done once for all lines.
    """
    inner, outer = _begun(key)
    within, around = inner.copy(), outer.copy()
    within.update((previous + as_text(line)).encode())
    around.update(within.digest())
    seal: str = around.hexdigest()
    return seal


@cache
def _begun(key: bytes) -> tuple[Any, Any]:
    """The two hashes of an HMAC (RFC 2104) as far as the key alone goes."""
    short = key if len(key) <= _BLOCK_BYTES else hashlib.sha256(key).digest()
    padded = short.ljust(_BLOCK_BYTES, b"\0")
    return hashlib.sha256(bytes(each ^ 0x36 for each in padded)), hashlib.sha256(
        bytes(each ^ 0x5C for each in padded)
    )


def as_text(line: list[Any]) -> str:
    """A line as JSON. What each column is wanted to be is written directly, which is three times as fast."""
    court, number, line_id, at, event_, subject, subject_id, case_id, by_id, commitment = line
    if (
        type(court) is type(number) is type(line_id) is type(subject_id) is int
        and type(at) is type(event_) is type(subject) is type(commitment) is str
        and type(case_id) in _NUMBER_OR_NOTHING
        and type(by_id) in _NUMBER_OR_NOTHING
    ):
        of_case = "null" if case_id is None else case_id
        of_whom = "null" if by_id is None else by_id
        return (
            f"[{court},{number},{line_id},{_quote(at)},{_quote(event_)},{_quote(subject)},{subject_id},"
            f"{of_case},{of_whom},{_quote(commitment)}]"
        )
    return _encode(line)  # somebody put something else there


def columns_sealed(dialect: str) -> list[ColumnElement[Any]]:
    """What the seal covers, in its order: numbers and texts as the database keeps them."""
    at: ColumnElement[Any] = type_coerce(_lines.c.at, String)
    if dialect == "postgresql":
        at = func.to_char(func.timezone("UTC", _lines.c.at), "YYYY-MM-DD HH24:MI:SS.US")
    names = ("event", "subject", "subject_id", "case_id", "by_id", "commitment")
    return [_lines.c.court_id, _lines.c.number, _lines.c.id, at, *(_lines.c[name] for name in names)]


# ---- Chaining, at the end of each transaction ----------------------------------------------------


@event.listens_for(Session, "after_flush")
def _note_new_lines(session: Session, _flushing: Any) -> None:
    """Only lines that this very transaction wrote are chained, whatever else may lie in the table."""
    for line in session.new:
        if isinstance(line, AuditEvent):
            session.info.setdefault("unchained", {}).setdefault(line.court_id, set()).add(line.id)


@event.listens_for(Session, "before_commit")
def chain_new_lines(session: Session) -> None:
    """Give the lines of this transaction their places, court by court."""
    if session.in_nested_transaction():
        return
    session.flush()
    unchained = session.info.pop("unchained", {})
    for court_id in sorted(unchained):
        _chain(connection_of(session), court_id, unchained[court_id])


@event.listens_for(Session, "after_transaction_end")
def _forget_new_lines(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop("unchained", None)


def _chain(connection: Connection, court_id: int, ids: set[int]) -> None:
    count, seal = _head_of(connection, court_id)
    in_order = (
        select(*columns_sealed(connection.dialect.name))
        .where(_lines.c.court_id == court_id, _lines.c.hash.is_(None))
        .where(_lines.c.id.between(min(ids), max(ids)))
        .order_by(_lines.c.id)
    )
    key, places = keys()[-1], []
    for court, _number, line_id, *said in connection.execute(in_order):
        if line_id not in ids:
            continue
        count, previous = count + 1, seal
        seal = sealed(key, previous, [court, count, line_id, *said])
        places.append({"line_id": line_id, "number": count, "previous": previous, "hash": seal})
    if places:
        connection.execute(_TAKE_PLACE, places)
        connection.execute(update(_heads).where(_heads.c.court_id == court_id).values(count=count, hash=seal))


_TAKE_PLACE = (
    update(_lines)
    .where(_lines.c.id == bindparam("line_id"))
    .values(number=bindparam("number"), previous=bindparam("previous"), hash=bindparam("hash"))
)


def _head_of(connection: Connection, court_id: int) -> tuple[int, str]:
    """Where the chain ends, held until this transaction is over so that it cannot fork."""
    wanted = select(_heads.c.count, _heads.c.hash).where(_heads.c.court_id == court_id).with_for_update()
    head = connection.execute(wanted).first()
    if head is None:
        first = _INSERT[connection.dialect.name](_heads).values(court_id=court_id, count=0, hash=GENESIS)
        connection.execute(first.on_conflict_do_nothing())
        head = connection.execute(wanted).one()
    count, seal = head
    return count, seal


# ---- Forgetting what people said -----------------------------------------------------------------


def forget_case(case: Case, by: User | None) -> int:
    """Forget the particulars of every line about a case, for its purge. Returns how many lines that were."""
    return forget(case.court, AuditEvent.case_id == case.id, by=by)


def forget_about(court: Court, subject: str, numbers: Sequence[int], by: User | None) -> int:
    """Forget the particulars of every line about these records of one table, such as a person's account."""
    return forget(court, (AuditEvent.subject == subject) & AuditEvent.subject_id.in_(numbers), by=by)


def forget(court: Court, which: ColumnElement[bool], by: User | None) -> int:
    """Forget the particulars of these lines of a court: the lines stay, and one more accounts for it.

    What was written earlier in the same transaction is forgotten too, what is written later is not.
    """
    session = court.session
    chain_new_lines(session)
    mine = [AuditEvent.court_id == court.id, AuditEvent.event != FORGOTTEN, which]
    told = select(AuditEvent.number).where(*mine, AuditEvent.particulars.is_not(None))
    numbers = list(session.scalars(told.where(AuditEvent.particulars != {}).order_by(AuditEvent.number)))
    if numbers:
        silent = update(AuditEvent).where(*mine, AuditEvent.number.in_(numbers))
        session.execute(silent.values(particulars=None, salt=None))
        court.record(FORGOTTEN, by=by, numbers=numbers)
    return len(numbers)
