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
from youthcourt.procedures.court import closing

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
    assert ([room.name for room in day.rooms], day.place, day.is_published) == (
        ["Room A"],
        "Courthouse",
        False,
    )
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
    make.closed(day, by=cast.cora)

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


# Ready for court


def sentences(day):
    return [str(each) for each in day.missing()]


def test_a_day_without_hearings_is_not_published(cast, day):
    assert refused(day.publish, by=cast.cora) == "No hearing is placed on this day yet."
    assert sentences(day) == ["No hearing is placed on this day yet."]


def test_a_day_says_of_each_hearing_what_it_lacks(court, cast, day):
    make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)
    with_panel = make.hearing(second_case(court, cast), day, cast.judy, cast.cora, block=1)
    make.booked(cast.jurors[:4], day, cast.cora)
    panel = make.drawn(with_panel, cast.cora)
    panel.seats[0].stand_down(reason="Ill.", by=cast.cora)

    assert [(each.lack, each.sentence, each.hearing_id) for each in day.missing()] == [
        (m.Lack.PANEL, "YC-2026-0001: no panel yet.", day.docket[0].id),
        (m.Lack.NOTICE, "YC-2026-0001: the family has no notice yet.", day.docket[0].id),
        (m.Lack.PANEL, "YC-2026-0002: the panel is short of jurors.", with_panel.id),
        (m.Lack.NOTICE, "YC-2026-0002: the family has no notice yet.", with_panel.id),
        (m.Lack.PUBLICATION, "The docket is not published.", None),
        (m.Lack.PAPERS, "7 papers of the evening are not printed.", None),
    ]
    assert refused(day.publish, by=cast.cora) == (
        "YC-2026-0001: no panel yet. YC-2026-0002: the panel is short of jurors."
    )


def test_a_day_turns_ready_when_everything_is_done(court, cast):
    hearing = seated(court, cast)
    day, how_many = hearing.court_session, []

    steps = (
        lambda: day.publish(by=cast.cora),
        lambda: hearing.serve(m.HowServed.BY_MAIL, by=cast.cora),
        lambda: [printed(day, *each, by=cast.cora) for each in m.papers_to_print(day)],
    )
    for step in steps:
        step()
        how_many.append(len(sentences(day)))

    assert how_many == [2, 1, 0]


def printed(day, kind, hearing, by):
    facts = m.PaperPrint.facts_of(day, hearing, kind)
    day.prints.append(m.PaperPrint(**facts, printed_at=clock.now(), by=by))


def test_a_panel_without_the_reserves_the_court_asks_for_is_told_but_can_be_published(court, cast):
    hearing = seated(court, cast)
    court.panel_reserves = 2
    too_few = sentences(hearing.court_session)
    hearing.panel.sitting_seats[0].stand_down(reason="Ill.", by=cast.cora)
    hearing.panel.sitting_seats[0].stand_down(reason="Ill.", by=cast.cora)

    assert too_few[0] == "YC-2026-0001: too few jurors in reserve."
    assert sentences(hearing.court_session)[0] == "YC-2026-0001: 5 of 6 seats are taken."
    assert hearing.court_session.publish(by=cast.cora).number == 1


def test_a_judge_who_no_longer_sits_and_a_room_that_is_gone_are_missing(court, cast):
    hearing = seated(court, cast)
    cast.judy.grants[0].ended_at = clock.now()
    hearing.court_session.rooms.remove(hearing.room)

    assert sentences(hearing.court_session)[:2] == [
        "YC-2026-0001: the judge no longer sits in this court.",
        "YC-2026-0001: the room is not one of this day.",
    ]


def test_an_interpreter_is_booked_for_each_language_of_the_family(court, cast, logged):
    hearing = seated(court, cast)
    mother = hearing.case.respondent.guardians[0]
    mother.needs_interpreter, mother.language = True, "vi"
    waiting = [str(each) for each in hearing.still_to_do()]
    so_far = len(logged())

    booked = hearing.book_interpreter("vi", "Ms. Tran", by=cast.cora)
    again = hearing.book_interpreter("vi", "Mr. Le", by=cast.cora)

    assert waiting[0] == "YC-2026-0001: an interpreter is not booked."
    assert (booked, booked.name, booked.by, hearing.languages_missing) == (again, "Mr. Le", cast.cora, [])
    assert [line[0] for line in logged()[so_far:]] == ["interpreter.booked"] * 2
    assert refused_beside(hearing.book_interpreter, "fr", "Mme. Roy", by=cast.cora) == (
        "language",
        "Nobody of this family has asked for this language.",
    )
    hearing.release_interpreter("vi", by=cast.cora)
    assert hearing.languages_missing == ["vi"]


def test_a_family_that_was_told_another_time_has_to_be_told_again(court, cast, logged):
    hearing = day_with_hearing(court, cast)
    day = hearing.court_session
    hearing.serve(m.HowServed.BY_MAIL, by=cast.cora)
    twice = refused(hearing.serve, m.HowServed.BY_PHONE, by=cast.cora)

    hearing.move(day.blocks[1], day.rooms[0], cast.judy, by=cast.cora)

    assert twice == "The family has been told already."
    assert "YC-2026-0001: the family was told another time or room." in sentences(day)
    hearing.serve(m.HowServed.BY_PHONE, by=cast.cora)
    assert hearing.is_family_told
    hearing.take_back_notice(by=cast.cora)
    assert not hearing.is_family_told


# The published docket


def test_a_published_docket_is_frozen_with_its_fingerprint(court, cast, logged):
    hearing = seated(court, cast)
    day = hearing.court_session
    so_far = len(logged())

    version = day.publish(by=cast.cora)

    (row,) = version.docket
    assert (version.number, version.published_by, version.published_at) == (1, cast.cora, clock.now())
    assert (row.hearing, row.starts_at, row.room, row.judge) == (
        hearing.id,
        hearing.block.starts_at,
        "Room A",
        "Judy Okafor",
    )
    assert set(row.jurors) == {seat.juror_id for seat in hearing.panel.standing}
    assert logged()[so_far:] == [("docket_version.published", cast.cora, {"hearings": 1, "number": 1})]
    assert (day.is_published, version.is_intact) == (True, True)
    assert refused(day.publish, by=cast.cora) == "Nothing has changed since the docket was published."
    version.rows = [{**version.rows[0], "room": "Room B"}]  # a planted fault
    assert not version.is_intact


def test_no_name_and_no_case_stands_in_a_frozen_docket(court, cast):
    """It outlives the records of those who were on it."""
    hearing = seated(court, cast)

    version = hearing.court_session.publish(by=cast.cora)

    told = str(version.rows)
    people = [*hearing.family, *(seat.juror.person for seat in hearing.panel.seats)]
    assert [each.name for each in people if each.given_name in told or each.family_name in told] == []
    assert hearing.case.number not in told


def test_changes_are_told_against_the_last_version_hearing_by_hearing(court, cast, day):
    make.booked(cast.jurors, day, cast.cora)
    court.seating_rules.places_a_day = 3
    court.panel_reserves = 0
    moved = make.hearing(make.admitted(court, cast.cora), day, cast.judy, cast.cora)
    stays = make.hearing(second_case(court, cast), day, cast.judy, cast.cora, block=1)
    for hearing in (moved, stays):
        make.drawn(hearing, cast.cora)
    day.publish(by=cast.cora)
    omar = make.user(court, "Omar Haddad", Role.JUDGE)

    moved.move(day.blocks[0], day.rooms[1], omar, by=cast.cora)
    added = make.hearing(make.admitted(court, cast.cora, "Eva Stern"), day, cast.judy, cast.cora)
    stays.case.withdraw(stays.case.respondent, reason="", by=cast.cora)

    told = {change.hearing: (change.was, change.now, change.what) for change in day.changes()}
    assert told.keys() == {moved.id, added.id, stays.id}
    assert told[moved.id][2] == ["room", "judge"]
    assert (told[moved.id][0].judge, told[moved.id][1].judge) == ("Judy Okafor", "Omar Haddad")
    assert (told[added.id][0], told[stays.id][1]) == (None, None)
    assert "The docket has changed since it was published." in sentences(day)


def test_publishing_again_makes_the_next_version_and_people_see_it(court, cast):
    hearing = seated(court, cast)
    day = hearing.court_session
    day.publish(by=cast.cora)
    hearing.move(day.blocks[0], day.rooms[1], cast.judy, by=cast.cora)
    seen = [hearing.published.room]

    second = day.publish(by=cast.cora)
    seen.append(hearing.published.room)

    assert (second.number, seen, day.changes()) == (2, ["Room A", "Room B"], [])


def test_a_hearing_that_moved_there_and_back_has_not_changed(court, cast):
    hearing = seated(court, cast)
    day = hearing.court_session
    day.publish(by=cast.cora)

    for room in (day.rooms[1], day.rooms[0]):
        hearing.move(day.blocks[0], room, cast.judy, by=cast.cora)

    assert day.is_published


def test_who_is_called_in_vain_was_on_the_docket(court, cast):
    hearing = seated(court, cast)
    hearing.court_session.publish(by=cast.cora)

    hearing.fail_to_appear("", by=cast.cora)

    assert hearing.court_session.changes() == []


def test_a_paper_printed_before_its_hearing_changed_is_printed_again(court, cast):
    hearing = seated(court, cast)
    day = hearing.court_session
    make.prepared(day, cast.cora)
    other = make.hearing(second_case(court, cast), day, cast.judy, cast.cora, block=1)
    day.publish(by=cast.cora)
    of_other = {(kind, each) for kind, each in m.papers_to_print(day)}

    hearing.move(day.blocks[0], day.rooms[1], cast.judy, by=cast.cora)
    day.publish(by=cast.cora)

    of_day = {("docket", None), ("sign_in_sheets", None), ("room_sheets", None)}
    assert of_other == of_day | {("hearing_script", other), ("deliberation_sheet", other)}
    assert of_other < set(m.papers_to_print(day))
    assert ("hearing_script", hearing) in m.papers_to_print(day)


def test_a_day_that_is_over_is_not_published(court, cast):
    day = seated(court, cast).court_session
    with clock.at(make.SATURDAY + timedelta(days=1)):
        assert refused(day.publish, by=cast.cora) == "This day is over."


# Closing


def test_a_day_ahead_is_not_closed(court, cast):
    day = make.court_session(court, cast.cora, held_on=court.today + timedelta(days=1))

    assert refused(closing.close_day, day, by=cast.cora) == "This day has not been held yet."


def test_a_day_with_a_hearing_still_ahead_is_not_closed(court, cast):
    day = seated(court, cast).court_session

    assert refused(closing.close_day, day, by=cast.cora) == (
        " ".join([*(f"{each.juror}: did they come?" for each in day.sittings), "YC-2026-0001: was it held?"])
    )


def test_a_day_is_not_closed_while_a_panel_decides(court, cast):
    day = held(court, cast).court_session

    assert refused(closing.close_day, day, by=cast.cora) == ("YC-2026-0001: the panel has not decided yet.")


def test_a_day_is_closed_once(court, cast, day):
    make.closed(day, by=cast.cora)

    assert refused(closing.close_day, day, by=cast.cora) == "This day is closed."


def test_a_family_that_withdraws_during_the_deliberation_does_not_keep_the_day_open(court, cast):
    hearing = held(court, cast)
    hearing.case.withdraw(hearing.case.respondent, reason="", by=cast.cora)

    credited = make.closed(hearing.court_session, by=cast.cora)

    assert len(credited) == len(cast.jurors)


def test_a_panel_called_back_for_another_day_does_not_keep_this_one_open(court, cast):
    deliberation = make.proposed(held(court, cast))
    deliberation.return_to_panel("Why so few hours?", meets_on=court.today + timedelta(days=7), by=cast.judy)

    credited = make.closed(deliberation.hearing.court_session, by=cast.cora)

    assert len(credited) == len(cast.jurors)


def test_a_panel_that_thinks_again_today_keeps_the_day_open(court, cast):
    deliberation = make.proposed(held(court, cast))
    deliberation.return_to_panel("Why so few hours?", meets_on=court.today, by=cast.judy)

    assert refused(closing.close_day, deliberation.hearing.court_session, by=cast.cora) == (
        "YC-2026-0001: the panel has not decided yet."
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
