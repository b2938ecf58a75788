"""Passwords: how they are kept, and which are good enough to choose."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from zxcvbn import zxcvbn

from youthcourt.i18n import _

# OWASP's figures; the library's own default takes six times as long and 64 MiB for each sign-in.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODYS_HASH = _hasher.hash(secrets.token_urlsafe())

# Whoever works here shows a second factor beside it; everybody else's password stands alone.
SHORTEST_WITH_FACTOR = 12
SHORTEST_ALONE = 15
LONGEST = 128

# zxcvbn's scale goes from 0 to 4; from 3 on a stolen table of hashes gives nothing away in practice.
ENOUGH = 3
MOST_LOOKED_AT = 72  # its work grows with the square of the length
# What everybody here would try first.
COURT_WORDS = frozenset(
    {"juror", "jury", "court", "youth", "youthcourt", "judge", "teen", "peer", "password"}
)
SHORTEST_WORD = 3
LEAST_OF_ONES_OWN = 8


def hashed(password: str) -> str:
    return _hasher.hash(_composed(password))


def matches(password_hash: str | None, password: str) -> bool:
    """Whether this is the password. Takes as long where there is none."""
    try:
        known = _hasher.verify(password_hash or _NOBODYS_HASH, _composed(password))
    except VerificationError:
        return False
    return known and password_hash is not None


def needs_rehash(password_hash: str) -> bool:
    """Whether it was hashed with other figures than we take now."""
    return _hasher.check_needs_rehash(password_hash)


def mark_of(password_hash: str | None) -> str:
    """Tells one password from the next without telling either: what is tied to it ends with it."""
    return hashlib.sha256((password_hash or "").encode()).hexdigest()


def why_not(password: str, shortest: int, names: Iterable[str]) -> str | None:
    """What is wrong with a new password, in words that say what to do; `names` are easy to guess here."""
    length = len(_composed(password))
    if length < shortest:
        return _("Use at least %(count)s characters.", count=shortest)
    if length > LONGEST:
        return _("Use at most %(count)s characters.", count=LONGEST)
    words = _words([*names, *COURT_WORDS])
    if _is_easy(password, words):
        return _(
            "This is too easy to guess. Put together three or four words that have nothing to do with you."
        )
    if len(_without(password, words)) < LEAST_OF_ONES_OWN:
        return _("This is mostly names and words of this court. Add words that have nothing to do with it.")
    return None


def _is_easy(password: str, words: list[str]) -> bool:
    judged = zxcvbn(_composed(password)[:MOST_LOOKED_AT], user_inputs=words)
    return int(judged["score"]) < ENOUGH


def _without(password: str, words: list[str]) -> str:
    """What of a password belongs to none of the words, without spaces."""
    left = re.sub(r"\s", "", _composed(password).casefold())
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    return left


def _words(names: Iterable[str]) -> list[str]:
    found = {word for name in names for word in re.findall(r"\w+", _composed(name).casefold())}
    return sorted(word for word in found if len(word) >= SHORTEST_WORD)


def _composed(text: str) -> str:
    """An accent typed as one key or as two is the same letter."""
    return unicodedata.normalize("NFC", text)
