"""Open days: whether a juror may come on a day by their own choice, and taking a place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models import CourtSession, Juror, OpenDate, Sitting, User
from youthcourt.procedures.court.hearing_day import book, duty_to_pay

from .availability import LIVE, Says, booked_days, month_is_full, says


def why_not_come(
    juror: Juror,
    court_session: CourtSession,
    instead_of: date | None = None,
    taken: Iterable[date] | None = None,
) -> str | None:
    """Why a juror may not come on this day, in words for them.

    `instead_of` is a day that they give away; `taken` are their days, where these are known.
    """
    day = court_session.held_on
    if court_session.is_closed or day <= court_session.court.today:
        return _("This day is over, or it is today. Call the court office.")
    if juror.left_on:
        return _("You are no longer on the list of jurors. Call the court office.")
    if any(sitting.juror_id == juror.id and sitting.state in LIVE for sitting in court_session.sittings):
        return _("You are booked on this day already.")
    if juror.is_away_on(day):
        return _("You said that you are away on this day.")
    return _why_not_fit(juror, day) or _why_not_more(juror, day, instead_of, taken)


def _why_not_fit(juror: Juror, day: date) -> str | None:
    if not juror.is_trained_on(day):
        return _("Your training is not good on this day. Call the court office.")
    age, court = juror.person.age_on(day), juror.court
    if age is None or not court.juror_youngest_age <= age <= court.juror_oldest_age:
        return _("You are not of the age for jurors on this day.")
    return None


def _why_not_more(
    juror: Juror, day: date, instead_of: date | None, taken: Iterable[date] | None
) -> str | None:
    """Limits: what a month may have, and that who sits for a plan alone sits as often as it asks."""
    is_same_month = instead_of is not None and instead_of.replace(day=1) == day.replace(day=1)
    if not is_same_month and month_is_full(juror, day, taken):
        return _("You have as many days in this month as the court asks of one person.")
    if instead_of is None and not juror.is_volunteer and duty_to_pay(juror) is None:
        return _("You have all your days. Would you like to come more often? Call the court office.")
    return None


MOST = 20


def days_for(juror: Juror, by: User) -> list[tuple[OpenDate, Says]]:
    """The open days with a place left on which this juror may come, and what they said about each."""
    with_day = joinedload(OpenDate.court_session)
    whole = (with_day.selectinload(CourtSession.blocks), with_day.selectinload(CourtSession.sittings))
    offered = juror.session.scalars(OpenDate.open_in(by).options(*whole).limit(MOST)).all()
    if not offered:
        return []
    first, last = offered[0].court_session.held_on, offered[-1].court_session.held_on
    taken = booked_days([juror], first.replace(day=1), last + timedelta(days=31))[juror.id]
    could = [
        each for each in offered if each.left and not why_not_come(juror, each.court_session, taken=taken)
    ]
    return [(each, says(juror, each.court_session.held_on, each.court_session.starts)) for each in could]


def why_not_take(open_date: OpenDate, juror: Juror) -> str | None:
    """Why a juror may not take a place of an open day, in words for them."""
    if not open_date.is_open:
        return _("This day is no longer offered. Thank you all the same!")
    if why_not := why_not_come(juror, open_date.court_session):
        return why_not
    if not open_date.left:
        return _("Somebody else was a moment faster: the last place is taken. Thank you for offering!")
    return None


def take(open_date: OpenDate, juror: Juror, by: User) -> Sitting:
    """A juror takes a place. Whoever takes one at the same moment waits, and then sees what is left."""
    one_after_another = select(OpenDate.id).where(OpenDate.id == open_date.id)
    open_date.session.execute(one_after_another.with_for_update(key_share=True))
    open_date.session.refresh(open_date.court_session, ["sittings"])
    open_date.session.refresh(open_date, ["closed_at"])
    if why_not := why_not_take(open_date, juror):
        raise RuleBroken(why_not)
    sitting = book(juror, open_date.court_session, by=by)
    open_date.note_taken(sitting, by=by)
    return sitting
