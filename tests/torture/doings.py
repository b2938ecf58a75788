"""What people do on a random walk: each finds something to do it to by chance, mostly something ripe."""

from datetime import time, timedelta
from functools import cached_property
from types import SimpleNamespace

from sqlalchemy import select

from tests import make
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.models import ActivityKind, CaseStage, HearingState, ObligationState, SittingState
from youthcourt.models.completion.closure import REASONS_TO_RETURN, ClosureReason
from youthcourt.notices.referrer import tell_referrer
from youthcourt.procedures.court import hearing_day
from youthcourt.procedures.decision import deliberating, signing
from youthcourt.procedures.intake import referring
from youthcourt.procedures.jury import seating

S = CaseStage
RIPE = 0.85  # how often something is chosen for which it is the time
WORDS = ("", "Asked for it.", "They said so.", "Moved to another county.", "Ana & Bo: “fine”")
NAMES = ("Jordan Tate", "Rosa Ruiz", "Sam Oyelaran", "Li", "Noor van der Berg", "Álvaro Núñez")
NUMBERED = {
    "letter_id": "letter",
    "case_id": "case",
    "hearing_id": "hearing",
    "court_session_id": "court_session",
    "deliberation_id": "deliberation",
    "order_id": "disposition_order",
    "obligation_id": "obligation",
    "juror_id": "juror",
    "seat_id": "seat",
    "draw_id": "draw",
    "sitting_id": "sitting",
    "person_id": "person",
}


class NothingThere(Exception):
    """There is no record yet to which this could be done."""


class Stage(SimpleNamespace):
    """Where a walk begins, in numbers."""


class Scene:
    """What one step sees: the court, its people, chance and the moment."""

    def __init__(self, chance, stage, now):
        self.chance, self.stage, self.now = chance, stage, now

    @cached_property
    def court(self):
        return db.session.get(m.Court, self.stage.court)

    @cached_property
    def cora(self):
        return db.session.get(m.User, self.stage.cora)

    @cached_property
    def judy(self):
        return db.session.get(m.User, self.stage.judy)

    def some(self, kind, *ripe):
        """A record by chance, mostly one of which these conditions hold."""
        asked = select(kind.id).order_by(kind.id)
        if ripe and self.chance.random() < RIPE:
            asked = asked.where(*ripe)
        return db.session.get_one(kind, self.one_of(db.session.scalars(asked)))

    def case(self, *stages):
        return self.some(m.Case, m.Case.stage.in_(stages))

    def hearing(self, *ripe):
        return self.some(m.Hearing, m.Hearing.state == HearingState.SET, *ripe)

    def todays(self):
        return self.hearing(m.Hearing.sits_on == self.court.today)

    def deliberation(self):
        """One that goes on today."""
        is_open = m.Hearing.case.has(m.Case.stage == S.HEARD)
        is_ripe = m.Deliberation.hearing.has(is_open & (m.Hearing.sits_on == self.court.today))
        return self.some(m.Deliberation, m.Deliberation.decided_at.is_(None), is_ripe)

    def plan(self):
        """One that waits for the judge."""
        is_ripe = m.Deliberation.hearing.has(m.Hearing.case.has(m.Case.stage == S.PROPOSED))
        return self.some(m.Deliberation, m.Deliberation.decided_at.is_not(None), is_ripe)

    def one_of(self, choices):
        choices = list(choices)
        if not choices:
            raise NothingThere
        return self.chance.choice(choices)

    def several(self, choices):
        """All of these, mostly, or some."""
        choices = list(choices)
        if self.chance.random() < RIPE:
            return choices
        return self.chance.sample(choices, self.chance.randint(min(1, len(choices)), len(choices)))

    def words(self):
        return self.chance.choice(WORDS)

    def day(self, earliest=-3, latest=40):
        return self.court.today + timedelta(days=self.chance.randint(earliest, latest))

    def juror_user(self, panel):
        """Somebody of this panel, mostly the foreperson."""
        seats = panel.sitting_seats if panel else []
        seat = panel.foreperson if panel and panel.foreperson and self.chance.random() < 0.7 else None
        seat = seat or self.one_of(seats)
        return self.account_of(seat.juror)

    def account_of(self, juror):
        found = select(m.User).where(m.User.person_id == juror.person_id, m.User.ended_at.is_(None))
        return db.session.scalars(found).first() or self.cora

    def judge_of(self, hearing):
        return hearing.judge if self.chance.random() < 0.95 else self.judy


ALL, WEIGHTS = [], []


def doing(weight):
    def add(function):
        ALL.append(function)
        WEIGHTS.append(weight)
        return function

    return add


# Intake


@doing(6)
def refer(it):
    facts = make.referral_facts(it.court, it.one_of(NAMES), incident_on=it.day(-30, 1))
    referring.receive_referral(it.court, facts, by=it.cora, knows_it_is_new=it.chance.random() < 0.5)


@doing(6)
def accept(it):
    case = it.case(S.REFERRED)
    case.accept(by=it.cora, override_reason=it.words())
    tell_referrer(case, by=it.cora)


@doing(1)
def decline(it):
    it.case(S.REFERRED, S.INTAKE_DUE).decline(it.one_of(m.DeclineReason), note=it.words(), by=it.cora)


@doing(6)
def interview(it):
    case = it.case(S.INTAKE_DUE)
    case.hold_intake(make.interview(case), by=it.cora)


@doing(12)
def agree(it):
    case = it.case(S.INTAKE_HELD)
    case.agree(make.agreement(case, it.one_of(m.Party)), by=it.cora)


@doing(1)
def withdraw(it):
    case = it.case(*S)
    person = it.one_of([case.respondent, *case.respondent.guardians])
    case.withdraw(person, reason=it.words(), by=it.cora)


@doing(1)
def return_case(it):
    case = it.case(S.ADMITTED, S.HEARING_SET, S.ACTIVE)
    case.return_to_referrer(it.one_of([*REASONS_TO_RETURN, ClosureReason.OTHER]), note=it.words(), by=it.cora)


# The docket


@doing(2)
def plan_day(it):
    starts = it.several([time(17), time(18), time(18, 30), time(19)])
    rooms = it.several(it.court.rooms)
    m.CourtSession.plan(it.court, it.day(-1, 20), starts=starts, rooms=rooms, by=it.cora)


def place_on(it, day):
    block = it.one_of(day.blocks)
    return block, it.one_of(day.rooms)


@doing(8)
def place(it):
    case = it.case(S.ADMITTED)
    day = it.some(
        m.CourtSession, m.CourtSession.held_on >= it.court.today, m.CourtSession.closed_at.is_(None)
    )
    day.place_hearing(case, *place_on(it, day), it.judy, by=it.cora)


@doing(1)
def adjourn(it):
    hearing, day = it.hearing(), it.some(m.CourtSession, m.CourtSession.held_on >= it.court.today)
    reason = it.one_of(m.AdjournmentReason)
    hearing.adjourn(*place_on(it, day), reason, by=it.cora, note=it.words())


@doing(1)
def move(it):
    hearing = it.hearing()
    hearing.move(*place_on(it, hearing.court_session), it.judy, by=it.cora)


@doing(1)
def fail_to_appear(it):
    it.todays().fail_to_appear(note=it.words(), by=it.cora)


@doing(3)
def book(it):
    day = it.some(m.CourtSession, m.CourtSession.held_on >= it.court.today)
    hearing_day.book_many(
        it.several(db.session.scalars(select(m.Juror).order_by(m.Juror.id))), day, by=it.cora
    )


@doing(1)
def excuse_sitting(it):
    sitting = it.some(m.Sitting, m.Sitting.state == SittingState.BOOKED)
    hearing_day.excuse(sitting, reason=it.words(), by=it.cora)


@doing(5)
def draw(it):
    hearing = it.hearing(~m.Hearing.panels.any(m.Panel.dissolved_at.is_(None)))
    seating.draw_panel(hearing, by=it.cora, secret=str(it.chance.random()))


@doing(1)
def seat(it):
    panel = it.some(m.Panel, m.Panel.dissolved_at.is_(None))
    seating.seat_juror(panel, it.some(m.Juror), by=it.cora)


@doing(1)
def stand_down(it):
    is_ahead = m.Seat.panel.has(m.Panel.hearing.has(m.Hearing.state == HearingState.SET))
    seat = it.some(m.Seat, m.Seat.stood_down_at.is_(None), is_ahead)
    takes = it.one_of([each.juror for each in seat.panel.reserves] or [None])
    seating.vacate(seat, it.one_of(list(seating.WhyLeft)), reason=it.words(), by=it.cora, takes=takes)


@doing(1)
def reinstate(it):
    seating.reinstate(it.some(m.Seat, m.Seat.stood_down_at.is_not(None)), by=it.cora)


@doing(1)
def name_foreperson(it):
    panel = it.some(m.Panel, m.Panel.dissolved_at.is_(None))
    panel.name_foreperson(it.one_of(panel.seats), by=it.cora)


@doing(1)
def enrol(it):
    person = make.person(it.court, it.one_of(NAMES))
    juror = m.Juror.enrol(person, by=it.cora)
    juror.train(held_on=it.court.today, minutes=120, by=it.cora)


@doing(1)
def be_away(it):
    starts_on = it.day(-1, 10)
    hearing_day.be_away(it.some(m.Juror), starts_on, starts_on + timedelta(days=2), by=it.cora)


# The day


@doing(2)
def the_day_comes(it):
    """The next day on which there is something to do, or just the next; mostly when today is done."""
    still = select(m.Hearing.id).join(m.Hearing.case).where(m.Case.stage.in_([S.HEARING_SET, S.HEARD]))
    still = still.where(m.Hearing.sits_on == it.court.today)
    if db.session.scalars(still).first() and it.chance.random() < RIPE:
        raise NothingThere
    ahead = select(m.CourtSession.held_on).where(m.CourtSession.held_on > it.court.today)
    days = sorted(db.session.scalars(ahead))
    till = (days[0] - it.court.today).days if days and it.chance.random() < RIPE else 1
    it.now = clock.now() + timedelta(days=till)


@doing(8)
def check_in_jurors(it):
    day = it.some(m.CourtSession, m.CourtSession.held_on == it.court.today)
    for sitting in it.several(day.sittings):
        sitting.check_in(by=it.cora)


@doing(1)
def undo_check_in(it):
    it.some(m.Sitting, m.Sitting.state == SittingState.CHECKED_IN).undo_check_in(by=it.cora)


@doing(8)
def check_in_family(it):
    hearing = it.todays()
    respondent = hearing.case.respondent
    for person in it.several([respondent, *respondent.guardians]):
        hearing.check_in(person, by=it.cora)


@doing(1)
def undo_check_in_of_family(it):
    hearing = it.todays()
    hearing.undo_check_in(hearing.case.respondent, by=it.cora)


@doing(10)
def swear(it):
    panel = it.todays().panel
    for seat in it.several(panel.sitting_seats if panel else []):
        seat.swear(by=it.cora)


@doing(6)
def hold(it):
    hearing = it.todays()
    hearing.hold(by=it.judge_of(hearing))


@doing(1)
def close_day(it):
    day = it.some(
        m.CourtSession, m.CourtSession.held_on <= it.court.today, m.CourtSession.closed_at.is_(None)
    )
    make.closed(day, by=it.cora)


# The panel


@doing(8)
def find(it):
    deliberation = it.deliberation()
    for question in it.several(m.Question) if it.chance.random() < 0.5 else m.Question:
        reason = it.one_of(WORDS[1:])
        deliberation.find(question, it.one_of(m.Answer), reason, by=it.juror_user(deliberation.hearing.panel))


@doing(8)
def propose(it):
    deliberation = it.deliberation()
    by, due_on = it.juror_user(deliberation.hearing.panel), it.day(0, 60)
    for kind in it.several([ActivityKind.SERVICE, ActivityKind.JURY_DUTY, ActivityKind.ESSAY]):
        amount = it.chance.choice([1, 1, 1, 2, 2, 3, 60, 900, 1200, 0])
        deliberation.propose(
            make.activity(it.court, kind),
            amount,
            due_on,
            by=by,
            builds=it.one_of(WORDS[1:]),
            outside_reason=it.one_of(WORDS[1:]),
            purpose=it.one_of(m.Purpose),
        )


@doing(1)
def drop(it):
    deliberation = it.deliberation()
    deliberation.drop(it.one_of(deliberation.proposals), by=it.juror_user(deliberation.hearing.panel))


@doing(6)
def open_table(it):
    deliberation = it.deliberation()
    by = it.juror_user(deliberation.hearing.panel)
    deliberation.open_table(by=by, without_missing=it.chance.random() < RIPE)


@doing(4)
def hand_in(it):
    deliberation = it.deliberation()
    ideas = {make.activity(it.court, "service"): it.chance.choice([0, 900, 1200, 1500])}
    for seat in it.several(deliberation.sitting):
        ratings = {question: (it.one_of(m.Answer), it.one_of(WORDS[1:])) for question in m.Question}
        deliberation.hand_in(ratings, ideas, by=it.account_of(seat.juror))


@doing(10)
def vote(it):
    deliberation = it.deliberation()
    if deliberation.round is None or not deliberation.round.is_open:
        deliberation.call_vote(by=it.juror_user(deliberation.hearing.panel))
    number = deliberation.round.number - (it.chance.random() < 0.05)
    for seat in it.several(deliberation.sitting):
        deliberation.vote(it.chance.random() < 0.9, seen_round=number, by=it.account_of(seat.juror))


@doing(2)
def close_vote(it):
    deliberation = it.deliberation()
    deliberation.close_vote(by=it.juror_user(deliberation.hearing.panel))


@doing(1)
def leave_to_judge(it):
    deliberation = it.deliberation()
    by = it.juror_user(deliberation.hearing.panel)
    deliberation.leave_to_judge(it.one_of(deliberation.proposals), by=by)


@doing(1)
def step_aside(it):
    deliberation = it.deliberation()
    deliberating.step_aside(deliberation, it.words(), by=it.juror_user(deliberation.hearing.panel))


@doing(6)
def decide(it):
    deliberation = it.deliberation()
    deliberation.decide(by=it.juror_user(deliberation.hearing.panel))


# The judge


@doing(4)
def approve(it):
    deliberation = it.plan()
    signing.approve_plan(deliberation, deliberation.revision, by=it.judge_of(deliberation.hearing))


@doing(2)
def return_plan(it):
    deliberation = it.plan()
    deliberation.return_to_panel(it.words(), meets_on=it.court.today, by=it.judge_of(deliberation.hearing))


def changed(it, order):
    items = [m.Item(each.activity, each.amount, each.due_on, each.builds) for each in order.items]
    extra = m.Item(make.activity(it.court, ActivityKind.APOLOGY), it.one_of([1, 1, 2, 0]), it.day(0, 50), "")
    items = [each for each in items if each.activity is not extra.activity]
    order.change([*it.several(items), extra], reason=it.words(), by=order.judge)


@doing(3)
def change_plan_and_sign(it):
    deliberation = it.plan()
    order = m.DispositionOrder.draft_for(deliberation, by=it.judge_of(deliberation.hearing))
    changed(it, order)
    if it.chance.random() < 0.7:
        signing.sign_order(order, seen=order.fingerprint(), by=order.judge)


@doing(2)
def amend(it):
    order = it.some(m.DispositionOrder, m.DispositionOrder.signed_at.is_not(None))
    draft = m.DispositionOrder.amendment_of(order, by=order.judge)
    changed(it, draft)
    if it.chance.random() < 0.7:
        signing.sign_order(draft, seen=draft.fingerprint(), by=order.judge)


@doing(4)
def dismiss(it):
    it.case(S.COMPLETION_REVIEW).dismiss(by=it.judy)


@doing(1)
def keep_open(it):
    it.case(S.COMPLETION_REVIEW).keep_open(it.words(), by=it.judy)


# The plan


@doing(8)
def credit(it):
    obligation = it.some(m.Obligation, m.Obligation.state == ObligationState.OPEN)
    amount = it.one_of([1, 60, 600, 1200, 0])
    obligation.credit(amount, done_on=it.day(-10, 1), vouched_by="Sr. Ruth", by=it.cora, note=it.words())


@doing(2)
def excuse_obligation(it):
    it.some(m.Obligation, m.Obligation.state == ObligationState.OPEN).excuse(it.words(), by=it.cora)


@doing(1)
def extend(it):
    obligation = it.some(m.Obligation, m.Obligation.state == ObligationState.OPEN)
    obligation.extend(it.day(0, 200), reason=it.words(), by=it.cora)


@doing(4)
def ask_dismissal(it):
    it.case(S.ACTIVE).ask_dismissal(it.words(), by=it.cora)
