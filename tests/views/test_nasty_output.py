"""Every text that people write, full of nasty strings, on every page and paper: harmless and unchanged."""

import re
from contextlib import suppress
from html import escape
from html.parser import HTMLParser

import pytest
from sqlalchemy import String

from tests import make
from tests.cast import cast_of
from tests.conftest import app_on
from tests.database import sqlite_database
from tests.everywhere import PAPER_OF, addresses, browsers_of, house
from tests.forms.test_nasty_text import text_fields
from tests.lot import is_drawn
from tests.nasty import STRINGS
from tests.stages import case_at
from youthcourt import clock
from youthcourt.documents.paper import html_of
from youthcourt.errors import RuleBroken
from youthcourt.extensions import Base, db, writing
from youthcourt.forms.fields import LONGEST_LINE, clean
from youthcourt.models import CaseStage, User
from youthcourt.views import papers

# What people write lands in columns of the same name as its field, and in these.
ALSO_WRITTEN = {"to_name", "to_address", "subject", "body", "site", "builds", "reason", "contact", "place"}
# Machines read these: a kind by its words, an address to sign in with.
READ_BY_MACHINES = {"email", "offence_class"}
BEGIN, END = "⟦", "⟧"


def _sound(several_lines, most):
    kept = [clean(each, several_lines) for each in STRINGS]
    return [each for each in dict.fromkeys(kept) if each and "\ufffd" not in each and len(each) <= most]


LINES = _sound(several_lines=False, most=LONGEST_LINE)
TEXTS = _sound(several_lines=True, most=5_000)
IN_A_LINE = " ¦ ".join(LINES)
IN_A_TEXT = "\n".join(TEXTS)


def written_columns():
    """Every column that a free text of a form may land in, with whether it holds several lines."""
    fields = {name.rpartition(".")[2]: field for name, field in text_fields()}
    several = {name: getattr(field.field_class, "several_lines", False) for name, field in fields.items()}
    several = {re.sub(r"_\d+$", "", name): lines for name, lines in several.items()}
    for table in Base.metadata.sorted_tables:
        if table.name == "audit_event":  # is never altered; its particulars are written with the event
            continue
        for column in table.columns:
            is_written = column.name in several or column.name in ALSO_WRITTEN
            if is_written and type(column.type) is String and column.name not in READ_BY_MACHINES:
                yield column, several.get(column.name, column.name in ("body", "to_address", "reason"))


def harmless(text):
    """Text of the same shape: as long, with the same spaces and line ends."""
    return re.sub(r"[^\s⟦⟧]", "h", text)


def fill(as_written):
    """Write into every written column of every row, between two marks that name the column."""
    columns = list(written_columns())
    tables = {column.table for column, _several in columns}
    with db.engine.begin() as connection:
        for table in tables:
            values = {
                column.name: f"{BEGIN}{as_written(IN_A_TEXT if several else IN_A_LINE)}{END}"
                for column, several in columns
                if column.table is table
            }
            connection.execute(table.update().values(values))
    return columns


class Page(HTMLParser):
    """What a page is made of: its elements and attributes by name, its words, the words in its attributes."""

    def __init__(self, html):
        super().__init__()
        self.shape, self.words, self.values = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.shape.append((tag, *[name for name, _value in attrs]))
        # A telephone link leaves out the spaces of its number.
        self.values += [value for name, value in attrs if value and not value.startswith("tel:")]

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        self.shape.append("comment")

    def handle_pi(self, data):
        self.shape.append("instruction")

    def unknown_decl(self, data):
        self.shape.append("declaration")

    @property
    def written(self):
        """Everything that stands between two marks, without its spaces: pages part text into lines."""
        return [
            piece
            for text in ("".join(self.words), *self.values)
            for piece in re.findall(f"{BEGIN}([^{BEGIN}{END}]*){END}", without_spaces(text))
        ]


def without_spaces(text):
    """The text without what a page may add: papers part long words, and an address in one line has commas."""
    return re.sub(r"[\s\u200b,]", "", text)


KEPT = {without_spaces(IN_A_LINE), without_spaces(IN_A_TEXT)}


# The script asks other questions about another offence, told by its words, in the same elements.
# What is no number and no address leaves lines to write an address on.
# How the decision will read is shown with the words that are hard to read: nasty ones are none.
GROWING = {
    ("paper", "hearing_script"),
    ("paper", "question_guide"),
    ("paper", "harmed_notice"),
    ("paper", "harmed_invitation"),
    ("seated", "/deliberations/1/check"),
}


def faults(plain, nasty, where=None):
    """What nasty strings did to a page, held against the same page with harmless ones."""
    one, other = Page(plain), Page(nasty)
    is_same = set(one.shape) >= set(other.shape) if where in GROWING else one.shape == other.shape
    if not is_same:
        return ["the page has other elements"]
    if where not in GROWING and len(one.written) != len(other.written):
        return [f"{len(one.written)} texts became {len(other.written)}"]
    return ["a text was changed" for piece in other.written if piece not in KEPT]


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """Every page and paper twice: with harmless strings, and with nasty ones in the same places."""
    app = app_on(sqlite_database(tmp_path_factory.mktemp("nasty")))
    with clock.at(make.SATURDAY):
        with app.app_context(), writing():
            known = house()
            done = cast_of(make.court(name="A court whose case is completed"))
            case_at(CaseStage.COMPLETED, done.court, done)
            known.printers = {"": known.cast.cora.id, "completion_certificate": done.cora.id}
            for event in ("case.dismissal_asked", "hearing.failed_to_appear", "case.declined"):
                note = f"{BEGIN}{IN_A_TEXT}{END}"
                known.case.record(event, by=known.cast.cora, note=note, reason="other")
            db.session.commit()
            people = {name: user.email for name, user in known.people.items()}
        readers = browsers_of(app, people)
        paths = [
            path for rule, path in addresses(app, known.numbers) if not rule.endpoint.startswith("papers.")
        ]
        asked = [(name, path) for name in readers for path in paths]
        always = ("cora", f"/cases/{known.numbers['case_id']}")  # the trail is read there
        asked = [each for each in asked if each == always or is_drawn(each, one_in=3)]
        before = look(app, readers, asked, known, harmless)  # also since a case tells who has looked at it
        asked = [each for each in asked if each in before]  # what did not open says nothing that was written
        yield look(app, readers, asked, known, harmless), look(app, readers, asked, known, str)
    with app.app_context():
        db.engine.dispose()


def look(app, readers, asked, known, as_written):
    """The pages of everybody and the markup of the papers, by where they were found."""
    with app.app_context(), writing():
        fill(as_written)
    pages = {}
    for name, path in asked:
        answer = readers[name].get(path, buffered=True)
        assert answer.status_code < 500, path
        if answer.status_code == 200 and answer.mimetype == "text/html":
            pages[name, path] = answer.text
    with app.test_request_context():
        for kind in PAPER_OF:
            of, reader = (
                papers.PRINTING[kind],
                db.session.get(User, known.printers.get(kind, known.printers[""])),
            )
            record = db.session.scalars(of.printable(reader)).unique().first()
            if record is None:  # no schedule of jurors is published
                continue
            with suppress(RuleBroken):  # this case has no essay
                pages["paper", kind] = "".join(html_of(of.make(record, reader)))
    return pages


def test_every_page_and_paper_shows_every_nasty_string_as_it_was_written(shown):
    plain, nasty = shown

    wrong = {where: found for where in plain if (found := faults(plain[where], nasty[where], where))}

    texts = sum(len(Page(nasty[where]).written) for where in nasty)
    print(f"count: pages and papers full of hostile strings = {len(nasty)}")
    print(f"count: hostile strings shown = {texts * len(LINES)}")
    assert texts > 300
    assert set(nasty) == set(plain)
    assert wrong == {}


def test_the_audit_trail_shows_every_nasty_string_as_it_was_written(shown):
    _plain, nasty = shown

    case = Page(
        next(
            html
            for (reader, path), html in nasty.items()
            if reader == "cora" and "/cases/" in path and "timeline" in html
        )
    )

    assert case.written.count(without_spaces(IN_A_TEXT)) >= 3


@pytest.mark.parametrize("planted", ["raw", "lost"])
def test_a_planted_page_that_does_not_escape_or_drops_a_word_is_found(planted):
    plain = f"<p>{BEGIN}{escape(harmless(IN_A_TEXT))}{END}</p>"
    nasty = {
        "raw": f"<p>{BEGIN}{IN_A_TEXT}{END}</p>",
        "lost": f"<p>{BEGIN}{escape(IN_A_TEXT[1:])}{END}</p>",
    }

    assert faults(plain, nasty[planted])
    assert not faults(plain, f"<p>{BEGIN}{escape(IN_A_TEXT)}{END}</p>")
