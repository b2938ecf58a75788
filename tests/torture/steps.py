"""Random walks through the court's work: whoever does whatever next, what must always be so is so.

Each walk begins in the same small court and is repeated exactly by its number. A step is one transaction of
one or a few verbs, as a page would carry them out; a rule that says no is an answer too, and leaves nothing.
After each step everything that must always hold is asked of the database, behind the application's back. Now
and then somebody opens some page, which must not crash.
"""

import random
import re
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path

from sqlalchemy import event, text

from tests import make
from tests.conftest import app_on
from tests.database import in_hand, sqlite_database
from tests.everywhere import addresses, browsers_of, house
from tests.torture import acts, doings
from tests.torture.doings import NothingThere
from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.extensions import Base, db, writing
from youthcourt.procedures import checking_trail
from youthcourt.walls import in_court, in_every_court

STEPS = 100_000
STEPS_OF_A_WALK = 250
STEPS_BETWEEN_CHECKS_OF_THE_TRAIL = 25
STEPS_BETWEEN_LOOKS = 20
# Papers are set in processes of their own and have tests of their own.
NOT_LOOKED_AT = ("papers.", "static")


class NotSo(AssertionError):
    """Something that must always hold does not."""


# What must always be so: each of these lists is empty

ALWAYS = {
    "served without a time credit, or credited without having served": """
        SELECT s.id FROM sitting s WHERE (s.state = 'credited') <>
            EXISTS (SELECT 1 FROM time_credit t WHERE t.sitting_id = s.id)""",
    "a time credit that does not go from the court to the person who sat": """
        SELECT t.id FROM time_credit t JOIN account f ON f.id = t.from_id JOIN account o ON o.id = t.to_id
        JOIN sitting s ON s.id = t.sitting_id JOIN juror j ON j.id = s.juror_id
        WHERE f.person_id IS NOT NULL OR o.person_id IS NULL OR o.person_id <> j.person_id
            OR f.court_id <> t.court_id OR o.court_id <> t.court_id""",
    "accounts that do not add up to nothing": """
        SELECT a.court_id FROM account a GROUP BY a.court_id HAVING
            SUM(COALESCE((SELECT SUM(minutes) FROM time_credit t WHERE t.to_id = a.id), 0) -
                COALESCE((SELECT SUM(minutes) FROM time_credit t WHERE t.from_id = a.id), 0)) <> 0""",
    "a signed order without the judge's answer and its line": """
        SELECT o.id FROM disposition_order o WHERE o.signed_at IS NOT NULL AND (
            (SELECT count(*) FROM sign_off s WHERE s.deliberation_id = o.deliberation_id
             AND s.answer <> 'returned') <> 1 OR
            (SELECT count(*) FROM audit_event e
             WHERE e.event = 'order.signed' AND e.subject_id = o.id) <> 1)""",
    "a case with a plan and no order, or the other way round": """
        SELECT c.id FROM "case" c WHERE c.stage NOT IN ('withdrawn', 'returned') AND
            (c.stage IN ('active', 'completion_review', 'completed')) <>
            EXISTS (SELECT 1 FROM disposition_order o WHERE o.case_id = c.id AND o.signed_at IS NOT NULL)""",
    "a closed case without its closure, or a closure of an open one": """
        SELECT c.id FROM "case" c WHERE (c.stage IN ('declined', 'withdrawn', 'returned', 'completed')) <>
            EXISTS (SELECT 1 FROM closure x WHERE x.case_id = c.id)""",
    "a hearing ahead of a case that does not wait for one, or the other way round": """
        SELECT c.id FROM "case" c WHERE (CASE WHEN c.stage = 'hearing_set' THEN 1 ELSE 0 END) <>
            (SELECT count(*) FROM hearing h WHERE h.case_id = c.id AND h.state = 'set')""",
    "a case with the panel or the judge whose plan is elsewhere": """
        SELECT c.id FROM "case" c WHERE c.stage IN ('heard', 'proposed') AND (SELECT count(*) FROM hearing h
            JOIN deliberation d ON d.hearing_id = h.id WHERE h.case_id = c.id AND h.state = 'held'
            AND (d.decided_at IS NOT NULL) = (c.stage = 'proposed')) <> 1""",
    "an admitted case without both agreements": """
        SELECT c.id FROM "case" c WHERE
            c.stage NOT IN ('referred', 'intake_due', 'intake_held', 'declined', 'withdrawn')
            AND (SELECT count(*) FROM agreement a WHERE a.case_id = c.id) <> 2""",
    "a completed case with something still to do": """
        SELECT o.id FROM obligation o JOIN "case" c ON c.id = o.case_id
        WHERE c.stage = 'completed' AND o.state = 'open'""",
    "something done that is not enough, or enough that is not done": """
        SELECT o.id FROM obligation o WHERE o.state <> 'excused' AND (o.state = 'met') <>
            (COALESCE((SELECT SUM(r.amount) FROM service_record r WHERE r.obligation_id = o.id), 0)
             >= o.amount_owed)""",
    "a seat on a panel that was sent home, or a panel with two forepersons": """
        SELECT p.id FROM panel p WHERE
            (p.dissolved_at IS NOT NULL AND
             EXISTS (SELECT 1 FROM seat s WHERE s.panel_id = p.id AND s.stood_down_at IS NULL)) OR
            (SELECT count(*) FROM seat s WHERE s.panel_id = p.id AND s.is_foreperson) > 1""",
    "two hearings in one room, or of one judge, at one time": """
        SELECT h.id FROM hearing h JOIN time_block b ON b.id = h.block_id
        JOIN hearing o ON o.id > h.id JOIN time_block x ON x.id = o.block_id
        WHERE h.state IN ('set', 'held') AND o.state IN ('set', 'held') AND b.starts_at = x.starts_at
            AND (h.room_id = o.room_id OR h.judge_id = o.judge_id)""",
    "a line of the trail without its place": """
        SELECT h.id FROM audit_head h WHERE
            h.count <> (SELECT count(*) FROM audit_event e WHERE e.court_id = h.court_id) OR
            EXISTS (SELECT 1 FROM audit_event e WHERE e.court_id = h.court_id AND e.hash IS NULL)""",
}
# In one question, because it is asked after each step.
WHAT_IS_NOT_SO = text(
    " UNION ALL ".join(f"SELECT {number}, id FROM ({sql}) AS q{number}" for number, sql in enumerate(
        re.sub(r"SELECT a.court_id FROM", "SELECT a.court_id AS id FROM", sql) for sql in ALWAYS.values()
    ))
)  # fmt: skip
VERSIONS = text(
    " UNION ALL ".join(
        f"SELECT '{name}', id, version FROM \"{name}\""
        for name, table in sorted(Base.metadata.tables.items())
        if "version" in table.c
    )
)


class Writes:
    """What a step changes in the database, whichever way it goes there."""

    OF_THE_TRAIL = ("audit_event", "audit_head")
    CHANGE = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')

    def __init__(self):
        self.lines, self.changes = 0, Counter()

    def forget(self):
        self.lines = 0
        self.changes.clear()

    def hear(self, _connection, cursor, statement, _parameters, _context, _many):
        found = self.CHANGE.match(statement)
        if found is None or (found[1] != "INSERT INTO" and cursor.rowcount == 0):
            return
        if found[2] not in self.OF_THE_TRAIL:
            self.changes[found[2]] += 1
        elif found[1] == "INSERT INTO":
            self.lines += 1


class Walk:
    """One way through the work of one court. The same number goes the same way."""

    def __init__(self, app, number, stage):
        self.app, self.number, self.chance, self.stage = app, number, random.Random(number), stage
        self.now = make.SATURDAY
        self.done = Counter()
        self.writes, self.counts, self.versions, self.history = Writes(), Counter(), {}, []

    def go(self, steps):
        with self.app.app_context():
            engine, behind = db.engine, in_hand()
        event.listen(engine, "after_cursor_execute", self.writes.hear)
        try:
            with in_every_court(), behind.connect() as self.connection:
                self._prepare()
                self._check()
                for step in range(1, steps + 1):
                    with clock.at(self.now):
                        self._step_and_check(step, is_last=step == steps)
        finally:
            event.remove(engine, "after_cursor_execute", self.writes.hear)
            engine.dispose()
        return self.counts

    def _prepare(self):
        if self.connection.dialect.name == "postgresql":
            with self.connection.begin():  # which would compile the long question afresh after each step
                self.connection.execute(text("SET SESSION jit = off"))

    def _step_and_check(self, step, is_last):
        self._step()
        self._check()
        if is_last or step % STEPS_BETWEEN_CHECKS_OF_THE_TRAIL == 0:
            self._check_trail()
        if step % STEPS_BETWEEN_LOOKS == 0:
            self._look()

    # One step

    def _step(self):
        while not self._has_stepped():
            pass
        self.counts["steps"] += 1

    def _has_stepped(self):
        """Whether there was something to do it to."""
        doing = self.chance.choices(doings.ALL, doings.WEIGHTS)[0]
        self.history.append(doing.__name__)
        self.writes.forget()
        with self.app.app_context(), writing(), in_court(self.stage.court):
            it = doings.Scene(self.chance, self.stage, self.now)
            try:
                doing(it)
                db.session.commit()
                self.counts["steps that were carried out"] += 1
                self.done[doing.__name__] += 1
            except NothingThere:
                self.history.pop()
                return False
            except RuleBroken:
                self.history[-1] += " (refused)"
                self.counts["steps that were refused"] += 1
                return True
            finally:
                db.session.rollback()
        self.now = it.now
        if self.writes.changes and not self.writes.lines:
            raise self._not_so(f"a change without its line: {dict(self.writes.changes)}")
        return True

    # What must be so

    def _check(self):
        words = list(ALWAYS)
        for number, row in self._asked(WHAT_IS_NOT_SO):
            raise self._not_so(f"{words[number]}: {row}")
        if self.connection.dialect.name == "sqlite" and (
            lost := self._asked(text("PRAGMA foreign_key_check"))
        ):
            raise self._not_so(f"rows point nowhere: {lost}")
        now = {(table, row): version for table, row, version in self._asked(VERSIONS)}
        for row, version in self.versions.items():
            if now.get(row, version) < version:
                raise self._not_so(f"the version of {row} fell from {version} to {now[row]}")
        self.versions = now

    def _asked(self, question):
        """What is kept now, without keeping anybody waiting."""
        with self.connection.begin():
            return self.connection.execute(question).all()

    def _check_trail(self):
        with self.app.app_context(), self.connection.begin():
            for trail in checking_trail.check_all(self.connection):
                if not trail.is_sound:
                    raise self._not_so(f"the audit trail does not hold: {trail}")
        self.counts["times the trail was verified"] += 1

    def _look(self):
        """Somebody opens some page of something."""
        who = self.chance.choice(["cora", "cora", "judy", *sorted(self.stage.emails)])
        pages = [
            (rule, address)
            for rule, address in addresses(self.app, self._numbers())
            if not rule.endpoint.startswith(NOT_LOOKED_AT)
        ]
        rule, address = self.chance.choice(pages)
        signed_in = browsers_of(self.app, {who: self.stage.emails[who]})
        answer = signed_in[who].get(address)
        if answer.status_code >= 500:
            raise self._not_so(f"{rule} answered {answer.status_code} to {who} at {address}")
        self.counts["pages opened on the way"] += 1
        self.counts[f"pages answered {answer.status_code}"] += 1

    def _numbers(self):
        """A record of each kind that addresses name, by chance."""
        found = dict(self.stage.numbers)
        for name, table in doings.NUMBERED.items():
            if rows := self._asked(text(f'SELECT id FROM "{table}" ORDER BY id')):
                found[name] = self.chance.choice(rows)[0]
        return found

    def _not_so(self, what):
        way = ", ".join(self.history[-12:])
        return NotSo(f"{what}\nwalk {self.number}, after {len(self.history)} steps, the last: {way}")


# Where walks begin


def set_the_stage(url):
    """A court on a hearing day: a panel drawn, another at work, a plan with the judge, two under way."""
    app = app_on(url)
    app.config["PROPAGATE_EXCEPTIONS"] = False  # a page that crashes answers, as it would in production
    with app.app_context(), writing(), in_every_court(), clock.at(make.SATURDAY):
        built = house(name="Uma First")
        built.court.seating_rules.places_a_day = 99  # everybody hears every case
        for juror in built.cast.jurors:
            make.juror_user(built.court, juror)
        _at_work, proposed, active = acts.hearings_held(built.court, built.cast, 3)
        for hearing in (proposed, active):
            make.proposed(hearing)
        make.signed(active.deliberation, built.cast.judy)
        case, day = make.admitted(built.court, built.cast.cora), built.case.hearing.court_session
        make.drawn(make.hearing(case, day, built.cast.judy, built.cast.cora, block=1), built.cast.cora)
        db.session.commit()
        stage = doings.Stage(
            court=built.court.id,
            cora=built.cast.cora.id,
            judy=built.cast.judy.id,
            emails={name: user.email for name, user in built.people.items()},
            numbers=built.numbers,
        )
        db.session.remove()
        db.engine.dispose()
    return app, stage


class Beginning:
    """A file of SQLite on which the stage is set, to begin from again and again."""

    def __init__(self, folder):
        self.file = Path(folder, "walk.sqlite")
        self.app, self.stage = set_the_stage(sqlite_database(folder, "walk"))
        with closing(sqlite3.connect(self.file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.content = self.file.read_bytes()

    def walk(self, number):
        for old in self.file.parent.glob(f"{self.file.name}*"):
            old.unlink()
        self.file.write_bytes(self.content)
        return Walk(self.app, number, self.stage)

    def walks(self, steps):
        """So many steps, in walks of some hundred; what was counted."""
        counts, number = Counter(), 0
        while counts["steps"] < steps:
            number += 1
            counts += self.walk(number).go(min(STEPS_OF_A_WALK, steps - counts["steps"]))
        return counts


def figures(steps=STEPS):
    with tempfile.TemporaryDirectory(prefix="steps-") as folder:
        counts = Beginning(folder).walks(steps)
    return {
        "stateful steps": counts["steps"],
        "of them carried out": counts["steps that were carried out"],
        "of them refused by a rule": counts["steps that were refused"],
        "pages opened on the way": counts["pages opened on the way"],
        "times the trail was verified": counts["times the trail was verified"],
    }
