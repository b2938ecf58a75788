"""Every form of every page, sent with what it does not ask for and with what it cannot mean."""

import re
from contextlib import contextmanager
from html import unescape

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from sqlalchemy import Text, cast, or_

from tests import make
from tests.conftest import app_on
from tests.everywhere import addresses, browsers_of, house
from tests.lot import is_drawn
from tests.nasty import STRINGS
from youthcourt import clock
from youthcourt.extensions import Base, db, writing
from youthcourt.forms.base import TaskForm
from youthcourt.models import Court
from youthcourt.permissions import Permission
from youthcourt.views.access import permitted

SENTINEL = 73917_000  # and the number of the column after it


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with a_house(tmp_path_factory.mktemp("forms")) as world:
        yield world


@pytest.fixture
def untouched(tmp_path):
    with a_house(tmp_path) as world:
        yield world


@contextmanager
def a_house(folder):
    """The house, its readers signed in, and one planted page that believes whatever it is sent."""
    app = app_on(f"sqlite:///{folder}/forms.sqlite")

    @app.post("/planted/settings")
    @permitted(Permission.KEEP_OWN_ACCOUNT)
    def believe():
        from flask import request  # the planted page's own

        court = db.session.query(Court).first()
        for name, value in request.form.items():
            if name in ("place", "panel_size"):
                setattr(court, name, value)
        return "", 302

    with clock.at(make.SATURDAY):
        with app.app_context(), writing():
            Base.metadata.create_all(db.engine)
            known = house()
            db.session.commit()
            people = {name: user.email for name, user in known.people.items()}
        yield World(app, people, known.numbers)
    with app.app_context():
        db.engine.dispose()


class World:
    def __init__(self, app, people, numbers):
        self.app, self.people, self.numbers = app, people, numbers
        self.readers, self.seen = browsers_of(app, people), set()

    def post(self, reader, path, data):
        """Send a form. Some end the sign-in, so that the reader has to come in again."""
        answer = self.readers[reader].post(path, data=data)
        if reader != "nobody" and "/sign-in" in (answer.location or ""):
            self.readers[reader] = browsers_of(self.app, {reader: self.people[reader]})[reader]
            answer = self.readers[reader].post(path, data=data)
        return answer

    def forms(self):
        """Every address that takes a form, with whoever may send it; those that end a sign-in come last."""
        found = list(addresses(self.app, self.numbers, "POST"))
        return sorted(found, key=lambda each: each[0].endpoint == "accounts.sign_out")


def filled(html, path):
    """The fields of the page's form with what a person would leave in them or choose."""
    data = {}
    form = re.search(r'<form(?![^>]*(?:lang|sign-out))[^>]*method="post".*?</form>', html, re.DOTALL)
    html = form[0] if form else ""
    for found in re.finditer(r"<input\b[^>]*>", html):
        kind, name, value = (_value(found[0], each) for each in ("type", "name", "value"))
        if name and kind not in ("submit", "checkbox") and (kind != "radio" or name not in data):
            data[name] = value or ("2026-03-07" if kind == "date" else "Words")
    for name, words in re.findall(r'<textarea\b[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', html, re.DOTALL):
        data[name] = unescape(words).strip() or "Words"
    for name, options in re.findall(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        offered = re.findall(r'value="([^"]+)"', options)
        data[name] = offered[0] if offered else ""
    return data


def _value(tag, name):
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


@contextmanager
def declared():
    """The names of the fields of every form that is made meanwhile."""
    names, made = set(), TaskForm.__init__

    def note(form, *args, **kwargs):
        made(form, *args, **kwargs)
        names.update(field.name for field in form)

    TaskForm.__init__ = note
    try:
        yield names
    finally:
        TaskForm.__init__ = made


EVERY = {column.name for table in Base.metadata.sorted_tables for column in table.columns}
COLUMNS = sorted(EVERY - {"request_id"})  # which says that a form was sent before
OF_SENTINEL = {str(SENTINEL + number): name for number, name in enumerate(COLUMNS)}
SENT = {name: sentinel for sentinel, name in OF_SENTINEL.items()}


# Of each table the rows with any sentinel: the database looks, so that reading them costs little.
WITH_SENTINELS = [
    table.select().where(
        or_(*(cast(column, Text).contains(str(SENTINEL // 1000)) for column in table.columns))
    )
    for table in Base.metadata.sorted_tables
]


def taken(app):
    """The columns whose sentinels stand somewhere in the database."""
    with app.app_context(), db.engine.connect() as connection:
        rows = " ".join(repr(tuple(row)) for each in WITH_SENTINELS for row in connection.execute(each))
    return {OF_SENTINEL[each] for each in set(re.findall(r"\b73917\d{3}\b", rows)) if each in OF_SENTINEL}


def send_everything(world, reader, path):
    """One form with every column there is beside its own fields: which it took without declaring them."""
    browser = world.readers[reader]
    page = browser.get(path)
    data = filled(page.text, path) if page.status_code == 200 else {}
    with declared() as names:
        answer = world.post(reader, path, {**SENT, **data})
    assert answer.status_code < 500, path
    if answer.status_code >= 400:  # nothing of it was kept
        return answer, set()
    found = taken(world.app)
    new, world.seen = found - world.seen, found
    return answer, {name for name in new if name not in names}


def test_no_form_takes_a_column_that_it_does_not_declare(world):
    wrong, done, sent = [], set(), 0
    for rule, path in world.forms():
        if rule.endpoint == "believe" or not is_drawn(rule.endpoint, one_in=2):
            continue
        for reader in world.readers:
            answer, undeclared = send_everything(world, reader, path)
            sent += 1
            if answer.status_code == 302 and "/sign-in" not in answer.location:
                done.add(rule.endpoint)
            wrong += [(rule.endpoint, reader, name) for name in undeclared]

    print(f"count: forms sent with every column there is = {sent}")
    print(f"count: kinds of form that were carried out with them = {len(done)}")
    assert len(COLUMNS) > 100
    assert len(done) >= 15
    assert wrong == []


def test_a_planted_page_that_takes_a_column_is_found(untouched):
    _answer, undeclared = send_everything(untouched, "cora", "/planted/settings")

    assert undeclared == {"place", "panel_size"}


JUNK = st.one_of(
    st.sampled_from(STRINGS),
    st.text(max_size=40),
    st.integers().map(str),
    st.sampled_from(
        ["", "0", "-1", "9" * 30, "9" * 5000, "1e309", "NaN", "on", "null", "[]", "{}", "2026-02-30"]
    ),
    st.sampled_from(
        ["0000-01-01", "9999-12-31", "99999-01-01", "12/31/2026", "25:61", "1:30", "٣", "½", "²"]
    ),
)


def names_of(world):
    """Every field name that some form of ours reads, and some that none does."""
    with declared() as names:
        for _rule, path in addresses(world.app, world.numbers):
            if "/papers/" not in path:
                world.readers["cora"].get(path, buffered=True)
                world.readers["seated"].get(path, buffered=True)
                world.readers["judy"].get(path, buffered=True)
    return sorted(names | {"language", "next", "hearing", "name[]", "name[0]", "", "a.b", "__proto__"})


def test_no_form_sent_twice_over_or_with_nonsense_makes_a_mistake_of_ours(world):
    names, forms, asked = names_of(world), [path for _rule, path in world.forms()], []

    @seed(1)
    @settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(
        st.sampled_from(forms),
        st.sampled_from(sorted(world.people)),
        st.dictionaries(st.sampled_from(names), st.lists(JUNK, min_size=1, max_size=3), max_size=6),
    )
    def send(path, reader, data):
        page = world.readers[reader].get(path)
        own = filled(page.text, path) if page.status_code == 200 else {}
        answer = world.post(reader, path, {**own, **data})
        asked.append(answer.status_code)
        assert answer.status_code < 500, (path, reader, data)

    send()
    print(f"count: forms sent with nonsense = {len(asked)}")
    assert set(asked) & {400, 409, 422}


@pytest.mark.parametrize("reader", ["cora", "judy", "seated", "ada"])
def test_no_question_in_an_address_makes_a_mistake_of_ours(world, reader):
    names = [
        "search",
        "page",
        "stage",
        "part",
        "case",
        "place",
        "show",
        "activity",
        "revision",
        "starts_on",
        "next",
    ]
    junk = ["", "-1", "9" * 30, "\u202e%'", "2026-02-30"]
    browser = world.readers[reader]
    open_to_reader = [
        path
        for _rule, path in addresses(world.app, world.numbers)
        if "/papers/" not in path and browser.get(path, buffered=True).status_code == 200
    ]

    wrong = [
        (path, value)
        for path in open_to_reader
        for value in junk
        if browser.get(path, query_string=[(name, value) for name in names], buffered=True).status_code >= 500
    ]

    print(f"count: strange questions in addresses = {len(open_to_reader) * len(junk)}")
    assert wrong == []
