"""Answering with a page."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from youthcourt.forms.base import TaskForm


def page(template: str, form: FlaskForm | None = None, **context: Any) -> ResponseReturnValue:
    """The page of a task: 422 when what was typed has errors, 409 when a rule says no."""
    status = 200
    if form is not None and form.is_submitted():
        status = 409 if getattr(form, "refusal", None) else 422
    return render_template(template, form=form, task=fresh, **context), status


def fresh() -> TaskForm:
    """An unsent form for one button, so that pressing one is never taken for a repeat of another."""
    return TaskForm(formdata=None)
