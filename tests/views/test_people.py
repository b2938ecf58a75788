"""People and accounts: who may give which part, who hands out links, and that a court is never left alone."""

import re
from datetime import timedelta

import pytest

from tests import make
from tests.refusals import refused
from youthcourt import clock
from youthcourt import models as m
from youthcourt.permissions import Role
from youthcourt.procedures.accounts import staffing

OTHER = "another quiet river stone"
OWN_PART = "Nobody changes their own part. Ask another administrator."
LAST_ONE = "A court needs an administrator who can sign in. Name another one first."
NOT_YOURS = "Only an administrator changes this account."


def link_in(answer):
    return re.search(r'value="http://[^/]+(/(?:join|reset)/[^"]+)"', answer.text)[1]


def choose(app, link, password=OTHER):
    return app.test_client().post(link, data={"password": password, "again": password})


# The list


def test_the_list_shows_who_works_and_sits_here_and_no_family(sign_in, court, cast):
    make.user(court, "Jon Juror", Role.JUROR)
    make.user(court, "Fay Family", Role.FAMILY)
    make.user(court, "Bo Both", Role.JUROR, Role.FAMILY)

    shown = sign_in(cast.ada).get("/people/").text

    assert all(name in shown for name in ("Cora Diaz", "Judy Okafor", "Ada Admin", "Jon Juror", "Bo Both"))
    assert ("Fay Family" in shown, "Family" in shown) == (False, False)


def test_that_a_juror_is_family_too_is_told_on_no_page_of_their_account(sign_in, court, cast):
    both = make.user(court, "Bo Both", Role.JUROR, Role.FAMILY)

    pages = [sign_in(user).get(f"/people/{both.id}") for user in (cast.ada, cast.cora)]

    assert [page.status_code for page in pages] == [200, 200]
    assert not any("Family" in page.text for page in pages)


def test_an_account_of_a_family_is_the_coordinators_business_and_not_the_administrators(sign_in, court, cast):
    fay = make.user(court, "Fay Family", Role.FAMILY)

    answers = [sign_in(user).get(f"/people/{fay.id}").status_code for user in (cast.cora, cast.ada)]

    assert answers == [200, 404]


# Inviting


def test_an_administrator_invites_a_judge_who_joins_with_the_link(app, sign_in, cast, session):
    form = {"name": "Noor Haddad", "email": "noor@example.org", "roles": ["judge"]}

    answer = sign_in(cast.ada).post("/people/new", data=form)
    joined = choose(app, link_in(answer))

    assert joined.status_code == 302
    assert m.recognise(session(), "noor@example.org", OTHER).roles == {Role.JUDGE}


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR, Role.JUDGE])
def test_a_coordinator_gives_no_part_that_works_here(court, cast, role):
    facts = {"email": "new@example.org", "name": "New Person", "roles": {role}}

    assert refused(staffing.invite_staff, court, **facts, by=cast.cora) == (
        "Only an administrator gives this part."
    )


# Parts


def test_a_part_is_changed_and_what_it_was_stays_written_down(sign_in, cast, logged, session):
    browser = sign_in(cast.ada)
    before = len(logged())

    browser.post(f"/people/{cast.cora.id}/roles", data={"roles": ["judge", "coordinator"]})
    browser.post(f"/people/{cast.cora.id}/roles", data={"roles": ["judge"]})

    assert cast.cora.roles == {Role.JUDGE}
    assert [grant.role for grant in cast.cora.grants if grant.ended_at] == [Role.COORDINATOR]
    assert logged()[before:] == [
        ("account.role_granted", cast.ada, {"role": "judge"}),
        ("account.role_ended", cast.ada, {"role": "coordinator"}),
    ]


def test_nobody_changes_their_own_part_or_closes_their_own_account(cast):
    assert refused(cast.ada.change_roles, {Role.JUDGE}, by=cast.ada) == OWN_PART
    assert refused(cast.ada.end, by=cast.ada) == OWN_PART


@pytest.mark.parametrize("verb", ["end", "change_roles"])
def test_a_coordinator_changes_nobody_who_works_here(cast, verb):
    facts = [{Role.JUROR}] if verb == "change_roles" else []

    assert refused(getattr(cast.judy, verb), *facts, by=cast.cora) == NOT_YOURS


def test_a_judge_and_a_juror_change_nobody_at_all(court, cast):
    jon = make.user(court, "Jon Juror", Role.JUROR)

    assert [refused(jon.end, by=by) for by in (cast.judy, make.user(court, "Jill Juror", Role.JUROR))] == [
        NOT_YOURS
    ] * 2


def test_the_last_administrator_who_can_sign_in_stays(court, cast):
    boss = make.user(court, "Bea Boss", Role.ADMINISTRATOR, password=None)

    assert refused(cast.ada.end, by=boss) == LAST_ONE
    assert refused(cast.ada.change_roles, {Role.JUDGE}, by=boss) == LAST_ONE
    boss.set_password(OTHER)
    cast.ada.end(by=boss)
    assert cast.ada.ended_at


def test_somebody_keeps_at_least_one_part(cast):
    assert refused(cast.cora.change_roles, set(), by=cast.ada) == (
        "Choose at least one part, or close the account."
    )


# Links


def test_a_link_for_a_new_password_works_once_and_ends_what_was_open(app, sign_in, cast, session):
    hers = sign_in(cast.cora)

    link = link_in(sign_in(cast.ada).post(f"/people/{cast.cora.id}/link"))
    first, second = choose(app, link), choose(app, link, "yet another quiet stone")

    assert (first.status_code, second.status_code) == (302, 404)
    assert hers.get("/account/").status_code == 302
    assert m.recognise(session(), cast.cora.email, OTHER) is cast.cora


def test_whoever_is_still_signed_in_may_use_their_link_in_the_same_browser(sign_in, cast, session):
    browser, token = sign_in(cast.cora), m.PasswordReset.start(cast.cora, by=cast.ada)
    session.commit()

    answer = browser.post(f"/reset/{token}", data={"password": OTHER, "again": OTHER})

    assert (answer.status_code, browser.get("/account/").status_code) == (302, 200)


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (60, 404)])
def test_a_link_for_a_new_password_works_for_an_hour(app, cast, session, minutes, status):
    token = m.PasswordReset.start(cast.cora, by=cast.ada)
    session.commit()

    with clock.at(make.SATURDAY + timedelta(minutes=minutes)):
        assert app.test_client().get(f"/reset/{token}").status_code == status


def test_a_link_ends_with_the_password_it_was_made_for(app, cast, session):
    token = m.PasswordReset.start(cast.cora, by=cast.ada)
    cast.cora.set_password(OTHER)
    session.commit()

    assert app.test_client().get(f"/reset/{token}").status_code == 404


def test_an_invitation_is_no_link_for_a_new_password_and_the_other_way_round(app, cast, session):
    reset, invitation = m.PasswordReset.start(cast.cora, by=cast.ada), m.Invitation.issue(cast.judy)
    session.commit()

    answers = [app.test_client().get(path).status_code for path in (f"/join/{reset}", f"/reset/{invitation}")]

    assert answers == [404, 404]


def test_the_secret_of_a_link_is_not_kept(cast, session):
    token = m.PasswordReset.start(cast.cora, by=cast.ada)
    session.flush()

    kept = session.execute(m.PasswordReset.__table__.select()).one()

    assert token not in [str(value) for value in kept]


def test_who_asked_for_a_new_password_is_shown_until_a_link_was_handed_out(app, sign_in, cast, session):
    session.commit()
    browser = sign_in(cast.ada)
    app.test_client().post("/forgotten", data={"email": f" {cast.cora.email.upper()}"})

    before = browser.get("/people/").text
    browser.post(f"/people/{cast.cora.id}/link")
    after = browser.get("/people/").text

    assert ("Asked for a new password" in before, "Asked for a new password" in after) == (True, False)


# The end


def test_a_closed_account_opens_nothing_by_any_door(app, sign_in, cast, session):
    browser = sign_in(cast.cora)
    reset, invitation = m.PasswordReset.start(cast.cora, by=cast.ada), m.Invitation.issue(cast.cora)

    sign_in(cast.ada).post(f"/people/{cast.cora.id}/end")

    doors = [
        browser.get("/account/"),
        *(app.test_client().get(f"/{p}") for p in (f"reset/{reset}", f"join/{invitation}")),
    ]
    assert [answer.status_code for answer in doors] == [302, 404, 404]
    assert m.recognise(session(), cast.cora.email, make.PASSWORD) is None


def test_somebody_is_signed_out_everywhere_from_afar(sign_in, cast):
    browsers = [sign_in(cast.cora) for _device in range(3)]

    answer = sign_in(cast.ada).post(f"/people/{cast.cora.id}/sign-out", follow_redirects=True)

    assert "Cora Diaz is signed out everywhere." in answer.text
    assert [browser.get("/account/").status_code for browser in browsers] == [302] * 3


# Please confirm it is you


def five_minutes_later():
    return clock.at(make.SATURDAY + timedelta(minutes=5))


@pytest.mark.parametrize("page", ["new", "{}/roles", "{}/link", "{}/end"])
def test_what_weighs_most_asks_again_after_five_minutes(sign_in, cast, page):
    browser = sign_in(cast.ada)
    path = f"/people/{page.format(cast.cora.id)}"

    with five_minutes_later():
        asked, sent = browser.get(path), browser.post(path, data={"roles": ["judge"]})

    assert asked.location.startswith("/account/confirm?next=/people/")
    assert sent.status_code == 428
    assert "Please confirm it is you" in sent.text


def test_what_was_typed_is_carried_on_when_the_password_is_right(sign_in, cast, session):
    browser = sign_in(cast.ada)
    form = {"name": "Noor <b>Haddad</b>", "email": "noor@example.org", "roles": ["judge", "coordinator"]}

    with five_minutes_later():
        asked = browser.post("/people/new", data=form)
        kept = re.findall(r'<input type="hidden" name="(name|email|roles)" value="([^"]*)">', asked.text)
        answer = browser.post("/people/new", data={**form, "confirm_password": make.PASSWORD})

    assert kept == [
        ("name", "Noor &lt;b&gt;Haddad&lt;/b&gt;"),
        ("email", "noor@example.org"),
        ("roles", "judge"),
        ("roles", "coordinator"),
    ]
    assert "The link is ready" in answer.text
    assert session.query(m.User).filter_by(email="noor@example.org").one().roles == {
        Role.JUDGE,
        Role.COORDINATOR,
    }


def test_a_wrong_password_carries_nothing_out_and_loses_nothing(sign_in, cast):
    browser = sign_in(cast.ada)

    with five_minutes_later():
        answer = browser.post(
            f"/people/{cast.cora.id}/end", data={"confirm_password": "not the password", "note": "x"}
        )

    assert answer.status_code == 428
    assert "This is not your password." in answer.text
    assert 'name="note" value="x"' in answer.text
    assert cast.cora.ended_at is None


def test_whoever_confirmed_need_not_again_although_the_form_was_refused(sign_in, cast):
    browser = sign_in(cast.ada)

    with five_minutes_later():
        refusal = browser.post("/people/new", data={"name": "", "confirm_password": make.PASSWORD})
        again = browser.get("/people/new")

    assert (refusal.status_code, again.status_code) == (422, 200)


def test_guessing_the_password_of_an_open_desk_slows_down(sign_in, cast):
    browser = sign_in(cast.ada)
    with five_minutes_later():
        statuses = [
            browser.post("/account/confirm", data={"confirm_password": f"guess number {n}"}).status_code
            for n in range(6)
        ]
        right = browser.post("/account/confirm", data={"confirm_password": make.PASSWORD})

    assert statuses == [428] * 5 + [429]
    assert (right.status_code, right.headers["Retry-After"]) == (429, "60")


# Forgotten, tried in vain


def test_six_wrong_passwords_wait_and_the_page_says_how_long(app, cast, session):
    session.commit()
    browser = app.test_client()
    form = {"email": cast.cora.email, "password": "not the password"}

    statuses = [browser.post("/sign-in", data=form).status_code for _time in range(5)]
    answer = browser.post("/sign-in", data={**form, "password": make.PASSWORD})

    assert statuses == [422] * 5
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "Please wait 1 minute and try again." in answer.text
    with clock.at(make.SATURDAY + timedelta(minutes=1)):
        assert browser.post("/sign-in", data={**form, "password": make.PASSWORD}).status_code == 302
