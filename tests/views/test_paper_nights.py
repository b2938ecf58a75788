"""Typing in a night that was kept on paper: the sign-in sheet, then one room's sheet after another."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests import make, stages
from tests.views.test_paper_ballots import sheet as ballot
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db

DAY = timedelta(days=1)


@pytest.fixture
def hearing(court, cast):
    """A hearing with its panel of six and one in reserve, of a day on which nothing was written down."""
    hearing = stages.seated(court, cast)
    db.session.commit()
    return hearing


@pytest.fixture
def day(hearing):
    return hearing.court_session


@pytest.fixture
def office(cast, sign_in):
    return sign_in(cast.cora)


@pytest.fixture(autouse=True)
def next_morning(hearing):
    with clock.at(clock.now() + DAY):
        yield


def text(answer):
    return " ".join(answer.get_data(as_text=True).split())


def at(day, time):
    """That time of the evening, where the court is."""
    return datetime.combine(day.held_on, time, tzinfo=ZoneInfo(day.court.time_zone))


def came(office, day, *absent):
    """Everybody signed the sheet but those."""
    there = [each.id for each in day.sittings if each.juror not in absent]
    return office.post(f"/court-sessions/{day.id}/paper/jurors", data={"came": there})


def room_sheet(hearing, **more):
    """What a room's sheet says when all went as planned."""
    room = m.Deliberation.before(hearing)
    typed = ballot(hearing.court, room, at="13:20", foreperson=hearing.panel.foreperson.juror_id)
    typed["family"] = [each.id for each in hearing.case.respondent.guardians]
    typed |= {f"place_{seat.id}": "sat" for seat in hearing.panel.sitting_seats}
    typed |= {f"place_{seat.id}": "waited" for seat in hearing.panel.reserves}
    return {**typed, **more}


def path(hearing):
    return f"/hearings/{hearing.id}/paper"


# The way to it


def test_the_way_to_it_is_where_the_day_is_closed(day, office):
    assert f'href="/court-sessions/{day.id}/paper"' in office.get(f"/court-sessions/{day.id}/closing").text


def test_sheets_lie_one_under_the_other_and_what_is_typed_in_says_so(day, hearing, office):
    before = text(office.get(f"/court-sessions/{day.id}/paper"))
    came(office, day)
    office.post(path(hearing), data=room_sheet(hearing))
    after = text(office.get(f"/court-sessions/{day.id}/paper"))

    assert f"{len(day.sittings)} jurors are expected. Who came?" in before
    assert f'href="{path(hearing)}"' in before
    assert f"{len(day.sittings)} jurors came." in after
    assert f'href="{path(hearing)}"' not in after
    assert "Decided" in after


# The sign-in sheet


def test_who_signed_came_and_who_did_not_leaves_their_seat(day, hearing, office):
    absent = hearing.panel.sitting_seats[0]

    answer = came(office, day, absent.juror)

    states = {each.juror: each.state for each in day.sittings}
    assert answer.location == path(hearing)
    assert states.pop(absent.juror) is m.SittingState.NO_SHOW
    assert set(states.values()) == {m.SittingState.CHECKED_IN}
    assert {each.checked_in_at for each in day.sittings if each.is_here} == {day.blocks[0].starts_at}
    assert absent.stood_down_reason == "Did not come."


def test_a_tick_that_was_forgotten_is_set_later(day, hearing, office):
    absent = hearing.panel.sitting_seats[0].juror
    came(office, day, absent)

    came(office, day)

    assert {each.state for each in day.sittings} == {m.SittingState.CHECKED_IN}


def test_a_tick_too_many_is_taken_away(day, hearing, office):
    came(office, day)
    absent = hearing.panel.sitting_seats[0].juror

    came(office, day, absent)

    assert {each.juror: each.state for each in day.sittings}[absent] is m.SittingState.NO_SHOW


# A room's sheet


def test_a_whole_sheet_leaves_what_a_night_on_screens_leaves(day, hearing, office, cast):
    came(office, day)

    answer = office.post(path(hearing), data=room_sheet(hearing))

    guardians = hearing.case.respondent.guardians
    assert answer.location == f"/court-sessions/{day.id}/paper"
    assert (hearing.state, hearing.case.stage) == (m.HearingState.HELD, m.CaseStage.PROPOSED)
    assert {hearing.held_at, *(each.came_at for each in hearing.present)} == {at(day, time(13, 20))}
    assert {each.person for each in hearing.present} == {hearing.case.respondent, *guardians}
    assert all(seat.is_sworn for seat in hearing.panel.standing)
    assert [(each.on_paper, each.agreeing) for each in hearing.deliberation.rounds] == [(True, 6)]


def test_a_reserve_who_took_the_seat_of_somebody_with_a_conflict_decided(day, hearing, office):
    came(office, day)
    left, reserve = hearing.panel.sitting_seats[1], hearing.panel.reserves[0]
    more = {f"place_{left.id}": "conflict", f"place_{reserve.id}": "sat"}

    answer = office.post(path(hearing), data=room_sheet(hearing, **more))

    assert answer.status_code == 302
    assert left not in hearing.panel.sitting_seats
    assert reserve in hearing.panel.sitting_seats
    assert left.replacement.taken_by is reserve
    assert left.replacement.tie.kind is m.TieKind.KNOWS


def test_another_juror_who_led_is_the_foreperson(day, hearing, office):
    came(office, day)
    other = next(seat for seat in hearing.panel.sitting_seats if not seat.is_foreperson)

    office.post(path(hearing), data=room_sheet(hearing, foreperson=other.juror_id))

    assert hearing.panel.foreperson is other


def test_a_guardian_without_a_tick_was_not_there(day, hearing, office):
    came(office, day)

    office.post(path(hearing), data=room_sheet(hearing, family=[]))

    guardian = hearing.case.respondent.guardians[0]
    assert (hearing.is_absent(guardian), hearing.has_come(guardian)) == (True, False)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"at": ""}, "Write the time at which it began."),
        ({"agreeing": "5", "not_yet": "1"}, "5 of 6 votes needed agreed."),
        ({"owns_it_reason": " "}, "Write the reason for answer 1."),
        ({"LEFT": "did_not_sit"}, "Write the reason."),
        ({"LEFT": "conflict", "LEADS": "left"}, "The foreperson is one of those who sat."),
        ({"LEFT": ""}, "Say whether they sat."),
    ],
)
def test_what_breaks_a_rule_is_said_beside_it_and_nothing_of_the_sheet_is_kept(
    day, hearing, office, typed, words
):
    came(office, day)
    seat = hearing.panel.sitting_seats[2]
    names = {"LEFT": f"place_{seat.id}", "LEADS": "foreperson"}
    values = {"left": seat.juror_id}
    more = {names.get(name, name): values.get(value, value) for name, value in typed.items()}

    answer = office.post(path(hearing), data=room_sheet(hearing, **more))

    db.session.expire_all()
    assert answer.status_code in (409, 422)
    assert words in answer.text
    assert answer.text.count('aria-invalid="true"') + answer.text.count("is-bad") > 0
    assert "As the sheet says." in answer.text
    assert (hearing.state, hearing.deliberation, hearing.present) == (m.HearingState.SET, None, [])
    assert (seat.is_sworn, seat.stood_down_at) == (False, None)


def test_a_case_that_was_not_heard_is_settled_from_the_same_list(day, hearing, office):
    came(office, day)

    answer = office.post(f"/hearings/{hearing.id}/failure", data={"note": "Nobody at the door."})

    assert answer.location == f"/court-sessions/{day.id}/paper"
    assert "Did not come" in text(office.get(answer.location))


def test_a_young_person_who_chose_another_court_goes_back(day, hearing, office):
    came(office, day)
    asked = office.get(f"/hearings/{hearing.id}/script/stop")

    answer = office.post(f"/hearings/{hearing.id}/script/stop", data={"reason": "Would rather see a judge."})

    assert f'href="/court-sessions/{day.id}/paper"' in asked.text
    assert answer.location == f"/court-sessions/{day.id}/paper"
    assert hearing.case.stage is m.CaseStage.WITHDRAWN


def test_once_the_day_is_closed_nothing_can_be_typed_in(day, hearing, office, cast):
    came(office, day)
    sheet = room_sheet(hearing)
    hearing.fail_to_appear("", by=cast.cora)
    make.closed(day, by=cast.cora)
    db.session.commit()

    pages = [office.get(f"/court-sessions/{day.id}/paper"), office.get(path(hearing))]
    refused = [came(office, day), office.post(path(hearing), data=sheet)]

    assert all("This day is closed." in each.text for each in pages)
    assert [each.status_code for each in refused] == [409, 409]


def test_the_same_sheet_sent_twice_counts_once(day, hearing, office):
    came(office, day)
    sheet = room_sheet(hearing, request_id="one-sheet")

    answers = [office.post(path(hearing), data=sheet) for _time in range(2)]

    assert [each.status_code for each in answers] == [302, 302]
    assert len(hearing.deliberation.rounds) == 1
