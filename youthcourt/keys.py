"""Keys for what is kept encrypted, one for each purpose, all made from the installation's one secret."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from os import urandom

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

NONCE_BYTES = 12


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
