"""Whatever several people do next in a jury room and at the judge's desk, a youth court's rules hold.

A state machine sends jurors, the office and judges in with legal and illegal acts. It keeps its own small
account of the evening, written from the rules and not from the code: before each act it says whether they
allow it, and after each act what must be so. (Quorum, secret votes, the court's decision rule, jury duty in
each order, limits by class of offence, deadlock to the judge: youth courts' own manuals.)
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests import make
from youthcourt import models as m
from youthcourt.errors import RuleBroken
from youthcourt.extensions import db
from youthcourt.models.decision import voting
from youthcourt.procedures.decision import signing

STEPS_OF_AN_EVENING = 40
EVENINGS = {"sqlite": 60, "postgresql": 12}
ENOUGH_TO_FIND_A_FAULT = 80
SERVICE, DUTY = "service", "jury_duty"
INSIDE, OUTSIDE = {SERVICE: (900, 1200, 1500), DUTY: (2, 3)}, {SERVICE: 60, DUTY: 9}
FEWEST_SHEETS, FEWEST_VOTES = 3, 3
EVERYTHING = {
    *("hand_in", "open_table", "find", "propose", "drop", "leave_to_judge", "call_vote", "vote"),
    *("close_vote", "stand_down", "decide", "return_to_panel", "approve_plan", "refused"),
}
FAR = ("alone", "few are left", "at the table", "disagreed", "voting", "agreed", "decided")


@dataclass
class Round:
    """One secret vote, as somebody in the room would remember it."""

    seated: int
    revision: int
    votes: dict = field(default_factory=dict)
    state: str = "open"

    @property
    def is_open(self):
        return self.state == "open"

    @property
    def agreeing(self):
        return sum(self.votes.values())

    @property
    def is_agreed(self):
        return self.state == "counted" and self.agreeing > self.seated / 2


@dataclass
class Evening:
    """What the machine itself knows of the room."""

    sitting: list
    lead: object
    minimum: int
    sheets: dict = field(default_factory=dict)  # who handed in, and how much service they would ask for
    named: list = field(default_factory=list)  # the amounts of service that the table was shown
    is_open: bool = False
    findings: dict = field(default_factory=dict)
    items: dict = field(default_factory=dict)
    left_open: tuple | None = None  # what, least, most
    revision: int = 0
    rounds: list = field(default_factory=list)
    is_decided: bool = False
    is_signed: bool = False

    @property
    def round(self):
        """The last vote, if it was on the plan as it is now."""
        return self.rounds[-1] if self.rounds and self.rounds[-1].revision == self.revision else None

    def leads(self, who):
        return who == self.lead and not self.is_decided

    def may_write(self, who):
        return self.leads(who) and self.is_open

    @property
    def may_be_voted_on(self):
        return len(self.findings) == 4 and DUTY in self.items and len(self.sitting) >= self.minimum

    def changed(self):
        if self.round and self.round.is_open:
            self.round.state = "void"
        self.revision += 1

    def disputed(self, kind):
        shown = self.named if kind == SERVICE and len(self.named) >= FEWEST_SHEETS else []
        amounts = [self.items[kind], *shown]
        return min(amounts), max(amounts)


class JuryRoom(RuleBasedStateMachine):
    """A case was heard; its panel goes to decide."""

    stage = None  # set by the test: the hearing and everybody's account, by number

    def __init__(self):
        super().__init__()
        self.kept = db.session.begin_nested()
        db.session.expire_all()
        self.accounts = {name: db.session.get(m.User, number) for name, number in self.stage.accounts.items()}
        self.hearing = db.session.get(m.Hearing, self.stage.hearing)
        lead, seats = self.hearing.panel.foreperson.id, list(self.stage.seats)
        self.known = Evening(seats, lead, self.hearing.court.panel_minimum)
        self.everybody = [*self.stage.seats, "cora", "judy"]

    def teardown(self):
        self.kept.rollback()
        db.session.expire_all()

    @property
    def deliberation(self):
        return self.hearing.deliberation

    def do(self, allowed, verb, *args, **said):
        """Carry out a verb as a page does. What the rules said beforehand is what happens."""
        kept, why_not = db.session.begin_nested(), None
        try:
            verb(*args, **said)
            db.session.flush()
            kept.commit()
        except RuleBroken as broken:
            kept.rollback()
            why_not = str(broken)
        assert (why_not is None) == allowed, (verb.__name__, why_not)
        self.stage.done[verb.__name__ if allowed else "refused"] += 1
        return allowed

    def anybody(self, pick):
        return self.everybody[pick % len(self.everybody)]

    def mostly_lead(self, pick):
        return self.anybody(pick // 5) if pick % 5 == 0 else self.known.lead

    # How far the panel has come when the acts begin

    @initialize(far=st.sampled_from(FAR))
    def come(self, far):
        if far == "alone":
            return
        for gone in self.known.sitting[4:] if far == "few are left" else ():
            self.stand_down(gone)
        self._come_to_the_table()
        if far in ("few are left", "at the table"):
            return
        self.call_vote(self.known.lead)
        for place, who in enumerate(self.known.sitting):
            if far != "voting" or place < 4:
                self.vote(who, agrees=far != "disagreed" or place < 2)
        if far == "decided":
            self.decide(self.known.lead)

    def _come_to_the_table(self):
        for place, who in enumerate(self.known.sitting[:-1]):
            self.hand_in(who, INSIDE[SERVICE][place % 3])
        self.open_table(self.known.lead, without_missing=True)
        for question in m.Question:
            self.find(self.known.lead, question, "Said so.")
        for kind, amounts in INSIDE.items():
            self.propose(self.known.lead, kind, amounts[1])

    # The acts, each with what the rules say of it

    def hand_in(self, who, asks):
        known = self.known
        ratings = {question: (m.Answer.PARTLY, "As I saw it.") for question in m.Question}
        ideas = {make.activity(self.hearing.court, SERVICE): asks}
        allowed = who in known.sitting and not known.is_open and not known.is_decided
        if self.do(allowed, self.deliberation.hand_in, ratings, ideas, by=self.accounts[who]):
            known.sheets[who] = asks
            if set(known.sheets) == set(known.sitting):
                self._opened()

    def open_table(self, who, without_missing):
        known = self.known
        allowed = known.leads(who) and not known.is_open
        allowed = allowed and (without_missing or set(known.sheets) >= set(known.sitting))
        said = {"without_missing": without_missing, "by": self.accounts[who]}
        if self.do(allowed, self.deliberation.open_table, **said):
            self._opened()

    def _opened(self):
        self.known.is_open, self.known.named = True, list(self.known.sheets.values())

    def find(self, who, question, reason):
        allowed = self.known.may_write(who) and bool(reason.strip())
        words = (question, m.Answer.YES, reason)
        if self.do(allowed, self.deliberation.find, *words, by=self.accounts[who]):
            if self.known.findings.get(question) != reason:
                self.known.changed()
            self.known.findings[question] = reason

    def propose(self, who, kind, amount, why="", builds="Gives back."):
        known = self.known
        allowed = known.may_write(who) and (amount in INSIDE[kind] or bool(why)) and bool(builds)
        said = {"builds": builds, "outside_reason": why, "purpose": m.Purpose.COMMUNITY}
        what = (make.activity(self.hearing.court, kind), amount, self.deliberation.last_due_on)
        if self.do(allowed, self.deliberation.propose, *what, by=self.accounts[who], **said):
            known.items[kind] = amount
            self._no_longer_open(kind)
            known.changed()

    def _no_longer_open(self, kind):
        if self.known.left_open and self.known.left_open[0] == kind:
            self.known.left_open = None

    def _item(self, kind):
        return next(each for each in self.deliberation.proposals if each.activity.kind == kind)

    def call_vote(self, who):
        known = self.known
        is_over = known.round is None or not (known.round.is_open or known.round.is_agreed)
        allowed = known.may_write(who) and known.may_be_voted_on and is_over
        if self.do(allowed, self.deliberation.call_vote, by=self.accounts[who]):
            known.rounds.append(Round(len(known.sitting), known.revision))

    def vote(self, who, agrees, is_stale=False):
        known, here = self.known, self.known.round
        allowed = here is not None and here.is_open and not is_stale
        allowed = allowed and who in known.sitting and who not in here.votes and not known.is_decided
        seen = len(known.rounds) - is_stale
        if self.do(allowed, self.deliberation.vote, agrees, seen_round=seen, by=self.accounts[who]):
            here.votes[who] = agrees
            if len(here.votes) == here.seated:
                here.state = "counted"

    def stand_down(self, gone):
        known, seat = self.known, db.session.get(m.Seat, gone)
        allowed = gone in known.sitting and not known.is_decided
        if self.do(allowed, seat.stand_down, "Knows the family.", by=self.accounts["cora"]):
            known.sitting.remove(gone)
            if known.sheets.pop(gone, None) and known.is_open:
                known.named = list(known.sheets.values())
            if gone == known.lead:
                known.lead = next(iter(known.sitting), None)
            known.changed()

    def decide(self, who):
        known = self.known
        is_agreed = known.round is not None and known.round.is_agreed
        allowed = known.may_write(who) and known.may_be_voted_on and is_agreed
        if self.do(allowed, self.deliberation.decide, by=self.accounts[who]):
            known.is_decided = True

    # Who comes next with what

    @rule(seed=st.integers(0, 2**32))
    def somebody_acts(self, seed):
        """One rule for all acts, so that none is shut out of an evening."""
        chance = random.Random(seed)
        now = {act: weigh(self.known) for act, weigh in ACTS.items()}
        (act,) = chance.choices(list(now), list(now.values()))
        act(self, pick=chance.randrange(100), number=chance.randrange(60))

    def hands_in(self, pick, number):
        self.hand_in(self.anybody(pick), INSIDE[SERVICE][number % 3])

    def opens_the_table(self, pick, number):
        self.open_table(self.mostly_lead(pick), without_missing=number % 3 > 0)

    def writes_a_finding(self, pick, number):
        reason = ("Said so.", "Said so.", "We all saw it.", " ")[number % 4]
        self.find(self.mostly_lead(pick), list(m.Question)[number // 4 % 4], reason)

    def proposes(self, pick, number):
        kind = (SERVICE, SERVICE, DUTY)[number % 3]
        amount = [*INSIDE[kind], OUTSIDE[kind]][number // 3 % (len(INSIDE[kind]) + 1)]
        why, builds = (
            ("", "They asked for more.")[number % 2],
            ("Mends it.", "Mends it.", "")[number // 12 % 3],
        )
        self.propose(self.mostly_lead(pick), kind, amount, why, builds)

    def drops_an_item(self, pick, number):
        who, kind = self.mostly_lead(pick), sorted(self.known.items)[number % len(self.known.items)]
        allowed = self.known.may_write(who)
        if self.do(allowed, self.deliberation.drop, self._item(kind), by=self.accounts[who]):
            del self.known.items[kind]
            self._no_longer_open(kind)
            self.known.changed()

    def leaves_an_item_to_the_judge(self, pick, number):
        known, who = self.known, self.mostly_lead(pick)
        kind = SERVICE if SERVICE in known.items and number % 4 else sorted(known.items)[0]
        least, most = known.disputed(kind)
        has_failed = any(each.state == "counted" and not each.is_agreed for each in known.rounds)
        allowed = known.may_write(who) and has_failed and known.left_open is None and least < most
        if self.do(allowed, self.deliberation.leave_to_judge, self._item(kind), by=self.accounts[who]):
            known.left_open = (kind, least, most)
            known.changed()

    def calls_the_vote(self, pick, number):
        self.call_vote(self.mostly_lead(pick))

    def votes(self, pick, number):
        self.vote(self.anybody(pick), agrees=number % 2 == 0, is_stale=number % 7 == 0)

    def lets_the_rest_vote(self, pick, number):
        waiting = [who for who in self.known.sitting if who not in self.known.round.votes]
        for place, who in enumerate(waiting):
            self.vote(who, agrees=place < number % 7)

    def closes_the_vote(self, pick, number):
        known, here, who = self.known, self.known.round, self.mostly_lead(pick)
        allowed = known.leads(who) and here is not None and here.is_open
        allowed = allowed and len(here.votes) >= max(known.minimum, FEWEST_VOTES)
        if self.do(allowed, self.deliberation.close_vote, by=self.accounts[who]):
            here.state = "counted"

    def turns_out_to_know_somebody(self, pick, number):
        """Seldom, or nobody would be left."""
        if number < 2 * len(self.stage.seats):
            self.stand_down(self.stage.seats[number // 2])

    def sends_the_plan(self, pick, number):
        self.decide(self.mostly_lead(pick))

    def sends_it_back(self, pick, number):
        who, question = ("judy", "judy", "cora")[number % 3], ("Why so much?", "")[number // 3 % 2]
        known, today = self.known, self.hearing.court.today
        allowed = known.is_decided and not known.is_signed and who == "judy" and bool(question)
        if self.do(allowed, self.deliberation.return_to_panel, question, today, by=self.accounts[who]):
            known.is_decided = False
            known.sheets.clear()
            known.revision += 1

    def signs(self, pick, number):
        who, is_stale = ("judy", "judy", "cora")[number % 3], number % 5 == 0
        known, seen = self.known, self.deliberation.revision - is_stale
        allowed = not known.is_signed and who == "judy" and not is_stale and known.left_open is None
        if self.do(allowed, signing.approve_plan, self.deliberation, seen, by=self.accounts[who]):
            known.is_signed = True

    # What must be so

    @invariant()
    def counts_are_what_was_meant(self):
        assert [each.number for each in self.deliberation.rounds] == [
            number for number, _meant in enumerate(self.known.rounds, start=1)
        ]
        for row, meant in zip(self.deliberation.rounds, self.known.rounds, strict=True):
            votes = {} if meant.state == "void" else meant.votes
            agreeing = sum(votes.values())
            assert (row.agreeing, row.not_yet) == (agreeing, len(votes) - agreeing)
            assert row.has_voted == set(votes)
            assert row.needed == meant.seated // 2 + 1

    @invariant()
    def nothing_is_told_of_a_vote_that_goes_on(self):
        if self.known.round and self.known.round.is_open:
            assert self.deliberation.agreeing == 0

    @invariant()
    def what_is_decided_was_agreed_by_enough(self):
        assert self.deliberation.is_decided == self.known.is_decided
        if self.known.is_decided:
            here, plan = self.deliberation.round, self.deliberation.proposals
            assert here.is_counted
            assert here.agreeing * 2 > here.seated >= self.known.minimum
            assert {each.activity.kind.value: each.amount for each in plan} == self.known.items
            assert all(each.builds and each.purpose for each in plan)
            assert len(self.deliberation.findings) == 4

    @invariant()
    def an_order_is_there_exactly_when_it_was_signed(self):
        signed = [order for order in self.deliberation.orders if order.is_signed]
        assert len(signed) == self.known.is_signed
        assert (self.hearing.case.stage is m.CaseStage.ACTIVE) == self.known.is_signed

    @invariant()
    def what_is_left_open_has_the_range_that_was_named(self):
        left = [each for each in self.deliberation.proposals if each.is_deadlocked]
        ranges = [(each.activity.kind.value, each.lowest, each.highest) for each in left]
        assert ranges == ([self.known.left_open] if self.known.left_open else [])


def _is_voting(known):
    return known.round is not None and known.round.is_open and not known.is_decided


def _alone(known):
    return not known.is_open or len(known.rounds) == 1


def _with_panel(known):
    """What the panel does is tried now and then when the judge has its plan."""
    return 0 if known.is_signed else 0.3 if known.is_decided else 1


def _with_judge(known):
    return 2 if known.is_decided else 0.1


# Each act with how often it is tried in such a moment; whether it is allowed then is another question.
ACTS = {
    JuryRoom.hands_in: _alone,
    JuryRoom.opens_the_table: _alone,
    JuryRoom.writes_a_finding: _with_panel,
    JuryRoom.proposes: _with_panel,
    JuryRoom.drops_an_item: lambda known: _with_panel(known) / 2 if known.items else 0,
    JuryRoom.leaves_an_item_to_the_judge: lambda known: _with_panel(known) if known.items else 0,
    JuryRoom.calls_the_vote: _with_panel,
    JuryRoom.votes: lambda known: 6 if _is_voting(known) else bool(known.rounds) * _with_panel(known),
    JuryRoom.lets_the_rest_vote: _is_voting,
    JuryRoom.closes_the_vote: lambda known: bool(known.rounds) * _with_panel(known),
    JuryRoom.turns_out_to_know_somebody: lambda known: 1,
    JuryRoom.sends_the_plan: lambda known: 3 * _with_panel(known),
    JuryRoom.sends_it_back: _with_judge,
    JuryRoom.signs: lambda known: 2 * known.is_decided,
}


@pytest.fixture
def room(court, cast, session):
    """A panel of six that just heard a case, in a court where four may decide, by majority."""
    court.panel_size, court.panel_minimum = 6, 4
    court.decision_rule, court.jury_duty_mandatory = m.DecisionRule.MAJORITY, True
    hearing = make.held(court, cast)
    seats = sorted(hearing.panel.sitting_seats, key=lambda seat: seat.number)
    accounts = {seat.id: make.juror_user(court, seat.juror).id for seat in seats}
    session.flush()

    class Room(JuryRoom):
        stage = SimpleNamespace(
            hearing=hearing.id,
            seats=list(accounts),
            accounts={**accounts, "cora": cast.cora.id, "judy": cast.judy.id},
            done=Counter(),
        )

    return Room


def play(room, evenings):
    how = {"deadline": None, "derandomize": True, "database": None, "phases": (Phase.generate,)}
    run_state_machine_as_test(
        room,
        settings=settings(
            max_examples=evenings,
            stateful_step_count=STEPS_OF_AN_EVENING,
            suppress_health_check=list(HealthCheck),
            **how,
        ),
    )


def test_whatever_people_do_next_the_rules_of_the_court_hold(room, engine_name):
    play(room, EVENINGS[engine_name])

    done = room.stage.done
    if engine_name == "sqlite":  # fewer evenings may pass without one or the other
        assert {name for name, times in done.items() if times} == EVERYTHING
    assert done["refused"] > 50 < done["vote"] + done["find"]
    print(f"count: acts in the jury room on {engine_name}, each as the rules say = {done.total()}")


# Planted faults: a rule that is left out is found


def votes_on_an_older_plan(monkeypatch):
    monkeypatch.setattr(m.Deliberation, "_overtake", lambda _deliberation: None)


def a_vote_that_counts_twice(monkeypatch):
    monkeypatch.setattr(voting, "rows_changed", lambda session, statement: session.execute(statement) and 1)


def half_of_them_is_enough(monkeypatch):
    monkeypatch.setattr(m.Court, "votes_needed", lambda _court, seated: seated // 2)


def whoever_is_left_decides(monkeypatch):
    monkeypatch.setattr(m.Deliberation, "why_not_enough", lambda _deliberation: None)


def no_jury_duty(monkeypatch):
    monkeypatch.setattr(m.SanctionActivity, "is_jury_duty", True)


def everybody_leads(monkeypatch):
    monkeypatch.setattr(m.Deliberation, "why_not_lead", lambda *_who: None)


def plans_that_say_not_what_for(monkeypatch):
    propose = m.Deliberation.propose

    def propose_without(deliberation, *what, builds, **said):
        return propose(deliberation, *what, builds=builds or "-", **said)

    monkeypatch.setattr(m.Deliberation, "propose", propose_without)


def items_left_open_too_soon(monkeypatch):
    monkeypatch.setattr(m.VotingRound, "has_failed", property(lambda _round: True))


FAULTS = (
    *(votes_on_an_older_plan, a_vote_that_counts_twice, half_of_them_is_enough, whoever_is_left_decides),
    *(no_jury_duty, everybody_leads, plans_that_say_not_what_for, items_left_open_too_soon),
)


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_rule_that_is_left_out_is_found(room, fault, monkeypatch):
    fault(monkeypatch)

    with pytest.raises(AssertionError):
        play(room, ENOUGH_TO_FIND_A_FAULT)
