"""The panel's findings, its plan, its votes, and what it may not do."""

from datetime import timedelta

import pytest

from tests import make
from youthcourt import clock
from youthcourt import models as m
from youthcourt.errors import ChangedMeanwhile, RuleBroken
from youthcourt.procedures.court import closing
from youthcourt.procedures.decision import deliberating


@pytest.fixture
def hearing(court, cast):
    return make.opened(make.held(court, cast))


@pytest.fixture
def room(hearing):
    return hearing.deliberation


@pytest.fixture
def panel(hearing):
    """Six accounts, the foreperson's first."""
    return make.panel_users(hearing)


@pytest.fixture
def ready(hearing, panel):
    """Findings and a plan are written; nobody has voted."""
    return make.written(hearing, by=panel[0])


WHY = {"builds": "Gives something back.", "purpose": m.Purpose.COMMUNITY}


def vote(room, users, agrees=True, others=()):
    """A round in which these agree, or do not, and the others do the opposite."""
    return make.voted(room, dict.fromkeys(users, agrees) | dict.fromkeys(others, not agrees), by=users[0])


# Findings


def test_a_finding_is_kept_with_its_reason(room, panel, logged):
    room.find(m.Question.OWNS_IT, m.Answer.PARTLY, "Blamed a friend first.", by=panel[0])

    (finding,) = room.findings
    assert (finding.question, finding.answer, finding.reason) == (
        m.Question.OWNS_IT,
        m.Answer.PARTLY,
        "Blamed a friend first.",
    )
    assert logged() == [
        (
            "deliberation.found",
            panel[0],
            {
                "question": "owns_it",
                "answer": "partly",
                "reason": "Blamed a friend first.",
                "revision": 1,
            },
        )
    ]


def test_a_finding_needs_a_reason(room, panel):
    with pytest.raises(RuleBroken) as no:
        room.find(m.Question.OWNS_IT, m.Answer.YES, "  ", by=panel[0])

    assert no.value.field == "owns_it_reason"


def test_the_last_change_of_a_finding_counts(room, panel):
    room.find(m.Question.OWNS_IT, m.Answer.YES, "At once.", by=panel[0])

    room.find(m.Question.OWNS_IT, m.Answer.NO, "Not really.", by=panel[0])

    assert [(each.answer, each.reason) for each in room.findings] == [(m.Answer.NO, "Not really.")]


def test_writing_the_same_finding_again_leaves_the_vote_alone(ready, panel):
    called = ready.call_vote(by=panel[0])
    ready.vote(True, seen_round=called.number, by=panel[1])

    ready.find(m.Question.OWNS_IT, m.Answer.YES, "Said so in their own words.", by=panel[0])

    assert (called.is_open, called.agreeing) == (True, 1)


def test_nobody_but_the_foreperson_writes_for_the_panel(room, panel):
    with pytest.raises(RuleBroken, match="The foreperson does this"):
        room.find(m.Question.OWNS_IT, m.Answer.YES, "Yes.", by=panel[1])


@pytest.mark.parametrize("who", ["cora", "judy"])
def test_nobody_but_the_panel_writes(room, cast, who):
    with pytest.raises(RuleBroken, match="Only the jurors of this panel"):
        room.find(m.Question.OWNS_IT, m.Answer.YES, "Yes.", by=getattr(cast, who))


def test_a_reserve_does_not_write(court, hearing, room):
    reserve = make.juror_user(court, hearing.panel.reserves[0].juror)

    with pytest.raises(RuleBroken, match="Only the jurors of this panel"):
        room.find(m.Question.OWNS_IT, m.Answer.YES, "Yes.", by=reserve)


def test_a_juror_does_not_write_on_another_day(room, panel):
    with (
        clock.at(make.SATURDAY + timedelta(days=1)),
        pytest.raises(RuleBroken, match="does not meet today"),
    ):
        room.find(m.Question.OWNS_IT, m.Answer.YES, "Yes.", by=panel[0])


# The plan


@pytest.mark.parametrize(("amount", "fits"), [(899, False), (900, True), (1500, True), (1501, False)])
def test_the_grid_bounds_what_is_asked(court, room, panel, amount, fits):
    service = make.activity(court, "service")

    broken = room.why_not_propose(service, amount, room.last_due_on, "")

    assert (broken.field if broken else None) == (None if fits else "amount")


def test_outside_the_grid_needs_a_written_reason(court, room, panel):
    service = make.activity(court, "service")

    room.propose(service, 300, room.last_due_on, by=panel[0], outside_reason="Three brothers.", **WHY)

    assert [(p.amount, p.outside_reason) for p in room.proposals] == [(300, "Three brothers.")]


def test_an_activity_without_a_grid_line_has_no_limit(court, room, panel):
    room.propose(make.activity(court, "essay"), 40, room.last_due_on, by=panel[0], **WHY)

    assert [p.amount for p in room.proposals] == [40]


@pytest.mark.parametrize(
    ("days", "reason", "field"),
    [(-1, "", "due_on"), (-1, "Why", "due_on"), (91, "", "due_on"), (91, "Why", None)],
)
def test_the_due_day_lies_between_today_and_the_courts_last_day(court, room, days, reason, field):
    essay = make.activity(court, "essay")

    broken = room.why_not_propose(essay, 1, court.today + timedelta(days=days), reason)

    assert (broken.field if broken else None) == field


def test_proposing_an_activity_again_changes_its_line(court, room, panel):
    essay = make.activity(court, "essay")
    room.propose(essay, 1, room.last_due_on, by=panel[0], **WHY)

    room.propose(essay, 2, room.last_due_on, by=panel[0], **WHY)

    assert [(p.activity, p.amount) for p in room.proposals] == [(essay, 2)]


@pytest.mark.parametrize(
    ("said", "field"),
    [({"builds": "Words."}, "purpose"), ({"purpose": m.Purpose.HARM, "builds": " "}, "builds")],
)
def test_every_item_says_what_it_repairs_or_builds(court, room, panel, said, field):
    with pytest.raises(RuleBroken) as no:
        room.propose(make.activity(court, "essay"), 1, room.last_due_on, by=panel[0], **said)

    assert (no.value.field, room.proposals) == (field, [])


def test_dropping_a_line_takes_it_out_of_the_plan(ready, panel):
    service, duty = ready.proposals

    ready.drop(service, by=panel[0])

    assert ready.proposals == [duty]


# Votes and the decision


def test_no_vote_is_called_before_everything_is_written(room, panel):
    with pytest.raises(RuleBroken, match="four questions"):
        room.call_vote(by=panel[0])


def test_a_plan_without_mandatory_jury_duty_is_not_voted_on(ready, panel):
    ready.drop(ready.proposals[1], by=panel[0])

    with pytest.raises(RuleBroken, match="Jury duty"):
        ready.call_vote(by=panel[0])


def test_a_plan_may_do_without_jury_duty_where_the_court_says_so(court, ready, panel):
    court.jury_duty_mandatory = False
    ready.drop(ready.proposals[1], by=panel[0])

    vote(ready, panel)

    assert ready.agreeing == 6


def test_a_vote_once_cast_stays(ready, panel):
    called = ready.call_vote(by=panel[0])
    ready.vote(True, seen_round=called.number, by=panel[1])

    with pytest.raises(RuleBroken, match="can no longer be changed"):
        ready.vote(False, seen_round=called.number, by=panel[1])

    assert (called.agreeing, called.not_yet) == (1, 0)


def test_a_vote_is_for_what_its_juror_saw(ready, panel):
    called = ready.call_vote(by=panel[0])

    with pytest.raises(ChangedMeanwhile):
        ready.vote(True, seen_round=called.number - 1, by=panel[0])


@pytest.mark.parametrize("while_open", [True, False])
def test_votes_on_an_earlier_plan_do_not_count(court, ready, panel, while_open):
    before = ready.call_vote(by=panel[0])
    for user in panel[:5] if while_open else panel:
        ready.vote(True, seen_round=before.number, by=user)

    ready.propose(make.activity(court, "essay"), 1, ready.last_due_on, by=panel[0], **WHY)
    make.db.session.flush()

    assert (ready.agreeing, ready.round) == (0, None)
    assert (before.state, before.agreeing) == (("overtaken", 0) if while_open else ("counted", 6))
    with pytest.raises(ChangedMeanwhile):
        ready.vote(True, seen_round=before.number, by=panel[5])


def test_nobody_learns_a_count_before_all_are_in(ready, panel):
    called = ready.call_vote(by=panel[0])
    for user in panel[:5]:
        ready.vote(True, seen_round=called.number, by=user)

    before = (ready.agreeing, ready.why_not_decide(panel[0]))
    ready.vote(False, seen_round=called.number, by=panel[5])

    assert before == (0, "The vote is going on.")
    assert (ready.agreeing, ready.why_not_decide(panel[0])) == (5, "5 of 6 votes needed agreed.")


def test_the_foreperson_counts_without_the_missing_once_enough_are_in(ready, panel, logged):
    called = ready.call_vote(by=panel[0])
    for user in panel[:3]:
        ready.vote(True, seen_round=called.number, by=user)
    with pytest.raises(RuleBroken, match="At least 4 votes"):
        ready.close_vote(by=panel[0])
    ready.vote(False, seen_round=called.number, by=panel[3])

    ready.close_vote(by=panel[0])

    assert (called.is_counted, called.agreeing, called.not_yet, called.missing) == (True, 3, 1, 2)
    assert logged()[-1] == (
        "deliberation.vote_counted",
        panel[0],
        {"round": 1, "agreeing": 3, "not_yet": 1, "missing": 2},
    )


def test_a_vote_that_failed_is_called_again_on_the_same_plan(ready, panel):
    vote(ready, panel[:5], others=panel[5:])

    vote(ready, panel)

    assert [(each.number, each.is_agreed) for each in ready.rounds] == [(1, False), (2, True)]
    assert ready.why_not_call_vote(panel[0]) == "The panel has agreed."


def test_neither_who_voted_nor_how_is_in_the_trail(ready, panel, logged):
    called = ready.call_vote(by=panel[0])

    ready.vote(False, seen_round=called.number, by=panel[1])

    assert logged()[-1] == ("deliberation.voted", None, {"round": 1})


@pytest.mark.parametrize(
    ("rule", "agreeing", "decided"),
    [
        (m.DecisionRule.UNANIMOUS, 5, False),
        (m.DecisionRule.UNANIMOUS, 6, True),
        (m.DecisionRule.MAJORITY, 3, False),
        (m.DecisionRule.MAJORITY, 4, True),
    ],
)
def test_the_courts_rule_says_when_a_plan_is_agreed(court, ready, panel, rule, agreeing, decided):
    court.decision_rule = rule
    vote(ready, panel[:agreeing], others=panel[agreeing:])

    assert (ready.why_not_decide(panel[0]) is None) == decided


def test_a_panel_below_the_quorum_does_not_decide(hearing, ready, panel, cast):
    for seat in hearing.panel.sitting_seats[3:]:
        seat.stand_down("Went home.", by=cast.cora)
    left = make.panel_users(hearing)

    with pytest.raises(RuleBroken, match="Too few jurors"):
        ready.call_vote(by=left[0])


def test_only_the_foreperson_sends_the_plan(ready, panel):
    vote(ready, panel)

    with pytest.raises(RuleBroken, match="foreperson"):
        ready.decide(by=panel[1])


def test_deciding_takes_the_case_to_the_judge(hearing, ready, panel, logged):
    vote(ready, panel)

    ready.decide(by=panel[0])

    assert (ready.is_decided, hearing.case.stage) == (True, m.CaseStage.PROPOSED)
    assert logged()[-1] == (
        "deliberation.decided",
        panel[0],
        {"rule": "unanimous", "agreeing": 6, "revision": ready.revision},
    )


def test_a_hearing_that_was_not_held_is_not_decided(hearing, ready, panel):
    vote(ready, panel)
    hearing.state = m.HearingState.SET

    with pytest.raises(RuleBroken, match="not been held"):
        ready.decide(by=panel[0])


def test_nothing_changes_once_the_plan_is_with_the_judge(ready, panel):
    vote(ready, panel)
    ready.decide(by=panel[0])

    with pytest.raises(RuleBroken, match="with the judge"):
        ready.find(m.Question.OWNS_IT, m.Answer.NO, "Second thoughts.", by=panel[0])


# The judge asks again


def test_returning_opens_the_plan_again_on_the_day_the_judge_says(court, hearing, ready, panel, cast, logged):
    vote(ready, panel)
    ready.decide(by=panel[0])
    m.DispositionOrder.draft_for(ready, by=cast.judy)
    tomorrow = court.today + timedelta(days=1)

    ready.return_to_panel("Why no apology?", meets_on=tomorrow, by=cast.judy)
    make.db.session.flush()

    assert (ready.is_decided, hearing.sits_on, hearing.case.stage) == (False, tomorrow, m.CaseStage.HEARD)
    assert (ready.judges_question, ready.agreeing) == ("Why no apology?", 0)
    assert make.db.session.query(m.DispositionOrder).all() == []
    assert logged()[-1] == ("deliberation.returned", cast.judy, {"reason": "Why no apology?"})


def test_another_judge_does_not_return_it(court, ready, panel):
    vote(ready, panel)
    ready.decide(by=panel[0])
    other = make.user(court, "Jude Law", make.Role.JUDGE)

    with pytest.raises(RuleBroken, match="Another judge"):
        ready.return_to_panel("Why?", meets_on=court.today, by=other)


def test_a_plan_returned_is_voted_on_again(ready, panel, cast, court):
    vote(ready, panel)
    ready.decide(by=panel[0])
    ready.return_to_panel("Sure?", meets_on=court.today, by=cast.judy)
    vote(ready, panel)

    ready.decide(by=panel[0])

    assert ready.is_decided


def test_a_deliberation_is_seen_by_the_office_and_the_judge_who_hears_it(court, room, panel, cast, session):
    other = make.user(court, "Jude Law", make.Role.JUDGE)
    readers = (cast.cora, cast.judy, other, panel[0], cast.ada)

    seen = [len(session.scalars(m.Deliberation.visible_to(each)).all()) for each in readers]

    assert seen == [1, 1, 0, 0, 0]


# Writing together


def answers(reason="Said so."):
    return {question: (m.Answer.YES, reason) for question in m.Question}


def test_the_four_findings_are_written_together(room, panel):
    deliberating.write_findings(room, answers(), seen=deliberating.findings_seen(room), by=panel[0])

    assert [each.question for each in room.findings] == list(m.Question)


def test_findings_written_over_unseen_ones_are_refused(room, panel):
    opened = deliberating.findings_seen(room)
    deliberating.write_findings(room, answers(), seen=opened, by=panel[0])

    with pytest.raises(ChangedMeanwhile):
        deliberating.write_findings(room, answers("Something else."), seen=opened, by=panel[0])


def test_a_plan_is_made_to_say_what_was_written_and_nothing_else(court, ready, panel):
    duty, essay = make.activity(court, "jury_duty"), make.activity(court, "essay")
    wanted = [
        deliberating.PlanLine(duty, 2, ready.last_due_on, **WHY),
        deliberating.PlanLine(essay, 1, ready.last_due_on, builds="Words.", purpose=m.Purpose.HARM),
    ]

    deliberating.write_plan(ready, wanted, seen=deliberating.plan_seen(ready), by=panel[0])

    assert [(p.activity, p.amount, p.builds) for p in ready.proposals] == [
        (duty, 2, WHY["builds"]),
        (essay, 1, "Words."),
    ]


def test_a_plan_saved_as_it_was_keeps_its_vote(ready, panel):
    vote(ready, panel)
    same = [deliberating.PlanLine(p.activity, *p.says[:2], p.builds, "", p.purpose) for p in ready.proposals]

    deliberating.write_plan(ready, same, seen=deliberating.plan_seen(ready), by=panel[0])

    assert ready.agreeing == 6


def test_a_plan_written_over_an_unseen_one_is_refused(ready, panel):
    opened = deliberating.plan_seen(ready)
    ready.drop(ready.proposals[0], by=panel[0])

    with pytest.raises(ChangedMeanwhile):
        deliberating.write_plan(ready, [], seen=opened, by=panel[0])


# Alone first


def sheet(court, answer=m.Answer.YES, reason="Mine.", service=1200):
    ratings = dict.fromkeys(m.Question, (answer, reason))
    return ratings, {make.activity(court, "service"): service} if service else {}


@pytest.fixture
def alone(court, cast):
    """A panel that was just sent to decide."""
    return make.held(court, cast).deliberation


def test_nothing_is_shown_or_written_before_the_table_opens(court, alone):
    users = make.panel_users(alone.hearing)
    for user in users[:5]:
        alone.hand_in(*sheet(court), by=user)

    assert (alone.phase, alone.not_in, alone.spread) == (m.Phase.ALONE, 1, None)
    with pytest.raises(RuleBroken, match="First each juror answers alone"):
        alone.find(m.Question.OWNS_IT, m.Answer.YES, "Yes.", by=users[0])


def test_the_last_to_hand_in_opens_the_table_and_no_name_is_in_the_spread(court, alone, logged):
    users = make.panel_users(alone.hearing)
    amounts = [900, 900, 1020, 1200, 1500, None]
    for number, (user, service) in enumerate(zip(users, amounts, strict=True)):
        answer = m.Answer.PARTLY if number == 2 else m.Answer.YES
        alone.hand_in(*sheet(court, answer, f"{'fedcba'[number]}: my reason", service), by=user)

    spread = alone.spread

    service = str(make.activity(court, "service").id)
    assert alone.phase is m.Phase.TOGETHER
    assert spread["sheets"] == 6
    assert spread["answers"]["owns_it"] == {
        "yes": ["a: my reason", "b: my reason", "c: my reason", "e: my reason", "f: my reason"],
        "partly": ["d: my reason"],
        "no": [],
    }
    assert spread["activities"] == {service: {"named_by": 5, "lowest": 900, "median": 1020, "highest": 1500}}
    assert logged()[-1] == ("deliberation.opened", None, {"sheets": 6, "missing": 0})


def test_with_fewer_than_three_sheets_no_spread_is_shown(court, alone):
    users = make.panel_users(alone.hearing)
    for user in users[:2]:
        alone.hand_in(*sheet(court), by=user)

    alone.open_table(by=users[0], without_missing=True)

    assert alone.spread is None


def test_the_table_does_not_open_without_the_missing_unless_the_foreperson_says_so(court, alone):
    users = make.panel_users(alone.hearing)

    for by, words in ((users[0], "Not everybody"), (users[1], "foreperson")):
        with pytest.raises(RuleBroken, match=words):
            alone.open_table(by=by)

    assert not alone.is_open


def test_a_sheet_may_be_handed_in_again_and_counts_once(court, alone):
    user = make.panel_users(alone.hearing)[1]
    alone.hand_in(*sheet(court, m.Answer.NO), by=user)

    alone.hand_in(*sheet(court, m.Answer.YES, service=None), by=user)

    (kept,) = alone.worksheets
    assert ({rating.answer for rating in kept.ratings}, kept.ideas) == ({m.Answer.YES}, [])


@pytest.mark.parametrize(("reason", "service", "field"), [(" ", 1200, "owns_it_reason"), ("Mine.", 60, "")])
def test_a_sheet_keeps_to_the_rules(court, alone, reason, service, field):
    user = make.panel_users(alone.hearing)[1]

    with pytest.raises(RuleBroken) as no:
        alone.hand_in(*sheet(court, reason=reason, service=service), by=user)

    assert no.value.field == (field or f"amount_{make.activity(court, 'service').id}")
    assert alone.worksheets == []


def test_the_sheets_are_destroyed_when_the_plan_is_sent_and_the_spread_stays(court, alone, session):
    users = make.panel_users(alone.hearing)
    for user in users:
        alone.hand_in(*sheet(court), by=user)
    told = alone.spread

    make.proposed(alone.hearing)

    assert session.query(m.Worksheet).all() + session.query(m.Rating).all() == []
    assert alone.spread == told


def test_sheets_of_a_case_that_ended_go_when_the_day_is_closed(court, cast, alone, session):
    alone.hand_in(*sheet(court), by=make.panel_users(alone.hearing)[1])
    guardian = alone.hearing.case.respondent.guardians[0]
    alone.hearing.case.withdraw(guardian, "We prefer the other court.", by=cast.cora)

    closing.close_day(alone.hearing.court_session, by=cast.cora)
    session.flush()

    assert session.query(m.Worksheet).all() == []


# Somebody steps aside


def test_who_knows_somebody_stops_deciding_and_takes_back_what_they_wrote(court, alone, logged):
    hearing = alone.hearing
    users = make.panel_users(hearing)
    for user in users:
        alone.hand_in(*sheet(court), by=user)
    make.written(hearing, by=users[0])
    called = alone.call_vote(by=users[0])
    alone.vote(False, seen_round=called.number, by=users[5])

    deliberating.step_aside(alone, "My cousin.", by=users[5])
    make.db.session.flush()

    assert (len(alone.sitting), len(alone.worksheets), alone.spread["sheets"]) == (5, 5, 5)
    assert (called.state, called.agreeing, called.not_yet, called.voters) == ("overtaken", 0, 0, [])
    assert "My cousin." in hearing.panel.seats[-1].stood_down_reason + str(logged())
    with pytest.raises(RuleBroken, match="Only the jurors"):
        alone.vote(True, seen_round=called.number, by=users[5])


def test_when_the_foreperson_steps_aside_another_leads(alone):
    users = make.panel_users(alone.hearing)

    deliberating.step_aside(alone, "", by=users[0])

    assert alone.why_not_lead(make.panel_users(alone.hearing)[0]) is None


@pytest.mark.parametrize("heard_it", [True, False])
def test_a_reserve_who_heard_the_case_may_decide_instead(court, cast, heard_it):
    case = make.admitted(court, cast.cora)
    hearing = make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)
    make.booked(cast.jurors, hearing.court_session, cast.cora)
    make.drawn(hearing, cast.cora)
    make.sworn(hearing, cast.cora)
    reserve = hearing.panel.reserves[0]
    if heard_it:
        reserve.swear(by=cast.cora)
    room = hearing.hold(by=cast.judy)
    users = make.panel_users(hearing)
    deliberating.step_aside(room, "My cousin.", by=users[5])

    why_not = hearing.panel.why_not_take_over(reserve)

    assert why_not == (None if heard_it else f"{reserve.juror.person.short_name} has not taken the oath.")
    if heard_it:
        room.let_take_over(reserve, by=users[0])
        (left,) = [seat.replacement for seat in hearing.panel.seats if seat.replacement]
        assert (len(room.sitting), reserve in room.sitting, left.taken_by) == (6, True, reserve)


# One item is left to the judge


def test_one_item_is_left_to_the_judge_inside_what_was_named(court, alone, logged):
    users = make.panel_users(alone.hearing)
    for user, service in zip(users, (900, 960, 1200, 1500, 1500, None), strict=True):
        alone.hand_in(*sheet(court, service=service), by=user)
    make.written(alone.hearing, by=users[0])
    hours, duty = alone.proposals
    with pytest.raises(RuleBroken, match="Vote first"):
        alone.leave_to_judge(hours, by=users[0])
    vote(alone, users[:4], others=users[4:])

    alone.leave_to_judge(hours, by=users[0])
    said = logged()[-1]
    vote(alone, users)
    alone.decide(by=users[0])

    assert (hours.is_deadlocked, hours.lowest, hours.highest, duty.is_deadlocked) == (True, 900, 1500, False)
    assert said[0] == "deliberation.deadlocked"
    assert alone.is_decided


def test_only_one_item_is_left_open_and_only_where_amounts_differ(ready, panel):
    vote(ready, panel[:4], others=panel[4:])

    with pytest.raises(RuleBroken, match="Nobody named another amount"):
        ready.leave_to_judge(ready.proposals[0], by=panel[0])

    ready.proposals[1].lowest, ready.proposals[1].highest = 2, 4
    with pytest.raises(RuleBroken, match="One item is already left"):
        ready.leave_to_judge(ready.proposals[0], by=panel[0])


# On paper


def ballot(court, room, agreeing=6, not_yet=0, **more):
    answers = {question: (m.Answer.YES, "On the sheet.") for question in m.Question}
    lines = tuple(
        deliberating.PlanLine(make.activity(court, kind), amount, room.last_due_on, **WHY)
        for kind, amount in (("service", 1200), ("jury_duty", 2))
    )
    return deliberating.PaperBallot(answers, lines, agreeing, not_yet, **more)


def test_a_paper_ballot_is_typed_in_whole_and_says_that_it_was_paper(court, cast, alone, logged):
    deliberating.type_in_paper(alone, ballot(court, alone), by=cast.cora)

    (counted,) = alone.rounds
    lines = [(event, by) for event, by, said in logged() if said.get("on_paper")]
    assert (alone.is_decided, counted.on_paper, counted.agreeing, counted.voters) == (True, True, 6, [])
    assert {by for _event, by in lines} == {cast.cora}
    assert [event for event, _by in lines].count("deliberation.found") == 4
    assert {"deliberation.proposed", "deliberation.vote_counted", "deliberation.decided"} <= dict(
        lines
    ).keys()


def test_a_paper_ballot_can_be_typed_in_the_next_morning(court, cast, alone):
    with clock.at(make.SATURDAY + timedelta(days=1)):
        deliberating.type_in_paper(alone, ballot(court, alone), by=cast.cora)

    assert alone.is_decided


@pytest.mark.parametrize(
    ("agreeing", "not_yet", "words"),
    [(5, 1, "5 of 6"), (3, 0, "Too few jurors voted"), (6, 1, "More votes than jurors")],
)
def test_on_paper_the_same_rules_hold(court, cast, alone, agreeing, not_yet, words):
    with pytest.raises(RuleBroken, match=words):
        deliberating.type_in_paper(alone, ballot(court, alone, agreeing, not_yet), by=cast.cora)


@pytest.mark.parametrize("who", ["judy", "juror"])
def test_only_the_office_types_in_what_came_on_paper(court, cast, alone, who):
    by = cast.judy if who == "judy" else make.panel_users(alone.hearing)[0]

    with pytest.raises(RuleBroken, match="staff types in"):
        deliberating.type_in_paper(alone, ballot(court, alone), by=by)


def test_an_item_left_open_on_paper_comes_with_its_range_and_the_vote_before(court, cast, alone):
    open_item = deliberating.LeftOpen(make.activity(court, "service"), 900, 1500, agreeing=4, not_yet=2)

    deliberating.type_in_paper(alone, ballot(court, alone, left_open=open_item), by=cast.cora)

    assert [(p.lowest, p.highest) for p in alone.proposals] == [(900, 1500), (None, None)]
    assert [(each.agreeing, each.is_agreed) for each in alone.rounds] == [(4, False), (6, True)]
