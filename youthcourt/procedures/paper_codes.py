"""The short code that a paper carries, with which anybody may ask whether it is genuine.

It is made with a key, so that nobody makes one up, and from what the paper says, so that the same paper
carries the same code. It names no record, and leads to nothing but the answer.
"""

from __future__ import annotations

import hmac
import re

from flask import current_app

from youthcourt import keys

PURPOSE = "code of a paper"
# Crockford's letters: none that is taken for another.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TAKEN_FOR = str.maketrans("OILU", "011V")
LENGTH, GROUP = 10, 5  # 50 bits


def code_for(court_id: int, kind: str, which: str) -> str:
    """The code of one paper: `which` tells it from every other of its kind in this court."""
    digest = hmac.digest(keys.keys_for(PURPOSE)[0], f"{court_id}/{kind}/{which}".encode(), "sha256")
    number = int.from_bytes(digest, "big")
    letters = "".join(LETTERS[(number >> 5 * place) & 31] for place in range(LENGTH))
    return f"{letters[:GROUP]}-{letters[GROUP:]}"


def as_written(typed: str) -> str | None:
    """A code as it is kept, however it was typed; None when it cannot be one."""
    letters = re.sub(r"[\s\-\u2010-\u2015]", "", typed).upper().translate(_TAKEN_FOR)
    if len(letters) != LENGTH or set(letters) - set(LETTERS):
        return None
    return f"{letters[:GROUP]}-{letters[GROUP:]}"


def address_of_check() -> str:
    """Where anybody types in a code."""
    return f"{current_app.config['PASSKEY_ORIGIN']}/check"


def shown_address() -> str:
    """The same as people type it: court.example.org/check."""
    return address_of_check().partition("//")[2]
