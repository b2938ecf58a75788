"""Copies of an SQLite database as files: nobody reads them without the key, and each proves itself.

A copy begins with a label that counts its rows and sums up its bytes. Label and database are encrypted in
pieces, so that a copy of any size is made and opened in little memory. While it is made or brought back the
plain database lies beside the one in use, never in the folder of copies, which may be on another disk.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import URL

from youthcourt import keys

PURPOSE = "copies of the database"
MAGIC = b"youthcourt copy 1\n"
_NAME = "youthcourt-%Y%m%dT%H%M%S"
_BEFORE_LABELS = b"SQLite format 3\0"  # copies made by earlier programs were plain databases


class NotSound(Exception):
    """A copy cannot be trusted; the words say why."""


@dataclass(frozen=True)
class Label:
    """What a copy says of itself: when it was made, how many bytes and rows it has, and their checksum."""

    made_at: str
    bytes: int
    sha256: str
    rows: dict[str, int]


def file_of(url: URL) -> Path | None:
    """The file of an SQLite database; None for another kind."""
    return Path(str(url.database)) if url.get_backend_name() == "sqlite" and url.database else None


@contextmanager
def alone(database: Path) -> Iterator[None]:
    """One at a time makes copies, brings them back or clears up. A process that dies lets go by itself."""
    with database.with_name(f"{database.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def clear_leftovers(database: Path, folder: Path) -> None:
    """Remove what a copy or a restore that was cut off has left: it would keep what is destroyed later."""
    for each in (plain_beside(database), restoring_beside(database)):
        remove(each)
    for each in folder.glob("*.unproved*"):
        each.unlink()


def plain_beside(database: Path) -> Path:
    return database.with_name(f"{database.name}.copying")


def restoring_beside(database: Path) -> Path:
    return database.with_name(f"{database.name}.restoring")


def remove(file: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + end).unlink(missing_ok=True)


# Making


def make(database: Path, folder: Path, made_at: datetime) -> Path:
    """A copy in the folder, which counts as one only when it has been read back and is sound."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    plain, copy = plain_beside(database), folder / f"{made_at:{_NAME}}.copy"
    unproved = copy.with_suffix(".unproved")
    try:
        with closing(sqlite3.connect(database, isolation_level=None)) as source:
            source.execute("PRAGMA secure_delete=ON")
            source.execute("VACUUM INTO ?", (str(plain),))
        plain.chmod(0o600)
        label = Label(made_at.isoformat(), plain.stat().st_size, _checksum(plain), look_over(plain))
        _write(plain, label, unproved)
        _read_back(unproved, label)
    finally:
        remove(plain)
    _put(unproved, copy)
    return copy


def _write(plain: Path, label: Label, target: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield json.dumps(asdict(label)).encode()
        yield from _pieces_of(plain)

    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(MAGIC)
        for each in keys.encrypt_pieces(pieces(), PURPOSE):
            file.write(each)
        file.flush()
        os.fsync(file.fileno())


def _read_back(copy: Path, label: Label) -> None:
    found, pieces = _opened(copy)
    if found != label or _sum_of(pieces) != (label.bytes, label.sha256):
        raise NotSound("it reads back differently from what was written")


def drop_old(folder: Path, oldest: datetime) -> None:
    """Copies go after a while: what was destroyed must not live on in them for ever."""
    for copy in folder.glob("youthcourt-*"):
        if made_at(copy) < oldest:
            copy.unlink()


# Bringing back


def open_copy(copy: Path, into: Path) -> Label | None:
    """Write the database of a copy to a file, after every check. The label; None for one made before labels.

    Raises NotSound.
    """
    remove(into)
    try:
        with os.fdopen(os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            label, pieces = _opened(copy)
            for piece in pieces:
                file.write(piece)
        if label and (into.stat().st_size, _checksum(into)) != (label.bytes, label.sha256):
            raise NotSound("its checksum is another than the one on its label")
        rows = look_over(into)
        if label and rows != label.rows:
            raise NotSound("it has other rows than its label says")
    except BaseException:
        remove(into)
        raise
    return label


def made_at(copy: Path) -> datetime:
    """When a copy was made, by its name; when its file was last written, if somebody gave it another."""
    try:
        return datetime.strptime(copy.name.split(".")[0], _NAME).replace(tzinfo=UTC)
    except ValueError:
        return datetime.fromtimestamp(copy.stat().st_mtime, UTC)


def _opened(copy: Path) -> tuple[Label | None, Iterator[bytes]]:
    """The label of a copy and the bytes of its database."""
    with copy.open("rb") as file:
        start = file.read(len(MAGIC))
    if start.startswith(_BEFORE_LABELS):
        return None, _pieces_of(copy)
    if start != MAGIC:
        raise NotSound("it is no copy that this program made")
    pieces = _decrypted(copy)
    return Label(**json.loads(next(pieces))), pieces


def _decrypted(copy: Path) -> Iterator[bytes]:
    with copy.open("rb") as file:
        file.seek(len(MAGIC))
        try:
            yield from keys.decrypt_pieces(file, PURPOSE)
        except keys.CannotDecrypt as mistake:
            raise NotSound(
                "it is cut off or altered, or was made under another SECRET_KEY. "
                "When the key was changed, name the old one in SECRET_KEY_BEFORE"
            ) from mistake


def put_in_place(restored: Path, database: Path) -> None:
    """Give the database's place to another file: at no moment is there none, or one with a strange log."""
    settle(restored)
    with suppress(sqlite3.DatabaseError):  # it is damaged, which may be why it is replaced
        settle(database)
    for end in ("-wal", "-shm", "-journal"):
        database.with_name(database.name + end).unlink(missing_ok=True)
    _put(restored, database)
    remove(restored)


def settle(file: Path) -> None:
    """Move everything from the log into the file itself. Raises NotSound while somebody else is at it."""
    if not file.exists():
        return
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if file.with_name(f"{file.name}-wal").exists():  # whoever closes a database last takes the log away
        raise NotSound(f"somebody is still at {file.name}. Stop the server first")


def _put(file: Path, place: Path) -> None:
    """Whatever happens meanwhile, at this place is the one whole file or the other."""
    with file.open("rb") as written:
        os.fsync(written.fileno())
    os.replace(file, place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


# Looking a database over


def look_over(file: Path) -> dict[str, int]:
    """How many rows each table has. Raises NotSound for damage, and for rows that point to nothing."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            sound = [row[0] for row in copy.execute("PRAGMA integrity_check")]
            if sound != ["ok"]:
                raise NotSound(str(sound[0]))
            if copy.execute("PRAGMA foreign_key_check").fetchone():
                raise NotSound("rows point to nothing")
            names = [row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            if "alembic_version" not in names:
                raise NotSound("it is no database of this program")
            return {name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    except sqlite3.DatabaseError as mistake:
        raise NotSound(str(mistake)) from mistake


def _pieces_of(file: Path) -> Iterator[bytes]:
    with file.open("rb") as read:
        while piece := read.read(keys.PIECE_BYTES):
            yield piece


def _sum_of(pieces: Iterator[bytes]) -> tuple[int, str]:
    length, checksum = 0, hashlib.sha256()
    for piece in pieces:
        length += len(piece)
        checksum.update(piece)
    return length, checksum.hexdigest()


def _checksum(file: Path) -> str:
    return _sum_of(_pieces_of(file))[1]
