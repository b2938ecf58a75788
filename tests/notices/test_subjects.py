"""What stands outside a letter: an envelope, a subject, a list of letters. It names nobody."""

from datetime import timedelta

import pytest
from jinja2 import DictLoader

from tests import make
from tests.cast import cast_of
from tests.stages import case_at
from youthcourt import models as m
from youthcourt.notices.docket import publish_and_tell
from youthcourt.notices.family import tell_family
from youthcourt.notices.referrer import tell_referrer

S, K = m.CaseStage, m.LetterKind
TO_REFERRER = (S.INTAKE_DUE, S.DECLINED, S.COMPLETED, S.RETURNED, S.WITHDRAWN)
OF_A_DOCKET = {K.HEARING_CHANGE, K.DOCKET_CHANGE, K.JUROR_CHANGE}
TO_FAMILY = (K.SEALING_NOTICE, K.DESTRUCTION_NOTICE)


@pytest.fixture
def write(session):
    """Every letter there is, once, each to a referrer from a court of its own."""

    def write():
        told = []
        for stage in TO_REFERRER:
            court = make.court(name=f"Court of {stage}")
            cast = cast_of(court)
            told.append(tell_referrer(case_at(stage, court, cast), by=cast.cora))
        told += [tell_family(told[2].case, kind, by=told[2].written_by) for kind in TO_FAMILY]
        return [(letter, letter.case) for letter in told] + of_a_changed_docket(session)

    return write


def of_a_changed_docket(session):
    """A hearing moves after its docket was published: its family, its judge and its jurors are told."""
    court = make.court(name="Court of changes")
    cast = cast_of(court)
    later = make.court_session(court, cast.cora, held_on=court.today + timedelta(days=7))
    hearing = make.hearing(make.admitted(court, cast.cora), later, cast.judy, cast.cora)
    make.booked(cast.jurors, later, cast.cora)
    make.drawn(hearing, cast.cora)
    publish_and_tell(later, by=cast.cora)
    hearing.move(later.blocks[1], later.rooms[0], cast.judy, by=cast.cora)
    publish_and_tell(later, by=cast.cora)
    return [(letter, hearing.case) for letter in session.query(m.Letter).filter_by(court_id=court.id)]


def named_outside(letters):
    """The letters whose subject says a name of the family, or of somebody harmed, in the case it is about."""
    found = set()
    for letter, case in letters:
        people = [case.respondent, *case.respondent.guardians, *(p for p in case.persons_harmed)]
        names = {part for each in people for part in str(each.name).split() if len(part) > 1}
        found |= {letter.kind for name in names if name.lower() in letter.subject.lower()}
    return found


def test_no_letter_names_anybody_in_its_subject(write):
    letters = write()

    assert {letter.kind for letter, _case in letters} == set(K)
    assert named_outside(letters) == set()
    print(f"count: kinds of letters without a name outside = {len(K)}")


def test_a_planted_name_in_a_subject_is_found(app, write, monkeypatch):
    loader = DictLoader({"notices/referrer_subject.txt": "Jordan Tate, case {{ number }}"})
    real = app.jinja_env.get_template
    planted = app.jinja_env.overlay(loader=loader).get_template
    monkeypatch.setattr(
        app.jinja_env,
        "get_template",
        lambda name, *rest: planted(name) if "subject" in name else real(name, *rest),
    )

    assert named_outside(write()) == set(K) - set(TO_FAMILY) - OF_A_DOCKET
