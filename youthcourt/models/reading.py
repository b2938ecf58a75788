"""Who looked at a case: every opening is a line of the audit trail, and too many at once are noticed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Select, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.accounts.user import User

from .audit import Audited, AuditEvent
from .base import CourtOwned, Record

OPENED = "case.opened"  # a page that shows the case
PRINTED = "case.printed"  # a paper about it
LISTED = "case.listed"  # a paper that lists a whole evening
SHOWN_APART = "safe_contact.shown"  # an address kept out of sight, to whoever asked for it
READINGS = (OPENED, PRINTED, LISTED, SHOWN_APART)

SAME_READING = timedelta(seconds=60)
PERIOD = timedelta(hours=1)


@dataclass(frozen=True)
class Reader:
    """Who looks: their account, in which roles, and how many cases an hour their court finds usual."""

    id: int
    court_id: int
    roles: tuple[str, ...]
    cases_an_hour: int

    @classmethod
    def of(cls, user: User) -> Reader:
        return cls(user.id, user.court_id, tuple(sorted(user.roles)), user.court.cases_an_hour)


@dataclass(frozen=True)
class Reading:
    """That somebody sees a case now: which case, how, and on what page."""

    case_id: int
    event: str
    page: str


def not_noted(session: Session, reader: Reader, readings: Iterable[Reading]) -> list[Reading]:
    """Those that the trail does not tell of yet. Who looks again within a minute looks once."""
    recent = select(AuditEvent.case_id, AuditEvent.event, AuditEvent.particulars).where(
        AuditEvent.court_id == reader.court_id,
        AuditEvent.by_id == reader.id,
        AuditEvent.at > clock.now() - SAME_READING,
        AuditEvent.event.in_(READINGS),
    )
    known = {_as_known(*line) for line in session.execute(recent)}
    return [
        each for each in readings if _as_known(each.case_id, each.event, {"page": each.page}) not in known
    ]


def _as_known(case_id: int | None, event: str, particulars: dict[str, str] | None) -> tuple[object, ...]:
    """Two pages of a case are one look at it; two papers are two."""
    return (case_id, event, None if event == OPENED else (particulars or {}).get("page"))


def note(session: Session, reader: Reader, readings: Iterable[Reading]) -> None:
    """Write down that somebody saw these cases, in which role, on what page."""
    for each in readings:
        session.add(
            AuditEvent(
                court_id=reader.court_id,
                at=clock.now(),
                event=each.event,
                subject="case",
                subject_id=each.case_id,
                case_id=each.case_id,
                by_id=reader.id,
                particulars={"page": each.page, "roles": list(reader.roles)},
            )
        )
    session.flush()
    UnusualReading.notice(session, reader)


class UnusualReading(CourtOwned, Audited, Record):
    """Somebody opened unusually many cases within an hour. Stands on the desk until somebody has looked."""

    reader_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    reader: Mapped[User] = relationship(foreign_keys=reader_id)
    noticed_at: Mapped[datetime]
    cases: Mapped[int]
    review: Mapped[ReadingReview | None] = relationship(back_populates="reading")

    @classmethod
    def open_ones(cls, user: User) -> Select[UnusualReading]:
        """Those of the reader's court that nobody has looked into yet, oldest first."""
        return cls.visible_to(user).where(~cls.review.has()).order_by(cls.noticed_at, cls.id)

    @classmethod
    def notice(cls, session: Session, reader: Reader) -> UnusualReading | None:
        """Raise a notice when this person has opened more cases than the court finds usual, once an hour."""
        since = clock.now() - PERIOD
        cases = session.scalar(_opened_since(reader, since)) or 0
        if cases <= reader.cases_an_hour:
            return None
        # Who reads in several windows is still noticed once.
        user = session.scalars(select(User).where(User.id == reader.id).with_for_update(key_share=True)).one()
        lately = select(cls.id).where(cls.reader_id == reader.id, cls.noticed_at > since)
        if session.scalar(lately.limit(1)):
            return None
        raised = cls(court_id=user.court_id, reader=user, noticed_at=clock.now(), cases=cases)
        session.add(raised)
        raised.record("reading.noticed", by=None, reader=user, cases=cases)
        return raised

    def why_not_review(self, by: User) -> str | None:
        if self.review:
            return _("Somebody has looked into this already.")
        if by.id == self.reader_id:
            return _("Somebody else has to look into this: it is about what you opened.")
        return None

    def look_into(self, words: str, by: User) -> None:
        """Say what the reason was, and take the notice off the desk."""
        if why_not := self.why_not_review(by):
            raise RuleBroken(why_not)
        self.review = ReadingReview(court=self.court, reviewed_at=clock.now(), words=words, by=by)
        self.record("reading.looked_into", by=by, reader=self.reader_id, words=words)


def _opened_since(reader: Reader, since: datetime) -> Select[int]:
    """How many different cases somebody opened or printed papers of since then."""
    return select(func.count(AuditEvent.case_id.distinct())).where(
        AuditEvent.court_id == reader.court_id,
        AuditEvent.by_id == reader.id,
        AuditEvent.at > since,
        AuditEvent.event.in_((OPENED, PRINTED)),
    )


class ReadingReview(CourtOwned, Record):
    """What somebody found when they looked into an unusual reading."""

    unusual_reading_id: Mapped[int] = mapped_column(ForeignKey("unusual_reading.id"), unique=True)
    reading: Mapped[UnusualReading] = relationship(back_populates="review")
    reviewed_at: Mapped[datetime]
    words: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship(foreign_keys=by_id)
