"""Databases as production has them: every one a copy of one that the migrations made."""

from contextlib import contextmanager

import pytest
from sqlalchemy.engine import make_url

from tests.database import kept_by, made_by_migrations, sqlite_database
from tests.postgres import applied, create_database, create_database_from_template, postgres_server


@contextmanager
def _template(engine_name, folder):
    if engine_name == "sqlite":
        yield make_url(sqlite_database(folder))
        return
    with postgres_server() as server, create_database(server) as url:
        made_by_migrations(url)
        yield url


# The fixtures have names of their own, so that a test module may import them and ask for them.


@pytest.fixture(scope="module", name="template_database")
def the_template(engine_name, tmp_path_factory):
    """A database with every table and no row, to which nobody is connected."""
    with _template(engine_name, tmp_path_factory.mktemp("template")) as url:
        yield url


@pytest.fixture(name="migrated_database")
def a_copy(template_database, tmp_path):
    """The address of a fresh copy, as the application signs in to it."""
    if template_database.get_backend_name() == "sqlite":
        yield sqlite_database(tmp_path, "copy")
        return
    server = template_database.set(database="postgres")
    with create_database_from_template(server, template_database) as url:
        yield kept_by(url, applied(url).render_as_string(hide_password=False))
