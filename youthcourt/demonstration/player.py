"""The player: lets every story go on at its moment, with the court's clock standing there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random

from sqlalchemy.orm import Session

from youthcourt import clock
from youthcourt.models import Court
from youthcourt.models.jury.draw import secrets_from
from youthcourt.walls import in_court, in_every_court

from . import setting
from .arrival import arrival
from .evening import evening
from .founding_day import company, ordinary_business
from .front_door import front_door
from .keeping_safe import keeps_safe
from .looking import looks
from .months_ahead import months_ahead
from .names import NameBook
from .old_records import old_records
from .plan import deal
from .season import NIGHTS, Season, Turn
from .second_steps import second_steps
from .sign_ins import SignIn, hand_out
from .stage import Stage, Story
from .today import NEXT_NIGHT, deal_today

Progress = Callable[[date, int, int], None]


@dataclass(frozen=True)
class Played:
    """What a play leaves: the court, its season, the moment it stopped, and who may sign in."""

    court: Court
    season: Season
    stopped_at: datetime
    sign_ins: list[SignIn]
    refusals: dict[str, int]


def play(session: Session, size: int, seed: int, as_of: date, progress: Progress | None = None) -> Played:
    """Act out a year of a court of this many referrals, until the evening of `as_of`.

    `progress` hears each day that is over: the day, its number, and how many there are. Nothing is committed.
    """
    season = deal(seed, size, as_of)
    with clock.at(datetime.combine(season.opens_on, time(13), UTC)), in_every_court():
        court = setting.build(session, rooms=season.rooms)
        setting.name_period(court, season.starts_on, season.ends_on)
        session.flush()
    lots = Random(f"{seed}/lots")
    with in_court(court.id), secrets_from(lambda size: lots.randbytes(size).hex()):
        return _play(session, court, season, seed, as_of, progress)


def _play(
    session: Session, court: Court, season: Season, seed: int, as_of: date, progress: Progress | None
) -> Played:
    fates = [*season.fates, *deal_today(season)]
    stage = company(court, season, NameBook(Random(f"{seed}/names")))
    stories: list[Story] = [ordinary_business(stage), front_door(stage), second_steps(stage), looks(stage)]
    stories += [keeps_safe(stage), old_records(stage), months_ahead(stage)]
    stories += [evening(stage, number) for number in _nights(season)]
    stories += [arrival(stage, fate) for fate in fates]
    stops_at = stage.at(as_of, 18, 56)
    Player(stage, stops_at, progress).tell(stories)
    with clock.at(stops_at):
        sign_ins = hand_out(session)
        session.flush()
    return Played(court, season, stops_at, sign_ins, dict(stage.refusals))


def _nights(season: Season) -> list[int]:
    """The evenings on which somebody is heard, tonight and the next one."""
    nights = {fate.night for fate in season.fates if fate.night is not None}
    from_before = {fate.night - 1 for fate in season.fates if fate.night and fate.takes(Turn.ADJOURNED)}
    return sorted(nights | from_before | {NIGHTS, NEXT_NIGHT})


class Player:
    """Tells many stories at once, each at its moments, in one order that never depends on chance."""

    def __init__(self, stage: Stage, stops_at: datetime, progress: Progress | None) -> None:
        self._stage, self._stops_at, self._progress = stage, stops_at, progress
        self._queue: list[tuple[datetime, int, Story]] = []
        self._order = count()
        self._day = stage.season.opens_on
        self._days = (stage.season.as_of - self._day).days + 1

    def tell(self, stories: list[Story]) -> None:
        for story in stories:
            self._go_on(story)
        while self._queue and self._queue[0][0] <= self._stops_at:
            moment, _order, story = heappop(self._queue)
            self._days_pass(moment.date())
            with clock.at(moment):
                self._go_on(story)
        self._days_pass(self._stage.season.as_of + timedelta(days=1))

    def _go_on(self, story: Story) -> None:
        """Let a story go on to its next moment; those it called in begin."""
        moment = next(story, None)
        self._stage.keep()
        if moment is not None:
            heappush(self._queue, (moment, next(self._order), story))
        starting, self._stage.starting = self._stage.starting, []
        for begun in starting:
            self._go_on(begun)

    def _days_pass(self, today: date) -> None:
        while self._day < today:
            if self._progress:
                self._progress(self._day, (self._day - self._stage.season.opens_on).days + 1, self._days)
            self._day += timedelta(days=1)
