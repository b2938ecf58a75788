"""Seating somebody: who may sit, a certain juror for an open seat, and who leaves a panel for good."""

from datetime import date

import pytest

from tests import make
from tests.refusals import refused_beside
from youthcourt import models as m
from youthcourt.permissions import Role
from youthcourt.procedures.jury import seating, wishing
from youthcourt.procedures.jury.seating import Obstacle as Bar


@pytest.fixture
def hearing(court, cast):
    hearing = make.hearing(
        make.admitted(court, cast.cora), make.court_session(court, cast.cora), cast.judy, cast.cora
    )
    make.booked(cast.jurors, hearing.court_session, cast.cora)
    return hearing


@pytest.fixture
def juror(cast):
    return cast.jurors[0]


def bars(juror, hearing):
    hearing.session.flush()
    return list(seating.bars_against(juror, hearing))


# Who may sit


def test_a_trained_volunteer_of_age_from_another_school_may_sit(hearing, juror):
    assert bars(juror, hearing) == []


def as_own_case(juror, hearing, _cast):
    hearing.case.respondent, juror.person.school = juror.person, None


def as_guardian(juror, hearing, _cast):
    respondent = hearing.case.respondent
    respondent.guardianships.append(
        m.Guardianship(court=hearing.court, ward=respondent, guardian=juror.person)
    )


def as_companion(juror, hearing, _cast):
    hearing.case.companions.append(m.Companion(court=hearing.court, name="x", person=juror.person))


def as_who_named_the_respondent(juror, hearing, cast):
    theirs = make.referred(hearing.court, cast.cora, "Some Other")
    theirs.respondent = juror.person
    theirs.companions.append(m.Companion(court=hearing.court, name="x", person=hearing.case.respondent))


def as_harmed(juror, hearing, _cast):
    hearing.case.persons_harmed.append(m.PersonHarmed(court=hearing.court, name="x", person=juror.person))


def tied(kind, to_guardian=False, turned=False):
    def tie(juror, hearing, cast):
        respondent = hearing.case.respondent
        one, other = respondent.guardians[0] if to_guardian else respondent, juror.person
        m.Tie.between(*((other, one) if turned else (one, other)), kind, by=cast.cora)

    return tie


def as_schoolmate(juror, hearing, _cast):
    juror.person.school = hearing.case.respondent.school


def as_schoolmate_then(juror, hearing, _cast):
    hearing.case.referral.school_at_incident = juror.person.school


def not_booked(juror, hearing, _cast):
    next(
        each for each in hearing.court_session.sittings if each.juror is juror
    ).state = m.SittingState.EXCUSED


def on_another_panel(juror, hearing, cast):
    second = make.user(hearing.court, "Jude Second", Role.JUDGE)
    other = make.hearing(
        make.admitted(hearing.court, cast.cora, "Rosa Ruiz"), hearing.court_session, second, cast.cora, room=1
    )
    panel = m.Panel(court=hearing.court)
    other.panels.append(panel)
    panel.add_seat(juror)


def away(juror, hearing, cast):
    juror.be_away(make.TODAY, make.TODAY, by=cast.cora)


def untrained(juror, hearing, _cast):
    juror.trainings[0].valid_until = date(2026, 3, 6)


def too_young(juror, hearing, _cast):
    juror.person.born_on = date(2013, 3, 8)


def too_old(juror, hearing, _cast):
    juror.person.born_on = date(2007, 3, 7)


def of_unknown_age(juror, hearing, _cast):
    juror.person.born_on = None


def gone(juror, hearing, cast):
    juror.leave(by=cast.cora)


def with_an_undecided_case(juror, hearing, cast):
    make.referred(hearing.court, cast.cora, "Some Other").respondent = juror.person
    juror.person.school = None


def kept_off(juror, hearing, cast):
    wishing.bar(hearing.court_session, juror, hearing, "Would rather not.", by=cast.cora)


def at_the_limit(juror, hearing, cast):
    hearing.court.seating_rules.places_a_month = 0


def stood_down(juror, hearing, cast):
    panel = m.Panel(court=hearing.court)
    hearing.panels.append(panel)
    panel.add_seat(juror).stand_down("Ill.", by=cast.cora)


@pytest.mark.parametrize(
    ("make_it_so", "expected"),
    [
        (as_own_case, [Bar.OWN_CASE, Bar.OPEN_CASE]),
        (as_guardian, [Bar.FAMILY]),
        (as_companion, [Bar.CO_RESPONDENT]),
        (as_who_named_the_respondent, [Bar.CO_RESPONDENT, Bar.OPEN_CASE]),
        (as_harmed, [Bar.HARMED]),
        (tied(m.TieKind.KIN), [Bar.KIN]),
        (tied(m.TieKind.KIN, turned=True), [Bar.KIN]),
        (tied(m.TieKind.HOUSEHOLD, to_guardian=True), [Bar.HOUSEHOLD]),
        (tied(m.TieKind.KNOWS), [Bar.KNOWS]),
        (tied(m.TieKind.OBJECTED), [Bar.OBJECTED]),
        (tied(m.TieKind.WITNESS), [Bar.WITNESS]),
        (with_an_undecided_case, [Bar.OPEN_CASE]),
        (kept_off, [Bar.BARRED]),
        (at_the_limit, [Bar.LIMIT_REACHED]),
        (as_schoolmate, [Bar.SAME_SCHOOL]),
        (as_schoolmate_then, [Bar.SAME_SCHOOL]),
        (not_booked, [Bar.NOT_BOOKED]),
        (on_another_panel, [Bar.NOT_FREE]),
        (away, [Bar.NOT_FREE]),
        (untrained, [Bar.NOT_TRAINED]),
        (too_young, [Bar.NOT_OF_AGE]),
        (too_old, [Bar.NOT_OF_AGE]),
        (of_unknown_age, [Bar.NOT_OF_AGE]),
        (gone, [Bar.LEFT]),
        (stood_down, [Bar.STOOD_DOWN]),
    ],
)
def test_somebody_may_not_sit(hearing, juror, cast, make_it_so, expected):
    make_it_so(juror, hearing, cast)

    assert bars(juror, hearing) == expected


def test_every_bar_has_its_words():
    print(f"count: bars to a seat = {len(Bar)}")

    assert set(seating.OBSTACLE_WORDS) == set(Bar)


def test_on_their_birthday_a_juror_is_old_enough(hearing, juror):
    juror.person.born_on = date(2013, 3, 7)

    assert bars(juror, hearing) == []


def test_a_court_may_let_schoolmates_sit(court, hearing, juror, cast):
    court.keeps_schoolmates_apart = False
    as_schoolmate(juror, hearing, cast)

    assert bars(juror, hearing) == []


def test_several_bars_are_all_named(hearing, juror, cast):
    for make_it_so in (as_schoolmate, away, too_old):
        make_it_so(juror, hearing, cast)
    hearing.session.flush()

    assert seating.why_may_not_sit(juror, hearing) == (
        "Goes to the respondent's school. Cannot come at this time, or sits on another panel then. "
        "Is not of the age for jurors on this day."
    )


def test_candidates_are_all_who_are_booked_with_what_bars_them(hearing, cast):
    cast.jurors[2].person.born_on = None
    hearing.session.flush()

    found = seating.candidates(hearing)

    assert {each.juror: each.bars for each in found} == {
        juror: (Bar.NOT_OF_AGE,) if juror is cast.jurors[2] else () for juror in cast.jurors
    }


# A certain juror


@pytest.fixture
def short(hearing, cast):
    """A panel with one open seat and nobody in reserve; who is left is booked and free."""
    panel = make.drawn(hearing, cast.cora)
    panel.reserves[0].stand_down("Went home.", by=cast.cora)
    panel.sitting_seats[-1].stand_down("Went home.", by=cast.cora)
    hearing.session.flush()
    return panel


@pytest.fixture
def left(short, cast):
    taken = {seat.juror for seat in short.seats}
    return next(juror for juror in cast.jurors if juror not in taken)


def test_an_open_seat_is_filled(short, left, cast, logged):
    before = len(logged())

    seat = seating.seat_juror(short, left, by=cast.cora)

    assert (seat.juror, seat in short.sitting_seats) == (left, True)
    assert logged()[before:] == [("panel.seated", cast.cora, {"juror": left.id})]


def test_who_may_not_sit_is_not_seated(short, left, cast):
    as_schoolmate(left, short.hearing, cast)
    short.session.flush()

    said = refused_beside(seating.seat_juror, short, left, by=cast.cora)

    assert said == ("juror", f"{left} may not sit here. Goes to the respondent's school.")


def test_who_has_a_seat_does_not_get_another(short, cast):
    seated = short.sitting_seats[0].juror

    said = refused_beside(seating.seat_juror, short, seated, by=cast.cora)

    assert said == ("juror", f"{seated} has a seat on this panel.")


def test_a_full_panel_takes_nobody_more(hearing, cast):
    panel = make.drawn(hearing, cast.cora)
    taken = {seat.juror for seat in panel.seats}
    left = next(juror for juror in cast.jurors if juror not in taken)

    assert refused_beside(seating.seat_juror, panel, left, by=cast.cora) == ("juror", "Every seat is taken.")


def test_a_panel_without_a_foreperson_is_led_by_who_is_seated_next(short, left, cast):
    for seat in short.sitting_seats:
        seat.is_foreperson = False

    seat = seating.seat_juror(short, left, by=cast.cora)

    assert short.foreperson is seat


# Conflicts and objections


@pytest.mark.parametrize(
    ("why", "bar"), [(seating.WhyLeft.CONFLICT, Bar.KNOWS), (seating.WhyLeft.OBJECTION, Bar.OBJECTED)]
)
def test_who_is_tied_to_the_case_leaves_it_for_good_and_sits_elsewhere(court, hearing, cast, why, bar):
    panel = make.drawn(hearing, cast.cora)
    seat, reserve = panel.sitting_seats[1], panel.reserves[0]
    elsewhere = make.hearing(
        make.admitted(court, cast.cora, "Rosa Ruiz"), hearing.court_session, cast.judy, cast.cora, block=1
    )

    up = seating.vacate(seat, why, "Cousins.", by=cast.cora, takes=reserve.juror)

    assert up is reserve
    assert bars(seat.juror, hearing) == [bar, Bar.STOOD_DOWN]
    assert bars(seat.juror, elsewhere) == []


# Who takes a seat


@pytest.fixture
def evening(court, hearing, cast):
    """Two panels at one time, each with a reserve, and everybody here."""
    court.panel_size = court.panel_minimum = 3
    for name in ("Ivo Marsh", "Jun Sato"):
        cast.jurors.append(make.juror(court, name, by=cast.cora))
    make.booked(cast.jurors[8:], hearing.court_session, cast.cora)
    judge = make.user(court, "Jude Second", Role.JUDGE)
    case = make.admitted(court, cast.cora, "Rosa Ruiz")
    make.hearing(case, hearing.court_session, judge, cast.cora, room=1)
    for each, seed in zip(hearing.court_session.docket, "ab", strict=True):
        make.drawn(each, cast.cora, seed=seed)
    for sitting in hearing.court_session.sittings:
        sitting.check_in(by=cast.cora)
    hearing.session.flush()
    return hearing.court_session


def test_the_own_reserve_is_proposed_first_then_that_of_others_then_who_has_no_place(evening):
    here, there = evening.docket

    proposed = seating.stand_ins(here)

    own, elsewhere = here.panel.reserves[0].juror, there.panel.reserves[0].juror
    assert [each.juror for each in proposed[:2]] == [own, elsewhere]
    assert [each.waits_for for each in proposed] == ["Room A", "Room B", *[None] * (len(proposed) - 2)]
    assert len(proposed) == 10 - 3 - 3


def test_who_is_not_here_is_proposed_last(evening, cast):
    here = evening.docket[0]
    first = here.panel.reserves[0].juror
    next(each for each in evening.sittings if each.juror is first).undo_check_in(by=cast.cora)

    proposed = seating.stand_ins(here)

    assert (proposed[-1].juror, proposed[-1].is_here) == (first, False)


def test_a_reserve_of_another_panel_takes_the_seat_and_waits_there_no_more(evening, cast):
    here, there = evening.docket
    leaving, reserve = here.panel.sitting_seats[1], there.panel.reserves[0]
    elsewhere = set(there.panel.sitting_seats)

    up = seating.vacate(leaving, seating.WhyLeft.STAND_DOWN, "Ill.", by=cast.cora, takes=reserve.juror)

    assert (up.juror, up in here.panel.sitting_seats) == (reserve.juror, True)
    assert (there.panel.reserves, set(there.panel.sitting_seats)) == ([], elsewhere)
    assert leaving.replacement.taken_by is up


def test_a_conflict_taken_back_leaves_no_tie_behind(evening, cast, session):
    here = evening.docket[0]
    leaving, reserve = here.panel.sitting_seats[1], here.panel.reserves[0]
    seating.vacate(leaving, seating.WhyLeft.CONFLICT, "Cousins.", by=cast.cora, takes=reserve.juror)
    session.flush()

    seating.reinstate(leaving, by=cast.cora)

    session.flush()
    assert session.query(m.Tie).count() == session.query(m.Replacement).count() == 0
    assert leaving in here.panel.sitting_seats
    assert here.panel.reserves == [reserve]


def test_a_seat_left_open_is_filled_later_and_still_given_back(evening, cast):
    here = evening.docket[0]
    leaving, reserve = here.panel.sitting_seats[1], here.panel.reserves[0]
    assert seating.vacate(leaving, seating.WhyLeft.STAND_DOWN, "Ill.", by=cast.cora) is None
    seating.seat_juror(here.panel, reserve.juror, by=cast.cora)

    seating.reinstate(leaving, by=cast.cora)

    assert leaving in here.panel.sitting_seats
    assert here.panel.reserves == [reserve]


def test_a_juror_who_did_not_come_leaves_their_seat_and_gets_it_back_when_they_do(evening, cast):
    here = evening.docket[0]
    seat, reserve = here.panel.foreperson, here.panel.reserves[0]
    sitting = next(each for each in evening.sittings if each.juror is seat.juror)
    sitting.undo_check_in(by=cast.cora)

    took = seating.miss(sitting, by=cast.cora, takes={seat.id: reserve.juror})
    missed = (sitting.state, seat in here.panel.standing)
    back = seating.undo_miss(sitting, by=cast.cora)

    assert (took, missed) == ([reserve], (m.SittingState.NO_SHOW, False))
    assert (back, sitting.state, here.panel.foreperson) == ([seat], m.SittingState.BOOKED, seat)


def test_who_comes_after_somebody_took_the_oath_in_their_seat_is_here_without_it(evening, cast):
    here = evening.docket[0]
    seat, reserve = here.panel.sitting_seats[1], here.panel.reserves[0]
    sitting = next(each for each in evening.sittings if each.juror is seat.juror)
    sitting.undo_check_in(by=cast.cora)
    [up] = seating.miss(sitting, by=cast.cora, takes={seat.id: reserve.juror})
    up.swear(by=cast.cora)

    back = seating.undo_miss(sitting, by=cast.cora)

    assert (back, sitting.state) == ([], m.SittingState.BOOKED)
    assert up in here.panel.sitting_seats
