"""A draw that was kept: is it whole, was its seed promised, does its plan keep every rule and claim.

    {"facts": {…}, "facts_digest": digest, "secret": text, "public": text, "commitment": SHA-256,
     "seed": text, "places": [[candidate, role, place], …], "counted": {aim: number}, "digest": digest}

A digest is the SHA-256, in hexadecimal, of JSON with sorted keys, without spaces, in UTF-8; that of the draw
is over all of it but the digest itself. The commitment is that of the secret's text, published before the
candidates were known. The seed is the secret or, where something was rolled in public afterwards, the secret,
a colon and what was rolled, without spaces around it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from youthcourt.checker.aims import count
from youthcourt.checker.reading import Facts
from youthcourt.checker.rules import check

FORMAT = "day-1"
PARTS = ("facts", "facts_digest", "secret", "public", "commitment", "seed", "places", "counted", "digest")
SOFT = ("balance", "duty", "fair_share", "mix", "standby")


def examine(draw: dict[str, Any]) -> list[str]:
    """A line for each thing that is not as it should be; none for a draw that is sound."""
    return list(_faults(draw))


def _faults(draw: dict[str, Any]) -> Iterator[str]:
    if lacking := [part for part in PARTS if part not in draw]:
        yield f"draw: without {', '.join(lacking)}"
        return
    # What was changed after it was kept may be any nonsense: there is nothing to say of it but that.
    if unsound := list(_broken_digests(draw)) or list(_unsound(draw["facts"])):
        yield from unsound
        return
    yield from _broken_promises(draw)
    yield from check(draw["facts"], draw["seed"], draw["places"])
    yield from _false_claims(draw)


def _broken_digests(draw: dict[str, Any]) -> Iterator[str]:
    if draw["facts_digest"] != digest(draw["facts"]):
        yield "facts_digest: the facts are not those that were frozen"
    if draw["digest"] != digest({name: value for name, value in draw.items() if name != "digest"}):
        yield "digest: the draw is not the one that was kept"


def _broken_promises(draw: dict[str, Any]) -> Iterator[str]:
    """A seed that does not follow from what was published before the candidates were known."""
    if draw["commitment"] != hashlib.sha256(draw["secret"].encode()).hexdigest():
        yield "commitment: it was made for another secret"
    rolled = (draw["public"] or "").strip()
    if draw["seed"] != (f"{draw['secret']}:{rolled}" if rolled else draw["secret"]):
        yield "seed: it does not follow from the secret and what was rolled in public"


def _false_claims(draw: dict[str, Any]) -> Iterator[str]:
    claimed = draw["counted"]
    counted = count(draw["facts"], draw["seed"], draw["places"])
    for aim in {**counted, **claimed}:
        if claimed.get(aim) != counted.get(aim):
            yield f"{aim}: claimed {claimed.get(aim)}, counted {counted.get(aim)}"


def _unsound(facts: Facts) -> Iterator[str]:
    """What makes facts mean two things, or nothing."""
    if facts["format"] != FORMAT:
        yield f"facts: of a form that is not {FORMAT}: {facts['format']}"
        return
    for kind in ("blocks", "hearings", "candidates"):
        ids = [each["id"] for each in facts[kind]]
        for twice in sorted({each for each in ids if ids.count(each) > 1}):
            yield f"facts: two of the {kind} are {twice}"
    if sorted(facts["rules"]["order"]) != list(SOFT):
        yield f"facts: the order of the aims is {facts['rules']['order']}"
    blocks = {each["id"] for each in facts["blocks"]}
    for hearing in facts["hearings"]:
        if hearing["block"] not in blocks:
            yield f"facts: there is no block {hearing['block']} for hearing {hearing['id']}"


def digest(kept: Any) -> str:
    text = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
