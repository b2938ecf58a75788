"""A screen looks again exactly when something of its court, or of its case, was changed."""

import pytest

from tests import make
from youthcourt import models as m
from youthcourt.models.audit_chain import chain_new_lines
from youthcourt.models.reading import OPENED
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


def grew(before, after):
    return [now > was for now, was in zip(after, before, strict=True)]


def test_a_change_of_a_case_is_a_beat_of_it_and_of_its_court_and_of_no_other_case(court, cast, case, other):
    before = heard(court.session, court, case, other)

    case.accept(by=cast.cora)

    assert grew(before, heard(court.session, court, case, other)) == [True, True, False]


def test_what_a_panel_does_among_itself_is_a_beat_in_its_own_room(court, cast, case, other):
    before = heard(court.session, court, case, other)

    case.record("deliberation.voted", by=cast.cora, round=1)

    assert grew(before, heard(court.session, court, case, other)) == [False, True, False]


def test_who_looks_at_a_case_is_no_beat(court, cast, case, other):
    before = heard(court.session, court, case, other)

    case.record(OPENED, by=cast.cora, page="cases.show")

    assert grew(before, heard(court.session, court, case, other)) == [False, False, False]


def test_a_line_that_is_committed_after_a_later_one_is_a_beat(court, cast, case):
    court.session.flush()
    court.session.add_all(line_of(case, cast, number) for number in (900, 899))
    court.session.flush()

    assert (beats.of_court(court.session, court.id), beats.of_case(court.session, court.id, case.id)) == (
        900,
        900,
    )


def line_of(case, cast, number):
    line = m.AuditEvent.of(case, "case.accepted", by=cast.cora, particulars={})
    line.number = number
    return line


def test_without_a_change_there_is_no_beat(court, case, other):
    before = heard(court.session, court, case, other)

    assert heard(court.session, court, case, other) == before


def test_a_court_and_a_case_that_nothing_is_known_of_stand_still(session):
    assert (beats.of_court(session, 0), beats.of_case(session, 0, 0)) == (0, 0)
