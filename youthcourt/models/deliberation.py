"""What a panel finds and proposes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey, Select, UniqueConstraint, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import ChangedMeanwhile, RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.permissions import Role

from .audit import Audited
from .base import CourtOwned, Record, Versioned
from .case_stage import CaseStage
from .court import GridLine, SanctionActivity
from .sign_off import SignOff, SignOffAnswer

if TYPE_CHECKING:
    from .hearing import Hearing
    from .order import DispositionOrder
    from .panel import Seat
    from .user import User


class Question(StrEnum):
    """The four findings: what jurors listen for. (Time Dollar Youth Court)"""

    OWNS_IT = "owns_it"
    SEES_IMPACT = "sees_impact"
    SEES_NEED = "sees_need"
    IS_READY = "is_ready"


QUESTION_WORDS = {
    Question.OWNS_IT: _l("Do they own what they did?"),
    Question.SEES_IMPACT: _l("Do they see how it touched their family, the community and the person harmed?"),
    Question.SEES_NEED: _l("Do they see that something needs to change?"),
    Question.IS_READY: _l("Are they ready and willing to work at it?"),
}


class Answer(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


ANSWER_WORDS = {Answer.YES: _l("Yes"), Answer.PARTLY: _l("Partly"), Answer.NO: _l("No")}


class Deliberation(CourtOwned, Audited, Record):
    """The panel's findings, its proposed plan, and its votes."""

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy

    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), unique=True)
    hearing: Mapped[Hearing] = relationship(back_populates="deliberation")
    # Counts up with every change of findings or plan: a vote is for what its juror saw.
    revision: Mapped[int] = mapped_column(default=0)
    decided_at: Mapped[datetime | None]
    findings: Mapped[list[Finding]] = relationship(back_populates="deliberation", order_by="Finding.id")
    proposals: Mapped[list[Proposal]] = relationship(
        back_populates="deliberation", order_by="Proposal.id", cascade="all, delete-orphan"
    )
    votes: Mapped[list[Vote]] = relationship(back_populates="deliberation", order_by="Vote.id")
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

    # Questions

    @property
    def audited_case_id(self) -> int:  # type: ignore[override]
        return self.hearing.case_id

    @property
    def is_decided(self) -> bool:
        return self.decided_at is not None

    @property
    def judges_question(self) -> str | None:
        """What the judge asked when the plan came back, while it is still with the panel."""
        if self.is_decided or not self.sign_offs:
            return None
        return self.sign_offs[-1].reason

    def finding_on(self, question: Question) -> Finding | None:
        return next((finding for finding in self.findings if finding.question is question), None)

    @property
    def grid(self) -> dict[int, GridLine]:
        """The court's limits for this offence, by activity number."""
        return self.hearing.court.grid_for(self.hearing.case.offence.offence_class)

    @property
    def last_due_on(self) -> date:
        """The day by which the court wants everything done."""
        return self.hearing.sits_on + timedelta(days=self.hearing.court.days_to_complete)

    @property
    def current_votes(self) -> list[Vote]:
        """Votes on the plan as it stands now, by jurors who still sit."""
        panel = self.hearing.panel
        seated = set(panel.sitting_seats) if panel else set()
        return [vote for vote in self.votes if vote.revision == self.revision and vote.seat in seated]

    @property
    def agreeing(self) -> int:
        return sum(vote.agrees for vote in self.current_votes)

    def why_not_sit_here(self, by: User) -> str | None:
        panel = self.hearing.panel
        if self.hearing.sits_on != self.hearing.court.today:
            return _("This panel does not meet today.")
        return None if panel and panel.seat_of(by) else _("Only the jurors of this panel decide.")

    def why_not_change(self, by: User) -> str | None:
        if self.is_decided:
            return _("The panel has decided; its plan is with the judge.")
        if self.hearing.case.is_closed:
            return _("This case is closed.")
        return self.why_not_sit_here(by)

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

    def why_not_decide(self, by: User) -> str | None:
        """What is missing before the plan can go to the judge."""
        if why_not := self.why_not_change(by) or self.why_not_complete() or self._why_not_agreed():
            return why_not
        panel = self.hearing.panel
        is_lead = panel is not None and panel.seat_of(by) is panel.foreperson
        return None if is_lead else _("The foreperson sends the plan.")

    def why_not_complete(self) -> str | None:
        """What the findings and the plan still lack."""
        if not self.hearing.is_held:
            return _("This hearing has not been held.")
        if any(self.finding_on(question) is None for question in Question):
            return _("Answer each of the four questions, with a reason.")
        if not self.proposals:
            return _("The plan is empty.")
        if self.hearing.court.jury_duty_mandatory and not any(
            p.activity.is_jury_duty for p in self.proposals
        ):
            return _("Jury duty is part of every plan in this court.")
        return None

    def _why_not_agreed(self) -> str | None:
        panel = self.hearing.panel
        if panel is None or len(panel.sitting_seats) < self.hearing.court.panel_minimum:
            return _("Too few jurors are left to decide.")
        if self.agreeing >= self.votes_needed:
            return None
        return _(
            "%(have)s of %(need)s votes needed agree so far.", have=self.agreeing, need=self.votes_needed
        )

    @property
    def votes_needed(self) -> int:
        panel = self.hearing.panel
        return self.hearing.court.votes_needed(len(panel.sitting_seats) if panel else 0)

    # Verbs

    def find(self, question: Question, answer: Answer, reason: str, by: User) -> Finding:
        """Write down the panel's answer to one of the four questions."""
        if why_not := self.why_not_change(by):
            raise RuleBroken(why_not)
        if not reason.strip():
            raise RuleBroken(_("Write the reason for this answer."), field=f"{question}_reason")
        finding = self.finding_on(question)
        if finding is None:
            finding = Finding(court=self.court, question=question)
            self.findings.append(finding)
        if (finding.answer, finding.reason) != (answer, reason):
            finding.answer, finding.reason = answer, reason
            self._changed("deliberation.found", by=by, question=question, answer=answer, reason=reason)
        return finding

    def propose(
        self,
        activity: SanctionActivity,
        amount: int,
        due_on: date,
        by: User,
        builds: str = "",
        outside_reason: str = "",
    ) -> Proposal:
        """Put an item into the plan, or change it when the plan has it."""
        if why_not := self.why_not_change(by):
            raise RuleBroken(why_not)
        if broken := self.why_not_propose(activity, amount, due_on, outside_reason):
            raise broken
        proposal = next((each for each in self.proposals if each.activity is activity), None)
        if proposal is None:
            proposal = Proposal(court=self.court, activity=activity)
            self.proposals.append(proposal)
        proposal.amount, proposal.due_on = amount, due_on
        proposal.builds, proposal.outside_reason = builds, outside_reason
        self._changed("deliberation.proposed", by=by, activity=activity.name, amount=amount, due_on=due_on)
        return proposal

    def drop(self, proposal: Proposal, by: User) -> None:
        """Take an item out of the plan."""
        if why_not := self.why_not_change(by):
            raise RuleBroken(why_not)
        self.proposals.remove(proposal)
        self._changed("deliberation.dropped", by=by, activity=proposal.activity.name)

    def vote(self, agrees: bool, seen_revision: int, by: User) -> Vote:
        """One juror's vote on the plan as they saw it. Voting again changes the vote."""
        if why_not := self.why_not_change(by) or self.why_not_complete():
            raise RuleBroken(why_not)
        if seen_revision != self.revision:
            raise ChangedMeanwhile(
                _("The plan changed since you opened it. Look at it once more, then vote.")
            )
        seat = self.hearing.panel.seat_of(by)  # type: ignore[union-attr]
        vote = next(
            (each for each in self.votes if each.seat is seat and each.revision == self.revision), None
        )
        if vote is None:
            vote = Vote(court=self.court, seat=seat, revision=self.revision)
            self.votes.append(vote)
        vote.agrees = agrees
        # How somebody voted is not written into the trail: only that they did.
        self.record("deliberation.voted", by=by, revision=self.revision)
        return vote

    def decide(self, by: User) -> None:
        """Send the plan to the judge: the foreperson does, once the court's rule is met."""
        if why_not := self.why_not_decide(by):
            raise RuleBroken(why_not)
        self.decided_at = clock.now()
        self.hearing.case.move_to(CaseStage.PROPOSED)
        self.record(
            "deliberation.decided",
            by=by,
            rule=self.hearing.court.decision_rule,
            agreeing=self.agreeing,
            revision=self.revision,
        )

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

    def _changed(self, event: str, by: User, **particulars: object) -> None:
        self.revision += 1
        self.record(event, by=by, revision=self.revision, **particulars)


class Finding(CourtOwned, Versioned, Record):
    """The panel's answer to one of the four questions, and why."""

    __table_args__ = (UniqueConstraint("deliberation_id", "question"),)

    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"))
    deliberation: Mapped[Deliberation] = relationship(back_populates="findings")
    question: Mapped[Question]
    answer: Mapped[Answer]
    reason: Mapped[str]


class Proposal(CourtOwned, Versioned, Record):
    """One item of the plan: how much, by when, and what it repairs or builds."""

    __table_args__ = (UniqueConstraint("deliberation_id", "activity_id"),)

    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"))
    deliberation: Mapped[Deliberation] = relationship(back_populates="proposals")
    activity_id: Mapped[int] = mapped_column(ForeignKey("sanction_activity.id"))
    activity: Mapped[SanctionActivity] = relationship()
    amount: Mapped[int]
    due_on: Mapped[date]
    builds: Mapped[str] = mapped_column(default="")
    outside_reason: Mapped[str] = mapped_column(default="")


class Vote(CourtOwned, Versioned, Record):
    """One juror's vote on one revision of the plan."""

    __table_args__ = (UniqueConstraint("deliberation_id", "seat_id", "revision"),)

    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"))
    deliberation: Mapped[Deliberation] = relationship(back_populates="votes")
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    seat: Mapped[Seat] = relationship()
    revision: Mapped[int]
    agrees: Mapped[bool]
