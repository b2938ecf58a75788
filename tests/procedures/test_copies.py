"""Copies of the database: unreadable without the key, counted, and refused when anything is wrong."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import select

from tests import make
from tests.conftest import app_on
from tests.database import sqlite_database
from youthcourt import models as m
from youthcourt.extensions import db, writing
from youthcourt.keys import PIECE_BYTES
from youthcourt.procedures import checking_trail
from youthcourt.procedures.completion import copies
from youthcourt.walls import in_every_court


@pytest.fixture
def place(tmp_path):
    """An application on a database that is several pieces long, and the folder of its copies."""
    data = tmp_path / "data"
    data.mkdir()
    app = app_on(sqlite_database(data))
    app.config["BACKUPS"] = str(tmp_path / "backups")
    with app.app_context(), writing(), in_every_court():
        make.court(name="Quillfeather County", email="x" * 2 * PIECE_BYTES)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
        yield app, data / "test.sqlite", tmp_path / "backups"
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def copy(place):
    _app, database, backups = place
    return copies.make(database, backups, make.SATURDAY)


def run(app, *words):
    db.session.remove()
    return app.test_cli_runner().invoke(args=list(words))


def rows_of(file):
    with closing(sqlite3.connect(file)) as opened:
        return sorted(opened.iterdump())


def test_a_copy_opens_to_the_same_rows(place, copy, tmp_path):
    _app, database, _backups = place

    label = copies.open_copy(copy, tmp_path / "opened")

    assert rows_of(tmp_path / "opened") == rows_of(database)
    assert (label.rows["court"], label.made_at) == (1, make.SATURDAY.isoformat())
    assert label.bytes == (tmp_path / "opened").stat().st_size


def test_nobody_reads_a_copy_without_the_key(place, copy):
    app, database, backups = place
    app.config["SECRET_KEY"] = "another secret of this installation, made up"

    answer = run(app, "backup", "restore", str(copy), "--replace")

    assert b"Quillfeather" in database.read_bytes()
    assert b"Quillfeather" not in copy.read_bytes()
    assert [each.name for each in backups.iterdir()] == [copy.name]
    assert (answer.exit_code, "another SECRET_KEY" in answer.output) == (1, True)


def test_a_copy_opens_after_the_key_was_changed(place, copy, tmp_path):
    app, _database, _backups = place
    app.config["SECRET_KEY_FALLBACKS"] = [app.config["SECRET_KEY"]]
    app.config["SECRET_KEY"] = "another secret of this installation, made up"

    assert copies.open_copy(copy, tmp_path / "opened").rows["court"] == 1


def flipped(at):
    return lambda said: said[:at] + bytes([said[at] ^ 1]) + said[at:][1:]


def swapped(said):
    """Two pieces of the same length change places."""
    start, length = len(copies.MAGIC) + 7, PIECE_BYTES + 20
    label = int.from_bytes(said[start : start + 4], "big") + 4
    first, second = start + label, start + label + length
    return said[:first] + said[second : second + length] + said[first:second] + said[second + length :]


DAMAGE = {
    "one bit of the label": flipped(60),
    "one bit in the middle": flipped(PIECE_BYTES),
    "the last bit": flipped(-1),
    "the end is missing": lambda said: said[:-PIECE_BYTES],
    "the last piece is missing": lambda said: said[: len(copies.MAGIC) + 7 + PIECE_BYTES],
    "something is added": lambda said: said + b"\0\0\0\1x",
    "two pieces are swapped": swapped,
    "nothing but the beginning": lambda said: said[: len(copies.MAGIC)],
    "nothing": lambda said: b"",
    "another file": lambda said: b"PK" + said,
}


def why_not(copy, into):
    try:
        copies.open_copy(copy, into)
    except copies.NotSound as why:
        return str(why)


def test_however_a_copy_is_damaged_it_is_refused(copy, tmp_path):
    said, into = copy.read_bytes(), tmp_path / "opened"
    accepted = [why_not(copy, into)]
    refused = {}
    for damage, do in DAMAGE.items():
        copy.write_bytes(do(said))
        refused[damage] = (why_not(copy, into), into.exists())

    assert accepted == [None]
    assert [damage for damage, (why, is_left) in refused.items() if not why or is_left] == []
    print(f"count: ways of damaging a backup, all refused = {len(refused)}")


def test_nothing_is_put_in_place_of_a_database_when_a_copy_is_damaged(place, copy):
    app, database, _backups = place
    before = rows_of(database)
    copy.write_bytes(copy.read_bytes()[:-1])

    answer = run(app, "backup", "restore", str(copy), "--replace")

    assert (answer.exit_code, "not sound" in answer.output) == (1, True), answer.output
    assert rows_of(database) == before
    assert not copies.restoring_beside(database).exists()


@pytest.mark.parametrize(
    ("lie", "words"),
    [({"sha256": "0" * 64}, "checksum"), ({"bytes": 1}, "checksum"), ({"rows": {"court": 2}}, "other rows")],
    ids=str,
)
def test_a_copy_that_is_not_what_its_label_says_is_refused(place, copy, tmp_path, lie, words):
    """As when something went wrong before it was encrypted."""
    label = copies.open_copy(copy, tmp_path / "opened")
    copies._write(tmp_path / "opened", replace(label, **lie), copy)

    with pytest.raises(copies.NotSound, match=words):
        copies.open_copy(copy, tmp_path / "again")

    assert not (tmp_path / "again").exists()


def test_a_damaged_database_is_not_copied(place):
    app, database, backups = place
    with closing(sqlite3.connect(database, isolation_level=None)) as damaged:
        damaged.execute("PRAGMA foreign_keys=OFF")
        damaged.execute("DROP TRIGGER IF EXISTS wall_school_stay")
        damaged.execute("UPDATE school SET court_id = 99")

    answer = run(app, "backup", "make")

    assert (answer.exit_code, "not sound and was thrown away" in answer.output) == (1, True)
    assert list(backups.iterdir()) == []


def test_what_a_copy_that_was_cut_off_left_is_cleared_away(place):
    app, database, backups = place
    backups.mkdir()
    left = [
        backups / "youthcourt-20260301T000000.unproved",
        copies.plain_beside(database),
        copies.restoring_beside(database),
        database.with_name(f"{database.name}.restoring-wal"),
    ]
    for each in left:
        each.write_text("Zephyrine")

    answer = run(app, "retention", "run")

    assert answer.exit_code == 0, answer.output
    assert [each for each in left if each.exists()] == []


def test_a_database_that_somebody_still_uses_is_not_replaced(place, copy):
    app, database, _backups = place

    with closing(sqlite3.connect(database)) as server:
        server.execute("SELECT name FROM court").fetchall()
        answer = run(app, "backup", "restore", str(copy), "--replace")

    assert (answer.exit_code, "Stop the server first" in answer.output) == (1, True), answer.output
    assert run(app, "backup", "restore", str(copy), "--replace").exit_code == 0


def test_a_copy_made_before_copies_were_encrypted_still_comes_back(place, tmp_path):
    app, database, _backups = place
    before, plain = rows_of(database), tmp_path / "youthcourt-20260301T000000.sqlite"
    with closing(sqlite3.connect(database, isolation_level=None)) as source:
        source.execute("VACUUM INTO ?", (str(plain),))

    answer = run(app, "backup", "restore", str(plain), "--replace")

    assert answer.exit_code == 0, answer.output
    lost = set(before) - set(rows_of(database))
    assert [row for row in lost if "audit_head" not in row] == []
    assert told_of_restores() == [("Quillfeather County", {"made_at": "2026-03-01T00:00:00+00:00"})]


def told_of_restores():
    restored = select(m.Court.name, m.AuditEvent.particulars).join(
        m.AuditEvent, m.AuditEvent.court_id == m.Court.id
    )
    found = restored.where(m.AuditEvent.event == "court.restored").order_by(m.Court.id)
    return [tuple(row) for row in db.session.execute(found)]


def test_each_court_is_told_in_its_trail_that_its_records_were_brought_back(place):
    app, database, backups = place
    make.court(name="Bay County")
    db.session.commit()
    copy = copies.make(database, backups, make.SATURDAY)
    before = told_of_restores()

    answer = run(app, "backup", "restore", str(copy), "--replace")

    when = {"made_at": make.SATURDAY.isoformat()}
    assert (answer.exit_code, before) == (0, []), answer.output
    assert told_of_restores() == [("Quillfeather County", when), ("Bay County", when)]
    assert [each.is_sound for each in checking_trail.check_all(db.session.connection())] == [True, True]


def test_old_copies_go_with_their_time(place, copy):
    _app, _database, backups = place
    older = backups / "youthcourt-20260101T000000.sqlite"
    older.write_text("")
    (backups / "purge-ledger.jsonl").write_text(json.dumps({}))

    copies.drop_old(backups, make.SATURDAY)

    assert sorted(each.name for each in backups.iterdir()) == ["purge-ledger.jsonl", copy.name]
