"""What a panel finds and proposes."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import ForeignKey, Select, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import set_committed_value

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.case_stage import CaseStage
from youthcourt.models.court.court import SanctionActivity
from youthcourt.permissions import Role

from .deciding import DecidesByVote
from .finding import Answer, Finding, Question
from .panel_at_work import on
from .proposal import Proposal, Purpose
from .sign_off import SignOff, SignOffAnswer
from .step_note import StepNote, TableStep
from .voting import VotingRound
from .worksheet import Worksheet
from .writing_alone import WritesAlone

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.court.hearing import Hearing
    from youthcourt.models.jury.panel import Seat

    from .order import DispositionOrder


class Phase(StrEnum):
    """How far a panel has come."""

    ALONE = "alone"
    TOGETHER = "together"
    VOTING = "voting"
    AGREED = "agreed"
    SENT = "sent"


class Deliberation(WritesAlone, DecidesByVote):
    """A panel at work: first each juror alone, then one table, one plan, secret votes on it."""

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy

    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), unique=True)
    hearing: Mapped[Hearing] = relationship(back_populates="deliberation")
    # Counts up with every change of findings, plan or panel: a vote is for what its juror saw.
    revision: Mapped[int] = mapped_column(default=0)
    # When the table saw what the jurors had written alone; None while they write.
    opened_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    # What the sheets said together, kept in their place once they are destroyed.
    kept_spread: Mapped[dict[str, Any] | None]
    worksheets: Mapped[list[Worksheet]] = relationship(
        back_populates="deliberation", order_by="Worksheet.id", cascade="all, delete-orphan"
    )
    notes: Mapped[list[StepNote]] = relationship(back_populates="deliberation", order_by="StepNote.id")
    findings: Mapped[list[Finding]] = relationship(back_populates="deliberation", order_by="Finding.id")
    proposals: Mapped[list[Proposal]] = relationship(
        back_populates="deliberation", order_by="Proposal.id", cascade="all, delete-orphan"
    )
    rounds: Mapped[list[VotingRound]] = relationship(
        back_populates="deliberation", order_by="VotingRound.number"
    )
    sign_offs: Mapped[list[SignOff]] = relationship(back_populates="deliberation", order_by="SignOff.id")
    orders: Mapped[list[DispositionOrder]] = relationship(
        back_populates="deliberation", order_by="DispositionOrder.id", cascade="all, delete-orphan"
    )

    # Lists

    @classmethod
    def visible_to(cls, user: User) -> Select[Self]:
        """Coordinators see their court's, judges those they hear. Jurors come by their hearing."""
        if Role.COORDINATOR in user.roles:
            return select(cls).where(cls.court_id == user.court_id)
        heard = cls.hearing.has(judge_id=user.id) if Role.JUDGE in user.roles else false()
        return select(cls).where(cls.court_id == user.court_id, heard)

    @classmethod
    def before(cls, hearing: Hearing) -> Self:
        """What a panel that has not met yet will be asked, by the limits of its case. It is not kept."""
        asked = cls(revision=0)
        set_committed_value(asked, "hearing", hearing)
        return asked

    # Questions

    @property
    def audited_case_id(self) -> int:  # type: ignore[override]
        return self.hearing.case_id

    @property
    def phase(self) -> Phase:
        if self.is_decided:
            return Phase.SENT
        if not self.is_open:
            return Phase.ALONE
        here = self.round
        if here is None or here.has_failed:
            return Phase.TOGETHER
        return Phase.VOTING if here.is_open else Phase.AGREED

    @property
    def judges_question(self) -> str | None:
        """What the judge asked when the plan came back, while it is still with the panel."""
        if self.is_decided or not self.sign_offs:
            return None
        return self.sign_offs[-1].reason

    def note_on(self, step: TableStep) -> StepNote | None:
        return next((note for note in self.notes if note.step == step), None)

    def why_not_propose(
        self, activity: SanctionActivity, amount: int, due_on: date, outside_reason: str
    ) -> RuleBroken | None:
        """Whether an item stays inside the court's grid and days, or says in writing why not."""
        if amount <= 0:
            return RuleBroken(_("Give an amount above zero."), field="amount")
        if due_on < self.hearing.court.today:
            return RuleBroken(_("The due date is in the past."), field="due_on")
        if outside_reason.strip():
            return None
        line = self.grid.get(activity.id)
        if line is not None and not line.allows(amount):
            return RuleBroken(
                _("This is outside the court's limits. Change it, or write why this case needs it."),
                field="amount",
            )
        if due_on > self.last_due_on:
            return RuleBroken(
                _("This is later than the court's last day. Change it, or write why."), field="due_on"
            )
        return None

    def why_not_let_take_over(self, by: User) -> str | None:
        """The foreperson decides on this; for one whose phone is dead, or who has left, the court's staff."""
        if Role.COORDINATOR in by.roles and by.court_id == self.court_id:
            return self._why_not_now() or self._why_not_met()
        return self.why_not_lead(by)

    def why_not_fill_up(self) -> str | None:
        """Whether a reserve may take an empty seat."""
        panel = self.hearing.panel
        why_not = [panel.why_not_take_over(seat) for seat in panel.reserves] if panel else []
        if not why_not:
            return _("No reserve is here.")
        return None if None in why_not else why_not[0]

    # Together

    def note(self, step: TableStep, words: str, by: User) -> None:
        """What the panel said at one of the seven steps."""
        if why_not := self.why_not_write(by):
            raise RuleBroken(why_not)
        note = self.note_on(step)
        if note is None and words.strip():
            self.notes.append(StepNote(court=self.court, step=step, words=words.strip()))
        elif note is not None:
            note.words = words.strip()
        self.record("deliberation.noted", by=by, step=step)

    def find(
        self, question: Question, answer: Answer, reason: str, by: User, on_paper: bool = False
    ) -> Finding:
        """Write down the panel's answer to one of the four questions."""
        if why_not := self.why_not_write(by, on_paper):
            raise RuleBroken(why_not)
        if not reason.strip():
            raise RuleBroken(_("Write the reason for this answer."), field=f"{question}_reason")
        finding = self.finding_on(question)
        if finding is None:
            finding = Finding(court=self.court, question=question)
            self.findings.append(finding)
        if (finding.answer, finding.reason) != (answer, reason):
            finding.answer, finding.reason = answer, reason
            self._changed(
                "deliberation.found", by=by, question=question, answer=answer, reason=reason, **on(on_paper)
            )
        return finding

    def propose(
        self,
        activity: SanctionActivity,
        amount: int,
        due_on: date,
        by: User,
        builds: str = "",
        outside_reason: str = "",
        purpose: Purpose | None = None,
        on_paper: bool = False,
    ) -> Proposal:
        """Put an item into the plan, or change it when the plan has it."""
        if why_not := self.why_not_write(by, on_paper):
            raise RuleBroken(why_not)
        if broken := self.why_not_propose(activity, amount, due_on, outside_reason):
            raise broken
        if purpose is None:
            raise RuleBroken(_("Choose what it repairs or builds."), field="purpose")
        if not builds.strip():
            raise RuleBroken(_("Say in your own words what it repairs or builds."), field="builds")
        proposal = next((each for each in self.proposals if each.activity is activity), None)
        if proposal is None:
            proposal = Proposal(court=self.court, activity=activity)
            self.proposals.append(proposal)
        proposal.amount, proposal.due_on, proposal.purpose = amount, due_on, purpose
        proposal.builds, proposal.outside_reason = builds, outside_reason
        proposal.lowest = proposal.highest = None
        self._changed(
            "deliberation.proposed",
            by=by,
            activity=activity.name,
            amount=amount,
            due_on=due_on,
            **on(on_paper),
        )
        return proposal

    def drop(self, proposal: Proposal, by: User, on_paper: bool = False) -> None:
        """Take an item out of the plan."""
        if why_not := self.why_not_write(by, on_paper):
            raise RuleBroken(why_not)
        self.proposals.remove(proposal)
        self._changed("deliberation.dropped", by=by, activity=proposal.activity.name, **on(on_paper))

    def let_take_over(self, reserve: Seat, by: User) -> None:
        """A reserve who heard the case decides from here on in the place of somebody who left."""
        if why_not := self.why_not_let_take_over(by):
            raise RuleBroken(why_not)
        reserve.panel.take_over(reserve, by=by)

    # The judge

    def why_not_return(self, by: User) -> str | None:
        if not self.is_decided:
            return _("The panel has not decided yet.")
        if self.hearing.judge is not by:
            return _("Another judge heard this case.")
        return _("The order is signed.") if any(order.is_standing for order in self.orders) else None

    def return_to_panel(self, question: str, meets_on: date, by: User) -> SignOff:
        """Ask the panel to think again, today or on another day."""
        if why_not := self.why_not_return(by):
            raise RuleBroken(why_not)
        if not question.strip():
            raise RuleBroken(_("Write what the panel should think about again."), field="question")
        if meets_on < self.hearing.court.today:
            raise RuleBroken(_("This day is over."), field="meets_on")
        self.decided_at, self.hearing.sits_on = None, meets_on
        self.revision += 1
        for draft in [order for order in self.orders if not order.is_signed]:
            self.orders.remove(draft)
        self.hearing.case.move_to(CaseStage.HEARD)
        return self._sign_off(SignOffAnswer.RETURNED, question, by=by)

    def _sign_off(self, answer: SignOffAnswer, reason: str, by: User) -> SignOff:
        sign_off = SignOff(court=self.court, answer=answer, reason=reason, judge=by, answered_at=clock.now())
        self.sign_offs.append(sign_off)
        self.record(f"deliberation.{answer}", by=by, reason=reason)
        return sign_off
