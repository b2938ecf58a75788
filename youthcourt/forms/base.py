"""What every form here can do."""

import uuid
from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField

from youthcourt.errors import RuleBroken
from youthcourt.extensions import db


def _new_id() -> str:
    return uuid.uuid4().hex


class TaskForm(FlaskForm):
    """A form for one task. Whatever stands in the way is said beside the field that caused it."""

    # Made by us, sent back with the form: the same number twice is one task.
    request_id = HiddenField(default=_new_id)

    refusal: str | None = None

    def carry_out(self, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Do what was asked; when a rule says no, undo it whole, keep what was typed and say why beside it.

        Returns what the verb returns (True for nothing), or None when it was refused.
        """
        self.refusal = None
        kept = db.session.begin_nested()
        try:
            done = verb(*args, **kwargs)
            kept.commit()
        except RuleBroken as no:
            kept.rollback()
            self._refuse(no)
            return None
        return True if done is None else done

    def _refuse(self, no: RuleBroken) -> None:
        self.refusal = no.message
        field = self._fields.get(no.field or "")
        if isinstance(field, Field):
            field.errors = [*field.errors, no.message]
        else:
            self.form_errors.append(no.message)
