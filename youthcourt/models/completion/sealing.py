"""Sealed records: for everybody but a named few they are as if they had never been.

The condition stands here once. It is put under every question that the session asks, whatever it joins,
counts or loads, so that no list can forget it. Which tables tell of a case follows from their foreign keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, ColumnElement, ForeignKey, Index, Table, event, inspect, select, text, true
from sqlalchemy import literal_column as sql
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column, relationship, with_loader_criteria

from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.case import Case
    from youthcourt.models.jury.juror import Juror
    from youthcourt.models.person import Person

    from .retention import RetentionRule

_STANDS = text("unsealed_at IS NULL")


class Sealing(CourtOwned, Audited, Record):
    """A case was sealed: by whom, when, by which rule and why; and who opened it again, if somebody did."""

    __table_args__ = (
        Index("uq_sealing", "case_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    case: Mapped[Case] = relationship()
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("retention_rule.id"))
    rule: Mapped[RetentionRule | None] = relationship()
    reason: Mapped[str]
    sealed_at: Mapped[datetime]
    sealed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    sealed_by: Mapped[User] = relationship(foreign_keys=sealed_by_id)
    # The row of figures that counts in the case's place.
    figure_id: Mapped[int | None]
    unsealed_at: Mapped[datetime | None]
    unsealed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    unsealed_by: Mapped[User | None] = relationship(foreign_keys=unsealed_by_id)
    unseal_reason: Mapped[str] = mapped_column(default="")
    people: Mapped[list[SealedPerson]] = relationship(back_populates="sealing", cascade="all, delete-orphan")

    @property
    def audited_case_id(self) -> int:  # type: ignore[override]
        return self.case_id or self.case.id


class SealedPerson(CourtOwned, Record):
    """Somebody whom the court knows only through what is sealed."""

    sealing_id: Mapped[int] = mapped_column(ForeignKey("sealing.id"), index=True)
    sealing: Mapped[Sealing] = relationship(back_populates="people")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    person: Mapped[Person] = relationship()
    # Who only ever sat because the plan asked for it: the juror's seats are a stand-in's while this lasts.
    juror_id: Mapped[int | None] = mapped_column(ForeignKey("juror.id"))
    juror: Mapped[Juror | None] = relationship()


# Leaving it out of every question

_seeing: ContextVar[bool] = ContextVar("seeing_sealed", default=False)


@contextmanager
def seeing_sealed(really: bool = True) -> Iterator[None]:
    """Questions asked inside find sealed records too: for the pages of the named few, and for the clock."""
    token = _seeing.set(really)
    try:
        yield
    finally:
        _seeing.reset(token)


def way_to_case(table: Table) -> tuple[Column[Any], ...] | None:
    """The columns that lead from a row of this table to the case it tells of; None when it tells of none."""
    if table.name == "case":
        return (table.c.id,)
    if "case_id" in table.c:
        return (table.c.case_id,)
    ways = [
        (key.parent, *onward)
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if not key.parent.nullable
        and key.column.table is not table
        and key.column.table.name not in _NO_CASE
        and (onward := way_to_case(key.column.table))
    ]
    return min(ways, key=len, default=None)


# Nothing leads from these to one case, and the search for a way would walk in circles through them.
_NO_CASE = {"court", "user", "person", "juror", "sanction_activity", "retention_rule"}


def ways_to_person(table: Table) -> list[Column[Any]]:
    """The columns that say whom a row is about, where it would tell of somebody who is sealed."""
    if table.name == "person":
        return [table.c.id]
    if table.name not in ("guardianship", "tie", "user", "letter", "issued_paper"):
        return []
    return [key.parent for key in table.foreign_keys if key.column.table.name == "person"]


def _tells_of_sealed_case(entity: Any, way: tuple[Column[Any], ...]) -> ColumnElement[bool]:
    sealing = Sealing.__table__.alias()
    first, *onward = way
    found: Any = select(sql("1")).where(sealing.c.unsealed_at.is_(None)).correlate(entity)
    here: Any = _attribute(entity, first)
    for column in onward:
        passed = column.table.alias()
        found = found.where(passed.c.id == here)
        here = passed.c[column.name]
    there: ColumnElement[bool] = found.where(sealing.c.case_id == here).exists()
    return there


def _is_sealed_person(entity: Any, column: Column[Any]) -> ColumnElement[bool]:
    people = SealedPerson.__table__.alias()
    return select(sql("1")).where(people.c.person_id == _attribute(entity, column)).correlate(entity).exists()


def _names_sealed_respondent(entity: Any, table: Table) -> ColumnElement[bool]:
    """A co-respondent whose own case is sealed stands in the other's case no longer."""
    sealing, cases = Sealing.__table__.alias(), table.metadata.tables["case"].alias()
    return (
        select(sql("1"))
        .where(cases.c.respondent_id == _attribute(entity, table.c.person_id))
        .where(sealing.c.case_id == cases.c.id, sealing.c.unsealed_at.is_(None))
        .correlate(entity)
        .exists()
    )


def _attribute(entity: Any, column: Column[Any]) -> Any:
    return getattr(entity, inspect(entity).mapper.get_property_by_column(column).key)


@cache
def _ways_of(table: Table) -> tuple[tuple[Column[Any], ...] | None, tuple[Column[Any], ...]]:
    return way_to_case(table), tuple(ways_to_person(table))


def not_sealed(entity: Any) -> ColumnElement[bool]:
    """The condition that a row tells of nothing and nobody that is sealed."""
    seen = inspect(entity, raiseerr=False)
    if seen is None:  # SQLAlchemy tries it on the class that all have in common
        return true()
    table = seen.mapper.local_table
    way, people = _ways_of(table)
    told = [_is_sealed_person(entity, column) for column in people]
    if way:
        told.append(_tells_of_sealed_case(entity, way))
    if table.name == "companion":
        told.append(_names_sealed_respondent(entity, table))
    shown: ColumnElement[bool] = true()
    for each in told:
        shown = shown & ~each
    return shown


_leaving_out = with_loader_criteria(
    CourtOwned,
    lambda entity: not_sealed(entity),
    include_aliases=True,
    propagate_to_loaders=False,  # each load asks anew, so nothing remembers what somebody else might see
    track_closure_variables=False,
)


@event.listens_for(Session, "do_orm_execute")
def leave_out_sealed(state: ORMExecuteState) -> None:
    """Every question of every session; those of the named few say so by `seeing_sealed()`."""
    if state.is_select and not state.is_column_load and not _seeing.get():
        state.statement = state.statement.options(_leaving_out)
