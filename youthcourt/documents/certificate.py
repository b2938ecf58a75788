"""What the certificates for a wall share."""

from __future__ import annotations

LONG_NAME, VERY_LONG_NAME = 32, 60


def name_size(name: str) -> str:
    """How large a name may be printed to fit its line."""
    if len(name) > VERY_LONG_NAME:
        return "very-long"
    return "long" if len(name) > LONG_NAME else ""
