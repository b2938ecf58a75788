"""What every record of a court has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import CursorResult, Delete, Select, Update, select
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, object_session, relationship

from youthcourt.extensions import Base, db
from youthcourt.walls import OfOneCourt, in_every_court

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from youthcourt.models.accounts.user import User
    from youthcourt.models.court.court import Court

    Model = Base
else:
    Model = db.Model


class Record(Model):
    """A row with a number of its own."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)

    @property
    def session(self) -> Session:
        session = object_session(self)
        assert session is not None, "the record is not kept anywhere yet"
        return session


class Versioned:
    """A record that people change. Its version counts up, and nobody writes over one they have not read."""

    version: Mapped[int] = mapped_column(server_default="1")

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


class CourtOwned(OfOneCourt):
    """A record that belongs to one court and is nobody else's business."""

    @declared_attr
    def court(cls) -> Mapped[Court]:
        return relationship("Court", foreign_keys=f"{cls.__name__}.court_id")  # type: ignore[attr-defined]

    @classmethod
    def visible_to(cls, user: User) -> Select[Self]:
        return select(cls).where(cls.court_id == user.court_id)


def is_pointed_to(record: Record) -> bool:
    """Whether any row of any table points to this one."""
    record.session.flush()
    for table in record.metadata.tables.values():
        for key in table.foreign_keys:
            pointing = select(key.parent).where(key.parent == record.id).limit(1)
            if key.column.table is record.__table__ and _is_any(record.session, pointing):
                return True
    return False


def _is_any(session: Session, pointing: Select[Any]) -> bool:
    with in_every_court():  # tables know no filter; what points to a row stands in its court
        return session.execute(pointing).first() is not None


def rows_changed(session: Session, statement: Update | Delete) -> int:
    """Run a change that only one of several may win, and say how many rows it met."""
    result: Any = session.execute(statement)
    assert isinstance(result, CursorResult)
    return result.rowcount
