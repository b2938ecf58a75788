"""`flask retention`: the nightly clock."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from youthcourt import clock
from youthcourt.extensions import db, engine_of_owner, writing
from youthcourt.models import Court
from youthcourt.procedures import purging, retaining
from youthcourt.procedures.ledger import Ledger
from youthcourt.procedures.sweeping import sweep
from youthcourt.walls import in_every_court

group = AppGroup("retention", help="How long records are kept.")


@group.command("run")
def run() -> None:
    """Work out what is due in every court, and finish whatever a purge left undone. Run it each night."""
    ledger = Ledger(current_app.config["BACKUPS"])
    with writing(), in_every_court():
        again = purging.replay(db.session(), ledger)
        due = sum(len(retaining.work_out(court)) for court in db.session.scalars(select(Court)))
        db.session.commit()
    click.echo(f"{due} closed records have a date; {again} purges were finished.")
    if not sweep_after_purges():
        raise click.ClickException("Some traces are not swept yet: somebody reads. Run this once more.")


def sweep_after_purges() -> bool:
    """Sweep when a purge left something to sweep, and write down that it was done."""
    with in_every_court():
        is_clean = not purging.unswept(db.session())
    db.session.rollback()  # a reader of our own would keep the log from being emptied
    if is_clean or not sweep(engine_of_owner()):
        return is_clean
    with writing(), in_every_court():
        for purged in purging.unswept(db.session()):
            purged.swept_at = clock.now()
        db.session.commit()
    return True


@group.command("presets")
def presets() -> None:
    """Give every court without rules the usual ones to start from. Have counsel check them."""
    with writing(), in_every_court():
        for court in db.session.scalars(select(Court)):
            retaining.add_usual_rules(court, by=None)
        db.session.commit()
    click.echo("Courts without rules have the usual ones now. Have counsel check them: Court, Lists.")
