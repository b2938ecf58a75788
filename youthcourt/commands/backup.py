"""`flask backup`: a copy that is proved before it counts, and a restore that forgets what it must."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from flask_migrate import upgrade
from sqlalchemy import select
from sqlalchemy.engine import make_url

from youthcourt import clock
from youthcourt.extensions import db, writing
from youthcourt.models import Court
from youthcourt.procedures import checking_trail
from youthcourt.procedures.completion import copies, purging
from youthcourt.procedures.completion.ledger import Ledger
from youthcourt.procedures.completion.sweeping import NotSwept, sweep
from youthcourt.walls import in_every_court

group = AppGroup(
    "backup",
    help="""Keep copies, and bring one back.

    Each night: `flask backup make`. To bring a copy back, stop the server and say
    `flask backup restore FILE --replace`. Copies are encrypted with SECRET_KEY: keep that key in another
    place, because without it they cannot be read.""",
)

_ON_SQLITE_ONLY = (
    "This is for SQLite. For PostgreSQL use pg_dump and pg_restore, then: flask retention run. "
    "Encrypt what pg_dump writes."
)


@group.command("make")
def make() -> None:
    """Copy the database into the folder of backups, encrypted, and prove the copy before it counts as one."""
    database, folder = _database(), Path(current_app.config["BACKUPS"])
    with copies.alone(database):
        copies.clear_leftovers(database, folder)
        try:
            copy = copies.make(database, folder, clock.now())
        except copies.NotSound as why:
            raise click.ClickException(f"The copy is not sound and was thrown away: {why}.") from why
        copies.drop_old(folder, clock.now() - timedelta(days=current_app.config["BACKUP_DAYS"]))
    click.echo(copy)


@group.command("open")
@click.argument("copy", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("into", type=click.Path(exists=False, path_type=Path))
def open_plain(copy: Path, into: Path) -> None:
    """Check a copy and write its database, readable by anybody, to another file. Remove that file soon."""
    if into.exists():
        raise click.ClickException(f"There is a file at {into}.")
    label = _opened(copy, into)
    rows = f"{sum(label.rows.values())} rows in {len(label.rows)} tables, " if label else ""
    click.echo(f"{copy.name} is sound: {rows}written to {into}")


@group.command("restore")
@click.argument("copy", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in the place of the database that is there.")
def restore(copy: Path, replace: bool) -> None:
    """Bring a copy back. What was destroyed since it was made is destroyed in it first.

    Stop the server before. Until the very end the database that is there stays as it is; when this is cut
    off, run it once more.
    """
    database = _database()
    if database.exists() and not replace:
        raise click.ClickException(f"There is a database at {database}. Stop the server and say --replace.")
    restoring = copies.restoring_beside(database)
    with copies.alone(database):
        copies.clear_leftovers(database, Path(current_app.config["BACKUPS"]))
        label = _opened(copy, restoring)
        made_at = datetime.fromisoformat(label.made_at) if label else copies.made_at(copy)
        try:
            forgotten = _forget_again(restoring, made_at)
            db.session.remove()
            db.engine.dispose()
            copies.put_in_place(restoring, database)
        except (copies.NotSound, NotSwept) as why:
            raise click.ClickException(f"Nothing was put in place: {why}") from why
        finally:
            copies.remove(restoring)
    click.echo(f"{copy.name} is back. {forgotten} records that were destroyed since are destroyed in it too.")


def _opened(copy: Path, into: Path) -> copies.Label | None:
    try:
        return copies.open_copy(copy, into)
    except copies.NotSound as why:
        raise click.ClickException(f"This copy is not sound: {why}.") from why


def _forget_again(file: Path, made_at: datetime) -> int:
    """Bring a copy to the newest tables, replay the purge ledger on it, tell each court, and sweep it."""
    # the application imports its commands, so a command cannot import it at the top
    from youthcourt import create_app

    settings = {**current_app.config, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{file}"}
    with create_app(settings).app_context():
        upgrade()
        with writing(), in_every_court():
            forgotten = purging.replay(db.session(), Ledger(settings["BACKUPS"]))
            for court in db.session.scalars(select(Court)):
                court.record("court.restored", by=None, made_at=made_at)
            db.session.commit()
            broken = [each for each in checking_trail.check_all(db.session.connection()) if not each.is_sound]
        db.session.remove()
        try:
            sweep(db.engine)
        finally:
            db.engine.dispose()
    if broken:
        click.echo("The audit trail of this copy is broken. See: flask audit verify", err=True)
    return forgotten


def _database() -> Path:
    file = copies.file_of(make_url(current_app.config["SQLALCHEMY_DATABASE_URI"]))
    if file is None:
        raise click.ClickException(_ON_SQLITE_ONLY)
    return file
