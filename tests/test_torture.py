"""The frame of `make torture`: what it finds, and where it writes its figures."""

from datetime import date
from pathlib import Path

import pytest

from tests.torture import table
from tests.torture.__main__ import main

README = Path(__file__).resolve().parents[1] / "README.md"
EMPTY = f"before\n{table.BEGIN}\n{table.END}\nafter\n"


def test_figures_are_written_between_the_marks():
    text = table.with_figures(EMPTY, "kills", {"kills survived": 2000}, date(2026, 3, 7))

    assert text.splitlines()[2:] == [
        "| test | what was counted | figure | on |",
        "|---|---|---:|---|",
        "| kills | kills survived | 2,000 | 2026-03-07 |",
        table.END,
        "after",
    ]


def test_a_second_run_replaces_its_own_figures_and_no_others():
    text = table.with_figures(EMPTY, "kills", {"old": 1}, date(2026, 3, 7))
    text = table.with_figures(text, "crashes", {"images": 2}, date(2026, 3, 8))

    text = table.with_figures(text, "kills", {"new": 3}, date(2026, 3, 9))

    assert text.splitlines()[4:6] == [
        "| crashes | images | 2 | 2026-03-08 |",
        "| kills | new | 3 | 2026-03-09 |",
    ]


def test_a_page_without_the_marks_is_refused():
    with pytest.raises(ValueError, match="no table"):
        table.with_figures("no marks", "kills", {}, date(2026, 3, 7))


def test_the_readme_has_a_place_for_the_figures():
    assert table.with_figures(README.read_text(), "kills", {}, date(2026, 3, 7)).count(table.BEGIN) == 1


def test_a_torture_that_is_unknown_is_refused():
    with pytest.raises(SystemExit, match="There is no torture"):
        main("a rack")
