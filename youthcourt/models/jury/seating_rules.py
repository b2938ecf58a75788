"""A court's rules for seating: whom a plan may put where, and what it cares about first."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import JSON, ForeignKey, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record, Versioned
from youthcourt.models.court.court import Court
from youthcourt.models.court.court_list import put

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User


class SeatRole(StrEnum):
    """What somebody does at a hearing, or while waiting for one."""

    JUROR = "juror"
    FOREPERSON = "foreperson"
    BAILIFF = "bailiff"
    CLERK = "clerk"
    RESERVE = "reserve"


ROLE_WORDS = {
    SeatRole.JUROR: _l("Juror"),
    SeatRole.FOREPERSON: _l("Foreperson"),
    SeatRole.BAILIFF: _l("Bailiff"),
    SeatRole.CLERK: _l("Clerk"),
    SeatRole.RESERVE: _l("Reserve"),
}
# What somebody is trained for; who waits in reserve waits as a juror.
TRAINED_ROLES = (SeatRole.JUROR, SeatRole.FOREPERSON, SeatRole.BAILIFF, SeatRole.CLERK)


class Experience(StrEnum):
    """How much a court asks for people who have served before."""

    WANTED = "wanted"
    NEEDED = "needed"


EXPERIENCE_WORDS = {
    Experience.WANTED: _l("Wanted: a panel may be all new if nobody else can come"),
    Experience.NEEDED: _l("Needed: such a panel does not sit"),
}


class Aim(StrEnum):
    """What a court cares about after every hearing has its panel and every seat is filled."""

    DUTY = "duty"
    STANDBY = "standby"
    MIX = "mix"
    BALANCE = "balance"
    FAIR_SHARE = "fair_share"


AIM_WORDS = {
    Aim.DUTY: _l("Owed sittings on time"),
    Aim.STANDBY: _l("Somebody in reserve"),
    Aim.MIX: _l("New and experienced people together"),
    Aim.BALANCE: _l("Schools and ages mixed"),
    Aim.FAIR_SHARE: _l("Everybody the same share"),
}
AIM_HINTS = {
    Aim.DUTY: _l("Who owes a sitting and has few days left to do it sits first."),
    Aim.STANDBY: _l("People wait at each time, in case somebody does not come."),
    Aim.MIX: _l("Each panel has somebody new and a foreperson who has served."),
    Aim.BALANCE: _l("No panel has too many people from one school, and your numbers below are kept."),
    Aim.FAIR_SHARE: _l("Who was asked to sit less than others, for the days they offered, sits first."),
}


class SeatingRules(CourtOwned, Versioned, Audited, Record):
    """One row a court. The defaults are common practice."""

    SETTINGS: ClassVar[tuple[str, ...]] = (
        "places_a_day",
        "places_a_month",
        "first_timers_most",
        "experience",
        "school_most",
        "open_cases_apart",
        "band",
        "bailiffs",
        "clerks",
        "own_training",
        "quotas",
    )

    court_id: Mapped[int] = mapped_column(ForeignKey("court.id"), unique=True)
    court: Mapped[Court] = relationship(back_populates="seating_rules")
    places_a_day: Mapped[int] = mapped_column(default=2)
    places_a_month: Mapped[int | None]
    # Percent of a panel's seats.
    first_timers_most: Mapped[int] = mapped_column(default=50)
    school_most: Mapped[int] = mapped_column(default=50)
    experience: Mapped[Experience] = mapped_column(default=Experience.WANTED)
    open_cases_apart: Mapped[bool] = mapped_column(default=True)
    # What counts as the same share of service, in hundredths of a seat.
    band: Mapped[int] = mapped_column(default=25)
    bailiffs: Mapped[int] = mapped_column(default=0)
    clerks: Mapped[int] = mapped_column(default=0)
    # The roles that need a training of their own; for the others a juror's training is enough.
    own_training: Mapped[list[str]] = mapped_column(JSON, default=list)
    aims: Mapped[list[str]] = mapped_column(JSON, default=lambda: [aim.value for aim in Aim])
    # How many of a panel belong to a group: {"group", "value", "least", "most"}, as the planner takes them.
    quotas: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)

    @property
    def in_order(self) -> list[Aim]:
        return [Aim(each) for each in self.aims]

    @property
    def groups(self) -> list[str]:
        """What the quotas ask of people, and nothing else is told of them."""
        return sorted({quota["group"] for quota in self.quotas})

    def needs_own_training(self, role: SeatRole) -> bool:
        return role.value in self.own_training

    @property
    def facts(self) -> dict[str, Any]:
        """The rules as the planner and the checker read them."""
        return {
            "ages": [self.court.juror_youngest_age, self.court.juror_oldest_age],
            "schoolmates_apart": self.court.keeps_schoolmates_apart,
            "open_cases_apart": self.open_cases_apart,
            "places_a_day": self.places_a_day,
            "first_timers_most": self.first_timers_most,
            "experience": self.experience.value,
            "school_most": self.school_most,
            "quotas": list(self.quotas),
            "band": self.band,
            "order": list(self.aims),
        }

    def why_not_change(self, settings: dict[str, Any]) -> RuleBroken | None:
        """Settings that contradict the court's own."""
        size = self.court.panel_size
        for quota in settings.get("quotas", self.quotas):
            if quota["least"] > min(quota["most"], size):
                return RuleBroken(
                    _("A panel has %(size)s seats: the least is more than the most.", size=size),
                    field="quotas",
                )
        return None

    def change(self, settings: dict[str, Any], by: User | None) -> None:
        """Change rules, and write down each that really changed."""
        if broken := self.why_not_change(settings):
            raise broken
        was, now = put(self, settings)
        if now:
            self.record("seating_rules.changed", by=by, was=was, now=now)

    def add_quota(self, quota: dict[str, Any], by: User | None) -> None:
        """Ask for so many of a group on each panel."""
        if quota["least"] > min(quota["most"], self.court.panel_size):
            raise RuleBroken(
                _("A panel has %(size)s seats: the least is more than the most.", size=self.court.panel_size),
                field="most",
            )
        self.change({"quotas": [*self.quotas, quota]}, by=by)

    def remove_quota(self, place: int, by: User | None) -> None:
        """Ask for it no longer."""
        if place >= len(self.quotas):
            raise RuleBroken(_("Somebody has taken this away already."))
        self.change({"quotas": [*self.quotas[:place], *self.quotas[place + 1 :]]}, by=by)

    def put_before(self, aim: Aim, by: User | None) -> None:
        """Care about this aim one place earlier than now."""
        at = self.aims.index(aim.value)
        if at == 0:
            raise RuleBroken(_("This is the first aim already."))
        was = list(self.aims)
        self.aims = [*was[: at - 1], was[at], was[at - 1], *was[at + 1 :]]
        self.record("seating_rules.changed", by=by, was={"aims": was}, now={"aims": self.aims})


@event.listens_for(Court, "init")
def _begin_with_common_practice(court: Court, _args: Any, _facts: Any) -> None:
    court.seating_rules = SeatingRules()
