"""The schedule of jurors: proposed from what they said, changed by hand, published."""

from collections import Counter
from datetime import timedelta

import pytest

from tests import make, stages
from youthcourt.errors import RuleBroken
from youthcourt.models import Availability, Juror, JurorSchedule, Sitting, SittingState
from youthcourt.procedures.court import hearing_day
from youthcourt.procedures.jury import availability, publishing

SATURDAY = 5
SPAN = (make.TODAY + timedelta(1), make.TODAY + timedelta(60))


@pytest.fixture
def saturdays(court, cast, session):
    """Three hearing days, one block and one room each: a panel of six and one in reserve."""
    days = [
        make.court_session(court, cast.cora, make.TODAY + timedelta(weeks=n), starts=(make.time(18, 30),))
        for n in (1, 2, 3)
    ]
    for day in days:
        day.rooms = day.rooms[:1]
    session.flush()
    return days


@pytest.fixture
def all_can(cast, session):
    """Everybody of the cast can come on Saturdays."""
    for juror in cast.jurors:
        Availability.state(juror, cast.cora, make.TODAY, weekday=SATURDAY)
    session.flush()
    session.expire_all()


def propose(court, cast, session, **more):
    schedule = publishing.propose(court, *SPAN, by=cast.cora, seed="a seed", **more)
    session.flush()
    session.expire_all()
    return schedule


def asked(schedule):
    """How many days ask each juror, and how many jurors each day."""
    places = [(place.juror_id, day.id) for day in schedule.days for place in day.places]
    return Counter(who for who, _day in places), [len(day.places) for day in schedule.days]


def test_a_day_needs_a_panel_for_every_room_and_reserves(court, cast, saturdays):
    larger = make.court_session(court, cast.cora, make.TODAY + timedelta(30))

    assert publishing.wanted_on(saturdays[0], usual=None) == 6 + 1
    assert publishing.wanted_on(larger, usual=None) == 2 * (6 + 1)
    assert publishing.wanted_on(larger, usual=2) == 6 + 1
    assert publishing.wanted_on(larger, usual=3) == 2 * (6 + 1)


def test_a_docket_that_stands_counts_as_it_is(court, cast, session):
    near = make.court_session(court, cast.cora, make.TODAY + timedelta(7))
    make.hearing(make.admitted(court, cast.cora), near, cast.judy, cast.cora)
    session.refresh(near)

    assert publishing.wanted_on(near, usual=4) == 6 + 1


def test_the_usual_number_of_hearings_is_that_of_the_last_days(court, cast, session):
    before = publishing.usual_hearings(court)
    case = stages.active(court, cast)
    make.closed(case.hearing.court_session, by=cast.cora)
    session.flush()

    assert (before, publishing.usual_hearings(court)) == (None, 1)


def test_everybody_who_can_come_is_asked_as_evenly_as_can_be(court, cast, saturdays, all_can, session):
    schedule = propose(court, cast, session)

    people, days = asked(schedule)
    assert days == [7, 7, 7]
    assert sorted(people.values()) == [2, 2, 2, 3, 3, 3, 3, 3]


def test_who_has_said_nothing_is_asked_only_when_wanted(court, cast, saturdays, session):
    silent = asked(propose(court, cast, session))[1]
    session.query(JurorSchedule).one().discard(by=cast.cora)

    assert silent == [0, 0, 0]
    assert asked(propose(court, cast, session, asks_everybody=True))[1] == [7, 7, 7]


def test_nobody_is_asked_without_training_age_or_while_away(court, cast, saturdays, all_can, session):
    untrained, young, away = cast.jurors[:3]
    untrained.trainings[0].valid_until = saturdays[0].held_on
    young.person.born_on = make.TODAY - timedelta(365 * 12)
    away.be_away(*SPAN, by=cast.cora)
    session.flush()

    people, _days = asked(propose(court, cast, session))

    assert (people[untrained.id], people[young.id], people[away.id]) == (1, 0, 0)


def test_no_month_asks_anybody_more_often_than_the_court_allows(
    court, cast, saturdays, all_can, session, monkeypatch
):
    monkeypatch.setattr(publishing, "places_a_month", lambda _court: 1)

    people, days = asked(propose(court, cast, session))

    assert set(people.values()) == {1}
    assert sum(days) == len(cast.jurors)


def test_who_owes_is_asked_as_often_as_they_owe_and_no_more(court, cast, saturdays, session):
    case = stages.active(court, cast)  # owes two sittings
    for juror in cast.jurors:
        Availability.state(juror, cast.cora, make.TODAY, weekday=SATURDAY)
    owing = Juror.enrol(case.respondent, by=None, is_volunteer=False)
    owing.train(held_on=make.TODAY, minutes=120, by=None)
    session.flush()
    session.expire_all()

    people, _days = asked(propose(court, cast, session))

    assert people[owing.id] == 2


def test_publishing_books_everybody_and_pays_what_is_owed(court, cast, saturdays, all_can, session, logged):
    schedule = propose(court, cast, session)

    published = publishing.publish(schedule, by=cast.cora)
    session.flush()

    assert (published.booked, published.left_out) == (21, [])
    assert session.query(Sitting).filter_by(state=SittingState.BOOKED).count() == 21
    assert [event for event, _by, _more in logged()].count("sitting.booked") == 21
    assert logged()[-1] == (
        "schedule.published",
        cast.cora,
        {"starts_on": "2026-03-08", "ends_on": "2026-05-06", "booked": 21},
    )


def test_who_can_no_longer_come_is_left_out_and_named(court, cast, saturdays, all_can, session):
    schedule = propose(court, cast, session)
    place = schedule.days[0].places[0]
    day = schedule.days[0].court_session
    place.juror.be_away(day.held_on, day.held_on, by=cast.cora)
    session.flush()
    session.expire_all()

    published = publishing.publish(schedule, by=cast.cora)

    assert (published.booked, published.left_out) == (20, [(place.juror, day)])


def test_a_published_schedule_no_longer_changes(court, cast, saturdays, all_can, session):
    schedule = propose(court, cast, session)
    day = schedule.days[0]
    publishing.publish(schedule, by=cast.cora)

    for change in (
        lambda: day.want(3, by=cast.cora),
        lambda: day.take_out(day.places[0], by=cast.cora),
        lambda: schedule.discard(by=cast.cora),
        lambda: publishing.publish(schedule, by=cast.cora),
    ):
        with pytest.raises(RuleBroken, match="This schedule is published"):
            change()


def test_a_day_is_changed_by_hand_within_the_rules(court, cast, saturdays, all_can, session, logged):
    schedule = propose(court, cast, session)
    day = schedule.days[0]
    out = day.places[0]
    left_over = next(j for j in cast.jurors if all(p.juror_id != j.id for p in day.places))
    before = len(logged())

    day.take_out(out, by=cast.cora)
    publishing.put(day, left_over, by=cast.cora)
    day.want(8, by=cast.cora)
    session.flush()

    kept = [more for _event, _by, more in logged()[before:]]
    held_on = {"held_on": "2026-03-14"}
    assert kept == [
        {**held_on, "removed": out.juror_id},
        {**held_on, "added": left_over.id},
        {**held_on, "was": 7, "wanted": 8},
    ]
    with pytest.raises(RuleBroken, match="is asked for this day already"):
        publishing.put(day, left_over, by=cast.cora)


def test_by_hand_too_the_limit_of_a_month_holds(court, cast, saturdays, all_can, session, monkeypatch):
    schedule = propose(court, cast, session)
    monkeypatch.setattr(publishing, "places_a_month", lambda _court: 2)
    first, *_others = schedule.days
    busy = next(
        juror
        for juror in cast.jurors
        if sum(p.juror_id == juror.id for d in schedule.days for p in d.places) == 2
        and all(p.juror_id != juror.id for p in first.places)
    )

    with pytest.raises(RuleBroken, match="as many days in this month as the court allows"):
        publishing.put(first, busy, by=cast.cora)


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [(5, 4, "The last day is before"), (1, 400, "at most a year"), (30, 60, "No hearing day is planned")],
)
def test_months_that_cannot_be_planned_are_refused(court, cast, saturdays, starts, ends, words):
    with pytest.raises(RuleBroken, match=words):
        publishing.propose(court, make.TODAY + timedelta(starts), make.TODAY + timedelta(ends), by=cast.cora)


def test_there_is_one_proposal_at_a_time(court, cast, saturdays, session):
    propose(court, cast, session)

    with pytest.raises(RuleBroken, match="There is a proposal already"):
        propose(court, cast, session)


def test_the_same_seed_proposes_the_same(court, cast, saturdays, all_can, session):
    first = asked(propose(court, cast, session))
    session.query(JurorSchedule).one().discard(by=cast.cora)
    session.flush()

    assert asked(propose(court, cast, session))[0] == first[0]


def test_a_juror_who_leaves_is_no_longer_on_the_list_of_days(cast, all_can, session):
    juror = cast.jurors[0]
    hearing_day.leave(juror, by=cast.cora)
    session.flush()
    session.refresh(juror)

    assert juror.availabilities == []
    assert not availability.is_fit(juror, make.TODAY)
