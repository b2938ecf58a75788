"""The report on the command line, for whoever keeps this installation, and as it may be published."""

from dataclasses import replace

import pytest

from tests import make
from youthcourt.commands.report import told
from youthcourt.models import ClosureReason, Unit
from youthcourt.reports.completion.funnel import Ordered, funnel

R = ClosureReason


@pytest.fixture
def figures(court):
    """A period in which one young person was turned away for a reason of its own."""
    empty = funnel(court, make.TODAY, make.TODAY, make.TODAY)
    return replace(
        empty,
        referred=60,
        declined=21,
        declined_by_reason=((R.NO_ADMISSION, 1), (R.FAMILY_DECLINED, 8), (R.EARLIER_PARTICIPATION, 12)),
        heard=39,
        ordered=(Ordered("Workshop", Unit.PIECES, 1, cases=1), Ordered("Essay", Unit.PIECES, 30, cases=30)),
    )


def counts_in(lines):
    """What stands in the last column of the lines below a step."""
    return [line[47:].strip() for line in lines if line.startswith("    ")]


def test_inside_the_house_every_count_is_told(court, figures):
    assert counts_in(told(court, figures)) == ["1", "8", "12", "1", "30"]


def test_what_is_published_points_at_nobody(court, figures):
    lines = told(court, figures, to_publish=True)

    assert counts_in(lines) == ["fewer than 5", "not told", "12", "30"]
    assert "Workshop" not in "\n".join(lines)


def test_the_parts_of_a_small_total_are_left_out_altogether(court, figures):
    few = replace(figures, declined=3, declined_by_reason=((R.FAMILY_DECLINED, 3),))

    assert counts_in(told(court, few, to_publish=True)) == ["30"]
