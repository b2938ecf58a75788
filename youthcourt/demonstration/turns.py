"""What happens on the way: dealt over the cases that are heard, each turn to its share of them."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from youthcourt.models import ClosureReason

from .season import BLOCKS, DAYS_TO_COMPLETE, FIRST_LATE_NIGHT, NIGHTS, End, Fate, Season, Turn, workday

T = Turn

# Of a hundred cases that are heard, so many take this turn; at least one does.
SHARES = {
    T.COMPANION: 10,
    T.HARMED: 45,
    T.INTERPRETER: 4,
    T.FAMILY_ACCOUNT: 25,
    T.AGREES_LATER: 18,
    T.MOVED: 1.5,
    T.CONFLICT: 4,
    T.OBJECTION: 1.5,
    T.SPLIT_VOTE: 12,
    T.JUDGE_CHANGES: 5,
    T.JUDGE_RETURNS: 2,
    T.OUTSIDE_GRID: 1,
}
SHARES_OF_ANSWERS = {T.UNSIGNED: 1, T.APPEALS: 2, T.APPEAL_WON: 1.5}
SHARES_OF_COMPLETED = {T.AMENDED: 3, T.EXTENDED: 8, T.EXCUSED: 3, T.MORE_THAN_OWED: 4, T.STAYS_ON: 14}


def loads_of(fates: list[Fate]) -> list[int]:
    return [sum(fate.night == number for fate in fates) for number in range(NIGHTS)]


def take_turns(season: Season, scheduled: list[Fate], rng: Random) -> None:
    heard = [fate for fate in scheduled if fate.end is not End.FAILED]
    for turn, share in SHARES.items():
        for fate in rng.sample(heard, max(1, round(len(heard) * share / 100))):
            fate.turns.add(turn)
    completed = [f for f in heard if f.end is End.COMPLETES and (f.night or 0) < FIRST_LATE_NIGHT - 2]
    for turn, share in SHARES_OF_COMPLETED.items():
        for fate in rng.sample(completed, max(1, round(len(completed) * share / 100))):
            fate.turns.add(turn)
    for fate in [f for f in heard if f.end is End.OPEN and (f.night or 0) < season.nights_past][::2]:
        fate.turns.add(T.EXTENDED)
    for fate in heard:
        _avoid_contradictions(season, fate)
    _adjourn_some(season, heard, loads_of(scheduled), rng)
    running = [f for f in heard if f.end is End.OPEN and (f.night or 0) >= season.nights_past]
    family = next((fate for fate in running if fate.night == NIGHTS - 3), (running or heard)[-1])
    family.turns.add(T.DEMO_FAMILY)
    _repeat([fate for fate in heard if fate is not family], rng)
    _answer(season, heard)
    _in_the_jury_room(heard, Random(f"{season.seed}/jury room"))


def _avoid_contradictions(season: Season, fate: Fate) -> None:
    """An order is changed in one way only; who gets more time is done after the deadline."""
    ways = [T.AMENDED, T.JUDGE_RETURNS, T.JUDGE_CHANGES, T.OUTSIDE_GRID]
    for way in [way for way in ways if fate.takes(way)][1:]:
        fate.turns.remove(way)
    if fate.takes(T.EXTENDED):
        fate.ends_on = season.night(fate.night or 0) + timedelta(days=DAYS_TO_COMPLETE + 14)


def _adjourn_some(season: Season, heard: list[Fate], loads: list[int], rng: Random) -> None:
    """A case may first be set for the evening before, where that has a place left."""
    wanted = max(1, round(len(heard) * 0.05))
    for fate in rng.sample(heard, len(heard)):
        night = fate.night or 0
        in_time = fate.placed_on + timedelta(days=3) <= season.night(night - 1)
        if wanted and night and in_time and loads[night - 1] < season.rooms * BLOCKS:
            fate.turns.add(T.ADJOURNED)
            loads[night - 1] += 1
            wanted -= 1


def _repeat(heard: list[Fate], rng: Random) -> None:
    """One young person comes back and is taken once more, against the look-back, with a reason."""
    late = [fate for fate in heard if (fate.night or 0) >= FIRST_LATE_NIGHT]
    rng.choice(late).turns |= {T.REPEAT, T.OVERRIDE}


def _answer(season: Season, heard: list[Fate]) -> None:
    """What becomes of some orders once they are signed, dealt by lots of their own."""
    rng = Random(f"{season.seed}/answers")
    changed = {T.AMENDED, T.JUDGE_CHANGES, T.JUDGE_RETURNS, T.EXTENDED, T.DEMO_FAMILY, T.REPEAT}
    plain = [fate for fate in heard if fate.end is End.COMPLETES and not fate.turns & changed]
    rng.shuffle(plain)
    for turn, share in SHARES_OF_ANSWERS.items():
        for _each in range(max(1, round(len(heard) * share / 100))):
            if plain:
                plain.pop().turns.add(turn)
    returned = [fate for fate in heard if fate.end is End.RETURNED]
    for fate in returned[: max(1, len(returned) // 20)]:
        fate.turns.add(T.REJECTED)
        fate.closure = ClosureReason.PLAN_REJECTED
        fate.ends_on = workday(season.night(fate.night or 0) + timedelta(days=3))


def _in_the_jury_room(heard: list[Fate], rng: Random) -> None:
    """A few panels do not agree on one amount, lose a juror who knows somebody, or have no phones."""
    split = [fate for fate in heard if fate.takes(T.SPLIT_VOTE)]
    for fate in rng.sample(split, max(1, len(split) // 8)) if split else []:
        fate.turns.add(T.DEADLOCK)
    plain = [fate for fate in heard if not fate.turns & {T.SPLIT_VOTE, T.CONFLICT, T.OBJECTION}]
    for turn in (T.STEPS_ASIDE, T.ON_PAPER):
        for fate in rng.sample(plain, max(1, len(plain) // 60)):
            fate.turns.add(turn)
