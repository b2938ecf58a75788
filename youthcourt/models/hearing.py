"""A case before its panel, on the docket of one court session."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    UniqueConstraint,
    and_,
    delete,
    false,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import set_committed_value

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.permissions import Role

from .adjournment import Adjournment, AdjournmentReason
from .base import CourtOwned, Record, is_pointed_to
from .case import Case
from .case_stage import CLOSED_STAGES, CaseStage
from .deliberation import Deliberation
from .family_absence import FamilyAbsence
from .hearing_step import Step
from .in_the_room import GoesOnInRoom
from .juror import Juror
from .monitor_remark import MonitorRemark
from .panel import Panel, Post, Seat
from .person import Person
from .preparation import HowServed, InterpreterBooking, NoticeServed
from .readiness import Lack, Missing

if TYPE_CHECKING:
    from .court import Room
    from .court_session import CourtSession, TimeBlock
    from .docket_version import DocketRow
    from .user import User


class HearingState(StrEnum):
    SET = "set"
    HELD = "held"
    FAILED_TO_APPEAR = "failed_to_appear"
    CANCELLED = "cancelled"


# Those that take their room.
LIVE_STATES = (HearingState.SET, HearingState.HELD)
_LIVE = text("state IN ('set', 'held')")


class Hearing(GoesOnInRoom):
    """One case, one room, one time, one judge, one panel."""

    __table_args__ = (
        Index(
            "uq_hearing_room", "block_id", "room_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE
        ),
        Index(
            "uq_hearing_judge",
            "block_id",
            "judge_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index("ix_hearing_by_day", "court_id", "sits_on"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    case: Mapped[Case] = relationship(back_populates="hearings")
    court_session_id: Mapped[int] = mapped_column(ForeignKey("court_session.id"), index=True)
    court_session: Mapped[CourtSession] = relationship(back_populates="hearings")
    block_id: Mapped[int] = mapped_column(ForeignKey("time_block.id"))
    block: Mapped[TimeBlock] = relationship()
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    room: Mapped[Room] = relationship()
    judge_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    judge: Mapped[User] = relationship(foreign_keys=judge_id)
    state: Mapped[HearingState] = mapped_column(default=HearingState.SET)
    # The day its panel may open it: the day of the session, or the day a judge calls the panel back for.
    sits_on: Mapped[date]
    held_at: Mapped[datetime | None]

    attendances: Mapped[list[Attendance]] = relationship(
        back_populates="hearing", cascade="all, delete-orphan"
    )
    adjournments: Mapped[list[Adjournment]] = relationship(
        back_populates="hearing", order_by="Adjournment.id", cascade="all, delete-orphan"
    )
    panels: Mapped[list[Panel]] = relationship(back_populates="hearing", order_by=Panel.id)
    deliberation: Mapped[Deliberation | None] = relationship(back_populates="hearing")
    remarks: Mapped[list[MonitorRemark]] = relationship(back_populates="hearing", order_by=MonitorRemark.id)
    notices: Mapped[list[NoticeServed]] = relationship(
        back_populates="hearing", order_by=NoticeServed.id, cascade="all, delete-orphan"
    )
    interpreters: Mapped[list[InterpreterBooking]] = relationship(
        back_populates="hearing", order_by=InterpreterBooking.id, cascade="all, delete-orphan"
    )
    absences: Mapped[list[FamilyAbsence]] = relationship(
        back_populates="hearing", order_by=FamilyAbsence.id, cascade="all, delete-orphan"
    )

    # Lists

    @classmethod
    def visible_to(cls, user: User) -> Select[Self]:
        """Coordinators: their court's; judges: those they hear. Jurors come by what they decide today."""
        mine: list[ColumnElement[bool]] = []
        if Role.COORDINATOR in user.roles:
            mine.append(true())
        if Role.JUDGE in user.roles:
            mine.append(cls.judge_id == user.id)
        return select(cls).where(cls.court_id == user.court_id, or_(false(), *mine))

    @classmethod
    def deliberated_by(cls, user: User) -> Select[Self]:
        """The hearings that this juror decides today. A reserve does not, until one of the panel leaves.

        Nothing of them opens before the day, once the case has ended, or once the day is closed; a plan that
        the judge sends back after closing opens again.
        """
        is_open = or_(cls.court_session.has(closed_at=None), cls.deliberation.has(decided_at=None))
        return cls._of_juror_today(user, _decides()).where(is_open)

    @classmethod
    def led_by(cls, user: User) -> Select[Self]:
        """The hearings that this reader may lead through the script: those they see as staff, and on the day,
        until it is closed, those at which a juror is the clerk, the bailiff or the foreperson.
        """
        leads = cls.led_as_juror(user)
        seen = cls.visible_to(user).with_only_columns(cls.id)
        return select(cls).where(or_(cls.id.in_(seen), cls.id.in_(leads.with_only_columns(cls.id))))

    @classmethod
    def led_as_juror(cls, user: User) -> Select[Self]:
        """Those at which this juror is the clerk, the bailiff or the foreperson today."""
        return cls._of_juror_today(user, _leads()).where(cls.court_session.has(closed_at=None))

    @classmethod
    def heard_by(cls, user: User) -> Select[Self]:
        """The hearings of this judge, whatever else they do here."""
        is_judge = true() if Role.JUDGE in user.roles else false()
        return select(cls).where(cls.court_id == user.court_id, cls.judge_id == user.id, is_judge)

    @classmethod
    def _of_juror_today(cls, user: User, seat: ColumnElement[bool]) -> Select[Self]:
        """What goes on today where this juror has such a seat."""
        if Role.JUROR not in user.roles or not user.person_id:
            return select(cls).where(false())
        return select(cls).where(
            cls.court_id == user.court_id,
            cls.sits_on == user.court.today,
            cls.court_session_id == user.tablet_day_id if user.tablet_day_id else true(),
            cls.state.in_(("set", "held")),
            cls.case.has(Case.stage.not_in(CLOSED_STAGES)),
            _has_seat(user.person_id, seat),
        )

    # Questions

    @property
    def audited_case_id(self) -> int:  # type: ignore[override]
        return self.case_id or self.case.id

    @property
    def is_ahead(self) -> bool:
        return self.state is HearingState.SET

    @property
    def is_live(self) -> bool:
        """Whether it takes its room: set or held, not cancelled and not failed."""
        return self.state in LIVE_STATES

    def is_attended_by(self, person_id: int | None) -> bool:
        """Whether somebody of the family is here, at a hearing that is today and a day that is not over."""
        is_going_on = self.is_live and self.sits_on == self.court.today and not self.court_session.is_closed
        return is_going_on and any(each.person_id == person_id for each in self.present)

    @property
    def is_held(self) -> bool:
        return self.state is HearingState.HELD

    @property
    def is_decided(self) -> bool:
        return self.deliberation is not None and self.deliberation.is_decided

    @property
    def panel(self) -> Panel | None:
        """The panel in force; earlier ones were dissolved when the hearing moved."""
        standing = [panel for panel in self.panels if panel.dissolved_at is None]
        return standing[-1] if standing else None

    @property
    def present(self) -> list[Attendance]:
        """Who of the family has come to the day it is set for; who came to an earlier one went home."""
        return [each for each in self.attendances if each.court_session is self.court_session]

    def has_come(self, person: Person) -> bool:
        return any(attendance.person is person for attendance in self.present)

    @property
    def family(self) -> list[Person]:
        """Whoever is expected with the case: the young person and who stands for them."""
        return [self.case.respondent, *self.case.respondent.guardians]

    @property
    def languages_needed(self) -> list[str]:
        """The languages into which somebody of the family has asked to have things interpreted."""
        return list(dict.fromkeys(each.language for each in self.family if each.needs_interpreter))

    @property
    def languages_missing(self) -> list[str]:
        booked = {each.language for each in self.interpreters}
        return [each for each in self.languages_needed if each not in booked]

    @property
    def notice(self) -> NoticeServed | None:
        """The last word to the family on when and where it is heard."""
        return self.notices[-1] if self.notices else None

    @property
    def is_family_told(self) -> bool:
        return self.notice is not None and self.notice.is_current

    @property
    def published(self) -> DocketRow | None:
        """The time, room and judge on which people rely: as published; None while nothing was."""
        version = self.court_session.published
        return version.row_of(self) if version else None

    def missing(self) -> list[Missing]:
        """What keeps this hearing off a docket that is published."""
        number, panel = self.case.number, self.panel
        found = []
        if self.judge.ended_at or Role.JUDGE not in self.judge.given_roles:
            found.append((Lack.JUDGE, _("%(case)s: the judge no longer sits in this court.", case=number)))
        if self.room not in self.court_session.rooms:
            found.append((Lack.ROOM, _("%(case)s: the room is not one of this day.", case=number)))
        if not self.case.is_agreed:
            found.append((Lack.AGREEMENTS, _("%(case)s: the agreements are not signed.", case=number)))
        if panel is None:
            found.append((Lack.PANEL, _("%(case)s: no panel yet.", case=number)))
        elif len(panel.sitting_seats) < self.court.panel_minimum:
            found.append((Lack.PANEL, _("%(case)s: the panel is short of jurors.", case=number)))
        elif panel.foreperson is None:
            found.append((Lack.PANEL, _("%(case)s: the panel has no foreperson.", case=number)))
        return [Missing(*each, hearing_id=self.id) for each in found]

    def still_to_do(self) -> list[Missing]:
        """What has to be done for this hearing until its day; the docket can be published before."""
        number, panel = self.case.number, self.panel
        found = []
        if panel and len(panel.sitting_seats) >= self.court.panel_minimum:
            if len(panel.sitting_seats) < self.court.panel_size:
                words = _(
                    "%(case)s: %(have)s of %(want)s seats are taken.",
                    case=number,
                    have=len(panel.sitting_seats),
                    want=self.court.panel_size,
                )
                found.append((Lack.RESERVES, words))
            elif len(panel.reserves) < self.court.panel_reserves:
                found.append((Lack.RESERVES, _("%(case)s: too few jurors in reserve.", case=number)))
        found += [
            (Lack.INTERPRETER, _("%(case)s: an interpreter is not booked.", case=number))
            for _language in self.languages_missing
        ]
        if self.notice is None:
            found.append((Lack.NOTICE, _("%(case)s: the family has no notice yet.", case=number)))
        elif not self.is_family_told:
            found.append((Lack.NOTICE, _("%(case)s: the family was told another time or room.", case=number)))
        return [Missing(*each, hearing_id=self.id) for each in found]

    # Before the day

    def why_not_serve(self) -> str | None:
        if not self.is_ahead:
            return _("This hearing is settled.")
        return _("The family has been told already.") if self.is_family_told else None

    def serve(self, how: HowServed, by: User) -> NoticeServed:
        """The family was told when and where it is heard, as it stands now."""
        if why_not := self.why_not_change_day() or self.why_not_serve():
            raise RuleBroken(why_not)
        served = NoticeServed(
            court=self.court,
            how=how,
            told_starts_at=self.block.starts_at,
            told_room=self.room.name,
            served_at=clock.now(),
            by=by,
        )
        self.notices.append(served)
        self.record("notice.served", by=by, how=how)
        return served

    def take_back_notice(self, by: User) -> None:
        """It was noted by mistake: the family was not told."""
        if why_not := self.why_not_change_day():
            raise RuleBroken(why_not)
        if self.notices:
            self.notices.pop()
            self.record("notice.taken_back", by=by)

    def book_interpreter(self, language: str, name: str, by: User) -> InterpreterBooking:
        """Somebody will interpret. Who is booked for a language again takes the place of who was."""
        if why_not := self.why_not_change_day() or (None if self.is_ahead else _("This hearing is settled.")):
            raise RuleBroken(why_not)
        if language not in self.languages_needed:
            raise RuleBroken(_("Nobody of this family has asked for this language."), field="language")
        if not name.strip():
            raise RuleBroken(_("Write who interprets."), field="name")
        booking = next((each for each in self.interpreters if each.language == language), None)
        if booking is None:
            booking = InterpreterBooking(court=self.court, language=language)
            self.interpreters.append(booking)
        booking.name, booking.booked_at, booking.by = name.strip(), clock.now(), by
        self.record("interpreter.booked", by=by, language=language)
        return booking

    def release_interpreter(self, language: str, by: User) -> None:
        """Whoever was booked does not come after all."""
        if why_not := self.why_not_change_day():
            raise RuleBroken(why_not)
        for booking in [each for each in self.interpreters if each.language == language]:
            self.interpreters.remove(booking)
            self.record("interpreter.released", by=by, language=language)

    # Verbs

    def why_not_change_day(self) -> str | None:
        """Its day is closed; unless the judge has sent the panel back to decide once more."""
        meets_again = self.is_held and not self.is_decided and not self.case.is_closed
        return None if meets_again else self.court_session.why_not_change_day()

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

    def why_not_check_in(self) -> str | None:
        if why_not := self.why_not_change_day():
            return why_not
        if not self.is_ahead:
            return _("This hearing is settled.")
        return self.court_session.why_not_check_in()

    def check_in(self, person: Person, by: User, at: datetime | None = None) -> None:
        """Somebody of the family has come. Saying it twice changes nothing."""
        if why_not := self.why_not_check_in():
            raise RuleBroken(why_not)
        self.attend(person, by=by, at=at)

    def undo_check_in(self, person: Person, by: User) -> None:
        if why_not := self.why_not_check_in():
            raise RuleBroken(why_not)
        for attendance in [each for each in self.present if each.person is person]:
            self.attendances.remove(attendance)
            self.record("hearing.check_in_undone", by=by, person=person.id)

    def attend(self, person: Person, by: User, at: datetime | None = None) -> None:
        """Somebody of the family was there, whatever came of the hearing; noted until the day is closed."""
        if why_not := self.why_not_change_day():
            raise RuleBroken(why_not)
        if self.sits_on > self.court.today:
            raise RuleBroken(_("People are checked in on the day of the hearing."))
        if person not in self.family:
            raise RuleBroken(_("This person is not expected at this hearing."))
        if self.has_come(person):
            return
        self.undo_absence(person, by=by)
        came = Attendance(court=self.court, court_session=self.court_session, person=person, by=by)
        came.came_at = self.happened_at(at)
        self.attendances.append(came)
        self.record("hearing.checked_in", by=by, person=person.id)

    def happened_at(self, at: datetime | None = None) -> datetime:
        """When something of this hearing happened that is written down now: see the day."""
        if at is None and self.court_session.held_on != self.court.today:
            return self.block.starts_at
        return self.court_session.happened_at(at)

    def why_not_note_absence(self, person: Person) -> str | None:
        if why_not := self.why_not_change_day():
            return why_not
        if self.sits_on > self.court.today:
            return _("The day of the hearing has not come yet.")
        return _("%(name)s is checked in.", name=person) if self.has_come(person) else None

    def is_absent(self, person: Person) -> bool:
        return any(each.person is person for each in self.absences)

    def note_absence(self, person: Person, by: User) -> None:
        """Who stands for the young person was expected and did not come. Saying it twice changes nothing."""
        if why_not := self.why_not_note_absence(person):
            raise RuleBroken(why_not)
        if person not in self.case.respondent.guardians:
            raise RuleBroken(_("This person is not expected at this hearing."))
        if not self.is_absent(person):
            self.absences.append(FamilyAbsence(court=self.court, person=person, noted_at=clock.now(), by=by))
            self.record("hearing.absence_noted", by=by, person=person.id)

    def undo_absence(self, person: Person, by: User) -> None:
        if why_not := self.why_not_change_day():
            raise RuleBroken(why_not)
        for absence in [each for each in self.absences if each.person is person]:
            self.absences.remove(absence)
            self.record("hearing.absence_undone", by=by, person=person.id)

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

    def stop(self, reason: str, by: User) -> None:
        """The young person no longer wants this court: the case goes back, and the room is free."""
        if why_not := self.why_not_begin(Step.CHOICE):
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


def _decides() -> ColumnElement[bool]:
    """The seats whose jurors decide: on the panel, no reserve, not stood down."""
    return and_(Seat.stood_down_at.is_(None), Seat.is_reserve.is_(False), Seat.post == Post.PANEL)


def _leads() -> ColumnElement[bool]:
    """The seats whose jurors lead the room: the clerk's, the bailiff's and the foreperson's."""
    is_foreperson = and_(_decides(), Seat.is_foreperson)
    return and_(Seat.stood_down_at.is_(None), or_(Seat.post != Post.PANEL, is_foreperson))


def _has_seat(person_id: int, seat: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition that this person has such a seat on the panel in force."""
    theirs = Seat.juror.has(Juror.person_id == person_id)
    return Hearing.panels.any(and_(Panel.dissolved_at.is_(None), Panel.seats.any(and_(seat, theirs))))


class Attendance(CourtOwned, Record):
    """Somebody of the family came to the hearing, on the day it was set for then."""

    __table_args__ = (UniqueConstraint("hearing_id", "court_session_id", "person_id"),)

    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    hearing: Mapped[Hearing] = relationship(back_populates="attendances")
    court_session_id: Mapped[int] = mapped_column(ForeignKey("court_session.id"))
    court_session: Mapped[CourtSession] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship()
    came_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()
