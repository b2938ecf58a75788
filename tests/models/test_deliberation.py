"""The panel's findings, its plan, its votes, and what it may not do."""

from datetime import timedelta

import pytest

from tests import make
from youthcourt import clock
from youthcourt import models as m
from youthcourt.errors import ChangedMeanwhile, RuleBroken
from youthcourt.procedures import deliberating


@pytest.fixture
def hearing(court, cast):
    return make.held(court, cast)


@pytest.fixture
def room(hearing):
    return hearing.deliberation


@pytest.fixture
def panel(hearing):
    """Six accounts, the foreperson's first."""
    return make.panel_users(hearing)


@pytest.fixture
def ready(court, room, panel):
    """Findings and a plan are written; nobody has voted."""
    for question in m.Question:
        room.find(question, m.Answer.YES, "Said so.", by=panel[0])
    room.propose(make.activity(court, "service"), 1200, room.last_due_on, by=panel[0])
    room.propose(make.activity(court, "jury_duty"), 2, room.last_due_on, by=panel[0])
    make.db.session.flush()
    return room


def vote(room, users, agrees=True):
    for user in users:
        room.vote(agrees, seen_revision=room.revision, by=user)
    make.db.session.flush()


# Findings


def test_a_finding_is_kept_with_its_reason(room, panel, logged):
    room.find(m.Question.OWNS_IT, m.Answer.PARTLY, "Blamed a friend first.", by=panel[1])

    (finding,) = room.findings
    assert (finding.question, finding.answer, finding.reason) == (
        m.Question.OWNS_IT,
        m.Answer.PARTLY,
        "Blamed a friend first.",
    )
    assert logged() == [
        (
            "deliberation.found",
            panel[1],
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

    room.find(m.Question.OWNS_IT, m.Answer.NO, "Not really.", by=panel[1])

    assert [(each.answer, each.reason) for each in room.findings] == [(m.Answer.NO, "Not really.")]


def test_writing_the_same_finding_again_keeps_the_votes(ready, panel):
    vote(ready, panel[:2])

    ready.find(m.Question.OWNS_IT, m.Answer.YES, "Said so.", by=panel[2])

    assert ready.agreeing == 2


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

    room.propose(service, 300, room.last_due_on, by=panel[0], outside_reason="Looks after three brothers.")

    assert [(p.amount, p.outside_reason) for p in room.proposals] == [(300, "Looks after three brothers.")]


def test_an_activity_without_a_grid_line_has_no_limit(court, room, panel):
    room.propose(make.activity(court, "essay"), 40, room.last_due_on, by=panel[0])

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
    room.propose(essay, 1, room.last_due_on, by=panel[0])

    room.propose(essay, 2, room.last_due_on, by=panel[1])

    assert [(p.activity, p.amount) for p in room.proposals] == [(essay, 2)]


def test_dropping_a_line_takes_it_out_of_the_plan(ready, panel):
    service, duty = ready.proposals

    ready.drop(service, by=panel[0])

    assert ready.proposals == [duty]


# Votes and the decision


def test_a_vote_is_not_accepted_before_everything_is_written(room, panel):
    with pytest.raises(RuleBroken, match="four questions"):
        room.vote(True, seen_revision=room.revision, by=panel[0])


def test_a_plan_without_mandatory_jury_duty_is_not_voted_on(ready, panel):
    ready.drop(ready.proposals[1], by=panel[0])

    with pytest.raises(RuleBroken, match="Jury duty"):
        ready.vote(True, seen_revision=ready.revision, by=panel[0])


def test_a_plan_may_do_without_jury_duty_where_the_court_says_so(court, ready, panel):
    court.jury_duty_mandatory = False
    ready.drop(ready.proposals[1], by=panel[0])

    vote(ready, panel)

    assert ready.agreeing == 6


def test_voting_again_changes_the_vote(ready, panel):
    vote(ready, panel[:1])

    vote(ready, panel[:1], agrees=False)

    assert [each.agrees for each in ready.current_votes] == [False]


def test_a_vote_is_for_what_its_juror_saw(ready, panel):
    with pytest.raises(ChangedMeanwhile):
        ready.vote(True, seen_revision=ready.revision - 1, by=panel[0])


def test_votes_on_an_earlier_plan_do_not_count(court, ready, panel):
    vote(ready, panel)

    ready.propose(make.activity(court, "essay"), 1, ready.last_due_on, by=panel[0])

    assert ready.agreeing == 0


def test_how_somebody_voted_is_not_in_the_trail(ready, panel, logged):
    vote(ready, panel[:1], agrees=False)

    assert logged() == [("deliberation.voted", panel[0], {"revision": ready.revision})]


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
    vote(ready, panel[:agreeing])
    vote(ready, panel[agreeing:], agrees=False)

    assert (ready.why_not_decide(panel[0]) is None) == decided


def test_a_panel_below_the_quorum_does_not_decide(hearing, ready, panel, cast):
    for seat in hearing.panel.sitting_seats[3:]:
        seat.stand_down("Went home.", by=cast.cora)
    left = make.panel_users(hearing)
    vote(ready, left)

    with pytest.raises(RuleBroken, match="Too few jurors"):
        ready.decide(by=left[0])


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
        deliberating.write_findings(room, answers("Something else."), seen=opened, by=panel[1])


def test_a_plan_is_made_to_say_what_was_written_and_nothing_else(court, ready, panel):
    duty, essay = make.activity(court, "jury_duty"), make.activity(court, "essay")
    wanted = [
        deliberating.PlanLine(duty, 2, ready.last_due_on),
        deliberating.PlanLine(essay, 1, ready.last_due_on, builds="Words."),
    ]

    deliberating.write_plan(ready, wanted, seen=deliberating.plan_seen(ready), by=panel[0])

    assert [(p.activity, p.amount, p.builds) for p in ready.proposals] == [
        (duty, 2, ""),
        (essay, 1, "Words."),
    ]


def test_a_plan_saved_as_it_was_keeps_the_votes(ready, panel):
    vote(ready, panel)
    same = [deliberating.PlanLine(p.activity, p.amount, p.due_on) for p in ready.proposals]

    deliberating.write_plan(ready, same, seen=deliberating.plan_seen(ready), by=panel[0])

    assert ready.agreeing == 6


def test_a_plan_written_over_an_unseen_one_is_refused(ready, panel):
    opened = deliberating.plan_seen(ready)
    ready.drop(ready.proposals[0], by=panel[0])

    with pytest.raises(ChangedMeanwhile):
        deliberating.write_plan(ready, [], seen=opened, by=panel[1])


def test_the_tally_counts_those_who_sit_and_says_whether_the_reader_voted(hearing, ready, panel):
    vote(ready, panel[:3])
    vote(ready, panel[3:4], agrees=False)

    mine = deliberating.tally(hearing, panel[0])
    other = deliberating.tally(hearing, panel[5])

    assert (mine.seated, mine.agreeing, mine.not_yet, mine.waiting, mine.needed) == (6, 3, 1, 2, 6)
    assert (mine.has_voted, other.has_voted) == (True, False)


def test_the_tallys_mark_tells_nothing_to_whoever_has_not_voted(hearing, ready, panel):
    before = deliberating.tally(hearing, panel[5]).mark

    vote(ready, panel[:3])

    assert deliberating.tally(hearing, panel[5]).mark == before
