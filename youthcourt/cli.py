"""Commands for whoever keeps the installation."""

from flask import Flask

from .commands import audit, court, demo, papers, report

GROUPS = (audit.group, court.group, demo.group, papers.group, report.group)


def register(app: Flask) -> None:
    """Make every command known to `flask`."""
    for group in GROUPS:
        app.cli.add_command(group)
