"""A case brought to any stage, each time through the verbs that people cause."""

from tests import make
from tests.memory import step
from youthcourt import models as m

S = m.CaseStage


@step
def case_at(stage, court, cast):
    """One young person's case at this stage; everything on the way to it really happened."""
    return _ROADS[stage](court, cast)


@step
def day_with_hearing(court, cast):
    """An admitted case with a hearing today, at 18:30 in the first room."""
    case = make.admitted(court, cast.cora)
    return make.hearing(case, make.court_session(court, cast.cora), cast.judy, cast.cora)


@step
def seated(court, cast):
    """The same with jurors booked and a panel drawn."""
    hearing = day_with_hearing(court, cast)
    make.booked(cast.jurors, hearing.court_session, cast.cora)
    make.drawn(hearing, cast.cora)
    return hearing


@step
def held(court, cast):
    """The same with everybody come and sworn, and the hearing held."""
    hearing = make.sworn(seated(court, cast), cast.cora)
    hearing.hold(by=cast.judy)
    return hearing


@step
def active(court, cast):
    """A case whose order was signed as its panel proposed it."""
    order = make.signed(make.proposed(held(court, cast)), cast.judy)
    return order.case


def _intake_held(court, cast):
    case = make.accepted(court, cast.cora)
    case.hold_intake(make.interview(case), by=cast.cora)
    return case


def _done(court, cast):
    case = active(court, cast)
    for obligation in case.obligations:
        obligation.excuse("Moved to another county's programme.", by=cast.cora)
    case.ask_dismissal("All done.", by=cast.cora)
    return case


def _declined(court, cast):
    case = make.referred(court, cast.cora)
    case.decline(m.DeclineReason.NO_CONTACT, note="", by=cast.cora)
    return case


def _withdrawn(court, cast):
    case = make.referred(court, cast.cora)
    case.withdraw(case.respondent, reason="", by=cast.cora)
    return case


def _returned(court, cast):
    case = make.admitted(court, cast.cora)
    case.return_to_referrer(m.ClosureReason.MOVED, note="Left the county.", by=cast.cora)
    return case


def _completed(court, cast):
    case = _done(court, cast)
    case.dismiss(by=cast.judy)
    return case


_ROADS = {
    S.REFERRED: lambda court, cast: make.referred(court, cast.cora),
    S.INTAKE_DUE: lambda court, cast: make.accepted(court, cast.cora),
    S.INTAKE_HELD: _intake_held,
    S.ADMITTED: lambda court, cast: make.admitted(court, cast.cora),
    S.HEARING_SET: lambda court, cast: day_with_hearing(court, cast).case,
    S.HEARD: lambda court, cast: held(court, cast).case,
    S.PROPOSED: lambda court, cast: make.proposed(held(court, cast)).hearing.case,
    S.ACTIVE: active,
    S.COMPLETION_REVIEW: _done,
    S.DECLINED: _declined,
    S.WITHDRAWN: _withdrawn,
    S.RETURNED: _returned,
    S.COMPLETED: _completed,
}
