"""What is taken from somebody counts from their next request on, in every worker."""

from types import SimpleNamespace

import pytest

from tests import make
from tests.browser import PlainClient
from tests.conftest import app_on
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.permissions import Role
from youthcourt.procedures.completion import sealing
from youthcourt.procedures.intake import family


@pytest.fixture(scope="session")
def another_worker(app, database_url):
    """A second application on the same database, as another worker is."""
    other = app_on(database_url)
    yield other
    with other.app_context():
        db.engine.dispose()


@pytest.fixture
def world(court, cast, session):
    hearing = make.held(court, cast)
    case = hearing.case
    extra = make.person(court, "Grace Second", born_on=None)
    case.respondent.guardianships.append(m.Guardianship(court=court, ward=case.respondent, guardian=extra))
    session.flush()
    people = {
        "juror": make.juror_user(court, hearing.panel.foreperson.juror),
        "guardian": make.user(court, "Grace Second", Role.FAMILY, person=extra),
        "judge": cast.judy,
        "coordinator": make.user(court, "Carl Second", Role.COORDINATOR),
    }
    session.commit()
    return SimpleNamespace(hearing=hearing, case=case, people=people, cast=cast)


def role_taken(world):
    for grant in world.people["coordinator"].grants:
        grant.ended_at = grant.granted_at


def account_ended(world):
    user = world.people["coordinator"]
    user.ended_at = user.grants[0].granted_at


def guardianship_ended(world):
    family.end_guardianship(world.case, world.people["guardian"].person, by=world.cast.cora)


def stood_down(world):
    world.hearing.panel.foreperson.stand_down(reason="Knows them.", by=world.cast.cora)


def another_judge_hears(world):
    world.hearing.judge = make.user(world.case.court, "Jude Second", Role.JUDGE)


def day_closed(world):
    make.proposed(world.hearing)
    make.closed(world.hearing.court_session, by=world.cast.cora)


def withdrawn(world):
    world.case.withdraw(world.case.respondent, reason="", by=world.cast.cora)


def sealed(world):
    withdrawn(world)
    db.session.flush()
    sealing.seal(world.case, reason="By the court's rule.", by=world.cast.cora)


CHANGES = [
    (role_taken, "coordinator", "/cases/{case}"),
    (account_ended, "coordinator", "/cases/{case}"),
    (guardianship_ended, "guardian", "/my-case/{case}"),
    (stood_down, "juror", "/deliberations/{hearing}"),
    (another_judge_hears, "judge", "/cases/{case}"),
    (day_closed, "juror", "/deliberations/{hearing}"),
    (withdrawn, "juror", "/deliberations/{hearing}"),
    (sealed, "coordinator", "/cases/{case}"),
    (sealed, "judge", "/hearings/{hearing}"),
]


@pytest.mark.parametrize(
    ("change", "who", "where"), CHANGES, ids=[f"{c.__name__}-{w}" for c, w, _ in CHANGES]
)
def test_a_change_counts_from_the_next_request_in_every_worker(
    app, another_worker, session, world, change, who, where
):
    path = where.format(case=world.case.id, hearing=world.hearing.id)
    email = world.people[who].email
    session.commit()  # and begin nothing: the workers take turns at the one writer's place
    browser = app.test_client()
    browser.post("/sign-in", data={"email": email, "password": make.PASSWORD})
    elsewhere = PlainClient(another_worker, another_worker.response_class)
    elsewhere._cookies = browser._cookies
    before = _asked(session, path, browser, elsewhere)

    change(world)
    session.commit()

    after = _asked(session, path, browser, elsewhere)
    assert before == (200, 200)
    assert set(after) <= {302, 403, 404}
    assert after[0] == after[1]


def _asked(session, path, *browsers):
    statuses = []
    for browser in browsers:
        session.rollback()
        statuses.append(browser.get(path).status_code)
        session.rollback()
    return tuple(statuses)
