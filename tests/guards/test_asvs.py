"""What a security standard asks, row by row, and our verdict on each; a test that is named has to exist."""

import ast
import tomllib
from collections import Counter
from functools import cache

import pytest

from .source import ROOT

# Each section of the standard, and the level of each of its rows in order.
SECTIONS = {
    "1.1": "22",
    "1.2": "1111122223",
    "1.3": "112222222223",
    "1.4": "222",
    "1.5": "123",
    "2.1": "122",
    "2.2": "112",
    "2.3": "12223",
    "2.4": "23",
    "3.1": "3",
    "3.2": "113",
    "3.3": "12223",
    "3.4": "11222233",
    "3.5": "11122333",
    "3.6": "3",
    "3.7": "22333",
    "4.1": "12233",
    "4.2": "23333",
    "4.3": "22",
    "4.4": "1222",
    "5.1": "2",
    "5.2": "112333",
    "5.3": "113",
    "5.4": "222",
    "6.1": "122",
    "6.2": "111111112222",
    "6.3": "11223333",
    "6.4": "112233",
    "6.5": "22222333",
    "6.6": "2223",
    "6.7": "33",
    "6.8": "2222",
    "7.1": "222",
    "7.2": "1111",
    "7.3": "22",
    "7.4": "11222",
    "7.5": "223",
    "7.6": "22",
    "8.1": "1233",
    "8.2": "1123",
    "8.3": "133",
    "8.4": "23",
    "9.1": "111",
    "9.2": "1222",
    "10.1": "22",
    "10.2": "223",
    "10.3": "22223",
    "10.4": "1111122222233333",
    "10.5": "22222",
    "10.6": "22",
    "10.7": "222",
    "11.1": "2233",
    "11.2": "22233",
    "11.3": "11233",
    "11.4": "1222",
    "11.5": "23",
    "11.6": "23",
    "11.7": "33",
    "12.1": "12233",
    "12.2": "11",
    "12.3": "22223",
    "13.1": "2333",
    "13.2": "222223",
    "13.3": "2233",
    "13.4": "1222233",
    "14.1": "22",
    "14.2": "12223333",
    "14.3": "122",
    "15.1": "12233",
    "15.2": "12233",
    "15.3": "1222222",
    "15.4": "3333",
    "16.1": "2",
    "16.2": "22222",
    "16.3": "2222",
    "16.4": "222",
    "16.5": "2223",
    "17.1": "23",
    "17.2": "22223333",
    "17.3": "22",
}
# Rows of the third level that a house with the records of minors answers as well.
CHOSEN = {
    *("1.2.10", "1.3.12", "2.3.5", "3.4.7", "3.4.8", "3.5.8", "3.6.1", "5.2.4"),
    *("5.2.6", "5.3.3", "6.3.5", "6.3.6", "6.3.7", "6.3.8", "6.4.6", "6.5.6"),
    *("6.5.8", "6.7.2", "7.5.3", "8.3.2", "13.4.6", "14.2.6", "14.2.7", "15.4.2"),
}
VERDICTS = {"tests", "not_applicable", "accepted"}


def asked():
    """The number of every row that wants a verdict, and its level."""
    every = {
        f"{section}.{place}": int(level)
        for section, levels in SECTIONS.items()
        for place, level in enumerate(levels, start=1)
    }
    return {row: level for row, level in every.items() if level < 3 or row in CHOSEN}


@cache
def every_test():
    """Every test of the house, as path::name."""
    return {
        f"{path.relative_to(ROOT)}::{node.name}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def faults_of(table):
    """What is wrong with the table, in sentences."""
    wanted = asked()
    faults = [f"{row} has no verdict" for row in wanted if row not in table]
    faults += [f"{row} is not asked" for row in table if row not in wanted]
    for row, entry in table.items():
        faults += [f"{row} {fault}" for fault in _faults_of_row(entry, wanted.get(row))]
    return faults


def _faults_of_row(entry, level):
    verdicts = VERDICTS & set(entry)
    if len(verdicts) != 1 or not entry[next(iter(verdicts))]:
        yield "says not one thing"
    if level is not None and entry.get("level") != level:
        yield "is of another level"
    if "accepted" in entry and not entry.get("owner"):
        yield "is accepted by nobody"
    if strange := set(entry) - VERDICTS - {"level", "about", "owner", "mends"}:
        yield f"says {sorted(strange)}, which means nothing"
    for name in entry.get("tests", []):
        if name not in every_test():
            yield f"names {name}, which does not exist"


def the_table():
    return tomllib.loads((ROOT / "tests/guards/asvs.toml").read_text())


def test_every_row_has_a_verdict_that_holds():
    table = the_table()

    faults = faults_of(table)

    kinds = Counter(next(iter(VERDICTS & set(entry)), "none") for entry in table.values())
    print(f"count: rows of the standard = {len(table)}")
    print(f"count: rows held by tests = {kinds['tests']}")
    print(f"count: rows accepted with an owner = {kinds['accepted']}")
    print(f"count: rows without a place here = {kinds['not_applicable']}")
    assert faults == []


def test_the_rows_are_as_many_as_the_standard_has():
    levels = Counter("".join(SECTIONS.values()))

    assert levels == {"1": 70, "2": 183, "3": 92}
    assert Counter(asked().values()) == {1: 70, 2: 183, 3: 24}


PLANTED = {
    "a row is missing": lambda table: table.pop("8.2.2"),
    "a test is named that is not there": lambda table: table["8.2.2"].update(tests=["tests/x.py::test_x"]),
    "a verdict is unknown": lambda table: table.update({"8.2.2": {"level": 1, "done": "yes"}}),
    "nobody owns what is accepted": lambda table: table.update(
        {"8.2.2": {"level": 1, "accepted": "It is fine."}}
    ),
    "no reason is given": lambda table: table.update({"8.2.2": {"level": 1, "not_applicable": ""}}),
    "two verdicts at once": lambda table: table["8.2.2"].update(not_applicable="There are no records."),
    "another level": lambda table: table["8.2.2"].update(level=3),
    "a row that nobody asks": lambda table: table.update({"99.1.1": {"level": 1, "not_applicable": "No."}}),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_in_the_table_is_found(fault):
    table = the_table()
    assert faults_of(table) == []

    PLANTED[fault](table)

    assert faults_of(table) != []
