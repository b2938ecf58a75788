"""A signed order that its judge took back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt.models.base import CourtOwned, Record

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .order import DispositionOrder


class Unsigning(CourtOwned, Record):
    """The judge took a signature back, and why. The order stays as it was, and asks for nothing any more."""

    order_id: Mapped[int] = mapped_column(ForeignKey("disposition_order.id"), unique=True)
    order: Mapped[DispositionOrder] = relationship(back_populates="unsigning")
    reason: Mapped[str]
    unsigned_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()
