"""What is told of small counts: nothing that points at one person, by itself or by subtraction."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from youthcourt.reports.completion.small_cells import Hidden, Told, told

FEW, BESIDE = Hidden.FEW, Hidden.BESIDE


def test_large_counts_are_told_as_they_are():
    assert told([5, 12, 40]).parts == (5, 12, 40)


def test_a_small_count_is_hidden_and_the_next_one_with_it_because_of_the_total():
    assert told([2, 12, 40]) == Told(54, (FEW, BESIDE, 40))


def test_several_small_counts_hide_each_other():
    assert told([2, 3, 40]).parts == (FEW, FEW, 40)


def test_where_nothing_else_can_be_hidden_the_total_is():
    assert (told([3]).total, told([3]).parts) == (BESIDE, (FEW,))
    assert told([4, 4]).total is BESIDE


def could_be(shown, fewest):
    """Every list of counts that a reader of these figures has to think possible."""
    most = shown.total if isinstance(shown.total, int) else fewest * (len(shown.parts) + 1)
    ranges = [
        range(fewest) if part is FEW else range(fewest, most + 1) if part is BESIDE else [part]
        for part in shown.parts
    ]
    return [counts for counts in product(*ranges) if not isinstance(shown.total, int) or sum(counts) == most]


def given_away(counts, shown, fewest):
    """The small counts of which a reader knows the one true value."""
    possible = could_be(shown, fewest)
    assert tuple(counts) in possible or not isinstance(shown.total, int)
    small = [place for place, count in enumerate(counts) if count < fewest]
    return [place for place in small if len({each[place] for each in possible}) == 1]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4), st.integers(2, 5))
def test_no_small_count_can_be_worked_out(counts, fewest):
    assert given_away(counts, told(counts, fewest), fewest) == []


def test_hiding_the_small_count_alone_would_give_it_away():
    """The planted fault: without complementary suppression the reader subtracts."""
    honest = told([2, 12, 40])
    naive = Told(54, (FEW, 12, 40))

    assert given_away([2, 12, 40], naive, 5) == [0]
    assert given_away([2, 12, 40], honest, 5) == []
