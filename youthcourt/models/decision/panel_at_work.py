"""A panel at work: how far it is, who may write for it, and what ends a vote that goes on."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from youthcourt.i18n import _
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record
from youthcourt.permissions import Role

from .finding import Finding, Question
from .worksheet import spread_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped

    from youthcourt.models.accounts.user import User
    from youthcourt.models.court.court import GridLine
    from youthcourt.models.court.hearing import Hearing
    from youthcourt.models.jury.panel import Seat

    from .proposal import Proposal
    from .voting import VotingRound
    from .worksheet import Worksheet


class PanelAtWork(CourtOwned, Audited, Record):
    """What every part of a deliberation asks."""

    __abstract__ = True

    if TYPE_CHECKING:  # what it asks of the deliberation that it is part of
        hearing: Mapped[Hearing]
        revision: Mapped[int]
        opened_at: Mapped[datetime | None]
        decided_at: Mapped[datetime | None]
        kept_spread: Mapped[dict[str, Any] | None]
        worksheets: Mapped[list[Worksheet]]
        findings: Mapped[list[Finding]]
        proposals: Mapped[list[Proposal]]
        rounds: Mapped[list[VotingRound]]

    # Questions

    @property
    def is_open(self) -> bool:
        """Whether the panel has begun to talk."""
        return self.opened_at is not None

    @property
    def is_decided(self) -> bool:
        return self.decided_at is not None

    @property
    def sitting(self) -> list[Seat]:
        """Those who decide here now."""
        return self.hearing.panel.sitting_seats if self.hearing.panel else []

    def worksheet_of(self, seat: Seat) -> Worksheet | None:
        return next((each for each in self.worksheets if each.seat is seat), None)

    @property
    def not_in(self) -> int:
        """How many of those who sit have not handed in what they think."""
        return sum(self.worksheet_of(seat) is None for seat in self.sitting)

    @property
    def spread(self) -> dict[str, Any] | None:
        """What the jurors thought alone, without names; None before the table is open, or of too few."""
        if not self.is_open:
            return None
        return spread_of(self.worksheets) if self.worksheets else self.kept_spread

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

    def finding_on(self, question: Question) -> Finding | None:
        return next((finding for finding in self.findings if finding.question is question), None)

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
        return self._why_not_met()

    def _why_not_met(self) -> str | None:
        is_ahead = self.hearing.sits_on > self.hearing.court.today
        return _("This panel has not met yet.") if is_ahead else None

    def why_not_write(self, by: User, on_paper: bool = False) -> str | None:
        """Whether the plan and the findings may be written now."""
        if why_not := self.why_not_lead(by, on_paper):
            return why_not
        if not self.is_open and not on_paper:
            return _("First each juror answers alone. Then you open the table.")
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

    # What its other parts do

    def _queue(self) -> None:
        """Two who change the same moment of a deliberation go one after the other, and see what is so now."""
        cls, session = type(self), self.session
        session.flush()
        session.execute(select(cls.id).where(cls.id == self.id).with_for_update())
        session.refresh(self)
        session.expire(self, ["worksheets", "rounds"])

    def destroy_sheets(self) -> None:
        """What each juror wrote alone is gone for good; what they said together stays, without names."""
        if self.worksheets:
            self.kept_spread = self.spread
            self.worksheets.clear()

    def panel_changed(self, left: Seat | None = None) -> None:
        """Somebody left the panel or joined it: what they wrote alone goes with them, and a vote is void."""
        if left is not None and (sheet := self.worksheet_of(left)):
            self.worksheets.remove(sheet)
        self._overtake()

    def _overtake(self) -> None:
        if self.round and self.round.is_open:
            self.round.be_overtaken()
        self.revision += 1

    def _changed(self, event: str, by: User, **particulars: object) -> None:
        self._overtake()
        self.record(event, by=by, revision=self.revision, **particulars)


def on(paper: bool) -> dict[str, bool]:
    """Said in the trail only where it is so."""
    return {"on_paper": True} if paper else {}
