"""Papers as they were handed out: the bytes themselves, which no later template changes."""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection, ForeignKey, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .order import DispositionOrder


class PaperKind(StrEnum):
    """Which paper of an order."""

    ORDER = "disposition_order"
    PLAIN_COPY = "plain_copy"


class IssuedPaper(CourtOwned, Record):
    """One paper of a signed order, byte for byte. It goes with the case when that is destroyed."""

    __table_args__ = (UniqueConstraint("order_id", "kind"),)

    order_id: Mapped[int] = mapped_column(ForeignKey("disposition_order.id"))
    order: Mapped[DispositionOrder] = relationship(back_populates="papers")
    kind: Mapped[PaperKind]
    language: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    sha256: Mapped[str]
    # The fingerprint of the certificate it was sealed with; None when the court had none.
    certificate: Mapped[str | None]
    issued_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()

    @classmethod
    def keep(
        cls,
        order: DispositionOrder,
        kind: PaperKind,
        content: bytes,
        language: str,
        by: User,
        certificate: str | None = None,
    ) -> Self:
        """Keep a paper of a signed order for good."""
        paper = cls(
            court=order.court,
            kind=kind,
            language=language,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            certificate=certificate,
            issued_at=clock.now(),
            by=by,
        )
        order.papers.append(paper)
        order.record("order.paper_issued", by=by, kind=kind, sha256=paper.sha256, certificate=certificate)
        return paper

    @property
    def is_unchanged(self) -> bool:
        return hashlib.sha256(self.content).hexdigest() == self.sha256

    def read(self) -> bytes:
        """The paper, once it is sure that it is the one that was kept."""
        if not self.is_unchanged:
            raise RuleBroken(_("This paper is not as it was kept. Please tell whoever runs this computer."))
        return self.content


@event.listens_for(IssuedPaper, "before_update")
def _stays_as_it_is(_mapper: Mapper[IssuedPaper], _connection: Connection, paper: IssuedPaper) -> None:
    raise AssertionError("a paper that was handed out is never changed")
