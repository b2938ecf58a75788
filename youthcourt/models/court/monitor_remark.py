"""What the adult in the room noticed, for the judge."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .hearing import Hearing


class MonitorRemark(CourtOwned, Record):
    """A remark of the adult monitor or the coordinator about one hearing, kept as it was typed."""

    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    hearing: Mapped[Hearing] = relationship(back_populates="remarks")
    text: Mapped[str]
    written_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()

    @classmethod
    def why_not_write(cls, hearing: Hearing) -> str | None:
        if hearing.case.is_closed:
            return _("This case is closed.")
        return None if hearing.is_held else _("Remarks are written once the hearing was held.")

    @classmethod
    def write(cls, hearing: Hearing, text: str, by: User) -> Self:
        """Keep a remark. Nobody changes one: what is added later is a remark of its own."""
        if why_not := cls.why_not_write(hearing):
            raise RuleBroken(why_not)
        if not text.strip():
            raise RuleBroken(_("Write what you noticed."), field="text")
        remark = cls(court=hearing.court, text=text, written_at=clock.now(), by=by)
        hearing.remarks.append(remark)
        hearing.record("hearing.remarked", by=by)
        return remark
