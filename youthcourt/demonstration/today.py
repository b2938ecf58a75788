"""What is under way on the last day: one case in every stage, so that there is something to do."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from .amounts import Amounts
from .season import NIGHTS, End, Fate, Season, Turn, fate_from

NEXT_NIGHT = NIGHTS + 1


def deal_today(season: Season) -> list[Fate]:
    """Fates after the published period, none of them at its end."""
    rng = Random(f"{season.seed}/today/{season.as_of}")
    fates = [*_tonight(season, rng), *_in_the_office(season, rng)]
    for rank, fate in enumerate(fates):
        fate.number = 2000 + rank
        fate.turns.add(Turn.HARMED if rank % 2 else Turn.FAMILY_ACCOUNT)
    return fates


def _tonight(season: Season, rng: Random) -> list[Fate]:
    """Five hearings of tonight, one that a family has taken back, and one of the next evening."""
    places = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)]
    fates = [_set_for(season, NIGHTS, 38 - 2 * rank, rng) for rank in range(len(places))]
    for fate, place in zip(fates, places, strict=True):
        fate.place = place
    fates[0].turns.add(Turn.DECIDED_TONIGHT)
    fates[1].turns.add(Turn.DELIBERATING_TONIGHT)
    withdrawn = _set_for(season, NIGHTS, 36, rng)
    withdrawn.end, withdrawn.ends_on = End.WITHDRAWS, season.as_of - timedelta(days=3)
    withdrawn.place = (2, 1)
    coming = _set_for(season, NEXT_NIGHT, 25, rng)
    return [*fates, withdrawn, coming]


def _set_for(season: Season, night: int, days_ago: int, rng: Random) -> Fate:
    fate = fate_from(0, End.OPEN, _weekday(season.as_of - timedelta(days=days_ago)), rng)
    fate.night, fate.ends_on = night, season.as_of + timedelta(days=400)
    fate.offence_class = rng.choice("ABBC")
    fate.amounts = {
        "A": Amounts("A", 24, 4, 1),
        "B": Amounts("B", 18, 3, 1),
        "C": Amounts("C", 12, 2, 1),
    }[fate.offence_class]
    return fate


def _in_the_office(season: Season, rng: Random) -> list[Fate]:
    """Referrals to decide, families to meet, an agreement to wait for, a hearing to set."""
    today = season.as_of
    never = today + timedelta(days=400)

    def arrived(days_ago: int) -> Fate:
        fate = fate_from(0, End.OPEN, _weekday(today - timedelta(days=days_ago)), rng)
        fate.offence_class, fate.night = rng.choice("BC"), NEXT_NIGHT
        return fate

    running_out, fresh, excluded = arrived(18), arrived(0), arrived(6)
    for fate in (running_out, fresh, excluded):
        fate.decided_on = never
    excluded.turns.add(Turn.OVERRIDE)
    excluded.offence_class = "A"
    intake_soon, intake_urgent = arrived(12), arrived(28)
    for fate in (intake_soon, intake_urgent):
        fate.intake_on = never
    unsigned = arrived(13)
    unsigned.intake_on, unsigned.agreed_on = today - timedelta(days=2), never
    unsigned.turns.add(Turn.AGREES_LATER)
    unset = arrived(20)
    unset.placed_on = never
    return [running_out, fresh, excluded, intake_soon, intake_urgent, unsigned, unset]


def _weekday(day: date) -> date:
    """That day, or the Friday before it."""
    return day - timedelta(days=max(0, day.weekday() - 4))
