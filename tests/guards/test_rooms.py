"""The house has these rooms and no others, and no junk drawer in any."""

import re
from collections import Counter
from pathlib import Path

from .source import PACKAGE, ROOT, modules

ROOMS = {
    "models",
    "procedures",
    "forms",
    "documents",
    "reports",
    "notices",
    "views",
    "static",
    "translations",
    "commands",
    "demonstration",
    "planning",
    "checker",
}
# A room that passes some 35 files is parted by the way of a case, with the same parts in every room.
PARTS = {"accounts", "intake", "jury", "court", "decision", "completion"}
PARTED = {"models", "procedures", "forms", "documents", "reports", "views"}
MOST_FILES = 35
JUNK = {"utils", "helpers", "services", "manager", "data", "info", "common", "misc", "util", "helper"}
TOP = {
    "youthcourt",
    "templates",
    "migrations",
    "tests",
    "config.py",
    "wsgi.py",
    "pyproject.toml",
    "README.md",
    "Makefile",
    "requirements.txt",
    "requirements-dev.txt",
}


def junk(names):
    return sorted(name for name in names if set(re.split(r"[._]", name)) & JUNK)


def test_a_planted_junk_drawer_is_found():
    assert junk(["case.py", "case_utils.py", "helpers.py"]) == ["case_utils.py", "helpers.py"]


def test_no_module_is_a_junk_drawer():
    assert junk(path.name for path, _tree in modules()) == []


def test_the_rooms_are_the_ones_on_the_map():
    found = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}

    assert found <= ROOMS


def test_the_top_level_stays():
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}

    assert found - TOP - {"instance"} == set()


def test_migrations_carry_a_running_number():
    names = sorted(path.name for path in (ROOT / "migrations" / "versions").glob("*.py"))

    assert [name[:5] for name in names] == [f"{number:04d}_" for number in range(1, len(names) + 1)]


def parts(paths):
    """The folders that stand in a room: those of modules as they are told from the package."""
    return {(path.parts[0], path.parts[1]) for path in paths if len(path.parts) > 2}


def overfull(paths):
    """The folders that hold more modules than somebody looks over at once."""
    held = Counter(path.parent.as_posix() for path in paths)
    return sorted(folder for folder, files in held.items() if files > MOST_FILES + 1)  # with its front desk


def test_a_planted_part_and_a_planted_crowd_are_found():
    planted = [Path("models/odd/case.py"), *(Path(f"views/page{number}.py") for number in range(40))]

    assert parts(planted) == {("models", "odd")}
    assert overfull(planted) == ["views"]


def test_rooms_are_parted_alike_and_none_is_overfull():
    paths = [path for path, _tree in modules()]
    found = {part for room, part in parts(paths) if room in PARTED}

    assert found <= PARTS
    assert overfull(paths) == []
