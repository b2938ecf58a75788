"""What a database must be before pages are served from it. config.py asks the same of the settings."""

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy.exc import OperationalError

from .extensions import db
from .procedures import purging
from .procedures.ledger import Ledger


def why_not_serve(app: Flask) -> list[str]:
    """What stands in the way of serving from this database, each in words that say what to do."""
    with app.app_context():
        try:
            return _pending(app) or _not_forgotten(app)
        except OperationalError:
            return ["The database of DATABASE_URL does not answer. Start it, or mend the address."]


def _pending(app: Flask) -> list[str]:
    wanted = set(ScriptDirectory(app.extensions["migrate"].directory).get_heads())
    with db.engine.connect() as connection:
        found = set(MigrationContext.configure(connection).get_current_heads())
    if found == wanted:
        return []
    return ["The database is older or newer than this program. Run: flask db upgrade"]


def _not_forgotten(app: Flask) -> list[str]:
    """A copy that was brought back must forget first what has been destroyed since it was made."""
    kept = purging.kept_in(db.session(), Ledger(app.config["BACKUPS"]))
    db.session.rollback()
    return ["Records that were destroyed are in this copy again. Run: flask retention run"] if kept else []
