"""Whether over many draws somebody sat more often, or less, than chance explains: favouritism would show.

Each draw gave everybody who could have been seated some chance, and each draw was made anew. So how often
somebody sat is a sum of independent chances, whatever the draws before did to later ones, and has a known
spread. Who is beyond it, in a range so wide that among all of them together one is found there by mere chance
in one of twenty seasons at most, was favoured or passed over.

Chances come from drawing lots again with other seeds (`redrawing.py`), which takes the solver; or, without
it, from `alike`: those who are alike in what the rules ask have equal chances.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .day import HEARING_ROLES, Candidate, Day, Facts, Hearing, Place
from .eligibility import what_bars

RATE = 0.05  # how often chance alone lies outside a range
FEWEST_ALIKE = (
    5  # fewer are compared with others who are less like them, or a favourite would be a kind of his own
)

AS_EXPECTED = "as_expected"
MORE_THAN_EXPECTED = "more_than_expected"
LESS_THAN_EXPECTED = "less_than_expected"


@dataclass(frozen=True)
class PastDraw:
    """The chance of everybody who could have been seated, and who was."""

    chances: Mapping[str, float]
    seated: frozenset[str]


@dataclass(frozen=True)
class LongRun:
    """How often one person sat, and how often chance would have it."""

    who: str
    draws: int  # in which they could have been seated
    seated: int
    expected: float
    usual: tuple[int, int]  # where 95 % of people like them lie
    widest: tuple[int, int]  # where all people are, in 95 % of such seasons
    verdict: str


def long_run(draws: Iterable[PastDraw]) -> tuple[LongRun, ...]:
    """Everybody who could have been seated, or was, in any of the draws."""
    chances: dict[str, list[float]] = {}
    seated: Counter[str] = Counter()
    for draw in draws:
        seated.update(draw.seated)
        for who in draw.chances.keys() | draw.seated:
            chances.setdefault(who, []).append(draw.chances.get(who, 0.0))
    return tuple(_of(who, chances[who], seated[who], len(chances)) for who in sorted(chances))


def _of(who: str, chances: Sequence[float], seated: int, people: int) -> LongRun:
    times = how_often(chances)
    least, most = widest = _range(times, RATE / people)
    verdict = AS_EXPECTED
    if seated > most:
        verdict = MORE_THAN_EXPECTED
    elif seated < least:
        verdict = LESS_THAN_EXPECTED
    return LongRun(who, len(chances), seated, sum(chances), _range(times, RATE), widest, verdict)


def how_often(chances: Sequence[float]) -> list[float]:
    """The probabilities of none, one, two … of these independent chances coming true (Poisson binomial)."""
    times = [1.0]
    for chance in chances:
        more = [0.0, *(chance * each for each in times)]
        times = [a + (1 - chance) * b for a, b in zip(more, [*times, 0.0], strict=True)]
    return times


def _range(times: Sequence[float], outside: float) -> tuple[int, int]:
    """Beyond either end lies at most half of what may lie outside."""
    return _end(times, outside / 2), len(times) - 1 - _end(times[::-1], outside / 2)


def _end(times: Sequence[float], outside: float) -> int:
    below, number = times[0], 0
    while below <= outside:
        number += 1
        below += times[number]
    return number


def alike(facts: Facts, places: Collection[Place]) -> PastDraw:
    """Equal chances for those who are alike: what they owe, which roles they may take, at how many times.

    A sitting that is due is so no sign of favour: who owes one is only compared with those who do. Whom
    somebody barred by hand could have been seated all the same.
    """
    seated = frozenset(who for who, role, _where in places if role in HEARING_ROLES)
    kinds = _kinds(Day.of({**facts, "bars": []}))
    counted = Counter(kind for kinds_of_one in kinds.values() for kind in kinds_of_one)
    sat = Counter(kind for who, kinds_of_one in kinds.items() if who in seated for kind in kinds_of_one)
    chances = {}
    for who, kinds_of_one in kinds.items():
        kind = next((each for each in kinds_of_one if counted[each] >= FEWEST_ALIKE), kinds_of_one[-1])
        chances[who] = sat[kind] / counted[kind]
    return PastDraw(chances, seated)


Kind = tuple[object, ...]


def _kinds(day: Day) -> dict[str, tuple[Kind, ...]]:
    """Of everybody who may take a place at a hearing: what they are like, closely, and then less and less."""
    kinds: dict[str, tuple[Kind, ...]] = {}
    for who in day.candidates:
        if may := _open_to(who, day):
            roles = frozenset(role for role, _block in may)
            times = len({block for _role, block in may})
            duty = 2 if 0 < who.owes >= who.chances else 1 if who.owes else 0
            kinds[who.id] = ((duty, roles, times), (duty, roles), (duty,))
    return kinds


def _open_to(who: Candidate, day: Day) -> set[tuple[str, str]]:
    """Which roles somebody may take at which times. One hearing is enough for that, so few are looked at."""
    may: set[tuple[str, str]] = set()
    for hearing in day.hearings:
        if hearing.block in who.free:
            for role in _asked(hearing):
                if (role, hearing.block) not in may and not what_bars(who, hearing, role, day):
                    may.add((role, hearing.block))
    return may


def _asked(hearing: Hearing) -> list[str]:
    wanted = {"bailiff": hearing.bailiffs, "clerk": hearing.clerks}
    return [role for role in HEARING_ROLES if wanted.get(role, 1)]
