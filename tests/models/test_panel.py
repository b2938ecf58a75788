"""The jurors of a hearing: the oath, the foreperson, who leaves and who moves up."""

from datetime import timedelta

import pytest

from tests import make
from tests.refusals import refused, refused_beside
from tests.stages import held, seated
from youthcourt import clock
from youthcourt import models as m


@pytest.fixture
def hearing(court, cast):
    """A hearing today with six seated, a reserve, and everybody here."""
    hearing = seated(court, cast)
    for sitting in hearing.court_session.sittings:
        sitting.check_in(by=cast.cora)
    return hearing


def sitting_of(seat):
    return next(s for s in seat.panel.hearing.court_session.sittings if s.juror is seat.juror)


def other_than_foreperson(panel):
    return next(seat for seat in panel.sitting_seats if not seat.is_foreperson)


# The oath


def test_the_oath_is_taken_once_and_kept(hearing, cast, logged):
    seat = hearing.panel.sitting_seats[0]
    so_far = len(logged())

    for _time in range(2):
        seat.swear(by=cast.cora)

    assert seat.sworn_at == clock.now()
    assert logged()[so_far:] == [("seat.sworn", cast.cora, {"juror": seat.juror.id})]


def test_the_oath_is_not_taken_before_the_day(hearing, cast):
    with clock.at(make.SATURDAY - timedelta(days=1)):
        said = refused(hearing.panel.sitting_seats[0].swear, by=cast.cora)

    assert said == "The oath is taken on the day of the hearing."


def test_who_has_not_come_takes_no_oath(court, cast):
    seat = seated(court, cast).panel.sitting_seats[0]

    assert refused(seat.swear, by=cast.cora) == f"{seat.juror} is not checked in."


def test_who_came_and_was_sent_home_takes_no_oath(hearing, cast):
    seat = hearing.panel.sitting_seats[0]
    sitting_of(seat).excuse("Feels ill.", by=cast.cora)

    assert refused(seat.swear, by=cast.cora) == f"{seat.juror} is not checked in."


def test_who_was_stood_down_takes_no_oath(hearing, cast):
    seat = hearing.panel.sitting_seats[0]
    seat.stand_down(reason="Knows the family.", by=cast.cora)

    assert refused(seat.swear, by=cast.cora) == "This juror was stood down."


def test_who_took_the_oath_was_here_and_the_check_in_stays(hearing, cast):
    seat = hearing.panel.sitting_seats[0]
    seat.swear(by=cast.cora)

    assert refused(sitting_of(seat).undo_check_in, by=cast.cora) == (
        f"{seat.juror} has taken the oath today, so they were here."
    )


# The foreperson


def test_another_foreperson_takes_the_place_of_the_first(hearing, cast, logged):
    seat, so_far = other_than_foreperson(hearing.panel), len(logged())

    hearing.panel.name_foreperson(seat, by=cast.cora)

    assert [each for each in hearing.panel.seats if each.is_foreperson] == [seat]
    assert logged()[so_far:] == [("panel.foreperson_named", cast.cora, {"juror": seat.juror.id})]


def test_a_reserve_does_not_lead(hearing, cast):
    assert refused(hearing.panel.name_foreperson, hearing.panel.reserves[0], by=cast.cora) == (
        "The foreperson is one of those seated."
    )


def test_a_juror_who_left_does_not_lead(hearing, cast):
    seat = other_than_foreperson(hearing.panel)
    seat.stand_down(reason="Ill.", by=cast.cora)

    assert refused(hearing.panel.name_foreperson, seat, by=cast.cora) == (
        "The foreperson is one of those seated."
    )


def test_when_the_foreperson_leaves_the_lowest_seat_leads(hearing, cast):
    leaving = hearing.panel.foreperson
    remaining = [seat for seat in hearing.panel.sitting_seats if seat is not leaving]

    leaving.stand_down(reason="Ill.", by=cast.cora)

    assert hearing.panel.foreperson is min(remaining, key=lambda seat: seat.number)
    assert sum(seat.is_foreperson for seat in hearing.panel.seats) == 1


def test_a_foreperson_who_leaves_during_the_deliberation_is_followed_by_one_under_oath(court, cast):
    hearing = held(court, cast)

    hearing.panel.foreperson.stand_down(reason="Called away.", by=cast.cora)

    assert (hearing.panel.foreperson.is_sworn, len(hearing.panel.sitting_seats)) == (True, 5)


# Standing down


def test_a_reserve_moves_up_when_somebody_leaves(hearing, cast, logged):
    seat, reserve = other_than_foreperson(hearing.panel), hearing.panel.reserves[0]
    so_far = len(logged())

    up = seat.stand_down(reason="Ill.", by=cast.cora)

    assert (up, reserve in hearing.panel.sitting_seats, hearing.panel.reserves) == (reserve, True, [])
    assert (seat.stood_down_at, seat.stood_down_reason) == (clock.now(), "Ill.")
    assert logged()[so_far:] == [
        (
            "seat.stood_down",
            cast.cora,
            {"juror": seat.juror.id, "reason": "Ill.", "moved_up": reserve.juror.id},
        )
    ]


def test_a_reserve_who_leaves_is_not_replaced(hearing, cast):
    up = hearing.panel.reserves[0].stand_down(reason="Ill.", by=cast.cora)

    assert (up, len(hearing.panel.sitting_seats), hearing.panel.reserves) == (None, 6, [])


def test_nobody_who_did_not_hear_the_case_moves_up_once_it_is_heard(court, cast):
    hearing = held(court, cast)
    assert len(hearing.panel.reserves) == 1

    up = hearing.panel.sitting_seats[0].stand_down(reason="Ill.", by=cast.cora)

    assert (up, len(hearing.panel.sitting_seats)) == (None, 5)


def test_nobody_is_stood_down_twice(hearing, cast):
    seat = hearing.panel.sitting_seats[0]
    seat.stand_down(reason="Ill.", by=cast.cora)

    assert refused(seat.stand_down, reason="Ill.", by=cast.cora) == (
        f"{seat.juror} was stood down already, by Cora Diaz."
    )


def test_nobody_is_stood_down_without_a_reason(hearing, cast):
    assert refused_beside(hearing.panel.sitting_seats[0].stand_down, reason=" ", by=cast.cora) == (
        "reason",
        "Write the reason.",
    )


def test_a_panel_that_has_decided_stays_as_it_is(court, cast):
    hearing = make.proposed(held(court, cast)).hearing

    assert refused(hearing.panel.sitting_seats[0].stand_down, reason="Ill.", by=cast.cora) == (
        "This hearing is decided, so its panel stays as it is."
    )


def test_a_dissolved_panel_sits_no_more(hearing, cast, logged):
    panel, so_far = hearing.panel, len(logged())

    panel.dissolve(reason="The court is closed.", by=cast.cora)

    assert (hearing.panel, panel.sitting_seats, panel.reserves, panel.foreperson) == (None, [], [], None)
    assert logged()[so_far:] == [("panel.dissolved", cast.cora, {"reason": "The court is closed."})]


def test_only_a_deciding_seat_counts_as_the_seat_of_an_account(hearing, court):
    seated_account = make.juror_user(court, hearing.panel.sitting_seats[0].juror)
    reserve_account = make.juror_user(court, hearing.panel.reserves[0].juror)
    no_person = make.user(court, "Ned Nobody", "juror")

    seats = [hearing.panel.seat_of(user) for user in (seated_account, reserve_account, no_person)]

    assert seats == [hearing.panel.sitting_seats[0], None, None]


def test_what_happens_on_a_panel_belongs_to_its_case(hearing, cast, session):
    hearing.panel.sitting_seats[0].swear(by=cast.cora)
    session.flush()

    line = session.query(m.AuditEvent).filter_by(event="seat.sworn").one()

    assert line.case_id == hearing.case_id


# Taking back what was tapped


def test_an_oath_ticked_by_mistake_is_taken_back_once(hearing, cast, logged):
    seat = hearing.panel.sitting_seats[0]
    seat.swear(by=cast.cora)
    so_far = len(logged())

    for _time in range(2):
        seat.take_back_oath(by=cast.cora)

    assert seat.sworn_at is None
    assert logged()[so_far:] == [("seat.oath_undone", cast.cora, {"juror": seat.juror.id})]


def test_an_oath_stays_once_the_case_was_heard(court, cast):
    hearing = held(court, cast)

    assert refused(hearing.panel.sitting_seats[0].take_back_oath, by=cast.cora) == "This hearing is settled."


def test_the_reserve_who_is_here_moves_up_before_one_who_is_not(court, cast):
    hearing = seated(court, cast)
    first = hearing.panel.reserves[0]
    seated_ids = {seat.juror_id for seat in hearing.panel.seats}
    spare = next(juror for juror in cast.jurors if juror.id not in seated_ids)
    second = hearing.panel.add_seat(spare, is_reserve=True)
    for sitting in hearing.court_session.sittings:
        if sitting.juror is not first.juror:
            sitting.check_in(by=cast.cora)

    up = hearing.panel.sitting_seats[0].stand_down("Ill.", by=cast.cora)

    assert (up, hearing.panel.reserves) == (second, [first])


def test_a_foreperson_who_was_stood_down_by_mistake_leads_again_and_the_reserve_waits_again(
    hearing, cast, logged
):
    lead, seats = hearing.panel.foreperson, list(hearing.panel.sitting_seats)
    up = lead.stand_down("Ill.", by=cast.cora)
    so_far = len(logged())

    for _time in range(2):
        lead.reinstate(by=cast.cora)

    assert (hearing.panel.sitting_seats, hearing.panel.reserves) == (seats, [up])
    assert [each for each in hearing.panel.seats if each.is_foreperson] == [lead]
    assert (lead.stood_down_at, lead.stood_down_reason, lead.replacement) == (None, "", None)
    assert logged()[so_far:] == [("seat.reinstated", cast.cora, {"juror": lead.juror.id})]


def test_a_seat_is_not_given_back_once_somebody_took_the_oath_in_it(hearing, cast):
    seat = other_than_foreperson(hearing.panel)
    up = seat.stand_down("Ill.", by=cast.cora)
    up.swear(by=cast.cora)

    assert refused(seat.reinstate, by=cast.cora) == (
        f"{up.juror} has taken the oath in this seat. Undo that first."
    )


def test_a_seat_is_not_given_back_to_somebody_who_has_another_place(hearing, court, cast):
    seat = other_than_foreperson(hearing.panel)
    seat.stand_down("Knows them.", by=cast.cora)
    case, judge = make.admitted(court, cast.cora, "Rosa Ruiz"), make.user(court, "Jude Second", "judge")
    other = make.hearing(case, hearing.court_session, judge, cast.cora, room=1)
    other.panels.append(m.Panel(court=court))
    other.panel.add_seat(seat.juror)
    hearing.session.flush()

    assert refused(seat.reinstate, by=cast.cora) == f"{seat.juror} has another place at this time."


def test_a_seat_of_a_panel_that_was_sent_home_is_not_given_back(hearing, cast):
    seat = other_than_foreperson(hearing.panel)
    seat.stand_down("Ill.", by=cast.cora)
    hearing.fail_to_appear("", by=cast.cora)

    assert refused(seat.reinstate, by=cast.cora) == "This hearing is settled."
