"""Keys for what is kept encrypted, one for each purpose, all made from the installation's one secret."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from io import BufferedReader
from itertools import chain, pairwise
from os import urandom

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

NONCE_BYTES = 12
PIECE_BYTES = 2**20
_LENGTH_BYTES, _PREFIX_BYTES, _NUMBER_BYTES = 4, 7, 4
_LONGER_BY = 16  # bytes that say whether a piece was altered


class CannotDecrypt(ValueError):
    """What was kept is cut off, altered or out of its order, or its key is lost."""


def keys_for(purpose: str) -> list[bytes]:
    """The key for one purpose, then the one it had before SECRET_KEY was changed."""
    secrets = [current_app.config["SECRET_KEY"], *current_app.config.get("SECRET_KEY_FALLBACKS", [])]
    return [
        HKDF(algorithm=SHA256(), length=32, salt=None, info=f"youthcourt {purpose}".encode()).derive(
            secret.encode()
        )
        for secret in secrets
    ]


def encrypt(plain: str, purpose: str, about: str) -> str:
    """The words as nobody reads them; `about` names the one row they belong to and opens them there alone."""
    nonce = urandom(NONCE_BYTES)
    kept = AESGCM(keys_for(purpose)[0]).encrypt(nonce, plain.encode(), about.encode())
    return urlsafe_b64encode(nonce + kept).decode()


def decrypt(kept: str, purpose: str, about: str) -> str | None:
    """The words again; None when they were kept for another row or purpose, altered, or under a lost key."""
    try:
        raw = urlsafe_b64decode(kept.encode())
    except ValueError:
        return None
    for key in keys_for(purpose):
        try:
            return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], about.encode()).decode()
        except (InvalidTag, ValueError):
            continue
    return None


# ---- Files, piece by piece --------------------------------------------------------------------------


def encrypt_pieces(pieces: Iterable[bytes], purpose: str) -> Iterator[bytes]:
    """A long text as nobody reads it. Each piece is tied to its place, and the last one is known as such."""
    key, prefix = AESGCM(keys_for(purpose)[0]), urandom(_PREFIX_BYTES)
    yield prefix
    for number, (piece, following) in enumerate(pairwise(chain(pieces, [None]))):
        assert piece is not None, "only the end of all is nothing"
        kept = key.encrypt(_nonce(prefix, number, following is None), piece, purpose.encode())
        yield len(kept).to_bytes(_LENGTH_BYTES, "big") + kept


def decrypt_pieces(file: BufferedReader, purpose: str) -> Iterator[bytes]:
    """The pieces again, each once it is proved. Raises CannotDecrypt."""
    prefix, known = file.read(_PREFIX_BYTES), [AESGCM(key) for key in keys_for(purpose)]
    for number, (kept, following) in enumerate(pairwise(chain(_kept_pieces(file), [None]))):
        nonce = _nonce(prefix, number, following is None)
        opened = ((key, _opened(key, nonce, kept or b"", purpose)) for key in known)
        key, piece = next(((key, piece) for key, piece in opened if piece is not None), (None, None))
        if key is None or piece is None:
            raise CannotDecrypt(f"piece {number}")
        known = [key]
        yield piece


def _kept_pieces(file: BufferedReader) -> Iterator[bytes]:
    while True:
        length = int.from_bytes(file.read(_LENGTH_BYTES), "big")
        piece = file.read(min(length, PIECE_BYTES + _LONGER_BY))
        if not piece or len(piece) != length:
            raise CannotDecrypt("cut off")
        yield piece
        if not file.peek(1):
            return


def _opened(key: AESGCM, nonce: bytes, kept: bytes, purpose: str) -> bytes | None:
    try:
        return key.decrypt(nonce, kept, purpose.encode())
    except (InvalidTag, ValueError):
        return None


def _nonce(prefix: bytes, number: int, is_last: bool) -> bytes:
    return prefix + number.to_bytes(_NUMBER_BYTES, "big") + bytes([is_last])
