"""How a hearing is settled: nobody came, or the case was heard; and how that is taken back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete
from sqlalchemy.orm.attributes import set_committed_value

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.base import is_pointed_to
from youthcourt.models.case_stage import CaseStage
from youthcourt.models.decision.deliberation import Deliberation

from .attendance import ReceivesFamily
from .hearing_step import GoesByStep
from .on_docket import HearingState

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User


class GetsSettled(ReceivesFamily, GoesByStep):
    """The part of a hearing that says what became of it."""

    __abstract__ = True

    # Nobody came

    def why_not_fail(self) -> str | None:
        if why_not := self.why_not_change_day():
            return why_not
        if not self.is_ahead:
            return _("This hearing is settled.")
        if self.sits_on > self.court.today:
            return _("The day of the hearing has not come yet.")
        if self.has_come(self.case.respondent):
            return _("%(name)s is checked in.", name=self.case.respondent)
        return None

    def fail_to_appear(self, note: str, by: User) -> None:
        """The respondent did not come. The case waits for a new date, or goes back."""
        if why_not := self.why_not_fail():
            raise RuleBroken(why_not)
        self.state = HearingState.FAILED_TO_APPEAR
        if self.panel:
            self.panel.dissolve(reason=_("The respondent did not come."), by=by)
        self.case.move_to(CaseStage.ADMITTED)
        self.record("hearing.failed_to_appear", by=by, note=note)

    def why_not_undo_failure(self) -> str | None:
        """Whether they can still be heard: the day is going on, and nobody has their place."""
        day = self.court_session
        if why_not := day.why_not_change_day():
            return why_not
        if self.state is not HearingState.FAILED_TO_APPEAR:
            return _("This hearing was not written down as failed.")
        if day.is_over:
            return _("This day is over.")
        if self.case.stage is not CaseStage.ADMITTED:
            return _("This case has gone on since.")
        no = day.why_not_place(self.case, self.block, self.room, self.judge, moving=self)
        return no.message if no else None

    def undo_failure(self, by: User) -> None:
        """They have come after all, or it was a mistake: the hearing is ahead again, with its panel."""
        if self.is_ahead:
            return
        if why_not := self.why_not_undo_failure():
            raise RuleBroken(why_not)
        self.state = HearingState.SET
        self.case.move_to(CaseStage.HEARING_SET)
        if self.panels and self.panels[-1].dissolved_at:
            self.panels[-1].call_back(by=by)
        self.record("hearing.failure_undone", by=by)

    # The case was heard

    def swear_panel(self, by: User) -> int:
        """Everybody of the panel who is here took the oath. How many had not before."""
        if self.panel is None:
            raise RuleBroken(_("There is no panel."))
        return self.panel.swear_present(by=by)

    def why_not_hold(self) -> str | None:
        if why_not := self.why_not_change_day():
            return why_not
        if not self.is_ahead:
            return _("This hearing is settled.")
        if self.sits_on > self.court.today:
            return _("This hearing is not today.")
        if not self.has_come(self.case.respondent):
            return _("%(name)s is not checked in.", name=self.case.respondent)
        if self.panel is None:
            return _("There is no panel.")
        sworn = [seat for seat in self.panel.sitting_seats if seat.is_sworn]
        if len(sworn) < self.court.panel_minimum:
            return _(
                "Only %(sworn)s jurors have taken the oath; %(needed)s are needed.",
                sworn=len(sworn),
                needed=self.court.panel_minimum,
            )
        if self.panel.foreperson is None or not self.panel.foreperson.is_sworn:
            return _("The foreperson has not taken the oath.")
        return None

    def hold(self, by: User, at: datetime | None = None) -> Deliberation:
        """The case was heard; the panel goes to decide. Whoever took no oath does not decide.

        A night on paper is typed in later, with the time: until its day is closed.
        """
        if why_not := self.why_not_hold():
            raise RuleBroken(why_not)
        assert self.panel is not None
        # A reserve who moves up may not have taken it either, so this asks again after each.
        while unsworn := [seat for seat in self.panel.sitting_seats if not seat.is_sworn]:
            unsworn[0].stand_down(reason=_("Did not take the oath."), by=by)
        self.state, self.held_at = HearingState.HELD, self.happened_at(at)
        self.case.move_to(CaseStage.HEARD)
        self.deliberation = Deliberation(court=self.court, revision=0)
        self.record("hearing.held", by=by, jurors=len(self.panel.sitting_seats))
        return self.deliberation

    def why_not_stop(self) -> str | None:
        """Whether it can end before it is heard: from its day on, until that is closed."""
        if why_not := self.why_not_change_day():
            return why_not
        if not self.is_ahead:
            return _("This hearing is settled.")
        return _("This hearing is not today.") if self.sits_on > self.court.today else None

    def stop(self, reason: str, by: User) -> None:
        """The young person no longer wants this court: the case goes back, and the room is free."""
        if why_not := self.why_not_stop():
            raise RuleBroken(why_not)
        self.case.withdraw(self.case.respondent, reason=reason, by=by)

    def why_not_undo_hold(self) -> str | None:
        if why_not := self._why_not_step():
            return why_not
        if self.deliberation is None or not self.is_held:
            return _("This hearing has not been held.")
        if self.deliberation.is_open or is_pointed_to(self.deliberation):
            return _("The panel has begun to decide.")
        return None

    def undo_hold(self, by: User) -> None:
        """The panel was sent to decide by mistake and has written nothing yet: the hearing goes on."""
        if why_not := self.why_not_undo_hold():
            raise RuleBroken(why_not)
        assert self.deliberation is not None
        empty = self.deliberation
        self.session.expunge(empty)
        set_committed_value(self, "deliberation", None)
        self.session.execute(delete(Deliberation).where(Deliberation.id == empty.id))
        self.state, self.held_at = HearingState.SET, None
        self.case.move_to(CaseStage.HEARING_SET)
        self.record("hearing.hold_undone", by=by)
