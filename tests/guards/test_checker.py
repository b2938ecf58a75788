"""The checker of plans knows nothing of how they are made, so that it repeats no mistake of the planner's."""

import ast
import sys
from pathlib import Path

import pytest

from .source import PACKAGE, imported, modules, room_of

# Ways to reach a module without an import statement.
ROUNDABOUT = {"importlib", "runpy", "pkgutil", "__import__", "exec", "eval"}
LINES_IN_A_ROW = 4


def foreign(path, tree):
    """What a module of the checker leans on, save the standard library and the checker itself."""
    for name in imported(tree, path, top_level_only=False):
        first = name.split(".")[0]
        if not name.startswith("youthcourt.checker") and first not in sys.stdlib_module_names:
            yield f"{path}: {name}"
        if first in ROUNDABOUT:
            yield f"{path}: {name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in ROUNDABOUT:
            yield f"{path}: {node.id}"


def runs(text):
    """Every few lines of code that stand in a row, without comments, blank lines and imports."""
    lines = [line.strip() for line in ast.unparse(ast.parse(text)).splitlines()]
    lines = [line for line in lines if line and not line.startswith(("from ", "import ", '"""'))]
    return {tuple(lines[at : at + LINES_IN_A_ROW]) for at in range(len(lines) - LINES_IN_A_ROW + 1)}


def sources(room):
    return [(PACKAGE / path).read_text() for path, _tree in modules() if room_of(path) == room]


@pytest.mark.parametrize(
    "source",
    [
        "from youthcourt.planning.lots import lot",
        "from ..planning import day",
        "import youthcourt.clock",
        "import numpy",
        "def f():\n    from youthcourt.models import Case",
        "import importlib",
        "planner = __import__('youthcourt.planning')",
    ],
)
def test_a_planted_import_into_the_checker_is_found(source):
    assert list(foreign(Path("checker/rules.py"), ast.parse(source)))


def test_the_checker_imports_the_standard_library_and_itself():
    found = [fault for path, tree in modules() if room_of(path) == "checker" for fault in foreign(path, tree)]

    assert found == []


def test_planted_lines_that_both_have_are_found():
    shared = "def lot(seed):\n    a = seed\n    b = a\n    return b\n"

    assert runs("x = 1\n" + shared) & runs("# otherwise\n" + shared)


def test_the_checker_and_the_planner_share_no_lines():
    checker, planner = (set().union(*map(runs, sources(room))) for room in ("checker", "planning"))

    assert checker
    assert planner
    assert checker & planner == set()
