"""No test asserts how long something takes: a busy machine breaks no rule. Benchmarks compare speed."""

import re

from .source import ROOT

STOPWATCH = re.compile(r"\b(perf_counter|process_time|time\.time|thread_time|timeit)\b")
OURS = "tests/guards/test_time.py"


def stopwatches(files):
    return sorted(name for name, text in files.items() if STOPWATCH.search(text))


def test_a_planted_stopwatch_is_found():
    assert stopwatches({"a.py": "started = perf_counter()", "b.py": "clock.now()"}) == ["a.py"]


def test_no_test_holds_a_stopwatch():
    files = {
        path.relative_to(ROOT).as_posix(): path.read_text()
        for path in (ROOT / "tests").rglob("*.py")
        if "benchmarks" not in path.parts
    }
    del files[OURS]

    assert stopwatches(files) == []
