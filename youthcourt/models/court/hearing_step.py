"""How a hearing goes on in its room: which step of the script it has come to, who led there, and when."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models.base import CourtOwned, Record

from .on_docket import OnDocket

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .hearing import Hearing


class Step(StrEnum):
    """The steps of a hearing, in the order of the script. A court may leave out any of them."""

    ANNOUNCE = "announce"
    CHOICE = "choice"
    OATH = "oath"
    CHARGE = "charge"
    OWN_WORDS = "own_words"
    GUARDIAN = "guardian"
    PERSON_HARMED = "person_harmed"
    QUESTIONS = "questions"
    LAST_WORDS = "last_words"
    STEP_OUT = "step_out"
    READ_OUT = "read_out"
    CLOSING = "closing"


STEP_WORDS = {
    Step.ANNOUNCE: _l("Welcome"),
    Step.CHOICE: _l("Still your choice?"),
    Step.OATH: _l("The oath"),
    Step.CHARGE: _l("What the case is about"),
    Step.OWN_WORDS: _l("In their own words"),
    Step.GUARDIAN: _l("The family speaks"),
    Step.PERSON_HARMED: _l("The person harmed"),
    Step.QUESTIONS: _l("Questions of the jurors"),
    Step.LAST_WORDS: _l("The last word"),
    Step.STEP_OUT: _l("The family steps out"),
    Step.READ_OUT: _l("The decision is read out"),
    Step.CLOSING: _l("Closing"),
}

# What comes after the panel has decided.
AFTER_DECISION = frozenset({Step.READ_OUT, Step.CLOSING})


class Progress(StrEnum):
    """How far a hearing has come today."""

    EXPECTED = "expected"
    CALLED = "called"
    IN_SESSION = "in_session"
    DELIBERATING = "deliberating"
    TO_READ = "to_read"
    WITH_JUDGE = "with_judge"
    SIGNED = "signed"
    OFF = "off"


PROGRESS_WORDS = {
    Progress.EXPECTED: _l("Not called yet"),
    Progress.CALLED: _l("Called"),
    Progress.IN_SESSION: _l("Being heard"),
    Progress.DELIBERATING: _l("The panel is deciding"),
    Progress.TO_READ: _l("Decision to be read out"),
    Progress.WITH_JUDGE: _l("With the judge"),
    Progress.SIGNED: _l("Signed"),
    Progress.OFF: _l("Does not take place"),
}


class HearingStep(CourtOwned, Record):
    """The hearing came to a step of the script. Going back to an earlier one is another row."""

    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    hearing: Mapped[Hearing] = relationship(back_populates="steps")
    step: Mapped[Step]
    began_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()
    note: Mapped[str] = mapped_column(default="")


class GoesByStep(OnDocket):
    """The part of a hearing that goes by steps: what follows from them, and how they are taken and undone."""

    __abstract__ = True

    @declared_attr
    def steps(cls) -> Mapped[list[HearingStep]]:
        return relationship(
            "HearingStep",
            back_populates="hearing",
            order_by="HearingStep.id",
            cascade="all, delete-orphan",
        )

    # Questions

    @property
    def step(self) -> HearingStep | None:
        """The step it has come to."""
        return self.steps[-1] if self.steps else None

    @property
    def progress(self) -> Progress:
        """How far it has come, as screens say it: from its steps, its deliberation and its order."""
        if self.deliberation is not None and any(order.is_signed for order in self.deliberation.orders):
            return Progress.SIGNED
        if not self.is_live or self.case.is_closed:
            return Progress.OFF
        if self.is_decided:
            # Once its day is over nobody reads it out any more: it was, or it was typed in from paper.
            is_over = self.sits_on < self.court.today
            return Progress.WITH_JUDGE if self.is_read_out or is_over else Progress.TO_READ
        if self.is_held:
            return Progress.DELIBERATING
        if self.step is None:
            return Progress.EXPECTED
        return Progress.CALLED if self.step.step is Step.ANNOUNCE else Progress.IN_SESSION

    @property
    def is_read_out(self) -> bool:
        """Whether the decision was read to the family: this one, not one that the judge sent back."""
        decided_at = self.deliberation.decided_at if self.deliberation else None
        return decided_at is not None and any(
            each.step in AFTER_DECISION and each.began_at >= decided_at for each in self.steps
        )

    @property
    def began_at(self) -> datetime | None:
        """When the case was called; None before, and in a court that does not go by the script."""
        return next((each.began_at for each in self.steps if each.step not in AFTER_DECISION), None)

    @property
    def ended_at(self) -> datetime | None:
        """When the family was sent home after the decision."""
        return self.step.began_at if self.step and self.step.step is Step.CLOSING else None

    @property
    def ends_at(self) -> datetime:
        """When it should be over, as the court plans its hearings."""
        return self.block.starts_at + timedelta(minutes=self.court.hearing_minutes)

    @property
    def minutes_late(self) -> int:
        """How much later than planned it began; by now, when it has not begun and should have."""
        began_at = self.began_at
        if began_at is None:
            is_waited_for = self.is_ahead and self.sits_on == self.court.today
            began_at = clock.now() if is_waited_for else self.block.starts_at
        return max(0, int((began_at - self.block.starts_at).total_seconds()) // 60)

    def why_not_begin(self, step: Step) -> str | None:
        """The rule that stands in the way of a step; None when there is none. Skipping one is no rule."""
        if why_not := self._why_not_step():
            return why_not
        if step in AFTER_DECISION:
            return None if self.is_decided else _("The panel has not decided yet.")
        return None if self.is_ahead else _("The case was heard already.")

    def why_not_undo_step(self) -> str | None:
        if why_not := self._why_not_step():
            return why_not
        if self.step is None:
            return _("The hearing has not begun.")
        if self.is_held and self.step.step not in AFTER_DECISION:
            return _("The case was heard already.")
        return None

    def _why_not_step(self) -> str | None:
        if not self.is_live or self.case.is_closed:
            return _("This hearing is settled.")
        if why_not := self.court_session.why_not_change_day():
            return why_not
        return None if self.sits_on == self.court.today else _("This hearing is not today.")

    # Verbs

    def begin(self, step: Step, by: User, note: str = "") -> HearingStep:
        """Come to a step, forwards or back to an earlier one. Tapping twice changes nothing."""
        if why_not := self.why_not_begin(step):
            raise RuleBroken(why_not)
        if self.step is not None and self.step.step is step:
            return self.step
        begun = HearingStep(court=self.court, step=step, began_at=clock.now(), by=by, note=note)
        self.steps.append(begun)
        self.record("hearing.step_begun", by=by, step=step, note=note)
        return begun

    def undo_step(self, by: User) -> None:
        """The last step was tapped by mistake."""
        if why_not := self.why_not_undo_step():
            raise RuleBroken(why_not)
        undone = self.steps.pop()
        self.record("hearing.step_undone", by=by, step=undone.step)
