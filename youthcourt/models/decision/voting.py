"""Secret votes: who has voted, and how many agreed. How somebody voted is kept nowhere."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint, delete, false, func, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt.errors import ChangedMeanwhile, RuleBroken
from youthcourt.i18n import _
from youthcourt.models.base import CourtOwned, Record, rows_changed

from .worksheet import FEWEST_TOLD

if TYPE_CHECKING:
    from youthcourt.models.jury.panel import Seat

    from .deliberation import Deliberation


class RoundState(StrEnum):
    """Where one round of votes stands."""

    OPEN = "open"
    COUNTED = "counted"
    # The plan or the panel changed while it went on. Nothing of it is kept but that it was begun.
    OVERTAKEN = "overtaken"


class VotingRound(CourtOwned, Record):
    """One secret vote on the plan as it stood, by those who sat then: two counts and no choices.

    No moment, no version and no row of its own belongs to a vote, so that nothing can be put beside it.
    """

    __table_args__ = (UniqueConstraint("deliberation_id", "number"),)

    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"))
    deliberation: Mapped[Deliberation] = relationship(back_populates="rounds")
    number: Mapped[int]
    revision: Mapped[int]
    seated: Mapped[int]
    needed: Mapped[int]
    agreeing: Mapped[int] = mapped_column(default=0)
    not_yet: Mapped[int] = mapped_column(default=0)
    state: Mapped[RoundState] = mapped_column(default=RoundState.OPEN)
    on_paper: Mapped[bool] = mapped_column(default=False, server_default=false())
    voters: Mapped[list[Voter]] = relationship(
        back_populates="voting_round", order_by="Voter.id", cascade="all, delete-orphan"
    )

    @property
    def is_open(self) -> bool:
        return self.state is RoundState.OPEN

    @property
    def is_counted(self) -> bool:
        return self.state is RoundState.COUNTED

    @property
    def is_agreed(self) -> bool:
        return self.is_counted and self.agreeing >= self.needed

    @property
    def has_failed(self) -> bool:
        return self.is_counted and not self.is_agreed

    @property
    def missing(self) -> int:
        """Those who sat and did not vote, once it is counted."""
        return self.seated - self.agreeing - self.not_yet

    @property
    def has_voted(self) -> set[int]:
        """The seats whose vote is in, by number."""
        return {voter.seat_id for voter in self.voters if voter.has_voted}

    def call_the_roll(self, seats: list[Seat]) -> None:
        """Everybody who may vote, in the order of their seats, before anybody has."""
        for seat in sorted(seats, key=lambda seat: (seat.number, seat.id)):
            self.voters.append(Voter(court=self.court, seat=seat))

    def cast(self, seat: Seat, agrees: bool) -> None:
        """Count one vote. It can be neither seen nor changed from here on; the last one ends the round."""
        cls, session = type(self), self.session
        session.flush()
        # Whoever votes, closes the round or changes the plan at this instant waits here for the others.
        state = session.scalar(select(cls.state).where(cls.id == self.id).with_for_update())
        if state is not RoundState.OPEN:
            raise ChangedMeanwhile(_("This vote is over. Open the page again to see where you stand."))
        mine = update(Voter).where(
            Voter.voting_round_id == self.id, Voter.seat_id == seat.id, Voter.has_voted.is_(False)
        )
        if rows_changed(session, mine.values(has_voted=True)) != 1:
            raise RuleBroken(_("Your vote is in. It can no longer be changed."))
        column = cls.agreeing if agrees else cls.not_yet
        session.execute(update(cls).where(cls.id == self.id).values({column: column + 1}))
        session.refresh(self)
        waiting = select(func.count()).where(Voter.voting_round_id == self.id, Voter.has_voted.is_(False))
        if not session.scalar(waiting):
            self.count()

    @property
    def fewest(self) -> int:
        """How many have to vote before a count may be shown."""
        return max(self.court.panel_minimum, FEWEST_TOLD)

    def why_not_close(self) -> str | None:
        """Whether the foreperson may stop waiting for the rest."""
        if not self.is_open:
            return _("This vote is over.")
        if len(self.has_voted) < self.fewest:
            return _("At least %(count)s votes have to be in.", count=self.fewest)
        return None

    def count(self) -> None:
        """Show the counts. Who voted is written anew, in the order of seats, so that no order is left."""
        self.state = RoundState.COUNTED
        self.session.flush()
        self._write_voters_anew()

    def close(self) -> None:
        """Count without those who have not voted."""
        session = self.session
        session.execute(select(VotingRound.id).where(VotingRound.id == self.id).with_for_update())
        session.refresh(self)
        session.expire(self, ["voters"])
        if why_not := self.why_not_close():
            raise RuleBroken(why_not)
        self.count()

    def be_overtaken(self) -> None:
        """The plan or the panel is another one now: what was counted so far is forgotten unseen."""
        cls, session = type(self), self.session
        session.flush()
        session.execute(select(cls.id).where(cls.id == self.id).with_for_update())
        session.refresh(self)
        if self.is_open:
            self.state, self.agreeing, self.not_yet = RoundState.OVERTAKEN, 0, 0
            self.voters.clear()
            session.flush()

    def _write_voters_anew(self) -> None:
        session = self.session
        rows = select(Voter.seat_id, Voter.has_voted).where(Voter.voting_round_id == self.id)
        told = session.execute(rows.order_by(Voter.seat_id)).all()
        session.execute(delete(Voter).where(Voter.voting_round_id == self.id))
        for seat_id, has_voted in told:
            session.add(
                Voter(court_id=self.court_id, voting_round_id=self.id, seat_id=seat_id, has_voted=has_voted)
            )
        session.flush()
        session.expire(self, ["voters"])


class Voter(CourtOwned, Record):
    """Somebody who may vote in a round, and whether they have. Written for all before the first vote."""

    __table_args__ = (UniqueConstraint("voting_round_id", "seat_id"),)

    voting_round_id: Mapped[int] = mapped_column(ForeignKey("voting_round.id"))
    voting_round: Mapped[VotingRound] = relationship(back_populates="voters")
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    seat: Mapped[Seat] = relationship()
    has_voted: Mapped[bool] = mapped_column(default=False)
