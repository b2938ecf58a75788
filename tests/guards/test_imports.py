"""Imports run one way, and what belongs to the pages stays there."""

import ast
from pathlib import Path

import pytest

from .source import imported, modules, room_of

# Each room may import the rooms after it in this order, never before; rooms of one line are side by side.
ORDER = [
    {"__init__"},
    {"boot"},
    {"cli"},
    {"commands"},
    {"demonstration", "views"},
    {"reports", "documents", "notices", "forms"},
    {"procedures"},
    {"models"},
    {"permissions", "clock", "errors", "extensions", "i18n", "log", "walls"},
    {"planning", "checker"},  # plain facts in, plain facts out: neither knows the house, nor the other
]
RANK = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}
# A letter may attach a paper; the session is made with its walls.
ALLOWED_SIDEWAYS = {
    ("notices", "documents"),
    ("extensions", "clock"),
    ("log", "clock"),
    ("extensions", "walls"),
}
PAGES_ONLY = {"request", "session", "g", "current_user"}
# The application puts one request into one transaction; i18n asks which language the reader chose.
MAY_SEE_THE_REQUEST = {"views", "__init__", "i18n"}


def wrong_imports(path, tree):
    here = room_of(path)
    for name in imported(tree, path, top_level_only=False):
        parts = name.split(".")
        if parts[0] != "youthcourt" or len(parts) < 2:
            continue
        there = parts[1] if parts[1] in RANK else None
        if there is None or there == here or (here, there) in ALLOWED_SIDEWAYS:
            continue
        if RANK[there] <= RANK[here]:
            yield f"{path}: {here} imports {there}"


def request_below_the_pages(path, tree):
    if room_of(path) in MAY_SEE_THE_REQUEST:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in ("flask", "flask_login"):
            for name in node.names:
                if name.name in PAGES_ONLY:
                    yield f"{path}: {name.name}"


def imports_inside_functions(path, tree, text):
    lines = text.splitlines()
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom) and not says_why(lines, node.lineno):
                yield f"{path}:{node.lineno}"


def says_why(lines, number):
    """Whether a comment stands on this line, or over the run of imports that it belongs to."""
    while lines[number - 1].lstrip().startswith(("from ", "import ")):
        if "#" in lines[number - 1]:
            return True
        number -= 1
    return lines[number - 1].lstrip().startswith("#")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("models/case.py", "from youthcourt.procedures import seating"),
        ("forms/case.py", "from youthcourt.views.access import load"),
        ("reports/completion/funnel.py", "from youthcourt.documents.paper import Paper"),
        ("models/case.py", "def f():\n    from youthcourt.views import text"),
        ("procedures/jury/seating.py", "from ...views import text"),
    ],
)
def test_a_planted_import_the_wrong_way_is_found(path, source):
    assert list(wrong_imports(Path(path), ast.parse(source)))


def test_imports_run_one_way():
    wrong = [fault for path, tree in modules() for fault in wrong_imports(path, tree)]

    assert wrong == []


def test_a_planted_look_at_the_request_is_found():
    tree = ast.parse("from flask_login import current_user")

    assert list(request_below_the_pages(Path("models/case.py"), tree))


def test_only_pages_see_the_request():
    seen = [fault for path, tree in modules() for fault in request_below_the_pages(path, tree)]

    assert seen == []


def test_a_planted_import_inside_a_function_is_found():
    source = "def f():\n    import json\n"

    assert list(imports_inside_functions(Path("x.py"), ast.parse(source), source)) == ["x.py:2"]


def test_an_import_inside_a_function_says_why():
    from .source import PACKAGE

    found = [
        fault
        for path, tree in modules()
        for fault in imports_inside_functions(path, tree, (PACKAGE / path).read_text())
    ]

    assert found == []


def test_no_module_stands_in_an_import_cycle():
    graph = {}
    for path, tree in modules():
        name = ".".join(("youthcourt", *path.with_suffix("").parts)).removesuffix(".__init__")
        graph[name] = {each for each in imported(tree, path)} | {
            each.rpartition(".")[0] for each in imported(tree, path)
        }
    # A package's front desk names its modules, and they may be imported through it from other rooms only.
    edges = {
        name: {
            there for there in wanted if there in graph and there != name and not name.startswith(there + ".")
        }
        for name, wanted in graph.items()
    }
    assert cycles(edges) == []


def test_a_planted_cycle_is_found():
    assert cycles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]


def cycles(edges):
    """Groups of modules that import each other in a circle."""

    def reach(start):
        seen, todo = set(), list(edges[start])
        while todo:
            here = todo.pop()
            if here not in seen:
                seen.add(here)
                todo.extend(edges.get(here, ()))
        return seen

    reached = {name: reach(name) for name in edges}
    circle = [name for name in edges if name in reached[name]]
    groups = {
        tuple(sorted(n for n in circle if n in reached[name] and name in reached[n])) for name in circle
    }
    return sorted(map(list, groups))
