"""The lists that a court keeps for itself: offences, activities, schools and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record, Versioned, is_pointed_to

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .court import Court


def put(record: Any, facts: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write facts into a record. What really changed, as it was and as it is now."""
    now = {key: value for key, value in facts.items() if getattr(record, key) != value}
    was = {key: getattr(record, key) for key in now}
    for key, value in now.items():
        setattr(record, key, value)
    return was, now


class CourtList(CourtOwned, Versioned, Audited, Record):
    """A row of one of the lists that the court keeps for itself."""

    __abstract__ = True

    name: Mapped[str]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def add(cls, court: Court, by: User | None, **facts: Any) -> Self:
        """Put a row on the list."""
        cls._check_name(court, facts["name"])
        row = cls(court=court, **facts)
        court.session.add(row)
        row.record(f"{cls.__tablename__}.added", by=by, **facts)
        return row

    def change(self, by: User | None, **facts: Any) -> None:
        """Change what the row says, everywhere it is named."""
        self._check_name(self.court, facts["name"], but=self.id)
        was, now = put(self, facts)
        if now:
            self.record(f"{self.__tablename__}.changed", by=by, was=was, now=now)

    def why_not_remove(self) -> str | None:
        """A row that anything points to stays, so that old records keep their meaning."""
        return _("Records of this court use it, so it stays on the list.") if is_pointed_to(self) else None

    def remove(self, by: User | None) -> None:
        """Take a row that nothing points to off the list."""
        if why_not := self.why_not_remove():
            raise RuleBroken(why_not)
        self.record(f"{self.__tablename__}.removed", by=by, name=self.name)
        self.session.delete(self)

    @classmethod
    def _check_name(cls, court: Court, name: str, but: int | None = None) -> None:
        same = select(cls.id).where(cls.court_id == court.id, func.lower(cls.name) == name.lower())
        if any(found != but for found in court.session.scalars(same)):
            raise RuleBroken(_("The list has this name already."), field="name")
