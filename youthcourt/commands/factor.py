"""`flask factor`: when the only administrator of a court lost their phone and their list."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from youthcourt.errors import RuleBroken
from youthcourt.extensions import db, writing
from youthcourt.models import User, WhyEnded, end_sign_ins
from youthcourt.procedures.accounts.second_factor import remove_lost
from youthcourt.walls import in_every_court

group = AppGroup("factor", help="Second steps at sign-in.")


@group.command("remove-lost")
@click.argument("email")
@click.option("--reason", required=True, help="Kept in the audit trail.")
def remove_lost_command(email: str, reason: str) -> None:
    """Let somebody set up a new second step, when no other administrator can."""
    with writing(), in_every_court():
        user = User.signing_in_as(db.session(), email)
        if user is None:
            raise click.ClickException("Nobody signs in with this e-mail address.")
        try:
            remove_lost(user, reason=reason, by=None)
        except RuleBroken as no:
            db.session.rollback()
            raise click.ClickException(no.message) from no
        end_sign_ins(user, WhyEnded.FACTOR_CHANGED, by=None)
        name = user.name
        db.session.commit()
    click.echo(f"{name} sets up a new second step at the next sign-in.")
