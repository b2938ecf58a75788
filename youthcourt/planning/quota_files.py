"""Quotas and people in the two CSV files that the literature on sortition publishes its cases in.

One file has the quotas: `category,feature,min,max`, or `feature,value,min,max`. The other has a line for each
person and a column for each category; what else it has is no matter.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from typing import TextIO

Quotas = dict[tuple[str, str], tuple[int, int]]
NAMES = (("category", "feature"), ("feature", "value"))  # of the columns of category and value


class Unreadable(ValueError):
    """The file is not of this form; says where."""


def read_quotas(file: TextIO) -> Quotas:
    """How many of each group a panel has, by category and value: at least, at most."""
    lines = csv.DictReader(file, skipinitialspace=True)
    columns = [pair for pair in NAMES if set(pair) <= set(lines.fieldnames or ())]
    if not columns or not {"min", "max"} <= set(lines.fieldnames or ()):
        raise Unreadable("the file of quotas needs the columns category, feature, min and max")
    category, value = columns[0]
    quotas: Quotas = {}
    for line in lines:
        which = _text(line[category]), _text(line[value])
        if which in quotas:
            raise Unreadable(f"line {lines.line_num}: {which[0]} = {which[1]} stands there twice")
        quotas[which] = _bounds(line, lines.line_num)
    return quotas


def read_people(file: TextIO, quotas: Quotas) -> list[dict[str, str]]:
    """Each person with their values in the categories of the quotas."""
    lines = csv.DictReader(file, skipinitialspace=True)
    categories = sorted({category for category, _value in quotas})
    if missing := set(categories) - set(lines.fieldnames or ()):
        raise Unreadable(f"the file of people has no column {', '.join(sorted(missing))}")
    people = []
    for line in lines:
        person = {category: _text(line[category]) for category in categories}
        for which in person.items():
            if which not in quotas:
                raise Unreadable(f"line {lines.line_num}: there is no quota for {which[0]} = {which[1]}")
        people.append(person)
    return people


def _bounds(line: Mapping[str, str | None], number: int) -> tuple[int, int]:
    try:
        return int(_text(line["min"])), int(_text(line["max"]))
    except ValueError:
        raise Unreadable(f"line {number}: min and max are whole numbers") from None


def _text(value: str | None) -> str:
    return (value or "").strip()
