"""Signing in: the secret changes, a stolen one dies with what ended it, and the limits hold to the second."""

from datetime import timedelta

import pytest
from flask import Flask
from flask_login import LoginManager, UserMixin, login_required, login_user, logout_user

from tests import make
from tests.conftest import app_on
from tests.signing_in import browser_with
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.permissions import Role
from youthcourt.procedures.accounts import staffing
from youthcourt.procedures.intake import family

OTHER = "another quiet river stone"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


def later(**amount):
    return clock.at(make.SATURDAY + timedelta(**amount))


def comes_in(browser, path="/account/"):
    return browser.get(path).status_code == 200


def typed(app, user, password=make.PASSWORD, **headers):
    """A browser in which somebody signed in by the page itself."""
    browser = app.test_client()
    browser.post("/sign-in", data={"email": user.email, "password": password}, headers=headers)
    return browser


def thief_of(browser):
    """Another browser, with every cookie of this one."""
    thief = browser.application.test_client()
    for cookie in browser._cookies.values():
        thief.set_cookie(cookie.key, cookie.value)
    return thief


# A stolen cookie


def sign_out(browser, cast):
    browser.post("/sign-out")


def change_password(browser, cast):
    form = {"now": make.PASSWORD, "password": OTHER, "again": OTHER}
    assert browser.post("/account/password", data=form).status_code == 302


def reset_password(browser, cast):
    cast.gia.set_password(OTHER)


def change_role(browser, cast):
    cast.gia.change_roles({Role.JUDGE}, by=cast.ada)


def lose_role(browser, cast):
    cast.gia.take(Role.COORDINATOR, by=cast.ada)


def close_account(browser, cast):
    cast.gia.end(by=cast.ada)


def be_signed_out_by_the_court(browser, cast):
    staffing.sign_out_everywhere(cast.gia, by=cast.ada)


def change_factor(browser, cast):
    m.end_sign_ins(cast.gia, m.WhyEnded.FACTOR_CHANGED, by=cast.gia)


def end_from_another_device(browser, cast):
    other = browser.application.test_client()
    with other.session_transaction() as session:
        session["signed_in"] = m.SignedIn.begin(cast.gia)[1]
    db.session.commit()
    assert other.post("/account/sign-ins/end-others").status_code == 302


def confirm_who_one_is(browser, cast):
    answer = browser.post("/account/confirm", data={"confirm_password": make.PASSWORD})
    assert answer.status_code == 302


def sign_in_again(browser, cast):
    browser.post("/sign-in", data={"email": cast.gia.email, "password": make.PASSWORD})


ENDS = [
    sign_out,
    change_password,
    reset_password,
    change_role,
    lose_role,
    close_account,
    be_signed_out_by_the_court,
    change_factor,
    end_from_another_device,
    confirm_who_one_is,
    sign_in_again,
]


@pytest.fixture
def gia(court, cast):
    cast.gia = make.user(court, "Gia Ortiz", Role.COORDINATOR)
    return cast.gia


@pytest.mark.parametrize("end", ENDS)
def test_a_stolen_cookie_opens_nothing_after(app, sign_in, cast, gia, session, end):
    browser = sign_in(gia)
    thief = thief_of(browser)
    before = comes_in(thief)

    end(browser, cast)
    session.commit()

    assert (before, comes_in(thief)) == (True, False)
    print(f"count: ways that end a stolen cookie = {len(ENDS)}")


def test_a_stock_sign_in_takes_a_stolen_cookie_after_signing_out():
    """What the test above must be able to see: Flask-Login by itself."""
    stock = Flask("stock")
    stock.secret_key = "only for this test"
    manager = LoginManager(stock)
    account = type("Account", (UserMixin,), {"id": "1"})()
    manager.user_loader(lambda _number: account)
    stock.add_url_rule("/in", "in", lambda: str(login_user(account)))
    stock.add_url_rule("/out", "out", lambda: str(logout_user()))
    stock.add_url_rule("/account/", "account", login_required(lambda: "secret"))
    browser = stock.test_client()
    browser.get("/in")
    thief = thief_of(browser)

    browser.get("/out")

    assert (comes_in(browser), comes_in(thief)) == (False, True)


def test_a_change_in_one_server_ends_the_sign_in_in_another(app, database_url, sign_in, cast, gia, session):
    browser = sign_in(gia)
    second = app_on(database_url)
    with browser.session_transaction() as kept:
        elsewhere = browser_with(second, kept["signed_in"])
    before = comes_in(elsewhere)

    gia.set_password(OTHER)
    session.commit()
    after = comes_in(elsewhere)
    with second.app_context():
        db.engine.dispose()

    assert (before, after) == (True, False)


# The secret


def test_signing_in_takes_over_nothing_that_was_planted(app, cast, session):
    session.commit()
    browser = app.test_client()
    with browser.session_transaction() as planted:
        planted["signed_in"], planted["csrf_token"], planted["language"] = "known to somebody", "known", "es"

    browser.post("/sign-in", data={"email": cast.cora.email, "password": make.PASSWORD})

    with browser.session_transaction() as kept:
        assert kept["signed_in"] != "known to somebody"
        assert (kept.get("csrf_token"), kept["language"]) == (None, "es")


def test_two_tabs_go_on_when_one_of_them_confirms(sign_in, cast):
    browser = sign_in(cast.cora)
    with browser.session_transaction() as kept:
        before = kept["signed_in"]

    browser.post("/account/confirm", data={"confirm_password": make.PASSWORD})

    with browser.session_transaction() as kept:
        assert kept["signed_in"] != before
    assert comes_in(browser)


def test_no_password_signs_in_to_a_second_account_beside_the_first(app, sign_in, cast):
    browser = sign_in(cast.cora)

    browser.post("/sign-in", data={"email": cast.judy.email, "password": make.PASSWORD})

    assert "Judy Okafor" in browser.get("/account/").text


def test_whoever_owes_a_second_factor_is_nobody_yet(sign_in, cast):
    browser = sign_in(cast.cora, factor=False)

    answers = [browser.get(path).status_code for path in ("/", "/cases/", "/account/")]

    assert answers == [302] * 3


# How long


@pytest.mark.parametrize(("who", "minutes"), [("cora", 15), ("judy", 15), ("jon", 30)])
@pytest.mark.parametrize("seen", [0, 59, 61])
def test_it_ends_to_the_second_after_the_last_page(sign_in, court, cast, who, minutes, seen):
    cast.jon = make.user(court, "Jon Juror", Role.JUROR)
    alive = []
    for seconds in (-1, 0, 1):
        browser = sign_in(getattr(cast, who))
        with later(seconds=seen):
            browser.get("/account/")
        with later(minutes=minutes, seconds=seen + seconds):
            alive.append(comes_in(browser))

    assert alive == [True, False, False]


def test_it_ends_to_the_second_after_twelve_hours_of_work(sign_in, cast):
    browser = sign_in(cast.cora)
    for minutes in range(14, 12 * 60, 14):
        with later(minutes=minutes):
            assert comes_in(browser)

    alive = []
    for seconds in (-1, 0):
        with later(hours=12, seconds=seconds):
            alive.append(comes_in(browser))

    assert alive == [True, False]


def test_a_page_that_asks_for_news_by_itself_keeps_nobody_signed_in(sign_in, cast):
    browser = sign_in(cast.cora)
    for minute in range(1, 15):
        with later(minutes=minute):
            browser.get("/account/", headers={"X-Background": "1"})

    with later(minutes=15):
        assert not comes_in(browser)


def test_a_note_of_another_sign_in_keeps_nobody_signed_in(sign_in, cast):
    hers, his = sign_in(cast.cora), sign_in(cast.judy)
    with later(seconds=50):
        his.get("/account/")
    note = his.get_cookie("session-seen").value
    hers.set_cookie("session-seen", note)

    with later(minutes=15, seconds=1):
        assert not comes_in(hers)


@pytest.mark.parametrize("note", ["", "x", "[1, 99999999999999].forged", "a.b.c"])
def test_a_forged_note_keeps_nobody_signed_in(sign_in, cast, note):
    browser = sign_in(cast.cora)
    browser.set_cookie("session-seen", note)

    with later(minutes=15):
        assert not comes_in(browser)


def test_when_somebody_was_seen_is_written_once_a_minute(sign_in, cast, session):
    browser = sign_in(cast.cora)
    kept = []
    for seconds in (10, 59, 60, 100, 119, 120):
        with later(seconds=seconds):
            browser.get("/account/")
        session.expire_all()
        kept.append((session.query(m.SignedIn).one().seen_at - make.SATURDAY).total_seconds())

    assert kept == [0, 0, 60, 60, 60, 120]


@pytest.mark.parametrize(
    ("minutes", "says"),
    [(15, "Nothing happened here for a while"), (60 * 12, "You were signed in for a long time")],
)
def test_the_sign_in_page_says_why_it_is_shown(sign_in, cast, minutes, says):
    browser = sign_in(cast.cora)

    with later(minutes=minutes):
        answer = browser.get("/cases/?stage=all", follow_redirects=True)

    assert says in answer.text
    assert "next=/cases/?stage%3Dall" in answer.request.url


# One's own sign-ins


def test_one_sees_where_one_is_signed_in_and_ends_it(app, sign_in, cast, session):
    phone = typed(app, cast.cora, **{"User-Agent": "Mozilla/5.0 (iPhone) Safari/604.1"})
    browser = typed(app, cast.cora, **{"User-Agent": CHROME})
    session.expire_all()
    there = session.query(m.SignedIn).filter_by(system="iPhone").one()

    shown = browser.get("/account/").text
    browser.post(f"/account/sign-ins/{there.id}/end")

    assert "Chrome on Windows" in shown
    assert "Safari on iPhone" in shown
    assert (comes_in(phone), comes_in(browser)) == (False, True)


def test_somebody_elses_sign_in_is_not_there(sign_in, cast, session):
    sign_in(cast.judy)
    theirs = session.query(m.SignedIn).one()

    assert sign_in(cast.cora).post(f"/account/sign-ins/{theirs.id}/end").status_code == 404


def test_the_owner_hears_of_a_new_device_once_at_the_next_sign_in(app, cast, session):
    session.commit()
    typed(app, cast.cora, **{"User-Agent": CHROME})
    typed(app, cast.cora, **{"User-Agent": "Mozilla/5.0 (iPhone) Safari/604.1"})

    first, second = (typed(app, cast.cora, **{"User-Agent": CHROME}).get("/account/").text for _ in range(2))

    assert "from Safari on iPhone, which we had not seen before" in first
    assert "which we had not seen before" not in second


# The end of a guardianship


def test_a_guardian_who_no_longer_stands_for_anybody_loses_everything_at_once(
    app, sign_in, court, cast, session
):
    case = make.admitted(court, cast.cora)
    case.respondent.guardianships.append(
        m.Guardianship(
            court=court, ward=case.respondent, guardian=make.person(court, "Gran Tate", born_on=None)
        )
    )
    leaver = case.respondent.guardians[0]
    account = make.user(court, "Renee Tate", Role.FAMILY, person=leaver)
    link, reset = m.Invitation.issue(account), m.PasswordReset.start(account, by=cast.cora)
    browser = sign_in(account)
    before = comes_in(browser)

    family.end_guardianship(case, leaver, by=cast.cora)
    session.commit()

    assert (before, comes_in(browser)) == (True, False)
    assert m.Invitation.opened_by(session(), link) is None
    assert m.PasswordReset.opened_by(session(), reset) is None
    assert m.recognise(session(), account.email, make.PASSWORD) is None


def test_a_guardian_of_another_young_person_signs_in_again_and_sees_them(sign_in, court, cast, session):
    case, other = make.admitted(court, cast.cora), make.admitted(court, cast.cora, name="Sami Tate")
    leaver = case.respondent.guardians[0]
    for ward, guardian in ((other.respondent, leaver), (case.respondent, other.respondent.guardians[0])):
        ward.guardianships.append(m.Guardianship(court=court, ward=ward, guardian=guardian))
    account = make.user(court, "Renee Tate", Role.FAMILY, person=leaver)
    browser = sign_in(account)

    family.end_guardianship(case, leaver, by=cast.cora)
    session.commit()

    assert not comes_in(browser)
    assert m.recognise(session(), account.email, make.PASSWORD) is account


def test_a_juror_who_was_guardian_too_stays_a_juror(court, cast, session):
    case = make.admitted(court, cast.cora)
    gran = make.person(court, "Gran Tate", born_on=None)
    case.respondent.guardianships.append(m.Guardianship(court=court, ward=case.respondent, guardian=gran))
    leaver = case.respondent.guardians[0]
    account = make.user(court, "Renee Tate", Role.FAMILY, Role.JUROR, person=leaver)

    family.end_guardianship(case, leaver, by=cast.cora)

    assert (account.roles, account.ended_at) == ({Role.JUROR}, None)
