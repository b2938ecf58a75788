"""Doors that slow down whoever tries them too often, counted in the database for every worker alike."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Index, and_, delete, func, or_, select
from sqlalchemy.orm import Mapped, Session

from youthcourt import clock
from youthcourt.models.base import Record, rows_changed


class Door(StrEnum):
    """What can be tried again and again."""

    SIGN_IN = "sign_in"
    JOIN = "join"
    RESET = "reset"
    FORGOTTEN = "forgotten"
    CONFIRM = "confirm"
    FACTOR = "factor"
    SESSION_CODE = "session_code"


@dataclass(frozen=True)
class Limit:
    """So many tries in vain are free. After them each waits, longer and longer."""

    free: int
    # ... and so few while the whole installation is being tried.
    free_under_attack: int
    # How long a try counts.
    counted: timedelta


# Tries at one account count for a day, so that a patient machine gets about a hundred of them and no more.
LONGEST_COUNTED = timedelta(days=1)
WINDOW = timedelta(minutes=15)
FIRST_WAIT = timedelta(minutes=1)
# Never longer: a wait that others can cause must not keep anybody out.
LONGEST_WAIT = timedelta(minutes=15)
ATTACK = 500
# How long the office sees that somebody asked for a new password.
ASKED = timedelta(days=7)

ACCOUNT = Limit(free=5, free_under_attack=2, counted=LONGEST_COUNTED)
# A whole school, and everybody on hearing night, sits behind one address.
ADDRESS = Limit(free=100, free_under_attack=20, counted=WINDOW)


class Attempt(Record):
    """Somebody tried a door in vain. Whom and from where is kept as a keyed hash, known or not."""

    __table_args__ = (Index("ix_attempt_by_key", "door", "key_hash", "at"), Index("ix_attempt_by_time", "at"))

    door: Mapped[Door]
    key_hash: Mapped[str]
    at: Mapped[datetime]


@dataclass(frozen=True)
class Trial:
    """One try at a door: for which account, from which address, as keyed hashes."""

    door: Door
    account: str
    address: str

    @classmethod
    def of(cls, door: Door, account: str, address: str, secret: str) -> Trial:
        """`account` is whatever names it there: an e-mail address, a number, a link."""
        return cls(door, account_key(account, secret), key_of(f"from {address}", secret))


def account_key(account: str, secret: str) -> str:
    return key_of(f"account {account.strip().lower()}", secret)


def key_of(name: str, secret: str) -> str:
    """What is kept of a name: without the installation's secret nobody can tell whose it is."""
    return hmac.new(secret.encode(), f"throttle {name}".encode(), hashlib.sha256).hexdigest()


def wait_for(session: Session, trial: Trial) -> timedelta:
    """How long this has to wait; nothing for nearly everybody."""
    _queue_up(session, trial.account)
    attacked = _count_all(session) >= ATTACK
    waits = (
        _wait(session, trial.door, trial.account, ACCOUNT, attacked),
        _wait(session, trial.door, trial.address, ADDRESS, attacked),
    )
    return max(waits)


def _wait(session: Session, door: Door, key: str, limit: Limit, attacked: bool) -> timedelta:
    now = clock.now()
    here = select(func.count(), func.max(Attempt.at)).where(Attempt.door == door, Attempt.key_hash == key)
    tries, last = session.execute(here.where(Attempt.at > now - limit.counted)).one()
    beyond = tries - (limit.free_under_attack if attacked else limit.free)
    if beyond < 0:
        return timedelta()
    waits: timedelta = last + min(FIRST_WAIT * 2 ** min(beyond, 10), LONGEST_WAIT) - now
    return max(waits, timedelta())


def _count_all(session: Session) -> int:
    lately = select(func.count()).select_from(Attempt).where(Attempt.at > clock.now() - WINDOW)
    return session.scalar(lately) or 0


def _queue_up(session: Session, key: str) -> None:
    """Tries for one account go one after another, or a hundred at once would all be the first."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer anyway
        number = int(key[:15], 16)
        session.execute(select(func.pg_advisory_xact_lock(number)))


def note_failure(session: Session, trial: Trial) -> None:
    now = clock.now()
    session.add_all(Attempt(door=trial.door, key_hash=key, at=now) for key in (trial.account, trial.address))
    session.flush()


def forgive(session: Session, trial: Trial) -> int:
    """They came in: what they tried before in vain is forgotten. Returns how often that was."""
    theirs = delete(Attempt).where(Attempt.door == trial.door, Attempt.key_hash == trial.account)
    return rows_changed(session, theirs)


def asked(session: Session, door: Door, keys: Iterable[str]) -> dict[str, datetime]:
    """Of these accounts, those for which a door was tried lately, and when last."""
    wanted = set(keys)
    lately = select(Attempt.key_hash, func.max(Attempt.at)).where(Attempt.door == door)
    rows = session.execute(lately.group_by(Attempt.key_hash)).all()
    return {key: at for key, at in rows if key in wanted}


def sweep(session: Session) -> int:
    """Forget what is no longer counted, and who asked for a password a week ago. Returns how many lines."""
    now = clock.now()
    counted_no_more = and_(Attempt.door != Door.FORGOTTEN, Attempt.at <= now - LONGEST_COUNTED)
    return rows_changed(session, delete(Attempt).where(or_(counted_no_more, Attempt.at <= now - ASKED)))
