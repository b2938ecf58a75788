"""The deck of fates, before anything is played."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from youthcourt.demonstration.figures import PUBLISHED, SMALLEST, Figures, of_size
from youthcourt.demonstration.names import LONGEST, RATES, NameBook
from youthcourt.demonstration.plan import deal
from youthcourt.demonstration.season import DAYS_TO_COMPLETE, NIGHTS, End, Turn
from youthcourt.demonstration.today import NEXT_NIGHT, deal_today
from youthcourt.models import DeclineReason
from youthcourt.procedures.founding import GRID

MONDAY = date(2026, 3, 2)
SIZES = [SMALLEST, 40, 100, 334, 1000]


def counted(season):
    """The figures that the deck of a season would bring about."""
    scheduled = [fate for fate in season.fates if fate.night is not None]
    heard = [fate for fate in scheduled if fate.end is not End.FAILED]
    past = [f for f in heard if season.night(f.night) + timedelta(days=DAYS_TO_COMPLETE) < season.as_of]
    return Figures(
        referred=len(season.fates),
        declined=sum(fate.end is End.DECLINED for fate in season.fates),
        failed_to_appear=sum(fate.end is End.FAILED for fate in scheduled),
        past_deadline=len(past),
        completed=sum(fate.end is End.COMPLETES for fate in past),
        sittings=sum(fate.amounts.sittings for fate in heard),
        service_hours=sum(fate.amounts.hours for fate in heard),
        workshops=sum(fate.amounts.workshops for fate in heard),
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", [1, 1995])
def test_the_deck_comes_to_the_published_figures_in_proportion(seed, size):
    assert counted(deal(seed, size, MONDAY)) == of_size(size)


def test_the_published_size_is_in_proportion_to_itself():
    assert of_size(PUBLISHED.referred) == PUBLISHED


@pytest.mark.parametrize("weekday", range(7))
def test_any_weekday_can_be_the_last_day(weekday):
    day = MONDAY + timedelta(days=weekday)

    assert counted(deal(1, 40, day)) == of_size(40)


def test_the_same_seed_deals_the_same_deck_and_another_seed_another():
    assert deal(1, 100, MONDAY).fates == deal(1, 100, MONDAY).fates
    assert deal(1, 100, MONDAY).fates != deal(2, 100, MONDAY).fates


def test_a_court_too_small_for_every_outcome_is_refused():
    with pytest.raises(ValueError, match="too small"):
        deal(1, SMALLEST - 1, MONDAY)


def test_nobody_is_set_for_a_room_that_is_not_there():
    season = deal(1995, 334, MONDAY)

    loads = Counter(fate.night for fate in season.fates if fate.night is not None)

    assert season.rooms == 3
    assert set(loads) == set(range(NIGHTS))
    assert max(loads.values()) <= 12


def test_every_referral_of_the_period_comes_within_it_and_the_rest_later():
    season = deal(1995, 334, MONDAY)

    assert all(season.starts_on <= fate.referred_on <= season.ends_on for fate in season.fates)
    assert all(season.ends_on < fate.referred_on <= season.as_of for fate in deal_today(season))
    assert {fate.night for fate in deal_today(season)} == {NIGHTS, NEXT_NIGHT}


def test_each_step_of_a_case_is_on_a_workday_and_after_the_one_before():
    for fate in deal(1995, 334, MONDAY).fates:
        steps = [fate.referred_on, fate.decided_on, fate.intake_on, fate.agreed_on, fate.placed_on]

        assert steps == sorted(steps)
        assert {day.weekday() for day in steps} <= {0, 1, 2, 3, 4}


def test_orders_stay_inside_the_grid_save_those_that_say_why():
    for fate in deal(1995, 334, MONDAY).fates:
        if fate.amounts is None or fate.takes(Turn.OUTSIDE_GRID):
            continue
        grid = GRID[fate.offence_class]
        given = (fate.amounts.hours, fate.amounts.sittings, fate.amounts.workshops)

        assert all(
            least <= amount <= most for amount, (least, most) in zip(given, grid.values(), strict=True)
        )


def test_every_turn_and_every_reason_to_decline_occurs():
    season = deal(1995, 334, MONDAY)
    fates = [*season.fates, *deal_today(season)]

    assert {turn for fate in fates for turn in fate.turns} == set(Turn)
    assert {fate.decline for fate in fates} == {*DeclineReason, None}
    assert {fate.end for fate in fates} == set(End)


def test_names_are_given_once_and_come_in_every_script():
    book = NameBook(Random(1))

    named = [book.anybody() for _ in range(1000)]

    assert len({each.name.casefold() for each in named}) == 1000
    assert {each.style for each in named} == {style for style, _weight in RATES}
    assert book.rare() == LONGEST
