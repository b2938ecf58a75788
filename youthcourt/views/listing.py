"""A page of a long list."""

from dataclasses import dataclass
from typing import Any

from flask import request
from sqlalchemy import Select, func, select

from youthcourt.extensions import db


@dataclass(frozen=True)
class Listing:
    """Some rows of a list, which page of it they are, and how many rows there are in all."""

    rows: list[Any]
    page: int
    pages: int
    total: int


def listing(found: Select[Any], per_page: int = 25) -> Listing:
    """The page of this list that the address asks for; the last one when it asks for more."""
    total = db.session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0
    pages = max(1, -(-total // per_page))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    rows = db.session.execute(found.limit(per_page).offset((page - 1) * per_page)).all()
    return Listing(rows=list(rows), page=page, pages=pages, total=total)
