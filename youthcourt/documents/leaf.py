"""How papers lie in a joined file: told by the application, carried out by the press."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Leaf:
    """A place in a joined file: a heading over others, or one paper.

    `paper` is its number among the contents; one that stands in several places costs its bytes once. `is_new`
    says that its tags may bear the same names as those of another paper, as papers from elsewhere do.
    """

    title: str
    paper: int | None = None
    leaves: tuple[Leaf, ...] = ()
    is_new: bool = True

    @classmethod
    def of(cls, facts: dict[str, Any]) -> Leaf:
        """As it comes to the press, in JSON."""
        below = tuple(cls.of(each) for each in facts["leaves"])
        return cls(facts["title"], facts["paper"], below, facts["is_new"])
