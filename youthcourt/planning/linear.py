"""A linear model in whole numbers: variables, rows, and aims in strict order. It knows no court."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

Terms = dict[int, int]  # variable -> whole coefficient


@dataclass(frozen=True)
class Row:
    """A rule: `least` <= sum of the terms <= `most`. The name says which rule, for whom."""

    name: str
    terms: Terms
    least: int | None
    most: int | None


@dataclass(frozen=True)
class Aim:
    """What is made as small as possible: the sum of the terms, and a constant."""

    name: str
    terms: Terms
    constant: int = 0

    def value(self, chosen: list[int]) -> int:
        return self.constant + sum(cost * chosen[variable] for variable, cost in self.terms.items())


@dataclass
class Linear:
    """Variables are numbers from 0 up to a bound; each is known by its place in `bounds`."""

    bounds: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    aims: list[Aim] = field(default_factory=list)
    # Yes or no to few, weighty questions; settled in whole numbers before everything else.
    decisions: list[int] = field(default_factory=list)
    # What makes two plans two: the variables that seat somebody.
    placings: list[int] = field(default_factory=list)

    def variable(self, most: int = 1) -> int:
        self.bounds.append(most)
        return len(self.bounds) - 1

    def rule(self, name: str, terms: Terms, least: int | None = None, most: int | None = None) -> None:
        if terms or (least or 0) > 0 or (most or 0) < 0:
            self.rows.append(Row(name, terms, least, most))

    def aim(self, name: str, terms: Terms, constant: int = 0) -> None:
        self.aims.append(Aim(name, {each: cost for each, cost in terms.items() if cost}, constant))

    def nearness_to(self, chosen: list[int]) -> Aim:
        """As an aim: what another plan has in common with this one. The most different has the least."""
        return Aim("nearness", {each: 1 if chosen[each] else -1 for each in self.placings})

    def broken(self, chosen: list[int]) -> Row | None:
        """The first rule that does not hold, if there is one."""
        for row in self.rows:
            total = sum(cost * chosen[each] for each, cost in row.terms.items())
            if (row.least is not None and total < row.least) or (row.most is not None and total > row.most):
                return row
        return None


def ones(variables: Iterable[int]) -> Terms:
    return dict.fromkeys(variables, 1)
