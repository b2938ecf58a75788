"""The codes on letters: with one, whoever stands at the door opens the check-in of those who brought it.

A code names its record by number and is sealed with a key, so nobody makes one up. Whom it opens anything
for is said in views/court/doors.py.
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from typing import Any

from flask import current_app
from sqlalchemy import select

from youthcourt import keys
from youthcourt.models import CourtSession, Hearing, Sitting, User

PURPOSE = "code at the door"
SEAL_BYTES = 10
KINDS: dict[str, Any] = {"h": Hearing, "s": Sitting}


def code_for(record: Hearing | Sitting) -> str:
    """What the square on a family's notice, or on a juror's own page, says of whom it is."""
    return _sealed(f"{'h' if isinstance(record, Hearing) else 's'}{record.id}")


def address_for(record: Hearing | Sitting) -> str:
    """Where the square leads whoever reads it with a camera."""
    return f"{current_app.config['PASSKEY_ORIGIN']}/door/{code_for(record)}"


def opened(code: str, by: User) -> Hearing | Sitting | None:
    """The record of a code, if it is one of the reader's own court."""
    name, _dash, seal = code.partition("-")
    if name[:1] not in KINDS or not _is_sealed(name, seal):
        return None
    kind = KINDS[name[0]]
    found = select(kind).where(kind.court_id == by.court_id, kind.id == int(name[1:]))
    record: Hearing | Sitting | None = by.session.scalars(found).first()
    return record


def code_for_wall(day: CourtSession) -> str:
    """What a screen in the waiting room goes on with when the sign-in that opened it has ended."""
    return _sealed(f"w{day.court_id}.{day.id}")


def court_of_wall(code: str, court_session_id: int) -> int | None:
    """The court whose day a screen may show; none when the code is made up or for another day."""
    name, _dash, seal = code.partition("-")
    if name[:1] != "w" or not _is_sealed(name, seal):
        return None
    court_id, _dot, day_id = name[1:].partition(".")
    return int(court_id) if int(day_id) == court_session_id else None


def _sealed(name: str) -> str:
    return f"{name}-{_seal(name, keys.keys_for(PURPOSE)[0])}"


def _is_sealed(name: str, seal: str) -> bool:
    sealed = (_seal(name, key) for key in keys.keys_for(PURPOSE))
    return any(hmac.compare_digest(each.encode(), seal.encode()) for each in sealed)


def _seal(name: str, key: bytes) -> str:
    return b32encode(hmac.digest(key, name.encode(), "sha256")[:SEAL_BYTES]).decode()
