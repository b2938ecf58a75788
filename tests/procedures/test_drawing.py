"""A draw: asked for with frozen facts, worked out, put into force once, thrown away, made again."""

from datetime import timedelta

import pytest

from tests import make
from tests.refusals import refused
from youthcourt import clock
from youthcourt import models as m
from youthcourt.checker.draws import examine
from youthcourt.permissions import Role
from youthcourt.planning.lots import commitment
from youthcourt.procedures.court import hearing_day
from youthcourt.procedures.jury import carrying_out, drawing, seating


@pytest.fixture
def day(court, cast):
    """Two hearings at one time and one later, with sixteen jurors booked."""
    day = make.court_session(court, cast.cora)
    second = make.user(court, "Jude Second", Role.JUDGE)
    for number, (judge, block, room) in enumerate([(cast.judy, 0, 0), (second, 0, 1), (cast.judy, 1, 0)]):
        case = make.admitted(court, cast.cora, f"Young{number} Person{number}")
        make.hearing(case, day, judge, cast.cora, block=block, room=room)
    names = ("Ian", "Joy", "Kai", "Lea", "Max", "Noa", "Oz", "Pia")
    more = [make.juror(court, f"{name} Further", school_name="Harbor Middle") for name in names]
    make.booked([*cast.jurors, *more], day, cast.cora)
    return day


def drawn(day, by, **how):
    draw = drawing.ask(day, by=by, **how)
    drawing.solve(draw)
    day.session.flush()
    return draw


def in_force(day, by, **how):
    draw = drawn(day, by, **how)
    carrying_out.publish(draw, by=by)
    day.session.flush()
    day.session.expire_all()
    return draw


def seated(day):
    """Who has which place, as the tables have it."""
    return sorted(
        (str(seat.juror_id), seat.role.value, str(hearing.block_id if seat.is_reserve else hearing.id))
        for hearing in day.docket
        for seat in hearing.panel.standing
    )


# Asking


def test_asking_takes_the_secret_that_was_laid_down_and_lays_down_another(day, cast):
    laid_down = m.Draw.laid_down_for(day)
    promised = laid_down.commitment

    draw = drawing.ask(day, by=cast.cora, public=" 6 4 1 ")

    after = m.Draw.laid_down_for(day)
    assert (draw, draw.commitment, draw.state) == (laid_down, promised, m.DrawState.WAITING)
    assert commitment(draw.secret) == promised
    assert draw.seed == f"{draw.secret}:6 4 1"
    assert after.secret != draw.secret


def test_the_facts_name_nobody(day, cast):
    draw = drawing.ask(day, by=cast.cora)

    told = str(draw.facts)
    names = [sitting.juror.person.family_name for sitting in day.sittings]
    assert [name for name in [*names, "Person0", "Lincoln"] if name in told] == []
    assert len(draw.facts["candidates"]) == 16


def test_while_one_is_worked_out_no_other_is_asked_for(day, cast):
    drawing.ask(day, by=cast.cora)

    assert refused(drawing.ask, day, by=cast.cora) == "A plan of this day is being worked out now."


def test_after_the_worker_was_silent_for_long_another_may_be_asked_for(day, cast):
    drawing.begin(drawing.ask(day, by=cast.cora))

    with clock.at(clock.now() + timedelta(minutes=1)):
        assert drawing.why_not_ask(day) is None


# Working it out


def test_a_plan_keeps_every_rule_by_the_word_of_who_did_not_make_it(day, cast):
    draw = drawn(day, cast.cora)

    assert draw.state is m.DrawState.PROPOSED
    assert draw.counted["lost"] == draw.counted["seats"] == 0
    assert examine({**drawing.evidence(draw), "digest": draw.digest}) == []
    print(f"count: places of a draw checked independently = {len(draw.places)}")


def test_a_proposal_changes_nothing(day, cast):
    drawn(day, cast.cora)

    assert [hearing.panel for hearing in day.docket] == [None, None, None]


def test_what_was_begun_by_one_is_not_begun_by_another(day, cast):
    draw = drawing.ask(day, by=cast.cora)

    tries = [drawing.begin(draw), drawing.begin(draw)]

    assert tries == [1, 0]


def test_a_worker_that_was_ended_leaves_a_draw_that_can_be_started_again(day, cast):
    draw = drawing.ask(day, by=cast.cora)
    attempt = drawing.begin(draw)
    drawing.hear(draw, attempt, {"aim": "lost"})
    drawing.finish(draw, attempt)
    stopped = (draw.state, draw.result, draw.counted)

    drawing.start_again(draw, by=cast.cora)
    drawing.solve(draw)

    assert stopped == (m.DrawState.FAILED, None, None)
    assert (draw.state, draw.attempt) == (m.DrawState.PROPOSED, 2)


def test_an_old_worker_that_comes_back_is_not_heard(day, cast):
    """Its plan, and its end, belong to a try that nobody waits for any more."""
    other = drawn(day, cast.cora)
    draw = drawing.ask(day, by=cast.cora)
    first = drawing.begin(draw)
    drawing.fail(draw, first, "ended")
    drawing.start_again(draw, by=cast.cora)
    second = drawing.begin(draw)

    plan = {name: part for name, part in other.result.items() if name not in ("shortages", "ways_out")}
    drawing.hear(draw, first, {"plan": plan})
    drawing.finish(draw, first)

    assert (draw.state, draw.result, second) == (m.DrawState.RUNNING, None, 2)


def test_what_was_cancelled_stays_so_whatever_the_worker_says(day, cast):
    draw = drawing.ask(day, by=cast.cora)
    attempt = drawing.begin(draw)
    drawing.discard(draw, by=cast.cora)

    drawing.hear(draw, attempt, {"aim": "seats"})
    drawing.finish(draw, attempt)

    assert draw.state is m.DrawState.DISCARDED


# Putting it into force


def test_the_places_of_the_plan_become_panels_and_seats(day, cast, logged):
    draw = drawn(day, cast.cora)
    before = len(logged())

    carrying_out.publish(draw, by=cast.cora)
    day.session.flush()
    day.session.expire_all()

    assert seated(day) == sorted(draw.places)
    assert [hearing.panel.draw for hearing in day.docket] == [draw] * 3
    assert [line[0] for line in logged()[before:]] == ["panel.drawn"] * 3 + ["draw.published"]


def test_a_plan_is_put_into_force_once(day, cast):
    draw = in_force(day, cast.cora)

    assert refused(carrying_out.publish, draw, by=cast.cora) == "This plan is no proposal any more."


def test_of_two_proposals_the_second_takes_the_place_of_the_first(day, cast):
    first, second = drawn(day, cast.cora), drawn(day, cast.cora)
    carrying_out.publish(first, by=cast.cora)
    day.session.flush()

    carrying_out.publish(second, by=cast.cora)
    day.session.flush()
    day.session.expire_all()

    assert (first.state, second.state) == (m.DrawState.REPLACED, m.DrawState.PUBLISHED)
    assert seated(day) == sorted(second.places)


CHANGED = "Something has changed since this plan was made. Plan again."


def excused(day, cast):
    hearing_day.excuse(day.sittings[0], "Ill.", by=cast.cora)


def tied(day, cast):
    for hearing in day.hearings:
        m.Tie.between(hearing.case.respondent, day.sittings[0].juror.person, m.TieKind.KNOWS, by=cast.cora)


def moved(day, cast):
    day.hearings[2].cancel("Withdrawn.", by=cast.cora)


@pytest.mark.parametrize("meanwhile", [excused, tied, moved])
def test_a_plan_that_no_longer_keeps_the_rules_is_refused(day, cast, meanwhile):
    day.court.panel_size, day.court.panel_reserves = 5, 0
    for sitting in day.sittings[8:]:
        hearing_day.excuse(sitting, "Not needed.", by=cast.cora)
    moved_block = day.hearings[1]
    moved_block.cancel("Withdrawn.", by=cast.cora)
    day.session.flush()
    draw = drawn(day, cast.cora)
    used = {who for who, _role, _where in draw.places}
    assert str(day.sittings[0].juror_id) in used

    meanwhile(day, cast)
    day.session.flush()

    assert carrying_out.why_not_publish(draw) == CHANGED


def test_one_panel_is_drawn_anew_while_the_others_stay(day, cast):
    in_force(day, cast.cora)
    only, *others = day.docket
    before = [seat.juror_id for hearing in others for seat in hearing.panel.standing]

    make.drawn(only, cast.cora)
    day.session.expire_all()

    assert [seat.juror_id for hearing in others for seat in hearing.panel.standing] == before
    assert len(only.panel.sitting_seats) == 6
    assert only.panel.draw.kind is m.DrawKind.PANEL


def test_bailiffs_and_clerks_sit_and_do_not_decide(day, cast):
    rules = day.court.seating_rules
    rules.bailiffs = rules.clerks = 1
    day.court.panel_size = 5
    day.session.flush()

    in_force(day, cast.cora)

    panel = day.docket[0].panel
    assert [seat.role.value for seat in panel.helpers] == ["bailiff", "clerk"] or sorted(
        seat.role.value for seat in panel.helpers
    ) == ["bailiff", "clerk"]
    assert len(panel.sitting_seats) == 5
    helper = make.juror_user(day.court, panel.helpers[0].juror)
    assert panel.seat_of(helper) is None


# At the door


def all_here_but(day, by, missing=()):
    for sitting in day.sittings:
        if sitting.state is m.SittingState.BOOKED and sitting.juror not in missing:
            sitting.check_in(by=by)
    day.session.flush()


def test_with_everybody_here_nothing_changes(day, cast):
    in_force(day, cast.cora)
    all_here_but(day, cast.cora)
    before = seated(day)

    mended = in_force(day, cast.cora, kind=m.DrawKind.MEND, here_only=True)

    assert mended.counted["changes"] == 0
    assert seated(day) == before


def test_a_reserve_takes_the_seat_of_who_did_not_come_and_nobody_else_moves(day, cast):
    in_force(day, cast.cora)
    missing = day.docket[0].panel.sitting_seats[2].juror
    all_here_but(day, cast.cora, {missing})
    before = seated(day)

    in_force(day, cast.cora, kind=m.DrawKind.MEND, here_only=True)

    lost = {place for place in before if place[1] != "reserve"} - set(seated(day))
    theirs = [seat for hearing in day.docket for seat in hearing.panel.seats if seat.juror is missing]
    gone = [seat for seat in theirs if seat.stood_down_at]
    assert {who for who, _role, _where in lost} == {str(missing.id)}
    assert all(len(hearing.panel.sitting_seats) == 6 for hearing in day.docket)
    assert {(seat.stood_down_reason, seat.has_moved) for seat in gone} == {("Did not come.", False)}


def test_a_panel_under_oath_is_left_alone(day, cast):
    in_force(day, cast.cora)
    all_here_but(day, cast.cora)
    for seat in day.docket[0].panel.sitting_seats:
        seat.swear(by=cast.cora)
    day.session.flush()

    mended = drawn(day, cast.cora, kind=m.DrawKind.MEND, here_only=True)

    assert str(day.docket[0].id) not in {each["id"] for each in mended.facts["hearings"]}


def test_who_left_for_a_conflict_does_not_come_back(day, cast):
    in_force(day, cast.cora)
    all_here_but(day, cast.cora)
    seat = day.docket[0].panel.sitting_seats[1]
    takes = seating.stand_ins(day.docket[0])[0].juror
    seating.vacate(seat, seating.WhyLeft.CONFLICT, "Cousins.", by=cast.cora, takes=takes)
    day.session.flush()

    in_force(day, cast.cora, kind=m.DrawKind.MEND, here_only=True)

    assert seat.juror not in {each.juror for each in day.docket[0].panel.standing}
    assert len(day.docket[0].panel.sitting_seats) == 6


# Made again


def test_a_draw_made_again_is_the_same(day, cast):
    draw = drawn(day, cast.cora)

    assert drawing.differences(draw) == []


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("secret", "another"),
        ("public", "6"),
        ("commitment", "0" * 64),
        ("facts", {}),
        ("result", []),
        ("counted", {"lost": 7}),
        ("digest", "0" * 64),
    ],
)
def test_a_draw_of_which_anything_was_changed_is_noticed(day, cast, part, value):
    draw = drawn(day, cast.cora)
    was = getattr(draw, part)
    if part == "facts":
        value = {**was, "rules": {**was["rules"], "places_a_day": 1}}
    if part == "result":
        value = {**was, "places": was["places"][1:]}
    setattr(draw, part, value)

    assert drawing.differences(draw) != []
    assert examine({**drawing.evidence(draw), "digest": draw.digest}) != []


def test_a_draw_whose_names_are_gone_says_so(day, cast):
    draw = drawn(day, cast.cora)
    kept = (draw.digest, draw.facts_digest, draw.counted)

    draw.forget()

    assert drawing.differences(draw) == ["its facts are gone, because a record in it is"]
    assert (draw.facts, draw.result) == (None, None)
    assert (draw.digest, draw.facts_digest, draw.counted) == kept
