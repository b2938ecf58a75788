"""A lottery over panels with quotas that gives whoever is least likely to be drawn the best chance there is.

For a one-off selection: so many people, so many of each group. Where quotas bite, not everybody can have the
same chance. The fairest lottery makes the least chance as great as it can be, then the next, and so on
("leximin": Flanigan, Gölz, Gupta, Hennig, Procaccia: Fair algorithms for selecting citizens' assemblies,
Nature 596, 2021). People who are alike in all that the quotas ask share one class and one chance, so panels
are counted by class; `leximin.py` finds the lottery.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from . import lots
from .leximin import leximin
from .quota_panels import Bound, Class, Panel, QuotaPanels, Quotas

PARTS = 10**9  # the chance of a panel is a whole number of these parts, so that all of them add up to one


class QuotasCollide(ValueError):
    """No panel keeps all of these quotas; without any one of them there would be one."""

    def __init__(self, colliding: Iterable[Bound], size: int, people: int):
        self.colliding = tuple(colliding)
        self.size = size
        wanted = [
            f"{bound} {number} of {category} = {value}" for category, value, bound, number in self.colliding
        ]
        told = f"no panel of {size} out of {people} people has " + " and ".join(wanted)
        super().__init__(told if wanted else f"there are only {people} people for a panel of {size}")


@dataclass(frozen=True)
class Chances:
    """The lottery: its panels, counted by class, with their chances, and each person's chance."""

    categories: tuple[str, ...]
    classes: tuple[Class, ...]
    people: tuple[int, ...]  # the class of each person, in the order in which they were given
    panels: tuple[tuple[int, Panel], ...]  # in how many of PARTS, and how many of each class
    size: int

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many people each class has."""
        counted = Counter(self.people)
        return tuple(counted[number] for number in range(len(self.classes)))

    @cached_property
    def by_class(self) -> tuple[Fraction, ...]:
        """The chance of each person of a class."""
        drawn = [
            sum(parts * panel[number] for parts, panel in self.panels) for number in range(len(self.sizes))
        ]
        return tuple(Fraction(times, PARTS * size) for times, size in zip(drawn, self.sizes, strict=True))

    @property
    def of_each(self) -> tuple[float, ...]:
        """The chance of each person, in the order in which they were given."""
        return tuple(float(self.by_class[number]) for number in self.people)

    @property
    def never(self) -> tuple[int, ...]:
        """Which people no panel within the quotas has a seat for, by their place in the order."""
        return tuple(which for which, number in enumerate(self.people) if not self.by_class[number])

    def draw(self, seed: str, names: Sequence[str] | None = None) -> tuple[int, ...]:
        """Who is on the panel, by their place in the order: a panel by lot, then people of each class by lot.

        Lots are drawn for names, so that the order in which people were written down decides nothing; without
        names, for the place in the order.
        """
        if names is None:
            names = [str(which) for which in range(len(self.people))]
        if len(set(names)) != len(self.people):
            raise ValueError("a draw needs one name for each person, and no name twice")
        left = list(self._drawn_panel(seed))
        drawn = []
        for which in sorted(range(len(names)), key=lambda which: _ticket(seed, "person", names[which])):
            if left[self.people[which]]:
                left[self.people[which]] -= 1
                drawn.append(which)
        return tuple(sorted(drawn))

    def _drawn_panel(self, seed: str) -> Panel:
        ticket = _ticket(seed, "panel") % PARTS
        for parts, panel in self.panels:
            if ticket < parts:
                return panel
            ticket -= parts
        raise AssertionError("the chances of the panels do not add up to one")

    def facts(self) -> dict[str, Any]:
        """All of it as JSON, to be kept with a draw: whoever has it and the seed draws the same panel."""
        return {
            "categories": list(self.categories),
            "classes": [list(each) for each in self.classes],
            "people": list(self.people),
            "panels": [[parts, list(panel)] for parts, panel in self.panels],
            "size": self.size,
        }

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Chances:
        """The lottery that was kept."""
        return cls(
            categories=tuple(facts["categories"]),
            classes=tuple(tuple(each) for each in facts["classes"]),
            people=tuple(facts["people"]),
            panels=tuple((parts, tuple(panel)) for parts, panel in facts["panels"]),
            size=facts["size"],
        )


def fair_chances(people: Sequence[Mapping[str, str]], quotas: Quotas, size: int) -> Chances:
    """The leximin lottery over the panels of `size` people that keep the quotas.

    Each person is {category: value}; quotas are {(category, value): (least, most)}. Raises QuotasCollide when
    no panel keeps them.
    """
    if size < 1:
        raise ValueError("a panel has at least one person")
    quotas = {(category, str(value)): bounds for (category, value), bounds in quotas.items()}
    categories = tuple(sorted({category for category, _value in quotas}))
    kinds = [tuple(str(person.get(category, "")) for category in categories) for person in people]
    possible = QuotaPanels.of(kinds, categories, quotas, size)
    if not kinds or not possible.best([1.0] * len(possible.classes)):
        raise QuotasCollide(possible.colliding() if len(kinds) >= size else [], size, len(kinds))
    number = {each: which for which, each in enumerate(possible.classes)}
    panels = _as_parts(leximin(possible))
    for _parts, panel in panels:
        possible.check(panel)
    return Chances(categories, possible.classes, tuple(number[kind] for kind in kinds), panels, size)


def _ticket(seed: str, *key: str) -> int:
    """A lot with so many bits that no two are alike: `lots.py` draws its own from the first of them."""
    return int(lots.drawn(seed, *key).hex(), 16)


def _as_parts(panels: Mapping[Panel, float]) -> tuple[tuple[int, Panel], ...]:
    """Chances as whole parts that add up: rounded down, and the rest to those that lost most by it."""
    total = sum(panels.values())
    exact = {panel: PARTS * chance / total for panel, chance in panels.items()}
    parts = {panel: int(share) for panel, share in exact.items()}
    by_loss = sorted(exact, key=lambda panel: (parts[panel] - exact[panel], panel))
    for panel in by_loss[: PARTS - sum(parts.values())]:
        parts[panel] += 1
    return tuple((parts[panel], panel) for panel in sorted(parts) if parts[panel])
