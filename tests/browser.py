"""A test client that looks at every page it gets, as a strict reader would."""

import re
from contextlib import contextmanager
from contextvars import ContextVar

import tinyhtml5
from flask import before_render_template, g, has_app_context, template_rendered
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from youthcourt.extensions import db

_TOKENS = re.compile(rb'(name="(?:csrf_token|request_id)"[^>]* value=")[^"]*')
_rendering: ContextVar[bool] = ContextVar("rendering", default=False)
lazy_loads: list[str] = []

HTML = "{http://www.w3.org/1999/xhtml}"
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}


def watch_lazy_loads(app):
    """Write down every relationship that a template loads behind the view's back."""
    before_render_template.connect(lambda *_args, **_kwargs: _rendering.set(True), app, weak=False)
    template_rendered.connect(lambda *_args, **_kwargs: _rendering.set(False), app, weak=False)


@event.listens_for(Session, "do_orm_execute")
def _notice(state):
    if _rendering.get() and (state.lazy_loaded_from is not None or state.is_column_load):
        lazy_loads.append(str(state.statement).replace("\n", " ")[:300])


def without_tokens(body):
    """The bytes of a page without the tokens of its forms, which are others with each second."""
    return _TOKENS.sub(rb"\1", body)


@contextmanager
def counting_statements(engine):
    """How many SQL statements run inside: `with counting_statements(db.engine) as statements: ...`."""
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


# What every page asks besides: who is this, what have they typed, who has looked.
_BESIDE = ("signed_in", "role_grant", "draft", "audit_event", "audit_head")


def asked_by_the_page(statements):
    """The questions of a page itself, without those that every page asks."""
    return [each for each in statements if each.startswith("SELECT") and not _is_beside(each)]


def _is_beside(statement):
    return statement.partition("FROM ")[2].split()[0].strip('"') in _BESIDE


class PlainClient(FlaskClient):
    """Opens pages as they are. Where a test stands in an application of its own, each request shares it."""

    def search(self, path, words, **filters):
        """What a list says to somebody who types these words into its search and sends them."""
        return self.post(path, data={"words": words, **filters}, follow_redirects=True)

    def open(self, *args, **kwargs):
        if has_app_context():
            g.__dict__.clear()  # the last reader must not linger
            db.session.commit()  # the stage is set in every court, the request acts in one
        return super().open(*args, **kwargs)


class CheckedClient(PlainClient):
    """Each page it opens must be sound HTML with one heading, a title and a label for every field."""

    def open(self, *args, **kwargs):
        lazy_loads.clear()
        _rendering.set(False)
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            faults = faults_of(response.get_data(as_text=True))
            assert not faults, f"{response.request.path}: {faults}"
        if response.status_code < 400:
            assert not lazy_loads, f"{response.request.path} loads behind the view's back: {lazy_loads}"
        return response


def faults_of(html):
    """What is wrong with a page; a fragment is only checked for ids and labels."""
    parser = tinyhtml5.parser.HTMLParser(namespace_html_elements=True)
    root = parser.parse(html)
    is_page = "<html" in html[:600].lower()
    faults = [f"html: {error}" for error in parser.errors] if is_page else []
    if is_page:
        faults += _page_faults(root)
    return faults + _id_faults(root) + _label_faults(root) + _markup_faults(root)


def _page_faults(root):
    headings = len(list(root.iter(HTML + "h1")))
    title = root.find(f"{HTML}head/{HTML}title")
    faults = [] if headings == 1 else [f"{headings} h1"]
    if title is None or not (title.text or "").strip():
        faults.append("no title")
    return faults if root.get("lang") else [*faults, "no lang"]


def _id_faults(root):
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    return [f"id twice: {each}" for each in sorted({each for each in ids if ids.count(each) > 1})]


def _label_faults(root):
    labelled = {label.get("for") for label in root.iter(HTML + "label")}
    inside = {field for label in root.iter(HTML + "label") for field in label.iter()}
    faults = []
    for tag in ("input", "select", "textarea"):
        for field in root.iter(HTML + tag):
            if field.get("type") in UNLABELLED or field in inside or field.get("id") in labelled:
                continue
            if not (field.get("aria-label") or field.get("aria-labelledby")):
                faults.append(f"no label: {field.get('name')}")
    return faults


def _markup_faults(root):
    faults = []
    for element in root.iter():
        if element.get("style") or any(name.startswith("on") for name in element.keys()):  # noqa: SIM118
            faults.append(f"inline style or script on {element.tag.removeprefix(HTML)}")
        if element.tag == HTML + "form" and (element.get("method") or "get").lower() == "post":
            names = {field.get("name") for field in element.iter(HTML + "input")}
            if "csrf_token" not in names:
                faults.append(f"a form without its token: {element.get('action')}")
    return faults
