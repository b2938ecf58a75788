"""Fields of our own: a row of a court's list, a kind by its words, lines, hours, and text that is tidied."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from wtforms import EmailField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import HiddenInput, ListWidget, RadioInput

from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l

LONGEST_LINE = 200  # characters as people count them, not bytes
LONGEST_TEXT = 20_000
CHOOSE = _l("Choose one")


# ---- Text, as it is let in -----------------------------------------------------------------------

# PostgreSQL cannot keep the first of these, PDF and XML cannot show the others, and no keyboard has them:
# control characters, halves of characters, and the code points that Unicode keeps for no character.
_NO_TEXT = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef" + "".join(
    rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(17)
)
_FORBIDDEN = re.compile(f"[{_NO_TEXT}]")
_FORBIDDEN_IN_A_LINE = re.compile(rf"[{_NO_TEXT}\t\n]")
# They turn the words after them round: a name must not rewrite the sentence that it stands in.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BREAKING = re.compile("[\u2028\u2029]")
_LOOKS_EMPTY = {"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"}
SHOWN_INSTEAD = "\N{REPLACEMENT CHARACTER}"


def tidy(value):
    """What was typed, composed as everybody composes it and without the spaces around it."""
    return unicodedata.normalize("NFC", value or "").strip()


def clean(typed, several_lines=False):
    """What was typed as it is kept. What cannot be kept is shown as one mark for each character.

    A text in which nothing can be seen is empty: a name of spaces and joiners is no name.
    """
    kept = typed.replace("\r\n", "\n").replace("\r", "\n")
    if not several_lines:
        kept = _TURNING.sub("", _BREAKING.sub(" ", kept))
    kept = (_FORBIDDEN if several_lines else _FORBIDDEN_IN_A_LINE).sub(SHOWN_INSTEAD, tidy(kept))
    return kept if any(_is_seen(each) for each in kept) else ""


def _is_seen(character):
    return unicodedata.category(character)[0] not in "ZC" and character not in _LOOKS_EMPTY


def _refuse_new_marks(typed, kept):
    if kept.count(SHOWN_INSTEAD) > typed.count(SHOWN_INSTEAD):
        raise ValueError(
            _(
                "A character in this text cannot be kept. "
                "It is shown here as \N{REPLACEMENT CHARACTER}: delete it, or write it again."
            )
        )


class Line(StringField):
    """One line of text. Every text that people type freely comes in through this or a kind of it."""

    several_lines = False

    def process_formdata(self, valuelist):
        if valuelist:
            self.data = clean(valuelist[0], self.several_lines)
            _refuse_new_marks(valuelist[0], self.data)


class Paragraph(Line, TextAreaField):
    """Some lines of text."""

    several_lines = True


class Address(Line, EmailField):
    """An e-mail address."""


def line(label, required=None, longest=LONGEST_LINE, **kwargs):
    """One line of text; `required` is the sentence that asks for it when it is missing."""
    return Line(label, _checks(required, longest), filters=[tidy], **kwargs)


def paragraph(label, required=None, longest=LONGEST_TEXT, **kwargs):
    """Some lines of text; `required` is the sentence that asks for it when it is missing."""
    return Paragraph(label, _checks(required, longest), filters=[tidy], **kwargs)


def _checks(required, longest):
    length = Length(max=longest, message=_l("Use at most %(max)d characters."))
    return [DataRequired(required), length] if required else [length]


class SeenField(HiddenField):
    """What the page showed when it was opened. A form that does not say has seen nothing."""

    def process_formdata(self, valuelist):
        self.data = valuelist[0] if valuelist else ""


class SeenRevisionField(IntegerField):
    """The revision that the page showed; none when the form does not say."""

    widget = HiddenInput()

    def process_formdata(self, valuelist):
        self.data = None
        super().process_formdata(valuelist)


class RecordField(SelectField):
    """One record out of those that the form offers: `form.offence.offer(court.offences)`."""

    def __init__(self, label=None, validators=None, blank=CHOOSE, **kwargs):
        super().__init__(label, validators, coerce=_number, choices=[], **kwargs)
        self.blank = blank
        self.records = {}

    def offer(self, records: Iterable[Any], words=str):
        """The records to choose from, with the words for each."""
        self.records = {record.id: record for record in records}
        blank = [SelectChoice("", self.blank)] if self.blank is not None else []
        self.choices = [*blank, *(SelectChoice(str(key), words(each)) for key, each in self.records.items())]

    @property
    def record(self):
        """The record that was chosen; None when none was."""
        return self.records.get(self.data)

    def process_data(self, value):
        super().process_data(getattr(value, "id", value))

    def pre_validate(self, form):
        if self.data is not None:
            super().pre_validate(form)


class RecordRadioField(RecordField):
    """As RecordField, with every choice in sight."""

    widget = ListWidget(prefix_label=False)
    option_widget = RadioInput()

    def __init__(self, label=None, validators=None, **kwargs):
        super().__init__(label, validators, blank=None, **kwargs)


def _number(value):
    return int(value) if value not in ("", None) else None


class KindField(SelectField):
    """One member of a kind, by the words people use for it: `KindField(label, words=DECLINE_WORDS)`."""

    def __init__(
        self,
        label=None,
        validators=None,
        words: Mapping[Any, object] | None = None,
        only: Iterable[StrEnum] | None = None,
        blank=CHOOSE,
        **kwargs,
    ):
        words = words or {}
        kind = type(next(iter(words)))
        chosen = [SelectChoice(each.value, words[each]) for each in (only or words)]
        super().__init__(
            label,
            validators,
            coerce=lambda value: kind(value) if value else None,
            choices=[*([SelectChoice("", blank)] if blank is not None else []), *chosen],
            **kwargs,
        )

    def pre_validate(self, form):
        if self.data is not None:
            super().pre_validate(form)


class KindRadioField(KindField):
    """As KindField, with every choice in sight."""

    widget = ListWidget(prefix_label=False)
    option_widget = RadioInput()

    def __init__(self, label=None, validators=None, **kwargs):
        super().__init__(label, validators, blank=None, **kwargs)


class LinesField(TextAreaField):
    """A list, one entry a line."""

    def process_formdata(self, valuelist):
        typed = clean(valuelist[0], several_lines=True) if valuelist else ""
        self.data = [entry for entry in map(clean, typed.split("\n")) if entry]
        _refuse_new_marks("".join(valuelist[:1]), self._value())

    def pre_validate(self, form):
        if len(self._value()) > LONGEST_TEXT or max(map(len, self.data or [""])) > LONGEST_LINE:
            raise ValidationError(_("Use at most %(max)d characters.", max=LONGEST_LINE))

    def _value(self):
        return "\n".join(self.data or [])


class HoursField(StringField):
    """Hours as people type them - 2, 1.5, 1,5 or 1:30 - kept as whole minutes."""

    def process_formdata(self, valuelist):
        typed = tidy(valuelist[0]) if valuelist else ""
        self.data = _minutes(typed) if typed else None

    def _value(self):
        if self.raw_data:
            return clean(self.raw_data[0])
        return f"{self.data / 60:.2f}".rstrip("0").rstrip(".") if self.data else ""


def _minutes(typed):
    whole, colon, rest = typed.partition(":")
    try:
        return int(whole) * 60 + int(rest) if colon else round(float(typed.replace(",", ".")) * 60)
    except (ValueError, OverflowError):
        raise ValidationError(_("Write hours as a number, such as 2 or 1.5.")) from None
