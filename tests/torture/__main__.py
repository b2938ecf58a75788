"""`make torture`: runs every long test, or the one that is named, and writes its figures into the README."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

from tests.torture import table
from tests.torture.table import known_modules

README = Path(__file__).resolve().parents[2] / "README.md"


def main(only: str | None = None) -> None:
    known = known_modules()
    if only and only not in known:
        sys.exit(f"There is no torture {only!r}. Choose one of: {', '.join(known)}")
    today: date = datetime.now(UTC).date()
    for name in [only] if only else known:
        print(f"torture: {name} …", flush=True)
        figures = known[name]()
        for what, count in figures.items():
            print(f"count: {what} = {count:,}", flush=True)
        # Written after each, so that a run that is stopped keeps what it has.
        README.write_text(table.with_figures(README.read_text(), name, figures, today))


if __name__ == "__main__":
    main(*sys.argv[1:2])
