"""A day of hearings: planned, filled, made ready; no room, judge or respondent twice at one time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests import make
from tests.refusals import refused, refused_beside
from tests.stages import day_with_hearing, held, seated
from youthcourt import clock
from youthcourt import models as m
from youthcourt.permissions import Role
from youthcourt.procedures import hearing_day

S = m.CaseStage


@pytest.fixture
def day(court, cast):
    return make.court_session(court, cast.cora)


def second_case(court, cast, **facts):
    return make.admitted(court, cast.cora, name="Rosa Ruiz", **facts)


def test_a_planned_day_has_its_rooms_and_its_times_where_the_court_is(court, cast, logged):
    starts = [time(19, 0), time(18, 30), time(19, 0)]

    day = m.CourtSession.plan(court, date(2026, 3, 14), starts=starts, rooms=court.rooms[:1], by=cast.cora)

    assert [block.starts_at for block in day.blocks] == [
        datetime(2026, 3, 14, 22, 30, tzinfo=UTC),  # summer time in New York since the 8th
        datetime(2026, 3, 14, 23, 0, tzinfo=UTC),
    ]
    assert ([room.name for room in day.rooms], day.place, day.is_ready) == (["Room A"], "Courthouse", False)
    assert logged() == [
        (
            "court_session.planned",
            cast.cora,
            {"held_on": "2026-03-14", "starts": ["18:30:00", "19:00:00"]},
        ),
        ("draw.committed", None, {"commitment": day.draws[0].commitment}),
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"held_on": date(2026, 3, 6)}, ("held_on", "This day is over.")),
        ({"rooms": []}, ("rooms", "Choose at least one room.")),
        ({"starts": []}, ("starts", "Give at least one starting time.")),
    ],
)
def test_a_day_is_not_planned(court, cast, given, expected):
    plan = {"held_on": court.today, "starts": [time(18, 30)], "rooms": list(court.rooms), **given}

    assert refused_beside(m.CourtSession.plan, court, by=cast.cora, **plan) == expected


def test_a_hearing_is_placed_and_the_case_is_set(court, cast, day, logged):
    case = make.admitted(court, cast.cora)
    so_far = len(logged())

    hearing = day.place_hearing(case, day.blocks[0], day.rooms[1], cast.judy, by=cast.cora)

    assert (hearing.case, hearing.court_session, hearing.judge, hearing.sits_on, hearing.state) == (
        case,
        day,
        cast.judy,
        court.today,
        m.HearingState.SET,
    )
    assert (case.stage, day.docket) == (S.HEARING_SET, [hearing])
    assert logged()[so_far:] == [
        (
            "hearing.placed",
            cast.cora,
            {
                "held_on": "2026-03-07",
                "starts_at": "2026-03-07T23:30:00+00:00",
                "room": "Room B",
                "judge": cast.judy.id,
            },
        )
    ]


# Nothing twice at one time


def test_a_room_is_not_given_twice(court, cast, day):
    make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)
    other = make.user(court, "Omar Haddad", Role.JUDGE)

    assert refused_beside(
        day.place_hearing, second_case(court, cast), day.blocks[0], day.rooms[0], other, by=cast.cora
    ) == ("place", "Room A is taken at this time.")


def test_a_judge_does_not_hear_two_cases_at_once(court, cast, day):
    make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)

    assert refused_beside(
        day.place_hearing, second_case(court, cast), day.blocks[0], day.rooms[1], cast.judy, by=cast.cora
    ) == ("judge", "Judy Okafor hears another case at this time.")


def test_nobody_stands_before_two_panels_at_once(court, cast, day):
    make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)
    again = make.referred(court, cast.cora, incident_on=court.today)
    again.accept(by=cast.cora, override_reason="A small thing, the same week.")
    again.hold_intake(make.interview(again), by=cast.cora)
    for party in m.Party:
        again.agree(make.agreement(again, party), by=cast.cora)
    other = make.user(court, "Omar Haddad", Role.JUDGE)

    assert refused_beside(day.place_hearing, again, day.blocks[0], day.rooms[1], other, by=cast.cora) == (
        "place",
        "Jordan Tate has another hearing at this time.",
    )


def test_at_another_time_room_judge_and_respondent_are_free(court, cast, day):
    make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)

    later = day.place_hearing(second_case(court, cast), day.blocks[1], day.rooms[0], cast.judy, by=cast.cora)

    assert [hearing.block for hearing in day.docket] == day.blocks
    assert later.room is day.rooms[0]


@pytest.mark.parametrize(
    ("same", "expected"),
    [
        ("room", ("place", "Room A is taken at this time.")),
        ("judge", ("judge", "Judy Okafor hears another case at this time.")),
    ],
)
def test_a_second_plan_for_the_same_day_gives_nothing_twice(court, cast, day, same, expected):
    """Two coordinators plan the same Saturday; each docket alone has the place free."""
    make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)
    twin = make.court_session(court, cast.cora)
    judge = cast.judy if same == "judge" else make.user(court, "Omar Haddad", Role.JUDGE)
    room = twin.rooms[0] if same == "room" else twin.rooms[1]

    assert (
        refused_beside(
            twin.place_hearing, second_case(court, cast), twin.blocks[0], room, judge, by=cast.cora
        )
        == expected
    )


def test_the_place_of_a_cancelled_hearing_is_free_again(court, cast, day):
    hearing = make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)
    hearing.case.withdraw(hearing.case.respondent, reason="", by=cast.cora)

    other = make.hearing(second_case(court, cast), day, cast.judy, cast.cora)

    assert day.docket == [other]


def test_a_place_of_another_day_is_refused(court, cast, day):
    other_day = make.court_session(court, cast.cora, held_on=court.today + timedelta(days=7))

    assert refused_beside(
        day.place_hearing,
        make.admitted(court, cast.cora),
        other_day.blocks[0],
        day.rooms[0],
        cast.judy,
        by=cast.cora,
    ) == ("place", "This room or time is not part of this day.")


def test_nothing_is_placed_on_a_day_that_is_over(court, cast, day):
    case = make.admitted(court, cast.cora)
    with clock.at(make.SATURDAY + timedelta(days=1)):
        said = refused_beside(day.place_hearing, case, day.blocks[0], day.rooms[0], cast.judy, by=cast.cora)

    assert said == ("place", "This day is over.")


def test_nothing_is_placed_on_a_day_that_is_closed(court, cast, day):
    hearing_day.close_day(day, by=cast.cora)

    assert refused_beside(
        day.place_hearing,
        make.admitted(court, cast.cora),
        day.blocks[0],
        day.rooms[0],
        cast.judy,
        by=cast.cora,
    ) == ("place", "This day is over.")


def test_the_places_still_free_are_those_nobody_has(court, cast, day):
    make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora, block=1, room=0)

    zone = ZoneInfo(court.time_zone)
    free = [(block.starts_at.astimezone(zone).hour, room.name) for block, room in day.free_places()]

    assert free == [(18, "Room A"), (18, "Room B"), (19, "Room B")]


# Draft and ready


def test_a_day_without_hearings_is_not_ready(cast, day):
    assert refused(day.make_ready, by=cast.cora) == "No hearing is placed on this day yet."


def test_a_day_says_of_each_hearing_what_it_lacks(court, cast, day):
    make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)
    with_panel = make.hearing(second_case(court, cast), day, cast.judy, cast.cora, block=1)
    make.booked(cast.jurors[:4], day, cast.cora)
    panel = make.drawn(with_panel, cast.cora)
    panel.seats[0].stand_down(reason="Ill.", by=cast.cora)

    assert day.missing() == [
        "YC-2026-0001: no panel yet.",
        "YC-2026-0002: the panel is short of jurors.",
    ]


def test_a_day_with_nothing_missing_is_made_ready_once(court, cast, logged):
    day = seated(court, cast).court_session
    so_far = len(logged())

    day.make_ready(by=cast.cora)

    assert (day.is_ready, day.made_ready_by, day.made_ready_at) == (True, cast.cora, clock.now())
    assert logged()[so_far:] == [("court_session.made_ready", cast.cora, {"hearings": 1})]
    assert refused(day.make_ready, by=cast.cora) == "This day is ready."


def test_a_day_that_is_over_is_not_made_ready(court, cast):
    day = seated(court, cast).court_session
    with clock.at(make.SATURDAY + timedelta(days=1)):
        assert refused(day.make_ready, by=cast.cora) == "This day is over."


def test_a_day_whose_docket_changes_is_a_draft_again(court, cast):
    day = seated(court, cast).court_session
    day.make_ready(by=cast.cora)

    make.hearing(second_case(court, cast), day, cast.judy, cast.cora, block=1)

    assert (day.is_ready, day.missing()) == (False, ["YC-2026-0002: no panel yet."])


def test_a_day_whose_panel_falls_short_is_a_draft_again(court, cast):
    hearing = seated(court, cast)
    hearing.court_session.make_ready(by=cast.cora)
    states = []

    while len(hearing.panel.sitting_seats) >= court.panel_minimum:
        hearing.panel.sitting_seats[0].stand_down(reason="Ill.", by=cast.cora)
        states.append((len(hearing.panel.sitting_seats), hearing.court_session.is_ready))

    assert states == [(6, True), (5, True), (4, True), (3, False)]


# Closing


def test_a_day_ahead_is_not_closed(court, cast):
    day = make.court_session(court, cast.cora, held_on=court.today + timedelta(days=1))

    assert refused(hearing_day.close_day, day, by=cast.cora) == "This day has not been held yet."


def test_a_day_with_a_hearing_still_ahead_is_not_closed(court, cast):
    day = seated(court, cast).court_session

    assert refused(hearing_day.close_day, day, by=cast.cora) == (
        "Not settled yet: YC-2026-0001. Say for each whether it was held."
    )


def test_a_day_is_not_closed_while_a_panel_decides(court, cast):
    day = held(court, cast).court_session

    assert refused(hearing_day.close_day, day, by=cast.cora) == (
        "The panel has not decided yet: YC-2026-0001."
    )


def test_a_day_is_closed_once(court, cast, day):
    hearing_day.close_day(day, by=cast.cora)

    assert refused(hearing_day.close_day, day, by=cast.cora) == "This day is closed."


def test_a_family_that_withdraws_during_the_deliberation_does_not_keep_the_day_open(court, cast):
    hearing = held(court, cast)
    hearing.case.withdraw(hearing.case.respondent, reason="", by=cast.cora)

    credited = hearing_day.close_day(hearing.court_session, by=cast.cora)

    assert len(credited) == len(cast.jurors)


def test_a_panel_called_back_for_another_day_does_not_keep_this_one_open(court, cast):
    deliberation = make.proposed(held(court, cast))
    deliberation.return_to_panel("Why so few hours?", meets_on=court.today + timedelta(days=7), by=cast.judy)

    credited = hearing_day.close_day(deliberation.hearing.court_session, by=cast.cora)

    assert len(credited) == len(cast.jurors)


def test_a_panel_that_thinks_again_today_keeps_the_day_open(court, cast):
    deliberation = make.proposed(held(court, cast))
    deliberation.return_to_panel("Why so few hours?", meets_on=court.today, by=cast.judy)

    assert refused(hearing_day.close_day, deliberation.hearing.court_session, by=cast.cora) == (
        "The panel has not decided yet: YC-2026-0001."
    )


def test_a_day_of_hearings_lists_by_time_and_room(court, cast, day):
    omar = make.user(court, "Omar Haddad", Role.JUDGE)
    places = [(1, 0, cast.judy), (0, 1, cast.judy), (0, 0, omar)]
    for number, (block, room, judge) in enumerate(places):
        case = make.admitted(court, cast.cora, name=f"Rosa Ruiz{number}")
        make.hearing(case, day, judge, cast.cora, block=block, room=room)

    assert [hearing.case.number[-1] for hearing in day.docket] == ["3", "2", "1"]


def test_the_version_counts_up_with_every_change_of_the_docket(court, cast, session):
    hearing = day_with_hearing(court, cast)
    day = hearing.court_session
    session.flush()
    before = day.version

    hearing.move(day.blocks[1], day.rooms[0], cast.judy, by=cast.cora)

    session.flush()
    assert day.version == before + 1
