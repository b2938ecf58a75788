"""What a panel finds and proposes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import ForeignKey, Select, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import ChangedMeanwhile, RuleBroken
from youthcourt.i18n import _
from youthcourt.permissions import Role

from .audit import Audited
from .base import CourtOwned, Record
from .case_stage import CaseStage
from .court import GridLine, SanctionActivity
from .finding import Answer, Finding, Question
from .proposal import Proposal, Purpose
from .sign_off import SignOff, SignOffAnswer
from .step_note import StepNote, TableStep
from .voting import RoundState, VotingRound
from .worksheet import Worksheet, spread_of

if TYPE_CHECKING:
    from .hearing import Hearing
    from .order import DispositionOrder
    from .panel import Seat
    from .user import User


class Phase(StrEnum):
    """How far a panel has come."""

    ALONE = "alone"
    TOGETHER = "together"
    VOTING = "voting"
    AGREED = "agreed"
    SENT = "sent"


class Deliberation(CourtOwned, Audited, Record):
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

    # Questions

    @property
    def audited_case_id(self) -> int:  # type: ignore[override]
        return self.hearing.case_id

    @property
    def is_open(self) -> bool:
        """Whether the panel has begun to talk."""
        return self.opened_at is not None

    @property
    def is_decided(self) -> bool:
        return self.decided_at is not None

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

    @property
    def sitting(self) -> list[Seat]:
        """Those who decide here now."""
        return self.hearing.panel.sitting_seats if self.hearing.panel else []

    @property
    def spread(self) -> dict[str, Any] | None:
        """What the jurors thought alone, without names; None before the table is open, or of too few."""
        if not self.is_open:
            return None
        return spread_of(self.worksheets) if self.worksheets else self.kept_spread

    def finding_on(self, question: Question) -> Finding | None:
        return next((finding for finding in self.findings if finding.question is question), None)

    def note_on(self, step: TableStep) -> StepNote | None:
        return next((note for note in self.notes if note.step == step), None)

    def worksheet_of(self, seat: Seat) -> Worksheet | None:
        return next((each for each in self.worksheets if each.seat is seat), None)

    @property
    def not_in(self) -> int:
        """How many of those who sit have not handed in what they think."""
        return sum(self.worksheet_of(seat) is None for seat in self.sitting)

    @property
    def grid(self) -> dict[int, GridLine]:
        """The court's limits for this offence, by activity number."""
        return self.hearing.court.grid_for(self.hearing.case.offence.offence_class)

    @property
    def last_due_on(self) -> date:
        """The day by which the court wants everything done."""
        return self.hearing.sits_on + timedelta(days=self.hearing.court.days_to_complete)

    @property
    def round(self) -> VotingRound | None:
        """The latest vote on the plan as it stands, by the panel as it sits."""
        last = self.rounds[-1] if self.rounds else None
        return last if last is not None and last.revision == self.revision else None

    @property
    def agreeing(self) -> int:
        """How many agreed to the plan as it stands; nobody is told while the vote goes on."""
        return self.round.agreeing if self.round and self.round.is_counted else 0

    @property
    def votes_needed(self) -> int:
        return self.hearing.court.votes_needed(len(self.sitting))

    # What stands in the way

    def why_not_sit_here(self, by: User) -> str | None:
        panel = self.hearing.panel
        if self.hearing.sits_on != self.hearing.court.today:
            return _("This panel does not meet today.")
        return None if panel and panel.seat_of(by) else _("Only the jurors of this panel decide.")

    def why_not_change(self, by: User) -> str | None:
        return self._why_not_now() or self.why_not_sit_here(by)

    def _why_not_now(self) -> str | None:
        if self.is_decided:
            return _("The panel has decided; its plan is with the judge.")
        if self.hearing.case.is_closed:
            return _("This case is closed.")
        return None

    def why_not_lead(self, by: User, on_paper: bool = False) -> str | None:
        """The foreperson writes for the panel; what a panel wrote on paper, the court's staff types in."""
        if on_paper:
            return self._why_not_now() or self.why_not_type_in(by)
        if why_not := self.why_not_change(by):
            return why_not
        panel = self.hearing.panel
        if panel is None or panel.seat_of(by) is not panel.foreperson:
            return _("The foreperson does this for the panel.")
        return None

    def why_not_type_in(self, by: User) -> str | None:
        if Role.COORDINATOR not in by.roles or by.court_id != self.court_id:
            return _("The court's staff types in what a panel decided on paper.")
        if self.hearing.sits_on > self.hearing.court.today:
            return _("This panel has not met yet.")
        return None

    def why_not_write(self, by: User, on_paper: bool = False) -> str | None:
        """Whether the plan and the findings may be written now."""
        if why_not := self.why_not_lead(by, on_paper):
            return why_not
        if not self.is_open and not on_paper:
            return _("First each juror answers alone. Then you open the table.")
        return None

    def why_not_hand_in(self, by: User) -> str | None:
        if why_not := self.why_not_change(by):
            return why_not
        return _("The table is open. Now you decide together.") if self.is_open else None

    def why_not_open(self, by: User) -> str | None:
        if why_not := self.why_not_lead(by):
            return why_not
        return _("The table is open.") if self.is_open else None

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

    def why_not_enough(self) -> str | None:
        """Whether enough of the panel is left to decide."""
        if len(self.sitting) < self.hearing.court.panel_minimum:
            return _("Too few jurors are left to decide.")
        return None

    def why_not_call_vote(self, by: User, on_paper: bool = False) -> str | None:
        if why_not := self.why_not_write(by, on_paper) or self.why_not_complete() or self.why_not_enough():
            return why_not
        if self.round and self.round.is_open:
            return _("The vote is going on.")
        return _("The panel has agreed.") if self.round and self.round.is_agreed else None

    def why_not_decide(self, by: User, on_paper: bool = False) -> str | None:
        """What is missing before the plan can go to the judge."""
        why_not = self.why_not_write(by, on_paper) or self.why_not_complete() or self.why_not_enough()
        return why_not or self._why_not_agreed()

    def _why_not_agreed(self) -> str | None:
        here = self.round
        if here is None:
            return _("The panel has not voted on this plan.")
        if here.is_open:
            return _("The vote is going on.")
        if here.is_agreed:
            return None
        return _("%(have)s of %(need)s votes needed agreed.", have=here.agreeing, need=here.needed)

    def why_not_leave_to_judge(self, by: User, on_paper: bool = False) -> str | None:
        """One item may stay open, once the panel has tried."""
        if why_not := self.why_not_write(by, on_paper):
            return why_not
        if not any(each.has_failed for each in self.rounds):
            return _("Vote first. An item is left to the judge only when the panel could not agree.")
        if any(proposal.is_deadlocked for proposal in self.proposals):
            return _("One item is left to the judge already.")
        return None

    def why_not_fill_up(self) -> str | None:
        """Whether a reserve may take an empty seat."""
        panel = self.hearing.panel
        why_not = [panel.why_not_take_over(seat) for seat in panel.reserves] if panel else []
        if not why_not:
            return _("No reserve is here.")
        return None if None in why_not else why_not[0]

    def disputed_range(self, proposal: Proposal) -> tuple[int, int]:
        """The least and the most that the jurors named for it, the plan's own amount among them."""
        told = (self.spread or {}).get("activities", {}).get(str(proposal.activity_id))
        amounts = [proposal.amount, *([told["lowest"], told["highest"]] if told else [])]
        return min(amounts), max(amounts)

    # Alone

    def hand_in(
        self,
        ratings: Mapping[Question, tuple[Answer, str]],
        ideas: Mapping[SanctionActivity, int],
        by: User,
    ) -> Worksheet:
        """What one juror thinks, before hearing the others. It can be handed in again until the table opens.

        The last of the panel to do so opens the table.
        """
        self._queue()
        if why_not := self.why_not_hand_in(by):
            raise RuleBroken(why_not)
        self._look_at_sheet(ratings, ideas)
        seat = self.hearing.panel.seat_of(by)  # type: ignore[union-attr]
        assert seat is not None, "why_not_hand_in() has looked"
        sheet = self.worksheet_of(seat)
        if sheet is None:
            sheet = Worksheet(court=self.court, seat=seat)
            self.worksheets.append(sheet)
            self.record("deliberation.handed_in", by=by)
        self.session.flush()
        sheet.fill(ratings, ideas)
        if not self.not_in:
            self._open(by=None)
        return sheet

    def _look_at_sheet(
        self, ratings: Mapping[Question, tuple[Answer, str]], ideas: Mapping[SanctionActivity, int]
    ) -> None:
        for question in Question:
            if question not in ratings or not ratings[question][1].strip():
                raise RuleBroken(_("Write the reason for this answer."), field=f"{question}_reason")
        for activity, amount in ideas.items():
            line = self.grid.get(activity.id)
            if amount <= 0 or (line is not None and not line.allows(amount)):
                raise RuleBroken(_("This is outside the court's limits."), field=f"amount_{activity.id}")

    def open_table(self, by: User, without_missing: bool = False) -> None:
        """The foreperson lets the panel see what everybody thinks, and the talk begins."""
        self._queue()
        if why_not := self.why_not_open(by):
            raise RuleBroken(why_not)
        if self.not_in and not without_missing:
            raise RuleBroken(_("Not everybody has handed in yet. Wait, or say that you go on without them."))
        self._open(by=by)

    def _open(self, by: User | None) -> None:
        self.opened_at = clock.now()
        self.record("deliberation.opened", by=by, sheets=len(self.worksheets), missing=self.not_in)

    def _queue(self) -> None:
        """Two who change the same moment of a deliberation go one after the other, and see what is so now."""
        cls, session = type(self), self.session
        session.flush()
        session.execute(select(cls.id).where(cls.id == self.id).with_for_update())
        session.refresh(self)
        session.expire(self, ["worksheets", "rounds"])

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
                "deliberation.found", by=by, question=question, answer=answer, reason=reason, **_on(on_paper)
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
            **_on(on_paper),
        )
        return proposal

    def drop(self, proposal: Proposal, by: User, on_paper: bool = False) -> None:
        """Take an item out of the plan."""
        if why_not := self.why_not_write(by, on_paper):
            raise RuleBroken(why_not)
        self.proposals.remove(proposal)
        self._changed("deliberation.dropped", by=by, activity=proposal.activity.name, **_on(on_paper))

    def leave_to_judge(
        self,
        proposal: Proposal,
        by: User,
        on_paper: bool = False,
        between: tuple[int, int] | None = None,
    ) -> None:
        """The panel cannot agree how much of one thing: the judge sets it inside the range they named.

        What was said on paper comes with its range; on phones it is what the jurors wrote alone.
        """
        if why_not := self.why_not_leave_to_judge(by, on_paper):
            raise RuleBroken(why_not)
        lowest, highest = between if on_paper and between else self.disputed_range(proposal)
        if lowest >= highest:
            raise RuleBroken(
                _("Nobody named another amount for this. Change it, or take it out of the plan.")
            )
        proposal.lowest, proposal.highest = lowest, highest
        self._changed(
            "deliberation.deadlocked",
            by=by,
            activity=proposal.activity.name,
            lowest=lowest,
            highest=highest,
            **_on(on_paper),
        )

    # Votes

    def call_vote(self, by: User) -> VotingRound:
        """The foreperson asks the panel to vote on the plan as it stands, in secret."""
        self._queue()
        if why_not := self.why_not_call_vote(by):
            raise RuleBroken(why_not)
        begun = self._new_round()
        begun.call_the_roll(self.sitting)
        self.session.flush()
        self.record("deliberation.vote_called", by=by, round=begun.number, revision=self.revision)
        return begun

    def _new_round(self, **facts: Any) -> VotingRound:
        begun = VotingRound(
            court=self.court,
            number=len(self.rounds) + 1,
            revision=self.revision,
            seated=len(self.sitting),
            needed=self.votes_needed,
            **facts,
        )
        self.rounds.append(begun)
        return begun

    def vote(self, agrees: bool, seen_round: int, by: User) -> None:
        """One juror's secret vote in the round that their page showed."""
        if why_not := self.why_not_change(by):
            raise RuleBroken(why_not)
        here = self.round
        if here is None or here.number != seen_round:
            raise ChangedMeanwhile(
                _("The plan changed since you opened it. Look at it once more, then vote.")
            )
        seat = self.hearing.panel.seat_of(by)  # type: ignore[union-attr]
        assert seat is not None, "why_not_change() has looked"
        here.cast(seat, agrees)
        # Neither how nor who: a line is written when it happens, and together they would tell an order.
        self.record("deliberation.voted", by=None, round=here.number)
        if not here.is_open:
            self._counted(here, by=None)

    def close_vote(self, by: User) -> None:
        """The foreperson waits no longer for those who have not voted."""
        if why_not := self.why_not_lead(by):
            raise RuleBroken(why_not)
        if self.round is None:
            raise RuleBroken(_("This vote is over."))
        self.round.close()
        self._counted(self.round, by=by)

    def type_in_vote(self, agreeing: int, not_yet: int, by: User) -> VotingRound:
        """What a vote on paper came to, typed in by the court's staff."""
        self._queue()
        if why_not := self.why_not_call_vote(by, on_paper=True):
            raise RuleBroken(why_not)
        if agreeing < 0 or not_yet < 0 or agreeing + not_yet > len(self.sitting):
            raise RuleBroken(_("More votes than jurors. Count once more."), field="agreeing")
        if agreeing + not_yet < self.hearing.court.panel_minimum:
            raise RuleBroken(_("Too few jurors voted."), field="agreeing")
        counted = self._new_round(agreeing=agreeing, not_yet=not_yet, state=RoundState.COUNTED, on_paper=True)
        self.session.flush()
        self._counted(counted, by=by, **_on(True))
        return counted

    def _counted(self, counted: VotingRound, by: User | None, **particulars: object) -> None:
        self.record(
            "deliberation.vote_counted",
            by=by,
            round=counted.number,
            agreeing=counted.agreeing,
            not_yet=counted.not_yet,
            missing=counted.missing,
            **particulars,
        )

    def decide(self, by: User, on_paper: bool = False) -> None:
        """Send the plan to the judge: the foreperson does, once the court's rule is met."""
        if why_not := self.why_not_decide(by, on_paper):
            raise RuleBroken(why_not)
        assert self.round is not None
        self.destroy_sheets()
        self.decided_at = clock.now()
        self.opened_at = self.opened_at or self.decided_at
        self.hearing.case.move_to(CaseStage.PROPOSED)
        self.record(
            "deliberation.decided",
            by=by,
            rule=self.hearing.court.decision_rule,
            agreeing=self.agreeing,
            revision=self.revision,
            **_on(on_paper),
        )

    def destroy_sheets(self) -> None:
        """What each juror wrote alone is gone for good; what they said together stays, without names."""
        if self.worksheets:
            self.kept_spread = self.spread
            self.worksheets.clear()

    # The panel

    def panel_changed(self, left: Seat | None = None) -> None:
        """Somebody left the panel or joined it: what they wrote alone goes with them, and a vote is void."""
        if left is not None and (sheet := self.worksheet_of(left)):
            self.worksheets.remove(sheet)
        self._overtake()

    def let_take_over(self, reserve: Seat, by: User) -> None:
        """The foreperson lets a reserve who heard the case decide in the place of somebody who left."""
        if why_not := self.why_not_lead(by):
            raise RuleBroken(why_not)
        reserve.panel.take_over(reserve, by=by)

    def _overtake(self) -> None:
        if self.round and self.round.is_open:
            self.round.be_overtaken()
        self.revision += 1

    def _changed(self, event: str, by: User, **particulars: object) -> None:
        self._overtake()
        self.record(event, by=by, revision=self.revision, **particulars)

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


def _on(paper: bool) -> dict[str, bool]:
    """Said in the trail only where it is so."""
    return {"on_paper": True} if paper else {}
