"""Commands for whoever keeps the installation."""

from flask import Flask

from .commands import audit, backup, court, demo, factor, panel, papers, report, retention

GROUPS = (
    audit.group,
    backup.group,
    court.group,
    demo.group,
    factor.group,
    panel.group,
    papers.group,
    report.group,
    retention.group,
)


def register(app: Flask) -> None:
    """Make every command known to `flask`."""
    for group in GROUPS:
        app.cli.add_command(group)
