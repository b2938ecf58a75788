"""`flask court`: opening a real court."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from youthcourt.errors import RuleBroken
from youthcourt.extensions import db, writing
from youthcourt.models import Court, Invitation, PasswordReset, User
from youthcourt.permissions import Role
from youthcourt.procedures.founding import found_court
from youthcourt.walls import in_every_court

group = AppGroup("court", help="Open a court.")


@group.command("create")
@click.argument("name")
@click.option("--admin", "email", required=True, help="E-mail address of its administrator.")
@click.option("--time-zone", default="America/New_York", show_default=True, help="Where the court sits.")
def create(name: str, email: str, time_zone: str) -> None:
    """Open an empty court with the usual lists, and print the link with which its administrator joins."""
    with writing(), in_every_court():
        try:
            court, token = _open(name, email, time_zone)
        except RuleBroken as no:
            db.session.rollback()
            raise click.ClickException(no.message) from no
        db.session.commit()
        click.echo(f"{court} is open. Its administrator joins here, once, within two weeks:")
        click.echo(f"  {_site()}/join/{token}")


@group.command("reset")
@click.argument("email")
def reset(email: str) -> None:
    """Print a link for a new password: for the administrator whom nobody else can help."""
    with writing(), in_every_court():
        user = User.signing_in_as(db.session(), email)
        if user is None:
            raise click.ClickException("Nobody signs in with this e-mail address.")
        try:
            token = PasswordReset.start(user, by=None)
        except RuleBroken as no:
            db.session.rollback()
            raise click.ClickException(no.message) from no
        name = user.name
        db.session.commit()
    click.echo(f"{name} chooses a new password here, once, within the hour:")
    click.echo(f"  {_site()}/reset/{token}")


def _open(name: str, email: str, time_zone: str) -> tuple[Court, str]:
    court = found_court(db.session(), name, time_zone=time_zone)
    admin = User.invite(court, email, email.partition("@")[0], Role.ADMINISTRATOR, by=None)
    db.session.flush()
    return court, Invitation.issue(admin)


def _site() -> str:
    """Where this installation answers, as far as its settings say."""
    scheme = current_app.config["PREFERRED_URL_SCHEME"]
    host = current_app.config.get("SERVER_NAME") or "127.0.0.1:8000"
    return f"{scheme}://{host}"
