"""Power cuts: what the disk may hold at any moment of the work, and whether all that was promised is there.

The application serves real forms on a real file, and each statement that it sends to SQLite is taken down.
The same statements then run once more, with the settings that the application gives each connection, on a
SQLite whose every write, sync and truncation is recorded (apsw: the driver that Python brings along lets
nobody in between). The index of the log is kept in memory there, which changes nothing on the disk.

From the record, images are made of what a cut may leave at any moment, also between two writes of one commit:
what was synced is there; each write since may be there, be gone, or be torn between sectors. Plain SQLite
opens each. It must be sound, and be byte for byte the database after the last transaction that was
acknowledged, or after the one under way: nothing lost, nothing half done.
"""

import random
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import cycle, islice
from pathlib import Path
from types import SimpleNamespace

import apsw
from sqlalchemy import NullPool, create_engine, event, text

from tests import make
from tests.conftest import app_on
from tests.database import sqlite_database
from tests.torture import acts
from tests.torture.kills import Person
from youthcourt import clock
from youthcourt.extensions import SQLITE_PRAGMAS, db
from youthcourt.walls import in_no_court

SECTOR = 512
PLANS = 3
COMMITS_UNTIL_CHECKPOINT = 15  # sooner than by itself, so that cuts fall into some
SEED = 20260307
FORMS = 600
IMAGES = 10_000
COMMIT, ROLLBACK = "COMMIT", "ROLLBACK"


# ---- The work, and what of it reaches SQLite ------------------------------------------------------


class Desk:
    """Looks like a line to a server, and is the application itself."""

    def __init__(self, app):
        self.client = app.test_client(use_cookies=False)

    def request(self, method, path, body, headers):
        with clock.at(make.SATURDAY), in_no_court():
            self.answer = self.client.open(path, method=method, data=body, headers=headers)

    @contextmanager
    def getresponse(self):
        given = self.answer
        yield SimpleNamespace(status=given.status_code, headers=given.headers, read=lambda: given.data)


def workload(folder, forms):
    """A database on which people are about to work, and each statement of so many forms that they send."""
    url = sqlite_database(folder, "work")
    file, behind = Path(folder, "work.sqlite"), create_engine(url, poolclass=NullPool)

    def look(sql, **of):
        with behind.connect() as connection:
            return connection.scalar(text(sql), of)

    stage = acts.set_the_stage(url, PLANS)
    before, app = _whole(file), app_on(url)
    people = [Person(*each) for each in zip(acts.scripts(stage, look), stage.cookies, strict=True)]
    desk = Desk(app)
    with app.app_context():
        engine = db.engine
    with taken_down(engine) as statements:
        for person in islice(cycle(people), forms):
            if not person.is_done:
                person.send(desk)
    engine.dispose()
    return before, statements


def _whole(file):
    """The file with all that the log beside it holds."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file.read_bytes()


@contextmanager
def taken_down(engine):
    """Every statement that runs on this engine, in order."""
    statements = []

    def run(_connection, _cursor, statement, parameters, _context, _many):
        statements.append((statement, parameters))

    heard = {
        "before_cursor_execute": run,
        "commit": lambda _connection: statements.append((COMMIT, ())),
        "rollback": lambda _connection: statements.append((ROLLBACK, ())),
    }
    for name, hear in heard.items():
        event.listen(engine, name, hear)
    try:
        yield statements
    finally:
        for name, hear in heard.items():
            event.remove(engine, name, hear)


# ---- The same on a disk that remembers ------------------------------------------------------------


class Disk(apsw.VFS):
    """The disk of this machine, with a record of what is written to it and when it is synced."""

    def __init__(self, name):
        super().__init__(name, "")
        self.name = name
        self.record = []

    def xOpen(self, name, flags):  # noqa: N802 - SQLite's name
        return File(name, flags, self.record)


class File(apsw.VFSFile):
    def __init__(self, name, flags, record):
        super().__init__("", name, flags)
        path = name.filename() if isinstance(name, apsw.URIFilename) else name  # the log's is plain text
        self.name, self.record = Path(path).name, record

    def xWrite(self, data, offset):  # noqa: N802 - SQLite's name
        self.record.append(("write", self.name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size):  # noqa: N802 - SQLite's name
        self.record.append(("truncate", self.name, size, b""))
        super().xTruncate(size)

    def xSync(self, flags):  # noqa: N802 - SQLite's name
        self.record.append(("sync", self.name, 0, b""))
        super().xSync(flags)


@dataclass
class Played:
    """What was asked of the disk, and how the database looked after each transaction."""

    before: bytes
    record: list
    states: list


def play(before, statements, folder, **otherwise):
    """Run the statements on a recording disk, as the application would have."""
    file, disk = Path(folder, "played.sqlite"), Disk(f"disk {id(before)} {otherwise}")
    file.write_bytes(before)
    with closing(apsw.Connection(str(file), vfs=disk.name)) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        for pragma, value in {**SQLITE_PRAGMAS, **otherwise}.items():
            connection.execute(f"PRAGMA {pragma}={value}").fetchall()
        states = [_digest(connection.serialize("main"))]
        for statement, parameters in statements:
            _run(connection, statement, parameters)
            if statement == COMMIT:
                disk.record.append(("acknowledged", "", 0, b""))
                states.append(_digest(connection.serialize("main")))
                if len(states) % COMMITS_UNTIL_CHECKPOINT == 0:
                    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        record = list(disk.record)
    return Played(before, record, states)


def _run(connection, statement, parameters):
    if statement in (COMMIT, ROLLBACK) and not connection.in_transaction:
        return  # as the driver of Python does
    if isinstance(parameters, list):
        connection.cursor().executemany(statement, parameters)
    else:
        connection.execute(statement, parameters).fetchall()


def _digest(content):
    return blake2b(content).digest()


# ---- What a power cut may leave -------------------------------------------------------------------


@dataclass
class OnDisk:
    """One file: what is surely there, and what has been asked for since the last sync."""

    sure: bytearray = field(default_factory=bytearray)
    asked: list = field(default_factory=list)

    def sync(self):
        for step in self.asked:
            _apply(self.sure, *step)
        self.asked.clear()

    def after_a_cut(self, chance):
        """One of the many ways in which it may look now."""
        left, luck = bytearray(self.sure), chance.choice((0.0, 0.2, 0.5, 0.9, 1.0))
        for what, offset, data in self.asked:
            if chance.random() < luck:
                _apply(left, what, offset, data)
            elif what == "write" and chance.random() < 0.5:
                for start, sector in _sectors(offset, data):
                    if chance.random() < luck:
                        _apply(left, what, start, sector)
        return left


def _apply(content, what, offset, data):
    if what == "truncate":
        del content[offset:]
        return
    content.extend(bytes(max(offset - len(content), 0)))
    content[offset : offset + len(data)] = data


def _sectors(offset, data):
    """The pieces of a write that a disk writes whole."""
    start = offset
    while start < offset + len(data):
        end = min(start - start % SECTOR + SECTOR, offset + len(data))
        yield start, data[start - offset : end - offset]
        start = end


def images(played, many, seed=SEED):
    """What so many cuts leave: each file's content, and how many transactions were acknowledged by then."""
    chance, acknowledged = random.Random(seed), 0
    cuts = Counter(chance.randrange(len(played.record) + 1) for _cut in range(many))
    disk = {"played.sqlite": OnDisk(bytearray(played.before))}
    for moment, (what, name, offset, data) in enumerate([*played.record, ("cut", "", 0, b"")]):
        for _cut in range(cuts[moment]):
            yield {name: each.after_a_cut(chance) for name, each in disk.items()}, acknowledged
        if what == "acknowledged":
            acknowledged += 1
        elif what == "sync":
            disk.setdefault(name, OnDisk()).sync()
        else:
            disk.setdefault(name, OnDisk()).asked.append((what, offset, data))


# ---- And whether it is whole ----------------------------------------------------------------------


def fault_of(files, acknowledged, states, folder):
    """What is wrong with an image: "damaged", "half done" or "lost"; None when nothing is."""
    try:
        state = _state_of(files, folder)
    except sqlite3.DatabaseError:
        return "damaged"
    if state not in states:
        return "half done"
    is_kept = state in states[acknowledged : acknowledged + 2]
    return None if is_kept else "lost"


def _state_of(files, folder):
    for old in Path(folder).iterdir():
        old.unlink()
    for name, content in files.items():
        Path(folder, name).write_bytes(content)
    with closing(sqlite3.connect(Path(folder, "played.sqlite"))) as connection:
        connection.execute("PRAGMA synchronous=OFF")  # of what we do to the image ourselves
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise sqlite3.DatabaseError
        return _digest(connection.serialize())


def faults(played, many, seed=SEED):
    """How many images have each fault; under None, how many are whole."""
    with tempfile.TemporaryDirectory(prefix="image-") as folder:
        return Counter(
            fault_of(files, acknowledged, played.states, folder)
            for files, acknowledged in images(played, many, seed)
        )


def figures(forms=FORMS, many=IMAGES):
    """10,000 images of a power cut during mixed work, each opened."""
    with tempfile.TemporaryDirectory(prefix="power-") as folder:
        played = play(*workload(folder, forms), folder)
    found = faults(played, many)
    assert found == {None: many}, found
    return {
        "crash images whole": many,
        "transactions among whose writes the power was cut": len(played.states) - 1,
        "writes and syncs between which it was cut": len(played.record),
    }
