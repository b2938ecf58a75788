"""Extensions, made empty here and bound to the application in create_app()."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from flask import current_app
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import DateTime, Dialect, Enum, MetaData, NullPool, create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import JSON, TypeDecorator

from .walls import WalledSession


class Moment(TypeDecorator[datetime]):
    """A point in time, kept in UTC. SQLite has no time zones, so it comes back as UTC by our own word."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_CONSTRAINT_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


class Base(DeclarativeBase):
    """Every table is a subclass of this."""

    registry = registry(
        metadata=MetaData(naming_convention=_CONSTRAINT_NAMES),
        type_annotation_map={
            datetime: Moment,
            dict[str, Any]: JSON,
            StrEnum: Enum(StrEnum, native_enum=False, length=40, values_callable=_values),
        },
    )


db = SQLAlchemy(model_class=Base, session_options={"class_": WalledSession})
migrate = Migrate()
login_manager = LoginManager()
csrf = CSRFProtect()


def engine_of_owner() -> Engine:
    """The database as the role that owns its tables; on SQLite, and where none is named, as ourselves.

    Only there can tables be altered, and their row security lifted: for migrations and housekeeping alone.
    """
    owner = current_app.config.get("MIGRATION_DATABASE_URL")
    return create_engine(owner, poolclass=NullPool) if owner else db.engine


_writing: ContextVar[bool] = ContextVar("writing", default=False)


@contextmanager
def writing() -> Iterator[None]:
    """Transactions begun inside may change things: on SQLite they queue for the one writer's place at once.

    A transaction that reads first and asks to write later is refused on the spot when another has
    written meanwhile, however long it would wait.
    """
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


_FULL = {13, "53100"}  # SQLITE_FULL; PostgreSQL's disk_full
_READ_ONLY = {8, "25006"}


def why_not_kept(error: BaseException | None) -> str:
    """Why the database could not keep something: it is full, read-only, or cannot be reached now.

    A full SQLite undoes the transaction by itself. Undoing the savepoint then fails too, the cause behind it.
    """
    while error is not None:
        original: Any = getattr(error, "orig", None)
        code = getattr(original, "sqlite_errorcode", None) or getattr(original, "sqlstate", None)
        if code in _FULL:
            return "full"
        if code in _READ_ONLY or (isinstance(code, int) and code & 0xFF in _READ_ONLY):
            return "read-only"
        error = error.__context__
    return "out of reach"


SQLITE_PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",  # NORMAL forgets the last commits when the power goes
    "foreign_keys": "ON",
    "trusted_schema": "OFF",
    "secure_delete": "ON",  # what is removed is written over
    "busy_timeout": 10_000,
    "cache_size": -20_000,
    "temp_store": "MEMORY",
    "journal_size_limit": 64 * 2**20,
}


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # the driver must not begin transactions behind our back
        for pragma, value in SQLITE_PRAGMAS.items():
            connection.execute(f"PRAGMA {pragma}={value}")


@event.listens_for(Engine, "begin")
def _begin_on_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
