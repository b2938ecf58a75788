"""What a database must be before pages are served from it. config.py asks the same of the settings."""

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from youthcourt.procedures.completion import purging
from youthcourt.procedures.completion.ledger import Ledger

from .extensions import db
from .walls import in_every_court


def why_not_serve(app: Flask) -> list[str]:
    """What stands in the way of serving from this database, each in words that say what to do."""
    with app.app_context():
        try:
            return _pending(app) or [*_may_pass_walls(), *_without_walls()] or _not_forgotten(app)
        except OperationalError:
            return ["The database of DATABASE_URL does not answer. Start it, or mend the address."]


def _pending(app: Flask) -> list[str]:
    wanted = set(ScriptDirectory(app.extensions["migrate"].directory).get_heads())
    with db.engine.connect() as connection:
        found = set(MigrationContext.configure(connection).get_current_heads())
    if found == wanted:
        return []
    return ["The database is older or newer than this program. Run: flask db upgrade"]


_ROLE = """
    SELECT rolsuper OR rolbypassrls AS stands_above, EXISTS (
        SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
        AND pg_has_role(current_user, relowner, 'MEMBER')
    ) AS is_owner FROM pg_roles WHERE rolname = current_user"""
_HOW = (
    "Sign in as a role that owns nothing, and name the owner in MIGRATION_DATABASE_URL alone: see the README."
)


def _may_pass_walls() -> list[str]:
    """On PostgreSQL the walls between courts hold only for a role that cannot lift them."""
    if db.engine.dialect.name != "postgresql":
        return []
    with db.engine.connect() as connection:
        role = connection.execute(text(_ROLE)).one()
    reasons = []
    if role.stands_above:
        reasons.append(f"The role of DATABASE_URL stands above the walls between courts. {_HOW}")
    if role.is_owner and not role.stands_above:
        reasons.append(f"The role of DATABASE_URL owns tables, so it could lift their walls. {_HOW}")
    return reasons


_BARE = {
    "sqlite": """
        SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c
        WHERE m.type = 'table' AND c.name = 'court_id' AND NOT EXISTS (
            SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = 'wall_' || m.name || '_stay')""",
    "postgresql": """
        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
        AND a.attname = 'court_id' AND NOT a.attisdropped AND NOT (
            c.relrowsecurity AND c.relforcerowsecurity
            AND EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = c.oid AND polname = 'one_court')
            AND EXISTS (
                SELECT 1 FROM pg_trigger
                WHERE tgrelid = c.oid AND tgname = 'one_court' AND tgenabled = 'O'))""",
}


def _without_walls() -> list[str]:
    with db.engine.connect() as connection:
        bare = sorted(connection.execute(text(_BARE[connection.dialect.name])).scalars())
    if not bare:
        return []
    return [f"The walls between courts do not stand around {', '.join(bare)}. Restore a sound copy."]


def _not_forgotten(app: Flask) -> list[str]:
    """A copy that was brought back must forget first what has been destroyed since it was made."""
    with in_every_court():
        kept = purging.kept_in(db.session(), Ledger(app.config["BACKUPS"]))
    db.session.rollback()
    return ["Records that were destroyed are in this copy again. Run: flask retention run"] if kept else []
