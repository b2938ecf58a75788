"""What every form here can do."""

import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, PasswordField, TextAreaField

from youthcourt.errors import RuleBroken
from youthcourt.extensions import db

# The form that came with the request, so that an error page can hand its words back.
_sent: ContextVar["TaskForm | None"] = ContextVar("sent", default=None)


def forget_sent() -> None:
    """A new request begins: no form was read yet."""
    _sent.set(None)


def sent_form() -> "TaskForm | None":
    """The form that this request sent, once a view has read it."""
    return _sent.get()


def _new_id() -> str:
    return uuid.uuid4().hex


class TaskForm(FlaskForm):
    """A form for one task. Whatever stands in the way is said beside the field that caused it."""

    # Made by us, sent back with the form: the same number twice is one task.
    request_id = HiddenField(default=_new_id)

    refusal: str | None = None
    is_shown = False
    # Where it stands, and what its reader typed there before without sending it; set by the page.
    draft_of: str | None = None
    unsent: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_submitted() and kwargs.get("formdata", True) is not None:
            _sent.set(self)

    @property
    def keeps_drafts(self) -> bool:
        """Whether what is typed here is long enough to be kept before it is sent, and no secret."""
        kinds = [type(field) for field in self]
        is_secret = any(issubclass(kind, PasswordField) for kind in kinds)
        return not is_secret and any(issubclass(kind, TextAreaField) for kind in kinds)

    def put_back(self, typed: Any) -> None:
        """Say what was typed before, with all it had seen then, as a new sending."""
        self.process(formdata=typed)
        self.request_id.data = _new_id()

    def shown(self) -> str:
        """Said by the template that draws the form; a page that cannot draw it hands the words back."""
        self.is_shown = True
        return ""

    def carry_out(self, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Do what was asked; when a rule says no, undo it whole, keep what was typed and say why beside it.

        Returns what the verb returns (True for nothing), or None when it was refused.
        """
        self.refusal = None
        kept = db.session.begin_nested()
        try:
            self.check_fresh()
            done = verb(*args, **kwargs)
            kept.commit()
        except RuleBroken as no:
            kept.rollback()
            self._refuse(no)
            return None
        return True if done is None else done

    def check_fresh(self) -> None:
        """Whether what the form was filled from is still so; a form that changes nothing kept has no such."""

    def _refuse(self, no: RuleBroken) -> None:
        self.refusal = no.message
        field = self._fields.get(no.field or "")
        if isinstance(field, Field):
            field.errors = [*field.errors, no.message]
        else:
            self.form_errors.append(no.message)
