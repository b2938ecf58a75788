"""What the referring agency is told of a case."""

import pytest

from tests import make
from tests.refusals import refused
from tests.stages import active, case_at
from youthcourt import clock
from youthcourt import models as m
from youthcourt.notices.referrer import tell_referrer

S = m.CaseStage

TOLD = {
    S.INTAKE_DUE: (
        m.LetterKind.ACCEPTANCE,
        "Harbor County Youth Court has accepted your referral of Jordan Tate.",
    ),
    S.DECLINED: (
        m.LetterKind.DECLINE,
        "Harbor County Youth Court has not accepted your referral of Jordan Tate.",
    ),
    S.COMPLETED: (m.LetterKind.DISMISSAL, "Jordan Tate has completed the plan. The case is dismissed."),
    S.RETURNED: (
        m.LetterKind.RETURN,
        "Harbor County Youth Court returns the case of Jordan Tate to you.",
    ),
    S.WITHDRAWN: (
        m.LetterKind.WITHDRAWAL,
        "The family of Jordan Tate has withdrawn from Harbor County Youth Court.",
    ),
}


@pytest.mark.parametrize("stage", TOLD)
def test_the_referrer_reads_what_became_of_the_case(court, cast, logged, stage):
    case = case_at(stage, court, cast)
    so_far = len(logged())

    letter = tell_referrer(case, by=cast.cora)

    kind, opening = TOLD[stage]
    assert (letter.kind, letter.body.split("\n\n")[0]) == (kind, opening)
    assert (letter.case, letter.written_by, letter.written_at, letter.sent_at) == (
        case,
        cast.cora,
        clock.now(),
        None,
    )
    assert logged()[so_far:] == [("letter.written", cast.cora, {"kind": str(kind)})]


@pytest.mark.parametrize("stage", [stage for stage in S if stage not in TOLD])
def test_in_between_there_is_nothing_to_tell(court, cast, stage):
    case = case_at(stage, court, cast)

    assert refused(tell_referrer, case, by=cast.cora) == (
        "There is nothing to tell the referrer at this stage."
    )


def test_the_letter_goes_to_whoever_referred_at_their_agency(court, cast):
    case = make.accepted(court, cast.cora, referring_person="Officer Lee")

    letter = tell_referrer(case, by=cast.cora)

    assert (letter.to_name, letter.to_address) == (
        "Officer Lee, Harbor Police",
        "1 Main Street\nHarbor, NC 28301",
    )


def test_an_agency_alone_is_addressed_by_its_name(court, cast):
    assert tell_referrer(make.accepted(court, cast.cora), by=cast.cora).to_name == "Harbor Police"


def test_a_decline_says_the_reason_and_the_note(court, cast):
    case = make.referred(court, cast.cora)
    case.decline(m.DeclineReason.NO_CONTACT, note="We called three times.", by=cast.cora)

    assert tell_referrer(case, by=cast.cora).body.split("\n\n")[1:] == [
        "Reason: The family could not be reached.",
        "We called three times.",
    ]


def test_a_return_says_what_was_done_and_what_was_not(court, cast):
    case = active(court, cast)
    service, _duty = case.obligations
    service.credit(300, done_on=court.today, vouched_by="Sr. Ruth", by=cast.cora)
    case.return_to_referrer(m.ClosureReason.PLAN_NOT_COMPLETED, note="Stopped coming.", by=cast.cora)

    body = tell_referrer(case, by=cast.cora).body

    assert ("Reason: Did not complete the plan." in body, "Stopped coming." in body) == (True, True)
    assert ("Community service" in body, "Jury duty" in body) == (True, True)


def test_a_letter_is_noted_as_sent_once(court, cast, logged):
    letter = tell_referrer(make.accepted(court, cast.cora), by=cast.cora)
    so_far = len(logged())

    letter.send(by=cast.cora)

    assert letter.sent_at == clock.now()
    assert logged()[so_far:] == [("letter.sent", cast.cora, {"kind": "acceptance"})]
    assert refused(letter.send, by=cast.cora) == "This letter is sent already."


def test_a_letter_lives_and_dies_with_the_change_it_tells_of(court, cast, session):
    case = make.referred(court, cast.cora)
    kept = session.begin_nested()
    case.accept(by=cast.cora)
    tell_referrer(case, by=cast.cora)

    kept.rollback()

    assert session.query(m.Letter).count() == 0
