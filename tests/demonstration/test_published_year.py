"""The whole published year, played once on SQLite: its report, and that everything there is happens in it."""

import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

import youthcourt
from tests import make
from youthcourt import clock
from youthcourt import models as m
from youthcourt.demonstration.figures import PUBLISHED
from youthcourt.demonstration.player import play
from youthcourt.extensions import db
from youthcourt.models.completion.sealing import seeing_sealed
from youthcourt.reports.completion.funnel import funnel, last_day_kept, usual_days

MONDAY = date(2026, 3, 2)
PACKAGE = Path(youthcourt.__file__).parent


@pytest.fixture(scope="module")
def played(sqlite_app):
    """Played and kept, as the command line does."""
    with clock.at(make.SATURDAY):
        played = play(db.session(), size=PUBLISHED.referred, seed=1995, as_of=MONDAY)
        db.session.commit()
    return played


@pytest.fixture
def told(played):
    court, as_of = played.court, last_day_kept(played.court)
    return funnel(court, *usual_days(m.ReportingPeriod.latest_of(court), as_of), as_of)


def test_the_funnel_is_the_published_one(told):
    assert told.as_of == MONDAY
    assert told.referred == 334
    assert told.declined == 42
    assert told.scheduled == 292
    assert told.failed_to_appear == 6
    assert told.heard == 286
    assert told.past_deadline == 222
    assert told.completed == 170


def test_nobody_falls_out_of_the_funnel(told):
    beside = (
        told.left_before_date,
        told.waiting_for_date,
        told.left_before_hearing,
        told.waiting_for_hearing,
    )

    assert beside == (0, 0, 0, 0)


def test_what_was_ordered_is_what_was_published(told):
    ordered = {each.activity: each.amount for each in told.ordered}

    assert ordered["Jury duty"] == 740
    assert ordered["Community service"] / 60 == pytest.approx(4950, rel=0.02)
    assert ordered["Seminar"] == pytest.approx(300, rel=0.02)


def test_many_of_those_not_accepted_could_not_be_reached(told):
    reasons = dict(told.declined_by_reason)

    assert sum(reasons.values()) == 42
    assert reasons[m.ClosureReason.NO_CONTACT] > 20
    assert set(reasons) == {m.ClosureReason(reason) for reason in m.DeclineReason}


def test_the_command_line_prints_the_funnel(played, sqlite_app):
    with clock.at(make.SATURDAY):
        result = sqlite_app.test_cli_runner().invoke(args=["report", "funnel"])

    figures = re.findall(r"^(\w[^\d]*?)\s{2,}([\d,]+)", result.output, re.MULTILINE)
    assert result.exit_code == 0, result.output
    assert dict(figures) == {
        "Referred": "334",
        "Not accepted": "42",
        "Scheduled": "292",
        "Failed to appear": "6",
        "Heard": "286",
        "Past their deadline": "222",
        "Completed": "170",
    }
    assert "Jury duty ordered                             740" in result.output


def test_every_kind_of_event_the_court_writes_down_happens(played):
    rooms = [PACKAGE / room for room in ("models", "procedures", "notices")]
    source = "\n".join(path.read_text() for room in rooms for path in sorted(room.rglob("*.py")))
    lists = {"agency", "extra_paper", "offence", "reporting_period", "room", "sanction_activity", "school"}
    lists |= {"service_site"}
    named = set(re.findall(r"(?:record|_changed)\(\s*\"([a-z_]+\.[a-z_]+)\"", source))
    named |= {f"{each}.added" for each in lists} | {"service_site.changed", "service_site.removed"}
    named |= {f"deliberation.{answer}" for answer in m.SignOffAnswer}

    with seeing_sealed():
        happened = set(db.session.scalars(select(m.AuditEvent.event).distinct()))

    print(f"count: kinds of events played = {len(happened)}")
    assert named - happened == set()


@pytest.mark.parametrize(
    "column",
    [
        m.Case.stage,
        m.Closure.outcome,
        m.Closure.reason,
        m.Hearing.state,
        m.Sitting.state,
        m.Obligation.state,
        m.Agreement.how,
        m.Finding.answer,
        m.SignOff.answer,
        m.Adjournment.reason,
        m.Acceptance.how,
        m.AppealItem.answer,
        m.Letter.kind,
        m.Tie.kind,
        m.RoleGrant.role,
    ],
    ids=str,
)
def test_every_outcome_happens(played, column):
    seen = set(db.session.scalars(select(column).distinct()))

    assert set(column.type.enum_class) - seen == set()


def test_names_of_every_script_are_among_the_respondents(played):
    names = db.session.scalars(
        select(m.Person.given_name + " " + m.Person.family_name).join(
            m.Case, m.Case.respondent_id == m.Person.id
        )
    ).all()
    scripts = {
        "Arabic": "[\u0600-\u06ff]",
        "Ethiopic": "[\u1200-\u137f]",
        "Han": "[\u4e00-\u9fff]",
        "Vietnamese": "[\u1ea0-\u1ef9]",
        "apostrophe": "'",
        "hyphen": "-",
        "long": "^.{60,}$",
        "two family names": "García|Hernández",
        "one name": r"^\S+\s*$",
    }

    missing = [kind for kind, pattern in scripts.items() if not any(re.search(pattern, n) for n in names)]

    assert missing == []


def test_no_evening_had_more_hearings_than_places_or_jurors_than_seats(played):
    days = db.session.scalars(select(m.CourtSession)).all()

    assert len(days) == 33  # 28 of the year, and those of the season ahead
    assert all(len(day.docket) <= len(day.rooms) * len(day.blocks) for day in days)
    assert all(
        played.court.panel_minimum <= len(hearing.panel.sitting_seats) <= played.court.panel_size
        for day in days
        for hearing in day.docket
        if hearing.is_held
    )


def test_time_credits_paid_are_those_of_the_sittings_served(played):
    back = select(m.TimeCredit.reverses_id).where(m.TimeCredit.reverses_id.is_not(None))
    stands = m.TimeCredit.reverses_id.is_(None), m.TimeCredit.id.not_in(back)
    paid = db.session.scalar(select(func.sum(m.TimeCredit.minutes)).where(*stands))
    served = db.session.scalar(
        select(func.count()).select_from(m.Sitting).where(m.Sitting.state == m.SittingState.CREDITED)
    )

    assert paid == served * played.court.minutes_per_sitting
    assert m.Account.of(played.court, None).balance() == -paid
