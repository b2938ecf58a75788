"""A court and its own rules. Nothing that differs between courts is written in code."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models.accounts.user import User
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record, Versioned
from youthcourt.walls import IsCourt

from .court_list import CourtList, put

if TYPE_CHECKING:
    from youthcourt.models.jury.seating_rules import SeatingRules

    from .paper_text import PaperText


class DecisionRule(StrEnum):
    """When a panel has decided."""

    UNANIMOUS = "unanimous"
    MAJORITY = "majority"


class ActivityKind(StrEnum):
    """What a sanction activity is, whatever the court calls it."""

    SERVICE = "service"
    JURY_DUTY = "jury_duty"
    APOLOGY = "apology"
    ESSAY = "essay"
    WORKSHOP = "workshop"
    TUTORING = "tutoring"
    RESTITUTION = "restitution"
    OTHER = "other"


class Unit(StrEnum):
    """How an activity is counted; amounts are whole numbers of it."""

    MINUTES = "minutes"
    SITTINGS = "sittings"
    PIECES = "pieces"
    CENTS = "cents"


UNIT_OF = {
    ActivityKind.SERVICE: Unit.MINUTES,
    ActivityKind.JURY_DUTY: Unit.SITTINGS,
    ActivityKind.TUTORING: Unit.MINUTES,
    ActivityKind.RESTITUTION: Unit.CENTS,
}

ACTIVITY_WORDS = {
    ActivityKind.SERVICE: _l("Community service"),
    ActivityKind.JURY_DUTY: _l("Jury duty"),
    ActivityKind.APOLOGY: _l("Apology"),
    ActivityKind.ESSAY: _l("Essay"),
    ActivityKind.WORKSHOP: _l("Workshop"),
    ActivityKind.TUTORING: _l("Tutoring"),
    ActivityKind.RESTITUTION: _l("Paying back"),
    ActivityKind.OTHER: _l("Something else"),
}


class Court(IsCourt, Versioned, Audited, Record):
    """One youth court. The columns are its settings; the defaults are common practice."""

    # The settings that a coordinator may change on the settings page, in the order shown there.
    SETTINGS: ClassVar[tuple[str, ...]] = (
        "name",
        "place",
        "address",
        "phone",
        "email",
        "time_zone",
        "youngest_age",
        "oldest_age",
        "earlier_participation_days",
        "business_days_to_decide",
        "days_to_intake",
        "days_to_complete",
        "days_to_appeal",
        "goes_by_quarters",
        "juror_youngest_age",
        "juror_oldest_age",
        "training_valid_days",
        "panel_size",
        "panel_minimum",
        "panel_reserves",
        "keeps_schoolmates_apart",
        "decision_rule",
        "jury_duty_mandatory",
        "minutes_per_sitting",
        "hearing_minutes",
        "cases_an_hour",
        "destruction_cooling_days",
    )

    name: Mapped[str]
    case_prefix: Mapped[str] = mapped_column(default="YC")
    place: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    time_zone: Mapped[str] = mapped_column(default="America/New_York")

    youngest_age: Mapped[int] = mapped_column(default=11)
    oldest_age: Mapped[int] = mapped_column(default=17)
    # How long ago an earlier case before this court still excludes; 0 lets everybody return.
    earlier_participation_days: Mapped[int] = mapped_column(default=365)
    business_days_to_decide: Mapped[int] = mapped_column(default=15)
    days_to_intake: Mapped[int] = mapped_column(default=30)
    days_to_complete: Mapped[int] = mapped_column(default=90)
    # Working days in which a family may ask the judge to look at parts of an order again; 0: it may not.
    days_to_appeal: Mapped[int] = mapped_column(default=5, server_default="5")
    # Whether a plan shows on which days a quarter, a half and three quarters of the hours should be done.
    goes_by_quarters: Mapped[bool] = mapped_column(default=False, server_default=false())

    juror_youngest_age: Mapped[int] = mapped_column(default=13)
    juror_oldest_age: Mapped[int] = mapped_column(default=18)
    training_valid_days: Mapped[int] = mapped_column(default=365)
    panel_size: Mapped[int] = mapped_column(default=6)
    panel_minimum: Mapped[int] = mapped_column(default=4)
    panel_reserves: Mapped[int] = mapped_column(default=1)
    keeps_schoolmates_apart: Mapped[bool] = mapped_column(default=True)
    decision_rule: Mapped[DecisionRule] = mapped_column(default=DecisionRule.UNANIMOUS)
    jury_duty_mandatory: Mapped[bool] = mapped_column(default=True)
    # What one sitting on a panel earns in time credits.
    minutes_per_sitting: Mapped[int] = mapped_column(default=120)
    # How long one case is planned to take in its room, from the call to the family's way home.
    hearing_minutes: Mapped[int] = mapped_column(default=40, server_default="40")
    # Whoever opens more cases than this within an hour is noticed.
    cases_an_hour: Mapped[int] = mapped_column(default=60, server_default="60")
    # Between one person's proposal to destroy a record and another's yes.
    destruction_cooling_days: Mapped[int] = mapped_column(default=7)

    offences: Mapped[list[Offence]] = relationship(back_populates="court", order_by="Offence.name")
    activities: Mapped[list[SanctionActivity]] = relationship(
        back_populates="court", order_by="SanctionActivity.position, SanctionActivity.id"
    )
    grid: Mapped[list[GridLine]] = relationship(back_populates="court")
    agencies: Mapped[list[Agency]] = relationship(back_populates="court", order_by="Agency.name")
    schools: Mapped[list[School]] = relationship(back_populates="court", order_by="School.name")
    rooms: Mapped[list[Room]] = relationship(back_populates="court", order_by="Room.name")
    sites: Mapped[list[ServiceSite]] = relationship(back_populates="court", order_by="ServiceSite.name")
    seating_rules: Mapped[SeatingRules] = relationship(back_populates="court")
    paper_texts: Mapped[list[PaperText]] = relationship(
        back_populates="court", order_by="PaperText.number", cascade="all, delete-orphan"
    )

    def __str__(self) -> str:
        return self.name

    @property
    def today(self) -> date:
        """The day it is where the court sits."""
        return clock.today(self.time_zone)

    @property
    def wording(self) -> dict[tuple[str, str, str], str]:
        """What this court says in its own words on its papers, by paper, passage and language."""
        latest = {(each.kind, each.name, each.language): each.words for each in self.paper_texts}
        return {place: words for place, words in latest.items() if words}

    def grid_for(self, offence_class: str) -> dict[int, GridLine]:
        """The grid's lines for one offence class, by activity number."""
        return {line.activity_id: line for line in self.grid if line.offence_class == offence_class}

    @property
    def offence_classes(self) -> list[str]:
        """The classes that the grid has limits for."""
        return sorted({offence.offence_class for offence in self.offences})

    def votes_needed(self, seated: int) -> int:
        """How many of those who sit have to agree: all, or more than half, as the court's rule says."""
        return seated if self.decision_rule is DecisionRule.UNANIMOUS else seated // 2 + 1

    def why_not_change(self, settings: dict[str, Any]) -> RuleBroken | None:
        """Settings that contradict each other."""
        after = {key: settings.get(key, getattr(self, key)) for key in self.SETTINGS}
        for low, high, words in _IN_ORDER:
            if after[low] > after[high]:
                return RuleBroken(str(words), field=high)
        if settings.get("jury_duty_mandatory") and not any(
            each.is_jury_duty and each.is_offered for each in self.activities
        ):
            return RuleBroken(_("This court offers no jury duty yet."), field="jury_duty_mandatory")
        return None

    def change(self, settings: dict[str, Any], by: User | None) -> None:
        """Change settings, and write down each that really changed."""
        if broken := self.why_not_change(settings):
            raise broken
        was, now = put(self, settings)
        if now:
            self.record("court.changed", by=by, was=was, now=now)

    def set_limits(
        self, limits: dict[tuple[str, SanctionActivity], tuple[int, int] | None], by: User | None
    ) -> None:
        """Change lines of the grid: the least and the most, or None for no limit."""
        lines = {(line.offence_class, line.activity): line for line in self.grid}
        was, now = {}, {}
        for (offence_class, activity), span in limits.items():
            line = lines.get((offence_class, activity))
            before = (line.minimum, line.maximum) if line else None
            if span == before:
                continue
            was[f"{offence_class} {activity}"], now[f"{offence_class} {activity}"] = before, span
            if line is None and span:
                line = GridLine(court=self, offence_class=offence_class, activity=activity)
                self.grid.append(line)
            if line and span:
                line.minimum, line.maximum = span
            elif line:
                self.session.delete(line)
        if now:
            self.record("court.grid_changed", by=by, was=was, now=now)


# Of each pair the first may not be above the second.
_IN_ORDER = (
    ("youngest_age", "oldest_age", _l("The oldest age is below the youngest.")),
    ("juror_youngest_age", "juror_oldest_age", _l("The oldest age is below the youngest.")),
    ("panel_minimum", "panel_size", _l("A panel has at least as many seats as jurors it needs to decide.")),
)


class Offence(CourtList):
    """An offence that is referred here, with its class in the grid, and whether the court takes it."""

    statute: Mapped[str] = mapped_column(default="")
    offence_class: Mapped[str]
    is_accepted: Mapped[bool] = mapped_column(default=True)
    court: Mapped[Court] = relationship(back_populates="offences")


class SanctionActivity(CourtList):
    """Something the court can ask of a respondent."""

    kind: Mapped[ActivityKind]
    unit: Mapped[Unit]
    description: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    is_offered: Mapped[bool] = mapped_column(default=True)
    court: Mapped[Court] = relationship(back_populates="activities")

    @property
    def is_jury_duty(self) -> bool:
        return self.kind is ActivityKind.JURY_DUTY


class GridLine(CourtOwned, Versioned, Audited, Record):
    """How much of one activity may be ordered for one class of offence, in the activity's unit."""

    __table_args__ = (UniqueConstraint("court_id", "offence_class", "activity_id"),)

    offence_class: Mapped[str]
    activity_id: Mapped[int] = mapped_column(ForeignKey("sanction_activity.id"))
    activity: Mapped[SanctionActivity] = relationship()
    minimum: Mapped[int]
    maximum: Mapped[int]
    court: Mapped[Court] = relationship(back_populates="grid")

    def allows(self, amount: int) -> bool:
        return self.minimum <= amount <= self.maximum


class Agency(CourtList):
    """Who refers young people here: police, school, court."""

    address: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    court: Mapped[Court] = relationship(back_populates="agencies")


class School(CourtList):
    court: Mapped[Court] = relationship(back_populates="schools")


class Room(CourtList):
    """A room that hearings are held in."""

    court: Mapped[Court] = relationship(back_populates="rooms")


class ServiceSite(CourtList):
    """A place that the court has approved for community service."""

    address: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    court: Mapped[Court] = relationship(back_populates="sites")


class ReportingPeriod(CourtList):
    """Days that a funder wants figures for: the referrals received in them are followed to their end."""

    starts_on: Mapped[date]
    ends_on: Mapped[date]

    @classmethod
    def latest_of(cls, court: Court) -> ReportingPeriod | None:
        """The last period that is over."""
        over = select(cls).where(cls.court_id == court.id, cls.ends_on <= court.today)
        return court.session.scalars(over.order_by(cls.ends_on.desc()).limit(1)).first()
