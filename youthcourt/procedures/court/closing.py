"""The end of an evening: what is not written down yet, credits for those who served, and opening it again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models import CourtSession, Hearing, Person, Reopening, Seat, Sitting, SittingState, User
from youthcourt.procedures.jury import seating


class Open(StrEnum):
    """What is not written down yet; it says by what it is mended."""

    HEARING = "hearing"
    DECISION = "decision"
    JUROR = "juror"
    OATH = "oath"
    SEAT = "seat"
    FAMILY = "family"


@dataclass(frozen=True)
class OpenPoint:
    """One thing that has to be written down before the day is closed, and whom it is about."""

    what: Open
    sentence: str
    hearing: Hearing | None = None
    sitting: Sitting | None = None
    seat: Seat | None = None
    person: Person | None = None


def open_points(day: CourtSession) -> list[OpenPoint]:
    """All that is missing, in the order in which an evening goes: people first, then what came of it."""
    return [*_jurors(day), *(each for hearing in day.hearings for each in _of_hearing(hearing))]


def _jurors(day: CourtSession) -> Iterator[OpenPoint]:
    for sitting in day.sittings:
        if sitting.state is SittingState.BOOKED:
            words = _("%(name)s: did they come?", name=sitting.juror)
            yield OpenPoint(Open.JUROR, words, sitting=sitting)


def _of_hearing(hearing: Hearing) -> Iterator[OpenPoint]:
    number = hearing.case.number
    if hearing.is_ahead:
        yield OpenPoint(Open.HEARING, _("%(case)s: was it held?", case=number), hearing)
    if not hearing.is_held or hearing.case.is_closed:
        return
    yield from _seats(hearing)
    for guardian in hearing.case.respondent.guardians:
        if not hearing.has_come(guardian) and not hearing.is_absent(guardian):
            words = _("%(case)s: did %(name)s come?", case=number, name=guardian)
            yield OpenPoint(Open.FAMILY, words, hearing, person=guardian)
    if _waits_for_panel(hearing):
        yield OpenPoint(Open.DECISION, _("%(case)s: the panel has not decided yet.", case=number), hearing)


def _waits_for_panel(hearing: Hearing) -> bool:
    """Whether a panel still has to decide here: not when it meets again on a later day."""
    return not hearing.is_decided and hearing.sits_on <= hearing.court_session.held_on


def _seats(hearing: Hearing) -> Iterator[OpenPoint]:
    """Whoever had a place that night took the oath, or left the place. Reserves were not needed."""
    panel = hearing.panel
    here = {sitting.juror_id for sitting in hearing.court_session.sittings if sitting.is_here}
    for seat in panel.standing if panel else ():
        if seat.is_reserve or seat.is_sworn:
            continue
        named = {"case": hearing.case.number, "name": seat.juror}
        if seat.juror_id in here:
            yield OpenPoint(
                Open.OATH, _("%(case)s: did %(name)s take the oath?", **named), hearing, seat=seat
            )
        else:
            words = _("%(case)s: %(name)s has a place and did not come.", **named)
            yield OpenPoint(Open.SEAT, words, hearing, seat=seat)


def miss_all(day: CourtSession, by: User) -> int:
    """Whoever is still expected did not come. Returns how many."""
    expected = [sitting for sitting in day.sittings if sitting.state is SittingState.BOOKED]
    for sitting in expected:
        seating.miss(sitting, by=by)
    return len(expected)


def why_not_close(day: CourtSession) -> str | None:
    """The rule that keeps a day open, apart from what is not written down yet."""
    if day.is_closed:
        return _("This day is closed.")
    if day.held_on > day.court.today:
        return _("This day has not been held yet.")
    return None


def close_day(day: CourtSession, by: User) -> list[Sitting]:
    """Close a day on which nothing is open any more. Returns the sittings that were credited.

    A juror who came is credited, seated or not: being sent home is not their fault. From here on what belongs
    to the day refuses to change.
    """
    if why_not := why_not_close(day) or " ".join(each.sentence for each in open_points(day)):
        raise RuleBroken(why_not)
    here = [sitting for sitting in day.sittings if sitting.state is SittingState.CHECKED_IN]
    credited = [sitting for sitting in here if sitting.withheld is None]
    for sitting in credited:
        sitting.credit(by=by)
    for hearing in day.hearings:
        if hearing.deliberation:  # of a case that ended while its panel was at work
            hearing.deliberation.destroy_sheets()
    day.closed_at, day.closed_by = clock.now(), by
    day.record("court_session.closed", by=by, credited=len(credited))
    return credited


def reopen_day(day: CourtSession, reason: str, by: User) -> Reopening:
    """Open a closed day again, to correct it. What was credited is taken back until it is closed anew."""
    if why_not := day.why_not_reopen():
        raise RuleBroken(why_not)
    if not reason.strip():
        raise RuleBroken(_("Write the reason."), field="reason")
    assert day.closed_at, "a closed day says when"
    assert day.closed_by, "a closed day says by whom"
    reopened = Reopening(
        court=day.court,
        reason=reason.strip(),
        was_closed_at=day.closed_at,
        was_closed_by=day.closed_by,
        reopened_at=clock.now(),
        by=by,
    )
    day.reopenings.append(reopened)
    day.closed_at = day.closed_by = None
    for sitting in day.sittings:
        if sitting.state is SittingState.CREDITED:
            sitting.take_back_credit(by=by)
    day.record("court_session.reopened", by=by, reason=reason.strip())
    return reopened
