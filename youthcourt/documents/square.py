"""The square code of some words, drawn as one path: on a paper as on a page."""

from __future__ import annotations

import segno

QUIET_ZONE = 4  # white around the square, as cameras need it


def square(words: str) -> dict[str, int | str]:
    """How wide it is, and its dark places."""
    made = segno.make(words, error="m", micro=False)
    rows = list(made.matrix_iter(border=QUIET_ZONE))
    dark = [(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return {"width": len(rows), "path": "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)}
