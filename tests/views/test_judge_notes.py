"""The private notes of a judge: kept for the one who wrote them, and for nobody else."""

from sqlalchemy import select

from tests import make
from tests.stages import case_at, held, seated
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.models.completion.sealing import seeing_sealed
from youthcourt.permissions import Role
from youthcourt.procedures.completion import sealing

SECRET = "Looks at the mother before each answer."


def noted(court, cast, sign_in):
    """A hearing on which its judge has made notes, through the page."""
    hearing = held(court, cast)
    db.session.commit()
    path = f"/hearings/{hearing.id}/my-notes"
    assert sign_in(cast.judy).post(path, data={"words": SECRET}).status_code == 302
    return hearing, path


def test_the_judge_reads_what_they_wrote(court, cast, sign_in):
    _hearing, path = noted(court, cast, sign_in)

    assert SECRET in sign_in(cast.judy).get(path).text


def test_neither_staff_nor_another_judge_reads_it(court, cast, sign_in):
    hearing, path = noted(court, cast, sign_in)
    jude = make.user(court, "Jude Other", Role.JUDGE, email="jude@example.org")
    both = make.user(court, "Bo Both", Role.COORDINATOR, Role.JUDGE, email="both@example.org")

    answers = [sign_in(user).get(path).status_code for user in (cast.cora, cast.ada, jude, both)]

    assert answers == [403, 403, 404, 404]
    assert m.JudgeNote.of(hearing, jude) is None


def test_whoever_takes_over_the_hearing_starts_with_an_empty_page(court, cast, sign_in):
    hearing = seated(court, cast)
    jude = make.user(court, "Jude Other", Role.JUDGE, email="jude@example.org")
    m.JudgeNote.write(hearing, SECRET, by=cast.judy)
    path = f"/hearings/{hearing.id}/my-notes"

    hearing.move(hearing.block, hearing.room, jude, by=cast.cora)
    db.session.commit()

    assert sign_in(cast.judy).get(path).status_code == 404
    assert SECRET not in sign_in(jude).get(path).text


def test_the_trail_says_that_there_are_notes_and_not_a_word_of_them(court, cast, sign_in, logged):
    noted(court, cast, sign_in)

    assert ("hearing.noted_by_judge", cast.judy, {}) in logged()
    assert SECRET not in str(logged())


def test_writing_the_same_again_is_no_second_note(court, cast, logged):
    hearing = held(court, cast)

    for _time in range(2):
        m.JudgeNote.write(hearing, SECRET, by=cast.judy)

    assert [event for event, *_rest in logged()].count("hearing.noted_by_judge") == 1


def test_no_other_page_of_the_case_shows_them(court, cast, sign_in):
    hearing, _path = noted(court, cast, sign_in)
    make.proposed(hearing)
    db.session.commit()
    pages = [
        f"/cases/{hearing.case_id}",
        f"/hearings/{hearing.id}",
        f"/hearings/{hearing.id}/script",
        f"/orders/decide/{hearing.deliberation.id}",
    ]

    for user in (cast.cora, cast.judy):
        texts = [sign_in(user).get(page).text for page in pages]
        assert not [text for text in texts if SECRET in text]


def test_what_is_typed_and_not_sent_is_kept_for_the_judge_alone(court, cast, sign_in):
    hearing = held(court, cast)
    db.session.commit()
    path = f"/hearings/{hearing.id}/my-notes"

    sign_in(cast.judy).post("/drafts/", data={"draft_of": path, "words": SECRET})

    draft = db.session.scalars(select(m.Draft)).one()
    assert (draft.user_id, draft.case_id, draft.typed) == (cast.judy.id, hearing.case_id, {"words": [SECRET]})
    assert SECRET in sign_in(cast.judy).get(f"{path}?put_back=1").text


def test_a_note_is_sealed_with_its_case(court, cast):
    case = case_at(m.CaseStage.ACTIVE, court, cast)
    m.JudgeNote.write(case.hearings[0], SECRET, by=cast.judy)
    case.return_to_referrer(m.ClosureReason.MOVED, note="Left the county.", by=cast.cora)
    db.session.flush()
    notes = select(m.JudgeNote)
    before = len(db.session.scalars(notes).all())

    with seeing_sealed():
        sealing.seal(case, "The wait is over.", by=cast.cora)

    assert (before, db.session.scalars(notes).all()) == (1, [])
