"""A season: its calendar, and what may become of a case in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from youthcourt.models import ClosureReason, DeclineReason

from .amounts import Amounts
from .figures import Figures

NIGHTS = 26  # alternate Mondays in a year
BLOCKS = 4
FEWEST_ROOMS = 2
DAYS_BETWEEN = 14
DAYS_TO_COMPLETE = 90
LONGEST_WAIT, SHORTEST_WAIT = 42, 28  # days from referral to hearing
FIRST_LATE_NIGHT = 17  # plans ordered from here on may still be open after their deadline


class End(StrEnum):
    """How a case goes out, as far as the report can see."""

    DECLINED = "declined"
    FAILED = "failed"
    COMPLETES = "completes"
    RETURNED = "returned"
    WITHDRAWS = "withdraws"
    OPEN = "open"


class Turn(StrEnum):
    """Something that happens on the way of some cases."""

    OVERRIDE = "override"
    REPEAT = "repeat"
    COMPANION = "companion"
    HARMED = "harmed"
    INTERPRETER = "interpreter"
    FAMILY_ACCOUNT = "family_account"
    AGREES_LATER = "agrees_later"
    ADJOURNED = "adjourned"
    MOVED = "moved"
    CONFLICT = "conflict"
    OBJECTION = "objection"
    SPLIT_VOTE = "split_vote"
    DEADLOCK = "deadlock"
    STEPS_ASIDE = "steps_aside"
    ON_PAPER = "on_paper"
    OUTSIDE_GRID = "outside_grid"
    JUDGE_CHANGES = "judge_changes"
    JUDGE_RETURNS = "judge_returns"
    AMENDED = "amended"
    UNSIGNED = "unsigned"
    REJECTED = "rejected"
    APPEALS = "appeals"
    APPEAL_WON = "appeal_won"
    EXTENDED = "extended"
    EXCUSED = "excused"
    MORE_THAN_OWED = "more_than_owed"
    STAYS_ON = "stays_on"
    REVIEW = "review"
    READY = "ready"
    DEMO_FAMILY = "demo_family"
    DECIDED_TONIGHT = "decided_tonight"
    DELIBERATING_TONIGHT = "deliberating_tonight"


@dataclass
class Fate:
    """What will become of one referral, and on which days."""

    number: int
    end: End
    referred_on: date
    decided_on: date
    intake_on: date
    agreed_on: date
    placed_on: date
    night: int | None = None
    ends_on: date | None = None
    offence_class: str = "C"
    amounts: Amounts | None = None
    decline: DeclineReason | None = None
    closure: ClosureReason | None = None
    turns: set[Turn] = field(default_factory=set)
    # Block and room, both counted from 0, where it matters.
    place: tuple[int, int] | None = None

    def takes(self, turn: Turn) -> bool:
        return turn in self.turns


@dataclass
class Season:
    """The calendar of one played year and everybody's fate in it."""

    seed: int
    as_of: date
    figures: Figures
    fates: list[Fate] = field(default_factory=list)
    rooms: int = 1

    def night(self, number: int) -> date:
        """The day of a hearing evening; number NIGHTS is today."""
        return self.as_of - timedelta(days=DAYS_BETWEEN * (NIGHTS - number))

    def kept_places(self, number: int) -> set[tuple[int, int]]:
        """Block and room pairs of an evening that are kept for somebody."""
        return {fate.place for fate in self.fates if fate.night == number and fate.place}

    @property
    def starts_on(self) -> date:
        return self.night(0) - timedelta(days=LONGEST_WAIT)

    @property
    def ends_on(self) -> date:
        """The last day of the published period: a year of referrals, all heard before today."""
        return self.as_of - timedelta(days=LONGEST_WAIT)

    @property
    def opens_on(self) -> date:
        """The court is founded and its first volunteers are trained."""
        return self.starts_on - timedelta(days=21)

    @property
    def nights_past(self) -> int:
        """The evenings whose plans are past their deadline today are those with lower numbers."""
        deadline = timedelta(days=DAYS_TO_COMPLETE)
        return sum(self.night(number) + deadline < self.as_of for number in range(NIGHTS))


def fate_from(number: int, end: End, referred_on: date, rng: Random) -> Fate:
    """The days on which the office deals with a referral, from the day it came."""

    def after(day: date, least: int, most: int) -> date:
        return workday(day + timedelta(days=rng.randint(least, most)))

    decided_on = after(referred_on, 1, 5)
    intake_on = after(referred_on, 8, 11)
    agreed_on = after(intake_on, 1, 3)
    placed_on = after(agreed_on, 1, 2)
    return Fate(number, end, referred_on, decided_on, intake_on, agreed_on, placed_on)


def workday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) % 7 if day.weekday() >= 5 else 0)
