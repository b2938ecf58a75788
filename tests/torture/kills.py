"""Kill -9 of the whole server at random moments during mixed writes, and a look at what is left each time."""

import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing, contextmanager, suppress
from functools import cache
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from tests.conftest import app_on
from tests.database import made_by_migrations, sqlite_database
from tests.postgres import DurableServer, create_database, postgres_server
from tests.torture import acts
from youthcourt.procedures import checking_trail

MOST_ANSWERS = 8  # in one life
PLANS = 12  # that wait for the judge
LONGEST_WHILE_IN_SECONDS = 0.06
PATIENCE_IN_SECONDS = 60
CROSSED, BUSY = 409, 503
KILLS_OF_A_HOUSE = 200  # then it has so much in it that looking takes longer than living
FORMS_TO_REHEARSE = 10, 2  # the whole road of one young person; a little of all else
SEED = 20260307


class HalfDone(AssertionError):
    """Something was lost, done by half or done twice."""


class Keeper:
    """The process that starts the server again after each kill, in the time that a fork takes."""

    def __init__(self, url, folder, faults):
        command = [sys.executable, "-m", "tests.torture.keeper", url, *faults]
        self.folder, self.lives = Path(folder), 0
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_root()
        )

    @contextmanager
    def rehearsal(self):
        """A socket at which people may work before the first life."""
        place = self.folder / "rehearsal.sock"
        self._say(place)
        assert self.process.stdout.readline() == "open\n"
        yield place
        self._say("enough")
        assert self.process.stdout.readline() == "ready\n"

    def start(self):
        """A fresh server: its socket and the number of its group."""
        self.lives += 1
        place = self.folder / f"{self.lives}.sock"
        self._say(place)
        group = int(self.process.stdout.readline())
        until = time.monotonic() + PATIENCE_IN_SECONDS
        while time.monotonic() < until:
            with suppress(OSError):
                _connected(place).close()
                return place, group
            time.sleep(0.005)
        raise RuntimeError("the server did not start")

    def _say(self, line):
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def stop(self):
        self.process.stdin.close()
        self.process.wait(PATIENCE_IN_SECONDS)
        self.process.stdout.close()


def kill(group):
    """At once, the whole group, without a chance to say goodbye."""
    os.killpg(group, signal.SIGKILL)
    while True:  # until the last of them has let go of the database
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.001)


def _root():
    return Path(__file__).resolve().parents[2]


def _connected(place):
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(PATIENCE_IN_SECONDS)
    try:
        line.connect(str(place))
    except OSError:
        line.close()
        raise
    return line


class Line(HTTPConnection):
    """HTTP over the server's socket."""

    def __init__(self, place):
        super().__init__("localhost", timeout=PATIENCE_IN_SECONDS)
        self.place = place

    def connect(self):
        self.sock = _connected(self.place)


class Person:
    """Somebody at a screen who goes on with their work, and sends a form again when no answer came."""

    def __init__(self, script, cookie):
        self.script, self.cookie = script, cookie
        self.database_may_die = False
        self.pending = next(script)
        self.is_unsure = False  # whether the pending form was on its way when the server died
        self.is_done = False
        self.acknowledged = []  # in this life
        self.crossings = 0
        self.fault = None

    def work(self, place, over):
        """Send one form after another until the server dies."""
        line = Line(place)
        try:
            while not over.is_set() and not self.is_done:
                self.send(line)
        except (OSError, HTTPException):
            pass  # killed
        except Exception as fault:  # a thread has nobody to tell
            self.fault = fault
        finally:
            line.close()

    def send(self, line):
        typed = {name: self._value(line, value) for name, value in self.pending.typed.items()}
        body = urlencode({**typed, "request_id": self.pending.request_id}, doseq=True)
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self.is_unsure = True
        status, location, page = self._answer(line, "POST", self.pending.path, body, headers)
        self.is_unsure = False
        if status in (CROSSED, BUSY):
            self.crossings += 1
            assert self.crossings < 10_000, f"{self.pending.path} never gets through: {page[:2000]}"
            return
        if status >= 500 and self.database_may_die:
            self.is_unsure = True
            raise HTTPException("the database was killed")
        if status != 302 or "/sign-in" in location:
            raise AssertionError(f"{self.pending.path} answered {status} {location}:\n{_words(page)}")
        self.acknowledged.append(self.pending)
        try:
            self.pending = self.script.send(location)
        except StopIteration:
            self.is_done = True

    def _value(self, line, value):
        return value(lambda path: self._page(line, path)) if callable(value) else value

    def _page(self, line, path):
        status, _location, page = self._answer(line, "GET", path, None, {"Cookie": self.cookie})
        if status >= 500 and self.database_may_die:
            raise HTTPException("the database was killed")
        return page

    def _answer(self, line, method, path, body, headers):
        line.request(method, path, body, headers)
        with line.getresponse() as answer:
            return answer.status, answer.headers.get("Location") or "", answer.read().decode()


def _words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))[:1500]


class House:
    """One database, its people, and the server that is killed under them."""

    def __init__(self, url, stage, folder, faults=(), seed=SEED):
        self.url, self.chance = url, random.Random(seed)
        self.engine = create_engine(url, poolclass=NullPool)
        self.stage = stage
        scripts = acts.scripts(self.stage, self.look)
        self.people = [Person(*each) for each in zip(scripts, self.stage.cookies, strict=True)]
        self.keeper = Keeper(url, folder, faults)
        self.app = app_on(url)
        self.counts = Counter()
        self._rehearse()

    def look(self, sql, **of):
        """One value out of the rows, asked behind the server's back, patiently: the database may be down."""
        until = time.monotonic() + PATIENCE_IN_SECONDS
        while True:
            try:
                with self.engine.connect() as connection:
                    return connection.scalar(text(sql), of)
            except OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.02)

    def _rehearse(self):
        """Everybody begins their work, so that no life has to learn it. Nobody is killed yet."""
        with self.keeper.rehearsal() as place:
            line = Line(place)
            first, others = FORMS_TO_REHEARSE
            for person in self.people:
                for _form in range(first if person is self.people[0] else others):
                    person.send(line)
            line.close()
        self.check()

    def close(self):
        self.keeper.stop()
        self.engine.dispose()

    def live(self, database=None):
        """One life of the server: everybody works, it is killed, and everything is looked at.

        With a database of ours that is killed too, first, and started again.
        """
        place, group = self.keeper.start()
        over = threading.Event()
        threads = [threading.Thread(target=each.work, args=(place, over)) for each in self.people]
        for person in self.people:
            person.acknowledged.clear()
            person.database_may_die = database is not None
        for thread in threads:
            thread.start()
        self._wait_for_the_moment()
        if database:
            database.kill()
            over.set()
        kill(group)
        if database:
            database.start()
        for thread in threads:
            thread.join()
        self.counts["kills"] += 1
        self.check()

    def _wait_for_the_moment(self):
        """Some answers have come, and then a little time has passed, both by chance."""
        answers, until = self.chance.randrange(MOST_ANSWERS), time.monotonic() + PATIENCE_IN_SECONDS
        while sum(len(person.acknowledged) for person in self.people) < answers:
            if time.monotonic() > until or any(person.fault for person in self.people):
                break
            time.sleep(0.002)
        time.sleep(self.chance.uniform(0, LONGEST_WHILE_IN_SECONDS))

    def check(self):
        """Nothing acknowledged is lost, nothing is half done, the files are sound."""
        for fault in (person.fault for person in self.people if person.fault):
            raise fault
        with self.engine.connect() as connection:
            self._check_files(connection)
            for person in self.people:
                self._check_person(connection, person)
            if found := acts.imbalances(connection, self.stage):
                raise HalfDone("; ".join(found))
            self._check_trail(connection)

    def _check_trail(self, connection):
        with self.app.app_context():
            (trail,) = checking_trail.check_all(connection)
        if not trail.is_sound:
            raise HalfDone(f"the audit trail does not hold: {trail}")
        self.counts["trails"] += 1

    def _check_files(self, connection):
        if connection.dialect.name != "sqlite":
            return
        if (said := connection.exec_driver_sql("PRAGMA integrity_check").scalar()) != "ok":
            raise HalfDone(f"the file is damaged: {said}")
        if lost := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
            raise HalfDone(f"rows point nowhere: {lost}")

    def _check_person(self, connection, person):
        self.counts["acknowledged writes"] += len(person.acknowledged)
        self.counts["crossings"] += person.crossings
        person.crossings = 0
        for act in person.acknowledged:
            kept = connection.scalar(
                text("SELECT count(*) FROM submission WHERE request_id = :r"), {"r": act.request_id}
            )
            held = act.holds(connection) if act.lasts else bool(kept)
            if held is not True:
                raise HalfDone(f"acknowledged, and lost: {act.path}: {held}")
        if person.is_unsure:
            held = person.pending.holds(connection)
            if isinstance(held, str):
                raise HalfDone(held)
            self.counts["unsure writes"] += 1
            self.counts["unsure writes that were kept"] += held

    def settle(self):
        """Everybody sends what they were unsure of once more, with the same key; then one last look."""
        place, group = self.keeper.start()
        for person in self.people:
            person.acknowledged.clear()
            if person.is_unsure:
                act, line = person.pending, Line(place)
                while act is person.pending and not person.is_done:
                    person.send(line)
                line.close()
        kill(group)
        self.check()


def survive(url, stage, kills, faults=(), database=None):
    """Kill the server on this database so many times; what was counted. Raises HalfDone at the first loss.

    `database` is a server of its own that is killed with it each time.
    """
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        house = House(url, stage, folder, faults=faults)
        try:
            for _life in range(kills):
                house.live(database)
            house.settle()
        finally:
            house.close()
    return house.counts


@cache
def _staged_file():
    with tempfile.TemporaryDirectory(prefix="kills-stage-") as folder:
        stage = acts.set_the_stage(sqlite_database(folder, "stage"), PLANS)
        file = Path(folder, "stage.sqlite")
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return stage, file.read_bytes()


@contextmanager
def fresh_sqlite():
    """The address of a database in which everybody is about to work, and who they are."""
    stage, content = _staged_file()
    with tempfile.TemporaryDirectory(prefix="kills-db-") as folder:
        file = Path(folder, "kills.sqlite")
        file.write_bytes(content)
        yield f"sqlite:///{file}", stage


@contextmanager
def fresh_postgresql():
    with postgres_server() as server, create_database(server) as database:
        yield _staged(database)


@contextmanager
def killable_postgresql():
    """A database on a server that syncs, and that server, to be killed."""
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as folder:
        server = DurableServer(folder)
        server.start()
        try:
            with create_database(server.url) as database:
                yield *_staged(database), server
        finally:
            server.kill()


def survive_everywhere(on_sqlite, on_postgresql, with_database):
    """Kills of the application on both engines, and of PostgreSQL itself with it."""
    counts = Counter()
    for before in range(0, on_sqlite, KILLS_OF_A_HOUSE):
        with fresh_sqlite() as place:
            counts += survive(*place, min(KILLS_OF_A_HOUSE, on_sqlite - before))
    with fresh_postgresql() as place:
        counts += survive(*place, on_postgresql)
    with killable_postgresql() as (*place, server):
        counts += survive(*place, with_database, database=server)
    return counts


def _staged(database):
    """Make the tables and set the stage, seen from an address that hides nothing from those who look."""
    made_by_migrations(database)
    url = database.render_as_string(hide_password=False)
    return url, acts.set_the_stage(url, PLANS)


def figures(on_sqlite=1700, on_postgresql=200, with_database=100):
    """2,000 kills: of the application on both engines, and of PostgreSQL under it."""
    counts = survive_everywhere(on_sqlite, on_postgresql, with_database)
    return {
        "kills survived": counts["kills"],
        "of them with PostgreSQL itself": with_database,
        "writes acknowledged before a kill, none lost": counts["acknowledged writes"],
        "writes under way at a kill, sent again, each with one effect": counts["unsure writes"],
        "times the audit trail was verified after a kill": counts["trails"],
    }
