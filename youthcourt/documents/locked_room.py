"""Opening what somebody uploaded in a process of its own that knows nothing and may do nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .press import environment

PATIENCE = 20.0  # seconds

# As in press.py: the folder of papers by itself, so that nothing else of the application is loaded.
_START = """
import importlib, sys, types
room = types.ModuleType("papers")
room.__path__ = [sys.argv[1]]
sys.modules["papers"] = room
importlib.import_module("papers." + sys.argv[2]).work(sys.stdin.buffer, sys.stdout.buffer)
"""


def answer_of(room: str, asked: bytes) -> bytes | None:
    """What the room (a module of this folder with `work(asked, answers)`) makes of it; None when it fails."""
    folder = str(Path(__file__).parent)
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _START, folder, room],
            input=asked,
            capture_output=True,
            timeout=PATIENCE,
            env=environment(),
        )
    except subprocess.TimeoutExpired:
        return None
    return None if done.returncode else done.stdout
