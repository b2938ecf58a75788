"""`flask court`: opening a real court."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from youthcourt.errors import RuleBroken
from youthcourt.extensions import db, writing
from youthcourt.models import Court, Invitation, PasswordReset, User
from youthcourt.permissions import Role
from youthcourt.procedures.decision.certificates import YEARS, Certificates, CourtCertificate
from youthcourt.procedures.founding import found_court
from youthcourt.walls import in_every_court

T = TypeVar("T")

group = AppGroup("court", help="Open a court, and keep its certificate.")
certificate = AppGroup("certificate", help="The certificate with which a court seals its orders.")
group.add_command(certificate)


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


# ---- The certificate --------------------------------------------------------------------------------

_which = click.option("--court", "number", type=int, help="The number of the court, where there are several.")


@certificate.command("make")
@_which
@click.option("--years", default=YEARS, show_default=True, type=click.IntRange(1, 10))
@click.option("--replace", is_flag=True, help="Also when there is one that is still good.")
def make_certificate(number: int | None, years: int, replace: bool) -> None:
    """Make a key and a certificate that only the court itself vouches for."""
    with in_every_court():
        court, kept = _court(number), _kept()
        _refuse_to_replace(court, kept, replace)
        _tell(court, _refused(lambda: kept.make(court, years)), kept)


@certificate.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_which
@click.option("--replace", is_flag=True, help="Also when there is one that is still good.")
@click.option("--password", is_flag=True, help="Ask for the password of the file.")
def import_certificate(file: Path, number: int | None, replace: bool, password: bool) -> None:
    """Take in a key and a certificate that somebody else has issued, as PEM or PKCS #12."""
    with in_every_court():
        court, kept = _court(number), _kept()
        _refuse_to_replace(court, kept, replace)
        secret = getpass.getpass("Password of the file: ") if password else None
        _tell(court, _refused(lambda: kept.take_in(court, file.read_bytes(), secret)), kept)
    click.echo(f"Now remove {file}: whoever reads it can seal in the name of the court.")


@certificate.command("show")
@_which
def show_certificate(number: int | None) -> None:
    """Say whose certificate it is and until when it is good."""
    with in_every_court():
        court, kept = _court(number), _kept()
        found = _refused(lambda: kept.of(court))
        if found is None:
            click.echo(f"{court} has no certificate: its orders are signed without a seal.")
        else:
            _tell(court, found, kept)


def _kept() -> Certificates:
    return Certificates(current_app.config["CERTIFICATES"])


def _court(number: int | None) -> Court:
    courts = db.session.scalars(select(Court).order_by(Court.id)).all()
    found = [court for court in courts if number in (None, court.id)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise click.ClickException("There is no such court.")
    names = "\n".join(f"  --court {court.id}  {court}" for court in courts)
    raise click.ClickException(f"Say which court:\n{names}")


def _refused(act: Callable[[], T]) -> T:
    try:
        return act()
    except RuleBroken as no:
        raise click.ClickException(no.message) from no


def _refuse_to_replace(court: Court, kept: Certificates, replace: bool) -> None:
    found = _refused(lambda: kept.of(court))
    if found and found.is_valid and not found.runs_out_soon and not replace:
        raise click.ClickException(
            f"{court} has a certificate that is good until {found.until:%Y-%m-%d}. "
            "Say --replace to put another in its place."
        )


def _tell(court: Court, found: CourtCertificate, kept: Certificates) -> None:
    click.echo(f"{court} seals its orders as: {found.subject}")
    vouches = "nobody but the court itself" if found.is_own else found.issuer
    click.echo(f"Vouched for by: {vouches}")
    click.echo(f"Fingerprint (SHA-256): {found.fingerprint}")
    click.echo(f"Key and certificate: {kept.path_of(court)}")
    state = "Good" if found.is_valid else "NOT GOOD, orders are signed without a seal"
    click.echo(f"{state}; until {found.until:%Y-%m-%d}")
    if found.is_valid and found.runs_out_soon:
        click.echo("It runs out soon. Make or import another one before that day.")
