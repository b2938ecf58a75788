"""A thousand ways to alter a trail, each of them noticed."""

from collections import Counter
from random import Random

import pytest
from flask import current_app
from sqlalchemy import select, text

from tests import make
from tests.cast import cast_of
from tests.conftest import app_on
from tests.database import in_hand
from tests.migrated import a_copy, the_template  # noqa: F401 - fixtures
from youthcourt import models as m
from youthcourt.extensions import db, writing
from youthcourt.models.audit_chain import FORGOTTEN, columns_sealed, forget_case, keys, sealed
from youthcourt.procedures import checking_trail
from youthcourt.procedures.checking_trail import Broken

TAMPERINGS = {"sqlite": 1_000, "postgresql": 200}  # the check is the same; only how columns are read differs
WITHOUT_TRIGGERS = {
    "sqlite": [
        *(f"DROP TRIGGER audit_event_is_never_{done}" for done in ("altered", "removed", "replaced")),
        "DROP TRIGGER wall_audit_event_stay",
    ],
    "postgresql": [
        "DROP TRIGGER audit_event_is_never_altered ON audit_event",
        "DROP TRIGGER one_court ON audit_event",
    ],
}


class Trail:
    """The trails of two courts, in the hands of somebody who may write to the database as they please."""

    def __init__(self, connection, random):
        self.connection, self.random = connection, random
        rows = "SELECT court_id, number, id FROM audit_event ORDER BY court_id, number"
        self.rows = connection.execute(text(rows)).all()
        self.courts = sorted({row.court_id for row in self.rows})

    def run(self, statement, **values):
        return self.connection.execute(text(statement), values)

    def any_line(self, but_the_last=0):
        court_id = self.random.choice(self.courts)
        rows = [row for row in self.rows if row.court_id == court_id]
        return self.random.choice(rows[: len(rows) - but_the_last])

    def line_with_words(self):
        """Any line whose particulars say something and were not forgotten."""
        kept = (
            "SELECT id FROM audit_event WHERE particulars IS NOT NULL AND particulars <> '{}' AND event <> :e"
        )
        ids = set(self.connection.scalars(text(kept), {"e": FORGOTTEN}))
        return self.random.choice([row for row in self.rows if row.id in ids])

    def told(self, line_id):
        return self.run("SELECT * FROM audit_event WHERE id = :id", id=line_id).mappings().one()

    def set(self, line_id, **values):
        names = ", ".join(f"{name} = :{name}" for name in values)
        self.run(f"UPDATE audit_event SET {names} WHERE id = :line_id", line_id=line_id, **values)

    def insert(self, **values):
        names = ", ".join(values)
        self.run(f"INSERT INTO audit_event ({names}) VALUES (:{', :'.join(values)})", **values)

    def last_of(self, court_id):
        return [row for row in self.rows if row.court_id == court_id][-1]

    def set_head(self, court_id, count, seal):
        self.run(
            "UPDATE audit_head SET count = :n, hash = :h WHERE court_id = :c", n=count, h=seal, c=court_id
        )

    def reseal(self, court_id, key):
        """Make every seal of a court anew, its head too."""
        count, seal = 0, checking_trail.GENESIS
        lines = m.AuditEvent.__table__.c
        asked = select(*columns_sealed(self.connection.dialect.name)).where(lines.court_id == court_id)
        for court, _number, line_id, *said in self.connection.execute(asked.order_by(lines.number)).all():
            count, previous = count + 1, seal
            seal = sealed(key, previous, [court, count, line_id, *said])
            self.set(line_id, number=count, previous=previous, hash=seal)
        self.set_head(court_id, count, seal)


def edit_a_column(trail):
    line = trail.told(trail.any_line().id)
    column = trail.random.choice(
        ["event", "subject", "subject_id", "case_id", "by_id", "at", "previous", "hash", "commitment", "id"]
    )
    numbers = {"subject_id", "case_id", "by_id", "id"}
    if column == "at":
        earlier = {"sqlite": "datetime(at, '-1 hour')", "postgresql": "at - interval '1 hour'"}
        shift = earlier[trail.connection.dialect.name]
        trail.run(f"UPDATE audit_event SET at = {shift} WHERE id = :id", id=line["id"])
    elif column in numbers:
        trail.set(line["id"], **{column: (line[column] or 0) + trail.random.randint(1_000, 9_999)})
    else:
        trail.set(line["id"], **{column: trail.random.choice(["", "case.probed", "0" * 64])})


def change_the_words(trail):
    trail.set(trail.any_line().id, particulars='{"role":"administrator!"}')


def change_the_salt(trail):
    trail.set(trail.any_line().id, salt="00" * 32)


def take_the_words_away(trail):
    trail.set(trail.line_with_words().id, particulars=None, salt=None)


def take_only_the_salt_away(trail):
    trail.set(trail.line_with_words().id, salt=None)


def swap_the_words_of_two(trail):
    one, other = trail.told(trail.line_with_words().id), trail.told(trail.line_with_words().id)
    while one["id"] == other["id"]:
        other = trail.told(trail.line_with_words().id)
    trail.set(one["id"], particulars=other["particulars"], salt=other["salt"])
    trail.set(other["id"], particulars=one["particulars"], salt=one["salt"])


def remove_a_line(trail):
    trail.run("DELETE FROM audit_event WHERE id = :id", id=trail.any_line().id)


def remove_a_line_and_close_the_gap(trail):
    gone = trail.any_line(but_the_last=1)
    trail.run("DELETE FROM audit_event WHERE id = :id", id=gone.id)
    for row in trail.rows:
        if row.court_id == gone.court_id and row.number > gone.number:
            trail.set(row.id, number=row.number - 1)


def put_a_line_in_unsealed(trail):
    line = trail.told(trail.any_line().id)
    trail.insert(**{**line, "id": 99_999, "number": None, "previous": None, "hash": None})


def put_a_line_at_the_end_without_the_key(trail):
    last = trail.told(trail.last_of(trail.random.choice(trail.courts)).id)
    number, seal = last["number"] + 1, "ab" * 32
    trail.insert(**{**last, "id": 99_999, "number": number, "previous": last["hash"], "hash": seal})
    trail.set_head(last["court_id"], number, seal)


def tell_a_line_twice(trail):
    line, last = trail.told(trail.any_line().id), None
    last = trail.told(trail.last_of(line["court_id"]).id)
    place = {"id": 99_999, "number": last["number"] + 1, "previous": last["hash"]}
    trail.insert(**{**line, **place})
    trail.set_head(line["court_id"], last["number"] + 1, line["hash"])


def swap_two_neighbours(trail):
    line = trail.any_line(but_the_last=1)
    following = next(row for row in trail.rows if row[:2] == (line.court_id, line.number + 1))
    one, other = trail.told(line.id), trail.told(following.id)
    place = ("number", "previous", "hash")
    trail.set(line.id, number=-1)
    trail.set(following.id, **{name: one[name] for name in place})
    trail.set(line.id, **{name: other[name] for name in place})


def cut_the_tail(trail):
    """With the head rolled back to fit: nothing inside the database tells."""
    court_id = trail.random.choice(trail.courts)
    rows = [row for row in trail.rows if row.court_id == court_id]
    left = trail.random.randint(1, len(rows) - 1)
    trail.run("DELETE FROM audit_event WHERE court_id = :c AND number > :n", c=court_id, n=left)
    trail.set_head(court_id, left, trail.told(rows[left - 1].id)["hash"])


def rebuild_the_chain_with_the_key(trail):
    line = trail.any_line()
    trail.set(line.id, subject_id=trail.random.randint(10_000, 99_999))
    trail.reseal(line.court_id, keys()[-1])


def rebuild_the_chain_without_the_key(trail):
    line = trail.any_line()
    trail.set(line.id, subject_id=trail.random.randint(10_000, 99_999))
    trail.reseal(line.court_id, b"a guess at the key")


def remove_the_whole_trail_of_a_court(trail):
    court_id = trail.random.choice(trail.courts)
    for table in ("audit_event", "audit_head"):
        trail.run(f"DELETE FROM {table} WHERE court_id = :c", c=court_id)


def roll_the_head_back(trail):
    line = trail.told(trail.any_line(but_the_last=1).id)
    trail.set_head(line["court_id"], line["number"], line["hash"])


def remove_the_head(trail):
    trail.run("DELETE FROM audit_head WHERE court_id = :c", c=trail.random.choice(trail.courts))


def move_a_line_to_another_court(trail):
    line = trail.told(trail.any_line().id)
    there = next(court for court in trail.courts if court != line["court_id"])
    end = trail.told(trail.last_of(there).id)
    trail.set(line["id"], court_id=there, number=end["number"] + 1, previous=end["hash"])
    trail.set_head(there, end["number"] + 1, line["hash"])


def account_for_missing_words_without_the_key(trail):
    line = trail.line_with_words()
    trail.set(line.id, particulars=None, salt=None)
    forgotten = trail.run("SELECT id FROM audit_event WHERE event = 'audit.particulars_purged'").scalar_one()
    trail.set(forgotten, particulars=f'{{"numbers":[{line.number}]}}')


def write_what_is_no_text(trail):
    trail.run("UPDATE audit_event SET event = CAST(x'ff' AS TEXT) WHERE id = :id", id=trail.any_line().id)


ONLY_ANCHORS_TELL = [cut_the_tail, rebuild_the_chain_with_the_key, remove_the_whole_trail_of_a_court]
ONLY_COMMITMENTS_TELL = [change_the_words, change_the_salt, swap_the_words_of_two, take_only_the_salt_away]
OTHERS = [
    edit_a_column,
    edit_a_column,
    edit_a_column,
    take_the_words_away,
    remove_a_line,
    remove_a_line_and_close_the_gap,
    put_a_line_in_unsealed,
    put_a_line_at_the_end_without_the_key,
    tell_a_line_twice,
    swap_two_neighbours,
    rebuild_the_chain_without_the_key,
    roll_the_head_back,
    remove_the_head,
    move_a_line_to_another_court,
    account_for_missing_words_without_the_key,
]
EVERY_WAY = [*ONLY_ANCHORS_TELL, *ONLY_COMMITMENTS_TELL, *OTHERS]


@pytest.fixture
def trails(migrated_database):
    """Two courts with a trail each, one of them with a forgotten case; nothing refuses to alter them."""
    app = app_on(migrated_database)
    with app.app_context(), writing():
        for name in ("Harbor County Youth Court", "Bay County Youth Court"):
            court = make.court(name)
            cast = cast_of(court)
            cases = [make.referred(court, cast.cora, name=f"Kid{number} Tate") for number in range(4)]
            db.session.commit()
        forget_case(cases[0], by=cast.cora)
        db.session.commit()
        with in_hand().connect() as connection:
            for statement in WITHOUT_TRIGGERS[connection.dialect.name]:
                connection.execute(text(statement))
            connection.commit()
            yield connection
        db.session.remove()
        db.engine.dispose()


def found_after(connection, tamper, random, anchors):
    """The faults that a check finds once this has been done; then it is undone."""
    try:
        tamper(Trail(connection, random))
        return [each.fault.broken for each in checking_trail.check_all(connection, anchors) if each.fault]
    finally:
        connection.rollback()


def test_a_thousand_tamperings_are_all_detected(trails, engine_name):
    anchors, random = checking_trail.heads(trails), Random(2026)
    assert not any(each.fault for each in checking_trail.check_all(trails, anchors))
    undetected, detected = [], Counter()

    for turn in range(TAMPERINGS[engine_name]):
        tamper = EVERY_WAY[turn % len(EVERY_WAY)]
        faults = found_after(trails, tamper, random, anchors)
        detected[tamper.__name__] += bool(faults)
        if not faults:
            undetected.append((turn, tamper.__name__))

    assert undetected == []
    assert not any(each.fault for each in checking_trail.check_all(trails, anchors))
    on = "" if engine_name == "sqlite" else f" on {engine_name}"
    print(f"count: tamperings detected{on} = {detected.total()}")
    print(f"count: ways to tamper with a trail = {len(detected)}")


@pytest.mark.only_on("sqlite")  # PostgreSQL keeps no text that is none
def test_text_that_is_none_is_a_broken_link_and_no_crash(trails, engine_name):
    assert found_after(trails, write_what_is_no_text, Random(1), ()) == [Broken.UNREADABLE]


@pytest.mark.parametrize("tamper", ONLY_ANCHORS_TELL)
def test_without_anchors_a_check_would_miss_it(trails, tamper):
    """The planted fault: a check of the database against itself alone."""
    anchors = checking_trail.heads(trails)

    found = [found_after(trails, tamper, Random(3), noted) for noted in ((), anchors)]

    assert found == [[], [Broken.ANCHOR]]


@pytest.mark.parametrize("tamper", ONLY_COMMITMENTS_TELL)
def test_without_commitments_a_check_would_miss_it(trails, tamper, monkeypatch):
    """The planted fault: a check of the lines that never looks at their particulars."""
    anchors = checking_trail.heads(trails)
    told = found_after(trails, tamper, Random(3), anchors)
    monkeypatch.setattr(checking_trail._Reading, "_fault_of_words", lambda *_line: None)

    missed = found_after(trails, tamper, Random(3), anchors)

    assert (set(told), missed) == ({Broken.WORDS_CHANGED}, [])


def test_anchors_of_earlier_days_hold_as_the_trail_goes_on(trails):
    before = checking_trail.heads(trails)
    trails.rollback()
    for court in db.session.scalars(select(m.Court)):
        court.record("court.probed", by=None)
    db.session.commit()

    found = checking_trail.check_all(trails, [*before, *checking_trail.heads(trails)])

    assert [each.fault for each in found] == [None, None]


def test_a_key_that_was_given_up_still_opens_what_it_sealed_but_seals_nothing_more(trails):
    old = current_app.config["AUDIT_KEY"]
    current_app.config.update(AUDIT_KEY="a new key", AUDIT_KEYS_BEFORE=[old])
    court = db.session.scalars(select(m.Court)).first()
    court_id = court.id
    for _time in range(2):
        court.record("court.probed", by=None)
    db.session.commit()
    sound = [each.fault for each in checking_trail.check_all(trails)]

    trail = Trail(trails, Random(1))
    seal_again_with(trail, trail.last_of(court_id).id, old.encode())
    found = checking_trail.check(trails, court_id).fault

    assert (sound, found.broken) == ([None, None], Broken.CHANGED)


def seal_again_with(trail, line_id, key):
    """Alter the last line of a court and seal it with this key."""
    trail.set(line_id, event="court.changed")
    lines = m.AuditEvent.__table__.c
    asked = select(*columns_sealed(trail.connection.dialect.name)).where(lines.id == line_id)
    said = list(trail.connection.execute(asked).one())
    seal = sealed(key, trail.told(line_id)["previous"], said)
    trail.set(line_id, hash=seal)
    trail.set_head(said[0], said[1], seal)


def test_words_say_what_is_wrong():
    assert set(checking_trail.BROKEN_WORDS) == set(Broken)
