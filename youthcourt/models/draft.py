"""Words that somebody typed and has not sent yet: theirs alone, and gone with what they are about."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from sqlalchemy import ForeignKey, Index, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from youthcourt import clock
from youthcourt.models.accounts.user import User

from .base import CourtOwned, Record

KEPT_DAYS = 14
MOST_OF_ONE_PERSON = 50


class Draft(CourtOwned, Record):
    """What one person typed into one form. Nobody else ever reads it."""

    __table_args__ = (UniqueConstraint("user_id", "page"), Index("ix_draft_saved_at", "saved_at"))

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    page: Mapped[str]  # the path of the form, which names the record that it is about
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    typed: Mapped[dict[str, Any]]  # every value of every field, by the field's name
    saved_at: Mapped[datetime]

    @classmethod
    def of(cls, user: User, page: str) -> Self | None:
        return user.session.scalars(select(cls).where(cls.user_id == user.id, cls.page == page)).first()

    @classmethod
    def keep(cls, user: User, page: str, typed: dict[str, list[str]], case_id: int | None) -> Self:
        """Keep what was typed so far, in place of what was kept before."""
        draft = cls.of(user, page)
        if draft is None:
            cls._make_room(user)
            draft = cls(court_id=user.court_id, user_id=user.id, page=page, case_id=case_id)
            user.session.add(draft)
        draft.typed, draft.saved_at = typed, clock.now()
        return draft

    @classmethod
    def _make_room(cls, user: User) -> None:
        mine = select(cls.id).where(cls.user_id == user.id).order_by(cls.saved_at.desc(), cls.id.desc())
        old = user.session.scalars(mine.offset(MOST_OF_ONE_PERSON - 1)).all()
        if old:
            user.session.execute(delete(cls).where(cls.id.in_(old)))

    @classmethod
    def forget(cls, user: User, page: str) -> None:
        """The form was carried out, or its words are not wanted any more."""
        user.session.execute(delete(cls).where(cls.user_id == user.id, cls.page == page))

    @classmethod
    def forget_page(cls, session: Session, page: str) -> None:
        """Nobody can send this form any more, whoever began it."""
        session.execute(delete(cls).where(cls.page == page))

    @classmethod
    def forget_case(cls, user: User, case_id: int) -> None:
        """This case is no longer any of their business."""
        user.session.execute(delete(cls).where(cls.user_id == user.id, cls.case_id == case_id))

    @classmethod
    def sweep(cls, session: Session) -> None:
        """Nobody came back for these."""
        session.execute(delete(cls).where(cls.saved_at < clock.now() - timedelta(days=KEPT_DAYS)))
