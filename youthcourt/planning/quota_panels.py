"""The panels that quotas allow, counted by class: people alike in all that the quotas ask are one class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor
from typing import Any

import highspy
import numpy as np

Quotas = Mapping[tuple[str, str], tuple[int, int]]
Class = tuple[str, ...]  # the values of one class in the order of the categories; "" where a person has none
Panel = tuple[int, ...]  # how many of each class
Bound = tuple[str, str, str, int]  # category, value, "at least" or "at most", how many

SHARP = 1e-7  # what is nearer to a whole number than this is taken for it


@dataclass(frozen=True)
class Row:
    """How many seats some classes have together."""

    classes: tuple[int, ...]
    least: int
    most: int

    def of(self, seats: Sequence[float]) -> float:
        return sum(seats[number] for number in self.classes)


@dataclass(frozen=True)
class QuotaPanels:
    """All panels of one size out of some people within their quotas."""

    categories: tuple[str, ...]
    classes: tuple[Class, ...]
    sizes: tuple[int, ...]  # how many people each class has
    quotas: Mapping[tuple[str, str], tuple[int, int]]
    size: int

    @classmethod
    def of(
        cls, people: Sequence[Class], categories: tuple[str, ...], quotas: Quotas, size: int
    ) -> QuotaPanels:
        counted = Counter(people)
        classes = tuple(sorted(counted))
        sizes = tuple(counted[each] for each in classes)
        return cls(categories, classes, sizes, dict(sorted(quotas.items())), size)

    def belonging(self, category: str, value: str) -> tuple[int, ...]:
        """The classes that a quota counts."""
        place = self.categories.index(category)
        return tuple(number for number, each in enumerate(self.classes) if each[place] == value)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The quotas, and first of all the size of the panel."""
        everyone = Row(tuple(range(len(self.classes))), self.size, self.size)
        return (everyone, *(Row(self.belonging(*which), *bounds) for which, bounds in self.quotas.items()))

    @cached_property
    def _search(self) -> Any:
        return self.model(self.rows)

    def model(self, rows: Iterable[Row], is_whole: bool = True) -> Any:
        """A model whose columns are the seats of the classes, in whole numbers or in shares."""
        model = solver()
        for size in self.sizes:
            model.addVar(0.0, float(size))
        everyone = np.arange(len(self.classes), dtype=np.int32)
        if is_whole:
            whole = np.array([highspy.HighsVarType.kInteger] * len(everyone))
            model.changeColsIntegrality(len(everyone), everyone, whole)
        for row in rows:
            add_row(model, row.least, row.most, row.classes)
        return model

    def best(self, weights: Sequence[float]) -> Panel | None:
        """A panel whose people together weigh most; None when no panel keeps the quotas."""
        return self._found(weights)

    def near(self, seats: Sequence[float], between: Sequence[tuple[int, int]]) -> Panel | None:
        """A panel like these shares of seats, each class and then each row between two whole numbers."""
        search, classes = self._search, len(self.classes)
        for number, (low, high) in enumerate(between[:classes]):
            search.changeColBounds(number, float(low), float(high))
        for number, (low, high) in enumerate(between[classes:]):
            search.changeRowBounds(number, float(low), float(high))
        search.setOptionValue("mip_rel_gap", 0.1)  # any panel will do, and a near one is better
        found = self._found([share - floor(share) - 0.5 for share in seats[:classes]])
        search.setOptionValue("mip_rel_gap", 0.0)
        for number, size in enumerate(self.sizes):
            search.changeColBounds(number, 0.0, float(size))
        for number, row in enumerate(self.rows):
            search.changeRowBounds(number, float(row.least), float(row.most))
        return found

    def _found(self, weights: Sequence[float]) -> Panel | None:
        # Scaled, so that a solver's fixed tolerances are small beside the smallest difference that counts.
        scale = 1000.0 / max(*map(abs, weights), 1e-12)
        costs = -scale * np.array(weights)
        self._search.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        return _panel_of(self._search)

    def colliding(self) -> list[Bound]:
        """A smallest set of bounds that no panel keeps together: each that can be dropped is dropped."""
        kept = [(*which, "at least", least) for which, (least, _most) in self.quotas.items() if least > 0]
        kept += [
            (*which, "at most", most) for which, (_least, most) in self.quotas.items() if most < self.size
        ]
        for bound in list(kept):
            without = [each for each in kept if each != bound]
            if not _panel_of(self.model([self.rows[0], *map(self._row, without)])):
                kept = without
        return kept

    def _row(self, bound: Bound) -> Row:
        category, value, way, number = bound
        least, most = (number, self.size) if way == "at least" else (0, number)
        return Row(self.belonging(category, value), least, most)

    def check(self, panel: Panel) -> None:
        """Count a panel again, in whole numbers."""
        if any(not 0 <= seats <= size for seats, size in zip(panel, self.sizes, strict=True)):
            raise ArithmeticError(f"more of a class than there are: {panel}")
        if any(not row.least <= row.of(panel) <= row.most for row in self.rows):
            raise ArithmeticError(f"not within the quotas: {panel}")


def solver() -> Any:
    """HiGHS, silent, on one thread, and with nothing left to chance."""
    made: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    made.silent()
    for option, value in {"threads": 1, "parallel": "off", "random_seed": 0, "mip_rel_gap": 0.0}.items():
        made.setOptionValue(option, value)
    return made


def add_row(model: Any, lowest: float, highest: float, columns: Sequence[int]) -> None:
    ones = np.ones(len(columns))
    model.addRow(float(lowest), float(highest), len(columns), np.array(columns, dtype=np.int32), ones)


def rounded(number: float) -> tuple[int, int]:
    """The whole numbers below and above; the same one twice if it is one, but for a solver's rounding."""
    return floor(number + SHARP), ceil(number - SHARP)


def _panel_of(search: Any) -> Panel | None:
    """The panel that the solver finds; None when two ways of solving agree that there is none."""
    found = None
    for presolve in ("choose", "off"):
        search.setOptionValue("presolve", presolve)
        search.run()
        if search.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            found = tuple(round(seats) for seats in search.getSolution().col_value)
            break
    search.setOptionValue("presolve", "choose")
    return found
