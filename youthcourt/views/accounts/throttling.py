"""Tries at a door, counted although the answer is a refusal."""

from collections.abc import Iterable
from datetime import timedelta
from math import ceil
from typing import Any

from flask import Response, current_app, make_response, request

from youthcourt.extensions import db
from youthcourt.i18n import ngettext
from youthcourt.models.accounts import throttle
from youthcourt.models.accounts.throttle import Door, Trial


def trial(door: Door, account: str) -> Trial:
    """This request's try at a door; `account` is whatever names it there, known or not."""
    return Trial.of(door, account, request.remote_addr or "", current_app.config["SECRET_KEY"])


def wait_for(tried: Trial) -> timedelta:
    """How long this has to wait first; nothing for nearly everybody."""
    return throttle.wait_for(db.session(), tried)


def note_failure(tried: Trial) -> None:
    """Keep that it was tried in vain. Nothing else of this request is kept: what it did so far is undone."""
    db.session.rollback()
    throttle.note_failure(db.session(), tried)
    db.session.commit()


def wait_words(wait: timedelta) -> str:
    """Please wait 4 minutes."""
    minutes = max(1, ceil(wait / timedelta(minutes=1)))
    words: str = ngettext(
        "That was tried too often. Please wait %(num)s minute and try again.",
        "That was tried too often. Please wait %(num)s minutes and try again.",
        minutes,
    )
    return words


def refusal(answer: object, wait: timedelta) -> Response:
    """The page of a task that has to wait: 429, and when to come back, for programs."""
    response = make_response(answer)
    response.status_code = 429
    response.headers["Retry-After"] = str(ceil(wait.total_seconds()))
    return response


def asked_for_password(accounts: Iterable[Any]) -> list[Any]:
    """Of these accounts, those for which somebody lately asked for a new password: row and moment.

    Who asked is not kept, only a keyed hash of the address that was typed, known or not.
    """
    secret = current_app.config["SECRET_KEY"]
    by_key = {throttle.account_key(each.email, secret): each for each in accounts}
    asked = throttle.asked(db.session(), Door.FORGOTTEN, by_key)
    return sorted(((by_key[key], at) for key, at in asked.items()), key=lambda pair: pair[1])


def forget_asking(email: str) -> None:
    """They were answered."""
    throttle.forgive(db.session(), trial(Door.FORGOTTEN, email))
