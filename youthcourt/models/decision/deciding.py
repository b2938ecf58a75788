"""Votes on a plan: called, cast in secret, counted; the one item left open; and the plan that is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from youthcourt import clock
from youthcourt.errors import ChangedMeanwhile, RuleBroken
from youthcourt.i18n import _
from youthcourt.models.case_stage import CaseStage

from .panel_at_work import PanelAtWork, on
from .voting import RoundState, VotingRound

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .proposal import Proposal


class DecidesByVote(PanelAtWork):
    """The part of a deliberation that comes to a decision by the court's rule."""

    __abstract__ = True

    # What stands in the way

    def why_not_call_vote(self, by: User, on_paper: bool = False) -> str | None:
        if why_not := self.why_not_write(by, on_paper) or self.why_not_complete() or self.why_not_enough():
            return why_not
        if self.round and self.round.is_open:
            return _("The vote is going on.")
        return _("The panel has agreed.") if self.round and self.round.is_agreed else None

    def why_not_decide(self, by: User, on_paper: bool = False) -> str | None:
        """What is missing before the plan can go to the judge."""
        why_not = self.why_not_write(by, on_paper) or self.why_not_complete() or self.why_not_enough()
        return why_not or self.why_not_agreed()

    def why_not_agreed(self) -> str | None:
        """Whether the last vote on the plan as it stands met the court's rule."""
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
            return _("One item is already left to the judge.")
        return None

    def disputed_range(self, proposal: Proposal) -> tuple[int, int]:
        """The least and the most that the jurors named for it, the plan's own amount among them."""
        told = (self.spread or {}).get("activities", {}).get(str(proposal.activity_id))
        amounts = [proposal.amount, *([told["lowest"], told["highest"]] if told else [])]
        return min(amounts), max(amounts)

    # Verbs

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
        self._counted(counted, by=by, **on(paper=True))
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
            **on(on_paper),
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
            **on(on_paper),
        )
