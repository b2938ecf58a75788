"""Sending a form twice counts once: a repeat is led to where the first one went."""

from flask import Response, request
from flask_login import current_user
from sqlalchemy import select

from youthcourt import clock
from youthcourt.extensions import db
from youthcourt.models import Submission

LONGEST_ID = 64


def answered_before() -> str | None:
    """Where the first sending of this form led, if this person has sent it before."""
    if not (number := _request_id()):
        return None
    found = select(Submission.location).where(
        Submission.request_id == number, Submission.user_id == current_user.id
    )
    return db.session.scalar(found)


def remember(response: Response) -> None:
    """Keep, in the same transaction, that this form was answered."""
    location = response.headers.get("Location")
    if location and (number := _request_id()):
        db.session.add(
            Submission(request_id=number, user_id=current_user.id, location=location, received_at=clock.now())
        )


def _request_id() -> str | None:
    if request.method != "POST" or not current_user.is_authenticated:
        return None
    number = request.form.get("request_id", "")[:LONGEST_ID]
    return number or None if number.isprintable() else None
