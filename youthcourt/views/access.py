"""Who may open a page, and the record it is about."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import abort
from flask_login import current_user
from sqlalchemy import Select
from sqlalchemy.orm.interfaces import ORMOption

from youthcourt.extensions import db
from youthcourt.models import User
from youthcourt.permissions import Permission
from youthcourt.views.accounts.signing_in import ask_to_sign_in, signed_in

from . import readings
from .accounts import confirming

R = TypeVar("R")


def permitted(
    *permissions: Permission, fresh: bool = False, factor: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Open a page to whoever may do one of these things at all; ask everybody else to sign in, or say 403.

    `fresh`: what weighs most also asks for the password, or a factor, unless it was shown a moment ago.
    `factor`: what binds others asks for a second step with the very form that does it.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return ask_to_sign_in()
            if not any(current_user.may(permission) for permission in permissions):
                abort(403)
            if fresh and (question := confirming.ask()):
                return question
            if factor and (question := confirming.ask_factor()):
                return question
            return view(*args, **kwargs)

        guarded.permissions = permissions  # type: ignore[attr-defined]
        guarded.is_fresh = fresh  # type: ignore[attr-defined]
        guarded.asks_factor = factor  # type: ignore[attr-defined]
        return guarded

    return decorate


def while_owing_factor(view: Callable[..., Any]) -> Callable[..., Any]:
    """Open a page to whoever has shown a password and owes a second factor, and to nobody else."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        here = signed_in()
        if here is None or not here.awaiting_factor:
            return ask_to_sign_in()
        return view(*args, **kwargs)

    guarded.permissions = ()  # type: ignore[attr-defined]
    return guarded


def open_to_everyone(view: Callable[..., Any]) -> Callable[..., Any]:
    """Say of a page that it needs no sign-in. A guard lists the pages that say neither."""
    view.permissions = ()  # type: ignore[attr-defined]
    return view


def load(visible: Select[R], record_id: int, *options: ORMOption) -> R:
    """The record with this number among those that are this reader's business; 404 otherwise."""
    model = visible.column_descriptions[0]["entity"]
    record = db.session.scalars(visible.where(model.id == record_id).options(*options)).unique().first()
    if record is None:
        abort(404)
    readings.sees(record)
    return record


def me() -> User:
    """The account of whoever asks, as the record itself and not Flask-Login's stand-in for it."""
    user: User = current_user._get_current_object()
    return user
