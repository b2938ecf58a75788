"""Courts are apart: whatever runs, runs in one court, and sees and touches the rows of that court alone.

    in_court(court)     for the command line, the worker, the demonstration: work of one court
    in_every_court()    for what has no court yet or is of none: founding, sign-in, look-ups by a secret link
    enter(court)        for a request: from here on, until its end, it acts in the reader's court

Who says nothing gets nothing: rows that belong to a court are refused, loudly. A guard lists the places that
may say in_every_court(). On PostgreSQL the database is told as well, and its own row security stands behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from typing import Any

from flask_sqlalchemy.session import Session as PlainSession
from psycopg.pq import TransactionStatus
from sqlalchemy import ForeignKey, Integer, Table, TextClause, bindparam, event, inspect
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import (
    FromStatement,
    Mapped,
    Mapper,
    ORMExecuteState,
    Session,
    mapped_column,
    with_loader_criteria,
)
from sqlalchemy.sql import visitors


class CourtsApart(RuntimeError):
    """Something reached over the wall between two courts: a fault in our code, not in what was typed."""


class _Reach(Enum):
    NOWHERE = "no court was said"
    EVERYWHERE = "every court"


Here = int | _Reach

_here: ContextVar[Here] = ContextVar("here", default=_Reach.NOWHERE)


# ---- Saying where ---------------------------------------------------------------------------------


def here() -> Here:
    return _here.get()


def enter(court_id: int) -> None:
    """From here on act in this court. Whoever is in another already has to leave() it first."""
    if _here.get() not in (court_id, _Reach.NOWHERE):
        raise CourtsApart(f"cannot go from {_here.get()} to court {court_id}")
    _here.set(court_id)


def leave() -> None:
    """Act in no court any more: for a page on which somebody else may sign in."""
    _here.set(_Reach.NOWHERE)


@contextmanager
def _standing(there: Here) -> Iterator[None]:
    token = _here.set(there)
    try:
        yield
    finally:
        _here.reset(token)


@contextmanager
def in_court(court_id: int) -> Iterator[None]:
    """Inside, there is this one court."""
    if _here.get() not in (court_id, *_Reach):
        raise CourtsApart(f"cannot go from court {_here.get()} to court {court_id}")
    with _standing(court_id):
        yield


@contextmanager
def in_every_court() -> Iterator[None]:
    """Inside, nothing is hidden. Only the places that a guard names may say so."""
    with _standing(_Reach.EVERYWHERE):
        yield


@contextmanager
def visiting(session: Session, court_id: int) -> Iterator[None]:
    """Inside, this court instead of the reader's, and what is changed is written there.

    For who comes in by a password or a link while another is signed in here, perhaps of another court.
    """
    session.flush()
    with _standing(court_id):
        yield
        session.flush()


@contextmanager
def in_no_court() -> Iterator[None]:
    """Inside, nothing of any court is to be had until somebody enters one. A request begins like this."""
    with _standing(_Reach.NOWHERE):
        yield


# ---- What is walled -------------------------------------------------------------------------------


class OfOneCourt:
    """A row that belongs to one court for ever."""

    court_id: Mapped[int] = mapped_column(ForeignKey("court.id"), index=True)


class IsCourt:
    """The row of a court itself."""

    id: Mapped[int] = mapped_column(primary_key=True)


WALLED = (OfOneCourt, IsCourt)


def _is_walled(mapper: Mapper[Any]) -> bool:
    return issubclass(mapper.class_, WALLED)


def _court_of(record: Any) -> int | None:
    """The court of a record as far as it is in memory; asking the database here would go round in circles."""
    return record.__dict__.get("id" if isinstance(record, IsCourt) else "court_id")  # type: ignore[no-any-return]


def _number_here() -> int:
    court = _here.get()
    return court if isinstance(court, int) else -1  # no court has this number


# The value is asked when the statement runs, so one option, compiled once, serves every court.
_COURT = bindparam("here", callable_=_number_here, type_=Integer)
FILTERS = (
    with_loader_criteria(
        OfOneCourt, lambda cls: cls.court_id == _COURT, include_aliases=True, propagate_to_loaders=False
    ),
    with_loader_criteria(
        IsCourt, lambda cls: cls.id == _COURT, include_aliases=True, propagate_to_loaders=False
    ),
)


# ---- Reading --------------------------------------------------------------------------------------


def keep_in_court(state: ORMExecuteState) -> None:
    """Every statement of the session reads and changes rows of one court only, or does not run."""
    if _here.get() is _Reach.EVERYWHERE:
        return
    if not state.is_orm_statement:
        _refuse_unless_harmless(state.statement)
        return
    walled = [mapper.class_.__name__ for mapper in state.all_mappers if _is_walled(mapper)]
    if walled and _here.get() is _Reach.NOWHERE:
        raise CourtsApart(f"in which court is {walled[0]} looked for? Nobody has said")
    if isinstance(state.statement, FromStatement):
        raise CourtsApart("from_statement() cannot be kept in a court")
    if walled and (state.is_insert or _is_bulk(state)):
        raise CourtsApart(f"rows of {walled[0]} are added and changed one by one, so that each is looked at")
    state.statement = state.statement.options(*FILTERS)


def _is_bulk(state: ORMExecuteState) -> bool:
    """An UPDATE with a list of rows goes by primary key and passes every filter."""
    return state.is_update and isinstance(state.parameters, list | tuple)


def _refuse_unless_harmless(statement: Any) -> None:
    """Text and tables know no filter; a lock or a sum of numbers needs none."""
    for part in visitors.iterate(statement):
        if isinstance(part, TextClause | Table):
            raise CourtsApart(f"cannot be kept in a court: {type(statement).__name__} of {str(part)[:60]!r}")


def look_at_loaded(record: Any, *_context: Any) -> None:
    """However a row came in, one of another court does not stay."""
    court, of = _here.get(), _court_of(record)
    if court is not _Reach.EVERYWHERE and of is not None and of != court:
        raise CourtsApart(f"a {type(record).__name__} of another court was loaded")


# ---- Writing --------------------------------------------------------------------------------------


def look_at_written(_mapper: Mapper[Any], _connection: Connection, record: Any) -> None:
    """A row is added, changed and removed from inside its own court, and never moves to another."""
    court = _here.get()
    column = "id" if isinstance(record, IsCourt) else "court_id"
    history = inspect(record).attrs[column].history
    if history.deleted and history.added:
        raise CourtsApart(f"a {type(record).__name__} cannot move to another court")
    if court is not _Reach.EVERYWHERE and getattr(record, column) != court:
        raise CourtsApart(f"a {type(record).__name__} of another court cannot be written here")


class WalledSession(PlainSession):
    """A database session that knows no way around the walls."""

    def _identity_lookup(self, *args: Any, **kwargs: Any) -> Any:
        """What this session has seen of another court, through a door, is not found again."""
        found = super()._identity_lookup(*args, **kwargs)
        if isinstance(found, WALLED) and _here.get() is not _Reach.EVERYWHERE:
            return found if _court_of(found) == _here.get() else None
        return found

    def connection(self, *args: Any, **kwargs: Any) -> Connection:
        self._only_everywhere("connection")
        return super().connection(*args, **kwargs)

    def merge(self, *args: Any, **kwargs: Any) -> Any:
        self._only_everywhere("merge")
        return super().merge(*args, **kwargs)

    def bulk_save_objects(self, *args: Any, **kwargs: Any) -> None:
        self._only_everywhere("bulk_save_objects")
        super().bulk_save_objects(*args, **kwargs)

    def bulk_insert_mappings(self, *args: Any, **kwargs: Any) -> None:
        self._only_everywhere("bulk_insert_mappings")
        super().bulk_insert_mappings(*args, **kwargs)

    def bulk_update_mappings(self, *args: Any, **kwargs: Any) -> None:
        self._only_everywhere("bulk_update_mappings")
        super().bulk_update_mappings(*args, **kwargs)

    def _only_everywhere(self, way: str) -> None:
        if _here.get() is not _Reach.EVERYWHERE:
            raise CourtsApart(f"session.{way}() passes the walls")


def connection_of(session: Session) -> Connection:
    """The connection itself, for the few places that write tables by hand and that a guard names.

    Nothing is filtered there, but PostgreSQL still knows the court.
    """
    return Session.connection(session)


event.listen(WalledSession, "do_orm_execute", keep_in_court)
for kind in WALLED:
    for moment in ("load", "refresh"):
        event.listen(kind, moment, look_at_loaded, propagate=True)
    for moment in ("before_insert", "before_update", "before_delete"):
        event.listen(kind, moment, look_at_written, propagate=True)


# ---- Telling PostgreSQL ---------------------------------------------------------------------------

# Both end with the transaction, so that a pooled connection never carries a court to its next user.
TELL = "SELECT set_config('youthcourt.court', %s, true), set_config('youthcourt.every_court', %s, true)"
_ABOUT_SAVEPOINTS = ("SAVEPOINT", "ROLLBACK TO", "RELEASE")


@event.listens_for(Engine, "begin")
def _nothing_told_yet(connection: Connection) -> None:
    connection.info.pop("told", None)


@event.listens_for(Engine, "rollback_savepoint")
def _maybe_forgotten(connection: Connection, _name: str, _context: None) -> None:
    connection.info.pop("told", None)  # what was told inside the savepoint is undone with it


@event.listens_for(Engine, "before_cursor_execute")
def _tell_postgresql(
    connection: Connection, _cursor: Any, statement: str, _params: Any, _context: Any, _many: bool
) -> None:
    court = _here.get()
    if connection.dialect.name != "postgresql" or connection.info.get("told") == court:
        return
    driver = connection.connection.dbapi_connection
    assert driver is not None
    if statement.startswith(_ABOUT_SAVEPOINTS) or driver.info.transaction_status is TransactionStatus.INERROR:
        return
    number = str(court) if isinstance(court, int) else ""
    driver.execute(TELL, (number, "yes" if court is _Reach.EVERYWHERE else ""))
    connection.info["told"] = court
