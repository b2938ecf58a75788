"""What a step of a stage wrote, kept as rows: taken again on the same stage, it is put back and not walked.

A step is a function that brings records to where a test begins. What it makes depends on what is in the
database, on what it is told and on the hour. While all three are known to be the same as before, its rows are
written as they were then, in a tenth of the time. Whoever changes anything in any other way than by a step
ends that knowledge, and every further step is taken on foot, until the database is emptied and begun anew.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum
from functools import wraps
from itertools import count
from types import SimpleNamespace

from sqlalchemy import and_, bindparam, delete, event, insert, inspect, select, text, update
from sqlalchemy.engine import Engine

from tests.database import in_hand, with_rows
from youthcourt import clock
from youthcourt.extensions import Base, db

_PLAIN = (type(None), str, int, float, bytes, date, time, timedelta, Enum)
_HARMLESS = ("SELECT", "PRAGMA", "SAVEPO", "RELEAS", "BEGIN", "SHOW")
# The trail refuses to be altered: a step that alters it is always walked.
_ONLY_GROWS = "audit_event"

_BE_QUIET = {
    "sqlite": "PRAGMA defer_foreign_keys=ON",
    "postgresql": "SET LOCAL session_replication_role = replica",
}

_is_on = ContextVar("is_on", default=False)  # where nobody asked for it, every step is walked
_numbers = count(1)
_stage = None  # the stage on which the database at hand is known to stand: its address and a number
_walked = set()  # steps taken once: most are never taken again, and keeping them is not worth it
_kept = {}


class NotPlain(Exception):
    """Something that cannot be told again in another session."""


@dataclass
class Kept:
    """What a step did to each table, what it returned, and the stage that it leads to."""

    changes: dict
    told: object
    leads_to: tuple


@contextmanager
def steps_kept():
    """Inside, a step may be put back. What it made is then as a later request would load it."""
    token = _is_on.set(True)
    try:
        yield
    finally:
        _is_on.reset(token)


def step(build):
    """A function that makes records, taken on foot twice at most and put back from then on."""

    @wraps(build)
    def taken(*args, **kwargs):
        key = _key(build, args, kwargs)
        if key is None:
            return build(*args, **kwargs)
        if kept := _kept.get(key):
            stand_on(kept.leads_to, kept.changes)
            return _recalled(kept.told)
        if key not in _walked:
            _walked.add(key)
            return build(*args, **kwargs)
        return _keep(key, lambda: build(*args, **kwargs))

    return taken


def stage(name):
    """The stage of this name, on the database at hand."""
    return (_address(), name)


def stand_on(a_stage, changes=None):
    """The database at hand stands on this stage now, once these changes are made."""
    global _stage
    db.session.commit()
    if changes:
        with in_hand().begin() as connection:
            _write(connection, changes)
        db.session.expire_all()
    _stage = a_stage


def rows():
    """Everything that is kept, by table and key."""
    db.session.commit()
    with in_hand().connect() as connection:
        names = set(with_rows(connection))
        tables = [table for table in Base.metadata.sorted_tables if table.name in names]
        return {table: _by_key(table, connection.execute(select(table))) for table in tables}


def difference(before, after):
    """What was added, altered and removed in each table."""
    changes = {}
    for table in Base.metadata.sorted_tables:
        old, new = before.get(table, {}), after.get(table, {})
        if old != new:
            added = [row for key, row in new.items() if key not in old]
            altered = [row for key, row in new.items() if key in old and old[key] != row]
            removed = [row for key, row in old.items() if key not in new]
            changes[table] = (added, altered, removed)
    return changes


@event.listens_for(Engine, "before_cursor_execute")
def _forget_where_we_are(_connection, _cursor, statement, *_rest):
    global _stage
    if _stage and not statement.startswith(_HARMLESS):
        _stage = None


def _address():
    return db.engine.url.render_as_string(hide_password=False)


def _key(build, args, kwargs):
    """Under what a step is kept; nothing when it is not known on what it stands, or what it takes."""
    if not _is_on.get() or _stage is None or db.session().in_nested_transaction():
        return None
    db.session.flush()
    if _stage is None or _stage[0] != _address():
        return None
    try:
        return _stage, build.__module__, build.__qualname__, clock.now(), _frozen((args, kwargs))
    except NotPlain:
        return None


def _keep(key, build):
    before = rows()
    made = build()
    changes = difference(before, rows())
    _added, altered, removed = changes.get(Base.metadata.tables[_ONLY_GROWS], ((), (), ()))
    try:
        if not (altered or removed):
            leads_to = (key[0][0], next(_numbers))
            _kept[key] = Kept(changes, _frozen(made), leads_to)
            stand_on(leads_to)
    except NotPlain:
        pass
    return made


def _by_key(table, found):
    names = [column.name for column in table.primary_key]
    return {tuple(row[name] for name in names): dict(row) for row in found.mappings()}


def _write(connection, changes):
    """Nobody points and nobody refuses meanwhile. Sequences go on behind the last row."""
    on_postgresql = connection.dialect.name == "postgresql"
    connection.execute(text(_BE_QUIET[connection.dialect.name]))
    for table, (added, altered, removed) in changes.items():
        keys = [column.name for column in table.primary_key]
        its_row = and_(*(table.c[name] == bindparam(f"its_{name}") for name in keys))
        if removed:
            connection.execute(delete(table).where(its_row), [_pointing(keys, row) for row in removed])
        if altered:
            to = {name: bindparam(name) for name in table.c.keys() if name not in keys}  # noqa: SIM118
            connection.execute(
                update(table).where(its_row).values(to), [row | _pointing(keys, row) for row in altered]
            )
        if added:  # last: of some rows only one may be so at a time, and the old one makes room first
            connection.execute(insert(table), added)
    last = {
        table: max(row["id"] for row in added)
        for table, (added, *_) in changes.items()
        if added and "id" in table.c
    }
    if on_postgresql and last:
        goes_on = (
            f"setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), {last[table]})" for table in last
        )
        connection.execute(text(f"SELECT {', '.join(goes_on)}"))


def _pointing(keys, row):
    return {f"its_{name}": row[name] for name in keys}


# Records and plain values, told so that they can be compared, and found again


def _frozen(value):
    if isinstance(value, _PLAIN):
        return type(value), value
    if isinstance(value, db.Model):
        return _frozen_record(value)
    if isinstance(value, (list, tuple)):
        return type(value), *map(_frozen, value)
    if isinstance(value, dict):
        return dict, *((_frozen(name), _frozen(each)) for name, each in value.items())
    if isinstance(value, SimpleNamespace):
        return SimpleNamespace, _frozen(vars(value))
    raise NotPlain(type(value))


def _frozen_record(record):
    found = inspect(record)
    if found.session is not db.session() or not found.persistent:
        raise NotPlain(record)
    return type(record), found.identity


def _recalled(told):
    kind, *parts = told
    if issubclass(kind, db.Model):
        return db.session.get_one(kind, parts[0])
    if issubclass(kind, (list, tuple)):
        return kind(map(_recalled, parts))
    if kind is dict:
        return {_recalled(name): _recalled(each) for name, each in parts}
    if kind is SimpleNamespace:
        return SimpleNamespace(**_recalled(parts[0]))
    return parts[0]
