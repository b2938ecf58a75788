"""Judges and interpreters come, too. That jurors and families have come is said where they are kept."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt.errors import RuleBroken
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .court_session import CourtSession
    from .hearing import Hearing

_JUDGE, _INTERPRETER = text("judge_id IS NOT NULL"), text("hearing_id IS NOT NULL")


class Arrival(CourtOwned, Audited, Record):
    """A judge has come to a day, or an interpreter for one hearing of it."""

    __table_args__ = (
        Index(
            "uq_arrival_judge",
            "court_session_id",
            "judge_id",
            unique=True,
            sqlite_where=_JUDGE,
            postgresql_where=_JUDGE,
        ),
        Index(
            "uq_arrival_interpreter",
            "court_session_id",
            "hearing_id",
            unique=True,
            sqlite_where=_INTERPRETER,
            postgresql_where=_INTERPRETER,
        ),
    )

    court_session_id: Mapped[int] = mapped_column(ForeignKey("court_session.id"))
    court_session: Mapped[CourtSession] = relationship()
    # Either the judge or the hearing that the interpreter came for.
    judge_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    judge: Mapped[User | None] = relationship(foreign_keys=judge_id)
    hearing_id: Mapped[int | None] = mapped_column(ForeignKey("hearing.id"), index=True)
    hearing: Mapped[Hearing | None] = relationship()
    came_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship(foreign_keys=by_id)

    @property
    def audited_case_id(self) -> int | None:  # type: ignore[override]
        return self.hearing.case_id if self.hearing else None

    @classmethod
    def find(cls, day: CourtSession, judge: User | None, hearing: Hearing | None) -> Self | None:
        whose = cls.judge_id == judge.id if judge else cls.hearing_id == hearing.id if hearing else None
        assert whose is not None, "an arrival is a judge's or an interpreter's"
        return day.session.scalars(select(cls).where(cls.court_session_id == day.id, whose)).first()

    @classmethod
    def note(
        cls, day: CourtSession, by: User, judge: User | None = None, hearing: Hearing | None = None
    ) -> None:
        """They have come. Saying it twice changes nothing."""
        if why_not := day.why_not_check_in():
            raise RuleBroken(why_not)
        if cls.find(day, judge, hearing):
            return
        came = cls(court=day.court, court_session=day, judge=judge, hearing=hearing, by=by)
        came.came_at = day.happened_at()
        day.session.add(came)
        came.record("arrival.noted", by=by, judge=judge)

    @classmethod
    def take_back(
        cls, day: CourtSession, by: User, judge: User | None = None, hearing: Hearing | None = None
    ) -> None:
        """It was ticked by mistake."""
        if why_not := day.why_not_check_in():
            raise RuleBroken(why_not)
        if came := cls.find(day, judge, hearing):
            came.record("arrival.undone", by=by, judge=judge)
            day.session.delete(came)
