"""Figures that leave the house: a count so small that it points at somebody is not told or given away.

Pages of this house show every count, because whoever sees a report here may open every case it counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

FEWEST_TOLD = 5


class Hidden(StrEnum):
    """Why a count is not told."""

    FEW = "few"  # it is small itself
    BESIDE = "beside"  # a small one could be worked out from it and the total


@dataclass(frozen=True)
class Told:
    """The parts of a total as they may be told, in their order; no total where it would give a part away."""

    total: int | Hidden
    parts: tuple[int | Hidden, ...]


def told(counts: Sequence[int], fewest: int = FEWEST_TOLD) -> Told:
    """Parts of one total, each of which counts people.

    A part under `fewest` is hidden. While what is told beside it leaves it one possible value, the smallest
    part that is still told is hidden too (complementary suppression); the total goes last.
    """
    few = {place for place, count in enumerate(counts) if count < fewest}
    beside: set[int] = set()
    while _one_is_given_away(counts, few, beside, fewest):
        shown = [place for place in range(len(counts)) if place not in few | beside]
        if not shown:
            return Told(Hidden.BESIDE, _marked(counts, few, beside))
        beside.add(min(shown, key=lambda place: counts[place]))
    return Told(sum(counts), _marked(counts, few, beside))


def _marked(counts: Sequence[int], few: set[int], beside: set[int]) -> tuple[int | Hidden, ...]:
    return tuple(
        Hidden.FEW if place in few else Hidden.BESIDE if place in beside else count
        for place, count in enumerate(counts)
    )


def _one_is_given_away(counts: Sequence[int], few: set[int], beside: set[int], fewest: int) -> bool:
    """Whether the total leaves some small part one possible value.

    A reader knows the sum of what is hidden, that each of the few is under `fewest`, and that what is hidden
    beside them is not.
    """
    if not few:
        return False
    left = sum(counts[place] for place in few | beside)
    most = fewest - 1
    highest = min(most, left - fewest * len(beside))
    lowest = 0 if beside else max(0, left - most * (len(few) - 1))
    return lowest >= highest
