"""The purge ledger: a file beside the backups that says what every restored copy has to forget again.

It holds random numbers and days, nothing else. A line is on the disk before the purge it tells of is
committed: a purge that was confirmed by two people and then interrupted is finished, never forgotten.
"""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Entry:
    """One record that was destroyed: the random number it had, the day, the rule, and who approved."""

    token: str
    purged_at: str
    kind: str
    rule: str
    citation: str
    proposed_by: int
    confirmed_by: int
    keeps_mark: bool


class Ledger:
    """The lines of one installation, oldest first."""

    def __init__(self, folder: str | Path) -> None:
        self.path = Path(folder) / "purge-ledger.jsonl"

    def write(self, entry: Entry) -> None:
        """Add a line, on the disk before this returns. What stands there already is not written twice."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            whole = b"".join(_whole_lines(file.read()))
            if any(known.token == entry.token for known in _entries(whole)):
                return
            file.truncate(len(whole))  # of a line that was cut off nothing stays
            file.seek(len(whole))
            file.write(json.dumps(asdict(entry), sort_keys=True).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        _sync(self.path.parent)

    def entries(self) -> list[Entry]:
        """All lines. One that was cut off in the middle of writing tells of a purge that never began."""
        return _entries(self.path.read_bytes()) if self.path.exists() else []


def _whole_lines(text: bytes) -> list[bytes]:
    return [line for line in text.splitlines(keepends=True) if line.endswith(b"\n")]


def _entries(text: bytes) -> list[Entry]:
    return [Entry(**json.loads(line)) for line in _whole_lines(text)]


def _sync(folder: Path) -> None:
    """A file that was just made is in its folder also after the power has failed."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
