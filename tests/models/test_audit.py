"""The audit trail: one line for every change, kept with it or not at all."""

from datetime import date, datetime, time, timedelta, timezone

import pytest
from sqlalchemy import func, select

from tests import make
from tests.refusals import refused
from tests.stages import active
from youthcourt import clock
from youthcourt import models as m
from youthcourt.models.audit import plain
from youthcourt.permissions import Role


def count(session):
    return session.scalar(select(func.count(m.AuditEvent.id)))


def test_a_line_says_what_when_by_whom_and_of_which_case(court, cast, session):
    case = make.referred(court, cast.cora)

    line = session.scalars(select(m.AuditEvent).order_by(m.AuditEvent.id.desc())).first()

    said = (line.court_id, line.at, line.event, line.subject, line.subject_id, line.case_id, line.by)
    assert said == (court.id, clock.now(), "referral.received", "case", case.id, case.id, cast.cora)


def test_a_line_of_the_court_itself_belongs_to_no_case(court, cast, session):
    court.change({"panel_size": 8}, by=cast.ada)
    session.flush()

    line = session.scalars(select(m.AuditEvent).filter_by(event="court.changed")).one()

    assert (line.court_id, line.subject, line.subject_id, line.case_id) == (court.id, "court", court.id, None)


def test_a_line_vanishes_with_the_change_that_is_undone(court, cast, session):
    before = count(session)
    kept = session.begin_nested()
    make.referred(court, cast.cora)
    during = count(session)

    kept.rollback()

    assert (during - before, count(session) - before) == (1, 0)
    assert session.scalar(select(func.count(m.Case.id))) == 0


def test_a_refused_verb_writes_no_line(court, cast, logged):
    case = make.referred(court, cast.cora)
    so_far = len(logged())

    refused(case.dismiss, by=cast.judy)

    assert logged()[so_far:] == []


def test_a_line_can_be_written_of_a_record_that_has_no_number_yet(court, cast, session):
    person = m.Person(court=court, given_name="Rob", family_name="Tate")
    session.add(person)

    line = person.record("person.noted", by=cast.cora)

    assert (line.subject_id, person.id is not None) == (person.id, True)


def test_a_record_that_is_kept_nowhere_writes_no_line():
    with pytest.raises(AssertionError, match="not kept anywhere yet"):
        m.Person(given_name="Rob", family_name="Tate").record("person.noted", by=None)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2026, 3, 7), "2026-03-07"),
        (time(18, 30), "18:30:00"),
        (
            datetime(2026, 3, 7, 18, 30, tzinfo=timezone(-timedelta(hours=5))),
            "2026-03-07T23:30:00+00:00",
        ),
        (m.CaseStage.HEARD, "heard"),
        ([date(2026, 3, 7), None], ["2026-03-07", None]),
        ((1, "two"), [1, "two"]),
        ({m.Party.YOUTH: {"on": date(2026, 3, 7)}}, {"youth": {"on": "2026-03-07"}}),
        (m.Person(id=7), 7),
        (None, None),
        (True, True),
    ],
)
def test_particulars_are_written_as_plain_words_and_numbers(value, written):
    assert plain(value) == written


def test_the_whole_road_is_in_the_trail_with_its_case(court, cast, session):
    case = active(court, cast)
    make.closed(case.hearing.court_session, by=cast.cora)
    session.flush()

    lines = select(m.AuditEvent.event).where(m.AuditEvent.case_id == case.id).order_by(m.AuditEvent.id)

    steps = dict.fromkeys(session.scalars(lines))
    assert list(steps) == [
        "referral.received",
        "case.accepted",
        "case.intake_held",
        "case.agreed",
        "hearing.placed",
        "panel.drawn",
        "hearing.checked_in",
        "seat.sworn",
        "hearing.held",
        "deliberation.opened",
        "deliberation.found",
        "deliberation.proposed",
        "deliberation.vote_called",
        "deliberation.voted",
        "deliberation.vote_counted",
        "deliberation.decided",
        "deliberation.approved",
        "order.signed",
    ]


def test_how_a_juror_voted_is_not_in_the_trail(court, cast, session):
    active(court, cast)
    session.flush()

    told = select(m.AuditEvent.particulars, m.AuditEvent.by_id).filter_by(event="deliberation.voted")

    assert [tuple(line) for line in session.execute(told)] == [({"round": 1}, None)] * court.panel_size


def test_the_trail_of_a_court_is_its_own(court, cast, session):
    make.referred(court, cast.cora)
    bay = make.court("Bay County Youth Court")
    olga = make.user(bay, "Olga Ivanova", Role.COORDINATOR)
    session.flush()

    courts = [
        set(session.scalars(m.AuditEvent.visible_to(user).with_only_columns(m.AuditEvent.court_id)))
        for user in (cast.cora, olga)
    ]

    assert courts == [{court.id}, {bay.id}]
