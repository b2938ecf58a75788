"""Shows at the end of a test run what tests counted, which pytest otherwise hides with all they print.

A test that enumerates prints a line: `count: pages without declared access = 0`.
"""

import pytest

PREFIX = "count: "


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    passed = terminalreporter.stats.get("passed", [])
    printed = [line for report in passed for line in report.capstdout.splitlines()]
    counts = dict.fromkeys(line for line in printed if line.startswith(PREFIX))  # once, though run twice
    for line in counts:
        terminalreporter.write_line(line)
