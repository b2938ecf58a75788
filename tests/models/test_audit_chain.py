"""The chain of the audit trail: in order whoever writes, refused to those who would alter it."""

import hmac
import json
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests import make
from tests.cast import cast_of
from tests.conftest import app_on
from tests.migrated import a_copy, the_template  # noqa: F401 - fixtures
from tests.stages import active
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db, writing
from youthcourt.models.audit_chain import forget_about, forget_case, sealed
from youthcourt.procedures import checking_trail
from youthcourt.procedures.checking_trail import Broken, Fault
from youthcourt.walls import in_every_court


@pytest.fixture
def migrated(migrated_database):
    """The application on tables as production has them: with what the database itself refuses."""
    app = app_on(migrated_database)
    with app.app_context(), writing():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def house(migrated):
    """A court with a case on its plan, all of it kept."""
    court = make.court()
    cast = cast_of(court)
    cast.case = active(court, cast)
    db.session.commit()
    return cast


def checked(court_id):
    db.session.commit()
    return checking_trail.check(db.session.connection(), court_id)


def faults(court_id):
    return checked(court_id).fault


def test_every_line_gets_its_place_when_it_is_kept(house):
    lines = db.session.execute(
        select(m.AuditEvent.number, m.AuditEvent.previous, m.AuditEvent.hash).order_by(m.AuditEvent.id)
    ).all()
    head = db.session.scalars(select(m.AuditHead)).one()

    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert [line.previous for line in lines[1:]] == [line.hash for line in lines[:-1]]
    assert (head.court_id, head.count, head.hash) == (house.court.id, len(lines), lines[-1].hash)


def test_an_untouched_chain_is_sound(house):
    found = checked(house.court.id)

    assert (found.is_sound, found.count) == (True, db.session.scalar(select(func.count(m.AuditEvent.id))))


def test_each_court_has_a_chain_of_its_own(house):
    bay = make.court("Bay County Youth Court")
    make.user(bay, "Olga Ivanova", "coordinator")
    house.case.record("case.probed", by=house.cora)
    db.session.commit()

    numbers = select(m.AuditEvent.number).where(m.AuditEvent.court_id == bay.id)

    assert db.session.scalars(numbers.order_by(m.AuditEvent.id)).all() == [1, 2, 3]
    assert [faults(bay.id), faults(house.court.id)] == [None, None]


def test_what_is_undone_leaves_no_gap(house):
    before = checked(house.court.id).count
    house.case.record("case.probed", by=house.cora)
    db.session.flush()
    db.session.rollback()
    kept = db.session.begin_nested()
    house.case.record("case.probed", by=house.cora)
    db.session.flush()
    kept.rollback()
    house.case.record("case.probed", by=house.cora)

    found = checked(house.court.id)

    assert (found.fault, found.count) == (None, before + 1)


def test_a_line_that_a_savepoint_keeps_is_chained_once(house):
    before = checked(house.court.id).count
    house.case.record("case.probed", by=house.cora)
    with db.session.begin_nested():
        house.case.record("case.probed", by=house.cora)

    found = checked(house.court.id)

    assert (found.fault, found.count) == (None, before + 2)


# Many at once

WRITERS, ROUNDS = 8, 12


def race(app, write, writers=WRITERS, rounds=ROUNDS):
    """What the database refuses when everybody writes at the same moment, each in a session of their own."""
    start = threading.Barrier(writers)
    failures = []

    def work(number):
        with app.app_context(), clock.at(make.SATURDAY), in_every_court():
            start.wait()
            for turn in range(rounds):
                try:
                    with writing():
                        write(number, turn)
                        db.session.commit()
                except DBAPIError as error:
                    failures.append(str(error))
                finally:
                    db.session.rollback()
            db.session.remove()

    threads = [threading.Thread(target=work, args=[number]) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_eight_writers_at_once_make_one_chain(migrated, house, engine_name):
    court_id, before = house.court.id, checked(house.court.id).count
    db.session.remove()

    failures = race(
        migrated, lambda *_turn: db.session.get(m.Court, court_id).record("court.probed", by=None)
    )

    found = checked(court_id)
    assert (failures, found.fault, found.count) == ([], None, before + WRITERS * ROUNDS)
    print(f"count: lines chained by {WRITERS} racing writers on {engine_name} = {WRITERS * ROUNDS}")


def test_two_courts_in_one_transaction_never_wait_for_each_other_in_a_circle(migrated, house):
    bay = make.court("Bay County Youth Court")
    db.session.commit()
    courts = [house.court.id, bay.id]
    db.session.remove()

    def write(number, _turn):
        for court_id in courts if number % 2 else reversed(courts):
            db.session.get(m.Court, court_id).record("court.probed", by=None)
            db.session.flush()

    failures = race(migrated, write)

    assert (failures, [faults(each) for each in courts]) == ([], [None, None])


@pytest.mark.only_on("postgresql")  # SQLite has one writer, so nobody else can read the head meanwhile
def test_a_chain_whose_head_nobody_holds_would_fork(migrated, house, engine_name, monkeypatch):
    """The planted fault: two who read the head at the same moment give the same number out."""
    court_id, meeting = house.court.id, threading.Barrier(2)
    db.session.remove()

    def head_without_lock(connection, court_id):
        heads = select(m.AuditHead.count, m.AuditHead.hash).where(m.AuditHead.court_id == court_id)
        head = tuple(connection.execute(heads).one())
        meeting.wait(10)
        return head

    monkeypatch.setattr("youthcourt.models.audit_chain._head_of", head_without_lock)

    def write(*_turn):
        db.session.get(m.Court, court_id).record("court.probed", by=None)

    failures = race(migrated, write, writers=2, rounds=1)

    assert ["uq_audit_event_court_id_number" in each for each in failures] == [True]


# What the database refuses

REFUSED = [
    "UPDATE audit_event SET event = 'case.probed' WHERE number = 3",
    "UPDATE audit_event SET by_id = NULL WHERE number = 3",
    "UPDATE audit_event SET particulars = '{}' WHERE number = 3",
    "UPDATE audit_event SET particulars = NULL WHERE number = 3",
    "UPDATE audit_event SET hash = previous WHERE number = 3",
    "UPDATE audit_event SET hash = NULL, previous = NULL, number = NULL WHERE number = 3",
    "UPDATE audit_event SET commitment = hash, particulars = NULL, salt = NULL WHERE number = 3",
    "DELETE FROM audit_event WHERE number = 3",
    "DELETE FROM audit_event",
]
INTO = (
    "INTO audit_event (id, court_id, at, event, subject, subject_id, commitment, number) "
    "SELECT id, court_id, at, 'case.probed', subject, subject_id, commitment, number "
    "FROM audit_event WHERE number = 3"
)


def is_refused(statement):
    try:
        db.session.execute(text(statement))
    except DBAPIError:
        return True
    finally:
        db.session.rollback()
    return False


def test_the_database_refuses_to_alter_or_remove_a_line(house, engine_name):
    replaced = f"INSERT OR REPLACE {INTO}" if engine_name == "sqlite" else f"INSERT {INTO}"
    allowed = "UPDATE audit_event SET particulars = NULL, salt = NULL WHERE number = 3"

    done = [each for each in [*REFUSED, f"INSERT {INTO}", replaced, allowed] if not is_refused(each)]

    assert done == [allowed]
    assert faults(house.court.id) is None


def test_the_particulars_of_a_line_may_be_emptied_but_that_is_noticed(house):
    db.session.execute(text("UPDATE audit_event SET particulars = NULL, salt = NULL WHERE number = 3"))

    assert faults(house.court.id) == Fault(3, Broken.WORDS_GONE)


# Forgetting


def words_of(case_id):
    lines = select(m.AuditEvent.particulars).where(m.AuditEvent.case_id == case_id)
    return [words for words in db.session.scalars(lines) if words]


def test_a_case_is_forgotten_and_the_chain_is_sound(house):
    case, other = house.case, make.referred(house.court, house.cora, name="Sami Stranger")
    db.session.commit()
    told, others = len(words_of(case.id)), words_of(other.id)

    forgotten = forget_case(case, by=house.cora)

    assert (faults(house.court.id), words_of(case.id), words_of(other.id)) == (None, [], others)
    assert forgotten == told > 10
    last = db.session.scalars(select(m.AuditEvent).order_by(m.AuditEvent.id.desc())).first()
    assert (last.event, last.case_id, len(last.particulars["numbers"])) == (
        "audit.particulars_purged",
        None,
        forgotten,
    )


def test_what_was_written_in_the_same_transaction_is_forgotten_too(house):
    house.case.record("case.probed", by=house.cora, secret="Rosa Ruiz")

    forget_case(house.case, by=house.cora)
    house.case.record("case.purged", by=house.cora)

    assert (faults(house.court.id), words_of(house.case.id)) == (None, [])


def test_forgetting_twice_forgets_nothing_more(house):
    forget_case(house.case, by=house.cora)

    assert forget_case(house.case, by=house.cora) == 0
    assert faults(house.court.id) is None


def test_an_account_is_forgotten_and_may_go(house):
    renee = make.user(house.court, "Renee Tate", "family")
    house.case.record("case.probed", by=renee)
    db.session.commit()

    forgotten = forget_about(house.court, "user", [renee.id], by=house.cora)
    db.session.delete(renee.grants[0])
    db.session.delete(renee)

    assert (faults(house.court.id), forgotten) == (None, 2)
    line = db.session.scalars(select(m.AuditEvent).where(m.AuditEvent.event == "case.probed")).one()
    assert (line.by, line.by_id is None) == (None, False)


@pytest.mark.only_on("sqlite")  # PostgreSQL writes over its own pages when it is vacuumed
def test_no_word_of_a_forgotten_case_is_left_in_the_file(house, engine_name):
    house.case.record("case.probed", by=house.cora, said="Xylophonia Quetzal")
    db.session.commit()
    before = b"Xylophonia" in bytes_of_database()

    forget_case(house.case, by=house.cora)
    db.session.commit()
    db.session.remove()
    db.engine.dispose()  # the last one out brings the log into the file

    assert (before, b"Xylophonia" in bytes_of_database()) == (True, False)


def bytes_of_database():
    path = Path(db.engine.url.database)
    return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))


@pytest.mark.parametrize("key", [b"k", b"k" * 48, b"k" * 64, b"k" * 65, b"k" * 500], ids=len)
def test_a_seal_is_the_hmac_of_the_line_as_json_whatever_stands_in_it(key):
    values = [
        0,
        1,
        -7,
        2**63,
        True,
        1.5,
        None,
        "",
        "7",
        'a "quoted"\\ word',
        "\u202eé\n\x00",
        "🙂",
        b"x".hex(),
    ]
    usual = [1, 2, 3, "2026-03-07 17:00:00.000000", "case.opened", "case", 4, None, 5, "c" * 64]
    lines = [[*usual[:at], value, *usual[at + 1 :]] for at in range(len(usual)) for value in values]

    wrong = [
        line
        for line in lines
        if sealed(key, "p" * 64, line)
        != hmac.digest(key, ("p" * 64 + json.dumps(line, separators=(",", ":"))).encode(), "sha256").hex()
    ]

    assert wrong == []
