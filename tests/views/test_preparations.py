"""Ready for court: what is missing and where it is mended; the published docket, and who is told."""

import pytest

from tests import make, stages
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.notices.docket import publish_and_tell
from youthcourt.permissions import Role


@pytest.fixture
def hearing(court, cast):
    return stages.seated(court, cast)


@pytest.fixture
def day(hearing):
    db.session.commit()
    return hearing.court_session


@pytest.fixture
def browser(sign_in, cast):
    return sign_in(cast.cora)


def text(answer):
    return " ".join(answer.get_data(as_text=True).split())


def letters():
    found = db.session.query(m.Letter).order_by(m.Letter.id)
    return [(each.kind.value, each.to_name.splitlines()[0]) for each in found]


def test_each_thing_missing_has_its_sentence_and_the_way_to_mend_it(court, cast, browser):
    bare = make.hearing(
        make.admitted(court, cast.cora), make.court_session(court, cast.cora), cast.judy, cast.cora
    )
    bare.case.respondent.needs_interpreter, bare.case.respondent.language = True, "es"
    db.session.commit()
    day = bare.court_session_id

    shown = text(browser.get(f"/court-sessions/{day}/readiness"))

    number = bare.case.number
    for sentence, way in (
        (f"{number}: no panel yet.", f"/court-sessions/{day}/draws/"),
        (f"{number}: an interpreter is not booked.", f"/hearings/{bare.id}/interpreter"),
        (f"{number}: the family has no notice yet.", f"/court-sessions/{day}/readiness#notices"),
        ("The docket is not published.", f"/court-sessions/{day}/readiness#docket"),
        ("5 papers of the evening are not printed.", f"/court-sessions/{day}/readiness#papers"),
    ):
        assert sentence in shown
        assert f'href="{way}"' in shown[shown.index(sentence) :][:400]


def test_the_whole_way_until_a_day_is_ready(hearing, day, browser):
    there = f"/court-sessions/{day.id}/readiness"
    browser.post(f"/court-sessions/{day.id}/publication")
    browser.post(f"/hearings/{hearing.id}/notice", data={"how": "by_mail"})
    papers = [(kind, day.id) for kind in ("docket", "sign_in_sheets", "room_sheets")]
    papers += [("hearing_script", hearing.id), ("deliberation_sheet", hearing.id)]
    before = text(browser.get(there))

    for kind, number in papers:
        assert browser.get(f"/papers/{kind}/{number}").status_code == 200

    assert "5 papers of the evening are not printed." in before
    assert "This day is ready for court" in text(browser.get(there))
    assert "Nothing is missing." in text(browser.get(f"/court-sessions/{day.id}"))


def test_all_notices_are_noted_at_once(court, cast, hearing, day, browser):
    second = make.hearing(make.admitted(court, cast.cora, "Rosa Ruiz"), day, cast.judy, cast.cora, block=1)
    db.session.commit()

    browser.post(f"/court-sessions/{day.id}/notices", data={"how": "by_hand"})

    told = [(each.notice.how, each.notice.by) for each in (hearing, second)]
    assert told == [(m.HowServed.BY_HAND, cast.cora)] * 2


def test_a_notice_noted_by_mistake_is_undone(hearing, day, browser):
    browser.post(f"/hearings/{hearing.id}/notice", data={"how": "by_phone"})

    browser.post(f"/hearings/{hearing.id}/notice/undo")

    db.session.refresh(hearing)
    assert hearing.notices == []


def test_an_interpreter_is_booked_and_released(hearing, day, browser):
    hearing.case.respondent.needs_interpreter, hearing.case.respondent.language = True, "es"
    db.session.commit()
    there = f"/hearings/{hearing.id}/interpreter"

    empty = browser.post(there, data={"language": "es", "name": ""})
    booked = browser.post(there, data={"language": "es", "name": "Ms. Vera"})
    shown = text(browser.get(f"/court-sessions/{day.id}/readiness"))
    browser.post(f"{there}/es/release")

    db.session.refresh(hearing)
    assert (empty.status_code, booked.status_code) == (422, 302)
    assert "Ms. Vera" in shown
    assert hearing.interpreters == []


def test_a_day_that_misses_its_panels_is_not_published_and_says_why(court, cast, browser):
    bare = make.hearing(
        make.admitted(court, cast.cora), make.court_session(court, cast.cora), cast.judy, cast.cora
    )
    db.session.commit()

    answer = browser.post(f"/court-sessions/{bare.court_session_id}/publication")

    assert answer.status_code == 409
    assert f"{bare.case.number}: no panel yet." in text(answer)


# Changes, and who is told


def two_hearings(court, cast, day):
    """A second hearing of another judge in the other room, each with a panel of its own."""
    for number in range(8):
        make.booked([make.juror(court, f"More{number} Juror", by=cast.cora)], day, cast.cora)
    omar = make.user(court, "Omar Haddad", Role.JUDGE)
    second = make.hearing(make.admitted(court, cast.cora, "Rosa Ruiz"), day, omar, cast.cora, room=1)
    make.drawn(second, cast.cora)
    return second


def test_the_first_publication_tells_nobody_by_letter(court, cast, hearing, day):
    publish_and_tell(day, by=cast.cora)

    assert letters() == []


def test_a_changed_room_is_told_to_that_family_and_that_judge_and_to_nobody_else(court, cast, hearing, day):
    two_hearings(court, cast, day)
    publish_and_tell(day, by=cast.cora)

    hearing.move(day.blocks[1], day.rooms[1], cast.judy, by=cast.cora)
    publish_and_tell(day, by=cast.cora)

    assert letters() == [("hearing_change", "Jordan Tate"), ("docket_change", "Judy Okafor")]
    family, judge = db.session.query(m.Letter).order_by(m.Letter.id)
    assert "Before: 6:30\u202fPM, Room A" in family.body
    assert "Now: 7:00\u202fPM, Room B" in family.body
    assert hearing.case.number not in judge.body
    assert "Tate" not in judge.body


def test_jurors_whose_time_is_another_are_told_before_the_day_and_not_whose_is_not(court, cast, sign_in):
    later = make.court_session(court, cast.cora, held_on=make.TODAY.replace(day=14))
    hearing = make.hearing(make.admitted(court, cast.cora), later, cast.judy, cast.cora)
    make.booked(cast.jurors, later, cast.cora)
    make.drawn(hearing, cast.cora)
    second = two_hearings(court, cast, later)
    publish_and_tell(later, by=cast.cora)
    sat = {seat.juror.person.name for seat in hearing.panel.standing}
    others = {seat.juror.person.name for seat in second.panel.standing}

    hearing.move(later.blocks[1], later.rooms[0], cast.judy, by=cast.cora)
    publish_and_tell(later, by=cast.cora)

    told = {name for kind, name in letters() if kind == "juror_change"}
    assert told == sat - others
    letter = next(each for each in db.session.query(m.Letter) if each.kind is m.LetterKind.JUROR_CHANGE)
    assert (letter.case_id, letter.person.name in told) == (None, True)
    assert "Tate" not in letter.body


def test_a_family_is_written_to_in_its_own_language(court, cast, hearing, day):
    hearing.case.respondent.language = "es"
    publish_and_tell(day, by=cast.cora)

    hearing.move(day.blocks[0], day.rooms[1], cast.judy, by=cast.cora)
    publish_and_tell(day, by=cast.cora)

    letter = db.session.query(m.Letter).filter_by(kind=m.LetterKind.HEARING_CHANGE).one()
    assert letter.subject == "Su audiencia cambi\u00f3"
    assert "Ahora:" in letter.body


def test_the_page_shows_what_was_and_what_is_now(cast, hearing, day, browser):
    publish_and_tell(day, by=cast.cora)
    hearing.move(day.blocks[0], day.rooms[1], cast.judy, by=cast.cora)
    db.session.commit()

    shown = text(browser.get(f"/court-sessions/{day.id}/readiness"))

    assert "<del>Room A</del>" in shown
    assert "<ins>Room B</ins>" in shown
    assert "Publish again" in shown


def test_every_version_stays_in_sight_with_its_letters(cast, hearing, day, browser):
    publish_and_tell(day, by=cast.cora)
    hearing.move(day.blocks[0], day.rooms[1], cast.judy, by=cast.cora)
    second = publish_and_tell(day, by=cast.cora)
    db.session.commit()
    there = f"/court-sessions/{day.id}/dockets"
    shown = text(browser.get(there))

    sent = browser.post(f"/cases/letters/{second.letters[1].id}/sending")

    assert shown.index("Version 2") < shown.index("Version 1")
    assert second.digest in shown
    assert sent.location == there
    assert browser.get(f"/papers/decision_letter/{second.letters[1].id}").status_code == 200


def test_a_family_sees_the_published_time_until_the_change_is_published(court, cast, hearing, day, sign_in):
    youth = make.user(
        court, "Jordan Tate", Role.FAMILY, email="y@example.org", person=hearing.case.respondent
    )
    publish_and_tell(day, by=cast.cora)
    hearing.move(day.blocks[1], day.rooms[1], cast.judy, by=cast.cora)
    db.session.commit()
    family = sign_in(youth)
    before = text(family.get(f"/my-case/{hearing.case_id}"))

    publish_and_tell(day, by=cast.cora)
    db.session.commit()
    after = text(family.get(f"/my-case/{hearing.case_id}"))

    assert ("6:30" in before, "Room A" in before) == (True, True)
    assert ("7:00" in after, "Room B" in after) == (True, True)


def test_a_judge_sees_what_is_about_to_change_of_their_own(court, cast, hearing, day, sign_in):
    second = two_hearings(court, cast, day)
    publish_and_tell(day, by=cast.cora)
    second.move(day.blocks[1], day.rooms[0], second.judge, by=cast.cora)
    db.session.commit()

    of_judy = text(sign_in(cast.judy).get(f"/court-sessions/{day.id}"))
    of_omar = text(sign_in(second.judge).get(f"/court-sessions/{day.id}"))

    assert ("About to change" in of_judy, "About to change" in of_omar) == (False, True)


def test_a_juror_sees_the_published_times_and_nothing_of_the_case(court, cast, hearing, day, sign_in):
    publish_and_tell(day, by=cast.cora)
    account = make.juror_user(court, hearing.panel.sitting_seats[0].juror)
    db.session.commit()

    shown = text(sign_in(account).get("/sittings/"))

    assert "You have a place at 6:30" in shown
    assert hearing.case.number not in shown


def test_the_page_takes_no_more_statements_for_two_hearings_than_for_one(
    court, cast, hearing, day, browser, statements
):
    one = statements(lambda: browser.get(f"/court-sessions/{day.id}/readiness"))
    two_hearings(court, cast, day)
    db.session.commit()

    two = statements(lambda: browser.get(f"/court-sessions/{day.id}/readiness"))

    assert two == one <= 26
