"""Commands for whoever keeps the installation."""

from flask import Flask


def register(app: Flask) -> None:
    """Make every command known to `flask`."""
