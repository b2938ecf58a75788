"""Every text field of every form takes every nasty string: kept as typed, or refused beside the field."""

import importlib
import pkgutil
import unicodedata
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, IntegerField, PasswordField, StringField
from wtforms.fields.core import UnboundField
from wtforms.meta import DefaultMeta

from config import settings_from_env
from tests.nasty import STRINGS
from youthcourt import create_app, forms
from youthcourt.forms.amounts import AmountField, lines_form
from youthcourt.forms.decision.deliberation import PlanForm
from youthcourt.forms.decision.order import ChangeForm
from youthcourt.forms.fields import (
    LONGEST_LINE,
    LONGEST_TEXT,
    SHOWN_INSTEAD,
    HoursField,
    Line,
    LinesField,
    clean,
)
from youthcourt.forms.slots import TimesField
from youthcourt.models import Unit

FREE = (Line, LinesField)
# What is typed there becomes a number or a time, is hashed, or is looked up: nobody else is shown it.
READ_BY_MACHINES = (AmountField, HoursField, TimesField, HiddenField, PasswordField, IntegerField)


@pytest.fixture(scope="module", autouse=True)
def asked():
    """A request to stand in: messages come in somebody's language."""
    app = create_app(settings_from_env({"YOUTHCOURT_ENV": "test", "DATABASE_URL": "sqlite://"}))
    with app.test_request_context():
        yield


def kinds_of(form):
    """The forms that are written down below this one."""
    for kind in form.__subclasses__():
        if kind.__module__.startswith("youthcourt.forms"):
            yield kind
        yield from kinds_of(kind)


def every_form():
    for module in pkgutil.iter_modules(forms.__path__):
        importlib.import_module(f"youthcourt.forms.{module.name}")
    activity = SimpleNamespace(id=1, name="Service", unit=Unit.MINUTES)
    grown = [lines_form(base, [activity]) for base in (PlanForm, ChangeForm)]
    return sorted(
        {*kinds_of(Form), *grown}, key=lambda form: (form.__module__, form.__name__, len(dir(form)))
    )


def fields_of(form):
    found = {name: getattr(form, name) for name in dir(form) if not name.startswith("_")}
    return {name: field for name, field in found.items() if isinstance(field, UnboundField)}


def text_fields():
    """Every free text of every form: the form's name, the field's, and the field."""
    for form in every_form():
        for name, field in fields_of(form).items():
            if issubclass(field.field_class, FREE):
                yield f"{form.__module__}.{form.__name__}.{name}", field


def loose_fields(forms):
    """Text that would come in round the rule for text."""
    return [
        f"{form.__name__}.{name}"
        for form in forms
        for name, field in fields_of(form).items()
        if issubclass(field.field_class, StringField)
        and not issubclass(field.field_class, (*FREE, *READ_BY_MACHINES))
    ]


def given(field, typed):
    bound = field.bind(form=None, name="text", _meta=DefaultMeta(), translations=None)
    bound.process(MultiDict({"text": typed}))
    form = SimpleNamespace(meta=DefaultMeta(), _fields={"text": bound})
    return bound, bound.validate(form)


# The rule once more, in other words than the application's


def is_no_text(character, is_line):
    code = ord(character)
    if character in "\n\t":
        return is_line
    no_character = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return no_character or unicodedata.category(character) in ("Cc", "Cs")


def turns(character):
    return unicodedata.bidirectional(character) in (
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "PDF",
        "LRI",
        "RLI",
        "FSI",
        "PDI",
    )


def as_kept(typed, is_line):
    """The text as it should be kept; None when it should be refused."""
    text = typed.replace("\r\n", "\n").replace("\r", "\n")
    if is_line:
        text = "".join(" " if each in "\u2028\u2029" else each for each in text if not turns(each))
    text = unicodedata.normalize("NFC", text).strip()
    if any(is_no_text(each, is_line) for each in text):
        return None
    blank = {"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"}
    return (
        text if any(unicodedata.category(each)[0] not in "ZC" and each not in blank for each in text) else ""
    )


def wrong_outcomes(field, strings):
    is_line, is_list = not getattr(field.field_class, "several_lines", True), field.field_class is LinesField
    for typed in strings:
        bound, _is_valid = given(field, typed)
        wanted = as_kept(typed, is_line)
        if is_list:
            entries = [as_kept(entry, True) for entry in (wanted or "").split("\n")]
            wanted = None if wanted is None or None in entries else [entry for entry in entries if entry]
        if wanted is None and not (bound.errors and SHOWN_INSTEAD in bound._value()):
            yield typed, "is not refused"
        elif wanted is not None and bound.data != wanted:
            yield typed, bound.data


def test_every_text_field_keeps_every_nasty_string_or_refuses_it():
    fields = list(text_fields())

    wrong = [
        (name, ascii(typed), ascii(found))
        for name, field in fields
        for typed, found in wrong_outcomes(field, STRINGS)
    ]

    print(f"count: hostile strings = {len(STRINGS)}")
    print(f"count: text fields that take hostile strings = {len(fields)}")
    print(f"count: hostile strings typed into fields = {len(STRINGS) * len(fields)}")
    assert len(STRINGS) >= 550
    assert wrong == []


def test_a_planted_field_that_takes_everything_is_found():
    field = StringField("Planted")

    wrong = dict(wrong_outcomes(field, STRINGS))

    assert "a\x00b" in wrong


def test_no_form_lets_text_in_round_the_rule():
    assert loose_fields(every_form()) == []


def test_a_planted_form_that_lets_text_in_round_the_rule_is_found():
    class Planted(Form):
        note = StringField("Note")

    assert loose_fields([Planted]) == ["Planted.note"]


class Elements(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.text, self.value = [], "", None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.value = dict(attrs).get("value", self.value)

    def handle_data(self, data):
        self.text += data


def test_what_was_typed_is_shown_back_and_nothing_else_grows_on_the_page():
    wrong = []
    ways = {
        (field.field_class, *field.kwargs.get("render_kw", {})): (name, field)
        for name, field in text_fields()
    }
    for name, field in ways.values():
        for typed in STRINGS:
            bound, _is_valid = given(field, typed)
            page = Elements(str(bound()))
            shown = page.text.removeprefix("\r\n") if page.tags == ["textarea"] else page.value or ""
            if len(page.tags) != 1 or shown != bound._value():
                wrong.append((name, ascii(typed), page.tags, ascii(shown)))

    assert wrong == []


@pytest.mark.parametrize(
    ("typed", "line_kept", "text_kept"),
    [
        ("  Ada\t", "Ada", "Ada"),
        ("Ane\u0301", "An\u00e9", "An\u00e9"),
        ("a\r\nb", "a\ufffdb", "a\nb"),
        ("a\tb", "a\ufffdb", "a\tb"),
        ("x\u202egnp.exe", "xgnp.exe", "x\u202egnp.exe"),
        ("a\u2028b", "a b", "a\u2028b"),
        ("\u200d\u200d", "", ""),
        ("می\u200cخواهم", "می\u200cخواهم", "می\u200cخواهم"),
        ("\ud800", "\ufffd", "\ufffd"),
        ("a\x00b\ufdd0", "a\ufffdb\ufffd", "a\ufffdb\ufffd"),
    ],
)
def test_text_is_kept_as_it_reads(typed, line_kept, text_kept):
    assert (clean(typed), clean(typed, several_lines=True)) == (line_kept, text_kept)


def test_lengths_are_counted_in_characters_as_people_count_them():
    assert (LONGEST_LINE, LONGEST_TEXT) == (200, 20_000)
    for name, field in text_fields():
        if not issubclass(field.field_class, LinesField):
            _bound, is_valid = given(field, "\U0001f600" * 15)
            assert is_valid or "email" in name, name
            bound, _is_valid = given(field, "a" * (LONGEST_TEXT + 1))
            assert bound.errors, name
