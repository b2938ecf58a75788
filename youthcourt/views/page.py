"""Answering with a page."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from youthcourt.forms.base import TaskForm, sent_form
from youthcourt.forms.typed import Typed, typed_words

from . import drafts


def page(template: str, form: FlaskForm | None = None, **context: Any) -> ResponseReturnValue:
    """The page of a task: 422 when what was typed has errors, 409 when a rule says no."""
    status, typed = 200, []
    if form is not None and form.is_submitted():
        status = 409 if getattr(form, "refusal", None) else 422
        typed = typed_words(form)
    if isinstance(form, TaskForm) and form.keeps_drafts and current_user.is_authenticated:
        form.draft_of, form.unsent = request.path, drafts.offered(form)
    return render_template(template, form=form, task=fresh, typed=typed, **context), status


def fresh() -> TaskForm:
    """An unsent form for one button, so that pressing one is never taken for a repeat of another."""
    return TaskForm(formdata=None)


# Parts of the names of fields whose words are never shown again.
SECRET = ("password", "code", "secret", "token")


def handed_back() -> tuple[list[Typed], str | None]:
    """What this request typed, and where to send it again; nothing of it when there is a secret in it."""
    if request.method != "POST":
        return [], None
    typed = typed_words(sent_form()) if sent_form() else _typed_unread()
    return typed, request.full_path.removesuffix("?") if typed else None


def _typed_unread() -> list[Typed]:
    """The words of a form that no view had the time to read, under the names of its fields."""
    sent = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    if any(part in name for name, _value in sent for part in SECRET):
        return []
    return [Typed(name, name.replace("_", " ").capitalize(), value, " " in value) for name, value in sent]
