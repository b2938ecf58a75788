"""A court's seal: a picture that somebody uploads, drawn anew where it can do no harm."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from youthcourt.documents.press import environment
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _

LARGEST = 1_000_000  # bytes
PATIENCE = 20.0  # seconds

# As in press.py: the folder of papers by itself, so that nothing else of the application is loaded.
_START = """
import sys, types
room = types.ModuleType("papers")
room.__path__ = [sys.argv[1]]
sys.modules["papers"] = room
from papers.seal_room import work
work(sys.stdin.buffer, sys.stdout.buffer)
"""


def redrawn(upload: bytes) -> bytes:
    """The picture as a small PNG with nothing else in it. Only a limited process opens what was uploaded."""
    if len(upload) > LARGEST:
        raise RuleBroken(_("The picture is too large: use one of at most 1 MB."), field="picture")
    folder = str(Path(__file__).parent.parent)
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _START, folder],
            input=upload,
            capture_output=True,
            timeout=PATIENCE,
            env=environment(),
        )
    except subprocess.TimeoutExpired:
        raise _refused() from None
    if done.returncode or not done.stdout.startswith(b"\x89PNG"):
        raise _refused()
    return done.stdout


def _refused() -> RuleBroken:
    return RuleBroken(
        _("This is no picture that we can use. Use a PNG or JPEG file of 60 to 4,000 pixels a side."),
        field="picture",
    )
