"""How panels were drawn before a day was planned as a whole: still repeated, no longer drawn.

Those who might sit were ordered by the SHA-256 of seed and number; the lowest sat, the next waited.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from youthcourt.models import Draw

METHOD = "sha256-lots-1"


def lot(seed: str, juror_id: int) -> str:
    """The lot a juror drew: SHA-256 of seed and number, as 64 hexadecimal digits."""
    return hashlib.sha256(f"{seed}:{juror_id}".encode()).hexdigest()


def outcome(seed: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """Who sat. The foreperson is the lowest lot among the seated who had served, or of all if none had."""
    free = [each for each in inputs["candidates"] if not each["bars"]]
    drawn = sorted(free, key=lambda each: lot(seed, each["juror"]))
    seated = drawn[: inputs["size"]]
    experienced = [each for each in seated if each["has_served"]] or seated
    return {
        "seats": [each["juror"] for each in seated],
        "reserves": [each["juror"] for each in drawn[inputs["size"] : inputs["size"] + inputs["reserves"]]],
        "foreperson": experienced[0]["juror"] if experienced else None,
    }


def digest(seed: str, inputs: dict[str, Any], result: dict[str, Any]) -> str:
    """SHA-256 over all that a draw used and gave."""
    kept = json.dumps({"seed": seed, "inputs": inputs, "result": result}, sort_keys=True)
    return hashlib.sha256(kept.encode()).hexdigest()


def differences(draw: Draw) -> list[str]:
    """What comes out otherwise when it is drawn again; nothing when all is the same."""
    facts, result = draw.facts or {}, draw.result or {}
    found = []
    if outcome(draw.secret, facts) != result:
        found.append("other jurors come out")
    if digest(draw.secret, facts, result) != draw.digest:
        found.append("its digest is another")
    return found
