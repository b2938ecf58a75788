"""What a respondent owes, what is credited, and what is not."""

from datetime import timedelta

import pytest

from tests import make
from youthcourt import clock
from youthcourt import models as m
from youthcourt.errors import RuleBroken
from youthcourt.permissions import Role
from youthcourt.procedures.court import hearing_day


@pytest.fixture
def case(court, cast):
    """A case whose plan asks for 20 hours of service and two sittings."""
    return make.signed(make.proposed(make.held(court, cast)), cast.judy).case


@pytest.fixture
def service(case):
    return case.obligations[0]


@pytest.fixture
def duty(case):
    return case.obligations[1]


def credit(obligation, amount, by, **facts):
    facts = {"done_on": obligation.court.today, "vouched_by": "Sr. Ruth", **facts}
    return obligation.credit(amount, by=by, **facts)


def test_crediting_keeps_what_was_done_where_and_who_vouched(service, cast, court, logged):
    done = credit(service, 300, cast.cora, site="Food pantry")

    assert (done.amount, done.done_on, done.site, done.vouched_by, done.credited_by) == (
        300,
        court.today,
        "Food pantry",
        "Sr. Ruth",
        cast.cora,
    )
    assert (service.amount_done, service.amount_left, service.state) == (300, 900, m.ObligationState.OPEN)
    assert logged() == [
        (
            "obligation.credited",
            cast.cora,
            {"amount": 300, "done_on": "2026-03-07", "vouched_by": "Sr. Ruth", "left": 900},
        )
    ]


def test_the_last_hour_meets_the_obligation(service, cast):
    credit(service, 700, cast.cora)

    credit(service, 500, cast.cora)

    assert service.state is m.ObligationState.MET


def test_more_than_was_owed_needs_a_note(service, cast):
    with pytest.raises(RuleBroken) as no:
        credit(service, 1201, cast.cora)

    assert no.value.field == "note"


def test_more_than_was_owed_is_kept_with_a_note(service, cast):
    credit(service, 1260, cast.cora, note="Stayed to clean up.")

    assert (service.amount_done, service.amount_left) == (1260, 0)


@pytest.mark.parametrize(
    ("amount", "facts", "field"),
    [
        (0, {}, "amount"),
        (-60, {}, "amount"),
        (60, {"done_on": make.TODAY + timedelta(days=1)}, "done_on"),
        (60, {"vouched_by": " "}, "vouched_by"),
        (60, {"vouched_by": "jordan tate"}, "vouched_by"),
    ],
)
def test_what_cannot_be_true_is_not_credited(service, cast, amount, facts, field):
    with pytest.raises(RuleBroken) as no:
        credit(service, amount, cast.cora, **facts)

    assert no.value.field == field


@pytest.mark.parametrize("part", ["respondent", "guardian"])
def test_nobody_credits_their_own_hours(court, case, service, part):
    person = case.respondent if part == "respondent" else case.respondent.guardians[0]
    own = make.user(court, "Cody Own", Role.COORDINATOR, person=person)

    with pytest.raises(RuleBroken, match="own hours"):
        credit(service, 60, own)


def test_jury_duty_is_not_credited_by_hand(duty, cast):
    with pytest.raises(RuleBroken, match="has sat"):
        credit(duty, 1, cast.cora)


def test_jury_duty_goes_down_when_the_young_person_has_sat(court, case, duty, cast, session):
    juror = session.query(m.Juror).filter_by(person=case.respondent).one()
    with clock.at(make.SATURDAY + timedelta(weeks=1)):
        day = make.court_session(court, cast.cora)
        (sitting,) = make.booked([juror], day, cast.cora)
        sitting.check_in(by=cast.cora)

        sitting.credit(by=cast.cora)

    assert (duty.amount_done, duty.state) == (1, m.ObligationState.OPEN)


def test_a_sitting_that_is_booked_is_not_booked_twice(court, case, duty, cast, session):
    juror = session.query(m.Juror).filter_by(person=case.respondent).one()
    day = make.court_session(court, cast.cora, held_on=court.today + timedelta(weeks=1))

    make.booked([juror], day, cast.cora)

    assert hearing_day.sittings_to_book(duty) == 1


def test_excusing_needs_a_reason_and_asks_no_more(service, cast, logged):
    with pytest.raises(RuleBroken) as no:
        service.excuse(" ", by=cast.cora)
    service.excuse("Moved away.", by=cast.cora)

    assert (no.value.field, service.state) == ("reason", m.ObligationState.EXCUSED)
    assert logged() == [("obligation.excused", cast.cora, {"reason": "Moved away."})]


def test_what_is_excused_is_not_credited(service, cast):
    service.excuse("Moved away.", by=cast.cora)

    with pytest.raises(RuleBroken, match="Nothing is owed"):
        credit(service, 60, cast.cora)


def test_more_time_is_kept_with_the_day_it_was(service, cast):
    was = service.due_on

    service.extend(was + timedelta(days=14), "Was ill.", by=cast.cora)

    assert [(e.was_on, e.now_on, e.reason) for e in service.extensions] == [
        (was, was + timedelta(days=14), "Was ill.")
    ]


@pytest.mark.parametrize(("days", "reason", "field"), [(0, "Ill.", "due_on"), (1, "", "reason")])
def test_more_time_is_later_and_has_a_reason(service, cast, days, reason, field):
    with pytest.raises(RuleBroken) as no:
        service.extend(service.due_on + timedelta(days=days), reason, by=cast.cora)

    assert no.value.field == field


def test_an_obligation_is_overdue_on_the_day_after(service):
    with clock.at(make.SATURDAY + timedelta(days=90)):
        on_the_day = service.is_overdue
    with clock.at(make.SATURDAY + timedelta(days=91)):
        day_after = service.is_overdue

    assert (on_the_day, day_after) == (False, True)


def test_obligations_are_seen_by_those_whose_case_it_is(court, case, cast, session):
    own = make.user(court, "Jordan Tate", Role.FAMILY, person=case.respondent)
    other = make.user(court, "Zoe Zed", Role.FAMILY, email="zoe@example.org")
    elsewhere = make.court("Elsewhere")
    away = make.user(elsewhere, "Ann Away", Role.COORDINATOR)

    seen = [
        len(session.scalars(m.Obligation.visible_to(user)).all())
        for user in (cast.cora, cast.judy, own, other, cast.ada, away)
    ]

    assert seen == [2, 2, 2, 0, 0, 0]
