"""The chances that a draw gave: the same facts are drawn again with other lots. Loads the solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from .day import HEARING_ROLES, Facts, Place
from .long_run import PastDraw
from .planning import plan

TIMES = 20


def redrawn(facts: Facts, places: Collection[Place], times: int = TIMES) -> PastDraw:
    """Who sat, and the chances of all, without anybody's pins and bars.

    The draw itself counts as one: had it been honest, it would be any one of them.
    """
    honest = {**facts, "pins": [], "bars": []}
    sat: Counter[str] = Counter()
    seated = _seated(places)
    sat.update(seated)
    for number in range(times):
        sat.update(_seated(plan(honest, f"drawn again {number}").places))
    chances = {who["id"]: sat[who["id"]] / (times + 1) for who in facts["candidates"]}
    return PastDraw({who: chance for who, chance in chances.items() if chance}, seated)


def _seated(places: Collection[Place]) -> frozenset[str]:
    return frozenset(who for who, role, _where in places if role in HEARING_ROLES)
