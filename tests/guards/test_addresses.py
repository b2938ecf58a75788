"""What somebody types never comes into an address: addresses stand in histories, logs and proxies."""

import re

import pytest
from wtforms import DateField

from youthcourt.forms.completion.report import DaysForm

from .source import PACKAGE
from .test_templates import SOURCES

FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S)
INPUT = re.compile(r"<(input|textarea)\b([^>]*)>", re.S)
# What may go with an address: a choice, a day, a number; never a text of one's own.
CHOSEN = {"hidden", "date", "number", "checkbox", "radio", "submit"}
# Fields that are drawn by a macro, in forms that are sent with the address: days alone, see below.
DRAWN = re.compile(r"\bfield\(")
DAYS = "reports/index.html"

SCRIPTS = [path for path in (PACKAGE / "static").glob("*.js")]
IN_SCRIPT = re.compile(r"searchParams|new FormData\([^)]*\)[^;]*\bURL\(|[?&]\w+=\$\{|location\.search\s*=")

# Everything that a page reads out of its address, and what it is.
ASKED = {
    "activity": "a number",
    "case": "a number",
    "check": "there or not",
    "language": "one of our words",
    "next": "a page of ours",
    "page": "a number",
    "place": "a time and a room, by their numbers",
    "put_back": "there or not",
    "reader": "a number",
    "search": "words that only this sign-in can read",
    "show": "one of our words",
    "state": "one of our words and a number",
}
READ = re.compile(r'request\.args(?:\.get\(\s*|\[)"(\w+)"|"(\w+)" in request\.args')


def sent_with_the_address(name, text):
    """The free texts of a template's forms that would stand in an address."""
    for head, body in FORM.findall(text):
        if re.search(r'method="post"', head, re.I):
            continue
        for tag, rest in INPUT.findall(body):
            kind = re.search(r'\btype="([^"]*)"', rest)
            if tag == "textarea" or not kind or kind[1] not in CHOSEN:
                yield f"{name}: <{tag}{rest}>"
        if DRAWN.search(body) and name != DAYS:
            yield f"{name}: a drawn field"
    if re.search(r'formmethod="get"', text, re.I):
        yield f"{name}: a button that sends with the address"


@pytest.mark.parametrize(
    "planted",
    [
        '<form method="get"><input type="search" name="q"></form>',
        '<form><input name="q"></form>',
        '<form class="find" method="GET" action="/cases/"><input type="text" name="q"></form>',
        '<form method="get"><textarea name="q"></textarea></form>',
        '<form method="get">{{ field(form.name) }}</form>',
        '<form method="post"><button formmethod="get"></button></form>',
    ],
)
def test_a_planted_form_that_puts_a_typed_word_into_an_address_is_found(planted):
    assert list(sent_with_the_address("a.html", planted))


def test_no_form_puts_a_typed_word_into_an_address():
    forms = sum(len(FORM.findall(text)) for text in SOURCES.values())

    print(f"count: forms whose words stay out of addresses = {forms}")
    assert [each for name, text in SOURCES.items() for each in sent_with_the_address(name, text)] == []


def test_the_report_is_asked_for_by_days_alone(app):
    with app.test_request_context():
        assert {type(field) for field in DaysForm()} == {DateField}


def test_no_script_puts_a_typed_word_into_an_address():
    planted = "for (const [name, value] of new FormData(form)) url.searchParams.set(name, value);"

    assert IN_SCRIPT.search(planted)
    assert [path.name for path in SCRIPTS if IN_SCRIPT.search(path.read_text())] == []


def test_no_page_reads_a_typed_word_out_of_its_address():
    sources = [path.read_text() for path in (PACKAGE / "views").rglob("*.py")]
    read = {one or other for text in sources for one, other in READ.findall(text)}

    assert READ.findall('tidy(request.args.get("q"))') == [("q", "")]
    assert read == set(ASKED)
