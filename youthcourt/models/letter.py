"""The outbox: what the court tells people, kept in the transaction that makes it true."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _

from .audit import Audited
from .base import CourtOwned, Record, Versioned
from .person import Person

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.court.docket_version import DocketVersion

    from .case import Case


class LetterKind(StrEnum):
    ACCEPTANCE = "acceptance"
    DECLINE = "decline"
    DISMISSAL = "dismissal"
    RETURN = "return"
    WITHDRAWAL = "withdrawal"
    # To the family, before its address goes.
    SEALING_NOTICE = "sealing_notice"
    DESTRUCTION_NOTICE = "destruction_notice"
    # A docket was published anew: to the family of a changed hearing, its judge, jurors with other times.
    HEARING_CHANGE = "hearing_change"
    DOCKET_CHANGE = "docket_change"
    JUROR_CHANGE = "juror_change"


class Letter(CourtOwned, Versioned, Audited, Record):
    """A letter as it was written. It waits here until it is sent or printed."""

    # What it is about: a case, or a juror's own days, or neither for a judge.
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    case: Mapped[Case | None] = relationship()
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    person: Mapped[Person | None] = relationship()
    # The publication that it tells of.
    docket_version_id: Mapped[int | None] = mapped_column(ForeignKey("docket_version.id"), index=True)
    docket_version: Mapped[DocketVersion | None] = relationship(back_populates="letters")
    kind: Mapped[LetterKind]
    to_name: Mapped[str]
    to_address: Mapped[str] = mapped_column(default="")
    subject: Mapped[str]
    body: Mapped[str]
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    written_by: Mapped[User] = relationship()
    sent_at: Mapped[datetime | None]

    def why_not_send(self) -> str | None:
        return _("This letter is sent already.") if self.sent_at else None

    def send(self, by: User) -> None:
        """It has gone out: printed and mailed, or handed over."""
        if why_not := self.why_not_send():
            raise RuleBroken(why_not)
        self.sent_at = clock.now()
        self.record("letter.sent", by=by, kind=self.kind)

    @property
    def audited_case_id(self) -> int | None:  # type: ignore[override]
        return self.case_id or (self.case.id if self.case else None)

    @classmethod
    def write(
        cls,
        about: Case | Person | None,
        kind: LetterKind,
        to_name: str,
        to_address: str,
        subject: str,
        body: str,
        by: User,
        version: DocketVersion | None = None,
    ) -> Self:
        """A letter about a case, about somebody's own days, or about a docket alone."""
        subject_of = about or version
        assert subject_of is not None, "a letter is about something"
        letter = cls(
            court=subject_of.court,
            kind=kind,
            docket_version=version,
            to_name=to_name,
            to_address=to_address,
            subject=subject,
            body=body,
            written_at=clock.now(),
            written_by=by,
        )
        if isinstance(about, Person):
            letter.person = about
        else:
            letter.case = about
        subject_of.session.add(letter)
        letter.record("letter.written", by=by, kind=kind)
        return letter
