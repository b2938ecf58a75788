"""Databases for tests: made by the migrations, with all their walls, and emptied between tests."""

import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import NullPool, create_engine

from config import settings_from_env
from tests.postgres import applied, create_database, give_over, owned, postgres_server
from youthcourt import create_app
from youthcourt.extensions import Base, db

# For each database, by the address that the application has of it: an engine that may empty it.
_keepers = {}


def migrate(url, owner_url=None):
    """Make every table in this database."""
    environ = {"YOUTHCOURT_ENV": "test", "DATABASE_URL": url}
    app = create_app({**settings_from_env(environ), "MIGRATION_DATABASE_URL": owner_url})
    with app.app_context():
        upgrade()
        db.engine.dispose()


@cache
def _migrated_file():
    with tempfile.TemporaryDirectory(prefix="migrated-") as folder:
        migrate(f"sqlite:///{folder}/template.sqlite")
        return Path(folder, "template.sqlite").read_bytes()


def sqlite_database(folder, name="test"):
    """The address of a fresh file with every table. The first is migrated, the others are copies."""
    path = Path(folder) / f"{name}.sqlite"
    path.write_bytes(_migrated_file())
    return f"sqlite:///{path}"


def made_by_migrations(database):
    """Make every table in this database of PostgreSQL; the address by which the application knows it."""
    give_over(database)
    url, owner_url = (each(database).render_as_string(hide_password=False) for each in (applied, owned))
    migrate(url, owner_url)
    return kept_by(database, url)


def kept_by(database, url):
    """Remember through which address, of a superuser, a database can be emptied and altered."""
    _keepers[url] = create_engine(database, poolclass=NullPool)
    return url


def in_hand():
    """The database of the current application, for somebody whom nothing in it refuses anything."""
    return _keepers.get(db.engine.url.render_as_string(hide_password=False)) or db.engine


@contextmanager
def fresh_database(engine_name, folder):
    """A fresh database of this kind with every table."""
    if engine_name == "sqlite":
        yield sqlite_database(folder)
        return
    with postgres_server() as server, create_database(server) as database:
        yield made_by_migrations(database)


def empty():
    """Remove every row of the database that the current application is on."""
    with in_hand().begin() as connection:
        if names := with_rows(connection):
            _EMPTY[connection.dialect.name](connection, names)


def with_rows(connection):
    """The names of the tables that have any."""
    probes = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in Base.metadata.tables)
    return [name for (name,) in connection.exec_driver_sql(" UNION ALL ".join(probes))]


def _empty_sqlite(connection, names):
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    # Lines of the audit trail go only when nothing refuses it.
    refusing = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%DELETE ON%'"
    refusals = connection.exec_driver_sql(refusing).all()
    for name, _sql in refusals:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for name in names:
        connection.exec_driver_sql(f'DELETE FROM "{name}"')
    for _name, sql in refusals:
        connection.exec_driver_sql(sql)


def _empty_postgresql(connection, names):
    """Faster than TRUNCATE, which writes every table and index anew."""
    script = ["SET LOCAL session_replication_role = replica"]  # nobody points, nobody refuses
    script += [f'DELETE FROM "{name}"' for name in names]
    script += [
        f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), 1, false)"
        for name in names
        if "id" in Base.metadata.tables[name].c
    ]
    connection.exec_driver_sql("; ".join(script))


def number_from_one():
    """The next row of each table is its first again, also where what was numbered has been rolled back."""
    with in_hand().begin() as connection:
        if connection.dialect.name == "postgresql":  # SQLite goes on from the rows that there are
            connection.exec_driver_sql(
                "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"
            )


_EMPTY = {"sqlite": _empty_sqlite, "postgresql": _empty_postgresql}
