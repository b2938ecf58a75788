"""`flask court create`: an empty court, and the link with which its administrator joins."""

import re

from youthcourt import models as m
from youthcourt.permissions import Role
from youthcourt.procedures.founding import ACTIVITIES, OFFENCES


def create(app, *args):
    return app.test_cli_runner().invoke(args=["court", "create", *args])


def test_a_new_court_has_the_usual_lists_and_one_administrator(app, session):
    result = create(app, "Harbor Youth Court", "--admin", "Ada@example.org")

    assert result.exit_code == 0, result.output
    court = session.query(m.Court).one()
    [admin] = session.query(m.User)
    assert court.name == "Harbor Youth Court"
    assert (admin.email, admin.roles) == ("ada@example.org", {Role.ADMINISTRATOR})
    assert len(court.offences) == len(OFFENCES)
    assert {activity.kind for activity in court.activities} == {kind for kind, *_rest in ACTIVITIES}
    assert court.grid_for("A") != {}
    assert (court.rooms, court.schools, court.agencies) == ([], [], [])


def test_the_link_lets_the_administrator_choose_a_password(app, session, client):
    result = create(app, "Harbor Youth Court", "--admin", "ada@example.org")
    path = re.search(r"/join/\S+", result.output)[0]

    password = "four words long enough"
    answer = client.post(path, data={"password": password, "again": password})

    assert answer.status_code == 302
    assert m.recognise(session, "ada@example.org", password).court.name == "Harbor Youth Court"


def test_an_address_that_is_taken_opens_no_court(app, session):
    create(app, "Harbor Youth Court", "--admin", "ada@example.org")

    result = create(app, "Another Court", "--admin", "ada@example.org")

    assert result.exit_code == 1
    assert "cannot be used" in result.output
    assert [court.name for court in session.query(m.Court)] == ["Harbor Youth Court"]


def reset(app, email):
    return app.test_cli_runner().invoke(args=["court", "reset", email])


def test_an_administrator_who_forgot_the_password_gets_a_link_for_another(app, session, client):
    password = "copper kettle morning walk"
    path = re.search(r"/join/\S+", create(app, "Harbor Youth Court", "--admin", "ada@example.org").output)[0]
    client.post(path, data={"password": password, "again": password})

    result = reset(app, "ada@example.org")
    path, other = re.search(r"/reset/\S+", result.output)[0], "seven gardens under snow"
    answers = [client.post(path, data={"password": other, "again": other}).status_code for _time in range(2)]

    assert answers == [302, 404]
    assert m.recognise(session, "ada@example.org", other)


def test_nobody_and_somebody_invited_get_no_such_link(app, session):
    create(app, "Harbor Youth Court", "--admin", "ada@example.org")

    results = [reset(app, email) for email in ("nobody@example.org", "ada@example.org")]

    assert [result.exit_code for result in results] == [1, 1]
