"""The square on a letter: it opens the check-in for staff of its court, and tells nobody else anything."""

import pytest

from tests import make
from tests.stages import seated
from youthcourt.documents.court.hearing_notice import hearing_notice
from youthcourt.documents.square import square
from youthcourt.extensions import db
from youthcourt.permissions import Role
from youthcourt.procedures.court import door_codes


@pytest.fixture
def hearing(court, cast):
    hearing = seated(court, cast)
    db.session.commit()
    return hearing


@pytest.fixture
def code(app, hearing):
    return door_codes.code_for(hearing)


def text(answer):
    """The page's words, every run of white space as one blank."""
    return " ".join(answer.get_data(as_text=True).split())


def main(answer):
    """What a page says beside what every page says to its reader."""
    page = text(answer)
    return page[page.index("<main") : page.index("</main>")]


def test_a_coordinator_opens_the_check_in_of_the_family_that_brought_the_letter(hearing, code, cast, sign_in):
    browser = sign_in(cast.cora)
    young = hearing.case.respondent

    shown = text(browser.get(f"/door/{code}"))

    day = hearing.court_session_id
    for who in (young, *young.guardians):
        assert who.short_name in shown
        tap = f"/court-sessions/{day}/board/hearings/{hearing.id}/people/{who.id}/check-in"
        assert f'action="{tap}"' in shown
    browser.post(tap)
    assert "Here" in main(browser.get(f"/door/{code}"))


def test_a_coordinator_opens_the_check_in_of_a_juror(hearing, cast, sign_in):
    sitting = hearing.court_session.sittings[0]

    shown = text(sign_in(cast.cora).get(f"/door/{door_codes.code_for(sitting)}"))

    assert sitting.juror.person.short_name in shown
    assert (
        f'action="/court-sessions/{hearing.court_session_id}/board/sittings/{sitting.id}/check-in"' in shown
    )


def readers(court, cast, hearing):
    """Everybody who may not open anything with it."""
    elsewhere = make.court("Other Court")
    guardian = hearing.case.respondent.guardians[0]
    return {
        "nobody": None,
        "a judge": cast.judy,
        "an administrator": cast.ada,
        "a juror": make.user(court, "Jon Juror", Role.JUROR, person=cast.jurors[0].person),
        "the family itself": make.user(court, guardian.name, Role.FAMILY, person=guardian),
        "a coordinator of another court": make.user(elsewhere, "Carla Far", Role.COORDINATOR),
    }


def test_to_anybody_else_every_code_says_the_same_known_or_not(app, court, cast, hearing, code, sign_in):
    forged = f"h{hearing.id}-{'A' * 16}"
    codes = (code, door_codes.code_for(hearing.court_session.sittings[0]), forged, "nothing", "h1", "ñ-ñ")
    asked = 0
    for user in readers(court, cast, hearing).values():
        browser = sign_in(user) if user else app.test_client()
        answers = [browser.get(f"/door/{each}") for each in codes]

        asked += len(answers)
        assert {answer.status_code for answer in answers} == {200}
        assert len({main(answer) for answer in answers}) == 1
        assert "Show this at the door" in main(answers[0])
        assert hearing.case.respondent.given_name not in text(answers[0])
    print(f"count: codes that told nothing at the door = {asked}")


def test_a_forged_code_opens_nothing_for_a_coordinator_either(hearing, code, cast, sign_in):
    other = code.replace(f"h{hearing.id}-", f"s{hearing.court_session.sittings[0].id}-")
    browser = sign_in(cast.cora)

    assert "Check in" not in main(browser.get(f"/door/{other}"))
    assert "Check in" in main(browser.get(f"/door/{code}"))


def test_the_notice_of_hearing_carries_the_code(hearing, code, app):
    with app.test_request_context():
        paper = hearing_notice(hearing)

    assert paper.facts["square"] == square(f"{app.config['PASSKEY_ORIGIN']}/door/{code}")


def test_a_juror_has_the_code_on_their_own_page_on_the_day_until_they_are_here(court, cast, hearing, sign_in):
    juror = cast.jurors[0]
    sitting = next(each for each in hearing.court_session.sittings if each.juror is juror)
    browser = sign_in(make.user(court, juror.person.name, Role.JUROR, person=juror.person))
    drawn = square(door_codes.address_for(sitting))

    before = text(browser.get("/sittings/"))
    sitting.check_in(by=cast.cora)
    db.session.commit()
    after = text(browser.get("/sittings/"))

    assert [drawn["path"] in each for each in (before, after)] == [True, False]


def test_a_code_made_before_the_secret_was_changed_still_opens(app, hearing, code, cast, monkeypatch):
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [app.config["SECRET_KEY"]])
    monkeypatch.setitem(app.config, "SECRET_KEY", "another secret of the tests")

    assert door_codes.opened(code, by=cast.cora) is hearing
