"""Databases as production has them: every one a copy of one that the migrations made."""

import shutil
from contextlib import contextmanager

import pytest
from flask_migrate import upgrade
from sqlalchemy.engine import make_url

from tests.conftest import app_on
from tests.postgres import create_database, create_database_from_template, postgres_server
from youthcourt.extensions import db


@contextmanager
def _template(engine_name, folder):
    if engine_name == "sqlite":
        yield make_url(f"sqlite:///{folder}/template.sqlite")
        return
    with postgres_server() as server, create_database(server) as url:
        yield url


# The fixtures have names of their own, so that a test module may import them and ask for them.


@pytest.fixture(scope="module", name="template_database")
def the_template(engine_name, tmp_path_factory):
    """A database with every table and no row, to which nobody is connected."""
    with _template(engine_name, tmp_path_factory.mktemp("template")) as url:
        with app_on(url.render_as_string(hide_password=False)).app_context():
            upgrade()
            db.session.remove()
            db.engine.dispose()
        yield url


@pytest.fixture(name="migrated_database")
def a_copy(template_database, tmp_path):
    """The address of a fresh copy."""
    if template_database.get_backend_name() == "sqlite":
        shutil.copy(template_database.database, tmp_path / "copy.sqlite")
        yield f"sqlite:///{tmp_path}/copy.sqlite"
        return
    server = template_database.set(database="postgres")
    with create_database_from_template(server, template_database) as url:
        yield url.render_as_string(hide_password=False)
