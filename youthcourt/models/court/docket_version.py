"""The docket of a day as it was published: numbered, frozen, and what has changed since."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.models.audit import Audited, canonical, plain
from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.letter import Letter

    from .court_session import CourtSession
    from .hearing import Hearing
    from .on_docket import OnDocket


@dataclass(frozen=True)
class DocketRow:
    """One hearing as it stands on a docket. It names no young person: a frozen row outlives their record."""

    hearing: int
    starts_at: datetime
    room: str
    judge: str
    judge_id: int
    jurors: tuple[int, ...]

    @classmethod
    def of(cls, hearing: Hearing) -> Self:
        panel = hearing.panel
        return cls(
            hearing=hearing.id,
            starts_at=hearing.block.starts_at,
            room=hearing.room.name,
            judge=hearing.judge.name,
            judge_id=hearing.judge_id or hearing.judge.id,
            jurors=tuple(sorted(seat.juror_id for seat in panel.standing)) if panel else (),
        )

    @classmethod
    def kept(cls, row: dict[str, Any]) -> Self:
        return cls(
            **{**row, "starts_at": datetime.fromisoformat(row["starts_at"]), "jurors": tuple(row["jurors"])}
        )

    def to_keep(self) -> dict[str, Any]:
        return {key: plain(list(value) if key == "jurors" else value) for key, value in asdict(self).items()}


@dataclass(frozen=True)
class DocketChange:
    """One hearing as it was published and as it stands now; None where it is not on the docket."""

    was: DocketRow | None
    now: DocketRow | None

    @property
    def hearing(self) -> int:
        row = self.now or self.was
        assert row is not None, "a change is of something"
        return row.hearing

    @property
    def what(self) -> list[str]:
        """Which of time, room and judge are other than they were; all of them where one side is missing."""
        told = ("starts_at", "room", "judge")
        return [each for each in told if getattr(self.was, each, None) != getattr(self.now, each, None)]


class DocketVersion(CourtOwned, Audited, Record):
    """What everybody may rely on: who is heard when, where and by whom, at the moment it was published."""

    __table_args__ = (UniqueConstraint("court_session_id", "number"),)

    court_session_id: Mapped[int] = mapped_column(ForeignKey("court_session.id"), index=True)
    court_session: Mapped[CourtSession] = relationship(back_populates="docket_versions")
    number: Mapped[int]
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    digest: Mapped[str]
    published_at: Mapped[datetime]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    published_by: Mapped[User] = relationship()
    letters: Mapped[list[Letter]] = relationship(back_populates="docket_version", order_by="Letter.id")

    @classmethod
    def freeze(cls, court_session: CourtSession, by: User) -> Self:
        """The docket as it stands, under the next number."""
        rows = [row.to_keep() for row in court_session.docket_rows]
        last = court_session.published
        frozen = cls(
            court=court_session.court,
            number=last.number + 1 if last else 1,
            rows=rows,
            digest=digest_of(rows),
            published_at=clock.now(),
            published_by=by,
        )
        court_session.docket_versions.append(frozen)
        return frozen

    @property
    def docket(self) -> list[DocketRow]:
        return [DocketRow.kept(row) for row in self.rows]

    @property
    def is_intact(self) -> bool:
        """Whether the rows are those that were published."""
        return self.digest == digest_of(self.rows)

    def row_of(self, hearing: OnDocket) -> DocketRow | None:
        return next((row for row in self.docket if row.hearing == hearing.id), None)


def digest_of(rows: list[dict[str, Any]]) -> str:
    return hashlib.sha256(canonical(rows).encode()).hexdigest()


def changes_between(was: list[DocketRow], now: list[DocketRow]) -> list[DocketChange]:
    """Hearing by hearing: another time, room or judge, added, taken off. By the time it is, or was, heard."""
    before, after = ({row.hearing: row for row in rows} for rows in (was, now))
    both = [DocketChange(before.get(each), after.get(each)) for each in {**before, **after}]
    changed = [change for change in both if change.what]
    return sorted(changed, key=lambda change: ((change.now or change.was).starts_at, change.hearing))  # type: ignore[union-attr]


def juror_times(rows: list[DocketRow]) -> dict[int, list[datetime]]:
    """When each juror sits, by the juror's number."""
    found: dict[int, list[datetime]] = {}
    for row in sorted(rows, key=lambda row: row.starts_at):
        for juror in row.jurors:
            times = found.setdefault(juror, [])
            if row.starts_at not in times:
                times.append(row.starts_at)
    return found
