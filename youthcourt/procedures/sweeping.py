"""Sweeping the places where deleted text lingers: the write-ahead log, free pages, dead rows."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

PATIENCE_IN_SECONDS = 30


def sweep(engine: Engine) -> bool:
    """Whether nothing of what was deleted is left in the database's files. Waits for readers to finish."""
    if engine.dialect.name == "sqlite":
        return _sweep_sqlite(engine)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return _sweep_postgresql(connection)


def _sweep_sqlite(engine: Engine) -> bool:
    """On the driver's own connection, because ours begin a transaction and there must be none."""
    borrowed = engine.raw_connection()
    try:
        connection: Any = borrowed.driver_connection
        if not _empty_log(connection):
            return False
        connection.execute("VACUUM")
        return _empty_log(connection)
    finally:
        borrowed.close()


def _empty_log(connection: Any) -> bool:
    """Move the log into the file and cut it off; a reader that is still at it makes that wait."""
    until = time.monotonic() + PATIENCE_IN_SECONDS
    while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def _sweep_postgresql(connection: Connection) -> bool:
    """Rewrite every table. The server's own log keeps what it wrote until it is recycled; see the README."""
    others = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner <> current_user"
    if connection.exec_driver_sql(others).scalar():  # it would skip them, and say nothing
        return False
    try:
        connection.exec_driver_sql("VACUUM (FULL, ANALYZE)")
        connection.exec_driver_sql("CHECKPOINT")
    except DBAPIError:  # the application's role may not; the owner does it by `flask retention run`
        return False
    return True
