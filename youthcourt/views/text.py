"""How dates, amounts and kinds read on a page. Filters for templates; papers and letters use them too."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import get_day_names as day_names
from flask import Flask
from flask_babel import format_date, format_time
from flask_login import current_user

from youthcourt import models
from youthcourt.forms.amounts import figure
from youthcourt.i18n import _, language_name, ngettext, reader_locale
from youthcourt.i18n import lazy as _l
from youthcourt.models import Unit
from youthcourt.procedures.jury.forecasting import OUTLOOK_WORDS, Outlook
from youthcourt.procedures.jury.seating import OBSTACLE_WORDS, Obstacle

_WORDS: dict[type[StrEnum], Any] = {
    models.CaseStage: models.STAGE_WORDS,
    models.DeclineReason: models.DECLINE_WORDS,
    models.ClosureReason: models.CLOSURE_WORDS,
    models.AdjournmentReason: models.ADJOURNMENT_WORDS,
    models.HowSigned: models.HOW_SIGNED_WORDS,
    models.SittingState: models.SITTING_WORDS,
    models.TieKind: models.TIE_WORDS,
    models.ObligationState: models.OBLIGATION_WORDS,
    models.Question: models.QUESTION_WORDS,
    models.Answer: models.ANSWER_WORDS,
    models.Purpose: models.PURPOSE_WORDS,
    models.TableStep: models.TABLE_STEP_WORDS,
    models.ActivityKind: models.ACTIVITY_WORDS,
    models.RecordKind: models.RECORD_WORDS,
    models.Trigger: models.TRIGGER_WORDS,
    models.Blocked: models.BLOCKED_WORDS,
    models.HoldReason: models.HOLD_WORDS,
    models.Week: models.WEEK_WORDS,
    models.SwapState: models.SWAP_WORDS,
    models.AppealAnswer: models.APPEAL_WORDS,
    models.HowAnswered: models.HOW_ANSWERED_WORDS,
    models.Step: models.STEP_WORDS,
    models.Progress: models.PROGRESS_WORDS,
    models.HowServed: models.HOW_SERVED_WORDS,
    models.Speaker: models.SPEAKER_WORDS,
    Outlook: OUTLOOK_WORDS,
    Obstacle: OBSTACLE_WORDS,
    models.SeatRole: models.ROLE_WORDS,
    models.Aim: models.AIM_WORDS,
    models.DrawState: models.STATE_WORDS,
    models.PacketKind: models.PACKET_WORDS,
    models.PacketState: models.PACKET_STATE_WORDS,
    models.Experience: models.EXPERIENCE_WORDS,
}


def words(kind: StrEnum) -> str:
    """A kind as people say it."""
    return str(_WORDS[type(kind)][kind])


def role_word(role: str) -> str:
    """A role as a draw keeps it, in words."""
    return words(models.SeatRole(role))


def choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """A kind's members with their words, for a choice on a form."""
    return [(member.value, words(member)) for member in kind]


_USUAL = {
    models.Week.EVERY: _l("Every %(weekday)s"),
    models.Week.FIRST: _l("The first %(weekday)s of the month"),
    models.Week.SECOND: _l("The second %(weekday)s of the month"),
    models.Week.THIRD: _l("The third %(weekday)s of the month"),
    models.Week.FOURTH: _l("The fourth %(weekday)s of the month"),
    models.Week.LAST: _l("The last %(weekday)s of the month"),
}


def said(stated: models.Availability) -> str:
    """Every Saturday; The second Monday of the month; Jul 3, 2026 to Jul 9, 2026."""
    if stated.weekday is not None:
        return str(_USUAL[stated.week]) % {
            "weekday": day_names("wide", locale=reader_locale())[stated.weekday]
        }
    first, last = short_day(stated.starts_on), short_day(stated.ends_on)
    return first if first == last else _("%(first)s to %(last)s", first=first, last=last)


def said_times(stated: models.Availability) -> str:
    """6:00 PM until 8:00 PM; from 6:00 PM; until 8:00 PM; at any time."""
    first, last = (
        format_time(each, "short", rebase=False).replace("\u202f", " ") if each else ""
        for each in (stated.from_time, stated.until_time)
    )
    if first and last:
        return _("%(first)s until %(last)s", first=first, last=last)
    if first or last:
        return _("from %(time)s", time=first) if first else _("until %(time)s", time=last)
    return _("at any time")


def court_zone() -> ZoneInfo:
    court = getattr(current_user, "court", None)
    return ZoneInfo(court.time_zone if court else "UTC")


def day(value: date | None) -> str:
    """Saturday, December 5, 2026."""
    return format_date(value, "full", rebase=False) if value else ""


def short_day(value: date | None) -> str:
    """Dec 5, 2026."""
    return format_date(value, "medium", rebase=False) if value else ""


def month(value: date) -> str:
    """March 2026."""
    return str(format_date(value, "LLLL y", rebase=False))


def weekday(value: date) -> str:
    """Sat."""
    return str(format_date(value, "EEE", rebase=False))


def clock_time(value: datetime | None, court: models.Court | None = None) -> str:
    """9:30 AM, where the court is: the reader's, or one that is named where nobody is signed in."""
    zone = ZoneInfo(court.time_zone) if court else court_zone()
    return format_time(value.astimezone(zone), "short", rebase=False) if value else ""


def moment(value: datetime | None) -> str:
    """Dec 5, 2026, 9:30 AM, where the court is."""
    if value is None:
        return ""
    there = value.astimezone(court_zone())
    return f"{short_day(there.date())}, {format_time(there, 'short', rebase=False)}"


def amount(value: int, unit: Unit | str) -> str:
    """12 hours, 3 sittings, $40.00: an amount in its unit."""
    if unit == Unit.MINUTES:
        return hours(value)
    if unit == Unit.SITTINGS:
        return str(ngettext("%(num)s sitting", "%(num)s sittings", value))
    if unit == Unit.CENTS:
        return f"${value / 100:,.2f}"
    return str(ngettext("%(num)s time", "%(num)s times", value))


def hours(minutes: int) -> str:
    """1 hour, 12 hours, 1.5 hours."""
    figure = f"{minutes / 60:.2f}".rstrip("0").rstrip(".")
    return _("1 hour") if minutes == 60 else _("%(figure)s hours", figure=figure)


def register(app: Flask) -> None:
    days = (day, short_day, month, weekday, clock_time, moment)
    for filter_ in (words, role_word, *days, hours, figure, said, said_times):
        app.add_template_filter(filter_)
    app.add_template_filter(models.filled, "filled")
    app.add_template_filter(amount, "amount")
    app.add_template_filter(language_name, "language")
