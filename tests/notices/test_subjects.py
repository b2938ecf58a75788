"""What stands outside a letter: an envelope, a subject, a list of letters. It names nobody."""

import pytest
from jinja2 import DictLoader

from tests import make
from tests.cast import cast_of
from tests.stages import case_at
from youthcourt import models as m
from youthcourt.notices.family import tell_family
from youthcourt.notices.referrer import tell_referrer

S, K = m.CaseStage, m.LetterKind
TO_REFERRER = (S.INTAKE_DUE, S.DECLINED, S.COMPLETED, S.RETURNED, S.WITHDRAWN)
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
        return told + [tell_family(told[2].case, kind, by=told[2].written_by) for kind in TO_FAMILY]

    return write


def named_outside(letters):
    """The letters whose subject says a name of the family, or of somebody harmed."""
    found = set()
    for letter in letters:
        case = letter.case
        people = [case.respondent, *case.respondent.guardians, *(p for p in case.persons_harmed)]
        names = {part for each in people for part in str(each.name).split() if len(part) > 1}
        found |= {letter.kind for name in names if name.lower() in letter.subject.lower()}
    return found


def test_no_letter_names_anybody_in_its_subject(write):
    letters = write()

    assert {letter.kind for letter in letters} == set(K)
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

    assert named_outside(write()) == set(K) - set(TO_FAMILY)
