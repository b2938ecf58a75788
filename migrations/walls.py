"""The walls between courts that the database keeps itself, for every table that belongs to a court.

Which those are is read from the tables as they stand, so a new one is walled by the migration that makes it:
env.py calls raise_walls() after each. A table belongs to a court by its column court_id; one without it (a
pairing of two others) belongs where the rows belong that it points to.

- A row cannot point to a row of another court. Whoever tries reads what they would read if there were no such
  row at all, so that nobody learns of rows by trying.
- A row never changes its court, so what was checked once holds for ever.
- On PostgreSQL, row security: who has not said a court sees nothing (see youthcourt/walls.py).
"""

from dataclasses import dataclass, field
from hashlib import sha256

from sqlalchemy import Connection, text

PREFIX = "wall_"


@dataclass
class Walled:
    """A table, and the columns of it that point to rows that belong to a court."""

    name: str
    has_court: bool
    # column, table it points to, name of the foreign key
    parents: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def columns(self) -> list[str]:
        return [*(["court_id"] if self.has_court else []), *(column for column, _table, _key in self.parents)]


def walled_tables(connection: Connection) -> list[Walled]:
    """Every table that belongs to a court, itself or by what it points to."""
    with_court, keys = _READ[connection.dialect.name](connection)
    found = {name: Walled(name, has_court=True) for name in with_court}
    for table, column, parent, key in sorted(keys):
        if parent in with_court:
            found.setdefault(table, Walled(table, has_court=False)).parents.append((column, parent, key))
    return [found[name] for name in sorted(found)]


def raise_walls(connection: Connection) -> None:
    """Make the walls what the tables ask for, and leave alone those that are so already."""
    _BUILD[connection.dialect.name](connection, walled_tables(connection))


def lower_walls(connection: Connection) -> None:
    """Take every wall down."""
    _BUILD[connection.dialect.name](connection, [])


# ---- SQLite: triggers -----------------------------------------------------------------------------

_SQLITE_COURTS = """
    SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND c.name = 'court_id'"""
_SQLITE_KEYS = """
    SELECT m.name, k."from", k."table", '' FROM sqlite_master m, pragma_foreign_key_list(m.name) k
    WHERE m.type = 'table'"""

# What SQLite says itself when a row points to nothing.
_NO_SUCH_ROW = "FOREIGN KEY constraint failed"


def _read_sqlite(connection: Connection) -> tuple[set[str], list[tuple[str, str, str, str]]]:
    courts = set(connection.execute(text(_SQLITE_COURTS)).scalars())
    return courts, [tuple(row) for row in connection.execute(text(_SQLITE_KEYS))]


def _build_sqlite(connection: Connection, tables: list[Walled]) -> None:
    wanted = {name: sql for table in tables for name, sql in _sqlite_triggers(table)}
    named = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE :like")
    standing = {name: sql for name, sql in connection.execute(named, {"like": f"{PREFIX}%"})}
    for name in standing.keys() - wanted.keys():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for name, sql in wanted.items():
        if standing.get(name) != sql:
            connection.exec_driver_sql(f'DROP TRIGGER IF EXISTS "{name}"')
            connection.exec_driver_sql(sql)


def _sqlite_triggers(table: Walled) -> list[tuple[str, str]]:
    triggers = []
    if table.parents:
        strays = "\n    OR ".join(_strays(table, "NEW"))
        for name, when in (("in", "INSERT"), ("change", f"UPDATE OF {_listed(table.columns)}")):
            body = (
                f'BEFORE {when} ON "{table.name}"\nWHEN {strays}\n'
                f"BEGIN SELECT RAISE(ABORT, '{_NO_SUCH_ROW}'); END"
            )
            triggers.append((name, body))
    if table.has_court:
        body = (
            f'BEFORE UPDATE OF court_id ON "{table.name}"\nWHEN NEW.court_id IS NOT OLD.court_id\n'
            f"BEGIN SELECT RAISE(ABORT, '{_NO_SUCH_ROW}'); END"
        )
        triggers.append(("stay", body))
    named = [(f"{PREFIX}{table.name}_{name}", body) for name, body in triggers]
    return [(name, f'CREATE TRIGGER "{name}" {body}') for name, body in named]


def _listed(columns: list[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _strays(table: Walled, row: str) -> list[str]:
    """The conditions under which a row would point to nothing, or across a wall."""
    if table.has_court:
        return [_stray(row, column, parent, f"{row}.court_id") for column, parent, _key in table.parents]
    (first, its_table, _key), *others = table.parents
    of_first = f'(SELECT p.court_id FROM "{its_table}" p WHERE p.id = {row}."{first}")'
    return [
        f'({row}."{first}" IS NOT NULL AND {of_first} IS NULL)',
        *(_stray(row, column, parent, of_first) for column, parent, _key in others),
    ]


def _stray(row: str, column: str, parent: str, court: str) -> str:
    same = f'SELECT 1 FROM "{parent}" p WHERE p.id = {row}."{column}" AND p.court_id = {court}'
    return f'({row}."{column}" IS NOT NULL AND NOT EXISTS ({same}))'


# ---- PostgreSQL: triggers and row security --------------------------------------------------------

_POSTGRESQL_COURTS = """
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
    AND a.attname = 'court_id' AND NOT a.attisdropped"""
_POSTGRESQL_KEYS = """
    SELECT c.relname, a.attname, p.relname, k.conname
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
    WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace"""
# The walls of a table are remembered, as a fingerprint, in the comment on its row security.
_POSTGRESQL_STANDING = """
    SELECT c.relname, d.description
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
    LEFT JOIN pg_description d ON d.objoid = p.oid AND d.classoid = 'pg_policy'::regclass
    WHERE p.polname = 'one_court' AND c.relnamespace = current_schema()::regnamespace"""
_POSTGRESQL_FUNCTIONS = """
    SELECT proname FROM pg_proc WHERE starts_with(proname, 'wall_')
    AND pronamespace = current_schema()::regnamespace"""

EVERY_COURT = "current_setting('youthcourt.every_court', true) = 'yes'"
THIS_COURT = "nullif(current_setting('youthcourt.court', true), '')::int"


def _read_postgresql(connection: Connection) -> tuple[set[str], list[tuple[str, str, str, str]]]:
    courts = set(connection.execute(text(_POSTGRESQL_COURTS)).scalars())
    return courts, [tuple(row) for row in connection.execute(text(_POSTGRESQL_KEYS))]


def _build_postgresql(connection: Connection, tables: list[Walled]) -> None:
    wanted = {table.name: _postgresql_walls(table) for table in tables}
    if tables:
        wanted["court"] = [
            f"DROP POLICY IF EXISTS one_court ON court; {_row_security('court', 'id = ' + THIS_COURT)}"
        ]
    prints = {name: sha256("".join(sql).encode()).hexdigest() for name, sql in wanted.items()}
    standing = dict(connection.execute(text(_POSTGRESQL_STANDING)).all())
    script = [_lowered(name) for name in standing.keys() - wanted.keys()]
    for name, sql in wanted.items():
        if standing.get(name) != prints[name]:
            script += [*sql, f"COMMENT ON POLICY one_court ON \"{name}\" IS '{prints[name]}';"]
    functions = {f"{PREFIX}{name}" for name in wanted if name != "court"}
    gone = set(connection.execute(text(_POSTGRESQL_FUNCTIONS)).scalars()) - functions
    script += [f'DROP FUNCTION "{name}"() CASCADE;' for name in sorted(gone)]
    if script:
        _run(connection, script)


def _run(connection: Connection, script: list[str]) -> None:
    """All at once: hundreds of statements would otherwise each wait for an answer."""
    connection.exec_driver_sql("\n".join(script).replace("%", "%%"))


def _lowered(table: str) -> str:
    return (
        f'DROP POLICY one_court ON "{table}";\n'
        f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;'
    )


def _postgresql_walls(table: Walled) -> list[str]:
    name = f'"{PREFIX}{table.name}"'
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $wall$\n"
        f"BEGIN\n{_postgresql_checks(table)}  RETURN NEW;\nEND $wall$;",
        f'DROP TRIGGER IF EXISTS one_court ON "{table.name}";',
        f'CREATE TRIGGER one_court BEFORE INSERT OR UPDATE OF {_listed(table.columns)} ON "{table.name}"\n'
        f"  FOR EACH ROW EXECUTE FUNCTION {name}();",
        f'DROP POLICY IF EXISTS one_court ON "{table.name}";',
        _row_security(table.name, _whose(table)),
    ]


def _postgresql_checks(table: Walled) -> str:
    """What the trigger refuses, with PostgreSQL's own words for a row that points to nothing."""
    checks = [
        (stray, column, parent, key)
        for stray, (column, parent, key) in zip(_strays(table, "NEW"), table.parents, strict=True)
    ]
    if table.has_court:
        moved = "(TG_OP = 'UPDATE' AND NEW.court_id IS DISTINCT FROM OLD.court_id)"
        checks.append((moved, "court_id", "court", f"fk_{table.name}_court_id"))
    return "".join(
        f"  IF {refused} THEN\n"
        f"    RAISE foreign_key_violation USING\n"
        f'      MESSAGE = \'insert or update on table "{table.name}" violates foreign key constraint "{key}"\',\n'
        f"      DETAIL = 'Key ({column})=(' || NEW.\"{column}\" || ') is not present in table \"{parent}\".',\n"
        f"      TABLE = '{table.name}', CONSTRAINT = '{key}', SCHEMA = TG_TABLE_SCHEMA;\n"
        f"  END IF;\n"
        for refused, column, parent, key in checks
    )


def _whose(table: Walled) -> str:
    """The condition that a row of this table is of the court that was said."""
    if table.has_court:
        return f"court_id = {THIS_COURT}"
    column, parent, _key = table.parents[0]
    ours = f'SELECT 1 FROM "{parent}" p WHERE p.id = "{table.name}"."{column}" AND p.court_id = {THIS_COURT}'
    return f'"{column}" IS NULL OR EXISTS ({ours})'


def _row_security(table: str, condition: str) -> str:
    return (
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;\n'
        f'CREATE POLICY one_court ON "{table}" USING ({condition} OR {EVERY_COURT});'
    )


_READ = {"sqlite": _read_sqlite, "postgresql": _read_postgresql}
_BUILD = {"sqlite": _build_sqlite, "postgresql": _build_postgresql}
