"""Who has come on a hearing day, and whether they have a code for the court's tablet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from youthcourt import clock
from youthcourt.models import (
    LIVE_STATES,
    Attendance,
    CourtSession,
    Hearing,
    Juror,
    Person,
    Sitting,
    SittingState,
    TabletCode,
    User,
)
from youthcourt.permissions import Role


@dataclass(frozen=True)
class Present:
    """One juror who has come, or one of a family."""

    person: Person
    user: User | None
    code: TabletCode | None
    sitting: Sitting | None = None
    hearing: Hearing | None = None

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
    users = _accounts(court_session, people)
    given = select(TabletCode).where(TabletCode.sitting_id.in_([sitting.id for sitting in sittings]))
    codes = {code.sitting_id: code for code in session.scalars(given.order_by(TabletCode.id))}
    found = [
        Present(each.juror.person, users.get(each.juror.person_id), codes.get(each.id), sitting=each)
        for each in sittings
    ]
    return sorted(found, key=lambda each: each.person.name)


def families(court_session: CourtSession) -> list[Present]:
    """Those of the families who are here for a hearing of the day, hearing by hearing."""
    session = court_session.session
    came = (
        select(Attendance)
        .join(Attendance.hearing)
        .where(
            Hearing.court_session_id == court_session.id,
            Attendance.court_session_id == court_session.id,
            Hearing.state.in_(LIVE_STATES),
        )
        .options(
            joinedload(Attendance.person),
            joinedload(Attendance.hearing).options(joinedload(Hearing.case), joinedload(Hearing.block)),
        )
    )
    here = session.scalars(came.order_by(Hearing.id, Attendance.id)).all()
    users = _accounts(court_session, [each.person_id for each in here])
    given = select(TabletCode).where(TabletCode.hearing_id.in_({each.hearing_id for each in here}))
    codes = {(code.hearing_id, code.user_id): code for code in session.scalars(given.order_by(TabletCode.id))}
    found = []
    for each in here:
        account = users.get(each.person_id)
        user = account if account and Role.FAMILY in account.roles else None
        code = codes.get((each.hearing_id, user.id)) if user else None
        found.append(Present(each.person, user, code, hearing=each.hearing))
    return found


def _accounts(court_session: CourtSession, people: list[int]) -> dict[int | None, User]:
    """The account of each of these people who has one, with its roles."""
    theirs = select(User).where(
        User.court_id == court_session.court_id, User.person_id.in_(people), User.ended_at.is_(None)
    )
    found = court_session.session.scalars(theirs.options(selectinload(User.grants)))
    return {user.person_id: user for user in found}
