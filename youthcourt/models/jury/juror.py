"""Jurors: volunteers and young people who sit as part of their own plan, never told apart."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey, Index, Select, false, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record, Versioned
from youthcourt.models.completion.time_credit import TimeCredit
from youthcourt.permissions import Role

from .seating_rules import SeatRole
from .withheld_credit import WithheldCredit

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.completion.obligation import Obligation
    from youthcourt.models.court.court_session import CourtSession
    from youthcourt.models.person import Person

    from .availability import Availability
    from .panel import Seat


class Juror(CourtOwned, Versioned, Audited, Record):
    """Somebody who may be asked to sit on panels."""

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    person: Mapped[Person] = relationship()
    joined_on: Mapped[date]
    # Sits by own choice. False for somebody who so far sits only because a plan asks for it.
    is_volunteer: Mapped[bool] = mapped_column(default=True)
    left_on: Mapped[date | None]
    trainings: Mapped[list[Training]] = relationship(back_populates="juror", order_by="Training.held_on")
    absences: Mapped[list[Absence]] = relationship(back_populates="juror", order_by="Absence.starts_on")
    availabilities: Mapped[list[Availability]] = relationship(
        back_populates="juror", order_by="Availability.id"
    )
    sittings: Mapped[list[Sitting]] = relationship(back_populates="juror", order_by="Sitting.id")

    def __str__(self) -> str:
        return self.person.name

    @classmethod
    def enrol(cls, person: Person, by: User | None, is_volunteer: bool = True) -> Self:
        """Put somebody on the list of jurors; who is on it already stays, or becomes a volunteer."""
        juror = person.session.scalars(select(cls).where(cls.person_id == person.id)).first()
        if juror is None:
            juror = cls(
                court=person.court, person=person, joined_on=person.court.today, is_volunteer=is_volunteer
            )
            person.session.add(juror)
            juror.record("juror.enrolled", by=by)
        elif (is_volunteer and not juror.is_volunteer) or juror.left_on:
            juror.is_volunteer, juror.left_on = juror.is_volunteer or is_volunteer, None
            juror.record("juror.stayed_on", by=by)
        return juror

    @property
    def has_served(self) -> bool:
        return any(sitting.state is SittingState.CREDITED for sitting in self.sittings)

    @property
    def trained_until(self) -> date | None:
        """Until when the training as a juror is good."""
        own = [training for training in self.trainings if training.role is SeatRole.JUROR]
        return max((training.valid_until for training in own), default=None)

    def is_trained_on(self, day: date, role: SeatRole = SeatRole.JUROR) -> bool:
        return any(training.is_good_on(day) for training in self.trainings if training.role is role)

    def is_away_on(self, day: date) -> bool:
        return any(absence.starts_on <= day <= absence.ends_on for absence in self.absences)

    def train(
        self,
        held_on: date,
        minutes: int,
        by: User | None,
        topic: str = "",
        role: SeatRole = SeatRole.JUROR,
    ) -> None:
        """A training was held. It is good for as long as the court says."""
        if held_on > self.court.today:
            raise RuleBroken(_("A training is written down once it has been held."), field="held_on")
        valid_until = held_on + timedelta(days=self.court.training_valid_days)
        topic = topic or str(_TOPICS[role])
        taken = Training(court=self.court, topic=topic, role=role, held_on=held_on, minutes=minutes)
        taken.valid_until = valid_until
        self.trainings.append(taken)
        self.record("juror.trained", by=by, held_on=held_on, minutes=minutes, role=role)

    def be_away(self, starts_on: date, ends_on: date, by: User) -> None:
        if ends_on < starts_on:
            raise RuleBroken(_("The last day is before the first."), field="ends_on")
        self.absences.append(Absence(court=self.court, starts_on=starts_on, ends_on=ends_on))
        self.record("juror.absence_noted", by=by, starts_on=starts_on, ends_on=ends_on)

    def leave(self, by: User) -> None:
        """Stop being asked. What was served stays credited."""
        self.left_on = self.court.today
        self.record("juror.left", by=by)


_TOPICS = {
    SeatRole.JUROR: _l("Juror training"),
    SeatRole.FOREPERSON: _l("Foreperson training"),
    SeatRole.BAILIFF: _l("Bailiff training"),
    SeatRole.CLERK: _l("Clerk training"),
}


class Training(CourtOwned, Record):
    """A training that a juror took, for what, and until when it is good."""

    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), index=True)
    juror: Mapped[Juror] = relationship(back_populates="trainings")
    topic: Mapped[str]
    role: Mapped[SeatRole] = mapped_column(default=SeatRole.JUROR, server_default="juror")
    held_on: Mapped[date]
    minutes: Mapped[int]
    valid_until: Mapped[date]

    def is_good_on(self, day: date) -> bool:
        return self.held_on <= day <= self.valid_until


class Absence(CourtOwned, Record):
    """Days on which a juror cannot come."""

    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), index=True)
    juror: Mapped[Juror] = relationship(back_populates="absences")
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class SittingState(StrEnum):
    """Where one juror's service on one day stands."""

    BOOKED = "booked"
    CHECKED_IN = "checked_in"
    CREDITED = "credited"
    EXCUSED = "excused"
    NO_SHOW = "no_show"


NEXT_SITTING_STATES: dict[SittingState, frozenset[SittingState]] = {
    SittingState.BOOKED: frozenset({SittingState.CHECKED_IN, SittingState.EXCUSED, SittingState.NO_SHOW}),
    SittingState.CHECKED_IN: frozenset({SittingState.BOOKED, SittingState.CREDITED, SittingState.EXCUSED}),
    SittingState.CREDITED: frozenset(),
    SittingState.EXCUSED: frozenset(),
    SittingState.NO_SHOW: frozenset({SittingState.BOOKED, SittingState.CHECKED_IN}),  # late, but here
}

SITTING_WORDS = {
    SittingState.BOOKED: _l("Booked"),
    SittingState.CHECKED_IN: _l("Here"),
    SittingState.CREDITED: _l("Served"),
    SittingState.EXCUSED: _l("Excused"),
    SittingState.NO_SHOW: _l("Did not come"),
}

_NOT_EXCUSED = text("state <> 'excused'")


class Sitting(CourtOwned, Versioned, Audited, Record):
    """One juror on one court session: booked, come, served, credited."""

    __table_args__ = (
        Index(
            "uq_sitting",
            "court_session_id",
            "juror_id",
            unique=True,
            sqlite_where=_NOT_EXCUSED,
            postgresql_where=_NOT_EXCUSED,
        ),
    )

    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), index=True)
    juror: Mapped[Juror] = relationship(back_populates="sittings")
    court_session_id: Mapped[int] = mapped_column(ForeignKey("court_session.id"))
    court_session: Mapped[CourtSession] = relationship(back_populates="sittings")
    # The jury duty that this sitting pays off, for somebody who owes one.
    obligation_id: Mapped[int | None] = mapped_column(ForeignKey("obligation.id"))
    obligation: Mapped[Obligation | None] = relationship(back_populates="sittings")
    state: Mapped[SittingState] = mapped_column(default=SittingState.BOOKED)
    checked_in_at: Mapped[datetime | None]
    # Came without being booked, and was welcome.
    is_walk_in: Mapped[bool] = mapped_column(default=False, server_default=false())
    withheld: Mapped[WithheldCredit | None] = relationship(
        back_populates="sitting", cascade="all, delete-orphan"
    )

    @classmethod
    def of_juror(cls, user: User) -> Select[Self]:
        """The sittings of the juror who asks."""
        if Role.JUROR not in user.roles or not user.person_id:
            return select(cls).where(false())
        return select(cls).where(
            cls.court_id == user.court_id, cls.juror.has(Juror.person_id == user.person_id)
        )

    @classmethod
    def book(
        cls, juror: Juror, court_session: CourtSession, by: User, obligation: Obligation | None = None
    ) -> Self:
        """Ask a juror to come on that day. Jury duty still owed is paid off first."""
        if why_not := cls.why_not_book(juror, court_session):
            raise RuleBroken(why_not)
        booked = cls(court=juror.court, juror=juror, court_session=court_session, obligation=obligation)
        juror.session.add(booked)
        booked.record("sitting.booked", by=by, held_on=court_session.held_on)
        return booked

    @staticmethod
    def why_not_book(juror: Juror, court_session: CourtSession) -> str | None:
        if court_session.is_over or court_session.is_closed:
            return _("This day is over.")
        if juror.left_on:
            return _("%(name)s no longer sits.", name=juror)
        if any(s.juror is juror and s.state is not SittingState.EXCUSED for s in court_session.sittings):
            return _("%(name)s is booked on this day already.", name=juror)
        if juror.is_away_on(court_session.held_on):
            return _("%(name)s cannot come on this day.", name=juror)
        return None

    @property
    def is_open(self) -> bool:
        return self.state in (SittingState.BOOKED, SittingState.CHECKED_IN)

    @property
    def is_here(self) -> bool:
        """Whether the juror has come: credited later on, sent home at most."""
        return self.state in (SittingState.CHECKED_IN, SittingState.CREDITED)

    @property
    def is_going_on(self) -> bool:
        """Whether the juror is here on a day that is today and not over."""
        day = self.court_session
        return self.is_here and day.held_on == self.court.today and not day.is_closed

    @property
    def seats(self) -> list[Seat]:
        """The seats this juror holds on that day, as a reserve or not."""
        panels = [hearing.panel for hearing in self.court_session.hearings if hearing.panel]
        seats = [seat for panel in panels for seat in panel.seats if seat.stood_down_at is None]
        return [seat for seat in seats if seat.juror is self.juror]

    def why_not_change_day(self) -> str | None:
        return self.court_session.why_not_change_day()

    def _go_to(self, state: SittingState) -> None:
        if why_not := self.why_not_change_day():
            raise RuleBroken(why_not)
        if state not in NEXT_SITTING_STATES[self.state]:
            raise RuleBroken(
                _(
                    "%(name)s is “%(now)s”, so this cannot be written down.",
                    name=self.juror,
                    now=SITTING_WORDS[self.state],
                )
            )
        self.state = state

    def check_in(self, by: User, at: datetime | None = None) -> None:
        """The juror has come. Until the day is closed it can still be noted later, with the time."""
        if self.state is SittingState.CHECKED_IN:
            return
        if why_not := self.court_session.why_not_check_in():
            raise RuleBroken(why_not)
        self._go_to(SittingState.CHECKED_IN)
        self.checked_in_at = self.court_session.happened_at(at)
        self.record("sitting.checked_in", by=by)

    def undo_check_in(self, by: User) -> None:
        """It was ticked by mistake. Saying it twice changes nothing."""
        if self.state is SittingState.BOOKED:
            return
        if why_not := self.court_session.why_not_check_in():
            raise RuleBroken(why_not)
        if any(seat.is_sworn for seat in self.seats):
            raise RuleBroken(_("%(name)s has taken the oath today, so they were here.", name=self.juror))
        self._go_to(SittingState.BOOKED)
        self.checked_in_at = None
        self.record("sitting.check_in_undone", by=by)

    def excuse(self, reason: str, by: User) -> None:
        """The juror need not come; jury duty stays owed."""
        self._go_to(SittingState.EXCUSED)
        self.record("sitting.excused", by=by, reason=reason)

    def miss(self, by: User) -> None:
        """The juror was expected and did not come. Saying it twice changes nothing."""
        if why_not := self.why_not_change_day():
            raise RuleBroken(why_not)
        if self.court_session.held_on > self.court.today:
            raise RuleBroken(_("The day of the hearing has not come yet."))
        if self.state is SittingState.NO_SHOW:
            return
        self._go_to(SittingState.NO_SHOW)
        self.record("sitting.missed", by=by)

    def undo_miss(self, by: User) -> None:
        """They may still come, or it was a mistake."""
        if why_not := self.court_session.why_not_check_in():
            raise RuleBroken(why_not)
        if self.state is SittingState.BOOKED:
            return
        if self.state is not SittingState.NO_SHOW:
            raise RuleBroken(_("%(name)s is here.", name=self.juror))
        self._go_to(SittingState.BOOKED)
        self.record("sitting.miss_undone", by=by)

    def why_not_withhold(self) -> str | None:
        if why_not := self.why_not_change_day():
            return why_not
        return (
            None
            if self.state is SittingState.CHECKED_IN
            else _("%(name)s is not checked in.", name=self.juror)
        )

    def withhold(self, reason: str, by: User) -> WithheldCredit:
        """They came, and are not credited for it; say why. Closing the day credits everybody else."""
        if why_not := self.why_not_withhold():
            raise RuleBroken(why_not)
        if not reason.strip():
            raise RuleBroken(_("Write the reason."), field="reason")
        if self.withheld is None:
            self.withheld = WithheldCredit(court=self.court)
        self.withheld.reason, self.withheld.withheld_at, self.withheld.by = reason.strip(), clock.now(), by
        self.record("sitting.credit_withheld", by=by, reason=reason.strip())
        return self.withheld

    def grant(self, by: User) -> None:
        """They are credited after all, when the day is closed."""
        if why_not := self.why_not_change_day():
            raise RuleBroken(why_not)
        if self.withheld is not None:
            self.withheld = None
            self.record("sitting.credit_granted", by=by)

    def credit(self, by: User) -> TimeCredit:
        """The juror came and served: time credits are paid, and jury duty owed goes down by one sitting."""
        if by.person_id is not None and by.person_id == self.juror.person_id:
            raise RuleBroken(_("Nobody credits their own service."))
        self._go_to(SittingState.CREDITED)
        earned = TimeCredit.pay(
            self.juror.person, minutes=self.court.minutes_per_sitting, sitting=self, by=by
        )
        if self.obligation and self.obligation.is_open and not self.obligation.case.is_closed:
            self.obligation.credit(
                1,
                done_on=self.court_session.held_on,
                vouched_by=by.name,
                site=self.court.name,
                by=by,
                sitting=self,
            )
        self.record("sitting.credited", by=by, minutes=self.court.minutes_per_sitting)
        return earned

    def take_back_credit(self, by: User) -> None:
        """Its day was reopened: what was paid goes back, by entries of their own. Nothing is deleted."""
        if why_not := self.why_not_change_day():
            raise RuleBroken(why_not)
        self.state = SittingState.CHECKED_IN
        paid = TimeCredit.standing_for(self)
        if paid is not None:
            paid.reverse(by=by)
        if self.obligation and not self.obligation.case.is_closed:
            self.obligation.take_back(self, by=by)
        self.record("sitting.credit_taken_back", by=by)
