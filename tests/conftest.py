"""What every test can ask for: an application on a real database, a court, its people, a clock."""

from contextlib import ExitStack, contextmanager, nullcontext
from functools import cache

import pytest
from argon2 import PasswordHasher
from flask import g
from flask.testing import FlaskCliRunner

from config import settings_from_env
from tests import make, remembered
from tests.browser import CheckedClient, watch_lazy_loads
from tests.counts import pytest_terminal_summary  # noqa: F401 - pytest finds it here
from tests.database import empty, fresh_database
from tests.lot import is_drawn
from tests.memory import steps_kept
from tests.signing_in import begun, browser_with
from youthcourt import clock, create_app
from youthcourt.extensions import db, writing
from youthcourt.models import AuditEvent, Court
from youthcourt.models.accounts import password
from youthcourt.models.reading import READINGS
from youthcourt.walls import in_every_court, in_no_court

ENGINES = ("sqlite", "postgresql")


# Modules that take a minute or more. They go first, so that no worker is left with one when all else is done.
LONG = (
    "tests/test_kill.py",
    "tests/authorization/test_matrix.py",
    "tests/journeys/test_main_road.py",
    "tests/authorization/test_guards_deleted.py",
    "tests/test_courts_apart.py",
    "tests/commands/test_demo.py",
    "tests/views/test_nasty_output.py",
    "tests/views/test_every_form.py",
    "tests/test_migrations.py",
    "tests/test_destroyed.py",
    "tests/test_destruction_killed.py",
    "tests/views/test_sealed.py",
    "tests/views/test_every_answer.py",
    "tests/journeys/test_jury_room.py",
    "tests/test_crash_images.py",
)


# Folders in which many tests begin on one stage: its steps are walked twice and put back from then on.
BEGIN_ALIKE = ("models", "procedures", "views")


@pytest.fixture(autouse=True)
def _stages_are_remembered(request):
    with steps_kept() if request.path.parent.name in BEGIN_ALIKE else nullcontext():
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


# Here the engine seldom matters: what asks it differently is below, in the models. One in four runs on both.
SELDOM_MATTERS = ("views", "procedures", "documents", "reports", "notices", "commands", "demonstration")


def pytest_generate_tests(metafunc):
    if "engine_name" in metafunc.fixturenames:
        metafunc.parametrize("engine_name", _engines_of(metafunc.definition), scope="session")


def _engines_of(test):
    if only := test.get_closest_marker("only_on"):
        return only.args
    on_both = test.path.parent.name not in SELDOM_MATTERS or is_drawn(test.nodeid, one_in=4)
    return ENGINES if on_both else ENGINES[:1]


@pytest.fixture(scope="session")
def databases(tmp_path_factory):
    """One database of each kind that is asked for, made once, for the whole run of one worker."""
    with ExitStack() as made:
        yield cache(lambda kind: made.enter_context(fresh_database(kind, tmp_path_factory.mktemp("db"))))


@pytest.fixture(scope="session")
def database_url(engine_name, databases):
    """A database of this kind with every table and no row."""
    return databases(engine_name)


class Shell(FlaskCliRunner):
    """Runs a command as a shell does, where nobody has said a court before."""

    def invoke(self, *args, **kwargs):
        with in_no_court():
            return super().invoke(*args, **kwargs)


def app_on(url):
    environ = {"YOUTHCOURT_ENV": "test", "DATABASE_URL": url}
    settings = {**settings_from_env(environ), "WTF_CSRF_CHECK_DEFAULT": False}
    app = create_app({**settings, "WORKS_IN_BACKGROUND": False})
    app.test_cli_runner_class = Shell

    @app.before_request
    def take_tokens_as_given():
        """Pages carry tokens, but most tests post without fetching one. The guard of tokens does not."""
        g.csrf_valid = True

    return app


@pytest.fixture(scope="session")
def applications():
    """One application on each database, made once."""
    with ExitStack() as made:
        yield cache(lambda url: made.enter_context(serving(url)))


@contextmanager
def serving(url):
    app = app_on(url)
    app.test_client_class = CheckedClient
    watch_lazy_loads(app)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def app(database_url, applications):
    """The application on a database with every table."""
    return applications(database_url)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords():
    """Every test opens accounts: hash their passwords in earnest, but with a thousandth of the work."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(password, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def the_stage_is_set_in_every_court():
    """What a test sets up and looks at may be of any court. Requests and commands begin in none as ever."""
    with in_every_court():
        yield


@pytest.fixture(autouse=True)
def the_clock_stands():
    """It is Saturday, March 7, 2026, noon in New York."""
    with clock.at(make.SATURDAY):
        yield


@pytest.fixture
def session(app):
    """A database session whose changes are gone after the test, whatever was committed."""
    with app.app_context(), writing():
        try:
            yield db.session
        finally:
            db.session.rollback()
            db.session.remove()
            empty()


@pytest.fixture
def court(request, session) -> Court:
    if "cast" in request.fixturenames:
        return request.getfixturevalue("cast").court
    return remembered.the_court()


@pytest.fixture
def cast(session):
    return remembered.the_court_with_its_cast()


@pytest.fixture
def logged(session):
    """The audit trail written since the fixture was asked for: event, who, particulars."""
    from_id = max((line.id for line in session.query(AuditEvent)), default=0)

    def lines():
        session.flush()
        found = session.query(AuditEvent).filter(AuditEvent.id > from_id).order_by(AuditEvent.id)
        found = found.filter(AuditEvent.event.not_in(READINGS))  # who looked is told by test_access_log.py
        return [(line.event, line.by, line.particulars) for line in found]

    return lines


@pytest.fixture
def client(app, session):
    return app.test_client()


@pytest.fixture
def sign_in(client, session):
    """Sign somebody in: the client it returns acts for them.

    They count as having shown a second factor too, unless `factor=False`: then they owe it.
    """

    def sign_in(user, factor=True):
        token = begun(user, factor=factor)
        session.commit()
        return browser_with(client.application, token)

    return sign_in
