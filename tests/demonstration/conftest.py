"""An application on a database of its own, for plays that need one database only."""

import pytest

from tests.conftest import app_on
from youthcourt.extensions import Base, db, writing


@pytest.fixture(scope="module")
def sqlite_app(tmp_path_factory):
    app = app_on(f"sqlite:///{tmp_path_factory.mktemp('play')}/played.sqlite")
    with app.app_context(), writing():
        Base.metadata.create_all(db.engine)
        yield app
        db.session.remove()
        db.engine.dispose()
