"""Fields of our own: a row of a court's list, a kind by its words, lines, hours, and text that is tidied."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import ListWidget, RadioInput

from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l

LONGEST_LINE = 200
LONGEST_TEXT = 5000
CHOOSE = _l("Choose one")


def tidy(value):
    """What was typed without the spaces around it; nothing typed is empty text."""
    return (value or "").strip()


def line(label, required=None, longest=LONGEST_LINE, **kwargs):
    """One line of text; `required` is the sentence that asks for it when it is missing."""
    return StringField(label, _checks(required, longest), filters=[tidy], **kwargs)


def paragraph(label, required=None, longest=LONGEST_TEXT, **kwargs):
    """Some lines of text; `required` is the sentence that asks for it when it is missing."""
    return TextAreaField(label, _checks(required, longest), filters=[tidy], **kwargs)


def _checks(required, longest):
    length = Length(max=longest, message=_l("Use at most %(max)d characters."))
    return [DataRequired(required), length] if required else [length]


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
        typed = valuelist[0].splitlines() if valuelist else []
        self.data = [entry.strip() for entry in typed if entry.strip()]

    def _value(self):
        return "\n".join(self.data or [])


class HoursField(StringField):
    """Hours as people type them - 2, 1.5, 1,5 or 1:30 - kept as whole minutes."""

    def process_formdata(self, valuelist):
        typed = tidy(valuelist[0]) if valuelist else ""
        self.data = _minutes(typed) if typed else None

    def _value(self):
        if self.raw_data:
            return self.raw_data[0]
        return f"{self.data / 60:.2f}".rstrip("0").rstrip(".") if self.data else ""


def _minutes(typed):
    whole, colon, rest = typed.partition(":")
    try:
        return int(whole) * 60 + int(rest) if colon else round(float(typed.replace(",", ".")) * 60)
    except (ValueError, OverflowError):
        raise ValidationError(_("Write hours as a number, such as 2 or 1.5.")) from None
