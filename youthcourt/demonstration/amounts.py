"""What is ordered in each case, dealt so that the whole court comes to its figures exactly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from youthcourt.models import ActivityKind
from youthcourt.procedures.founding import GRID

from .figures import Figures

CLASS_SHARES = {"A": 0.18, "B": 0.42}  # the rest is C


@dataclass(frozen=True)
class Amounts:
    """Hours of service, sittings of jury duty and seminars of one order."""

    offence_class: str
    hours: int
    sittings: int
    workshops: int


def deal_amounts(figures: Figures, outside: list[bool], rng: Random) -> Iterator[Amounts]:
    """One for each case heard: inside the grid, but with less service where `outside` says so."""
    classes = [c for c, share in CLASS_SHARES.items() for _ in range(round(share * figures.heard))]
    classes += ["C"] * (figures.heard - len(classes))
    rng.shuffle(classes)
    totals = {
        ActivityKind.SERVICE: figures.service_hours,
        ActivityKind.JURY_DUTY: figures.sittings,
        ActivityKind.WORKSHOP: figures.workshops,
    }
    limits = {kind: [GRID[c][kind] for c in classes] for kind in totals}
    limits[ActivityKind.SERVICE] = [
        (least - 4, least - 2) if is_outside else (least, most)
        for is_outside, (least, most) in zip(outside, limits[ActivityKind.SERVICE], strict=True)
    ]
    dealt = [_share_out(total, limits[kind], rng) for kind, total in totals.items()]
    return map(Amounts, classes, *dealt)


def _share_out(total: int, limits: list[tuple[int, int]], rng: Random) -> list[int]:
    """Whole amounts, each inside its limits, that add up to the total."""
    amounts = [least for least, _most in limits]
    room = [rank for rank, (least, most) in enumerate(limits) for _ in range(most - least)]
    missing = total - sum(amounts)
    if not 0 <= missing <= len(room):
        raise ValueError(f"{total} cannot be shared out inside these limits")
    for rank in rng.sample(room, missing):
        amounts[rank] += 1
    return amounts
