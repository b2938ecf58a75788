"""A stage that the verbs build once, and that later tests get back as rows, in a fifth of the time."""

from types import SimpleNamespace

from sqlalchemy import insert, select, text

from tests import make
from tests.cast import cast_of
from tests.database import in_hand
from youthcourt.extensions import Base, db
from youthcourt.models import Court, Juror, User

# By the kind of database and the name of the stage: what stood in every table.
_rows = {}


def the_court():
    """The court that make.court() makes, at the hour at which the tests live."""
    _put_back("court", make.court)
    return _only(Court)


def the_court_with_its_cast():
    """The same with the people of cast_of()."""
    _put_back("cast", lambda: cast_of(make.court()))
    court = _only(Court)
    return SimpleNamespace(
        court=court,
        **{name: _named(name) for name in ("cora", "judy", "ada")},
        jurors=list(db.session.scalars(select(Juror).order_by(Juror.id))),
    )


def _only(model):
    return db.session.scalars(select(model)).one()


def _named(name):
    return db.session.scalars(select(User).where(User.email.startswith(f"{name}."))).one()


def _put_back(stage, build):
    key = (db.engine.dialect.name, stage)
    db.session.commit()
    if key in _rows:
        with in_hand().begin() as connection:
            _write(connection, _rows[key])
        return
    build()
    db.session.commit()
    with in_hand().begin() as connection:
        found = {table: connection.execute(select(table)).all() for table in Base.metadata.sorted_tables}
    _rows[key] = {table: [row._asdict() for row in rows] for table, rows in found.items() if rows}
    db.session.expire_all()


def _write(connection, rows_of):
    """Sequences go on where they were when the stage was built."""
    on_postgresql = connection.dialect.name == "postgresql"
    connection.execute(
        text(
            "SET LOCAL session_replication_role = replica"
            if on_postgresql
            else "PRAGMA defer_foreign_keys=ON"
        )
    )
    for table, rows in rows_of.items():
        connection.execute(insert(table), rows)
    if on_postgresql:
        goes_on = (
            f"setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), {max(row['id'] for row in rows)})"
            for table, rows in rows_of.items()
            if "id" in table.c
        )
        connection.execute(text(f"SELECT {', '.join(goes_on)}"))
