"""A real PostgreSQL for one test run: started in a folder of its own, thrown away afterwards."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

HOW_TO_INSTALL = """\
The tests run on PostgreSQL too, and none is found here. Run `make setup`, or install it yourself:
    apt-get install postgresql      (Debian, Ubuntu)
    brew install postgresql         (macOS)
or name a server where databases may be created: TEST_DATABASE_URL=postgresql://user:password@host/postgres"""

# Nothing here needs to outlive a power cut, and nobody from outside needs to reach it.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "shared_buffers": "64MB",
    "jit": "off",  # takes longer to compile a statement than a test's few rows take to read
}
# Except where a test pulls the plug.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
PATIENCE_IN_SECONDS = 30


# As in production: one role owns the tables, and the application signs in as another that owns nothing.
OWNER, APPLICATION = "youthcourt_test_owner", "youthcourt_test"
_ROLE_PASSWORD = "nothing is kept here"
_MAKE_ROLE = """
    DO $$ BEGIN
        CREATE ROLE {role} LOGIN PASSWORD {password} NOSUPERUSER NOBYPASSRLS;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$"""
_GIVE_OVER = """
    ALTER DATABASE {database} OWNER TO {owner};
    ALTER SCHEMA public OWNER TO {owner};
    GRANT USAGE ON SCHEMA public TO {application};
    ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {application};
    ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT USAGE ON SEQUENCES TO {application}"""
_CHECKPOINT = """
    DO $$ BEGIN GRANT pg_checkpoint TO {owner}; EXCEPTION WHEN undefined_object THEN NULL; END $$"""


@contextmanager
def postgres_server() -> Iterator[URL]:
    """The URL of a server on which databases may be created: TEST_DATABASE_URL, else one started here."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    programs = _programs()
    as_user = _unprivileged()
    # Root's own temporary folder may be closed to the user that the server runs as.
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp" if as_user else None) as folder:
        if as_user:
            shutil.chown(folder, as_user["user"])
        with _running(programs, Path(folder), as_user) as server:
            yield server


@contextmanager
def create_database(server: URL) -> Iterator[URL]:
    """An empty database, dropped afterwards."""
    with create_database_from_template(server, server.set(database="template1")) as database:
        yield database


@contextmanager
def create_database_from_template(server: URL, template: URL) -> Iterator[URL]:
    """A copy of a database to which nobody is connected, dropped afterwards. Takes some 25 ms."""
    database = server.set(database=f"youthcourt_test_{token_hex(6)}")
    name = sql.Identifier(str(database.database))
    origin = sql.Identifier(str(template.database))
    _execute(server, sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, origin))
    try:
        yield database
    finally:
        _execute(server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def owned(database: URL) -> URL:
    """The same database, as the role that may change its tables."""
    return database.set(username=OWNER, password=_ROLE_PASSWORD)


def applied(database: URL) -> URL:
    """The same database, as the role that the application signs in as."""
    return database.set(username=APPLICATION, password=_ROLE_PASSWORD)


def give_over(database: URL) -> None:
    """Make the two roles on this server and give this database to them."""
    names = {"owner": sql.Identifier(OWNER), "application": sql.Identifier(APPLICATION)}
    for role in names.values():
        _execute(database, sql.SQL(_MAKE_ROLE).format(role=role, password=sql.Literal(_ROLE_PASSWORD)))
    its_name = sql.Identifier(str(database.database))
    _execute(database, sql.SQL(_GIVE_OVER).format(database=its_name, **names))
    _execute(database, sql.SQL(_CHECKPOINT).format(**names))  # PostgreSQL 14 has no such role


def _execute(server: URL, statement: sql.Composed) -> None:
    with _connect(server) as connection:
        connection.execute(statement)


def _connect(server: URL) -> psycopg.Connection:
    plain = server.set(drivername="postgresql")
    return psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True)


def _programs() -> Path:
    """The folder of initdb and postgres; Debian keeps them off the path, one folder a version."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    if newest := max(versions, key=lambda initdb: int(initdb.parts[-3]), default=None):
        return newest.parent
    raise RuntimeError(HOW_TO_INSTALL)


def _unprivileged() -> dict[str, Any]:
    """As whom to run the server: it refuses to run as root, so root lends it the user that came with it."""
    if os.geteuid() != 0:
        return {}
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        raise RuntimeError("PostgreSQL refuses to run as root. Run the tests as another user.") from None
    return {"user": user.pw_name, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def _running(programs: Path, folder: Path, as_user: dict[str, Any]) -> Iterator[URL]:
    data = folder / "data"
    # macOS has no C.UTF-8; plain C would not know that É is the capital of é.
    locale = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    initdb = [programs / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"]
    subprocess.run([*initdb, f"--locale={locale}"], check=True, stdout=subprocess.DEVNULL, cwd="/", **as_user)
    settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
    command = [programs / "postgres", "-D", data, "-k", folder, *settings]
    server = URL.create(
        "postgresql+psycopg", username="postgres", database="postgres", query={"host": str(folder)}
    )
    with (
        (folder / "log").open("w+") as log,
        subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **as_user) as process,
    ):
        try:
            _wait_for(server, process, folder / "log")
            yield server
        finally:
            process.send_signal(subprocess.signal.SIGQUIT)  # at once; nothing in there is worth saving


class DurableServer:
    """A server that means what it says: synced to disk, killed without warning, started again on its data."""

    def __init__(self, folder: str) -> None:
        self.folder, self.as_user, self.programs = Path(folder), _unprivileged(), _programs()
        if self.as_user:
            shutil.chown(folder, self.as_user["user"])
        initdb = [self.programs / "initdb", "-D", self.folder / "data", "-A", "trust", "-U", "postgres"]
        options = ["-E", "UTF8", "--locale=C.UTF-8" if sys.platform != "darwin" else "--locale=en_US.UTF-8"]
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/"}
        subprocess.run([*initdb, *options, "--no-sync"], **quiet, **self.as_user)
        self.url = URL.create(
            "postgresql+psycopg", username="postgres", database="postgres", query={"host": folder}
        )

    def start(self) -> None:
        """Start it, or start it again; it replays its log first."""
        settings = [f"--{name}={value}" for name, value in {**SETTINGS, **DURABLE}.items()]
        command = [self.programs / "postgres", "-D", self.folder / "data", "-k", self.folder, *settings]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, cwd="/", start_new_session=True, **self.as_user
            )
        _wait_for(self.url, self.process, self.folder / "log")

    def kill(self) -> None:
        """Kill -9 the server and everything it started."""
        os.killpg(self.process.pid, subprocess.signal.SIGKILL)
        self.process.wait()


def _wait_for(server: URL, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE_IN_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            _connect(server).close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
