"""Amounts as people type them."""

import pytest

from youthcourt.forms.amounts import MOST, amount_of, figure
from youthcourt.models import Unit


@pytest.mark.parametrize(
    ("typed", "unit", "amount"),
    [
        ("2", Unit.MINUTES, 120),
        (" 1.5 ", Unit.MINUTES, 90),
        ("1,5", Unit.MINUTES, 90),
        (".5", Unit.MINUTES, 30),
        ("1:45", Unit.MINUTES, 105),
        ("1.33", Unit.MINUTES, 80),
        ("$40", Unit.CENTS, 4000),
        ("1,250", Unit.CENTS, 125_000),
        ("1,250.50", Unit.CENTS, 125_050),
        ("12,50", Unit.CENTS, 1250),
        ("3", Unit.SITTINGS, 3),
        ("0", Unit.PIECES, 0),
    ],
)
def test_an_amount_is_read_in_its_unit(typed, unit, amount):
    assert amount_of(typed, unit) == amount


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("many", Unit.MINUTES),
        ("-1", Unit.MINUTES),
        ("1:75", Unit.MINUTES),
        ("1e9", Unit.MINUTES),
        ("nan", Unit.CENTS),
        ("1.5", Unit.SITTINGS),
        ("1:30", Unit.SITTINGS),
        ("2 3", Unit.PIECES),
        (str(MOST + 1), Unit.PIECES),
        ("999999999", Unit.CENTS),
    ],
)
def test_what_is_no_amount_is_refused(typed, unit):
    with pytest.raises(ValueError, match=r"Write|too large"):
        amount_of(typed, unit)


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("amount", [0, 1, 20, 80, 119, 120, 4999])
def test_an_amount_that_is_shown_and_sent_back_stays_the_same(amount, unit):
    assert amount_of(figure(amount, unit), unit) == amount
