"""Where a server starts: `gunicorn wsgi:app`. The flask command finds the application here too."""

import sys

import click

from config import INSTANCE, settings_from_env, why_not_boot
from youthcourt import create_app, log
from youthcourt.boot import why_not_serve

# gunicorn takes this code for "do not try again"; with any other it would start new workers without end.
GIVE_UP = 3


def is_served() -> bool:
    """False inside a flask command, which opens no port; `flask run` does."""
    command = click.get_current_context(silent=True)
    return command is None or command.info_name == "run"


def give_up(reasons: list[str]) -> None:
    """Stop, when there is any reason to, and say each."""
    if reasons:
        lines = ["Youthcourt does not start, because it would not be safe:", *reasons]
        click.echo("\n  - ".join(lines), err=True)
        sys.exit(GIVE_UP)


INSTANCE.mkdir(mode=0o700, exist_ok=True)
settings = settings_from_env()
if is_served():
    give_up(why_not_boot(settings))
    log.set_up()

app = create_app(settings)
if is_served() and settings["YOUTHCOURT_ENV"] == "production":
    give_up(why_not_serve(app))
