"""The two courts, built once for all tests of a module, and a signed-in browser for each of their people."""

from datetime import timedelta

import pytest

from tests import make
from tests.authorization import world
from tests.authorization.asking import Asker, Enumeration, Readers, cookies_of
from tests.conftest import empty
from tests.make import SATURDAY
from youthcourt import clock
from youthcourt import models as m
from youthcourt.extensions import db, writing
from youthcourt.permissions import Role
from youthcourt.procedures.completion import sealing


@pytest.fixture(scope="module")
def courts(app):
    """A court with a case in every state, and another beside it; gone when the module is done."""
    with clock.at(SATURDAY):
        with app.app_context(), writing():
            places = world.build()
        yield places
        with app.app_context():
            empty()


@pytest.fixture(scope="module")
def readers(app, courts):
    """A browser for everybody who has an account and may use it; two whose sign-in has come to an end."""
    with clock.at(SATURDAY):
        found = Readers(app)
        everybody = {email for place in courts for email in place.staff.values()}
        everybody |= {email for place in courts for each in place.records for email in each.who.values()}
        invited = {place.staff["invited"] for place in courts}
        found.add(*sorted(everybody - invited))
        for place in courts:
            found.cookies[place.staff["invited"]] = ""
            _end(app, place.staff["ended"])
        stale = [courts[0].staff[part] for part in ("coordinator", "administrator")]
        with clock.at(SATURDAY - timedelta(minutes=10)):
            found.cookies |= {f"stale {email}": found.sign_in(email) for email in stale}
        found.cookies["signed out"] = _signed_out(app)
        _seal(app, courts[0])
        _print(app, courts[0])
        found.remember()
        return found


def _end(app, email):
    with app.app_context(), writing():
        user = db.session.query(m.User).filter_by(email=email).one()
        user.ended_at = clock.now()
        db.session.commit()


def _seal(app, place):
    """Seal the case that is to be: those who have signed in for it still hold their cookies."""
    with app.app_context(), writing():
        case = db.session.get(m.Case, place.record("sealed").ids["case_id"])
        cora = db.session.query(m.User).filter_by(email=place.staff["coordinator"]).one()
        sealing.seal(case, reason="The court's rule.", by=cora)
        db.session.commit()


def _print(app, place):
    """All papers of a day; whatever was printed before is gone, as a case was sealed."""
    with app.app_context(), writing():
        day = db.session.get(m.CourtSession, place.record("deciding").ids["court_session_id"])
        cora = db.session.query(m.User).filter_by(email=place.staff["coordinator"]).one()
        numbers = {"court_session_id": day.id, "packet_id": make.packet(day, cora).id}
        db.session.commit()
    place.records.append(world.Record("a packet", numbers))


def _signed_out(app):
    """The cookie of a coordinator who has signed out since, played again."""
    with app.app_context(), writing():
        cora = db.session.query(m.User).filter(m.User.email.like("cora%@harbor.test")).one()
        email = "shift@harbor.test"
        make.user(cora.court, "Shift Coordinator", Role.COORDINATOR, email=email)
        db.session.commit()
    browser = app.test_client()
    browser.post("/sign-in", data={"email": email, "password": make.PASSWORD})
    cookie = cookies_of(browser)
    browser.post("/sign-out")
    return cookie


@pytest.fixture(scope="module")
def asker(app, readers):
    return Asker(app, readers)


@pytest.fixture(scope="module")
def enumeration(app, courts, asker):
    return Enumeration(app, *courts)
