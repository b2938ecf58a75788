"""The codes on letters: with one, whoever stands at the door opens the check-in of those who brought it.

A code names its record by number and is sealed with a key, so nobody makes one up. Whom it opens anything
for is said in views/doors.py.
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from typing import Any

from flask import current_app
from sqlalchemy import select

from youthcourt import keys
from youthcourt.models import Hearing, Sitting, User

PURPOSE = "code at the door"
SEAL_BYTES = 10
KINDS: dict[str, Any] = {"h": Hearing, "s": Sitting}


def code_for(record: Hearing | Sitting) -> str:
    """What the square on a family's notice, or on a juror's own page, says of whom it is."""
    name = f"{'h' if isinstance(record, Hearing) else 's'}{record.id}"
    return f"{name}-{_seal(name, keys.keys_for(PURPOSE)[0])}"


def address_for(record: Hearing | Sitting) -> str:
    """Where the square leads whoever reads it with a camera."""
    return f"{current_app.config['PASSKEY_ORIGIN']}/door/{code_for(record)}"


def opened(code: str, by: User) -> Hearing | Sitting | None:
    """The record of a code, if it is one of the reader's own court."""
    name, _dash, seal = code.partition("-")
    sealed = (_seal(name, key) for key in keys.keys_for(PURPOSE))
    if name[:1] not in KINDS or not any(hmac.compare_digest(each.encode(), seal.encode()) for each in sealed):
        return None
    kind = KINDS[name[0]]
    found = select(kind).where(kind.court_id == by.court_id, kind.id == int(name[1:]))
    record: Hearing | Sitting | None = by.session.scalars(found).first()
    return record


def _seal(name: str, key: bytes) -> str:
    return b32encode(hmac.digest(key, name.encode(), "sha256")[:SEAL_BYTES]).decode()
