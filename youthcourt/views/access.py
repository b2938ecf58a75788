"""Who may open a page, and the record it is about."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import abort
from flask_login import current_user
from sqlalchemy import Select
from sqlalchemy.orm.interfaces import ORMOption

from youthcourt.extensions import db, login_manager
from youthcourt.models import User
from youthcourt.permissions import Permission

R = TypeVar("R")


def permitted(*permissions: Permission) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Open a page to whoever may do one of these things at all; ask everybody else to sign in, or say 403."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return login_manager.unauthorized()
            if not any(current_user.may(permission) for permission in permissions):
                abort(403)
            return view(*args, **kwargs)

        guarded.permissions = permissions  # type: ignore[attr-defined]
        return guarded

    return decorate


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
    return record


def me() -> User:
    """The account of whoever asks, as the record itself and not Flask-Login's stand-in for it."""
    user: User = current_user._get_current_object()
    return user
