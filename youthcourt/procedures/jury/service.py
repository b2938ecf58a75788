"""Service so far: how often somebody served, and whether that was their fair share."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select

from youthcourt.models import CourtSession, Hearing, HearingState, Panel, Seat, Sitting, SittingState

MOST_CREDIT = 300  # hundredths of a seat: old debts are not to rule the day
DAYS_LOOKED_BACK = 26


@dataclass
class Served:
    """How often somebody served, and their fair share of seats less the seats they had, in hundredths."""

    times: int = 0
    credit: int = 0


def served(court_session: CourtSession) -> defaultdict[int, Served]:
    """Every juror's service before a day.

    Whoever came on one of the last days earned an equal share of its seats, and spent one for each they had.
    """
    found: defaultdict[int, Served] = defaultdict(Served)
    times = (
        select(Sitting.juror_id, func.count(Sitting.id))
        .where(Sitting.court_id == court_session.court_id, Sitting.state == SittingState.CREDITED)
        .group_by(Sitting.juror_id)
    )
    for juror_id, number in court_session.session.execute(times):
        found[juror_id].times = number
    days = _days_before(court_session)
    came, seats = _who_came(days, court_session), _who_sat(days, court_session)
    for day, jurors in came.items():
        share = _halves_up(100 * seats[day].total(), len(jurors))
        for juror_id in jurors:
            found[juror_id].credit += share - 100 * seats[day][juror_id]
    for its in found.values():
        its.credit = max(-MOST_CREDIT, min(MOST_CREDIT, its.credit))
    return found


def _halves_up(above: int, below: int) -> int:
    return (2 * above + below) // (2 * below)


def _days_before(court_session: CourtSession) -> list[int]:
    days = (
        select(CourtSession.id)
        .where(
            CourtSession.court_id == court_session.court_id,
            CourtSession.closed_at.is_not(None),
            CourtSession.held_on < court_session.held_on,
        )
        .order_by(CourtSession.held_on.desc(), CourtSession.id.desc())
        .limit(DAYS_LOOKED_BACK)
    )
    return list(court_session.session.scalars(days))


def _who_came(days: list[int], court_session: CourtSession) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    attended = select(Sitting.court_session_id, Sitting.juror_id).where(
        Sitting.court_session_id.in_(days), Sitting.state == SittingState.CREDITED
    )
    for day, juror_id in court_session.session.execute(attended):
        found[day].add(juror_id)
    return found


def _who_sat(days: list[int], court_session: CourtSession) -> defaultdict[int, Counter[int]]:
    """How many seats each juror had on each day."""
    found: defaultdict[int, Counter[int]] = defaultdict(Counter)
    held = (
        select(Hearing.court_session_id, Seat.juror_id)
        .join(Panel, Panel.hearing_id == Hearing.id)
        .join(Seat, Seat.panel_id == Panel.id)
        .where(
            Hearing.court_session_id.in_(days),
            Hearing.state == HearingState.HELD,
            Seat.stood_down_at.is_(None),
            Seat.is_reserve.is_(False),
            Panel.dissolved_at.is_(None),
        )
    )
    for day, juror_id in court_session.session.execute(held):
        found[day][juror_id] += 1
    return found
