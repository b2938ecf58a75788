"""What every record of a court has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import CursorResult, Delete, Select, Update, select
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, object_session, relationship

from youthcourt.extensions import Base, db
from youthcourt.walls import OfOneCourt

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from .court import Court
    from .user import User

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


def rows_changed(session: Session, statement: Update | Delete) -> int:
    """Run a change that only one of several may win, and say how many rows it met."""
    result: Any = session.execute(statement)
    assert isinstance(result, CursorResult)
    return result.rowcount
