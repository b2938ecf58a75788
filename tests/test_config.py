"""What production refuses to start with. Each unsafe setting is one change to settings that are safe."""

from datetime import timedelta

import pytest

from config import INSTANCE, KNOWN_KEYS, database_url, settings_from_env, why_not_boot

GOOD_KEY = "Qx7-fT2mZ9_pL4wVb8sKd1RhYc6NgJ3e"


@pytest.fixture
def folder(tmp_path):
    tmp_path.chmod(0o700)
    return tmp_path


@pytest.fixture
def environ(folder):
    return {
        "SECRET_KEY": GOOD_KEY,
        "TRUSTED_HOSTS": "court.example.org",
        "DATABASE_URL": f"sqlite:///{folder}/court.sqlite",
    }


@pytest.fixture
def safe(environ):
    return settings_from_env(environ)


def test_safe_settings_may_boot(safe):
    assert why_not_boot(safe) == []


POSTGRESQL = "postgresql+psycopg://court:secret@{}"
UNSAFE = [
    ("SECRET_KEY", None, "SECRET_KEY is missing"),
    ("SECRET_KEY", "short", "SECRET_KEY is too short: it has 5"),
    ("SECRET_KEY", "x" * 64, "SECRET_KEY is easy to guess"),
    ("SECRET_KEY", KNOWN_KEYS["demo"], "SECRET_KEY is the one of the demonstration"),
    ("SECRET_KEY", KNOWN_KEYS["test"], "SECRET_KEY is the one of the demonstration"),
    ("SECRET_KEY_FALLBACKS", ["short"], "SECRET_KEY_BEFORE is too short"),
    ("DEBUG", True, "DEBUG is on"),
    ("TESTING", True, "TESTING is on"),
    ("WTF_CSRF_ENABLED", False, "WTF_CSRF_ENABLED is off"),
    ("SQLALCHEMY_ECHO", True, "SQLALCHEMY_ECHO is on"),
    ("MAX_CONTENT_LENGTH", None, "MAX_CONTENT_LENGTH is missing"),
    ("TRUSTED_HOSTS", [], "TRUSTED_HOSTS is missing"),
    ("TRUSTED_HOSTS", ["*"], "TRUSTED_HOSTS has '*'"),
    ("TRUSTED_HOSTS", ["https://court.example.org/"], "TRUSTED_HOSTS has 'https:"),
    ("PREFERRED_URL_SCHEME", "http", "PREFERRED_URL_SCHEME is not https"),
    ("PROXIES", "many", "PROXIES is not a number"),
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
    ("pragma", "value"), [("journal_mode", "DELETE"), ("synchronous", "NORMAL"), ("foreign_keys", "OFF")]
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


@pytest.mark.parametrize(
    "place",
    ["/court", "localhost/court", "/court?host=/run/postgresql", "db.example.org/court?sslmode=verify-full"],
)
def test_postgresql_on_this_machine_or_encrypted_may_boot(environ, place):
    environ["DATABASE_URL"] = f"postgresql://court:secret@{place}"

    assert why_not_boot(settings_from_env(environ)) == []


def test_everything_wrong_is_said_at_once():
    reasons = why_not_boot({"YOUTHCOURT_ENV": "production", "DEBUG": True, "TESTING": True})

    assert len(reasons) == 15
    print(f"count: reasons not to boot that are tested = {len(UNSAFE) + 4}")


def test_an_empty_environment_is_production_and_refused():
    settings = settings_from_env({})

    assert settings["YOUTHCOURT_ENV"] == "production"
    assert [reason.split(" is ")[0] for reason in why_not_boot(settings)][:2] == [
        "SECRET_KEY",
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
