"""The judge's answer to what a panel proposed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .deliberation import Deliberation


class SignOffAnswer(StrEnum):
    """What the judge answers to a proposed plan."""

    APPROVED = "approved"
    CHANGED = "changed"
    RETURNED = "returned"


class SignOff(CourtOwned, Record):
    """The judge's answer to what the panel proposed."""

    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"), index=True)
    deliberation: Mapped[Deliberation] = relationship(back_populates="sign_offs")
    answer: Mapped[SignOffAnswer]
    reason: Mapped[str] = mapped_column(default="")
    judge_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    judge: Mapped[User] = relationship()
    answered_at: Mapped[datetime]
