"""The deck of fates: what will become of each case is dealt before the first day is played.

Pure: from a seed, a size and a day it deals the same deck every time. The player only brings it about.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from youthcourt.models import ClosureReason, DeclineReason

from .amounts import deal_amounts
from .figures import Figures, of_size
from .season import (
    BLOCKS,
    FEWEST_ROOMS,
    FIRST_LATE_NIGHT,
    LONGEST_WAIT,
    NIGHTS,
    SHORTEST_WAIT,
    End,
    Fate,
    Season,
    Turn,
    fate_from,
    workday,
)
from .turns import loads_of, take_turns

# The declined, by reason, of the published 42; what is left over could not be reached.
DECLINED = {
    DeclineReason.FAMILY_DECLINED: 6,
    DeclineReason.NO_ADMISSION: 5,
    DeclineReason.OFFENCE_EXCLUDED: 3,
    DeclineReason.EARLIER_PARTICIPATION: 2,
    DeclineReason.TOO_YOUNG: 1,
    DeclineReason.TOO_OLD: 1,
    DeclineReason.OTHER: 1,
}

RETURNED = {ClosureReason.NEW_OFFENCE: 0.12, ClosureReason.MOVED: 0.08, ClosureReason.OTHER: 0.03}


def deal(seed: int, size: int, as_of: date) -> Season:
    """Everybody's fate in a court of this many referrals in its year."""
    rng = Random(f"{seed}/{size}/{as_of}")
    season = Season(seed, as_of, of_size(size))
    scheduled = _scheduled(season, rng)
    declined = _declined(season, rng)
    season.rooms = max(FEWEST_ROOMS, -(-max(loads_of(scheduled)) // BLOCKS))
    take_turns(season, scheduled, rng)
    heard = [fate for fate in scheduled if fate.end is not End.FAILED]
    outside = [fate.takes(Turn.OUTSIDE_GRID) for fate in heard]
    for fate, amounts in zip(heard, deal_amounts(season.figures, outside, rng), strict=True):
        fate.offence_class, fate.amounts = amounts.offence_class, amounts
    _nearly_closed(season, heard)
    # The offences that the court does not take, but may with a reason, are all of class A.
    for fate in rng.sample([f for f in heard if f.offence_class == "A"], max(1, len(heard) // 100)):
        fate.turns.add(Turn.OVERRIDE)
    season.fates = sorted([*scheduled, *declined], key=lambda fate: (fate.referred_on, fate.number))
    return season


def _nearly_closed(season: Season, heard: list[Fate]) -> None:
    """Of the plans done early two with the least jury duty: one waits for the judge, one for the office."""
    early = [f for f in heard if f.end is End.COMPLETES and (f.night or 0) >= season.nights_past]
    early = [fate for fate in early if not fate.turns & {Turn.REPEAT, Turn.ADJOURNED}]
    early.sort(key=lambda fate: fate.amounts.sittings if fate.amounts else 0)
    for fate, turn in zip(early, (Turn.REVIEW, Turn.READY), strict=False):
        fate.turns.add(turn)
        if turn is Turn.REVIEW:
            fate.place = (0, 0)  # before the demonstration's own judge
        if turn is Turn.READY:
            fate.ends_on = season.as_of + timedelta(days=3)


def _scheduled(season: Season, rng: Random) -> list[Fate]:
    """Everybody who gets a date: past their deadline on the earlier evenings, the rest on the later ones."""
    figures, past = season.figures, season.nights_past
    failed_past = figures.failed_to_appear * past // NIGHTS
    late = figures.heard - figures.past_deadline
    early_ends = _ends_of_past(figures, rng) + [End.FAILED] * failed_past
    late_ends = [End.OPEN] * late + [End.FAILED] * (figures.failed_to_appear - failed_past)
    fates: list[Fate] = []
    for first, count, ends in ((0, past, early_ends), (past, NIGHTS - past, late_ends)):
        rng.shuffle(ends)
        for rank, end in enumerate(ends):
            night = first + rank % count
            fates.append(_fate(season, len(fates), end, night, rng))
    _settle_late_ones(season, fates, rng)
    for fate in fates:
        fate.ends_on = _ends_on(season, fate, rng)
    return fates


def _ends_of_past(figures: Figures, rng: Random) -> list[End]:
    rest = figures.past_deadline - figures.completed
    withdrawn, still_open = max(1, round(rest * 0.08)), max(1, round(rest * 0.15))
    ends = [End.WITHDRAWS] * withdrawn + [End.OPEN] * still_open
    return ends + [End.RETURNED] * (rest - len(ends)) + [End.COMPLETES] * figures.completed


def _settle_late_ones(season: Season, fates: list[Fate], rng: Random) -> None:
    """Only recent plans may be open after their deadline; and some of the latest are finished early."""
    past = season.nights_past
    recent = [f for f in fates if FIRST_LATE_NIGHT <= (f.night or 0) < past and f.end is End.COMPLETES]
    for fate in fates:
        if fate.end is End.OPEN and (fate.night or 0) < FIRST_LATE_NIGHT and recent:
            swap = recent.pop(rng.randrange(len(recent)))
            fate.end, swap.end = swap.end, fate.end
    running = [fate for fate in fates if (fate.night or 0) in (past, past + 1)]
    for fate in running[: len(running) * 2 // 3]:
        if fate.end is End.OPEN:
            fate.end = End.COMPLETES


def _fate(season: Season, number: int, end: End, night: int, rng: Random) -> Fate:
    waits = [
        days
        for days in range(SHORTEST_WAIT, LONGEST_WAIT + 1)
        if (season.night(night) - timedelta(days=days)).weekday() < 5
    ]
    fate = fate_from(number, end, season.night(night) - timedelta(days=rng.choice(waits)), rng)
    fate.night = night
    return fate


def _ends_on(season: Season, fate: Fate, rng: Random) -> date | None:
    """The day on which the plan is done, or given up."""
    heard_on = season.night(fate.night or 0)
    days = {
        End.FAILED: (2, 5),
        End.COMPLETES: (56, 88),
        End.RETURNED: (91, 94),
        End.WITHDRAWS: (15, 60),
        End.OPEN: (400, 401),
    }[fate.end]
    ends_on = workday(heard_on + timedelta(days=rng.randint(*days)))
    if fate.end is End.COMPLETES:
        ends_on = min(ends_on, season.as_of - timedelta(days=10))
    if fate.end is End.RETURNED:
        fate.closure = _reason_to_return(rng)
    return ends_on


def _reason_to_return(rng: Random) -> ClosureReason:
    drawn = rng.random()
    for reason, share in RETURNED.items():
        if (drawn := drawn - share) < 0:
            return reason
    return ClosureReason.PLAN_NOT_COMPLETED


def _declined(season: Season, rng: Random) -> list[Fate]:
    """Everybody who is not accepted, spread over the period."""
    count, days = season.figures.declined, (season.ends_on - season.starts_on).days
    fates = []
    for rank, reason in enumerate(_decline_reasons(count)):
        day = season.starts_on + timedelta(days=rng.randint(0, days - 4))
        if reason in (DeclineReason.TOO_YOUNG, DeclineReason.TOO_OLD):
            day = season.starts_on + timedelta(days=9)  # before the court narrows its ages
        if reason is DeclineReason.EARLIER_PARTICIPATION:
            day = season.ends_on - timedelta(days=rng.randint(5, 30))  # somebody has to have been here before
        fate = fate_from(1000 + rank, End.DECLINED, workday(day), rng)
        fate.decline = reason
        wait = rng.randint(29, 33) if reason is DeclineReason.NO_CONTACT else 12
        fate.ends_on = workday(fate.referred_on + timedelta(days=wait))
        fates.append(fate)
    return fates


def _decline_reasons(count: int) -> list[DeclineReason]:
    """Most could not be reached; every other reason occurs as soon as the court is large enough."""
    reasons = []
    for reason, of_42 in DECLINED.items():
        reasons += [reason] * max(1 if count >= 2 * len(DECLINED) else 0, round(of_42 * count / 42))
    return reasons + [DeclineReason.NO_CONTACT] * (count - len(reasons))
