"""`flask demo`: a court to look at, played through the same verbs that people cause."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from pathlib import Path
from wsgiref.types import WSGIApplication

import click
import flask_migrate
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import inspect, select
from sqlalchemy.engine import make_url
from werkzeug.serving import WSGIRequestHandler, make_server

from youthcourt import clock
from youthcourt.demonstration.figures import PUBLISHED
from youthcourt.demonstration.player import play
from youthcourt.demonstration.running_clock import RunningClock, behind
from youthcourt.demonstration.sign_ins import SignIn, known
from youthcourt.extensions import db, writing
from youthcourt.models import Court
from youthcourt.walls import in_every_court

group = AppGroup("demo", help="A demonstration court.")

SEED = 1995  # the year of the report whose figures are played
ZONE = "America/New_York"


@group.command("build")
@click.option("--seed", default=SEED, show_default=True, help="Another seed gives another year.")
@click.option("--size", default=PUBLISHED.referred, show_default=True, help="Referrals in the year.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Its last day. The last Monday if left out.")
@click.option("--fresh", is_flag=True, help="Remove what is there first (demonstrations only).")
def build_command(seed: int, size: int, as_of: datetime | None, fresh: bool) -> None:
    """Play a year of a court into the database. All of it is kept, or nothing."""
    if fresh:
        _refuse_unless_demo()
        _clear()
    _build(seed, size, as_of.date() if as_of else _last_monday())
    _print_sign_ins(known(db.session()))


@group.command("run")
@click.option("--port", default=8000, show_default=True)
@click.option("--fresh", is_flag=True, help="Start over.")
def run_command(port: int, fresh: bool) -> None:
    """Serve the demonstration here, after building it if that has not been done."""
    _refuse_unless_demo()
    if fresh:
        _clear()
    if fresh or not _has_court():
        _build(SEED, PUBLISHED.referred, _last_monday())
    _serve(current_app._get_current_object(), port)  # type: ignore[attr-defined]


def _refuse_unless_demo() -> None:
    if current_app.config["YOUTHCOURT_ENV"] != "demo":
        raise click.ClickException("This is for demonstrations only. Set YOUTHCOURT_ENV=demo first.")


def _last_monday() -> date:
    today = clock.today(ZONE)
    return today - timedelta(days=today.weekday())


# ---- Building -------------------------------------------------------------------------------------


def _has_court() -> bool:
    if not inspect(db.engine).has_table(Court.__tablename__):
        return False
    with in_every_court():
        return db.session.scalar(select(Court.id).limit(1)) is not None


def _build(seed: int, size: int, as_of: date) -> None:
    """Migrate, then play in one transaction: whenever it is stopped, nothing half done is left."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    flask_migrate.upgrade()
    if _has_court():
        raise click.ClickException("This database has a court already. Choose another, or add --fresh.")
    db.session.rollback()
    with (
        writing(),
        in_every_court(),
        click.progressbar(length=1, label="Playing a year of a court") as bar,
    ):

        def shows(_day: date, done: int, days: int) -> None:
            bar.length = days
            bar.update(done - bar.pos)

        try:
            play(db.session(), size=size, seed=seed, as_of=as_of, progress=shows)
        except ValueError as error:
            raise click.ClickException(str(error)) from error
        db.session.commit()


def _clear() -> None:
    """Remove everything: the file of an SQLite database, the tables of another."""
    db.session.rollback()
    db.engine.dispose()
    url = make_url(str(current_app.config["SQLALCHEMY_DATABASE_URI"]))
    if url.get_backend_name() == "sqlite" and url.database:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{url.database}{suffix}").unlink(missing_ok=True)
        return
    flask_migrate.downgrade(revision="base")


# ---- Serving --------------------------------------------------------------------------------------


class QuietHandler(WSGIRequestHandler):
    """Serves without a line for each request, so that the sign-ins stay in sight."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


def _serve(app: Flask, port: int) -> None:
    with in_every_court():
        running = RunningClock(app.wsgi_app, behind(db.session()))
        court = db.session.scalars(select(Court).limit(1)).one()
        app.config["PASSKEY_ORIGIN"] = f"http://localhost:{port}"
        sign_ins, name, now = known(db.session()), court.name, running.now()
        zone = court.time_zone
    db.session.rollback()
    serves: WSGIApplication = running
    server = make_server("127.0.0.1", port, serves, threaded=True, request_handler=QuietHandler)
    with clock.at(now):
        click.echo(f"\n{name} is open at http://127.0.0.1:{port}")
        click.echo(f"In this court it is the evening of {clock.today(zone):%A, %B %-d, %Y}.\n")
    _print_sign_ins(sign_ins)
    click.echo("Nobody is asked for a second step here, as staff of a real court are. To try passkeys,")
    click.echo(f"open http://localhost:{port} instead: browsers make them for names alone.")
    click.echo("Stop it with Ctrl+C.")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("\nStopped. The next start goes on from here.")


def _print_sign_ins(sign_ins: list[SignIn]) -> None:
    for each in sign_ins:
        click.echo(f"  {each.role:<14} {each.email:<27} {each.password}   ({each.name})")
    click.echo()
