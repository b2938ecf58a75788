"""Seating a panel: who may sit, and a draw that anybody can repeat."""

import hashlib
import json
import random
from datetime import date

import pytest

from tests import make
from tests.refusals import refused, refused_beside
from youthcourt import models as m
from youthcourt.models.audit import plain
from youthcourt.permissions import Role
from youthcourt.procedures import seating
from youthcourt.procedures.seating import Bar


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


def stood_down(juror, hearing, cast):
    panel = m.Panel(court=hearing.court)
    hearing.panels.append(panel)
    panel.add_seat(juror).stand_down("Ill.", by=cast.cora)


@pytest.mark.parametrize(
    ("make_it_so", "expected"),
    [
        (as_own_case, [Bar.OWN_CASE]),
        (as_guardian, [Bar.FAMILY]),
        (as_companion, [Bar.CO_RESPONDENT]),
        (as_who_named_the_respondent, [Bar.CO_RESPONDENT]),
        (as_harmed, [Bar.HARMED]),
        (tied(m.TieKind.KIN), [Bar.KIN]),
        (tied(m.TieKind.KIN, turned=True), [Bar.KIN]),
        (tied(m.TieKind.HOUSEHOLD, to_guardian=True), [Bar.HOUSEHOLD]),
        (tied(m.TieKind.KNOWS), [Bar.KNOWS]),
        (tied(m.TieKind.OBJECTED), [Bar.OBJECTED]),
        (as_schoolmate, [Bar.SAME_SCHOOL]),
        (as_schoolmate_then, [Bar.SAME_SCHOOL]),
        (not_booked, [Bar.NOT_BOOKED]),
        (on_another_panel, [Bar.NOT_FREE]),
        (away, [Bar.AWAY]),
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

    assert set(seating.BAR_WORDS) == set(Bar)


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
        "Goes to the respondent's school. Cannot come on this day. Is not of the age for jurors on this day."
    )


def test_candidates_are_all_who_are_booked_with_what_bars_them(hearing, cast):
    cast.jurors[2].person.born_on = None
    hearing.session.flush()

    found = seating.candidates(hearing)

    assert {each.juror: each.bars for each in found} == {
        juror: (Bar.NOT_OF_AGE,) if juror is cast.jurors[2] else () for juror in cast.jurors
    }


# The draw


def test_the_draw_seats_the_lowest_lots(court, hearing, cast):
    panel = make.drawn(hearing, cast.cora, seed="a seed")

    by_lot = sorted(
        (juror.id for juror in cast.jurors),
        key=lambda number: hashlib.sha256(f"a seed:{number}".encode()).hexdigest(),
    )
    assert [seat.juror_id for seat in panel.sitting_seats] == by_lot[: court.panel_size]
    assert [seat.juror_id for seat in panel.reserves] == by_lot[court.panel_size :][: court.panel_reserves]


def test_nobody_is_drawn_who_may_not_sit(court, hearing, cast):
    court.panel_minimum = court.panel_size = 2
    court.panel_reserves = 6
    barred = cast.jurors[:5]
    for juror, make_it_so in zip(barred, (as_schoolmate, away, too_old, untrained, as_harmed), strict=True):
        make_it_so(juror, hearing, cast)
    hearing.session.flush()

    panel = make.drawn(hearing, cast.cora)

    assert {seat.juror for seat in panel.seats} == set(cast.jurors[5:])


def test_the_foreperson_has_served_before_when_anybody_has(hearing, cast, session):
    veteran = cast.jurors[3]
    earlier = make.court_session(hearing.court, cast.cora)
    (sitting,) = make.booked([veteran], earlier, cast.cora)
    sitting.check_in(by=cast.cora)
    sitting.credit(by=cast.cora)
    session.flush()
    hearing.court.panel_size = 8

    leads = {make.drawn(hearing, cast.cora, seed=f"seed {n}").foreperson.juror for n in range(5)}

    assert leads == {veteran}


def test_the_draw_keeps_all_that_it_takes_to_repeat_it(hearing, cast, logged):
    before = len(logged())

    panel = make.drawn(hearing, cast.cora)

    draw = panel.draw
    kept = json.dumps({"seed": draw.seed, "inputs": draw.facts, "result": draw.result}, sort_keys=True)
    assert draw.digest == hashlib.sha256(kept.encode()).hexdigest()
    assert seating.draw_again(draw)
    assert logged()[before:] == [("panel.drawn", cast.cora, {"seed": "a seed", "digest": draw.digest})]


@pytest.mark.parametrize("part", ["secret", "facts", "result", "digest"])
def test_a_draw_of_which_anything_was_changed_does_not_repeat(hearing, cast, part):
    draw = make.drawn(hearing, cast.cora).draw
    changed = {
        "secret": "another",
        "facts": {**draw.facts, "size": 5},
        "result": {**draw.result, "foreperson": 0},
        "digest": "0" * 64,
    }
    setattr(draw, part, changed[part])

    assert not seating.draw_again(draw)


def test_the_draw_depends_on_seed_and_inputs_alone():
    """In whatever order candidates are kept, and through JSON and back, the same panel comes out."""
    chance = random.Random(7)
    for size in range(1, 40):
        people = [
            {
                "juror": n,
                "has_served": chance.random() < 0.3,
                "bars": ["away"] * (chance.random() < 0.2),
            }
            for n in chance.sample(range(1000), size)
        ]
        inputs = {"size": chance.randint(1, 8), "reserves": chance.randint(0, 3), "candidates": people}
        first = seating.outcome("seed", inputs)
        mixed = {**inputs, "candidates": chance.sample(people, len(people))}

        again = seating.outcome("seed", json.loads(json.dumps(plain(mixed))))

        assert again == first
        drawn = first["seats"] + first["reserves"]
        assert len(drawn) == len(set(drawn))
        assert set(drawn) <= {each["juror"] for each in people if not each["bars"]}


def test_over_many_seeds_everybody_is_drawn_about_equally_often():
    """4 of 10 seats over 3,000 draws: 1,200 each; five standard deviations are 134."""
    people = [{"juror": n, "has_served": False, "bars": []} for n in range(10)]
    inputs = {"size": 4, "reserves": 0, "candidates": people}
    drawn = [number for seed in range(3000) for number in seating.outcome(str(seed), inputs)["seats"]]

    counts = [drawn.count(number) for number in range(10)]

    assert all(1066 <= count <= 1334 for count in counts), counts


def test_too_few_who_may_sit_are_no_panel(hearing, cast):
    for juror in cast.jurors[3:]:
        juror.leave(by=cast.cora)
    hearing.session.flush()

    sentence = refused(seating.draw_panel, hearing, by=cast.cora)

    assert sentence == (
        "Only 3 of the jurors booked may sit on this panel; 4 are needed. Book more jurors for this day."
    )


def test_a_new_draw_sends_the_old_panel_home(hearing, cast):
    old = make.drawn(hearing, cast.cora)

    new = make.drawn(hearing, cast.cora, seed="another")

    assert (hearing.panel, old.dissolved_at is None, old.sitting_seats) == (new, False, [])


def test_a_panel_under_oath_is_not_drawn_anew(hearing, cast):
    make.drawn(hearing, cast.cora)
    make.sworn(hearing, cast.cora)

    sentence = refused(seating.draw_panel, hearing, by=cast.cora)

    assert sentence == "The panel has taken the oath. Stand jurors down one by one instead."


def test_a_settled_hearing_gets_no_panel(hearing, cast):
    hearing.fail_to_appear("", by=cast.cora)

    assert refused(seating.draw_panel, hearing, by=cast.cora) == "This hearing is settled."


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


def test_seating_somebody_makes_the_day_a_draft_again(short, left, cast):
    day = short.hearing.court_session
    day.make_ready(by=cast.cora)

    seating.seat_juror(short, left, by=cast.cora)

    assert not day.is_ready


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
    ("leave", "bar"), [(seating.declare_conflict, Bar.KNOWS), (seating.object_to, Bar.OBJECTED)]
)
def test_who_is_tied_to_the_case_leaves_it_for_good_and_sits_elsewhere(court, hearing, cast, leave, bar):
    panel = make.drawn(hearing, cast.cora)
    seat, reserve = panel.sitting_seats[1], panel.reserves[0]
    elsewhere = make.hearing(
        make.admitted(court, cast.cora, "Rosa Ruiz"), hearing.court_session, cast.judy, cast.cora, block=1
    )

    up = leave(seat, "Cousins.", by=cast.cora)

    assert up is reserve
    assert bars(seat.juror, hearing) == [bar, Bar.STOOD_DOWN]
    assert bars(seat.juror, elsewhere) == []
