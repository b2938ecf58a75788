"""Lots: chance that anybody can repeat. A lot is a hash of the seed and what it is drawn for."""

from __future__ import annotations

import hashlib

BITS = 20


def lot(seed: str, *key: str) -> int:
    """A number from 0 to 2^20 - 1: the first bits of the SHA-256 of seed and key, joined by "|"."""
    return int.from_bytes(drawn(seed, *key)[:4], "big") >> (32 - BITS)


def drawn(seed: str, *key: str) -> bytes:
    """All 256 bits, for lots among so many that 20 bits would be too coarse."""
    return hashlib.sha256("|".join((seed, *key)).encode()).digest()


def persons_lot(seed: str, person: str) -> int:
    return lot(seed, "person", person)


def placing_lot(seed: str, person: str, role: str, place: str) -> int:
    return lot(seed, "place", person, role, place)


def hearings_lot(seed: str, hearing: str) -> int:
    return lot(seed, "hearing", hearing)


def commitment(secret: str) -> str:
    """What is published before the candidates are known: it fixes the secret and does not tell it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def seed_of(secret: str, public: str = "") -> str:
    """The seed of a draw: the court's secret and, if the draw is public, what was rolled afterwards."""
    return f"{secret}:{public.strip()}" if public.strip() else secret
