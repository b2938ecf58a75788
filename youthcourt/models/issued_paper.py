"""Papers as they were handed out: the bytes themselves, which no later template changes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, ForeignKey, UniqueConstraint, event, inspect, select
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record
from youthcourt.walls import in_every_court

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .case import Case
    from .decision.order import DispositionOrder


class PaperKind(StrEnum):
    """The two papers of an order."""

    ORDER = "disposition_order"
    PLAIN_COPY = "plain_copy"


class PaperState(StrEnum):
    """How a paper stands that somebody holds in their hands."""

    GENUINE = "genuine"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


STATE_OF_PAPER_WORDS = {
    PaperState.GENUINE: _l("Genuine"),
    PaperState.REPLACED: _l("Replaced by a newer one"),
    PaperState.WITHDRAWN: _l("Withdrawn"),
}


@dataclass(frozen=True)
class Told:
    """What anybody may know of a paper: no name, and nothing that leads to one."""

    kind: str
    state: PaperState
    court: str
    issued_on: date
    sha256: str
    is_sealed: bool


class IssuedPaper(Audited, CourtOwned, Record):
    """One paper that was handed out, byte for byte. It goes with the case or the person it is about.

    `record_id` is the number of the record that its kind is made of: an order, a case, a letter. `number`
    counts the papers of one kind, record and language; the last one stands. `facts_digest` is that of the
    facts it was made from, and `code` what it carries for whoever wants to know whether it is genuine.
    """

    __table_args__ = (UniqueConstraint("kind", "record_id", "language", "number"), UniqueConstraint("code"))

    kind: Mapped[str]
    record_id: Mapped[int]
    language: Mapped[str]
    number: Mapped[int]
    facts_digest: Mapped[str] = mapped_column(default="")
    code: Mapped[str | None]
    order_id: Mapped[int | None] = mapped_column(
        ForeignKey("disposition_order.id", ondelete="CASCADE"), index=True
    )
    order: Mapped[DispositionOrder | None] = relationship(back_populates="papers")
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    case: Mapped[Case | None] = relationship()
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    content: Mapped[bytes] = mapped_column(deferred=True)
    sha256: Mapped[str]
    # The fingerprint of the certificate it was sealed with; None when the court had none.
    certificate: Mapped[str | None]
    issued_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()
    withdrawal: Mapped[PaperWithdrawal | None] = relationship(back_populates="paper", lazy="joined")

    # Lists

    @classmethod
    def all_of(cls, session: Session, court_id: int, kind: str, record_id: int) -> list[Self]:
        """Every paper of one kind that was handed out about one record, the first one first."""
        found = select(cls).where(cls.court_id == court_id, cls.kind == kind, cls.record_id == record_id)
        return list(session.scalars(found.order_by(cls.number, cls.id)).unique())

    @classmethod
    def last_of(
        cls, session: Session, court_id: int, kind: str, record_id: int, language: str
    ) -> Self | None:
        """The one that stands, or stood until it was withdrawn."""
        papers = cls.all_of(session, court_id, kind, record_id)
        return next((each for each in reversed(papers) if each.language == language), None)

    @classmethod
    def told(cls, session: Session, code: str) -> Told | None:
        """What anybody may know who holds the paper with this code. Of what is sealed, nothing."""
        with in_every_court():  # the code says which court
            paper = session.scalars(select(cls).where(cls.code == code)).unique().first()
            if paper is None:
                return None
            return Told(
                kind=paper.kind,
                state=paper.state,
                court=paper.court.name,
                issued_on=paper.issued_at.astimezone(ZoneInfo(paper.court.time_zone)).date(),
                sha256=paper.sha256,
                is_sealed=paper.certificate is not None,
            )

    # Keeping

    @classmethod
    def keep(
        cls,
        order: DispositionOrder,
        kind: PaperKind,
        content: bytes,
        language: str,
        by: User,
        code: str | None = None,
        certificate: str | None = None,
    ) -> Self:
        """Keep a paper of a signed order for good."""
        paper = cls(
            **_fixed(content, clock.now()),
            court=order.court,
            kind=kind,
            record_id=order.id,
            number=1,
            language=language,
            code=code,
            case=order.case,
            certificate=certificate,
            by=by,
        )
        order.papers.append(paper)
        order.record("order.paper_issued", by=by, kind=kind, sha256=paper.sha256, certificate=certificate)
        return paper

    @classmethod
    def hand_out(cls, session: Session, facts: Mapping[str, Any], content: bytes, by_id: int) -> None:
        """Keep a paper that somebody has just printed, unless the very same was kept in the meantime."""
        if session.scalar(select(cls.id).where(cls.code == facts["code"])) is not None:
            return
        paper = cls(**facts, **_fixed(content, clock.now()), by_id=by_id)
        session.add(paper)
        session.flush()
        paper.record("paper.issued", by=paper.by, kind=paper.kind, sha256=paper.sha256)

    # Questions

    @property
    def audited_case_id(self) -> int | None:  # type: ignore[override]
        return self.case_id

    @property
    def is_unchanged(self) -> bool:
        return hashlib.sha256(self.content).hexdigest() == self.sha256

    def read(self) -> bytes:
        """The paper, once it is sure that it is the one that was kept."""
        if not self.is_unchanged:
            raise RuleBroken(_("This paper is not as it was kept. Please tell whoever runs this computer."))
        return self.content

    @property
    def state(self) -> PaperState:
        """Whether it stands, another took its place, or it was taken back."""
        if self.withdrawal or (self.order and self.order.is_withdrawn):
            return PaperState.WITHDRAWN
        return PaperState.REPLACED if self._has_successor else PaperState.GENUINE

    @property
    def _has_successor(self) -> bool:
        if self.order:
            return self.order.case.order is not self.order
        cls = type(self)
        later = select(cls.id).where(
            cls.kind == self.kind,
            cls.record_id == self.record_id,
            cls.language == self.language,
            cls.number > self.number,
        )
        return self.session.scalar(later.limit(1)) is not None

    def why_not_withdraw(self) -> str | None:
        if self.order:
            return _("A paper of an order is withdrawn with its order: the judge takes that back.")
        if self.state is not PaperState.GENUINE:
            return _("This paper does not stand any more.")
        return None

    def withdraw(self, reason: str, by: User) -> None:
        """Take a paper back: whoever checks its code is told so."""
        if why_not := self.why_not_withdraw():
            raise RuleBroken(why_not)
        self.withdrawal = PaperWithdrawal(court=self.court, reason=reason, withdrawn_at=clock.now(), by=by)
        self.record("paper.withdrawn", by=by, kind=self.kind, reason=reason)


class PaperWithdrawal(CourtOwned, Record):
    """Somebody took a paper back, and why. The paper itself stays as it was handed out."""

    paper_id: Mapped[int] = mapped_column(ForeignKey("issued_paper.id"), unique=True)
    paper: Mapped[IssuedPaper] = relationship(back_populates="withdrawal")
    reason: Mapped[str]
    withdrawn_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()


def _fixed(content: bytes, at: datetime) -> dict[str, Any]:
    return {"content": content, "sha256": hashlib.sha256(content).hexdigest(), "issued_at": at}


@event.listens_for(IssuedPaper, "before_update")
def _stays_as_it_is(mapper: Mapper[IssuedPaper], _connection: Connection, paper: IssuedPaper) -> None:
    kept = inspect(paper).attrs  # a withdrawal that now points to it changes nothing of it
    if any(kept[column.key].history.has_changes() for column in mapper.column_attrs):
        raise AssertionError("a paper that was handed out is never changed")
