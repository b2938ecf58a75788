"""`flask backup`: a copy that is proved before it counts, and a restore that forgets what it must."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from flask_migrate import upgrade
from sqlalchemy.engine import make_url

from youthcourt import clock
from youthcourt.extensions import db, writing
from youthcourt.procedures import purging
from youthcourt.procedures.ledger import Ledger
from youthcourt.procedures.sweeping import sweep
from youthcourt.walls import in_every_court

group = AppGroup("backup", help="Keep copies, and bring one back.")

_ON_SQLITE_ONLY = "This is for SQLite. For PostgreSQL use pg_dump and pg_restore, then: flask retention run"


@group.command("make")
def make() -> None:
    """Copy the database into the folder of backups, and prove the copy before it counts as one."""
    database, folder = _database(), Path(current_app.config["BACKUPS"])
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"youthcourt-{clock.now():%Y%m%dT%H%M%S}.sqlite"
    unproved, copy = folder / f"{name}.unproved", folder / name
    with closing(sqlite3.connect(database, isolation_level=None)) as source:
        source.execute("PRAGMA secure_delete=ON")
        source.execute("VACUUM INTO ?", (str(unproved),))
        unproved.chmod(0o600)
        why_not = _why_not_count(unproved)
        if why_not:
            unproved.unlink()
            raise click.ClickException(f"The copy is not sound and was thrown away: {why_not}")
    os.replace(unproved, copy)
    _drop_old(folder)
    click.echo(copy)


def _drop_old(folder: Path) -> None:
    """Copies go after a while: what was destroyed must not live on in them for ever."""
    oldest = clock.now() - timedelta(days=current_app.config["BACKUP_DAYS"])
    for copy in folder.glob("youthcourt-*.sqlite"):
        if datetime.strptime(copy.stem, "youthcourt-%Y%m%dT%H%M%S").replace(tzinfo=UTC) < oldest:
            copy.unlink()


@group.command("restore")
@click.argument("copy", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in the place of the database that is there.")
def restore(copy: Path, replace: bool) -> None:
    """Bring a copy back. What was destroyed since it was made is destroyed in it first."""
    database = _database()
    if database.exists() and not replace:
        raise click.ClickException(f"There is a database at {database}. Stop the server and say --replace.")
    if why_not := _why_not_count(copy):
        raise click.ClickException(f"This copy is not sound: {why_not}")
    restoring = database.with_name(database.name + ".restoring")
    _remove(restoring)
    with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(restoring)) as target:
        source.backup(target)
    restoring.chmod(0o600)
    forgotten = _forget_again(restoring)
    db.engine.dispose()
    _remove(database)
    os.replace(restoring, database)
    click.echo(f"{copy.name} is back. {forgotten} records that were destroyed since are destroyed in it too.")


def _forget_again(file: Path) -> int:
    """Bring a copy to the newest tables, replay the purge ledger on it, and sweep it."""
    # the application imports its commands, so a command cannot import it at the top
    from youthcourt import create_app

    settings = {**current_app.config, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{file}"}
    with create_app(settings).app_context():
        upgrade()
        with writing(), in_every_court():
            forgotten = purging.replay(db.session(), Ledger(settings["BACKUPS"]))
            db.session.commit()
        db.session.remove()
        is_swept = sweep(db.engine)
        db.engine.dispose()
    if not is_swept:
        raise click.ClickException("The copy could not be swept. Nothing was put in place.")
    return forgotten


def _why_not_count(file: Path) -> str | None:
    """What is wrong with a copy: damage, rows that point to nothing, or no rows at all."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
        sound = [row[0] for row in copy.execute("PRAGMA integrity_check")]
        if sound != ["ok"]:
            return str(sound[0])
        if copy.execute("PRAGMA foreign_key_check").fetchone():
            return "rows point to nothing"
        tables = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return None if "alembic_version" in tables else "it is no database of this program"


def _database() -> Path:
    url = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() != "sqlite":
        raise click.ClickException(_ON_SQLITE_ONLY)
    return Path(str(url.database))


def _remove(file: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + end).unlink(missing_ok=True)
