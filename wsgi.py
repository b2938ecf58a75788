"""Where a server starts: `gunicorn wsgi:app`. The flask command finds the application here too."""

import sys

import click

from config import INSTANCE, settings_from_env, why_not_boot
from youthcourt import create_app

# gunicorn takes this code for "do not try again"; with any other it would start new workers without end.
GIVE_UP = 3


def is_served() -> bool:
    """False inside a flask command, which opens no port; `flask run` does."""
    command = click.get_current_context(silent=True)
    return command is None or command.info_name == "run"


INSTANCE.mkdir(mode=0o700, exist_ok=True)
settings = settings_from_env()
if is_served() and (reasons := why_not_boot(settings)):
    lines = ["Youthcourt does not start, because its settings are unsafe:", *reasons]
    click.echo("\n  - ".join(lines), err=True)
    sys.exit(GIVE_UP)

app = create_app(settings)
