"""Who has come on a hearing day, and whether they have a code for the court's tablet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from youthcourt import clock
from youthcourt.models import CourtSession, Juror, Sitting, SittingState, TabletCode, User


@dataclass(frozen=True)
class Present:
    """One juror who has come."""

    sitting: Sitting
    user: User | None
    code: TabletCode | None

    @property
    def waits_until(self) -> datetime | None:
        """Until when a code that was read out to them can be typed in."""
        waits = self.code and not self.code.used_at and self.code.expires_at > clock.now()
        return self.code.expires_at if self.code and waits else None


def present(court_session: CourtSession) -> list[Present]:
    """Those who are here, by name."""
    session = court_session.session
    came = select(Sitting).where(
        Sitting.court_session_id == court_session.id, Sitting.state == SittingState.CHECKED_IN
    )
    sittings = session.scalars(came.options(joinedload(Sitting.juror).joinedload(Juror.person))).all()
    people = [sitting.juror.person_id for sitting in sittings]
    accounts = select(User).where(
        User.court_id == court_session.court_id, User.person_id.in_(people), User.ended_at.is_(None)
    )
    users = {user.person_id: user for user in session.scalars(accounts)}
    given = select(TabletCode).where(TabletCode.sitting_id.in_([sitting.id for sitting in sittings]))
    codes = {code.sitting_id: code for code in session.scalars(given.order_by(TabletCode.id))}
    found = [Present(each, users.get(each.juror.person_id), codes.get(each.id)) for each in sittings]
    return sorted(found, key=lambda each: each.sitting.juror.person.name)
