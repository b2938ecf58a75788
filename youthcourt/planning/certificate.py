"""Proof that a plan is the best one, checked without a solver: a price for each rule and aim.

Weak duality, in whole numbers: whatever prices are put on the rules, no plan costs less than the rules'
sides at those prices plus the cheapest choice of each variable at what the prices leave of its cost. Where
that bound is less than one unit below the plan's own cost, no plan in whole numbers is cheaper; and
whatever would cost more than the gap is ruled out for the aims that follow. When nothing is left to choose
after the last aim, there is no second best plan.
"""

from __future__ import annotations

from dataclasses import dataclass

from .linear import Aim, Linear, Row

UNIT = 1 << 24  # prices are kept in these parts of one

Prices = dict[int, int]  # row -> price, in parts


@dataclass
class Verdict:
    """Whether every aim is proved, else what is wrong; and whether no other plan is as good."""

    trouble: str | None
    is_only_one: bool = False

    @property
    def is_proved(self) -> bool:
        return self.trouble is None


def verify(linear: Linear, chosen: list[int], prices: list[Prices | None]) -> Verdict:
    """Check a plan and the prices of each aim against the rules, in exact arithmetic.

    An aim without prices was settled by search, and with it the decisions: they are held as they are. After
    those of the aims, `prices` may hold one more: that no plan as good in every aim differs anywhere.
    """
    if not len(linear.aims) <= len(prices) <= len(linear.aims) + 1:
        return Verdict("there are no prices for some aims")
    if row := linear.broken(chosen):
        return Verdict(f"{row.name} does not hold")
    face = _Face(linear)
    if None in prices:
        face.hold(linear.decisions, chosen)
    for aim, priced in zip(linear.aims, prices, strict=False):
        if priced is None:
            continue
        gap, costs = face.gap(aim, chosen, priced)
        if not 0 <= gap < UNIT:
            return Verdict(f"{aim.name}: a plan that is better by {gap / UNIT:.4f} is not ruled out")
        face.rule_out(gap, costs, priced)
    return Verdict(None, is_only_one=_is_only_one(face, linear, chosen, prices[len(linear.aims) :]))


def _is_only_one(face: _Face, linear: Linear, chosen: list[int], prices: list[Prices | None]) -> bool:
    if not prices or prices[0] is None:
        return False
    gap, _costs = face.gap(linear.nearness_to(chosen), chosen, prices[0])
    return 0 <= gap < UNIT


class _Face:
    """What may still be chosen: the plans that are best in every aim so far."""

    def __init__(self, linear: Linear) -> None:
        self.rows: list[Row] = linear.rows
        self.low = [0] * len(linear.bounds)
        self.high = list(linear.bounds)
        self.least = [row.least for row in linear.rows]
        self.most = [row.most for row in linear.rows]

    def hold(self, variables: list[int], chosen: list[int]) -> None:
        for variable in variables:
            self.low[variable] = self.high[variable] = chosen[variable]

    def gap(self, aim: Aim, chosen: list[int], prices: Prices) -> tuple[int, list[int]]:
        """What the plan costs above the bound, and what the prices leave of each cost; in parts."""
        costs = [0] * len(self.low)
        for variable, cost in aim.terms.items():
            costs[variable] = cost * UNIT
        bound = 0
        for number, price in prices.items():
            side = self.least[number] if price > 0 else self.most[number]
            if side is None:
                continue
            bound += price * side
            for variable, times in self.rows[number].terms.items():
                costs[variable] -= price * times
        bound += sum(
            cost * (self.low[variable] if cost > 0 else self.high[variable])
            for variable, cost in enumerate(costs)
        )
        spent = sum(cost * chosen[variable] for variable, cost in aim.terms.items()) * UNIT
        return spent - bound, costs

    def rule_out(self, gap: int, costs: list[int], prices: Prices) -> None:
        """A step that costs more than the gap would make this aim worse: nobody may take it from now on."""
        for variable, cost in enumerate(costs):
            if cost > gap:
                self.high[variable] = self.low[variable]
            elif -cost > gap:
                self.low[variable] = self.high[variable]
        for number, price in prices.items():
            if price > gap and self.least[number] is not None:
                self.most[number] = self.least[number]
            elif -price > gap and self.most[number] is not None:
                self.least[number] = self.most[number]
