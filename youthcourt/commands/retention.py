"""`flask retention`: the nightly clock."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.engine import make_url

from youthcourt import clock
from youthcourt.extensions import db, engine_of_owner, writing
from youthcourt.models import Court, sweep_papers
from youthcourt.procedures.completion import copies, purging, retaining
from youthcourt.procedures.completion.ledger import Ledger
from youthcourt.procedures.completion.sweeping import NotSwept, sweep
from youthcourt.walls import in_every_court

group = AppGroup("retention", help="How long records are kept.")


@group.command("run")
def run() -> None:
    """Work out what is due in every court, and finish whatever a purge left undone. Run it each night."""
    ledger = Ledger(current_app.config["BACKUPS"])
    _clear_leftovers(ledger.path.parent)
    with writing(), in_every_court():
        again = purging.replay(db.session(), ledger)
        courts = db.session.scalars(select(Court)).all()
        due = sum(len(retaining.work_out(court)) for court in courts)
        for court in courts:
            sweep_papers(court)
        db.session.commit()
    click.echo(f"{due} closed records have a date; {again} purges were finished.")
    sweep_after_purges()


def _clear_leftovers(folder: Path) -> None:
    database = copies.file_of(make_url(current_app.config["SQLALCHEMY_DATABASE_URI"]))
    if database:
        with copies.alone(database):
            copies.clear_leftovers(database, folder)


def sweep_after_purges() -> None:
    """Sweep when a purge left something to sweep, and write down that it was done."""
    with in_every_court():
        is_clean = not purging.unswept(db.session())
    db.session.rollback()  # a reader of our own would keep the log from being emptied
    if is_clean:
        return
    try:
        sweep(engine_of_owner())
    except NotSwept as why:
        raise click.ClickException(str(why)) from why
    with writing(), in_every_court():
        for purged in purging.unswept(db.session()):
            purged.swept_at = clock.now()
        db.session.commit()


@group.command("presets")
def presets() -> None:
    """Give every court without rules the usual ones to start from. Have counsel check them."""
    with writing(), in_every_court():
        for court in db.session.scalars(select(Court)):
            retaining.add_usual_rules(court, by=None)
        db.session.commit()
    click.echo("Courts without rules have the usual ones now. Have counsel check them: Court, Lists.")
