"""When nothing can be written any more: a clear page with what was typed, nothing lost, and it mends itself.

The database lies on a file system of a few megabytes where the tests may mount one; elsewhere SQLite itself
is told to stop growing, which it reports in the same words.
"""

import re
import shutil
import sqlite3
import subprocess
from contextlib import contextmanager, suppress
from html import unescape

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from tests import make
from tests.cast import cast_of
from tests.conftest import app_on
from tests.signing_in import begun, browser_with
from tests.torture.acts import referral
from youthcourt.extensions import Base, db, why_not_kept, writing

FILL_POINTS = 50
ROOM_IN_MEGABYTES = 24
MOST_POSTS = 60
PAGE = 4096
WORDS = "They ran & laughed; nobody was hurt. " * 40


@contextmanager
def small_disk(folder):
    """A file system of its own, if we may make one."""
    size = f"size={ROOM_IN_MEGABYTES}m"
    mounted = (
        shutil.which("mount")
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], capture_output=True, check=False
        ).returncode
    )
    try:
        yield bool(mounted)
    finally:
        if mounted:
            subprocess.run(["umount", "-l", folder], check=True)


class Ballast:
    """Fills the disk but for so many bytes."""

    def __init__(self, folder):
        self.file = folder / "ballast"

    def leave(self, spare):
        self.file.unlink(missing_ok=True)
        free = shutil.disk_usage(self.file.parent).free
        self.file.write_bytes(b"\0" * max(free - spare, 0))

    def lift(self):
        self.file.unlink()


class Ceiling:
    """Tells SQLite, on every connection, how far the file may grow."""

    def __init__(self, engine, file):
        self.file, self.pages = file, 2**30
        event.listen(engine, "begin", self._set)

    def _set(self, connection):
        connection.exec_driver_sql(f"PRAGMA max_page_count={self.pages}")

    def leave(self, spare):
        with sqlite3.connect(self.file) as connection:
            self.pages = connection.execute("PRAGMA page_count").fetchone()[0] + spare // PAGE // 16

    def lift(self):
        self.pages = 2**30


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A court on a small disk: the application, a coordinator's browser, and the means to fill the disk."""
    folder = tmp_path_factory.mktemp("small")
    with small_disk(folder) as is_real:
        app = app_on(f"sqlite:///{folder}/kept.sqlite")
        app.config["PROPAGATE_EXCEPTIONS"] = False
        with app.app_context(), writing():
            Base.metadata.create_all(db.engine)
            court = make.court()
            cast = cast_of(court)
            db.session.commit()
            facts = {"agency": court.agencies[0].id, "offence": court.offences[0].id}
            token = begun(cast.cora)
            db.session.commit()
            db.session.remove()
            filling = Ballast(folder) if is_real else Ceiling(db.engine, folder / "kept.sqlite")
        yield House(app, browser_with(app, token), filling, folder / "kept.sqlite", facts, is_real)
        with app.app_context():
            db.engine.dispose()


class House:
    def __init__(self, app, browser, filling, file, facts, is_real):
        self.app, self.browser, self.filling, self.file = app, browser, filling, file
        self.facts, self.is_real = facts, is_real
        self.number, self.acknowledged = 0, []

    def fill(self, spare):
        """Leave room for so many bytes, and no old room in the log of writes either."""
        with sqlite3.connect(self.file) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        self.filling.leave(spare)

    def refer(self):
        """One referral: the form, and what came of it."""
        self.number += 1
        name = f"Ruiz{self.number}"
        typed = {
            "agency": self.facts["agency"],
            "offence": self.facts["offence"],
            **{key: value for key, value in referral(_Numbers(self.facts), name).items()},
            "narrative": f"{name}. {WORDS}",
            "request_id": f"number {self.number}",
        }
        return typed, self.send(typed)

    def send(self, typed, path="/referrals/new"):
        answer = self.browser.post(path, data=typed)
        if answer.status_code == 302:
            self.acknowledged.append(typed["family_name"])
        return answer

    def kept(self):
        """Every young person in the file, read behind the application's back; and whether it is sound."""
        with sqlite3.connect(self.file) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
            names = connection.execute(
                'SELECT p.family_name FROM "case" c JOIN person p ON p.id = c.respondent_id'
            )
            found = sorted(name for (name,) in names)
        connection.close()
        return found, sound


class _Numbers:
    def __init__(self, facts):
        self.agency, self.offence = facts["agency"], facts["offence"]


def sent_again(page):
    """What the button of the page would send, word for word."""
    form = re.search(r'<form class="form" method="post" action="([^"]*)">(.*?)</form>', page, re.S)
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form[2])
    fields += re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form[2], re.S)
    return form[1], {name: unescape(value) for name, value in fields if name != "csrf_token"}


def test_a_full_disk_loses_nothing_and_mends_itself(house):
    refusals = 0
    for point in range(FILL_POINTS):
        house.fill(spare=point * 2 * PAGE)
        typed, answer = house.refer()
        for _post in range(MOST_POSTS):
            if answer.status_code != 302:
                break
            typed, answer = house.refer()

        page, (names, sound) = unescape(answer.text), house.kept()
        assert answer.status_code == 507, answer.text
        assert "Nothing was saved" in page
        assert typed["narrative"].strip() in page
        assert (names, sound) == (sorted(house.acknowledged), "ok")
        refusals += 1

        house.filling.lift()
        path, again = sent_again(answer.text)
        answer = house.send(again, path)
        assert (answer.status_code, again["request_id"]) == (302, typed["request_id"])
        assert again["narrative"].strip() == typed["narrative"].strip()
    assert house.kept() == (sorted(house.acknowledged), "ok")
    print(
        f"count: times the disk was full{'' if house.is_real else ' (by a limit of the file)'} = {refusals}"
    )


def test_a_database_that_can_only_be_read_says_so_and_hands_the_words_back(house, monkeypatch):
    with house.app.app_context():
        engine = db.engine
    engine.dispose()
    make_read_only = event.listens_for(engine, "begin")(_read_only)
    typed, answer = house.refer()
    reading = house.browser.get("/referrals/new")
    event.remove(engine, "begin", make_read_only)
    engine.dispose()

    assert answer.status_code == 503
    assert "We cannot save anything right now" in answer.text
    assert typed["narrative"].strip() in unescape(answer.text)
    assert reading.status_code == 200
    path, again = sent_again(answer.text)
    assert house.send(again, path).status_code == 302


def test_the_cause_is_found_behind_the_savepoint_that_went_with_it():
    full, gone = sqlite3.OperationalError("disk is full"), sqlite3.OperationalError("no such savepoint")
    full.sqlite_errorcode, gone.sqlite_errorcode = sqlite3.SQLITE_FULL, sqlite3.SQLITE_ERROR
    error, behind = (OperationalError("", {}, each) for each in (gone, full))
    alone = why_not_kept(error)

    error.__context__ = behind

    assert (alone, why_not_kept(error)) == ("out of reach", "full")


def _read_only(connection):
    connection.exec_driver_sql("PRAGMA query_only=1")


def test_an_answer_that_comes_before_the_writing_is_found_out(house, monkeypatch):
    """The planted fault: an application that says yes although the disk said no."""
    if not house.is_real:
        pytest.skip("a limit of the file is met before the commit, which is what this fault is about")
    commit = db.session.commit

    def hope():
        with suppress(OperationalError):
            commit()

    monkeypatch.setattr(db.session, "commit", hope)
    house.fill(spare=0)

    _typed, answer = house.refer()

    assert answer.status_code == 302
    assert house.kept()[0] != sorted(house.acknowledged)
    house.filling.lift()
