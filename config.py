"""The settings of one installation: read from the environment, and judged before the application starts.

    YOUTHCOURT_ENV     production (when nothing is said), demo or test
    SECRET_KEY         signs cookies and links: at least 32 characters that nobody can guess
    SECRET_KEY_FILE    or a file that holds it, which only the server's user can read
    SECRET_KEY_BEFORE  the key before this one, while sessions signed with it run out
    AUDIT_KEY          seals the audit trail: as long, another one, and never in a backup of the database
    AUDIT_KEY_BEFORE   the keys that sealed the trail before, oldest first, parted by commas: kept for good
    TRUSTED_HOSTS      the names this installation answers to, parted by commas; letters carry the first
    DATABASE_URL       sqlite:///instance/youthcourt.sqlite when nothing is said, or postgresql://...
                       (there a role that owns nothing: see README, "On PostgreSQL")
    MIGRATION_DATABASE_URL  the same database as the role that owns it, for `flask db upgrade` alone
    BACKUPS            the folder of backups and of the purge ledger: instance/backups when nothing is said
    CERTIFICATES       the folder of the courts' certificates and their keys: instance/certificates when
                       nothing is said; for the server's user alone, and in no backup of the database
    BACKUP_DAYS        how long a backup is kept: 30 days when nothing is said
    PARTICIPATION_KEY  hides who took part before; when nothing is said, SECRET_KEY does
    SECURITY_CONTACT   whom to tell about a weakness, for security.txt: mailto:... or https://...
    PASSKEY_ORIGIN     where browsers see this installation: https:// and the first trusted host if left out
    PROXIES            how many reverse proxies of ours stand in front (0 when nothing is said)

A county's own sign-in (OpenID Connect), when there is one; it needs the extra: pip install youthcourt[oidc]

    OIDC_ISSUER        who signs, as its own configuration names it: https://sign-in.county.example
    OIDC_CLIENT_ID     what it calls us, and
    OIDC_CLIENT_SECRET what we prove that with; it must know our address /sign-in/county/back
    OIDC_NAME          what people here call it ("your county sign-in" when nothing is said)
    OIDC_FACTOR        words of its claims amr or acr that mean a second factor, parted by commas; else we ask

What belongs to one court (ages, panel size, clocks) is no setting: the court keeps it in its own rows.
"""

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from youthcourt.extensions import SQLITE_PRAGMAS

Settings = Mapping[str, Any]

ENVIRONMENTS = ("production", "demo", "test")
INSTANCE = Path(__file__).resolve().parent / "instance"

# Everybody can read these two, so they are worth nothing in production.
KNOWN_KEYS = {
    "demo": "a demonstration keeps no secrets from anyone",
    "test": "tests keep no secrets from anyone either",
}
SHORTEST_KEY = 32
FEWEST_DIFFERENT_CHARACTERS = 10  # "aaaa...", "12341234...": long, but no secret

NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "ceph", "glusterfs", "afs"}
LOCAL_HOSTS = {None, "", "localhost", "127.0.0.1", "::1"}
ENCRYPTED = {"require", "verify-ca", "verify-full"}


# ---- Reading -------------------------------------------------------------------------------------


def settings_from_env(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The settings as Flask names them. Reads only; whether they are safe is asked by why_not_boot()."""
    kind = environ.get("YOUTHCOURT_ENV") or "production"
    is_production = kind not in ("demo", "test")
    hosts = [host.strip() for host in environ.get("TRUSTED_HOSTS", "").split(",") if host.strip()]
    before = environ.get("SECRET_KEY_BEFORE")
    sealed_before = [key.strip() for key in environ.get("AUDIT_KEY_BEFORE", "").split(",") if key.strip()]
    proxies = environ.get("PROXIES") or "0"
    key_file = environ.get("SECRET_KEY_FILE")
    return {
        "YOUTHCOURT_ENV": kind,
        "DEBUG": environ.get("FLASK_DEBUG", "0") not in ("", "0", "false"),
        "TESTING": kind == "test",
        "SECRET_KEY": environ.get("SECRET_KEY") or _kept_in(key_file) or KNOWN_KEYS.get(kind),
        "SECRET_KEY_FILE": key_file,
        "SECRET_KEY_FALLBACKS": [before] if before else [],
        "AUDIT_KEY": environ.get("AUDIT_KEY") or KNOWN_KEYS.get(kind),
        "AUDIT_KEYS_BEFORE": sealed_before,
        "TRUSTED_HOSTS": hosts if is_production else [*hosts, "127.0.0.1", "localhost"],
        "SERVER_NAME": hosts[0].removeprefix(".") if hosts else None,
        "PREFERRED_URL_SCHEME": "https" if is_production else "http",
        "PROXIES": int(proxies) if proxies.isdecimal() else proxies,
        **_database(environ, kind),
        **_cookies(secure=is_production),
        # Nobody needs a phone for a demonstration. Whoever sets up a second step is asked for it there, too.
        "STAFF_NEED_SECOND_FACTOR": is_production,
        "PASSKEY_ORIGIN": environ.get("PASSKEY_ORIGIN") or _origin(hosts, is_production),
        "OIDC": _county(environ),
        "WTF_CSRF_TIME_LIMIT": None,  # a form may stay open as long as the session it belongs to
        # No page takes a file. The longest form full of the longest text fits in this.
        "MAX_CONTENT_LENGTH": 2 * 2**20,
        "MAX_FORM_MEMORY_SIZE": 2**20,
        "MAX_FORM_PARTS": 1_000,
        "PROVIDE_AUTOMATIC_OPTIONS": False,  # a page answers what it declares, and nothing besides
        "BACKUPS": environ.get("BACKUPS") or str(INSTANCE / "backups"),
        "CERTIFICATES": environ.get("CERTIFICATES") or str(INSTANCE / "certificates"),
        "BACKUP_DAYS": int(environ.get("BACKUP_DAYS") or 30),
        "PARTICIPATION_KEY": environ.get("PARTICIPATION_KEY") or None,
        "SECURITY_CONTACT": environ.get("SECURITY_CONTACT") or None,
        "WORKS_IN_BACKGROUND": True,  # whether asking for a draw or a packet starts a worker
    }


def _kept_in(file: str | None) -> str | None:
    """The secret in a file; none when it cannot be read, for why_not_boot() to name."""
    try:
        return Path(file).read_text().strip() if file else None
    except (OSError, UnicodeDecodeError):
        return None


def _county(environ: Mapping[str, str]) -> dict[str, Any] | None:
    """The county sign-in that is trusted; None when nothing at all is said of one."""
    told = {key: environ.get(f"OIDC_{key.upper()}") or "" for key in ("issuer", "client_id", "client_secret")}
    if not any(told.values()):
        return None
    words = frozenset(word.strip() for word in environ.get("OIDC_FACTOR", "").split(",") if word.strip())
    name = environ.get("OIDC_NAME") or "your county sign-in"
    return {**told, "name": name, "factor_words": words}


def _origin(hosts: list[str], is_production: bool) -> str:
    """Browsers make passkeys for names alone, never for numbers such as 127.0.0.1."""
    return f"https://{hosts[0].removeprefix('.')}" if is_production and hosts else "http://localhost:8000"


def _database(environ: Mapping[str, str], kind: str) -> dict[str, Any]:
    owner = environ.get("MIGRATION_DATABASE_URL")
    file = "youthcourt.sqlite" if kind == "production" else f"{kind}.sqlite"
    return {
        "SQLALCHEMY_DATABASE_URI": database_url(environ.get("DATABASE_URL") or f"sqlite:///{file}"),
        "MIGRATION_DATABASE_URL": database_url(owner) if owner else None,
        # A connection that was dropped overnight is replaced, not handed to the next page.
        # An error never quotes the values of the row that caused it.
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True, "hide_parameters": True},
        "SQLALCHEMY_ECHO": False,
        "SQLITE_PRAGMAS": dict(SQLITE_PRAGMAS),
    }


def database_url(text: str) -> str:
    """The URL with our driver for PostgreSQL, and files of SQLite looked for in the instance folder.

    What cannot be read comes back as it was, for why_not_boot() to name.
    """
    try:
        url = make_url(text)
    except ArgumentError:
        return text
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    elif _is_sqlite_file(url):
        url = url.set(database=str(INSTANCE / str(url.database)))  # an absolute path stays as it is
    else:
        return text
    return url.render_as_string(hide_password=False)


def _is_sqlite_file(url: URL) -> bool:
    is_file = url.database not in (None, "", ":memory:") and not str(url.database).startswith("file:")
    return url.get_backend_name() == "sqlite" and is_file


def _cookies(*, secure: bool) -> dict[str, Any]:
    # Browsers keep a __Host- cookie only when it is Secure and belongs to exactly this host.
    prefix = "__Host-" if secure else ""
    shared = {"SECURE": secure, "HTTPONLY": True, "SAMESITE": "Lax", "DOMAIN": None, "PATH": "/"}
    return {
        **{f"SESSION_COOKIE_{key}": value for key, value in shared.items()},
        **{f"REMEMBER_COOKIE_{key}": value for key, value in shared.items()},
        "SESSION_COOKIE_NAME": f"{prefix}session",
        "REMEMBER_COOKIE_NAME": f"{prefix}remember",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
    }


# ---- Judging -------------------------------------------------------------------------------------


def why_not_boot(settings: Settings) -> list[str]:
    """What makes it unsafe to serve with these settings, each in words that say what to do; [] when safe."""
    kind = settings.get("YOUTHCOURT_ENV")
    if kind not in ENVIRONMENTS:
        return [f"YOUTHCOURT_ENV is {kind!r}. Choose one of: {', '.join(ENVIRONMENTS)}."]
    if kind != "production":
        return []
    return [reason for question in QUESTIONS for reason in question(settings)]


def _keys(settings: Settings) -> Iterator[str]:
    named = [("SECRET_KEY", settings.get("SECRET_KEY"))]
    named += [("SECRET_KEY_BEFORE", key) for key in settings.get("SECRET_KEY_FALLBACKS") or []]
    named += [("AUDIT_KEY", settings.get("AUDIT_KEY"))]
    named += [("AUDIT_KEY_BEFORE", key) for key in settings.get("AUDIT_KEYS_BEFORE") or []]
    for name, key in named:
        if why_not := _why_not_key(key):
            yield f'{name} {why_not}. Make one: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
    if settings.get("AUDIT_KEY") and settings.get("AUDIT_KEY") == settings.get("SECRET_KEY"):
        yield "AUDIT_KEY is the same as SECRET_KEY: whoever learns one could rewrite the trail. Make another."


def _secret_files(settings: Settings) -> Iterator[str]:
    """Files that hold a secret are for the server's own user, and do not travel with the data's backup."""
    if not (name := settings.get("SECRET_KEY_FILE")):
        return
    file = Path(name)
    if not file.is_file():
        yield f"SECRET_KEY_FILE names no file: {file}"
    elif file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield f"SECRET_KEY_FILE can be read by other users of this machine. Run: chmod 600 {file}"
    elif file.resolve().parent == _data_folder(settings):
        yield f"SECRET_KEY_FILE lies beside the data, so each copy of the data has the key. Move it: {file}"


def _data_folder(settings: Settings) -> Path | None:
    try:
        url = make_url(settings.get("SQLALCHEMY_DATABASE_URI") or "")
    except ArgumentError:
        return None
    return Path(str(url.database)).resolve().parent if _is_sqlite_file(url) else None


def _why_not_key(key: str | None) -> str | None:
    if not key:
        return "is missing"
    if key in KNOWN_KEYS.values():
        return "is the one of the demonstration or the tests, which everybody can read"
    if len(key) < SHORTEST_KEY:
        return f"is too short: it has {len(key)} characters and needs {SHORTEST_KEY}"
    if len(set(key)) < FEWEST_DIFFERENT_CHARACTERS:
        return "is easy to guess: it repeats a few characters"
    return None


def _certificates(settings: Settings) -> Iterator[str]:
    """Whoever reads a court's key can seal orders in its name."""
    folder = Path(str(settings.get("CERTIFICATES") or ""))
    if (
        settings.get("CERTIFICATES")
        and folder.is_dir()
        and folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ):
        yield f"CERTIFICATES names a folder that other users can open. Run: chmod 700 {folder}"


def _switches(settings: Settings) -> Iterator[str]:
    if settings.get("DEBUG"):
        yield "DEBUG is on: anyone who meets an error could run code here. Unset FLASK_DEBUG."
    if settings.get("TESTING"):
        yield "TESTING is on: errors and checks behave as in tests. Turn it off."
    if not settings.get("WTF_CSRF_ENABLED", True):
        yield "WTF_CSRF_ENABLED is off: other sites could act in the name of someone signed in. Turn it on."
    if settings.get("SQLALCHEMY_ECHO"):
        yield "SQLALCHEMY_ECHO is on: names and narratives would go into the log. Turn it off."
    if not settings.get("MAX_CONTENT_LENGTH"):
        yield "MAX_CONTENT_LENGTH is missing: one request could fill the memory. Set a number of bytes."
    contact = settings.get("SECURITY_CONTACT")
    if contact and not str(contact).startswith(("mailto:", "https://")):
        yield f"SECURITY_CONTACT is {contact!r}. Write it like mailto:security@court.example.org"


def _hosts(settings: Settings) -> Iterator[str]:
    hosts = settings.get("TRUSTED_HOSTS") or []
    if not hosts:
        yield "TRUSTED_HOSTS is missing: links could be made to lead elsewhere. Set it: court.example.org"
    for host in hosts:
        if "*" in host or "/" in host:
            yield f"TRUSTED_HOSTS has {host!r}, which is no host name. Write it like court.example.org"
    if settings.get("PREFERRED_URL_SCHEME") != "https":
        yield "PREFERRED_URL_SCHEME is not https: links in letters would travel unprotected. Set it to https."
    if settings.get("PROXIES", 0) not in range(4):
        yield "PROXIES is not a number from 0 to 3. Say how many reverse proxies of yours stand in front."


def _second_factors(settings: Settings) -> Iterator[str]:
    if not settings.get("STAFF_NEED_SECOND_FACTOR"):
        yield "STAFF_NEED_SECOND_FACTOR is off: a stolen password would open every case. Turn it on."
    origin = urlsplit(str(settings.get("PASSKEY_ORIGIN") or ""))
    if origin.scheme != "https" or not origin.hostname or origin.path or origin.query:
        yield "PASSKEY_ORIGIN is no secure address. Write it like https://court.example.org"
    elif (hosts := settings.get("TRUSTED_HOSTS")) and not any(_is_host(origin.hostname, h) for h in hosts):
        yield f"PASSKEY_ORIGIN names {origin.hostname}, which is none of the TRUSTED_HOSTS."


def _county_questions(settings: Settings) -> Iterator[str]:
    county = settings.get("OIDC")
    if county is None:
        return
    for key in ("issuer", "client_id", "client_secret"):
        if not county.get(key):
            yield f"OIDC_{key.upper()} is missing, though a county sign-in is set up. Set all three, or none."
    if county.get("issuer") and not str(county["issuer"]).startswith("https://"):
        yield "OIDC_ISSUER does not begin with https://: who signs in could be forged on the way."
    if str(county.get("issuer")).endswith("/"):
        yield "OIDC_ISSUER ends with a slash. Write it as the county's own configuration names it."
    if not all(find_spec(name) for name in ("authlib", "joserfc", "requests")):
        yield "OIDC_ISSUER is set, but its packages are missing. Run: pip install youthcourt[oidc]"


def _is_host(name: str, trusted: str) -> bool:
    """A trusted host with a dot in front stands for every name below it; what is none is said elsewhere."""
    bare = trusted.removeprefix(".").partition(":")[0]
    return (
        name == bare
        or "*" in trusted
        or "/" in trusted
        or (trusted.startswith(".") and name.endswith(f".{bare}"))
    )


def _cookie_flags(settings: Settings) -> Iterator[str]:
    for cookie in ("SESSION_COOKIE", "REMEMBER_COOKIE"):
        if not settings.get(f"{cookie}_SECURE"):
            yield f"{cookie}_SECURE is off: the sign-in would travel over plain HTTP. Turn it on."
        if not settings.get(f"{cookie}_HTTPONLY"):
            yield f"{cookie}_HTTPONLY is off: scripts could read the sign-in. Turn it on."
        if settings.get(f"{cookie}_SAMESITE") not in ("Lax", "Strict"):
            yield f"{cookie}_SAMESITE is neither Lax nor Strict: other sites could use the sign-in."
        if not str(settings.get(f"{cookie}_NAME")).startswith("__Host-"):
            yield f"{cookie}_NAME does not begin with __Host-: a neighbouring site could plant a sign-in."


def _database_questions(settings: Settings) -> Iterator[str]:
    try:
        url = make_url(settings.get("SQLALCHEMY_DATABASE_URI") or "")
    except ArgumentError:
        yield "DATABASE_URL cannot be read. Write it like postgresql://user:password@host/name"
        return
    if url.get_backend_name() == "sqlite":
        yield from _sqlite(url, settings)
    elif url.drivername == "postgresql+psycopg":
        yield from _postgresql(url)
    else:
        yield f"DATABASE_URL is of the kind {url.drivername!r}. Only sqlite and postgresql are supported."


def _sqlite(url: URL, settings: Settings) -> Iterator[str]:
    if not _is_sqlite_file(url):
        yield "DATABASE_URL keeps everything in memory: it would be gone with the next restart. Name a file."
        return
    folder = Path(str(url.database)).parent
    if not folder.is_dir():
        yield f"DATABASE_URL names a folder that does not exist. Make it: install -d -m 700 {folder}"
    elif folder.stat().st_mode & stat.S_IRWXO:
        yield f"DATABASE_URL names a folder that every user of this machine can open. Run: chmod o= {folder}"
    elif (kind := file_system_of(folder)) in NETWORK_FILE_SYSTEMS:
        yield f"DATABASE_URL names a folder on a network ({kind}), where SQLite loses data. Use a local disk."
    yield from _durability(settings.get("SQLITE_PRAGMAS") or {})


def _durability(pragmas: Mapping[str, object]) -> Iterator[str]:
    if pragmas.get("journal_mode") != "WAL":
        yield "SQLITE_PRAGMAS: journal_mode is not WAL, so readers would hold up writers."
    if pragmas.get("synchronous") not in ("FULL", "EXTRA"):
        yield "SQLITE_PRAGMAS: synchronous is below FULL, so a power cut would lose what was just saved."
    if pragmas.get("foreign_keys") != "ON":
        yield "SQLITE_PRAGMAS: foreign_keys is not ON, so rows could lose the rows they belong to."
    if pragmas.get("secure_delete") != "ON":
        yield "SQLITE_PRAGMAS: secure_delete is not ON, so what is deleted could still be read in the file."


def file_system_of(folder: Path, mounts: str | None = None) -> str:
    """The kind of file system that a folder lies on, as Linux lists them; "" where nothing lists them."""
    table = Path("/proc/mounts")
    listed = mounts if mounts is not None else (table.read_text() if table.is_file() else "")
    places = [line.split()[1:3] for line in listed.splitlines()]
    over = [(Path(place), kind) for place, kind in places if folder.resolve().is_relative_to(place)]
    return max(over, key=lambda each: len(each[0].parts), default=(folder, ""))[1]


def _postgresql(url: URL) -> Iterator[str]:
    host = url.host or url.query.get("host")
    is_local = host in LOCAL_HOSTS or str(host).startswith("/")  # a socket
    if not is_local and url.query.get("sslmode") not in ENCRYPTED:
        yield f"DATABASE_URL reaches {host} without asking for encryption. Add ?sslmode=verify-full to it."


QUESTIONS: list[Callable[[Settings], Iterator[str]]] = [
    _keys,
    _secret_files,
    _certificates,
    _switches,
    _hosts,
    _second_factors,
    _county_questions,
    _cookie_flags,
    _database_questions,
]
