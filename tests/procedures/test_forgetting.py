"""All that a hearing night and an order leave behind is hidden with its case, and destroyed with it."""

from datetime import timedelta

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from tests import make
from tests.views.test_sealed import CANARIES, CANARIES_OF_THE_NIGHT, sealed_case
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import Base
from youthcourt.models.completion.sealing import leave_out_sealed, seeing_sealed
from youthcourt.procedures.completion import purging, sealing
from youthcourt.procedures.completion.ledger import Ledger
from youthcourt.procedures.court import closing
from youthcourt.procedures.intake import safe_contact

LATER = make.SATURDAY + timedelta(days=8)
WORDS = {*CANARIES.values(), *CANARIES_OF_THE_NIGHT.values(), "Odalys"}
# What is written down at the door, in the room, at the table and at the judge's desk.
OF_THE_NIGHT = {
    *(m.NoticeServed, m.InterpreterBooking, m.Attendance, m.FamilyAbsence),
    *(m.HearingStep, m.QuestionAsked, m.WordsSaid, m.JudgeNote, m.MonitorRemark),
    # What each juror wrote alone is destroyed before; what they said together stands with the deliberation.
    *(m.Deliberation, m.StepNote, m.Finding, m.Proposal, m.VotingRound, m.Voter),
    *(m.SignOff, m.DispositionOrder, m.OrderItem, m.Unsigning, m.IssuedPaper),
    *(m.Rejection, m.Acceptance, m.Appeal, m.AppealItem),
}
# They name nobody, and only say that somebody came to, or was let in at, a hearing that is hidden.
AT_THE_DOOR = {m.Arrival, m.TabletCode}


def those_with_rows(session, kinds):
    """Of these kinds, the ones of which this session is shown anything."""
    session.expunge_all()
    return {kind for kind in kinds if session.scalars(select(kind).limit(1)).first() is not None}


@pytest.fixture
def case(court, cast, session):
    case = sealed_case(court, cast)
    session.flush()
    return case


def test_whatever_a_night_leaves_behind_is_hidden_with_its_case(case, cast, session):
    case_id, cora_id = case.id, cast.cora.id
    before = those_with_rows(session, OF_THE_NIGHT)
    sealing.seal(session.get(m.Case, case_id), "The wait is over.", by=session.get(m.User, cora_id))
    session.flush()

    hidden = those_with_rows(session, OF_THE_NIGHT)
    with seeing_sealed():
        kept = those_with_rows(session, OF_THE_NIGHT)
    event.remove(Session, "do_orm_execute", leave_out_sealed)  # a planted fault
    try:
        unhidden = those_with_rows(session, OF_THE_NIGHT)
    finally:
        event.listen(Session, "do_orm_execute", leave_out_sealed)

    assert before == kept == unhidden == OF_THE_NIGHT
    assert hidden == set()
    print(f"count: kinds of rows of a hearing night hidden with its case = {len(OF_THE_NIGHT)}")


def words_in(session):
    """Which of the words stand in which column of which table, whoever may see it."""
    session.expunge_all()
    found = {}
    for table in Base.metadata.sorted_tables:
        for row in session.connection().execute(select(table)).mappings():
            for column, value in row.items():
                said = value.decode("latin-1") if isinstance(value, bytes) else str(value)
                for word in WORDS:
                    if word.lower() in said.lower():
                        found.setdefault(word, set()).add(f"{table.name}.{column}")
    return found


def rows_of(session, kinds):
    count = select(func.count())
    return sum(session.connection().scalar(count.select_from(kind.__table__)) for kind in kinds)


@pytest.mark.parametrize("fault", [None, "the days are forgotten"], ids=["as it is", "planted fault"])
def test_whatever_a_night_leaves_behind_is_destroyed_with_its_case(
    case, cast, session, tmp_path, monkeypatch, fault
):
    if fault:
        monkeypatch.setattr(purging, "forget_days", lambda *_case, by: None)
    day, case_id, cora_id, ada_id = case.hearings[0].court_session, case.id, cast.cora.id, cast.ada.id
    make.closed(day, by=cast.cora)
    closing.reopen_day(day, "Zephyrine had come; Odalys QUILLFEATHER told us.", by=cast.cora)
    session.flush()
    before = words_in(session)

    proposed = purging.propose(
        session.get(m.Case, case_id), "The wait is over.", by=session.get(m.User, cora_id)
    )
    with clock.at(LATER):
        purging.confirm(proposed, by=session.get(m.User, ada_id), ledger=Ledger(tmp_path))
    session.flush()

    left = {place for places in words_in(session).values() for place in places}
    assert set(before) == WORDS
    assert rows_of(session, OF_THE_NIGHT) == 0
    if fault:
        assert left == {"reopening.reason", "audit_event.particulars"}
        assert rows_of(session, AT_THE_DOOR) == 1  # the family's code goes with its account
    else:
        assert left == set()
        assert rows_of(session, AT_THE_DOOR) == 0
        print(f"count: words of a case looked for in every column after a purge = {len(WORDS)}")


def printed_for(court, day, by):
    """A packet of a day, a paper in it, and one of another court."""
    session, elsewhere = court.session, make.court("Bay Youth Court")
    m.Packet.ask(day, m.PacketKind.FULL, "en", by=by)
    for each in (court, elsewhere):
        m.PrintedPaper.keep(session, each.id, "0" * 64, b"%PDF, and nobody can read it", pages=1)
    session.flush()


def seal(case, cast, _folder):
    sealing.seal(case, "The wait is over.", by=cast.cora)


def destroy(case, cast, folder):
    proposed = purging.propose(case, "The wait is over.", by=cast.cora)
    with clock.at(LATER):
        purging.confirm(proposed, by=cast.ada, ledger=Ledger(folder))


def hide_address(case, cast, _folder):
    safe_contact.keep_apart(case, case.respondent, "Somebody looks for her.", "By the school.", by=cast.cora)


@pytest.mark.parametrize("fault", [None, "printed papers stay"], ids=["as it is", "planted fault"])
@pytest.mark.parametrize(
    ("act", "place"),
    [(seal, sealing), (destroy, purging), (hide_address, safe_contact)],
    ids=["sealed", "destroyed", "an address hidden"],
)
def test_no_printed_paper_is_left_of_what_is_to_be_forgotten(
    case, cast, session, tmp_path, monkeypatch, act, place, fault
):
    """The words in a PDF are packed and drawn letter by letter: no search finds them, so rows are counted."""
    if fault:
        monkeypatch.setattr(place, "forget_papers", lambda _court: None)
    printed_for(case.court, case.hearings[0].court_session, by=cast.cora)

    act(case, cast, tmp_path)
    session.flush()

    left = (
        session.scalars(select(m.PrintedPaper.court_id)).all(),
        len(session.scalars(select(m.Packet)).all()),
    )
    elsewhere = session.scalars(select(m.Court.id).where(m.Court.name == "Bay Youth Court")).one()
    assert left == (([cast.court.id, elsewhere], 1) if fault else ([elsewhere], 0))
