"""The purge ledger: a file beside the backups that says what every restored copy has to forget again.

It holds random numbers and days, nothing else. A line is on the disk before the purge it tells of is
committed: a purge that was confirmed by two people and then interrupted is finished, never forgotten.
"""

from __future__ import annotations

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
        if any(known.token == entry.token for known in self.entries()):
            return
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as file:
            file.write(json.dumps(asdict(entry), sort_keys=True) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def entries(self) -> list[Entry]:
        """All lines. One that was cut off in the middle of writing tells of a purge that never began."""
        if not self.path.exists():
            return []
        lines = self.path.read_text().splitlines()
        return [Entry(**json.loads(line)) for line in lines if line.endswith("}")]
