"""The plan of a day: who sits where. Plain facts in, a proven best plan out; no database, no pages.

The pages read plans and have them made in a process of its own. It is handed no setting and no secret, its
time is limited, and it sees this folder as a package by itself: it loads the
solver and nothing of the house.
"""

import os
import sys
from pathlib import Path

SECONDS = 600  # of processor time
_KEPT = ("PATH", "HOME", "LANG")
_START = """
import resource, runpy, sys, types
limits = {resource.RLIMIT_CPU: int(sys.argv[2]), resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0}
for kind, most in limits.items():
    resource.setrlimit(kind, (most, most))
room = types.ModuleType("planning")
room.__path__ = [sys.argv[1]]
sys.modules["planning"] = room
runpy.run_module("planning." + sys.argv[3], run_name="__main__")
"""


def in_its_own_process(module: str) -> tuple[list[str], dict[str, str]]:
    """How to start a module of this room: the command, and the environment it is given."""
    command = [sys.executable, "-I", "-c", _START, str(Path(__file__).parent), str(SECONDS), module]
    return command, {name: os.environ[name] for name in _KEPT if name in os.environ}
