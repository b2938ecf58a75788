"""Accounts as whoever keeps them sees them: who may do what here, and when they last came in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy import case as when
from sqlalchemy.orm import Session

from youthcourt.models import Authenticator, Passkey, RoleGrant, SafeContact, SignedIn, User
from youthcourt.permissions import STAFF, Role

PER_PAGE = 50
MOST = 2_000

# Families are no part of any list: that somebody has a case is told by the page of the case alone.
LISTED = (*STAFF, Role.JUROR)

_last_seen = (
    select(func.max(SignedIn.began_at)).where(SignedIn.user_id == User.id).correlate(User).scalar_subquery()
)


_apart = exists().where(SafeContact.person_id == User.person_id, SafeContact.lifted_at.is_(None))
_shown_email = when((_apart, ""), else_=User.email).label("shown_email")


def shown_email(user: User | None) -> str:
    """The address that somebody signs in with; nothing for whom may only be reached safely, or for nobody."""
    found = select(_shown_email).where(User.id == user.id) if user else None
    return "" if user is None or found is None else user.session.scalar(found) or ""


def _has_factor() -> ColumnElement[bool]:
    app = exists().where(Authenticator.user_id == User.id)
    passkey = exists().where(Passkey.user_id == User.id)
    return or_(app, passkey).label("has_factor")


def listed(by: User) -> Select[*tuple[Any, ...]]:
    """Everybody who works or sits here, or did; those who may still come in first."""
    columns = (User.id, User.name, _shown_email, User.ended_at, User.password_set_at)
    rows = select(
        *columns,
        User.password_hash.is_not(None).label("has_password"),
        _last_seen.label("last_seen"),
        _has_factor(),
    )
    works = exists().where(RoleGrant.user_id == User.id, RoleGrant.role.in_(LISTED))
    mine = rows.where(User.court_id == by.court_id, works)
    return mine.order_by(User.ended_at.is_not(None), User.name, User.id)


def roles_of(session: Session, court_id: int, users: list[int]) -> dict[int, list[Role]]:
    """What each of these accounts does here now, families left out."""
    held = select(RoleGrant.user_id, RoleGrant.role).where(
        RoleGrant.court_id == court_id,
        RoleGrant.user_id.in_(users),
        RoleGrant.ended_at.is_(None),
        RoleGrant.role.in_(LISTED),
    )
    found: dict[int, list[Role]] = {}
    for user_id, role in session.execute(held.order_by(RoleGrant.id)):
        found.setdefault(user_id, []).append(role)
    return found


def has_factor(user: User) -> bool:
    return bool(user.session.scalar(select(_has_factor()).where(User.id == user.id)))


def last_seen(user: User) -> Any:
    return user.session.scalar(select(func.max(SignedIn.began_at)).where(SignedIn.user_id == user.id))


def kept_by(by: User) -> Select[Any]:
    """The accounts whose pages this user may open: coordinators also keep those of families."""
    whose = (*LISTED, Role.FAMILY) if Role.COORDINATOR in by.roles else LISTED
    held = exists().where(RoleGrant.user_id == User.id, RoleGrant.role.in_(whose))
    return select(User).where(User.court_id == by.court_id, held)


def alive(by: User) -> Select[*tuple[Any, ...]]:
    """Number, name and address of every account that this user keeps and that is open."""
    return (
        select(User.id, User.name, User.email)
        .where(User.id.in_(kept_by(by).with_only_columns(User.id)), User.ended_at.is_(None))
        .limit(MOST)
    )
