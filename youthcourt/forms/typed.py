"""The words that a form sent, to hand back where the form itself cannot be shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wtforms import Field, FileField, PasswordField, StringField, SubmitField
from wtforms.csrf.core import CSRFTokenField

from .base import TaskForm


@dataclass(frozen=True)
class Typed:
    """One thing that somebody typed: the field's name and label, and what it says. Words are for showing."""

    name: str
    label: str
    value: str
    is_words: bool


def typed_words(form: TaskForm | None) -> list[Typed]:
    """All that a form sent, for sending it again; nothing when it holds a secret."""
    leaves = list(_leaves(form or ()))
    if any(isinstance(field, PasswordField) for field in leaves):
        return []
    return [
        Typed(field.name, str(field.label.text), str(value), _is_words(field) and bool(str(value).strip()))
        for field in leaves
        if not isinstance(field, CSRFTokenField | FileField | SubmitField)
        for value in field.raw_data or []
    ]


def _is_words(field: Field) -> bool:
    hidden = getattr(field.widget, "input_type", "") == "hidden"
    return isinstance(field, StringField) and not hidden


def _leaves(fields: Any) -> Iterator[Field]:
    for field in fields:
        if field.type in ("FormField", "FieldList"):
            yield from _leaves(field)
        else:
            yield field
