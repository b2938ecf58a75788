"""Nobody who reads all that is kept, and all that was logged, can tell how a juror voted.

The same round is held twice on databases that begin alike, with other jurors saying no. Everything that is
kept afterwards - rows, their numbers, since when the database has them, drafts, the trail, the log - must be
the same both times: what does not differ cannot tell. What differs by chance is found by a third run.
"""

import io
import json
import logging
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from tests import make, remembered
from tests.database import empty, number_from_one
from tests.signing_in import begun, browser_with
from tests.together import at_once
from youthcourt import clock, log
from youthcourt import models as m
from youthcourt.errors import RuleBroken
from youthcourt.extensions import Base, db
from youthcourt.models.decision.voting import VotingRound

# What tells when the database itself has written a row last.
SINCE = {"sqlite": "rowid", "postgresql": "xmin::text::bigint"}
ONE_WAY = (True, True, True, True, False, False)
OTHER_WAY = (False, True, True, True, True, False)


@pytest.fixture
def a_round(app, session):
    """Holds a round on a fresh database, over HTTP; gives all that is kept and said afterwards."""

    def hold(choices, order=range(6), before=None):
        empty()
        number_from_one()
        db.session.remove()
        cast = remembered.the_court_with_its_cast()
        hearing = make.opened(make.held(cast.court, cast))
        users = make.panel_users(hearing)
        make.written(hearing, by=users[0])
        number = hearing.deliberation.call_vote(by=users[0]).number
        browsers = [browser_with(app, begun(user)) for user in users]
        db.session.commit()
        page = f"/deliberations/{hearing.id}/vote"
        with lines_logged() as said:
            for who in order:
                choice = "yes" if choices[who] else "not_yet"
                typed = {"agrees": choice, "round": number, "request_id": f"form-{who}"}
                browsers[who].post("/drafts/", data={**typed, "draft_of": page})
                assert browsers[who].post(page, data=typed).status_code == 302
        db.session.remove()
        return everything(), [_lasting(json.loads(line)) for line in said.getvalue().splitlines()]

    return hold


def _lasting(line):
    """A line of the log without what is another one for each request."""
    return {name: fact for name, fact in line.items() if name not in ("reference", "ms")}


class lines_logged:  # noqa: N801 - reads as what it does
    """What is written to the log inside."""

    def __enter__(self):
        self.stream = io.StringIO()
        self.handler = log.handler(self.stream)
        self.logger = logging.getLogger("youthcourt")
        self.level = self.logger.level
        self.logger.setLevel(logging.INFO)
        self.logger.addHandler(self.handler)
        return self.stream

    def __exit__(self, *_error):
        self.logger.removeHandler(self.handler)
        self.logger.setLevel(self.level)


def everything():
    """Each cell of each row of each table, and where the database has put the row and since when."""
    cells = {}
    with db.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            keys = ", ".join(f'"{column.name}"' for column in table.primary_key)
            for row in connection.execute(select(table).order_by(*table.primary_key)).mappings():
                key = tuple(row[column.name] for column in table.primary_key)
                cells |= {(table.name, key, name): str(value) for name, value in row.items()}
            if table.name in ("voting_round", "voter"):
                since = f"dense_rank() OVER (ORDER BY {SINCE[connection.dialect.name]})"
                asked = text(f'SELECT {keys}, {since} FROM "{table.name}" ORDER BY {keys}')
                cells |= {(table.name, row[0], "since"): str(row[1]) for row in connection.execute(asked)}
    return cells


def told_apart(one, other, by_chance):
    """The cells that differ, save those that differ without a cause."""
    return sorted(
        key[0::2]
        for key in one.keys() | other.keys()
        if one.get(key) != other.get(key) and key not in by_chance
    )


def chance(one, again):
    return {key for key in one.keys() | again.keys() if one.get(key) != again.get(key)}


def test_how_a_juror_voted_is_told_by_nothing_that_is_kept_or_logged(a_round, engine_name):
    one, said = a_round(ONE_WAY)
    again, said_again = a_round(ONE_WAY)
    by_chance = chance(one, again)

    other, said_then = a_round(OTHER_WAY)

    print(f"count: cells compared after a secret vote on {engine_name} = {len(one) - len(by_chance)}")
    assert one["voting_round", (1,), "agreeing"] == other["voting_round", (1,), "agreeing"] == "4"
    assert told_apart(one, other, by_chance) == []
    assert said == said_again == said_then
    assert len(by_chance) < len(one) / 5
    assert not [key for key in by_chance if key[0] in ("voting_round", "voter", "draft")]


def test_neither_is_the_order_in_which_they_voted_kept_with_the_votes(a_round):
    one, _said = a_round(ONE_WAY)

    other, _said = a_round(ONE_WAY, order=(5, 3, 1, 0, 2, 4))

    own = ("voting_round", "voter", "deliberation")
    assert [key for key in chance(one, other) if key[0] in own] == []


@pytest.mark.only_on("sqlite")
def test_a_planted_order_is_found(a_round, monkeypatch):
    def written_when_it_is_cast(self, seat, _agrees):
        session = self.session
        session.delete(next(voter for voter in self.voters if voter.seat_id == seat.id))
        session.flush()
        session.add(m.Voter(court_id=self.court_id, voting_round_id=self.id, seat_id=seat.id))

    plant_in(monkeypatch, written_when_it_is_cast)
    monkeypatch.setattr(VotingRound, "_write_voters_anew", lambda self: None)
    one, _said = a_round(ONE_WAY)

    other, _said = a_round(ONE_WAY, order=(5, 3, 1, 0, 2, 4))

    assert [key for key in chance(one, other) if key[0] == "voter"]


def plant_in(monkeypatch, leak):
    """From here on each vote also does this."""
    cast = VotingRound.cast

    def leaky(self, seat, agrees):
        leak(self, seat, agrees)
        cast(self, seat, agrees)

    monkeypatch.setattr(VotingRound, "cast", leaky)


def _a_row_with_its_time(self, seat, agrees):
    choice = "yes" if agrees else "no"
    self.session.add(m.Submission(request_id=f"vote-{seat.id}", location=choice, received_at=clock.now()))


def _a_word_in_the_trail(self, seat, agrees):
    self.deliberation.record("deliberation.noted", by=None, agrees=agrees)


def _a_version_that_counts(self, seat, agrees):
    self.session.execute(update(m.Seat).where(m.Seat.id == seat.id).values(version=8 + agrees))


def _a_line_in_the_log(self, seat, agrees):
    log.event("vote.cast", agrees=int(agrees))


LEAKS = (_a_row_with_its_time, _a_word_in_the_trail, _a_version_that_counts, _a_line_in_the_log)


@pytest.mark.only_on("sqlite")
def test_planted_leaks_are_found(a_round):
    found = {}

    for leak in LEAKS:
        with pytest.MonkeyPatch.context() as patch:
            plant_in(patch, leak)
            (one, said), (again, _said) = a_round(ONE_WAY), a_round(ONE_WAY)
            other, said_then = a_round(OTHER_WAY)
        found[leak.__name__] = bool(told_apart(one, other, chance(one, again))) or said != said_then

    print(f"count: planted ways to tell how a juror voted, each found = {sum(found.values())}")
    assert found == {leak.__name__: True for leak in LEAKS}


# Several at the same instant


def test_jurors_who_vote_at_the_same_instant_lose_nothing_and_none_votes_twice(app, court, cast, engine_name):
    hearing = make.opened(make.held(court, cast))
    users = make.panel_users(hearing)
    make.written(hearing, by=users[0]).call_vote(by=users[0])
    number, people = hearing.id, [user.id for user in users]
    db.session.commit()
    db.session.remove()
    tries = iter([(person, person % 3 > 0) for person in people for _twice in range(2)])
    lock = threading.Lock()

    def act(session):
        with lock:
            person, agrees = next(tries)
        room = session.get_one(m.Hearing, number).deliberation
        try:
            room.vote(agrees, seen_round=1, by=session.get_one(m.User, person))
        except RuleBroken:
            session.rollback()
            return None
        return agrees

    got = at_once(app, act, times=12)

    counted = db.session.get_one(m.Hearing, number).deliberation.round
    cast_votes = [agrees for agrees in got if agrees is not None]
    print(f"count: votes cast at the same instant on {engine_name} = {len(cast_votes)} of {len(got)} tries")
    assert len(cast_votes) == 6
    assert (counted.state, counted.agreeing, counted.not_yet) == (
        "counted",
        sum(cast_votes),
        6 - sum(cast_votes),
    )
    assert sorted(voter.has_voted for voter in counted.voters) == [True] * 6


# Against a plain count


WHO = st.integers(0, 5)
ACTS = st.one_of(
    st.tuples(st.just("call")),
    st.tuples(st.just("vote"), WHO, st.booleans()),
    st.tuples(st.just("vote"), WHO, st.booleans()),
    st.tuples(st.just("vote"), WHO, st.booleans()),
    st.tuples(st.just("all"), st.lists(st.booleans(), min_size=6, max_size=6)),
    st.tuples(st.just("close")),
    st.tuples(st.just("change")),
    st.tuples(st.just("leave"), WHO),
)


class PlainCount:
    """What a careful person with paper slips would come to."""

    def __init__(self, needed, minimum):
        self.needed, self.minimum = needed, minimum
        self.seated, self.slips, self.results = set(range(6)), None, []
        self.agreed = False

    def call(self):
        may = self.slips is None and not self.agreed and len(self.seated) >= self.minimum
        if may:
            self.slips = {}
        return may

    def vote(self, who, agrees):
        may = self.slips is not None and who in self.seated and who not in self.slips
        if may:
            self.slips[who] = agrees
            if len(self.slips) == len(self.seated):
                self._count()
        return may

    def close(self):
        may = self.slips is not None and len(self.slips) >= max(self.minimum, 3)
        if may:
            self._count()
        return may

    def _count(self):
        yes = sum(self.slips.values())
        self.results.append((yes, len(self.slips) - yes, len(self.seated) - len(self.slips)))
        self.slips, self.agreed = None, yes >= self.needed(len(self.seated))

    def change(self):
        self.slips, self.agreed = None, False

    def leave(self, who):
        may = who in self.seated and who != 0
        if may:
            self.seated.discard(who)
            self.change()
        return may


class Table:
    """The same moves on the records."""

    def __init__(self, room, users):
        self.room, self.users, self.changes = room, users, 0

    def _does(self, verb, *args, **kwargs):
        try:
            with db.session.begin_nested():
                verb(*args, **kwargs)
        except RuleBroken:
            return False
        return True

    def call(self):
        return self._does(self.room.call_vote, by=self.users[0])

    def vote(self, who, agrees):
        here = self.room.rounds[-1].number if self.room.rounds else 0
        return self._does(self.room.vote, agrees, seen_round=here, by=self.users[who])

    def close(self):
        return self._does(self.room.close_vote, by=self.users[0])

    def change(self):
        self.changes += 1
        self.room.find(m.Question.OWNS_IT, m.Answer.NO, f"Version {self.changes}", by=self.users[0])

    def leave(self, who):
        seat = self.room.hearing.panel.seat_of(self.users[who]) if who else None
        return seat is not None and self._does(seat.stand_down, "Went home.", by=self.users[0])

    @property
    def results(self):
        db.session.flush()
        db.session.expire_all()
        return [(each.agreeing, each.not_yet, each.missing) for each in self.room.rounds if each.is_counted]


def moves(acts):
    """Each act by its name; everybody's vote is one after another."""
    for act, *told in acts:
        yield from (("vote", *each) for each in enumerate(told[0])) if act == "all" else [(act, *told)]


@pytest.mark.parametrize("rule", list(m.DecisionRule))
def test_every_count_is_that_of_a_careful_person_with_paper_slips(court, cast, rule, engine_name):
    court.decision_rule = rule
    hearing = make.opened(make.held(court, cast))
    users = make.panel_users(hearing)
    room = make.written(hearing, by=users[0])
    db.session.commit()
    compared = []

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.lists(ACTS, min_size=6, max_size=14))
    def same(acts):
        stage = db.session.begin_nested()
        table, plain = Table(room, users), PlainCount(court.votes_needed, court.panel_minimum)
        try:
            for act, *told in moves([("call",), *acts]):
                assert getattr(table, act)(*told) == getattr(plain, act)(*told)
                assert table.results == plain.results
                assert (room.round is not None and room.round.is_agreed) == plain.agreed
                assert plain.slips is None or room.agreeing == 0
                compared.append(1)
        finally:
            stage.rollback()
            db.session.expire_all()

    same()

    print(f"count: moves of a vote compared with a plain count on {engine_name}, {rule} = {len(compared)}")
    assert len(compared) > 50
