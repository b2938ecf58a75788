"""The house has these rooms and no others, and no junk drawer in any."""

import re

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
