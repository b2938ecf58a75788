"""What production refuses to start with. Each unsafe setting is one change to settings that are safe."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy import text

import config
from config import INSTANCE, KNOWN_KEYS, database_url, file_system_of, settings_from_env, why_not_boot
from youthcourt import create_app
from youthcourt.boot import why_not_serve
from youthcourt.extensions import db, writing

GOOD_KEY = "Qx7-fT2mZ9_pL4wVb8sKd1RhYc6NgJ3e"
GOOD_AUDIT_KEY = "u5Rk_Wd8cXn2-hPz7YsTq4LmVb9GfJa1"


@pytest.fixture
def folder(tmp_path):
    tmp_path.chmod(0o700)
    return tmp_path


@pytest.fixture
def environ(folder):
    return {
        "SECRET_KEY": GOOD_KEY,
        "AUDIT_KEY": GOOD_AUDIT_KEY,
        "TRUSTED_HOSTS": "court.example.org",
        "DATABASE_URL": f"sqlite:///{folder}/court.sqlite",
    }


@pytest.fixture
def safe(environ):
    return settings_from_env(environ)


def test_safe_settings_may_boot(safe):
    assert why_not_boot(safe) == []


POSTGRESQL = "postgresql+psycopg://court:secret@{}"
COUNTY = {"issuer": "https://sign-in.county.example", "client_id": "us", "client_secret": "secret"}
UNSAFE = [
    ("SECRET_KEY", None, "SECRET_KEY is missing"),
    ("SECRET_KEY", "short", "SECRET_KEY is too short: it has 5"),
    ("SECRET_KEY", "x" * 64, "SECRET_KEY is easy to guess"),
    ("SECRET_KEY", KNOWN_KEYS["demo"], "SECRET_KEY is the one of the demonstration"),
    ("SECRET_KEY", KNOWN_KEYS["test"], "SECRET_KEY is the one of the demonstration"),
    ("SECRET_KEY_FALLBACKS", ["short"], "SECRET_KEY_BEFORE is too short"),
    ("AUDIT_KEY", None, "AUDIT_KEY is missing"),
    ("AUDIT_KEY", KNOWN_KEYS["demo"], "AUDIT_KEY is the one of the demonstration"),
    ("AUDIT_KEY", GOOD_KEY, "AUDIT_KEY is the same as SECRET_KEY"),
    ("AUDIT_KEYS_BEFORE", ["short"], "AUDIT_KEY_BEFORE is too short"),
    ("DEBUG", True, "DEBUG is on"),
    ("TESTING", True, "TESTING is on"),
    ("WTF_CSRF_ENABLED", False, "WTF_CSRF_ENABLED is off"),
    ("SQLALCHEMY_ECHO", True, "SQLALCHEMY_ECHO is on"),
    ("MAX_CONTENT_LENGTH", None, "MAX_CONTENT_LENGTH is missing"),
    ("SECRET_KEY_FILE", "/nowhere/key", "SECRET_KEY_FILE names no file"),
    ("SECURITY_CONTACT", "safe@court.example.org", "SECURITY_CONTACT is 'safe@"),
    ("TRUSTED_HOSTS", [], "TRUSTED_HOSTS is missing"),
    ("TRUSTED_HOSTS", ["*"], "TRUSTED_HOSTS has '*'"),
    ("TRUSTED_HOSTS", ["https://court.example.org/"], "TRUSTED_HOSTS has 'https:"),
    ("PREFERRED_URL_SCHEME", "http", "PREFERRED_URL_SCHEME is not https"),
    ("PROXIES", "many", "PROXIES is not a number"),
    ("STAFF_NEED_SECOND_FACTOR", False, "STAFF_NEED_SECOND_FACTOR is off"),
    ("PASSKEY_ORIGIN", "http://court.example.org", "PASSKEY_ORIGIN is no secure address"),
    ("PASSKEY_ORIGIN", "https://court.example.org/app", "PASSKEY_ORIGIN is no secure address"),
    ("PASSKEY_ORIGIN", "https://evil.example", "PASSKEY_ORIGIN names evil.example"),
    ("OIDC", {**COUNTY, "client_secret": ""}, "OIDC_CLIENT_SECRET is missing"),
    ("OIDC", {**COUNTY, "issuer": "http://sign-in.county.example"}, "OIDC_ISSUER does not begin with https"),
    ("OIDC", {**COUNTY, "issuer": "https://sign-in.county.example/"}, "OIDC_ISSUER ends with a slash"),
    ("SESSION_COOKIE_SECURE", False, "SESSION_COOKIE_SECURE is off"),
    ("SESSION_COOKIE_HTTPONLY", False, "SESSION_COOKIE_HTTPONLY is off"),
    ("SESSION_COOKIE_SAMESITE", None, "SESSION_COOKIE_SAMESITE is neither"),
    ("SESSION_COOKIE_NAME", "session", "SESSION_COOKIE_NAME does not begin"),
    ("REMEMBER_COOKIE_SECURE", False, "REMEMBER_COOKIE_SECURE is off"),
    ("REMEMBER_COOKIE_HTTPONLY", False, "REMEMBER_COOKIE_HTTPONLY is off"),
    ("REMEMBER_COOKIE_SAMESITE", "None", "REMEMBER_COOKIE_SAMESITE is neither"),
    ("REMEMBER_COOKIE_NAME", "remember", "REMEMBER_COOKIE_NAME does not begin"),
    ("SQLALCHEMY_DATABASE_URI", None, "DATABASE_URL cannot be read"),
    ("SQLALCHEMY_DATABASE_URI", "court.sqlite", "DATABASE_URL cannot be read"),
    ("SQLALCHEMY_DATABASE_URI", "mysql://court@localhost/court", "DATABASE_URL is of the kind 'mysql'"),
    ("SQLALCHEMY_DATABASE_URI", "sqlite:///:memory:", "DATABASE_URL keeps everything in memory"),
    ("SQLALCHEMY_DATABASE_URI", "sqlite://", "DATABASE_URL keeps everything in memory"),
    (
        "SQLALCHEMY_DATABASE_URI",
        "sqlite:////nowhere/court.sqlite",
        "DATABASE_URL names a folder that does not",
    ),
    (
        "SQLALCHEMY_DATABASE_URI",
        POSTGRESQL.format("db.example.org/court"),
        "DATABASE_URL reaches db.example.org",
    ),
    (
        "SQLALCHEMY_DATABASE_URI",
        POSTGRESQL.format("db.example.org/court?sslmode=prefer"),
        "DATABASE_URL reaches db.example.org",
    ),
    ("YOUTHCOURT_ENV", "prod", "YOUTHCOURT_ENV is 'prod'"),
]


@pytest.mark.parametrize(("name", "value", "beginning"), UNSAFE)
def test_each_unsafe_setting_is_named_alone(safe, name, value, beginning):
    reasons = why_not_boot(safe | {name: value})

    assert [reason[: len(beginning)] for reason in reasons] == [beginning]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "DELETE"),
        ("synchronous", "NORMAL"),
        ("foreign_keys", "OFF"),
        ("secure_delete", "FAST"),
    ],
)
def test_each_lax_setting_of_sqlite_is_named_alone(safe, pragma, value):
    reasons = why_not_boot(safe | {"SQLITE_PRAGMAS": safe["SQLITE_PRAGMAS"] | {pragma: value}})

    assert [reason.split(" is ")[0] for reason in reasons] == [f"SQLITE_PRAGMAS: {pragma}"]


def test_a_folder_that_everybody_can_open_is_refused_until_it_is_closed(safe, folder):
    folder.chmod(0o755)
    open_to_all = why_not_boot(safe)
    folder.chmod(0o750)

    assert open_to_all == [
        f"DATABASE_URL names a folder that every user of this machine can open. Run: chmod o= {folder}"
    ]
    assert why_not_boot(safe) == []


def test_a_key_is_read_from_a_file_that_only_the_server_can_read(environ, tmp_path_factory):
    file = tmp_path_factory.mktemp("secrets") / "key"
    file.write_text(GOOD_KEY + "\n")
    file.chmod(0o600)
    del environ["SECRET_KEY"]

    settings = settings_from_env(environ | {"SECRET_KEY_FILE": str(file)})

    assert (settings["SECRET_KEY"], why_not_boot(settings)) == (GOOD_KEY, [])


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_file_that_others_can_read_is_refused(safe, tmp_path_factory, mode):
    file = tmp_path_factory.mktemp("secrets") / "key"
    file.touch()
    file.chmod(mode)

    reasons = why_not_boot(safe | {"SECRET_KEY_FILE": str(file)})

    assert reasons == [f"SECRET_KEY_FILE can be read by other users of this machine. Run: chmod 600 {file}"]


def test_a_key_beside_the_data_is_refused(safe, folder):
    file = folder / "key"
    file.touch()
    file.chmod(0o600)

    reasons = why_not_boot(safe | {"SECRET_KEY_FILE": str(file)})

    assert [reason.split(",")[0] for reason in reasons] == ["SECRET_KEY_FILE lies beside the data"]


MOUNTS = """
/dev/sda1 / ext4 rw 0 0
files.example:/court /srv/court nfs4 rw 0 0
/dev/sdb1 /srv/court/local xfs rw 0 0
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/var/lib", "ext4"),
        ("/srv/court/data", "nfs4"),
        ("/srv/court/local/data", "xfs"),
        ("/srv/courts", "ext4"),
    ],
)
def test_the_file_system_of_a_folder_is_the_nearest_mount_above_it(place, kind):
    assert file_system_of(Path(place), MOUNTS.strip()) == kind


def test_a_data_folder_on_a_network_is_refused(safe, monkeypatch):
    monkeypatch.setattr(config, "file_system_of", lambda _folder: "nfs4")

    reasons = why_not_boot(safe)

    assert [reason[:50] for reason in reasons] == ["DATABASE_URL names a folder on a network (nfs4), w"]


@pytest.fixture
def production(safe):
    app = create_app(safe)
    yield app
    with app.app_context():
        db.engine.dispose()


def test_a_database_that_waits_for_a_migration_is_not_served_until_it_is_made(production):
    before = why_not_serve(production)
    with production.app_context():
        upgrade()

    assert before == ["The database is older or newer than this program. Run: flask db upgrade"]
    assert why_not_serve(production) == []


def test_a_database_that_is_newer_than_the_program_is_not_served(production):
    with production.app_context():
        upgrade()
        with writing(), db.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    assert why_not_serve(production) == [
        "The database is older or newer than this program. Run: flask db upgrade"
    ]


@pytest.mark.parametrize(
    "place",
    ["/court", "localhost/court", "/court?host=/run/postgresql", "db.example.org/court?sslmode=verify-full"],
)
def test_postgresql_on_this_machine_or_encrypted_may_boot(environ, place):
    environ["DATABASE_URL"] = f"postgresql://court:secret@{place}"

    assert why_not_boot(settings_from_env(environ)) == []


def test_everything_wrong_is_said_at_once():
    reasons = why_not_boot({"YOUTHCOURT_ENV": "production", "DEBUG": True, "TESTING": True})

    print(f"count: reasons not to boot that are tested = {len(UNSAFE) + 12}")
    assert len(reasons) == 18


def test_an_empty_environment_is_production_and_refused():
    settings = settings_from_env({})

    assert settings["YOUTHCOURT_ENV"] == "production"
    assert [reason.split(" is ")[0] for reason in why_not_boot(settings)][:3] == [
        "SECRET_KEY",
        "AUDIT_KEY",
        "TRUSTED_HOSTS",
    ]


@pytest.mark.parametrize("kind", ["demo", "test"])
def test_the_demonstration_and_the_tests_boot_without_secrets(kind):
    assert why_not_boot(settings_from_env({"YOUTHCOURT_ENV": kind})) == []


def test_the_environment_is_read_into_the_names_flask_uses(environ):
    environ |= {
        "TRUSTED_HOSTS": "court.example.org, www.example.org",
        "SECRET_KEY_BEFORE": "old",
        "PROXIES": "1",
    }

    settings = settings_from_env(environ)

    wanted = {
        "SECRET_KEY": GOOD_KEY,
        "SECRET_KEY_FALLBACKS": ["old"],
        "TRUSTED_HOSTS": ["court.example.org", "www.example.org"],
        "SERVER_NAME": "court.example.org",
        "PROXIES": 1,
        "DEBUG": False,
        "TESTING": False,
        "SESSION_COOKIE_NAME": "__Host-session",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
    }
    assert {name: settings[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("sqlite:////var/court.sqlite", "sqlite:////var/court.sqlite"),
        ("sqlite:///court.sqlite", f"sqlite:///{INSTANCE}/court.sqlite"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("no url", "no url"),
    ],
)
def test_database_urls_name_our_driver_and_a_whole_path(given, read):
    assert database_url(given) == read
