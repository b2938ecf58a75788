"""The court's tablet: a code is read out, typed in, and opens one seat on one day and nothing else."""

import re
from datetime import time, timedelta
from types import SimpleNamespace

import pytest

from tests import make
from tests.stages import held
from youthcourt import clock
from youthcourt.models import Guardianship, Hearing, Panel, SignedIn, WhyEnded
from youthcourt.permissions import AT_TABLET, FAMILY_AT_TABLET, Permission, Role
from youthcourt.procedures.court import hearing_day
from youthcourt.procedures.intake import family


@pytest.fixture
def evening(court, cast, session):
    """A hearing that was held; its first juror has an account and no phone with them."""
    hearing = held(court, cast)
    day = hearing.court_session
    seat = hearing.panel.sitting_seats[0]
    sitting = next(each for each in day.sittings if each.juror is seat.juror)
    user = make.juror_user(court, seat.juror)
    session.commit()
    return SimpleNamespace(hearing=hearing, day=day, sitting=sitting, user=user, cora=cast.cora)


@pytest.fixture
def at_home(evening, court, session):
    """The mother has come with her son to the hearing. At home she also sees the case of his sister."""
    case = evening.hearing.case
    (mother,) = case.respondent.guardians
    user = make.user(court, mother.name, Role.FAMILY, email="mother@example.org", person=mother)
    sister = make.referred(court, evening.cora, "Max Tate", guardians=[])
    session.add(Guardianship(court=court, ward=sister.respondent, guardian=mother))
    session.commit()
    return SimpleNamespace(case=case, mother=mother, user=user, sister=sister)


@pytest.fixture
def give_family(evening, at_home, sign_in):
    """Cora gives the mother a code and reads it from her page."""

    def give():
        page = sign_in(evening.cora).post(code_of(evening, at_home))
        assert page.status_code == 200, page.text
        return re.search(r'class="digits num">([\d ]+)<', page.text).group(1)

    return give


def code_of(evening, at_home):
    return f"/hearings/{evening.hearing.id}/people/{at_home.mother.id}/tablet-code"


@pytest.fixture
def give(evening, sign_in):
    """Cora gives the juror a code and reads it from her page."""

    def give():
        page = sign_in(evening.cora).post(f"/sittings/{evening.sitting.id}/tablet-code")
        assert page.status_code == 200, page.text
        return re.search(r'class="digits num">([\d ]+)<', page.text).group(1)

    return give


def typed(app, digits):
    """A tablet on which these digits were just typed."""
    tablet = app.test_client()
    return tablet, tablet.post("/tablet", data={"code": digits})


def test_a_code_read_out_opens_the_jurors_own_room(app, evening, give):
    tablet, answer = typed(app, give())

    assert answer.location == f"/deliberations/{evening.hearing.id}"
    assert tablet.get("/").status_code == 200
    assert tablet.get(f"/deliberations/{evening.hearing.id}").status_code == 200


def test_a_juror_with_one_case_left_to_decide_goes_straight_to_it(app, evening, court, session, give):
    make.proposed(evening.hearing)
    rosa = make.admitted(court, evening.cora, "Rosa Ruiz")
    second = make.hearing(rosa, evening.day, evening.hearing.judge, evening.cora, block=1)
    panel = Panel(court=court)
    second.panels.append(panel)
    panel.add_seat(evening.sitting.juror)
    session.commit()

    _tablet, answer = typed(app, give())

    assert answer.location == f"/deliberations/{second.id}"


def test_the_tablet_is_handed_on_to_the_next_juror_with_nothing_left(app, evening, give, sign_in):
    tablet, _answer = typed(app, give())
    room = f"/deliberations/{evening.hearing.id}"
    tablet.post(room + "/alone", data={"owns_it_reason": "Words of the first juror."})

    answer = tablet.post("/sign-out")

    assert (answer.location, answer.headers["Clear-Site-Data"]) == ("/tablet", '"cache", "storage"')
    assert tablet.get(room).status_code == 302
    assert "Words of the first" not in tablet.get("/tablet").text


def test_the_list_tells_who_has_a_code_and_who_used_it(app, evening, give, sign_in):
    path = f"/court-sessions/{evening.day.id}/tablet"
    digits = give()
    waiting = sign_in(evening.cora).get(path)
    typed(app, digits)
    used = sign_in(evening.cora).get(path)

    assert "Has a code until 12:10" in waiting.text
    assert "Signed in on the tablet at 12:00" in used.text
    assert digits not in waiting.text
    assert waiting.text.count("Open an account first") == 7 + 2  # the other jurors, and the family


def test_the_tablet_opens_the_jury_room_and_no_other_page(app, evening, give):
    """Every page there is, with every permission but two, stays shut."""
    tablet, _answer = typed(app, give())
    rules = [rule for rule in app.url_map.iter_rules() if not rule.arguments]
    wrong = []
    for rule in rules:
        wanted = set(getattr(app.view_functions[rule.endpoint], "permissions", ()))
        if wanted and not wanted & AT_TABLET:
            for method in rule.methods & {"GET", "POST"}:
                if tablet.open(rule.rule, method=method).status_code != 403:
                    wrong.append((rule.endpoint, method))

    print(f"count: pages tried at the tablet = {len(rules)}")
    assert wrong == []


def test_no_link_on_the_tablet_leads_to_a_shut_page(app, evening, give):
    tablet, _answer = typed(app, give())
    pages = ["/", f"/deliberations/{evening.hearing.id}"]

    links = {link for page in pages for link in re.findall(r'<a [^>]*href="(/[^"#]*)', tablet.get(page).text)}

    assert len(links) > 2
    assert {link for link in links if tablet.get(link).status_code in (403, 404)} == set()


def test_who_is_more_than_a_juror_is_a_juror_at_the_tablet(app, evening, give, session, cast):
    digits = give()
    evening.user.grant(Role.COORDINATOR, by=cast.ada)
    session.commit()

    tablet, _answer = typed(app, digits)

    assert tablet.get("/cases/").status_code == 403
    assert tablet.get("/account/").status_code == 403
    assert tablet.get(f"/deliberations/{evening.hearing.id}").status_code == 200


@pytest.fixture
def noon(evening, court, cast, session):
    """The court sits twice on this day, and its first juror of the evening decided a case at noon as well."""
    case = make.admitted(court, cast.cora, "Nia Noon")
    day = make.court_session(court, cast.cora, starts=(time(12), time(12, 30)))
    hearing = make.hearing(case, day, cast.judy, cast.cora)
    others = [juror for juror in cast.jurors if juror is not evening.sitting.juror]
    make.booked([evening.sitting.juror, *others[1 - court.panel_size :]], day, cast.cora)
    make.drawn(hearing, cast.cora)
    make.sworn(hearing, cast.cora).hold(by=cast.judy)
    session.commit()
    return hearing


def rooms_opened(browser, *hearings):
    return [browser.get(f"/deliberations/{hearing.id}").status_code for hearing in hearings]


def test_where_a_court_sits_twice_on_a_day_the_code_opens_its_own_sitting(app, evening, noon, give, sign_in):
    tablet, _answer = typed(app, give())

    assert rooms_opened(sign_in(evening.user), evening.hearing, noon) == [200, 200]
    assert rooms_opened(tablet, evening.hearing, noon) == [200, 404]


def test_without_its_condition_the_code_opens_the_other_sitting_too(app, evening, noon, give, monkeypatch):
    tablet, _answer = typed(app, give())
    real = Hearing.deliberated_by

    def forgetful(user):
        user.tablet_day_id = None
        return real(user)

    monkeypatch.setattr(Hearing, "deliberated_by", forgetful)

    assert rooms_opened(tablet, evening.hearing, noon) == [200, 200]


def test_the_same_person_signed_in_at_home_keeps_every_page(app, evening, give, sign_in):
    tablet, _answer = typed(app, give())
    tablet.get("/")

    assert sign_in(evening.user).get("/account/").status_code == 200


@pytest.mark.parametrize("digits", ["00000000", "", "1234", "not digits", "1" * 50])
def test_made_up_digits_open_nothing(app, evening, give, digits):
    give()

    tablet, answer = typed(app, digits)

    assert answer.status_code == 422
    assert tablet.get("/").status_code == 302


def test_digits_work_once(app, give):
    digits = give()

    typed(app, digits)
    second, answer = typed(app, digits)

    assert answer.status_code == 422
    assert second.get("/").status_code == 302


def test_trying_many_digits_from_one_place_is_slowed_down(app, evening, give, monkeypatch):
    digits = give()
    tried = [typed(app, f"{number:08}")[1].status_code for number in range(101)]

    assert tried[0] == 422
    assert tried[-1] == 429
    assert typed(app, digits)[1].status_code == 429


def test_an_untouched_tablet_is_nobodys_after_ten_minutes(app, give):
    tablet, _answer = typed(app, give())

    with clock.at(clock.now() + timedelta(minutes=9, seconds=59)):
        assert tablet.get("/").status_code == 200
    with clock.at(clock.now() + timedelta(minutes=20)):
        answer = tablet.get("/")

    assert answer.location.startswith("/tablet")


def touched(tablet, hours):
    """The tablet is in use all the time, this long; whether it still opens."""
    started, answer = clock.now(), None
    for minutes in range(5, hours * 60 + 1, 5):
        with clock.at(started + timedelta(minutes=minutes)):
            answer = tablet.get("/")
    return answer.status_code == 200


def test_it_ends_with_the_day_however_busy_it_is(app, give, court):
    tablet, _answer = typed(app, give())
    hours_to_midnight = 12  # it is noon in New York

    assert touched(tablet, hours_to_midnight - 1)
    with clock.at(clock.now() + timedelta(hours=hours_to_midnight)):
        assert tablet.get("/").status_code == 302


@pytest.mark.parametrize("what", ["closed", "sent home", "ended by the office"])
def test_it_ends_when_the_reason_is_gone(app, evening, give, session, what):
    tablet, _answer = typed(app, give())
    if what == "closed":
        evening.day.closed_at = clock.now()
    elif what == "sent home":
        hearing_day.excuse(evening.sitting, reason="Ill", by=evening.cora)
    else:
        row = session.query(SignedIn).filter_by(user_id=evening.user.id).one()
        row.end(WhyEnded.ENDED_BY_COURT, by=evening.cora)
    session.commit()

    assert tablet.get("/").status_code == 302


def test_signing_out_makes_room_for_the_next_juror(app, give):
    tablet, _answer = typed(app, give())

    assert tablet.post("/sign-out").location == "/tablet"
    assert tablet.get("/").status_code == 302


def test_only_the_office_of_this_court_gives_codes(app, evening, sign_in, cast, session):
    there = make.court(name="Other Court")
    fay = make.user(there, "Fay Foreign", Role.COORDINATOR)
    path = f"/sittings/{evening.sitting.id}/tablet-code"

    answers = [sign_in(who).post(path).status_code for who in (cast.judy, cast.ada, evening.user, fay)]

    assert answers == [403, 403, 403, 404]


def test_no_code_for_a_juror_who_has_not_come(evening, sign_in, cast, session):
    later = make.court_session(evening.day.court, cast.cora, held_on=evening.day.held_on + timedelta(days=7))
    sitting = make.booked([evening.sitting.juror], later, cast.cora)[0]
    session.commit()

    answer = sign_in(cast.cora).post(f"/sittings/{sitting.id}/tablet-code")

    assert answer.status_code == 409
    assert "on the day of the hearing" in answer.text


def test_a_planted_tablet_that_opens_everything_is_noticed(app, evening, give, monkeypatch):
    monkeypatch.setattr("youthcourt.models.accounts.user.AT_TABLET", frozenset(Permission))
    tablet, _answer = typed(app, give())

    assert tablet.get("/account/").status_code == 200


# Families


def test_a_code_read_out_opens_the_familys_own_case_and_no_other_of_theirs(
    app, at_home, give_family, sign_in
):
    tablet, _answer = typed(app, give_family())

    assert tablet.get("/", follow_redirects=True).request.path == f"/my-case/{at_home.case.id}"
    assert tablet.get(f"/my-case/{at_home.sister.id}").status_code == 404
    assert sign_in(at_home.user).get(f"/my-case/{at_home.sister.id}").status_code == 200


def test_the_tablet_opens_a_family_their_case_and_no_other_page(app, at_home, give_family):
    tablet, _answer = typed(app, give_family())
    rules = [rule for rule in app.url_map.iter_rules() if not rule.arguments]
    wrong = []
    for rule in rules:
        wanted = set(getattr(app.view_functions[rule.endpoint], "permissions", ()))
        if wanted and not wanted & FAMILY_AT_TABLET:
            for method in rule.methods & {"GET", "POST"}:
                if tablet.open(rule.rule, method=method).status_code != 403:
                    wrong.append((rule.endpoint, method))

    assert wrong == []
    # A paper would stay behind in the tablet.
    assert tablet.get(f"/papers/hearing_notice/{at_home.case.hearing.id}").status_code == 403
    page = tablet.get(f"/my-case/{at_home.case.id}").text
    links = {link for link in re.findall(r'<a [^>]*href="(/[^"#]*)', page)}
    assert {link for link in links if tablet.get(link).status_code in (403, 404)} == set()


def test_the_list_tells_which_families_are_here_and_who_has_a_code(
    app, evening, at_home, give_family, sign_in
):
    path = f"/court-sessions/{evening.day.id}/tablet"
    digits = give_family()
    waiting = sign_in(evening.cora).get(path).text.partition("Families who are here")[2]
    typed(app, digits)
    used = sign_in(evening.cora).get(path).text.partition("Families who are here")[2]

    assert "Has a code until 12:10" in waiting
    assert "Signed in on the tablet at 12:00" in used
    assert waiting.count("Open an account first") == 1  # the young person has none


def test_whoever_also_works_here_is_family_and_nothing_else_at_the_tablet(
    app, at_home, give_family, cast, session
):
    digits = give_family()
    at_home.user.grant(Role.COORDINATOR, by=cast.ada)
    session.commit()

    tablet, _answer = typed(app, digits)

    assert [tablet.get(path).status_code for path in ("/cases/", "/account/", "/sittings/")] == [403] * 3
    assert tablet.get(f"/my-case/{at_home.case.id}").status_code == 200


def close_the_day(evening, at_home):
    evening.day.closed_at = clock.now()


def undo_the_check_in(evening, at_home):
    evening.hearing.attendances.clear()


def end_the_guardianship(evening, at_home):
    other = make.person(evening.hearing.court, "Ali Tate")
    court, ward = evening.hearing.court, at_home.case.respondent
    other.session.add(Guardianship(court=court, ward=ward, guardian=other))
    family.end_guardianship(at_home.case, at_home.mother, by=evening.cora)


def end_it_from_the_office(evening, at_home):
    from_tablet = SignedIn.open_ones(at_home.user)
    at_home.user.session.scalars(from_tablet).one().end(WhyEnded.ENDED_BY_COURT, by=evening.cora)


@pytest.mark.parametrize(
    "what", [close_the_day, undo_the_check_in, end_the_guardianship, end_it_from_the_office]
)
def test_a_familys_sign_in_ends_when_the_reason_is_gone(app, evening, at_home, give_family, session, what):
    tablet, _answer = typed(app, give_family())
    before = tablet.get(f"/my-case/{at_home.case.id}").status_code

    what(evening, at_home)
    session.commit()

    assert (before, tablet.get(f"/my-case/{at_home.case.id}").status_code) == (200, 302)


def test_a_familys_sign_in_ends_untouched_and_with_the_day(app, at_home, give_family):
    tablet, _answer = typed(app, give_family())
    with clock.at(clock.now() + timedelta(minutes=9)):
        before = tablet.get(f"/my-case/{at_home.case.id}").status_code
    with clock.at(clock.now() + timedelta(minutes=20)):
        untouched = tablet.get("/my-case/").location

    assert (before, untouched.partition("?")[0]) == (200, "/tablet")


def test_a_sign_in_whose_hearing_is_gone_opens_nothing(app, at_home, give_family, session):
    """A record that is destroyed lets go of what points to it; that must never widen what opens."""
    tablet, _answer = typed(app, give_family())
    row = session.query(SignedIn).filter_by(user_id=at_home.user.id, hearing_id=at_home.case.hearing.id).one()

    row.hearing_id = None
    session.commit()

    assert tablet.get("/my-case/").status_code == 302


def test_no_code_before_they_have_come_or_without_an_account_or_for_strangers(
    evening, at_home, sign_in, cast
):
    hearing, son = evening.hearing, at_home.case.respondent
    by_cora = sign_in(cast.cora)

    without = by_cora.post(f"/hearings/{hearing.id}/people/{son.id}/tablet-code")
    stranger = by_cora.post(f"/hearings/{hearing.id}/people/{cast.jurors[0].person_id}/tablet-code")
    hearing.attendances.clear()
    absent = by_cora.post(code_of(evening, at_home))

    assert (without.status_code, stranger.status_code, absent.status_code) == (409, 404, 409)
    assert "no account yet" in without.text
    assert "first." in absent.text


def test_a_planted_tablet_that_opens_a_family_everything_is_noticed(app, at_home, give_family, monkeypatch):
    monkeypatch.setattr("youthcourt.models.accounts.user.FAMILY_AT_TABLET", frozenset(Permission))
    tablet, _answer = typed(app, give_family())

    assert tablet.get("/account/").status_code == 200
