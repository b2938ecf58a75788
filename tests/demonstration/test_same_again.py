"""The same seed, size and day give the same court, down to every line of its trail."""

import hashlib
import json
from datetime import date
from functools import cache

from sqlalchemy import select

from youthcourt import models as m
from youthcourt.demonstration.figures import SMALLEST
from youthcourt.demonstration.player import play
from youthcourt.extensions import db

MONDAY = date(2026, 3, 2)


def digest():
    """SHA-256 over the whole trail."""
    told = hashlib.sha256()
    columns = ("at", "event", "subject", "subject_id", "case_id", "by_id", "particulars")
    lines = select(*(getattr(m.AuditEvent, name) for name in columns)).order_by(m.AuditEvent.id)
    for line in db.session.execute(lines):
        told.update(json.dumps([line.at.isoformat(), *line[1:]], sort_keys=True).encode())
    return told.hexdigest()


@cache
def trail_of(seed):
    """The trail of one play, played when first asked for."""
    return play_again(seed)


def play_again(seed):
    play(db.session(), size=SMALLEST, seed=seed, as_of=MONDAY)
    try:
        return digest()
    finally:
        db.session.rollback()


def test_the_same_seed_plays_the_same_court(sqlite_app):
    with sqlite_app.app_context():
        assert play_again(3) == trail_of(3)


def test_another_seed_plays_another_court(sqlite_app):
    with sqlite_app.app_context():
        assert trail_of(3) != trail_of(4)
