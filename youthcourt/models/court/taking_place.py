"""The time, room and judge that a hearing has: how it moves, and how it goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped, declared_attr, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _

from .adjournment import Adjournment, AdjournmentReason
from .hearing_step import GoesByStep
from .on_docket import HearingState

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .court import Room
    from .court_session import TimeBlock


class TakesPlace(GoesByStep):
    """The part of a hearing that has a place on a docket, or another one."""

    __abstract__ = True

    @declared_attr
    def adjournments(cls) -> Mapped[list[Adjournment]]:
        return relationship(
            "Adjournment", back_populates="hearing", order_by="Adjournment.id", cascade="all, delete-orphan"
        )

    def why_not_adjourn(self) -> str | None:
        """The rule that stands in the way, in words for the page; None when there is none."""
        if why_not := self.why_not_change_day():
            return why_not
        if self.is_decided:
            return _("This hearing is decided, so it can no longer be adjourned.")
        return None if self.is_ahead else _("Only a hearing that is still ahead can be adjourned.")

    def adjourn(
        self,
        to: TimeBlock,
        room: Room,
        reason: AdjournmentReason,
        by: User,
        note: str = "",
        judge: User | None = None,
    ) -> None:
        """Move the hearing to another time, with the reason. A new panel is drawn for it."""
        if why_not := self.why_not_adjourn():
            raise RuleBroken(why_not)
        if reason is AdjournmentReason.OTHER and not note.strip():
            raise RuleBroken(_("Write what the other reason is."), field="note")
        if to is self.block:
            raise RuleBroken(_("The hearing is set for this time. Choose another one."), field="place")
        was = self.court_session
        adjournment = Adjournment(
            court=self.court,
            reason=reason,
            note=note,
            was_on=was.held_on,
            was_block=self.block,
            was_room=self.room,
            was_judge=self.judge,
            panel=self.panel,
            adjourned_at=clock.now(),
            by=by,
        )
        self._take_place(to, room, judge or self.judge, by=by, why=_("The hearing was adjourned."))
        self.adjournments.append(adjournment)
        was.docket_changed()
        self.record(
            "hearing.adjourned",
            by=by,
            reason=reason,
            note=note,
            was=was.held_on,
            now=to.court_session.held_on,
        )

    def why_not_undo_adjournment(self) -> str | None:
        """Whether it can go back to where it was: that day is going on, and nobody took the place."""
        last = self.adjournments[-1] if self.adjournments else None
        if last is None or last.was_block is None or last.was_room is None or last.was_judge is None:
            return _("This hearing was not adjourned.")
        day = last.was_block.court_session
        if day.is_closed or day.held_on != self.court.today:
            return _("The day that it was adjourned from is over.")
        if not self.is_ahead:
            return _("This hearing is settled.")
        no = day.why_not_place(self.case, last.was_block, last.was_room, last.was_judge, moving=self)
        return no.message if no else None

    def undo_adjournment(self, by: User) -> None:
        """Back to where it was, with the panel that was sent home and the family that had come."""
        if why_not := self.why_not_undo_adjournment():
            raise RuleBroken(why_not)
        last, left = self.adjournments[-1], self.court_session
        assert last.was_block, "asked before"
        assert last.was_room, "asked before"
        assert last.was_judge, "asked before"
        why = _("The adjournment was taken back.")
        self._take_place(last.was_block, last.was_room, last.was_judge, by=by, why=why)
        if last.panel and last.panel.dissolved_at:
            last.panel.call_back(by=by)
        self.adjournments.remove(last)
        left.docket_changed()
        self.record("hearing.adjournment_undone", by=by, was=left.held_on, now=self.sits_on)

    def why_not_move(self) -> str | None:
        if why_not := self.why_not_change_day():
            return why_not
        return None if self.is_ahead else _("Only a hearing that is still ahead can be moved.")

    def move(self, to: TimeBlock, room: Room, judge: User, by: User) -> None:
        """Another time, room or judge on the same day."""
        if why_not := self.why_not_move():
            raise RuleBroken(why_not)
        if to.court_session is not self.court_session:
            raise RuleBroken(_("To move a hearing to another day, adjourn it with a reason."), field="place")
        was = self.block.starts_at
        self._take_place(to, room, judge, by=by, why=_("The hearing moved to another time."))
        self.record("hearing.moved", by=by, was=was, now=to.starts_at, room=room.name, judge=judge.id)

    def _take_place(self, block: TimeBlock, room: Room, judge: User, by: User, why: str) -> None:
        block.court_session.queue_for_places()
        if why_not := block.court_session.why_not_place(self.case, block, room, judge, moving=self):
            raise why_not
        if block is not self.block:
            self.steps.clear()
            if self.panel:
                self.panel.dissolve(reason=why, by=by)
        self.court_session, self.block, self.room, self.judge = block.court_session, block, room, judge
        self.sits_on = block.court_session.held_on
        self.court_session.docket_changed()

    def cancel(self, reason: str, by: User) -> None:
        """Take the hearing off the docket because the case does not go on."""
        self.state = HearingState.CANCELLED
        if self.panel:
            self.panel.dissolve(reason=reason, by=by)
        self.court_session.docket_changed()
        self.record("hearing.cancelled", by=by, reason=reason)
