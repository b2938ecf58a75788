"""Reading the house's own source."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "youthcourt"


def modules():
    """Every module of the package: its path inside it, and its syntax tree."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE), ast.parse(path.read_text())


def room_of(path):
    """The room a module stands in: its folder, or its own name at the top."""
    return path.parts[0] if len(path.parts) > 1 else path.stem


def imported(tree, path, top_level_only=True):
    """The names of this package's modules that a module imports, such as models.court."""
    nodes = tree.body if top_level_only else list(ast.walk(tree))
    package = ("youthcourt", *path.parts[:-1])
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            stem = ".".join(part for part in (base, node.module or "") if part)
            yield from (f"{stem}.{name.name}" for name in node.names)
