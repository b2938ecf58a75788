"""The throw-away PostgreSQL that the other tests stand on."""

import psycopg
import pytest

from tests import postgres
from tests.postgres import create_database, create_database_from_template, postgres_server


@pytest.fixture(scope="module")
def server():
    with postgres_server() as url:
        yield url


def query(url, statement):
    with postgres._connect(url) as connection:
        return connection.execute(statement).fetchall()


def test_a_copy_has_what_its_template_had_and_keeps_its_own_changes(server):
    with create_database(server) as template:
        with postgres._connect(template) as connection:
            connection.execute("CREATE TABLE paper AS SELECT 1 AS number")

        with create_database_from_template(server, template) as copy:
            with postgres._connect(copy) as connection:
                connection.execute("INSERT INTO paper VALUES (2)")

            assert query(copy, "SELECT number FROM paper ORDER BY 1") == [(1,), (2,)]
        assert query(template, "SELECT number FROM paper") == [(1,)]


def test_a_database_is_gone_afterwards(server):
    with create_database(server) as database:
        assert query(database, "SELECT 1") == [(1,)]

    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        query(database, "SELECT 1")


def test_capitals_of_any_alphabet_are_known(server):
    assert query(server, "SELECT lower('ÉÑЖ')") == [("éñж",)]


def test_without_postgresql_the_run_fails_and_says_how_to_get_it(monkeypatch):
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr(postgres.shutil, "which", lambda _name: None)
    monkeypatch.setattr(postgres.Path, "glob", lambda *_: iter(()))

    with pytest.raises(RuntimeError, match="apt-get install postgresql"), postgres_server():
        pass
