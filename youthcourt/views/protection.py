"""What is asked of every request before a page sees it, and what every answer carries."""

import secrets
import time
from urllib.parse import unquote_to_bytes

from flask import Flask, Response, abort, current_app, g, request
from sqlalchemy import inspect
from werkzeug.routing import IntegerConverter

from youthcourt import log

SAFE = ("GET", "HEAD", "OPTIONS")
LARGEST_NUMBER = 2**31 - 1  # that an identifying column of PostgreSQL holds
A_YEAR = 31_536_000

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    # Ours alone: the check of forms reads it, no other site ever gets it.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=(), display-capture=()"
    ),
}
# Browsers keep to it for two years, also after a visit to a neighbour that is not encrypted.
ENCRYPTED_ONLY = {"Strict-Transport-Security": f"max-age={2 * A_YEAR}; includeSubDomains"}


def record_number(typed: str) -> int:
    """A number out of an address or a form, for request.args.get(…, type=record_number)."""
    number = int(typed)
    if not 0 < number <= LARGEST_NUMBER:
        raise ValueError(typed)
    return number


class RecordNumber(IntegerConverter):
    """A number that a record may have; of a larger one there is no page."""

    def __init__(self, map, **kwargs):
        super().__init__(map, **({"max": LARGEST_NUMBER} | kwargs))


def register(app: Flask) -> None:
    """Put the checks before every page, also before those of other extensions."""
    app.url_map.converters["int"] = RecordNumber
    app.before_request(_take_a_number)
    app.before_request(_refuse_broken_text)
    app.before_request(_refuse_other_sites)
    app.after_request(_note)
    app.after_request(_add_headers)


def _take_a_number():
    """A number for this request, which a reader can tell us on the phone and which stands in the log."""
    g.reference = secrets.token_hex(4).upper()
    g.begun = time.perf_counter()


def _refuse_other_sites():
    """Whatever changes something is sent from a page of ours: a second wall beside the form's token."""
    if request.method in SAFE:
        return
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site", "same-origin")
    own = f"{current_app.config['PREFERRED_URL_SCHEME']}://{request.host}"
    if origin not in (None, own) or site not in ("same-origin", "none"):
        abort(400)


def _refuse_broken_text():
    """Text is UTF-8, and an address holds no NUL, which PostgreSQL cannot compare with anything."""
    address = request.environ.get("PATH_INFO", "").encode("latin-1") + b"?" + request.query_string
    parts = [address]
    if request.method not in SAFE:
        parts.append(_typed())
    try:
        is_sound = all(unquote_to_bytes(part).decode() is not None for part in parts)
    except UnicodeDecodeError:
        is_sound = False
    if not is_sound or b"\0" in unquote_to_bytes(address):
        abort(400)


def _typed() -> bytes:
    """What was sent, without the files in it: a picture is no text."""
    sent = request.get_data()
    for _name, file in request.files.items(multi=True):
        if content := file.read():
            sent = sent.replace(content, b"", 1)
        file.seek(0)
    return sent


def _add_headers(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["PREFERRED_URL_SCHEME"] == "https":
        response.headers.update(ENCRYPTED_ONLY)
    response.headers.setdefault("Cache-Control", "no-store")  # files of ours say otherwise themselves
    return response


def _note(response: Response) -> Response:
    """One line for each request. The address stays out of it: it may hold what somebody searched for."""
    log.event(
        "request.answered",
        reference=g.get("reference"),
        method=request.method if request.method in (*SAFE, "POST") else "other",
        page=request.endpoint,
        status=response.status_code,
        user=_reader(),
        ms=round((time.perf_counter() - g.begun) * 1000) if "begun" in g else None,
    )
    return response


def _reader() -> int | None:
    """The number of the account that asked, without asking the database for it."""
    state = inspect(g.get("_login_user"), raiseerr=False)
    return state.identity[0] if state is not None and state.identity else None
