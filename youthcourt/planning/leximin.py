"""The lottery over panels whose least chance is as great as can be, then the next, and so on.

Panels are far too many to list. Only those are looked for that raise the least chance further ("column
generation"), which one search for the panel that weighs most finds, or proves that there is none. Classes
that no lottery could lift are known by their prices: the dual values of a linear program.

First the same is asked of panels that may seat fractions of people, which is quick. No lottery is better than
that, and mostly one is as good; it is put together from panels near those fractions. Where quotas leave no
such lottery, the levels are found one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import highspy
import numpy as np

from .quota_panels import Panel, QuotaPanels, add_row, rounded, solver

CLOSE = 1e-8  # a level is found when no panel could raise it by more
SAFETY = 1e-9  # what a level already found may give way, so that rounding never makes the next impossible
LIFTED = 1e-7  # less than this is a solver's rounding
SURE = 1e-5  # a class is held at its level when no lottery could lift it by more

Floors = Mapping[int, float]
Raised = tuple[
    float, Sequence[float], float
]  # the level, the price of each class, how much higher it could be


class Raises(Protocol):
    def raised(self, rising: Sequence[int], floors: Floors) -> Raised:
        """The highest level that all of `rising` can have while others keep their floors."""


def leximin(panels: QuotaPanels) -> dict[Panel, float]:
    """Panels and their chances."""
    lottery = Lottery(panels)
    classes = range(len(panels.classes))
    wished = levels(Shares(panels), classes, {})
    for panel in _parts_of(panels, [wished[number] * panels.sizes[number] for number in classes]):
        lottery.add(panel)
    reached = lottery.reach_every_class()
    if not lottery.meets(wished):
        levels(lottery, classes, dict.fromkeys(set(classes) - reached, 0.0))
    return lottery.chances


def levels(model: Raises, classes: Sequence[int], floors: Floors) -> dict[int, float]:
    """Raise the least chance as far as it goes, hold those who are stuck there, and go on with the others."""
    held = dict(floors)
    while rising := [number for number in classes if number not in held]:
        level, prices, gap = model.raised(rising, held)
        stuck = [number for number in rising if gap < SURE * prices[number]]
        for number in stuck or _stuck(model, rising, held, level, prices):
            held[number] = level
    return held


def _stuck(
    model: Raises, rising: Sequence[int], held: Floors, level: float, prices: Sequence[float]
) -> list[int]:
    """Who cannot be lifted, tried one by one: for when no price is clear enough to tell."""
    by_price = sorted(rising, key=lambda number: -prices[number])
    for number in by_price:
        floors = {**held, **{each: level for each in rising if each != number}}
        if model.raised([number], floors)[0] <= level + LIFTED:
            return [number]
    return by_price[:1]


class Shares:
    """Panels that may seat fractions of people."""

    def __init__(self, panels: QuotaPanels):
        self.panels = panels
        self.model = panels.model(panels.rows, is_whole=False)
        self.level = len(panels.classes)  # the column of the level; before it stand those of the classes
        self.first = len(panels.rows)  # the row of the first class
        self.model.addVar(-highspy.kHighsInf, highspy.kHighsInf)
        self.model.changeColCost(self.level, -1.0)
        for number, size in enumerate(panels.sizes):
            add_row(self.model, 0.0, highspy.kHighsInf, [number])
            self.model.changeCoeff(self.first + number, number, 1 / size)

    def raised(self, rising: Sequence[int], floors: Floors) -> Raised:
        for number in range(len(self.panels.classes)):
            self.model.changeCoeff(self.first + number, self.level, -1.0 * (number in rising))
            lowest = 0.0 if number in rising else max(0.0, floors[number] - SAFETY)
            self.model.changeRowBounds(self.first + number, lowest, highspy.kHighsInf)
        _solve(self.model)
        solution = self.model.getSolution()
        return (
            max(0.0, solution.col_value[self.level]),
            _prices(solution.row_dual[self.first :], rising),
            SAFETY,
        )


class Lottery:
    """The panels found so far, and the chances with which they are best drawn."""

    def __init__(self, panels: QuotaPanels):
        self.panels = panels
        self.known: dict[Panel, None] = {}
        self.model = solver()
        self.model.addVar(-highspy.kHighsInf, highspy.kHighsInf)  # column 0: the level
        self.model.changeColCost(0, -1.0)
        add_row(self.model, 1.0, 1.0, [])  # row 0: the chances of all panels add up to one
        for _each in panels.classes:
            add_row(self.model, 0.0, highspy.kHighsInf, [])  # the chance of each class

    @property
    def chances(self) -> dict[Panel, float]:
        found = self.model.getSolution().col_value[1:]
        return {panel: chance for panel, chance in zip(self.known, found, strict=True) if chance > 0}

    def reach_every_class(self) -> set[int]:
        """Find a panel for every class that has one; whoever was on a panel weighs less in the next."""
        reached = {number for panel in self.known for number, seats in enumerate(panel) if seats}
        classes = range(len(self.panels.classes))
        weights = [0.5 ** (number in reached) for number in classes]
        while missing := [number for number in classes if number not in reached]:
            panel = self._best(weights)
            if not any(panel[number] for number in missing):
                panel = self._best([float(number in missing) for number in classes])
                if not any(panel[number] for number in missing):
                    break  # no panel has a seat for any of them
            self.add(panel)
            reached |= {number for number in classes if panel[number]}
            weights = [weight * 0.5 ** bool(seats) for weight, seats in zip(weights, panel, strict=True)]
        return reached

    def meets(self, wished: Floors) -> bool:
        """Whether some lottery gives every class the chance wished for; if so, it stands in the model."""
        classes = range(len(self.panels.classes))
        for number in classes:
            self._row(number, wished[number], is_rising=True)
        return self._risen(classes, wished, enough=-CLOSE)[0] >= -10 * CLOSE

    def raised(self, rising: Sequence[int], floors: Floors) -> Raised:
        held = {number: floor for number, floor in floors.items() if number not in rising}
        for number in range(len(self.panels.classes)):
            is_rising = number not in held
            self._row(number, 0.0 if is_rising else max(0.0, held[number] - SAFETY), is_rising)
        return self._risen(rising, held)

    def _row(self, number: int, lowest: float, is_rising: bool) -> None:
        self.model.changeCoeff(number + 1, 0, -1.0 if is_rising else 0.0)
        self.model.changeRowBounds(number + 1, lowest, highspy.kHighsInf)

    def _risen(self, rising: Sequence[int], floors: Floors, enough: float = highspy.kHighsInf) -> Raised:
        """Add panels until none raises the level, or until it is high enough, or cannot become so."""
        sizes = self.panels.sizes
        while True:
            _solve(self.model)
            solution = self.model.getSolution()
            level, prices = solution.col_value[0], _prices(solution.row_dual[1:], rising)
            if level >= enough:
                return level, prices, 0.0
            weights = [price / size for price, size in zip(prices, sizes, strict=True)]
            panel = self._best(weights)
            held = sum(prices[number] * floor for number, floor in floors.items())
            highest = sum(w * seats for w, seats in zip(weights, panel, strict=True)) - held
            if highest - level <= CLOSE or panel in self.known or highest < -SURE:
                return level, prices, max(highest - level, SAFETY)
            self.add(panel)

    def _best(self, weights: Sequence[float]) -> Panel:
        panel = self.panels.best(weights)
        if panel is None:
            raise ArithmeticError("the solver lost the panels that it had found")
        return panel

    def add(self, panel: Panel) -> None:
        if panel in self.known:
            return
        self.known[panel] = None
        shares = [seats / size for seats, size in zip(panel, self.panels.sizes, strict=True)]
        rows = [0] + [number + 1 for number, share in enumerate(shares) if share]
        values = [1.0] + [share for share in shares if share]
        self.model.addCol(
            0.0, 0.0, highspy.kHighsInf, len(rows), np.array(rows, dtype=np.int32), np.array(values)
        )


def _solve(model: Any) -> None:
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        model.clearSolver()
        model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise ArithmeticError(f"the solver gave up: {model.getModelStatus()}")


def _prices(duals: Sequence[float], rising: Sequence[int]) -> list[float]:
    """What the level would gain if a class asked for less; those of the rising add up to one."""
    prices = [max(0.0, dual) for dual in duals]
    total = sum(prices[number] for number in rising)
    return [price / total for price in prices]


def _parts_of(panels: QuotaPanels, seats: Sequence[float]) -> list[Panel]:
    """Panels of which these fractions of seats are a mixture, or as many of them as can be found.

    A panel near the fractions is taken away as often as the rest stays between the same whole numbers. Then
    some class or quota has come to a whole number, at which it is kept, so this ends.
    """
    rest = [min(max(share, 0.0), size) for share, size in zip(seats, panels.sizes, strict=True)]
    rest += [min(max(row.of(seats), row.least), row.most) for row in panels.rows]
    between = [rounded(share) for share in rest]
    found: list[Panel] = []
    while panel := panels.near(rest, between):
        found.append(panel)
        counts = [*panel, *(row.of(panel) for row in panels.rows)]
        open_ones = [number for number, (low, high) in enumerate(between) if low < high]
        if not open_ones:
            break
        parts = {number: 1 - abs(rest[number] - counts[number]) for number in open_ones}
        often = max(0.0, min(parts.values()))
        for number in open_ones:
            rest[number] = (rest[number] - often * counts[number]) / max(1 - often, SAFETY)
            if parts[number] <= often + SAFETY:
                low, high = between[number]
                rest[number] = float(low + high - counts[number])
                between[number] = round(rest[number]), round(rest[number])
    return found
