"""A screen looks again exactly when something of its court, or of its case, was changed."""

import pytest

from tests import make
from youthcourt.models.audit_chain import chain_new_lines
from youthcourt.reports import beats


@pytest.fixture
def case(court, cast):
    return make.referred(court, cast.cora)


@pytest.fixture
def other(court, cast):
    return make.referred(court, cast.cora, name="Robin Hale")


def heard(session, court, *cases):
    """The beats as somebody reads them after what was changed is committed."""
    chain_new_lines(session)
    of_cases = [beats.of_case(session, court.id, case.id) for case in cases]
    return [beats.of_court(session, court.id), *of_cases]


def test_a_change_of_a_case_is_a_beat_of_it_and_of_its_court_and_of_no_other_case(court, cast, case, other):
    before = heard(court.session, court, case, other)

    case.accept(by=cast.cora)

    after = heard(court.session, court, case, other)
    assert [now - was for now, was in zip(after, before, strict=True)] == [1, 1, 0]


def test_without_a_change_there_is_no_beat(court, case, other):
    before = heard(court.session, court, case, other)

    assert heard(court.session, court, case, other) == before


def test_a_court_and_a_case_that_nothing_is_known_of_stand_still(session):
    assert (beats.of_court(session, 0), beats.of_case(session, 0, 0)) == (0, 0)
