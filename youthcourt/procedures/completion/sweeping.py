"""Sweeping the places where deleted text lingers: the write-ahead log, free pages, dead rows."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

PATIENCE_IN_SECONDS = 30


class NotSwept(Exception):
    """Traces of what was deleted are still in the files; the words say why, and what to do."""


SOMEBODY_READS = "Traces are not swept yet: somebody reads. Run this once more."
NOT_THE_OWNER = (
    "Traces are not swept yet: the role that is signed in does not own the tables. "
    "Name the role that does in MIGRATION_DATABASE_URL, for this command alone, and run it once more."
)
MAY_NOT_CHECKPOINT = (
    "Traces are not swept yet: the role that owns the tables may not write the log out. "
    "As an administrator of the database: GRANT pg_checkpoint TO that role. Then run this once more."
)


def sweep(engine: Engine) -> None:
    """Leave nothing of what was deleted in the database's files, or raise NotSwept. Waits for readers."""
    if engine.dialect.name == "sqlite":
        _sweep_sqlite(engine)
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        _sweep_postgresql(connection)


def _sweep_sqlite(engine: Engine) -> None:
    """On the driver's own connection, because ours begin a transaction and there must be none."""
    borrowed = engine.raw_connection()
    try:
        connection: Any = borrowed.driver_connection
        _empty_log(connection)
        connection.execute("VACUUM")
        _empty_log(connection)
    finally:
        borrowed.close()


def _empty_log(connection: Any) -> None:
    """Move the log into the file and cut it off; a reader that is still at it makes that wait."""
    until = time.monotonic() + PATIENCE_IN_SECONDS
    while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() > until:
            raise NotSwept(SOMEBODY_READS)
        time.sleep(0.1)


def _sweep_postgresql(connection: Connection) -> None:
    """Rewrite every table. The server's own log keeps what it wrote until it is recycled; see the README."""
    others = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner <> current_user"
    if connection.exec_driver_sql(others).scalar():  # it would skip them, and say nothing
        raise NotSwept(NOT_THE_OWNER)
    connection.exec_driver_sql(f"SET lock_timeout = '{PATIENCE_IN_SECONDS}s'")
    try:
        connection.exec_driver_sql("VACUUM (FULL, ANALYZE)")
        _forget_values_of_empty_tables(connection)
        connection.exec_driver_sql("VACUUM (FULL) pg_statistic")  # the planner noted frequent values there
    except DBAPIError as mistake:
        raise NotSwept(SOMEBODY_READS) from mistake
    try:
        connection.exec_driver_sql("CHECKPOINT")
    except DBAPIError as mistake:
        raise NotSwept(MAY_NOT_CHECKPOINT) from mistake


# Numbers are left out: they name nobody, and the walls between courts stand on some of those columns.
_COLUMNS_OF_EMPTY_TABLES = """
    SELECT format('ALTER TABLE %%s %%s', c.oid::regclass, string_agg(
        format('ALTER COLUMN %%I TYPE %%s', a.attname, format_type(a.atttypid, a.atttypmod)), ', '))
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.reltuples <= 0
        AND a.attnum > 0 AND NOT a.attisdropped
        AND a.atttypid NOT IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'bool'::regtype)
    GROUP BY c.oid
"""


def _forget_values_of_empty_tables(connection: Connection) -> None:
    """What the planner noted of a table stays when nothing is left in it, for there is nothing to count anew.

    A column that is given its own type again loses what was noted of it, and nothing is rewritten.
    """
    for statement in connection.exec_driver_sql(_COLUMNS_OF_EMPTY_TABLES).scalars().all():
        connection.exec_driver_sql(statement)
