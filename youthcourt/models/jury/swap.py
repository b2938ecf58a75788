"""A booked day that a juror would like to give away, and who comes instead."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey, Index, Select, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record, Versioned
from youthcourt.permissions import Role

from .juror import Juror, Sitting

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User


class SwapState(StrEnum):
    """How far a swap is."""

    ASKED = "asked"  # everybody who may come instead sees it, without a name
    ANSWERED = "answered"  # somebody would come for another day; who asked has to say yes
    AGREED = "agreed"  # both said yes, but seats are drawn already: the coordinator decides
    DONE = "done"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


NEXT_SWAP_STATES: dict[SwapState, frozenset[SwapState]] = {
    SwapState.ASKED: frozenset({SwapState.ANSWERED, SwapState.AGREED, SwapState.DONE, SwapState.WITHDRAWN}),
    SwapState.ANSWERED: frozenset({SwapState.ASKED, SwapState.AGREED, SwapState.DONE, SwapState.WITHDRAWN}),
    SwapState.AGREED: frozenset({SwapState.DONE, SwapState.WITHDRAWN, SwapState.REFUSED}),
    SwapState.DONE: frozenset(),
    SwapState.WITHDRAWN: frozenset(),
    SwapState.REFUSED: frozenset(),
}
OPEN_STATES = (SwapState.ASKED, SwapState.ANSWERED, SwapState.AGREED)

SWAP_WORDS = {
    SwapState.ASKED: _l("Looking for somebody"),
    SwapState.ANSWERED: _l("Somebody answered"),
    SwapState.AGREED: _l("The court office decides"),
    SwapState.DONE: _l("Swapped"),
    SwapState.WITHDRAWN: _l("Taken back"),
    SwapState.REFUSED: _l("Not possible"),
}

_OPEN = text("state IN ('asked', 'answered', 'agreed')")


class Swap(CourtOwned, Versioned, Audited, Record):
    """One juror asks somebody to come instead of them on a day they are booked for."""

    __table_args__ = (
        Index("uq_swap", "sitting_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), index=True)
    sitting: Mapped[Sitting] = relationship(foreign_keys=sitting_id)
    asked_at: Mapped[datetime]
    state: Mapped[SwapState] = mapped_column(default=SwapState.ASKED)
    # Whoever answered, and the day they give in exchange, if they do.
    taker_id: Mapped[int | None] = mapped_column(ForeignKey("juror.id"), index=True)
    taker: Mapped[Juror | None] = relationship(foreign_keys=taker_id)
    given_id: Mapped[int | None] = mapped_column(ForeignKey("sitting.id"), index=True)
    given: Mapped[Sitting | None] = relationship(foreign_keys=given_id)
    settled_at: Mapped[datetime | None]

    # Lists

    @classmethod
    def of_juror(cls, user: User) -> Select[Self]:
        """The swaps in which the juror who asks takes part: they asked, or they answered."""
        person = user.person_id if Role.JUROR in user.roles else None
        asked = cls.sitting.has(Sitting.juror.has(Juror.person_id == person))
        return select(cls).where(
            cls.court_id == user.court_id, or_(asked, cls.taker.has(Juror.person_id == person))
        )

    @classmethod
    def open_in(cls, user: User) -> Select[Self]:
        """The swaps of the reader's court that look for somebody."""
        return select(cls).where(cls.court_id == user.court_id, cls.state == SwapState.ASKED)

    @classmethod
    def to_decide(cls, user: User) -> Select[Self]:
        """The swaps that wait for a coordinator."""
        return cls.visible_to(user).where(cls.state == SwapState.AGREED).order_by(cls.id)

    # Questions

    @property
    def asker(self) -> Juror:
        return self.sitting.juror

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_exchange(self) -> bool:
        return self.given_id is not None

    # Verbs

    @classmethod
    def ask(cls, sitting: Sitting, by: User) -> Self:
        asked = cls(court=sitting.court, sitting=sitting, asked_at=clock.now(), state=SwapState.ASKED)
        sitting.session.add(asked)
        asked.record("swap.asked", by=by, held_on=sitting.court_session.held_on)
        return asked

    def _go_to(self, state: SwapState) -> None:
        if state not in NEXT_SWAP_STATES[self.state]:
            raise RuleBroken(_("This swap has gone on meanwhile. Look at your sittings again."))
        self.state = state
        if not self.is_open:
            self.settled_at = clock.now()

    def answer(self, taker: Juror, given: Sitting, by: User) -> None:
        """Somebody would come, if the other comes on a day of theirs."""
        self._go_to(SwapState.ANSWERED)
        self.taker, self.given = taker, given
        self.record("swap.answered", by=by, juror=taker.id)

    def turn_down(self, by: User) -> None:
        """Who asked does not want that exchange, or who answered takes it back: look for somebody else."""
        self._go_to(SwapState.ASKED)
        self.taker = self.given = None
        self.record("swap.turned_down", by=by)

    def agree(self, taker: Juror, by: User) -> None:
        """Both want it, and a coordinator has to say yes, because seats are drawn."""
        self._go_to(SwapState.AGREED)
        self.taker = taker
        self.record("swap.agreed", by=by, juror=taker.id)

    def finish(self, taker: Juror, by: User) -> None:
        self._go_to(SwapState.DONE)
        self.taker = taker
        self.record("swap.done", by=by, juror=taker.id)

    def withdraw(self, by: User | None) -> None:
        """The day is kept after all, or is no longer theirs to give."""
        self._go_to(SwapState.WITHDRAWN)
        self.record("swap.withdrawn", by=by)

    def refuse(self, reason: str, by: User) -> None:
        self._go_to(SwapState.REFUSED)
        self.record("swap.refused", by=by, reason=reason)
