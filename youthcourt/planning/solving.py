"""Solves a linear model aim by aim with HiGHS, to proven optimality.

Each aim is first solved as a linear program on what the earlier aims left free: whatever its dual prices
pin down is fixed, and no row is added, so that the model keeps its network structure and nearly always
comes out whole. What is not whole at the end is settled in whole numbers; where that fails, each aim is
solved in whole numbers and kept as a row. The answer never depends on the way: the lots leave one best plan
only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np

from .certificate import UNIT, Prices, verify
from .linear import Aim, Linear

NEAR = 1e-6
OPTIMAL = highspy.HighsModelStatus.kOptimal
INFINITE = highspy.kHighsInf
DECIDING = ("lost", "which")  # the aims that ask nothing but the decisions

Progress = Callable[[str], None]
Stop = Callable[[], bool]


class Stopped(Exception):
    """Somebody cancelled."""


class NoPlan(Exception):
    """No choice keeps every rule: pins collide, or a decision is demanded that cannot be had."""


class _NotWhole(Exception):
    """The quick way met a fraction that it cannot settle."""


@dataclass
class Solution:
    """What is chosen, how it is proved, and at which aim each possibility was ruled out.

    The proof is "certificate"; or "search and certificate" where HiGHS had to search which hearings are lost,
    and the rest is certified; or "search", where it searched for everything.
    """

    chosen: list[int]
    proof: str
    prices: list[Prices | None] | None = None
    is_only_one: bool = False
    ruled_out: dict[int, str] = field(default_factory=dict)


def solve(linear: Linear, progress: Progress | None = None, stop: Stop | None = None) -> Solution:
    """The best choice, aim by aim; raises NoPlan where no choice keeps every rule."""
    told = _Told(progress or (lambda _aim: None), stop or (lambda: False))
    faces = _Faces(linear, told)
    chosen: list[int] | None = None
    try:
        chosen = faces.run()
    except _NotWhole:
        pass
    else:
        verdict = verify(linear, chosen, faces.prices)
        if verdict.is_proved:
            proof = "search and certificate" if None in faces.prices else "certificate"
            return Solution(chosen, proof, faces.prices, verdict.is_only_one, faces.ruled_out)
    searched = in_whole_numbers(linear, told)
    if chosen is None or _worse(linear, chosen, searched):
        chosen = searched
    return Solution(chosen, "search", ruled_out=faces.ruled_out)


def _worse(linear: Linear, one: list[int], other: list[int]) -> bool:
    if linear.broken(one):
        return True
    return [aim.value(one) for aim in linear.aims] > [aim.value(other) for aim in linear.aims]


@dataclass
class _Told:
    progress: Progress
    stop: Stop

    def now(self, aim: str) -> None:
        if self.stop():
            raise Stopped
        self.progress(aim)


def in_whole_numbers(linear: Linear, told: _Told) -> list[int]:
    """The sure way: each aim in whole numbers, kept as a row for those that follow."""
    highs = _highs(linear, whole=True)
    chosen: list[int] | None = None
    for aim in linear.aims:
        told.now(aim.name)
        if chosen is not None:
            _start_from(highs, chosen)
        chosen = _run_whole(highs, linear, aim)
        _keep(highs, aim, chosen)
    assert chosen is not None
    return chosen


def is_possible(linear: Linear) -> bool:
    """Whether any choice keeps every rule."""
    return _is_solved(_highs(linear, whole=True))


def decisions_of(linear: Linear, aims: list[Aim], told: _Told) -> list[int] | None:
    """The decisions that these aims settle, in whole numbers; None where they leave a choice."""
    highs = _highs(linear, whole=True)
    chosen: list[int] = []
    for aim in aims:
        told.now(aim.name)
        chosen = _run_whole(highs, linear, aim)
        _keep(highs, aim, chosen)
    others = Aim("others", {each: 1 if chosen[each] else -1 for each in linear.decisions})
    different = _run_whole(highs, linear, others)
    if any(different[each] != chosen[each] for each in linear.decisions):
        return None
    return chosen


def _start_from(highs: Any, chosen: list[int]) -> None:
    start = highspy.HighsSolution()
    start.col_value = [float(value) for value in chosen]
    highs.setSolution(start)


def _keep(highs: Any, aim: Aim, chosen: list[int]) -> None:
    """What was reached is not given up again."""
    variables = np.array(list(aim.terms), dtype=np.int32)
    costs = np.array(list(aim.terms.values()), np.float64)
    reached = float(aim.value(chosen) - aim.constant)
    highs.addRow(-INFINITE, reached, len(variables), variables, costs)


def _run_whole(highs: Any, linear: Linear, aim: Aim) -> list[int]:
    _set_costs(highs, linear, aim)
    if not _is_solved(highs):
        raise NoPlan(highs.modelStatusToString(highs.getModelStatus()))
    return [round(value) for value in highs.getSolution().col_value]


def _is_solved(highs: Any) -> bool:
    """Whether there is a best choice. Presolve calls some models impossible that are not: then without it."""
    highs.run()
    if highs.getModelStatus() == OPTIMAL:
        return True
    highs.clearSolver()
    highs.setOptionValue("presolve", "off")
    highs.run()
    highs.setOptionValue("presolve", "choose")
    return bool(highs.getModelStatus() == OPTIMAL)


def _set_costs(highs: Any, linear: Linear, aim: Aim) -> np.ndarray:
    costs = np.zeros(len(linear.bounds))
    costs[list(aim.terms)] = list(aim.terms.values())
    highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
    return costs


def _highs(linear: Linear, whole: bool) -> Any:
    """HiGHS with the rows of the model and no aim yet; one thread, so that it is the same everywhere."""
    starts, indices, values = [0], list[int](), list[int]()
    for row in linear.rows:
        indices += row.terms.keys()
        values += row.terms.values()
        starts.append(len(indices))
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(linear.bounds), len(linear.rows)
    program.col_cost_, program.col_lower_ = np.zeros(len(linear.bounds)), np.zeros(len(linear.bounds))
    program.col_upper_ = np.array(linear.bounds, float)
    program.row_lower_, program.row_upper_ = _sides(linear)
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.array(starts)
    program.a_matrix_.index_ = np.array(indices)
    program.a_matrix_.value_ = np.array(values, np.float64)
    if whole:
        program.integrality_ = [highspy.HighsVarType.kInteger] * len(linear.bounds)
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.silent()
    for option, value in {
        "threads": 1,
        "parallel": "off",
        "random_seed": 0,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.5,
    }.items():
        highs.setOptionValue(option, value)
    highs.passModel(program)
    return highs


def _sides(linear: Linear) -> tuple[np.ndarray, np.ndarray]:
    least = np.array([-INFINITE if row.least is None else row.least for row in linear.rows], float)
    most = np.array([INFINITE if row.most is None else row.most for row in linear.rows], float)
    return least, most


def _prices(duals: np.ndarray) -> Prices:
    return {int(row): round(duals[row] * UNIT) for row in np.nonzero(np.abs(duals) > NEAR)[0]}


class _Reach:
    """What the rows leave of a variable's bounds, in whole numbers: no step for which a row has no room."""

    def __init__(self, linear: Linear) -> None:
        rows = [np.full(len(row.terms), number) for number, row in enumerate(linear.rows)]
        self.rows = np.concatenate(rows) if rows else np.zeros(0, int)
        self.columns = np.array([each for row in linear.rows for each in row.terms], int)
        self.values = np.array([cost for row in linear.rows for cost in row.terms.values()], float)
        self.count = len(linear.rows)

    def narrowed(
        self, low: np.ndarray, high: np.ndarray, least: np.ndarray, most: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Bounds that are at least as narrow; looked at three times, which is enough to tell a reason."""
        low, high = low.copy(), high.copy()
        for _round in range(3):
            self._narrow(low, high, most, self.values)
            self._narrow(low, high, -least, -self.values)
        return low, high

    def _narrow(self, low: np.ndarray, high: np.ndarray, most: np.ndarray, values: np.ndarray) -> None:
        cheapest = np.where(values > 0, values * low[self.columns], values * high[self.columns])
        room = (most - np.bincount(self.rows, cheapest, self.count))[self.rows]
        stuck = (np.abs(values) > room + NEAR) & (high[self.columns] > low[self.columns])
        up, down = self.columns[stuck & (values > 0)], self.columns[stuck & (values < 0)]
        high[up] = low[up]
        low[down] = high[down]


class _Faces:
    """The quick way: from one optimal face to the next."""

    def __init__(self, linear: Linear, told: _Told) -> None:
        self.linear, self.told = linear, told
        self.highs = _highs(linear, whole=False)
        self.columns = np.arange(len(linear.bounds), dtype=np.int32)
        self.numbers = np.arange(len(linear.rows), dtype=np.int32)
        self.low, self.high = np.zeros(len(linear.bounds)), np.array(linear.bounds, float)
        self.least, self.most = _sides(linear)
        self.at: np.ndarray | None = None
        self.is_decided = False
        self.prices: list[Prices | None] = []
        self.ruled_out: dict[int, str] = {}
        self.reach = _Reach(linear)

    def run(self) -> list[int]:
        for aim in self.linear.aims:
            self.told.now(aim.name)
            if self.is_decided and aim.name in DECIDING:
                self.prices.append(None)
                continue
            costs = _set_costs(self.highs, self.linear, aim)
            if self._is_cheapest(costs):
                self._fix(aim, costs, np.zeros(len(self.least)))
            else:
                self._solve(aim)
            self._narrow()
            self._note_what_is_ruled_out(aim)
        chosen = self._whole()
        self._look_for_another(chosen)
        return chosen

    def _look_for_another(self, chosen: list[int]) -> None:
        """One more program: how different may a plan be that is as good? Its prices show that none is."""
        _set_costs(self.highs, self.linear, self.linear.nearness_to(chosen))
        self.highs.clearSolver()
        self.highs.run()
        if self.highs.getModelStatus() == OPTIMAL:
            self.prices.append(_prices(np.array(self.highs.getSolution().row_dual)))

    def _is_cheapest(self, costs: np.ndarray) -> bool:
        """Whether every variable stands where this aim likes it best already."""
        if self.at is None:
            return False
        best = np.minimum(costs * self.low, costs * self.high).sum()
        return bool(abs(costs @ self.at - best) < NEAR)

    def _solve(self, aim: Aim) -> None:
        self.highs.clearSolver()  # a cold start with presolve is quicker than the degenerate basis before
        self.highs.run()
        if self.highs.getModelStatus() != OPTIMAL:
            raise _NotWhole
        solution = self.highs.getSolution()
        self.at = np.array(solution.col_value)
        if aim.name in DECIDING and not self._decisions_are_whole():
            self._decide()
            return
        value = self.highs.getInfo().objective_function_value
        if abs(value - round(value)) > NEAR:
            raise _NotWhole
        self._fix(aim, np.array(solution.col_dual), np.array(solution.row_dual))

    def _decisions_are_whole(self) -> bool:
        assert self.at is not None
        decisions = self.at[self.linear.decisions]
        return bool(np.abs(decisions - np.round(decisions)).max(initial=0) <= NEAR)

    def _decide(self) -> None:
        """The few weighty yes or no questions first, in whole numbers; after that they are constants."""
        aims = [aim for aim in self.linear.aims if aim.name in DECIDING]
        chosen = decisions_of(self.linear, aims, self.told)
        if chosen is None:
            raise _NotWhole
        for variable in self.linear.decisions:
            self.low[variable] = self.high[variable] = chosen[variable]
        self.is_decided = True
        self.at = None
        self.prices = [None] * (len(self.prices) + 1)

    def _fix(self, aim: Aim, reduced: np.ndarray, prices: np.ndarray) -> None:
        """Fix what this aim pins down, and remember at which aim it was."""
        down, up = reduced < -NEAR, reduced > NEAR
        self.low[down], self.high[up] = self.high[down], self.low[up]
        tight_least, tight_most = prices > NEAR, prices < -NEAR
        self.most[tight_least], self.least[tight_most] = self.least[tight_least], self.most[tight_most]
        self.prices.append(_prices(prices))

    def _narrow(self) -> None:
        self.highs.changeColsBounds(len(self.columns), self.columns, self.low, self.high)
        self.highs.changeRowsBounds(len(self.numbers), self.numbers, self.least, self.most)

    def _note_what_is_ruled_out(self, aim: Aim) -> None:
        """Every choice that this aim leaves no room for, by its prices or by what those fix on a row."""
        _low, high = self.reach.narrowed(self.low, self.high, self.least, self.most)
        gone = (high < NEAR) & (np.array(self.linear.bounds) > 0)
        for variable in np.nonzero(gone)[0]:
            self.ruled_out.setdefault(int(variable), aim.name)

    def _whole(self) -> list[int]:
        assert self.at is not None
        if np.abs(self.at - np.round(self.at)).max(initial=0) > NEAR:
            self.highs.clearSolver()
            kinds = np.array([highspy.HighsVarType.kInteger] * len(self.columns))
            self.highs.changeColsIntegrality(len(self.columns), self.columns, kinds)
            self.highs.run()
            if self.highs.getModelStatus() != OPTIMAL:
                raise _NotWhole
            self.at = np.array(self.highs.getSolution().col_value)
            kinds = np.array([highspy.HighsVarType.kContinuous] * len(self.columns))
            self.highs.changeColsIntegrality(len(self.columns), self.columns, kinds)
        return [round(value) for value in self.at]
