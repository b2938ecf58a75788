"""Asking the application fifty thousand times: each cell is one request, made and judged."""

import hashlib
import io
import sys
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace

import flask.templating
import pytest
from flask import Response, abort, g
from flask_login import current_user
from sqlalchemy import select
from werkzeug.test import run_wsgi_app

from tests import make
from tests.authorization import table
from tests.authorization.world import NEVER, Record
from tests.browser import without_tokens
from youthcourt import walls
from youthcourt.extensions import Base, db
from youthcourt.views import access
from youthcourt.views.accounts import signing_in
from youthcourt.walls import enter, in_no_court

# Tables that a refused request may write to: who asked, and that they were refused.
MAY_GROW = {"audit_event", "submission", "signed_in", "throttle", "audit_head", "unusual_reading"}
SAFE = ("GET", "HEAD", "OPTIONS")
# What a path needs that no record has: any value will do, for whoever may open the page.
ANYTHING = {
    "party": "youth",
    "group": "office",
    "kind": "rooms",
    "token": "none",
    "code": "h1-NONE",
    "filename": "app.css",
    "place": 0,
    "number": 1,
    "step": "guardian",
    "key": "rise",
    "paper": "hearing_notice",
    "name": "lead",
    "language": "es",
}
# What stands in an address before the thing of it that is meant.
INSIDE = (
    ({"case_id", "hearing_id", "order_id"}, {"person_id", "seat_id", "draw_id"}),
    ({"court_session_id"}, {"sitting_id", "hearing_id", "person_id", "seat_id"}),
)
STATELESS = Record("always", {})


@dataclass(frozen=True)
class Cell:
    """One question: may this part, with this account, ask this of that record?"""

    page: str
    method: str
    path: str
    state: str
    part: str
    account: str | None
    expected: str
    is_about_one_record: bool = False

    def __str__(self):
        return f"{self.method} {self.path} ({self.page}; {self.state}) by {self.part}"


@dataclass(frozen=True)
class Answer:
    verdict: str
    status: int
    body: bytes
    headers: tuple


# Which cells there are


def pages(app):
    """Every rule as a page of the table: its name, its rule, the numbers it needs from a record."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint in ("papers.show", "papers.check"):
            for kind, (number, _row) in table.PAPERS.items():
                yield f"{rule.endpoint} {kind}", rule, {"kind": kind}, {"record_id": number}
        else:
            yield rule.endpoint, rule, {}, {name: name for name in rule.arguments}


def paths(rule, fixed, needs, records):
    """The page's address for each record that has the numbers it needs."""
    asks_for_record = set(needs.values()) - set(ANYTHING)
    for record in records if asks_for_record else [STATELESS]:
        known = ANYTHING | record.ids
        if set(needs.values()) <= set(known):
            values = {name: known[number] for name, number in needs.items()}
            yield record, rule.build({**values, **fixed}, append_unknown=False)[1]


def never(records):
    """The numbers of a case that never was, where a page could ask for them."""
    names = {name for record in records for name in record.ids} - {"kind"}
    return Record("never existed", dict.fromkeys(names, NEVER))


class Enumeration:
    """All cells of two courts."""

    def __init__(self, app, here, there):
        self.app, self.here, self.there = app, here, there

    def accounts(self, record, at, other):
        """Whose account plays which part towards this record."""
        family = self._another_family(record, at)
        strangers = {"stranger": family["youth"], "other_guardian": family["guardian"]}
        standing = {
            part: at.staff[part] for part in ("coordinator", "another_judge", "administrator", "without_role")
        }
        foreign = {f"f_{part}": other.staff[part] for part in ("coordinator", "administrator", "family")}
        foreign |= {"f_judge": other.staff["another_judge"], "f_juror": other.staff["juror"]}
        nobody = {"nobody": None, "invited": at.staff["invited"], "ended": at.staff["ended"]}
        nobody |= {"signed_out": "signed out", "at_the_door": at.staff["at_the_door"]}
        about_nobody = record.state in ("never existed", "always") or "case_id" not in record.ids
        usual = at.record("deciding").who if about_nobody else {"on_the_day": at.staff["juror"]}
        return usual | standing | strangers | foreign | nobody | record.who

    def _another_family(self, record, at):
        states = ("referred", "screened out")
        return next(at.record(each).who for each in states if each != record.state)

    def cells(self, only=None, states=None):
        """Every page by record by declared method by part; `only` and `states` narrow it."""
        for at, other in ((self.here, self.there), (self.there, self.here)):
            records = [*at.records, never(at.records)]
            for page, rule, fixed, needs in pages(self.app):
                if only is not None and page not in only:
                    continue
                for record, path in paths(rule, fixed, needs, records):
                    if states is None or record.state in states:
                        about_one = len(set(needs.values()) - set(ANYTHING)) == 1
                        about_one = about_one and not page.startswith(("panels.", "records."))
                        yield from self._asked(page, rule.methods, record, path, at, other, about_one)

    def _asked(self, page, methods, record, path, at, other, about_one):
        for part, account in self.accounts(record, at, other).items():
            if at is self.there and not part.startswith(("f_", "coordinator")):
                continue  # the same court as here, under another name
            says = table.expected(page, part, record.state)
            if record.state == "never existed" and says == "y":
                says = "4"
            for method in sorted(methods & {"GET", "POST"}):
                yield Cell(page, method, path, record.state, part, account, says, about_one)

    def nested(self, only=None):
        """Pages about one thing inside another, asked for the one of mine with the other of somebody else."""
        for page, rule, fixed, needs in pages(self.app):
            if only is not None and page not in only:
                continue
            for outer, inside in INSIDE:
                inner = set(needs.values()) & inside
                if inner and set(needs.values()) & outer:
                    yield from self._with_inner_of_another(page, rule, fixed, needs, inner)

    def _with_inner_of_another(self, page, rule, fixed, needs, inner):
        at, other = self.here, self.there
        asked_for = set(needs.values()) - set(ANYTHING)
        has = [each for each in at.records if asked_for <= set(each.ids)]
        theirs = [each for each in other.records if asked_for <= set(each.ids)]
        for record, stranger in zip(has, [*has[1:], theirs[0]], strict=True):
            for child in (stranger, theirs[-1]):
                values = {**record.ids, **{name: child.ids[name] for name in inner}}
                path = rule.build({**{n: values[n] for n in needs}, **fixed}, append_unknown=False)[1]
                for cell in self._asked(page, rule.methods, record, path, at, other, about_one=False):
                    yield replace(cell, expected="4" if cell.expected == "y" else cell.expected)

    def asked_again(self):
        """Each page once, by those it opens to, a while after they last showed who they are."""
        for cell in self.cells():
            if cell.expected in "y4" and cell.part in ("coordinator", "administrator"):
                asks = cell.page in table.ASKS_AGAIN
                yield replace(cell, account=f"stale {cell.account}", expected="c" if asks else cell.expected)

    def other_methods(self, only=None):
        """Each page once, asked in every way it is not made for; and HEAD and OPTIONS, which follow GET."""
        for page, rule, fixed, needs in pages(self.app):
            if only is not None and page not in only:
                continue
            record, path = next(paths(rule, fixed, needs, [*self.here.records]))
            for part, account in self.accounts(record, self.here, self.there).items():
                says = table.expected(page, part, record.state)
                for method in (*table.UNDECLARED, *({"GET", "POST"} - rule.methods)):
                    yield Cell(page, method, path, record.state, part, account, "m")
                if "GET" in rule.methods:
                    yield Cell(page, "HEAD", path, record.state, part, account, says)
                yield Cell(page, "OPTIONS", path, record.state, part, account, "o")


def same_as_never(enumeration):
    """For each page and part, a few records that are not that part's business, and one that never was."""
    found = {}
    for cell in enumeration.cells():
        if cell.expected == "4" and cell.page not in table.NO_PANEL:
            kind = "never" if cell.state == "never existed" else "there"
            found.setdefault((cell.page, cell.method, cell.part, cell.account, kind), cell)
    there = {key: cell for key, cell in found.items() if key[-1] == "there"}
    for (page, method, part, account, _kind), cell in there.items():
        if part not in ("coordinator", "another_judge", "seated", "on_the_day", "stranger", "f_coordinator"):
            continue
        never_was = found.get((page, method, part, account, "never"))
        if never_was is not None:
            yield never_was
            yield cell


# Asking


class Readers:
    """A browser's cookie for every account, made once by signing in."""

    def __init__(self, app):
        self.app = app
        self.cookies = {None: ""}
        self.known = {}

    def sign_in(self, email):
        browser = self.app.test_client()
        answer = browser.post("/sign-in", data={"email": email, "password": make.PASSWORD})
        assert answer.status_code == 302, f"{email} could not sign in"
        return cookies_of(browser)

    def add(self, *emails):
        for email in emails:
            self.cookies[email] = self.sign_in(email)

    def remember(self):
        """Load every account once, so that most cells need not. What counts at once is proved elsewhere."""
        for email, cookie in self.cookies.items():
            environ = environ_of("/", "GET", cookie)
            with self.app.app_context(), self.app.request_context(environ), in_no_court():
                if current_user.is_authenticated:
                    assert current_user.court.name
                    assert current_user.roles is not None
                db.session.expunge_all()
                self.known[email] = {
                    "_login_user": g._login_user,
                    "signed_in": g.signed_in,
                    "remembered_court": g.signed_in.court_id if g.signed_in else None,
                }


@contextmanager
def walls_taken_down():
    """Readers act in every court, so that what each question asks for itself is all that keeps them out."""
    with pytest.MonkeyPatch.context() as patch:
        for door in (f"{signing_in.__name__}.enter", f"{__name__}.enter"):
            patch.setattr(door, lambda _court: walls._here.set(walls._Reach.EVERYWHERE))
        yield


def go_to_court_of_remembered():
    """Whoever is remembered was not looked for again, which is when a request enters its court."""
    if court_id := g.get("remembered_court"):
        enter(court_id)


def cookies_of(browser):
    return "; ".join(f"{each.key}={each.value}" for each in browser._cookies.values())


def environ_of(path, method, cookie, body=b"", **more):
    path, _mark, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **more,
    }
    if body:
        environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded"
    if cookie:
        environ["HTTP_COOKIE"] = cookie
    return environ


class Asker:
    """Makes the requests of cells and says what each came to."""

    def __init__(self, app, readers):
        self.app, self.readers = app, readers
        before = app.before_request_funcs.setdefault(None, [])
        if go_to_court_of_remembered not in before:
            before.insert(0, go_to_court_of_remembered)
        self.denials = set()

    def ask(self, cell, whole=True):
        """The answer to one cell. What is allowed is undone; what is refused is left to have its effect.

        Whole: the account is loaded afresh and the page made to its end. Otherwise the account is remembered
        and a page that is about one record counts as opened once its reader was let to the record.
        """
        cookie = self.readers.cookies[cell.account]
        undone = undoing() if cell.expected in "yo" else nullcontext()
        with self.app.app_context(), undone:
            if not whole and (cell.expected in "34m" or cell.is_about_one_record):
                g.__dict__.update(self.readers.known[cell.account])
                g.open_at_the_record = cell.is_about_one_record
            environ = environ_of(cell.path, cell.method, cookie)
            try:
                body, status, headers = run_wsgi_app(self.app, environ, buffered=True)
            except Exception as fault:  # no answer at all is never the one expected
                return Answer(f"raised {fault!r}", 500, b"", ())
            content = b"".join(body)
        verdict = verdict_of(cell, int(status[:3]), headers)
        return Answer(verdict, int(status[:3]), content, tuple(sorted(headers)))

    def mismatches(self, cells, stop_at=None, always_whole=False):
        """The cells whose answer is not the table's; each page is asked whole once by each part."""
        wrong, seen = [], set()
        for cell in cells:
            kind = (cell.page, cell.method, cell.part, cell.expected)
            answer = self.ask(cell, whole=always_whole or kind not in seen)
            got = answer.verdict
            seen.add(kind)
            if got == "4" and cell.method != "HEAD":
                self.denials.add((answer.status, answer.body, headers_of(answer)))
            if got != cell.expected:
                wrong.append(f"{cell}: expected {cell.expected}, got {got}")
                if stop_at and len(wrong) >= stop_at:
                    break
        return wrong


def verdict_of(cell, status, headers):
    if cell.expected == "o" and status < 500:
        return "o"
    if status == 302 and "/sign-in" in headers["Location"]:
        return "s"
    if status == 428 or (status == 302 and "/account/confirm" in headers["Location"]):
        return "c"
    letters = {
        403: "3",
        404: "4",
        405: "m",
        200: "y",
        204: "y",
        302: "y",
        303: "y",
        304: "y",
        409: "y",
        422: "y",
    }
    return letters.get(status, str(status))


@contextmanager
def undoing():
    """What a request would keep is undone at its end: access is asked here, not effect."""
    real = db.session.commit
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db.session, "commit", db.session.flush)
        yield
    assert db.session.commit == real


def _load_only(load):
    """access.load() without what the page shows besides, for cells that are not asked whole."""

    def load_only(visible, record_id, *options):
        about_one = g.get("open_at_the_record")
        if about_one is None:
            return load(visible, record_id, *options)
        record = load(visible, record_id, *(() if about_one else options))
        return abort(Response("opened", 409)) if about_one else record  # 409: an answer that keeps nothing

    return load_only


@contextmanager
def without_drawing_pages():
    """Pages answer with the name of their template: who may open a page does not hang on how it looks."""
    with pytest.MonkeyPatch.context() as patch:
        load = access.load
        for name, module in list(sys.modules.items()):
            if name.startswith("youthcourt.views.") and getattr(module, "load", None) is load:
                patch.setattr(module, "load", _load_only(load))
        patch.setattr(flask.templating, "_render", lambda app, template, context: f"page: {template.name}")
        patch.setattr("youthcourt.documents.shelf.printed", lambda *_: b"paper")
        yield


# What an answer leaves behind


def checksum():
    """One number for all that the court keeps: every row of every table, save those that note who asked."""
    said = hashlib.sha256()
    with db.engine.connect() as connection:
        for kept in Base.metadata.sorted_tables:
            if kept.name not in MAY_GROW:
                for row in connection.execute(select(kept).order_by(*kept.primary_key.columns)):
                    said.update(repr(tuple(row)).encode())
    return said.hexdigest()


def plain_body(answer, path):
    """The page as its reader sees it: without the form token, which is another each time, and the address."""
    return without_tokens(answer.body).replace(path.encode(), b"PATH")


def headers_of(answer):
    return tuple(
        (name, value) for name, value in answer.headers if name not in ("Set-Cookie", "Content-Length")
    )
