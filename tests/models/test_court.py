"""A court's own rules: rows that it edits, with the defaults of common practice."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.refusals import refused, refused_beside
from youthcourt import clock
from youthcourt import models as m

DEFAULTS = {
    "case_prefix": "YC",
    "time_zone": "America/New_York",
    "youngest_age": 11,
    "oldest_age": 17,
    "earlier_participation_days": 365,
    "business_days_to_decide": 15,
    "days_to_intake": 30,
    "days_to_complete": 90,
    "juror_youngest_age": 13,
    "juror_oldest_age": 18,
    "training_valid_days": 365,
    "panel_size": 6,
    "panel_minimum": 4,
    "panel_reserves": 1,
    "keeps_schoolmates_apart": True,
    "decision_rule": m.DecisionRule.UNANIMOUS,
    "jury_duty_mandatory": True,
    "minutes_per_sitting": 120,
}


def test_a_new_court_begins_with_common_practice(session):
    court = m.Court(name="Harbor County Youth Court")
    session.add(court)
    session.flush()

    assert {name: getattr(court, name) for name in DEFAULTS} == DEFAULTS


def test_every_setting_is_a_column_that_the_court_may_change():
    assert set(m.Court.SETTINGS) <= set(m.Court.__table__.columns.keys())


def test_a_change_writes_down_what_really_changed(court, cast, logged):
    court.change({"panel_size": 8, "panel_minimum": 4, "place": "Library"}, by=cast.ada)

    assert (court.panel_size, court.panel_minimum, court.place) == (8, 4, "Library")
    assert logged() == [
        (
            "court.changed",
            cast.ada,
            {"was": {"panel_size": 6, "place": "Courthouse"}, "now": {"panel_size": 8, "place": "Library"}},
        )
    ]


def test_a_change_that_changes_nothing_writes_nothing(court, cast, logged):
    court.change({"panel_size": 6}, by=cast.ada)

    assert logged() == []


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"youngest_age": 18}, ("oldest_age", "The oldest age is below the youngest.")),
        ({"oldest_age": 10}, ("oldest_age", "The oldest age is below the youngest.")),
        ({"juror_oldest_age": 12}, ("juror_oldest_age", "The oldest age is below the youngest.")),
        (
            {"panel_minimum": 7},
            ("panel_size", "A panel has at least as many seats as jurors it needs to decide."),
        ),
        (
            {"panel_size": 3},
            ("panel_size", "A panel has at least as many seats as jurors it needs to decide."),
        ),
    ],
)
def test_settings_that_contradict_each_other_are_refused(court, cast, settings, expected):
    assert refused_beside(court.change, settings, by=cast.ada) == expected


def test_jury_duty_is_not_asked_of_everybody_where_none_is_offered(court, cast):
    make.activity(court, "jury_duty").is_offered = False

    assert refused_beside(court.change, {"jury_duty_mandatory": True}, by=cast.ada) == (
        "jury_duty_mandatory",
        "This court offers no jury duty yet.",
    )


def test_today_is_the_day_where_the_court_is(court):
    days = []
    with clock.at(make.SATURDAY + timedelta(hours=14)):  # two in the morning of Sunday in New York
        for zone in ("America/New_York", "Pacific/Honolulu"):
            court.time_zone = zone
            days.append(court.today)

    assert days == [date(2026, 3, 8), date(2026, 3, 7)]


@pytest.mark.parametrize(
    ("rule", "seated", "needed"),
    [
        (m.DecisionRule.UNANIMOUS, 6, 6),
        (m.DecisionRule.MAJORITY, 6, 4),
        (m.DecisionRule.MAJORITY, 5, 3),
        (m.DecisionRule.MAJORITY, 4, 3),
    ],
)
def test_how_many_have_to_agree_is_the_courts_rule(court, rule, seated, needed):
    court.decision_rule = rule

    assert court.votes_needed(seated) == needed


# The grid


@pytest.mark.parametrize(("amount", "allowed"), [(899, False), (900, True), (1500, True), (1501, False)])
def test_a_line_of_the_grid_allows_from_its_least_to_its_most(court, amount, allowed):
    line = court.grid_for("B")[make.activity(court, "service").id]

    assert line.allows(amount) is allowed


def test_the_grid_of_a_class_is_its_own(court):
    spans = {
        offence_class: sorted((line.minimum, line.maximum) for line in court.grid_for(offence_class).values())
        for offence_class in ("A", "B", "C")
    }

    assert spans == {"A": [(3, 5), (1200, 1800)], "B": [(2, 4), (900, 1500)], "C": []}


def test_limits_are_changed_set_and_lifted_in_one_line(court, cast, session, logged):
    service, duty, essay = (make.activity(court, kind) for kind in ("service", "jury_duty", "essay"))

    court.set_limits(
        {("B", service): (600, 1200), ("B", duty): None, ("B", essay): (1, 2), ("A", duty): (3, 5)},
        by=cast.ada,
    )

    session.flush()
    session.expire(court)
    spans = {key: (line.minimum, line.maximum) for key, line in court.grid_for("B").items()}
    assert spans == {service.id: (600, 1200), essay.id: (1, 2)}
    assert logged() == [
        (
            "court.grid_changed",
            cast.ada,
            {
                "was": {"B Community service": [900, 1500], "B Jury duty": [2, 4], "B Essay": None},
                "now": {"B Community service": [600, 1200], "B Jury duty": None, "B Essay": [1, 2]},
            },
        )
    ]


# The court's lists


def test_a_row_is_added_to_a_list_and_logged(court, cast, logged):
    room = m.Room.add(court, by=cast.ada, name="Room C")

    assert room in court.session.scalars(select(m.Room))
    assert logged() == [("room.added", cast.ada, {"name": "Room C"})]


def test_a_list_has_each_name_once_whatever_its_capitals(court, cast):
    assert refused_beside(m.Room.add, court, by=cast.ada, name="ROOM a") == (
        "name",
        "The list has this name already.",
    )


def test_the_lists_of_two_courts_are_apart(court, cast):
    bay = make.court("Bay County Youth Court")

    room = m.Room.add(bay, by=None, name="Room C")
    same_name = m.Room.add(court, by=cast.ada, name="Room C")

    assert (room.court, same_name.court) == (bay, court)


def test_a_row_is_renamed_and_keeps_its_own_name_in_other_capitals(court, cast, logged):
    room = court.rooms[0]

    room.change(by=cast.ada, name="ROOM A")

    assert logged() == [("room.changed", cast.ada, {"was": {"name": "Room A"}, "now": {"name": "ROOM A"}})]


def test_a_row_that_records_point_to_stays(court, cast):
    make.referred(court, cast.cora)

    assert refused(court.agencies[0].remove, by=cast.ada) == (
        "Records of this court use it, so it stays on the list."
    )


def test_a_row_that_nothing_points_to_goes(court, cast, session, logged):
    room = court.rooms[1]

    room.remove(by=cast.ada)

    session.flush()
    assert session.scalars(select(m.Room.name)).all() == ["Room A"]
    assert logged() == [("room.removed", cast.ada, {"name": "Room B"})]


# Reporting periods


def test_the_last_period_is_the_one_that_ended_last(court, session):
    for name, starts_on, ends_on in (
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ):
        session.add(m.ReportingPeriod(court=court, name=name, starts_on=starts_on, ends_on=ends_on))
    session.flush()

    assert m.ReportingPeriod.latest_of(court).name == "2025"
