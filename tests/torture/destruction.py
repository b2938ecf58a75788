"""Killed at random moments while it destroys, sweeps, copies or restores: whole before, or whole after.

Each life begins from the same files, in a process that is killed somewhere on its way. Then the files are
looked at as they lie there, the command is run once more, and they are looked at again.
"""

import os
import random
import shutil
import signal
import sqlite3
import tempfile
import time
from collections import Counter
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from tests import make
from tests.conftest import app_on
from tests.database import sqlite_database
from tests.test_destroyed import LATER, WORDS, court_with_record
from tests.traces import traces
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db, writing
from youthcourt.models.completion.sealing import seeing_sealed
from youthcourt.procedures import checking_trail
from youthcourt.procedures.completion import copies, purging
from youthcourt.procedures.completion.ledger import Ledger
from youthcourt.walls import in_every_court

SEED = 7
AWHILE_IN_SECONDS = 0.4  # that a planted fault stays half done


class HalfDone(AssertionError):
    """Something is neither as before nor as after."""


# ---- What is done, in a process that may be killed -------------------------------------------------


def purge(house):
    """The second person says yes; then the nightly run sweeps."""
    with writing(), seeing_sealed():
        proposed = db.session.query(m.Destruction).one()
        purging.confirm(proposed, by=db.session.get(m.User, house.people.ada), ledger=Ledger(house.backups))
        db.session.commit()
    house.acknowledge()
    house.run("retention", "run")


def copy(house):
    house.run("backup", "make")


def restore(house):
    house.run("backup", "restore", str(house.copy), "--replace")


DO = {"purge": purge, "copy": copy, "restore": restore}
AGAIN = {**DO, "purge": lambda house: house.run("retention", "run")}


# ---- Planted faults --------------------------------------------------------------------------------


def purge_in_halves():
    whole = purging._delete

    def halved(*args):
        db.session.commit()
        time.sleep(AWHILE_IN_SECONDS)
        return whole(*args)

    purging._delete = halved


def ledger_too_late():
    """The line is written when the purge is committed: a copy from before would not know of it."""
    written_later = []
    write, sweep = Ledger.write, House.acknowledge

    def acknowledge(house):
        sweep(house)
        time.sleep(AWHILE_IN_SECONDS)
        for each in written_later:
            write(*each)

    Ledger.write = lambda *each: written_later.append(each)
    House.acknowledge = acknowledge


def place_left_empty():
    def put(restored, database):
        copies.remove(database)
        time.sleep(AWHILE_IN_SECONDS)
        os.replace(restored, database)

    copies.put_in_place = put


FAULTS = {
    "purge in halves": ("purge", purge_in_halves, "purge is half done"),
    "ledger too late": ("purge", ledger_too_late, "the ledger does not know"),
    "place left empty": ("restore", place_left_empty, "there is no database"),
}


# ---- The house, and how it must look ---------------------------------------------------------------


class House:
    """A court in files, with a record that somebody has proposed to destroy, and a copy from before."""

    def __init__(self, folder):
        self.folder, self.data, self.backups = folder, folder / "now" / "data", folder / "now" / "backups"
        self.data.mkdir(parents=True)
        self.app = app_on(sqlite_database(self.data))
        self.database = self.data / "test.sqlite"
        self.app.config["BACKUPS"] = str(self.backups)
        self.said = None
        self.times = {}

    def begin(self):
        """Act out what went before, and keep the files of it: before the purge, and after."""
        self.people, case_id = court_with_record()
        with writing(), seeing_sealed():
            case = db.session.get(m.Case, case_id)
            purging.propose(case, "The wait is over.", by=db.session.get(m.User, self.people.cora))
            db.session.commit()
        with clock.at(make.SATURDAY):
            self.copy = Path(self.run("backup", "make").strip())
        self.keep("before")
        with clock.at(LATER):
            self.before = self.rows()
            purge(self)
            self.after = self.rows()
            with writing():
                m.School.add(db.session.query(m.Court).one(), by=None, name="Opened since the copy")
                db.session.commit()
            self.since = self.rows()
            self.keep("after")

    def keep(self, name):
        self.let_go()
        shutil.copytree(self.folder / "now", self.folder / name)

    def back_to(self, name):
        self.let_go()
        shutil.rmtree(self.folder / "now")
        shutil.copytree(self.folder / name, self.folder / "now")

    def let_go(self):
        db.session.remove()
        db.engine.dispose()

    def run(self, *words):
        self.let_go()
        answer = self.app.test_cli_runner().invoke(args=list(words))
        self.let_go()
        if answer.exit_code:
            raise HalfDone(f"flask {' '.join(words)}: {answer.output}{answer.exception!r}")
        return answer.output

    def acknowledge(self):
        if self.said is not None:
            os.write(self.said, b"y")

    def rows(self):
        """Every table's number of rows, after a check of the whole file."""
        self.let_go()
        with closing(sqlite3.connect(self.database)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master")  # takes in a log that was left
        return {
            name: count for name, count in copies.look_over(self.database).items() if "sqlite" not in name
        }

    # One life

    def time_of(self, act):
        """How many seconds an act takes that nobody interrupts."""
        if act not in self.times:
            began = time.monotonic()
            if self.live(act, None):
                raise HalfDone(f"{act} does not work at all")
            self.times[act] = time.monotonic() - began
            self.look(act)
        return self.times[act]

    def live(self, act, moment, plant=None):
        """Let a process do this until the moment comes; whether it was killed on its way."""
        self.back_to("after" if act == "restore" else "before")
        listening, said = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(listening)
            self._do(act, said, plant)
        os.close(said)
        if moment is not None:
            time.sleep(moment)
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        with os.fdopen(listening, "rb") as answers:
            self.acknowledged = bool(answers.read())
        return bool(status)

    def _do(self, act, said, plant):
        done = 1
        try:
            self.said = said
            if plant:
                plant()
            with clock.at(LATER):
                DO[act](self)
            done = 0
        finally:
            os._exit(done)

    # Looking

    def look(self, act):
        """As the files lie there after a kill, and again when the command was run once more."""
        # A copy that is put in place tells its court so in one line more.
        restored = {**self.after, "audit_event": self.after["audit_event"] + 1}
        done = restored if act == "restore" else self.after
        wanted = {
            "purge": (self.before, self.after),
            "copy": (self.before,),
            "restore": (self.since, restored),
        }
        if not self.database.exists():
            raise HalfDone("there is no database")
        found = self.rows()
        if found not in wanted[act]:
            raise HalfDone(f"{act} is half done: {_difference(found, wanted[act][0])}")
        is_told = bool(Ledger(self.backups).entries())
        if act == "purge" and (self.acknowledged or found == self.after) and not is_told:
            raise HalfDone("destroyed, and the ledger does not know of it")
        if self.acknowledged and found != done:
            raise HalfDone("acknowledged, and still there")
        with clock.at(LATER):
            AGAIN[act](self)
            self._look_again(act, is_told, done)

    def _look_again(self, act, is_told, done):
        found = self.rows()
        if found != (done if is_told else self.before):
            raise HalfDone(f"{act}, run once more, is half done: {_difference(found, done)}")
        if is_told and (left := traces(self.folder / "now", WORDS)):
            raise HalfDone(f"{act}: traces are left: {sorted(left)[:3]}")
        left = [each.name for each in (self.folder / "now").rglob("*") if _is_leftover(each)]
        if left:
            raise HalfDone(f"{act}: {left} are left")
        for each in self.backups.glob("*.copy"):
            copies.open_copy(each, self.folder / "opened")
        broken = [each for each in checking_trail.check_all(db.session.connection()) if not each.is_sound]
        db.session.rollback()
        if broken:
            raise HalfDone(f"{act}: the trail is broken: {broken}")


def _is_leftover(file):
    return any(end in file.name for end in (".unproved", ".copying", ".restoring"))


def _difference(found, wanted):
    return {
        name: (wanted.get(name), found.get(name))
        for name in {*found, *wanted}
        if found.get(name) != wanted.get(name)
    }


@contextmanager
def fresh_house():
    with tempfile.TemporaryDirectory(prefix="destruction-") as folder:
        house = House(Path(folder))
        with house.app.app_context(), in_every_court(), clock.at(make.SATURDAY):
            house.begin()
            yield house
            house.let_go()


def survive(house, kills, act, plant=None, seed=SEED):
    """Kill so many lives of one act at random moments; what was counted. Raises HalfDone at the first."""
    chance, counts = random.Random(seed), Counter()
    whole = house.time_of(act) + (AWHILE_IN_SECONDS if plant else 0)
    for _life in range(kills):
        counts["killed before the end"] += house.live(act, chance.uniform(0, whole), plant)
        house.look(act)
        counts["kills"] += 1
        counts["acknowledged"] += house.acknowledged
    return counts


def figures(kills=400):
    counts = Counter()
    with fresh_house() as house:
        for act in DO:
            counts += survive(house, kills, act)
    return {
        "kills while destroying, sweeping, copying and restoring": counts["kills"],
        "of them before the end": counts["killed before the end"],
    }
