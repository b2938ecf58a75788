"""Forms that change something kept: what somebody else wrote meanwhile is shown, never written over."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from wtforms import Field, FileField, HiddenField, SelectField, SubmitField

from youthcourt.errors import ChangedMeanwhile
from youthcourt.i18n import _

from .base import TaskForm
from .fields import SeenField


@dataclass(frozen=True)
class Difference:
    """A field that somebody else changed while this person typed."""

    field: Field
    theirs: str
    mine: str
    is_taken: bool  # this person had not touched it, so the form now says what the other wrote


class EditForm(TaskForm):
    """A form that changes something kept. It carries what its reader saw of each field, as short marks.

    When somebody else has changed a field meanwhile, nothing is written: the page shows theirs beside mine.
    A field that only they touched takes what they wrote; whatever I typed stays in the form.
    """

    seen = SeenField()

    differences: tuple[Difference, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_submitted():
            self.seen.data = self._marks_now()

    def check_fresh(self) -> None:
        found = tuple(self._differences()) if self.seen.raw_data else ()
        if not found:
            return
        self.differences = found
        for difference in found:
            if difference.is_taken:
                _say(difference.field, difference.field.object_data)
        self.seen.data = self._marks_now()
        self.seen.raw_data = None
        raise ChangedMeanwhile(
            _("Somebody else changed this while you were typing. Nothing is lost: compare, then save.")
        )

    def _differences(self) -> Iterator[Difference]:
        seen = dict(part.split("=", 1) for part in (self.seen.data or "").split() if "=" in part)
        for field in self._edited():
            before, now, mine = seen.get(field.name), _mark(field.object_data), _mark(field.data)
            if now in (before, mine):
                continue
            said = _said(field, field.object_data), _said(field, field.data)
            yield Difference(field, *said, is_taken=mine == before)

    def _marks_now(self) -> str:
        return " ".join(f"{field.name}={_mark(field.object_data)}" for field in self._edited())

    def _edited(self) -> list[Field]:
        return [field for field in self if not isinstance(field, HiddenField | FileField | SubmitField)]


def _plain(value: Any) -> str:
    """A value as it is compared: nothing and the empty text are one, whatever the line ends."""
    value = getattr(value, "id", value)
    if value is None or value is False:
        return ""
    if isinstance(value, list | tuple | set):
        return "\n".join(_plain(each) for each in value)
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").strip()


def _mark(value: Any) -> str:
    return hashlib.sha256(_plain(value).encode()).hexdigest()[:10]


def _say(field: Field, value: Any) -> None:
    """Let a field say this instead of what was typed."""
    field.process_data(value)
    field.raw_data = None


def _said(field: Field, value: Any) -> str:
    """A value in the words that the page has for it."""
    if isinstance(field, SelectField):
        keys = _plain(value).split("\n")
        return ", ".join(str(choice.label) for choice in field.iter_choices() if str(choice.value) in keys)
    if value is True or value is False:
        return _("Yes") if value else _("No")
    typed, field_data = field.raw_data, field.data
    try:
        field.raw_data, field.data = None, value
        words = str(field._value()) if hasattr(field, "_value") else _plain(value)
    finally:
        field.raw_data, field.data = typed, field_data
    return words
