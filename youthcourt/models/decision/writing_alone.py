"""First each juror alone: what they think is handed in before anybody talks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _

from .finding import Answer, Question
from .panel_at_work import PanelAtWork
from .worksheet import Worksheet

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.court.court import SanctionActivity


class WritesAlone(PanelAtWork):
    """The part of a deliberation before the table is open."""

    __abstract__ = True

    def why_not_hand_in(self, by: User) -> str | None:
        if why_not := self.why_not_change(by):
            return why_not
        return _("The table is open. Now you decide together.") if self.is_open else None

    def why_not_open(self, by: User) -> str | None:
        if why_not := self.why_not_lead(by):
            return why_not
        return _("The table is open.") if self.is_open else None

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
