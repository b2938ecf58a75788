"""The jurors seated for one hearing."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, false, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record, Versioned

from .replacement import Replacement
from .seating_rules import SeatRole

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.court.court_session import TimeBlock
    from youthcourt.models.court.hearing import Hearing

    from .draw import Draw
    from .juror import Juror

_SEATED = text("stood_down_at IS NULL")


class Post(StrEnum):
    """Where somebody's place at a hearing is. Who is no part of the panel decides nothing."""

    PANEL = "panel"
    BAILIFF = "bailiff"
    CLERK = "clerk"


class Panel(CourtOwned, Versioned, Audited, Record):
    """Those seated for a hearing, and those who wait to step in."""

    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    hearing: Mapped[Hearing] = relationship(back_populates="panels")
    dissolved_at: Mapped[datetime | None]
    seats: Mapped[list[Seat]] = relationship(back_populates="panel", order_by="Seat.number, Seat.id")
    # How it came about; none when it was put together by hand alone.
    draw_id: Mapped[int | None] = mapped_column(ForeignKey("draw.id"), index=True)
    draw: Mapped[Draw | None] = relationship(back_populates="panels")

    @property
    def audited_case_id(self) -> int:  # type: ignore[override]
        return self.hearing.case_id

    @property
    def sitting_seats(self) -> list[Seat]:
        """The seats that decide: no reserves, no bailiff, nobody stood down."""
        return [seat for seat in self.standing if seat.post is Post.PANEL and not seat.is_reserve]

    @property
    def reserves(self) -> list[Seat]:
        return [seat for seat in self.standing if seat.is_reserve]

    @property
    def next_up(self) -> Seat | None:
        """The reserve who would take a seat that falls empty: the first of those who are here."""
        return min(self.reserves, key=lambda seat: not seat.is_here, default=None)

    @property
    def helpers(self) -> list[Seat]:
        """Bailiffs and clerks: they are at the hearing and decide nothing."""
        return [seat for seat in self.standing if seat.post is not Post.PANEL]

    @property
    def standing(self) -> list[Seat]:
        """Everybody with a place here who was not stood down."""
        return [seat for seat in self.seats if seat.stood_down_at is None]

    @property
    def foreperson(self) -> Seat | None:
        return next((seat for seat in self.sitting_seats if seat.is_foreperson), None)

    def seat_of(self, user: User) -> Seat | None:
        """The deciding seat of the juror who asks, if they have one."""
        return next((seat for seat in self.sitting_seats if seat.juror.person_id == user.person_id), None)

    def add_seat(
        self,
        juror: Juror,
        is_reserve: bool = False,
        is_foreperson: bool = False,
        post: Post = Post.PANEL,
    ) -> Seat:
        """Give a juror a seat. Whether they may have it is asked by the seating procedure."""
        seat = Seat(
            court=self.hearing.court,
            juror=juror,
            time_block=self.hearing.block,
            number=max((each.number for each in self.seats), default=0) + 1,
            is_reserve=is_reserve,
            is_foreperson=is_foreperson,
            post=post,
        )
        self.seats.append(seat)
        return seat

    def swear_present(self, by: User) -> int:
        """Everybody who is here takes the oath together. How many took it."""
        ready = [seat for seat in self.standing if not seat.is_sworn and not seat.why_not_swear()]
        for seat in ready:
            seat.swear(by=by)
        return len(ready)

    def name_foreperson(self, seat: Seat, by: User) -> None:
        """The juror who leads the questions and the deliberation."""
        if why_not := self.hearing.why_not_change_day():
            raise RuleBroken(why_not)
        if seat not in self.sitting_seats:
            raise RuleBroken(_("The foreperson is one of those seated."))
        for each in self.seats:
            each.is_foreperson = each is seat
        self.record("panel.foreperson_named", by=by, juror=seat.juror.id)

    def why_not_take_over(self, reserve: Seat) -> str | None:
        """A reserve may decide in the place of somebody who left, when they heard the whole case."""
        hearing = self.hearing
        if not hearing.is_held or hearing.is_decided:
            return _("A reserve takes over while the panel decides.")
        if reserve not in self.reserves:
            return _("This juror is no reserve of this panel.")
        sworn_at, heard_at = reserve.sworn_at, hearing.held_at
        if sworn_at is None:
            return _("%(name)s has not taken the oath.", name=reserve.juror.person.short_name)
        if heard_at is not None and sworn_at > heard_at:
            return _("%(name)s took the oath after the case was heard.", name=reserve.juror.person.short_name)
        return _("Every seat is taken.") if len(self.sitting_seats) >= hearing.court.panel_size else None

    def take_over(self, reserve: Seat, by: User) -> None:
        """A reserve who heard the case decides from here on."""
        if why_not := self.why_not_take_over(reserve):
            raise RuleBroken(why_not)
        reserve.is_reserve, reserve.is_foreperson = False, self.foreperson is None
        self.note_stand_in(reserve)
        self.changed()
        reserve.record("seat.took_over", by=by, juror=reserve.juror_id)

    def note_stand_in(self, seat: Seat) -> None:
        """Whoever takes a seat that was left open stands in for whoever left it last."""
        left = [each.replacement for each in self.seats if each.stood_down_at and each.replacement]
        waiting = [each for each in left if each.taken_by is None and each.left_seat]
        if waiting:
            max(waiting, key=lambda each: each.made_at).taken_by = seat

    def changed(self, left: Seat | None = None) -> None:
        """Others decide now: a vote that goes on is void, and what somebody wrote alone leaves with them."""
        if self.hearing.deliberation:
            self.hearing.deliberation.panel_changed(left=left)

    def dissolve(self, reason: str, by: User) -> None:
        """Send everybody home, because the hearing moves or does not take place."""
        self.dissolved_at = clock.now()
        for seat in self.standing:
            seat.stood_down_at, seat.stood_down_reason = self.dissolved_at, reason
        self.record("panel.dissolved", by=by, reason=reason)

    def call_back(self, by: User) -> None:
        """It was a mistake to send this panel home. Whoever has another place by now keeps that one."""
        sent_home, self.dissolved_at = self.dissolved_at, None
        for seat in self.seats:
            went_before = seat.has_moved or seat.replacement is not None
            if seat.stood_down_at == sent_home and not went_before and not seat.sits_elsewhere:
                seat.stood_down_at, seat.stood_down_reason = None, ""
        self.record("panel.called_back", by=by)


class Seat(CourtOwned, Versioned, Audited, Record):
    """One juror on one panel."""

    __table_args__ = (
        # Nobody sits twice at the same time.
        Index(
            "uq_seat_at_a_time",
            "time_block_id",
            "juror_id",
            unique=True,
            sqlite_where=_SEATED,
            postgresql_where=_SEATED,
        ),
    )

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), index=True)
    panel: Mapped[Panel] = relationship(back_populates="seats")
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), index=True)
    juror: Mapped[Juror] = relationship()
    time_block_id: Mapped[int] = mapped_column(ForeignKey("time_block.id"))
    time_block: Mapped[TimeBlock] = relationship()
    number: Mapped[int]
    is_foreperson: Mapped[bool] = mapped_column(default=False)
    is_reserve: Mapped[bool] = mapped_column(default=False)
    post: Mapped[Post] = mapped_column(default=Post.PANEL, server_default="panel")
    sworn_at: Mapped[datetime | None]
    stood_down_at: Mapped[datetime | None]
    stood_down_reason: Mapped[str] = mapped_column(default="")
    # Stood down only because another place was found for them; they may come back.
    has_moved: Mapped[bool] = mapped_column(default=False, server_default=false())
    replacements: Mapped[list[Replacement]] = relationship(
        back_populates="seat",
        foreign_keys=Replacement.seat_id,
        order_by=Replacement.id,
        cascade="all, delete-orphan",
    )

    @property
    def audited_case_id(self) -> int:  # type: ignore[override]
        return self.panel.hearing.case_id

    @property
    def role(self) -> SeatRole:
        if self.post is not Post.PANEL:
            return SeatRole(self.post.value)
        if self.is_reserve:
            return SeatRole.RESERVE
        return SeatRole.FOREPERSON if self.is_foreperson else SeatRole.JUROR

    @property
    def is_sworn(self) -> bool:
        return self.sworn_at is not None

    @property
    def is_here(self) -> bool:
        """Whether this juror has come to the day of the hearing."""
        sittings = self.panel.hearing.court_session.sittings
        return any(each.juror_id == self.juror_id and each.is_here for each in sittings)

    @property
    def sits_elsewhere(self) -> bool:
        """Whether this juror has another place at the same time."""
        cls = type(self)
        other = select(cls.id).where(
            cls.time_block_id == self.time_block_id,
            cls.juror_id == self.juror_id,
            cls.id != self.id,
            cls.stood_down_at.is_(None),
        )
        return self.session.scalar(other.limit(1)) is not None

    def why_not_swear(self) -> str | None:
        hearing = self.panel.hearing
        if why_not := hearing.why_not_change_day():
            return why_not
        if hearing.sits_on > hearing.court.today:
            return _("The oath is taken on the day of the hearing.")
        if self.stood_down_at:
            return _("This juror was stood down.")
        return None if self.is_here else _("%(name)s is not checked in.", name=self.juror)

    def swear(self, by: User, at: datetime | None = None) -> None:
        """The juror took the oath of confidentiality and fairness, as everybody does each time."""
        if why_not := self.why_not_swear():
            raise RuleBroken(why_not)
        if not self.is_sworn:
            self.sworn_at = self.panel.hearing.happened_at(at)
            self.record("seat.sworn", by=by, juror=self.juror.id)

    def why_not_take_back_oath(self) -> str | None:
        hearing = self.panel.hearing
        if why_not := hearing.why_not_change_day():
            return why_not
        return None if hearing.is_ahead else _("This hearing is settled.")

    def take_back_oath(self, by: User) -> None:
        """It was ticked by mistake. Saying it twice changes nothing."""
        if why_not := self.why_not_take_back_oath():
            raise RuleBroken(why_not)
        if self.is_sworn:
            self.sworn_at = None
            self.record("seat.oath_undone", by=by, juror=self.juror_id)

    def give_up(self, reason: str, by: User, has_moved: bool) -> None:
        """Leave this place because the plan was mended: for another place, or because they did not come."""
        if why_not := self.panel.hearing.why_not_change_day():
            raise RuleBroken(why_not)
        self.stood_down_at, self.stood_down_reason, self.has_moved = clock.now(), reason, has_moved
        self.is_foreperson = False
        self.record("seat.given_up", by=by, juror=self.juror_id, reason=reason)

    def take(self, role: SeatRole, by: User) -> None:
        """Another role on the same panel, for whoever has a place on it."""
        if why_not := self.panel.hearing.why_not_change_day():
            raise RuleBroken(why_not)
        if role is self.role:
            return
        was = self.role
        self.is_reserve, self.is_foreperson = role is SeatRole.RESERVE, role is SeatRole.FOREPERSON
        self.post = Post(role.value) if role in (SeatRole.BAILIFF, SeatRole.CLERK) else Post.PANEL
        self.record("seat.changed", by=by, juror=self.juror_id, was=was, now=role)

    def why_not_stand_down(self) -> str | None:
        if why_not := self.panel.hearing.why_not_change_day():
            return why_not
        if self.stood_down_at:
            return self._who_stood_down()
        if self.panel.hearing.is_decided and self.post is Post.PANEL and not self.is_reserve:
            return _("This hearing is decided, so its panel stays as it is.")
        return None

    def _who_stood_down(self) -> str:
        """Whoever comes second is told who was first."""
        earlier = self.replacement
        if earlier is None:
            return _("%(name)s was stood down.", name=self.juror)
        return _("%(name)s was stood down already, by %(by)s.", name=self.juror, by=earlier.by)

    def stand_down(self, reason: str, by: User, is_left_open: bool = False) -> Seat | None:
        """Leave the panel, for a conflict or because the juror did not come.

        The next reserve moves up, unless the seat is left open for somebody to be chosen.
        """
        if why_not := self.why_not_stand_down():
            raise RuleBroken(why_not)
        if not reason.strip():
            raise RuleBroken(_("Write the reason."), field="reason")
        self.stood_down_at, self.stood_down_reason = clock.now(), reason
        was_foreperson, self.is_foreperson = self.is_foreperson, False
        up = None if is_left_open or not self.decides_ahead else self.panel.next_up
        if up is not None:
            up.is_reserve = False
        heir = self._heir() if was_foreperson else None
        self.session.add(
            Replacement(
                court=self.panel.hearing.court,
                seat=self,
                taken_by=up,
                left_seat=self.decides,
                led=was_foreperson,
                made_at=self.stood_down_at,
                by=by,
            )
        )
        if heir is not None:
            heir.is_foreperson = True
        self.record(
            "seat.stood_down", by=by, juror=self.juror.id, reason=reason, moved_up=up.juror.id if up else None
        )
        self.panel.changed(left=self)
        if self.panel.hearing.is_ahead:
            self.panel.hearing.court_session.docket_changed()
        return up

    @property
    def decides(self) -> bool:
        """Whether whoever has this seat decides, and does not wait or help."""
        return self.post is Post.PANEL and not self.is_reserve

    @property
    def decides_ahead(self) -> bool:
        """Whether this is a deciding seat of a case that was not heard yet, which somebody can take over."""
        return self.decides and not self.panel.hearing.is_held

    def _heir(self) -> Seat | None:
        """Who leads when the foreperson leaves: the lowest seat."""
        return min(self.panel.sitting_seats, key=lambda seat: seat.number, default=None)

    @property
    def replacement(self) -> Replacement | None:
        """How this juror left, the last time; none when the whole panel was sent home."""
        return self.replacements[-1] if self.replacements else None

    def why_not_reinstate(self) -> str | None:
        """What stands in the way of giving the seat back to whoever was stood down."""
        hearing, earlier = self.panel.hearing, self.replacement
        if why_not := hearing.why_not_change_day():
            return why_not
        if self.panel.dissolved_at or not hearing.is_ahead:
            return _("This hearing is settled.")
        if earlier is None:
            return _("%(name)s cannot come back to this seat.", name=self.juror)
        if self.sits_elsewhere:
            return _("%(name)s has another place at this time.", name=self.juror)
        up = earlier.taken_by
        if up and up.is_sworn and not up.stood_down_at:
            return _("%(name)s has taken the oath in this seat. Undo that first.", name=up.juror)
        return None

    def reinstate(self, by: User) -> None:
        """It was a mistake, or settled: the juror has the seat again, and whoever moved up waits again."""
        if self.stood_down_at is None:
            return
        if why_not := self.why_not_reinstate():
            raise RuleBroken(why_not)
        earlier = self.replacement
        assert earlier is not None
        if (up := earlier.taken_by) and up.stood_down_at is None:
            up.is_reserve, up.is_foreperson = True, False
        self.stood_down_at, self.stood_down_reason = None, ""
        if earlier.led:
            for each in self.panel.seats:
                each.is_foreperson = each is self
        elif self.panel.foreperson is None and (heir := self._heir()):
            heir.is_foreperson = True
        self.replacements.remove(earlier)
        self.record("seat.reinstated", by=by, juror=self.juror_id)
