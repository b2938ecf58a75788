"""Checks a plan of a day, or a draw that was kept, without knowing how plans are made.

Written from the definition of a day (`planning/day.py`, its first page) and from nothing else of the planner:
no line is shared, so that a mistake there is not repeated here. Only the standard library is used.
"""

from youthcourt.checker.aims import count
from youthcourt.checker.draws import examine
from youthcourt.checker.rules import check

__all__ = ["check", "count", "examine"]
