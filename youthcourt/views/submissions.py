"""Sending a form twice counts once: a repeat is led to where the first one went."""

from datetime import timedelta

from flask import Response, request
from flask_login import current_user
from sqlalchemy import delete, select

from youthcourt import clock
from youthcourt.extensions import db
from youthcourt.models import Draft, Submission

from . import drafts

LONGEST_ID = 64


def answered_before() -> str | None:
    """Where the first sending of this form led, if this person has sent it before."""
    if not (number := _request_id()):
        return None
    found = select(Submission.location).where(
        Submission.request_id == number, Submission.user_id == current_user.id
    )
    return db.session.scalar(found)


KEPT = timedelta(hours=48)  # nobody's browser sends a form again after two days


def remember(response: Response) -> None:
    """Keep, in the same transaction, that this form was answered, and forget what is long over."""
    location = response.headers.get("Location")
    if location and (number := _request_id()):
        db.session.add(
            Submission(request_id=number, user_id=current_user.id, location=location, received_at=clock.now())
        )
        db.session.execute(delete(Submission).where(Submission.received_at < clock.now() - KEPT))
        Draft.sweep(db.session())


def _request_id() -> str | None:
    # Words that are kept on the way are sent with the number of the form that is still to come.
    if request.method != "POST" or request.blueprint == drafts.bp.name or not current_user.is_authenticated:
        return None
    number = request.form.get("request_id", "")[:LONGEST_ID]
    return number or None if number.isprintable() else None
