"""How migrations run, on SQLite and PostgreSQL alike."""

from typing import Any

from alembic import context
from sqlalchemy import text
from sqlalchemy.engine import Connection

from migrations.walls import raise_walls
from youthcourt.extensions import Base, Moment, engine_of_owner, writing
from youthcourt.walls import in_every_court

engine = engine_of_owner()


def render_item(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Our own column types are written into a migration as plain ones, so that it stands by itself."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return False


def number_revision(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Migrations carry a running number and a name, so that the folder lists in order."""
    if directives and directives[0].message:
        count = len(list(context.script.walk_revisions())) + 1
        directives[0].rev_id = f"{count:04d}_{directives[0].message}"


def keep_courts_apart(ctx: Any, heads: Any, **_rest: Any) -> None:
    """In the transaction of each migration: whatever it made, the walls stand afterwards."""
    if min(heads, default="") >= "0011":
        raise_walls(ctx.connection)


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        process_revision_directives=number_revision,
        transaction_per_migration=True,
        on_version_apply=keep_courts_apart,
    )
    with context.begin_transaction():
        context.run_migrations()


with engine.connect() as connection, writing(), in_every_court():
    if connection.dialect.name == "sqlite":
        # Rebuilding a table would otherwise delete whatever points to it. Checked again below.
        connection.connection.execute("PRAGMA foreign_keys=OFF")
        # ... and would stumble over the walls of other tables that name it. They stay as they are.
        connection.connection.execute("PRAGMA legacy_alter_table=ON")
        migrate(connection)
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        connection.rollback()
        connection.connection.execute("PRAGMA legacy_alter_table=OFF")
        connection.connection.execute("PRAGMA foreign_keys=ON")
        if broken:
            raise RuntimeError(f"rows point to nothing: {broken[:5]}")
    else:
        connection.execute(text("SET lock_timeout = '10s'"))
        connection.commit()
        migrate(connection)
