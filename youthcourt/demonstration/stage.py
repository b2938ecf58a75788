"""Who is on stage: the court, its people, and what the player has to remember between two scenes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from youthcourt.errors import RuleBroken
from youthcourt.models import Case, Court, CourtSession, Juror, Offence, SanctionActivity, User
from youthcourt.models.court.court import ActivityKind
from youthcourt.permissions import Role

from .names import NameBook
from .season import End, Fate, Season

# A story tells when it goes on: what follows a yield happens at the moment that was yielded.
Story = Iterator[datetime]


@dataclass
class Owing:
    """A young person whose plan asks for jury duty, and how they go about it."""

    juror: Juror
    case: Case
    fate: Fate

    @property
    def is_dutiful(self) -> bool:
        return self.fate.end is End.COMPLETES

    @property
    def sittings_left(self) -> int:
        return sum(each.amount_left for each in self.case.open_obligations if each.activity.is_jury_duty)


@dataclass
class Stage:
    """Everything that the stories share."""

    court: Court
    season: Season
    rng: Random
    names: NameBook
    coordinator: User
    colleague: User
    judges: list[User]
    volunteers: list[Juror] = field(default_factory=list)
    owing: list[Owing] = field(default_factory=list)
    untrained: list[Juror] = field(default_factory=list)
    nights: dict[int, CourtSession] = field(default_factory=dict)
    fates: dict[int, Fate] = field(default_factory=dict)
    # Former respondents by the day their case ended, for the one who comes back.
    former: list[Case] = field(default_factory=list)
    times_booked: Counter[int] = field(default_factory=Counter)
    adjourned: int = 0
    demo_juror: Juror | None = None
    starting: list[Story] = field(default_factory=list)
    # What people tried and a rule of the court refused, by verb.
    refusals: Counter[str] = field(default_factory=Counter)
    _accounts: dict[int, User] = field(default_factory=dict)
    _happened: set[str] = field(default_factory=set)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), ZoneInfo(self.court.time_zone))

    def keep(self) -> None:
        """Write down what was done so far, as the end of a request does; the trail then tells it in order."""
        self.court.session.flush()

    def enter(self, story: Story) -> None:
        """Let another story begin beside those that are told."""
        self.starting.append(story)

    def is_first(self, mishap: str) -> bool:
        """Whether this happens for the first time: some things go wrong once in a year."""
        is_first = mishap not in self._happened
        self._happened.add(mishap)
        return is_first

    def is_refused(self, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """Try what a rule of the court forbids, as people do."""
        try:
            verb(*args, **kwargs)
        except RuleBroken:
            self.refusals[verb.__name__] += 1
        else:
            raise AssertionError(f"no rule refused {verb.__qualname__}")

    def activity(self, kind: ActivityKind) -> SanctionActivity:
        return next(activity for activity in self.court.activities if activity.kind is kind)

    def offences(self, offence_class: str, is_accepted: bool = True) -> list[Offence]:
        accepted = [o for o in self.court.offences if o.is_accepted is is_accepted]
        return [o for o in accepted if o.offence_class == offence_class] or accepted

    def account_of(self, juror: Juror) -> User:
        """The account with which a juror votes; opened when first needed."""
        known = self._accounts.get(juror.person_id)
        if known is None:
            address = f"juror{juror.person_id}@demo.example"
            known = self.open_account(juror, address)
        return known

    def open_account(self, juror: Juror, address: str) -> User:
        """An account of this address for a juror."""
        person = juror.person
        account = User.invite(
            self.court, address, person.name, Role.JUROR, by=self.coordinator, person=person
        )
        self._accounts[person.id] = account
        return account

    def rng_of(self, fate: Fate) -> Random:
        """Chance of one case's own, so that what happens in one does not shift the others."""
        return Random(f"{self.season.seed}/{fate.number}")
