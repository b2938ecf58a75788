"""After a purge nothing is left: every file of the data folder is searched, and a restored backup too."""

import gzip
import json
import os
import signal
import sqlite3
import zipfile
import zlib
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from flask_migrate import upgrade
from sqlalchemy import event, func, select

from tests import make
from tests.cast import cast_of
from tests.conftest import app_on
from tests.database import in_hand, made_by_migrations
from tests.postgres import create_database, owned, postgres_server
from tests.traces import ENCODINGS, PACKED, traces
from tests.views.test_sealed import CANARIES, CANARIES_OF_THE_NIGHT, panel_with, sealed_case
from youthcourt import clock
from youthcourt import models as m
from youthcourt.boot import why_not_serve
from youthcourt.extensions import Base, db, writing
from youthcourt.models.audit_chain import GENESIS, columns_sealed, keys, sealed
from youthcourt.models.completion.sealing import seeing_sealed
from youthcourt.procedures.completion import purging, sealing
from youthcourt.procedures.completion.ledger import Ledger
from youthcourt.procedures.court import closing

OF_THE_NIGHT = set(CANARIES_OF_THE_NIGHT.values())
WORDS = {*CANARIES.values(), *OF_THE_NIGHT, "zephyrine@home.example", "2010-11-23", "Amélie-Zoé"}
LATER = make.SATURDAY + timedelta(days=8)


@pytest.fixture(scope="module")
def server(engine_name):
    if engine_name == "sqlite":
        yield None
        return
    with postgres_server() as url:
        yield url


@pytest.fixture
def place(server, tmp_path):
    """An application on migrated tables, the folder its data lies in, and a folder for backups beside it."""
    data, backups = tmp_path / "data", tmp_path / "backups"
    data.mkdir()
    if server is None:
        yield from _opened(f"sqlite:///{data}/youthcourt.sqlite", data, backups)
        return
    folder = Path(server.query["host"]) / "data"
    with create_database(server) as url:
        owner = owned(url).render_as_string(hide_password=False)
        yield from _opened(made_by_migrations(url), folder, backups, owner)


def _opened(url, data, backups, owner=None):
    app = app_on(url)
    app.config["MIGRATION_DATABASE_URL"] = owner
    app.config["BACKUPS"] = str(backups)
    with app.app_context():
        upgrade()
        yield app, data, backups
        db.session.remove()
        db.engine.dispose()


class Approvers(NamedTuple):
    cora: int
    ada: int


def court_with_record(is_sealed=True):
    """A completed case full of words to look for, with another case beside it, saved."""
    with writing():
        court = make.court()
        cast = cast_of(court)
        case = sealed_case(court, cast)
        person = case.respondent
        person.email, person.born_on, person.phone = "zephyrine@home.example", date(2010, 11, 23), "555-0177"
        person.mailing_address, person.race = "77 Marigold Crescent", "Amélie-Zoé"
        day = case.hearing.court_session
        make.closed(day, by=cast.cora)
        closing.reopen_day(day, "Zephyrine had come; Odalys QUILLFEATHER told us.", by=cast.cora)
        make.closed(day, by=cast.cora)
        panel_with(court, cast, person)
        person.born_on = date(2010, 11, 23)
        case.record("case.contact_changed", by=cast.cora, person=person.id, changed=["Odalys"])
        m.Invitation.issue(db.session.scalars(select(m.User).where(m.User.person_id == person.id)).first())
        typed = {"note": ["Barnaby Featherstone called about Zephyrine."]}
        m.Draft.keep(cast.cora, f"/cases/{case.id}/return", typed, case.id)
        db.session.commit()
        if is_sealed:
            sealing.seal(case, "Done; said Barnaby Featherstone.", by=cast.cora)
            db.session.commit()
    return Approvers(cast.cora.id, cast.ada.id), case.id


def destroy(case_id, people, backups):
    """Proposed by one, confirmed by another eight days later, as the pages do it."""
    with writing(), seeing_sealed():
        case = db.session.get(m.Case, case_id)
        proposed = purging.propose(case, "The wait is over.", by=db.session.get(m.User, people.cora))
        db.session.commit()
        with clock.at(LATER):
            purging.confirm(proposed, by=db.session.get(m.User, people.ada), ledger=Ledger(backups))
            db.session.commit()
    db.session.remove()


def run(app, *words):
    db.session.remove()
    result = app.test_cli_runner().invoke(args=list(words))
    assert result.exit_code == 0, result.output
    return result.output


def settle(engine):
    """Everything written is in the files, and so is what PostgreSQL notes of frequent values."""
    db.session.remove()
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
            connection.exec_driver_sql("CHECKPOINT")


# PostgreSQL's own log is the gap that the README tells of: the server writes over it in its own time.
LOG_OF_SERVER = ("pg_wal",)


def words_found(data):
    return {word for _file, word, _how in traces(data, WORDS, leaving_out=LOG_OF_SERVER)}


@pytest.mark.parametrize("is_sealed", [True, False], ids=["sealed before", "never sealed"])
def test_nothing_that_identifies_is_left_in_any_file(place, is_sealed):
    app, data, backups = place
    people, case_id = court_with_record(is_sealed)
    settle(in_hand())
    before = words_found(data)

    destroy(case_id, people, backups)
    run(app, "retention", "run")

    # On PostgreSQL a day is kept as a number, which is no text to be found.
    on_sqlite = db.engine.dialect.name == "sqlite"
    assert before == (WORDS if on_sqlite else WORDS - {"2010-11-23"})
    assert traces(data, WORDS, leaving_out=LOG_OF_SERVER) == set()
    assert traces(backups, WORDS) == set()
    assert [each.swept_at is not None for each in db.session.scalars(select(m.Purge))] == [True]
    print(f"count: identifiers searched after purge = {len(WORDS)} in {len(ENCODINGS) + len(PACKED)} ways")


def test_what_stays_adds_up_and_names_nobody(place):
    app, _data, backups = place
    people, case_id = court_with_record()
    destroy(case_id, people, backups)
    run(app, "retention", "run")

    [purged] = db.session.scalars(select(m.Purge))
    minutes = [account.balance() for account in db.session.scalars(select(m.Account))]
    with seeing_sealed():
        seated = {str(seat.juror) for seat in db.session.scalars(select(m.Seat))}
        figures, marks = (
            db.session.scalar(select(func.count()).select_from(t))
            for t in (m.CaseFigure, m.ParticipationMark)
        )
        cases = db.session.scalars(select(m.Case.number)).all()

    assert (purged.proposed_by.name, purged.confirmed_by.name) == ("Cora Diaz", "Ada Admin")
    assert sum(minutes) == 0
    assert sealing.STAND_IN in seated
    assert (len(cases), figures, marks) == (2, 1, 1)
    assert Ledger(backups).entries()[0].token == purged.token


def test_the_trail_of_the_court_is_whole_after_a_purge(place):
    _app, _data, backups = place
    people, case_id = court_with_record()
    destroy(case_id, people, backups)

    with seeing_sealed():
        told = db.session.scalars(select(m.AuditEvent).where(m.AuditEvent.case_id == case_id)).all()
    assert broken_links() == []
    assert len(told) > 20
    assert all(line.particulars in (None, {}) for line in told)


@pytest.mark.only_on("sqlite")  # PostgreSQL is restored by its own tools; the next test replays the ledger
def test_the_oldest_backup_forgets_too_when_it_is_brought_back(place, tmp_path):
    app, _data, backups = place
    people, case_id = court_with_record()
    copy = Path(run(app, "backup", "make").strip())
    run(app, "backup", "open", str(copy), str(tmp_path / "plain"))
    readable = {word for file, word, _how in traces(tmp_path, WORDS) if file == "plain"}
    (tmp_path / "plain").unlink()
    destroy(case_id, people, backups)
    run(app, "retention", "run")

    output = run(app, "backup", "restore", str(copy), "--replace")

    assert "1 records that were destroyed since" in output
    assert readable == WORDS
    assert traces(tmp_path, WORDS) == set()
    assert db.session.scalars(select(m.Case.number)).all() == ["YC-2026-0002", "YC-2026-0003"]
    assert run(app, "retention", "run")
    print(f"count: identifiers searched after restoring a backup = {len(WORDS)}")


def test_the_ledger_is_replayed_by_the_nightly_run(place):
    """As after a restore by other tools, or when a purge was killed between its line and its commit."""
    app, data, backups = place
    people, case_id = court_with_record()
    with seeing_sealed():
        token = db.session.get(m.Case, case_id).token
    line = purging.Entry(token, make.SATURDAY.isoformat(), "completed", "", "", *people, True)
    Ledger(backups).write(line)
    refused = why_not_serve(app)

    output = run(app, "retention", "run")

    assert refused == ["Records that were destroyed are in this copy again. Run: flask retention run"]
    assert why_not_serve(app) == []
    assert "1 purges were finished" in output
    assert traces(data, WORDS, leaving_out=LOG_OF_SERVER) == set()
    assert "0 purges were finished" in run(app, "retention", "run")


def test_who_is_not_the_owner_is_told_whom_the_sweep_needs(place):
    app, _data, backups = place
    people, case_id = court_with_record()
    destroy(case_id, people, backups)
    owner, app.config["MIGRATION_DATABASE_URL"] = app.config["MIGRATION_DATABASE_URL"], None

    alone = app.test_cli_runner().invoke(args=["retention", "run"])
    app.config["MIGRATION_DATABASE_URL"] = owner
    run(app, "retention", "run")

    on_sqlite = db.engine.dialect.name == "sqlite"
    assert (alone.exit_code, "MIGRATION_DATABASE_URL" in alone.output) == (
        (0, False) if on_sqlite else (1, True)
    )
    assert purging.unswept(db.session()) == []


def test_a_line_that_was_cut_off_in_writing_does_no_harm(tmp_path):
    ledger = Ledger(tmp_path)
    first, second = (
        purging.Entry(token, make.SATURDAY.isoformat(), "completed", "a {rule}", "", 1, 2, True)
        for token in ("1" * 32, "2" * 32)
    )
    ledger.write(first)
    whole = ledger.path.read_bytes()
    for length in range(len(whole)):
        ledger.path.write_bytes(whole + whole[:length])

        ledger.write(second)

        assert ledger.entries() == [first, second]


def broken_links():
    """The numbers of lines whose seal is not the one that the line before and the line itself give."""
    lines = m.AuditEvent.__table__
    with db.engine.connect() as connection:
        said = select(lines.c.hash, *columns_sealed(connection.dialect.name)).order_by(lines.c.number)
        previous, broken = GENESIS, []
        for seal, *line in connection.execute(said):
            if seal != sealed(keys()[-1], previous, line):
                broken.append(line[1])
            previous = seal
    return broken


def counts():
    with db.engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }


@pytest.mark.parametrize("after", [1, 9, 40])
def test_killed_in_the_middle_a_purge_leaves_everything(place, after):
    _app, _data, backups = place
    people, case_id = court_with_record()
    before = counts()
    db.session.remove()
    db.engine.dispose()

    child = os.fork()
    if child == 0:
        _die_while_purging(case_id, people, backups, after)
    _pid, status = os.waitpid(child, 0)

    assert os.WTERMSIG(status) == signal.SIGKILL
    assert counts() == before


def _die_while_purging(case_id, people, backups, after):
    """In a process of its own: killed when so many rows were to be deleted or changed."""
    changes = []

    def count(_connection, _cursor, statement, *_rest):
        if statement.startswith(("DELETE", "UPDATE")):
            changes.append(statement)
            if len(changes) == after:
                os.kill(os.getpid(), signal.SIGKILL)

    try:
        event.listen(db.engine, "before_cursor_execute", count)
        with writing(), seeing_sealed():
            case = db.session.get(m.Case, case_id)
            proposed = purging.propose(case, "The wait is over.", by=db.session.get(m.User, people[0]))
            with clock.at(LATER):
                purging.confirm(proposed, by=db.session.get(m.User, people[1]), ledger=Ledger(backups))
    finally:
        os._exit(1)


# The search itself


def test_a_plain_delete_leaves_what_the_search_finds(tmp_path):
    with sqlite3.connect(tmp_path / "plain.sqlite") as plain:
        plain.execute("PRAGMA secure_delete=OFF")
        plain.execute("CREATE TABLE person (name TEXT)")
        plain.executemany("INSERT INTO person VALUES (?)", [("Zephyrine Quillfeather",)] * 100)
        plain.commit()
        plain.execute("DELETE FROM person")
    plain.close()

    assert "Zephyrine" in {word for _file, word, _how in traces(tmp_path, WORDS)}


@pytest.mark.parametrize("word", ["Amélie-Zoé", "zephyrine@home.example"])
def test_the_search_finds_a_word_however_it_is_written(tmp_path, word):
    for name, write in ENCODINGS.items():
        for number, pattern in enumerate(write(word)):
            (tmp_path / f"{name} {number}").write_bytes(b"xx" + pattern + b"yy")
    (tmp_path / "gzip").write_bytes(b"head" + gzip.compress(word.encode()))
    (tmp_path / "pdf").write_bytes(b"obj stream\n" + zlib.compress(word.encode()) + b"\nendstream")
    with zipfile.ZipFile(tmp_path / "zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("sheet.xml", word * 9)

    files = {path.name for path in tmp_path.iterdir()}

    assert {file for file, _word, _how in traces(tmp_path, [word])} == files
    assert len(ENCODINGS) >= 12


def test_the_ledger_holds_no_name(place):
    _app, _data, backups = place
    people, case_id = court_with_record()
    destroy(case_id, people, backups)

    [line] = Ledger(backups).path.read_text().splitlines()

    assert set(json.loads(line)) == {
        *("token", "purged_at", "kind", "rule", "citation", "proposed_by", "confirmed_by", "keeps_mark")
    }
