"""What is kept of a hearing while it goes on: which jurors asked, and what people said."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.base import CourtOwned, Record, Versioned

from .hearing_step import GoesByStep, Step

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.jury.panel import Seat

    from .hearing import Hearing

# The steps at which somebody speaks whose words the panel and the judge may want to read again.
WORDS_KEPT_AT = (Step.OWN_WORDS, Step.GUARDIAN, Step.PERSON_HARMED, Step.LAST_WORDS)


class QuestionAsked(CourtOwned, Record):
    """A juror of the panel asked a question. What it was need not be written down."""

    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    hearing: Mapped[Hearing] = relationship(back_populates="questions_asked")
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    seat: Mapped[Seat] = relationship()
    asked_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()
    note: Mapped[str] = mapped_column(default="")


class WordsSaid(CourtOwned, Versioned, Record):
    """What somebody said at a step, as far as it was written down: the panel and the judge read it."""

    __table_args__ = (UniqueConstraint("hearing_id", "step"),)

    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    hearing: Mapped[Hearing] = relationship(back_populates="words_said")
    step: Mapped[Step]
    words: Mapped[str]
    written_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()


class GoesOnInRoom(GoesByStep):
    """The part of a hearing that is written down while it goes on."""

    __abstract__ = True

    @declared_attr
    def questions_asked(cls) -> Mapped[list[QuestionAsked]]:
        return relationship(
            "QuestionAsked",
            back_populates="hearing",
            order_by="QuestionAsked.id",
            cascade="all, delete-orphan",
        )

    @declared_attr
    def words_said(cls) -> Mapped[list[WordsSaid]]:
        return relationship(
            "WordsSaid", back_populates="hearing", order_by="WordsSaid.id", cascade="all, delete-orphan"
        )

    # Who asked

    def questions_of(self, seat: Seat) -> int:
        """How many questions this juror has asked."""
        return sum(asked.seat is seat for asked in self.questions_asked)

    @property
    def still_to_ask(self) -> list[Seat]:
        """The jurors of the panel who have not asked anything: each is to ask at least one question."""
        seats = self.panel.sitting_seats if self.panel else []
        return [seat for seat in seats if not self.questions_of(seat)]

    def why_not_note_question(self) -> str | None:
        if why_not := self._why_not_step():
            return why_not
        return None if self.is_ahead else _("The case was heard already.")

    def note_question(self, seat: Seat, by: User, note: str = "") -> QuestionAsked:
        """A juror asked a question."""
        if why_not := self.why_not_note_question():
            raise RuleBroken(why_not)
        if self.panel is None or seat not in self.panel.sitting_seats:
            raise RuleBroken(_("Only the jurors of this panel ask."))
        asked = QuestionAsked(court=self.court, seat=seat, asked_at=clock.now(), by=by, note=note)
        self.questions_asked.append(asked)
        self.record("hearing.question_asked", by=by, juror=seat.juror_id)
        return asked

    def undo_question(self, seat: Seat, by: User) -> None:
        """The last question of this juror was tapped by mistake."""
        if why_not := self.why_not_note_question():
            raise RuleBroken(why_not)
        theirs = [asked for asked in self.questions_asked if asked.seat is seat]
        if theirs:
            self.questions_asked.remove(theirs[-1])
            self.record("hearing.question_undone", by=by, juror=seat.juror_id)

    # What was said

    def words_at(self, step: Step) -> WordsSaid | None:
        return next((said for said in self.words_said if said.step is step), None)

    def why_not_write_down(self) -> str | None:
        if why_not := self._why_not_step():
            return why_not
        return _("The panel has decided; its plan is with the judge.") if self.is_decided else None

    def write_down(self, step: Step, words: str, by: User) -> None:
        """Keep what somebody said, for the panel and the judge; no words take away what was kept."""
        if why_not := self.why_not_write_down():
            raise RuleBroken(why_not)
        if step not in WORDS_KEPT_AT:
            raise RuleBroken(_("Nothing is written down at this step."))
        said = self.words_at(step)
        if (said.words if said else "") == words:
            return
        if not words:
            self.words_said.remove(said)  # type: ignore[arg-type]
        elif said is None:
            self.words_said.append(
                WordsSaid(court=self.court, step=step, words=words, written_at=clock.now(), by=by)
            )
        else:
            said.words, said.written_at, said.by = words, clock.now(), by
        # What they said is in the row and goes with it; the trail says that there is something to read.
        self.record("hearing.words_written", by=by, step=step)
